"""What is said of a place in a schema: what is refused, what is not held, names of rules."""

from __future__ import annotations

import re
import reprlib
from dataclasses import dataclass

from ...errors import GrammarError

_OTHER = re.compile(r"[^A-Za-z0-9]+")
_MAX_NAME = 40
_MAX_DASHES = 7
_KEPT = 2
_MAX_PATH = 200
_MAX_SHOWN = 100


@dataclass(frozen=True)
class NotEnforced:
    """Something that a schema asks for and its grammar does not hold. ``str()`` is a sentence."""

    path: str
    """JSON pointer to the schema, such as ``#/properties/age``, after the tool's name if any."""
    keyword: str
    why: str

    def __str__(self) -> str:
        return f"The grammar does not enforce {self.keyword!r} at {self.path}: {self.why}."


def refusal(path: str, what: str, fix: str = "Correct the schema.") -> GrammarError:
    """The error for a schema that cannot become a grammar."""
    if len(path) > _MAX_PATH:
        path = f"{path[: _MAX_PATH - 50]}…{path[-50:]}"
    return GrammarError(f"The schema at {path} cannot become a grammar: {what}.", fix)


def too_large(path: str) -> GrammarError:
    """The error for a schema whose grammar no server could take."""
    return refusal(path, "its grammar would be too large for a server", "Use a smaller schema.")


def shown(value: object) -> str:
    """A value for a message, shortened."""
    try:
        text = reprlib.repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def escaped(step: str | int) -> str:
    """A step of a JSON pointer, as it is written."""
    return str(step).replace("~", "~0").replace("/", "~1")


def rule_name(base: str) -> str:
    """A text as the name of a rule: short, and what llama.cpp does not take becomes ``-``."""
    name = _OTHER.sub("-", base[: 2 * _MAX_NAME]).strip("-")
    return name[:_MAX_NAME] or "rule"


def joined_name(outer: str, inner: str) -> str:
    """The name of an inner rule: of both names, or the last parts when that is too long."""
    name = "-".join([*([outer] if outer else []), *([rule_name(inner)] if inner else [])])
    if len(name) > _MAX_NAME or name.count("-") > _MAX_DASHES:
        name = "-".join(name.rsplit("-", _KEPT)[1:])[-_MAX_NAME:].strip("-")
    return name
