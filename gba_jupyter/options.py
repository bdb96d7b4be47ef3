"""A magic's line as a frozen dataclass.

Options stand first and the rest of the line is the question as it is, so an apostrophe or a
brace in it means nothing special. Each field of an options class is one option; its metadata
holds the help.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Literal, TypeVar

from .errors import OptionError
from .option_values import (
    ViewName,
    read_identifier,
    read_names,
    read_question,
    read_reason,
    read_seconds,
    read_temperature,
    read_view,
    read_whole,
)

_WORD = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+))""")
_OPTION = re.compile(r"\s*(--[A-Za-z][\w-]*=?|--(?=\s|$)|-[A-Za-z](?=\s|$))")
_ESCAPE = re.compile(
    r'\\(?:([nrt\\"])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4}))'
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}

Options = TypeVar("Options")


def option(
    read: Callable[[str], Any] | None,
    help_: str,
    *,
    short: str = "",
    many: bool = False,
    escapes: bool = False,
    both: bool = False,
) -> Any:
    """A field of an options class.

    Args:
        read: turns the word after the option into its value, or raises ValueError with what is
            wanted; None for a switch.
        help_: one line for ``--help``.
        short: a one-letter form.
        many: whether it may be given several times; its value is a tuple then.
        escapes: whether a backslash in double quotes means what it means in GBNF.
        both: whether there is a ``--no-…`` of this switch; without either its value is None.
    """
    default: Any = () if many else False if read is None and not both else None
    known = {"read": read, "help": help_, "short": short, "many": many, "escapes": escapes}
    return field(default=default, metadata={**known, "both": both})


def lens_option() -> Any:
    """The same switch of all magics."""
    return option(None, "show what the grammar did to each token; --no-lens: don't", both=True)


@dataclass(frozen=True)
class AgentOptions:
    """Options of ``%agent`` and ``%%agent``; None means: as set by ``%gba set``."""

    tools: tuple[str, ...] | None = option(read_names, "NAMES  the tools to offer, with commas")
    max_steps: int | None = option(read_whole(1, 100), "N  the last step always answers")
    max_tokens: int | None = option(read_whole(1, 32768), "N  most tokens of one call")
    temperature: float | None = option(read_temperature, "T  0 is the same every time")
    seed: int | None = option(read_whole(0, 2**32 - 1), "N  for temperatures above 0")
    reason: bool | Literal["short", "free"] | None = option(
        read_reason, "on|off|free  whether it thinks before it calls, and if freely"
    )
    thread: str | None = option(str, "NAME  the conversation to go on with")
    fresh: bool = option(None, "forget the conversation first")
    approve: bool = option(None, "ask before each call: run it, edit it, or don't")
    lens: bool | None = lens_option()
    compare: bool = option(None, "make one step with the grammar and without, and compare")
    runs: int | None = option(read_whole(1, 100), "N  of --compare, each way; else 1", short="n")
    expect: str | None = option(str, "TOOL  that --compare counts as right")
    phases: bool = option(None, "let --compare try it with and without reasoning")
    view: ViewName | None = option(read_view, "full|compact|answer  how much of the run is shown")
    out: str | None = option(read_identifier, "NAME  also keep the run in this variable", short="o")
    help: bool = option(None, "show these options", short="h")


@dataclass(frozen=True)
class MathOptions:
    """Options of ``%math`` and ``%%math``."""

    program: bool = option(None, "run what is written here as the program; no model is asked")
    check: bool = option(None, "verify the answer by another way, where there is one")
    plot: bool = option(None, "draw what was found")
    vote: int | None = option(read_whole(1, 99), "N  write N programs; most of them decide")
    repair: int | None = option(read_whole(0, 20), "N  mend a failed program so often; else once")
    free: bool = option(None, "write without the grammar; the program is taken out of the text")
    lens: bool | None = lens_option()
    timeout: float | None = option(read_seconds, "S  seconds that a program may run")
    memory: int | None = option(read_whole(128, 1 << 20), "MB  that a program may use; else 1024")
    temperature: float | None = option(read_temperature, "T  0 is the same every time")
    seed: int | None = option(read_whole(0, 2**32 - 1), "N  for temperatures above 0")
    view: ViewName | None = option(read_view, "full|compact|answer  how much of the run is shown")
    out: str | None = option(
        read_identifier, "NAME  also keep the result in this variable", short="o"
    )
    help: bool = option(None, "show these options", short="h")


