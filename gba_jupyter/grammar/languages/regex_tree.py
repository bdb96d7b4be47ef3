"""The tree of a regular expression. Its parts are told apart by identity, so nothing recurses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from .charsets import CharSet

Place: TypeAlias = OneOf["start", "end", "boundary", "inside"]
"""The start or the end of the text, or of a word, or neither of a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """One character of a set."""

    chars: CharSet


@dataclass(frozen=True, slots=True, eq=False)
class Concat:
    """One after the other."""

    items: tuple[Regex, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several."""

    options: tuple[Regex, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """From `least` to `most` times; None is without end."""

    item: Regex
    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What follows does, or does not, begin like this."""

    item: Regex
    negative: bool


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A place between characters."""

    kind: Place


Regex: TypeAlias = Chars | Concat | Choice | Repeated | Look | Anchor
