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
from typing import Any, Literal, TypeAlias, TypeVar

from .errors import OptionError
from .option_values import (
    read_identifier,
    read_names,
    read_question,
    read_reason,
    read_seconds,
    read_switch,
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
ViewName: TypeAlias = Literal["full", "compact", "answer"]


def option(
    read: Callable[[str], Any] | None,
    help_: str,
    *,
    short: str = "",
    many: bool = False,
    escapes: bool = False,
) -> Any:
    """A field of an options class.

    Args:
        read: turns the word after the option into its value, or raises ValueError with what is
            wanted; None for a switch.
        help_: one line for ``--help``.
        short: a one-letter form.
        many: whether it may be given several times; its value is a tuple then.
        escapes: whether a backslash in double quotes means what it means in GBNF.
    """
    default: Any = () if many else False if read is None else None
    return field(
        default=default,
        metadata={"read": read, "help": help_, "short": short, "many": many, "escapes": escapes},
    )


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
    lens: bool = option(None, "show what the grammar did to each token")
    compare: bool = option(None, "make one step with the grammar and without, and compare")
    runs: int | None = option(read_whole(1, 100), "N  of --compare, each way; else 1", short="n")
    expect: str | None = option(str, "TOOL  that --compare counts as right")
    phases: bool = option(None, "let --compare try it with and without reasoning")
    view: Literal["full", "compact", "answer"] | None = option(
        read_view, "full|compact|answer  how much of the run is shown"
    )
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
    timeout: float | None = option(read_seconds, "S  seconds that a program may run")
    memory: int | None = option(read_whole(128, 1 << 20), "MB  that a program may use; else 1024")
    temperature: float | None = option(read_temperature, "T  0 is the same every time")
    seed: int | None = option(read_whole(0, 2**32 - 1), "N  for temperatures above 0")
    view: Literal["full", "compact", "answer"] | None = option(
        read_view, "full|compact|answer  how much of the run is shown"
    )
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
    no_diagram: bool = option(None, "leave out the picture")
    out: str | None = option(
        read_identifier, "NAME  also keep the grammar in this variable", short="o"
    )
    help: bool = option(None, "show these options", short="h")


@dataclass(frozen=True)
class Settings:
    """What ``%gba set`` holds for all cells."""

    max_steps: int = field(default=8, metadata={"read": read_whole(1, 100)})
    max_tokens: int = field(default=512, metadata={"read": read_whole(1, 32768)})
    temperature: float = field(default=0.0, metadata={"read": read_temperature})
    seed: int = field(default=0, metadata={"read": read_whole(0, 2**32 - 1)})
    reason: bool | Literal["short", "free"] = field(default=True, metadata={"read": read_reason})
    timeout: float = field(default=5.0, metadata={"read": read_seconds})
    view: ViewName = field(default="full", metadata={"read": read_view})
    store: str = field(default="", metadata={"read": str})
    lens: bool = field(default=False, metadata={"read": read_switch})
    adapter: bool = field(default=True, metadata={"read": read_switch})


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
    values: dict[str, Any] = {}
    rest = line
    while found := _OPTION.match(rest):
        name = found[1].rstrip("=")
        if name == "--":
            rest = rest[found.end() :]
            break
        spec = known.get(name)
        if spec is None and not name.startswith("--"):
            break  # "-x + 1" is a question
        if spec is None:
            raise OptionError(f"There is no option {name}.", _did_you_mean(name, flags(kind)))
        rest = rest[found.end() :]
        if spec.metadata["read"] is None:
            if found[1].endswith("="):
                raise OptionError(
                    f"{name} takes no value.", f"Write {name} alone, or leave it out."
                )
            values[spec.name] = True
            continue
        word = _WORD.match(rest)
        if word is None:
            value = spec.metadata["help"].partition("  ")[0]
            raise OptionError(f"{name} lacks its value.", f"Write {name} {value}.")
        rest = rest[word.end() :]
        text = next(group for group in word.groups() if group is not None)
        if word[1] is not None and spec.metadata["escapes"]:
            text = _ESCAPE.sub(_unescaped, text)
        value = read_value(spec, name, text)
        values[spec.name] = (*values.get(spec.name, ()), value) if spec.metadata["many"] else value
    return kind(**values), rest.strip()


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


def parse_settings(settings: Settings, line: str) -> Settings:
    """Apply ``name=value`` pairs.

    Raises:
        OptionError: a name or a value is wrong; nothing is changed then.
    """
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for pair in line.split():
        name, equals, text = pair.partition("=")
        name = name.lstrip("-").replace("-", "_")
        if name not in known:
            raise OptionError(f"There is no setting {name!r}.", _did_you_mean(name, list(known)))
        if not equals:
            raise OptionError(f"{name} lacks its value.", f"Write {name}=VALUE, without spaces.")
        values[name] = read_value(known[name], name, text)
    return Settings(**{**vars(settings), **values})


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
    return [_flag(f) for f in fields(kind)]


def _flag(spec: Field[Any]) -> str:
    return "--" + spec.name.replace("_", "-")


def _did_you_mean(word: str, known: list[str]) -> str:
    near = [k for k in known if k.startswith(word[:5])] if len(word) > 4 else []
    near = near or get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