@dataclass(frozen=True)
class GbnfOptions:
    """Options of ``%gbnf`` and ``%%gbnf``."""

    test: tuple[str, ...] = option(
        str, "TEXT  a text to try against the grammar; give several", many=True, escapes=True
    )
    samples: int | None = option(read_whole(0, 100), "N  texts of the grammar to show; else 5")
    schema: str | None = option(
        str, "NAME  of a JSON Schema, a pydantic model or a function, in place of a text"
    )
    ask: str | None = option(
        read_question, "QUESTION  the model answers it under the grammar", escapes=True
    )
    max_tokens: int | None = option(read_whole(1, 32768), "N  most tokens of that answer")
    temperature: float | None = option(read_temperature, "T  0 is the same every time")
    seed: int | None = option(read_whole(0, 2**32 - 1), "N  for samples, and temperatures above 0")
    lens: bool | None = lens_option()
    no_diagram: bool = option(None, "leave out the picture")
    out: str | None = option(
        read_identifier, "NAME  also keep the grammar in this variable", short="o"
    )
    help: bool = option(None, "show these options", short="h")


def parse(kind: type[Options], line: str) -> tuple[Options, str]:
    """Read the options at the beginning of a magic's line.

    Returns:
        The options, and the rest of the line.

    Raises:
        OptionError: an option is unknown, lacks its value, or has a wrong one.
    """
    specs = fields(kind)  # type: ignore[arg-type]
    known = {_flag(f): f for f in specs} | {
        f"-{f.metadata['short']}": f for f in specs if f.metadata["short"]
    }
    opposites = {_opposite(f): f for f in specs if f.metadata["both"]}
    values: dict[str, Any] = {}
    rest = line
    while found := _OPTION.match(rest):
        name = found[1].rstrip("=")
        if name == "--":
            rest = rest[found.end() :]
            break
        spec = known.get(name) or opposites.get(name)
        if spec is None and not name.startswith("--"):
            break  # "-x + 1" is a question
        if spec is None:
            raise OptionError(f"There is no option {name}.", meant(name, flags(kind)))
        rest = rest[found.end() :]
        if spec.metadata["read"] is None:
            if found[1].endswith("="):
                raise OptionError(
                    f"{name} takes no value.", f"Write {name} alone, or leave it out."
                )
            values[spec.name] = name not in opposites
            continue
        value, rest = _value(spec, name, rest)
        values[spec.name] = (*values.get(spec.name, ()), value) if spec.metadata["many"] else value
    return kind(**values), rest.strip()


def _value(spec: Field[Any], name: str, rest: str) -> tuple[Any, str]:
    """The value of an option, and what stands behind it."""
    word = _WORD.match(rest)
    if word is None:
        value = spec.metadata["help"].partition("  ")[0]
        raise OptionError(f"{name} lacks its value.", f"Write {name} {value}.")
    text = next(group for group in word.groups() if group is not None)
    if word[1] is not None and spec.metadata["escapes"]:
        text = _ESCAPE.sub(_unescaped, text)
    return read_value(spec, name, text), rest[word.end() :]


def _unescaped(match: re.Match[str]) -> str:
    plain, *codes = match.groups()
    if plain:
        return _ESCAPED.get(plain, plain)
    return chr(int(next(code for code in codes if code), 16))


def read_value(spec: Field[Any], name: str, text: str) -> Any:
    """The value of one option or setting.

    Raises:
        OptionError: `text` is not such a value.
    """
    try:
        return spec.metadata["read"](text)
    except ValueError as error:
        raise OptionError(f"{name} cannot be {text!r}.", f"Give {error}.") from None


def help_text(kind: type[Any], usage: str) -> str:
    """The text for ``--help``."""
    lines = [usage, ""]
    for spec in fields(kind):
        short = f"-{spec.metadata['short']}, " if spec.metadata["short"] else ""
        value, _, rest = spec.metadata["help"].partition("  ")
        if not rest:
            value, rest = "", value
        lines.append(f"  {short + _flag(spec) + ' ' + value:28} {rest}")
    return "\n".join(lines)


def flags(kind: type[Any]) -> list[str]:
    """The long names of all options, for completion."""
    specs = fields(kind)
    return [*map(_flag, specs), *(_opposite(f) for f in specs if f.metadata["both"])]


def _flag(spec: Field[Any]) -> str:
    return "--" + spec.name.replace("_", "-")


def _opposite(spec: Field[Any]) -> str:
    return f"--no-{spec.name}"


def meant(word: str, known: list[str]) -> str:
    """What to do about a word that is not known."""
    near = [k for k in known if k.startswith(word[:5])] if len(word) > 4 else []
    near = near or get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
