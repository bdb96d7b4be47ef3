"""Where a schema stands, and what its grammar does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .document import Document, refusal

MAX_DEPTH = 200
"""Longest path to a schema inside a document, in steps."""


@dataclass(frozen=True)
class NotEnforced:
    """Something that a schema asks for and its grammar does not hold. ``str()`` is a sentence."""

    path: str
    """JSON pointer to the schema, such as ``#/properties/age``, after the tool's name if any."""
    keyword: str
    why: str

    def __str__(self) -> str:
        return f"The grammar does not enforce {self.keyword!r} at {self.path}: {self.why}."


@dataclass(frozen=True)
class Place:
    """Where a schema is: in its document, and in the names of the rules."""

    document: Document
    path: str
    name: str
    """Base of rule names; empty at the top."""

    def inner(self, *keys: str | int, name: str = "") -> Place:
        """The place of a schema inside this one; `name` goes into the names of its rules."""
        escaped = [str(key).replace("~", "~0").replace("/", "~1") for key in keys]
        if self.path.count("/") > MAX_DEPTH:
            raise refusal(f"{self.path[:60]}…", "it is nested too deep", "Use a flatter schema.")
        base = f"{self.name}-{name}" if self.name and name else self.name or name
        return Place(self.document, "/".join([self.path, *escaped]), base)


def rule_name(base: str) -> str:
    """A text as the name of a rule: what llama.cpp does not take becomes ``-``."""
    return re.sub(r"[^A-Za-z0-9]+", "-", base).strip("-") or "rule"
