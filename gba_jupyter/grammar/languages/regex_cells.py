"""What a regular expression asks for behind each of its places.

A cell is a chain of parts of the tree that must match one after the other, up to the end of the
text. Its ways lead to its next characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ..nodes import MAX_CODE_POINT
from .automaton import TooLargeError
from .charsets import ALL, CharSet, complement, intersection, union
from .regex_parse import WORD
from .regex_tree import Anchor, Chars, Choice, Concat, Look, Place, Regex, Repeated

MAX_WORK = 60_000
"""Steps of the construction; a pattern that needs more would also be too large for a server."""
START, IN_WORD, OTHER = 0, 1, 2
"""What stands before a place: the start of the text, a character of a word, or another one."""
ANY = Repeated(Chars(ALL), 0, None)
"""Any text."""
NOTHING = 0
"""The cell of the empty text."""

Conjunction: TypeAlias = frozenset[int]
"""Cells that must match, and complements (``~``) of those that must not."""

_END = MAX_CODE_POINT + 1
"""Stands for the end of the text where a set says what may come next."""
_AT_END: CharSet = ((_END, _END),)
_ANYTHING: CharSet = ((0, _END),)
_NO_WORD: CharSet = union(complement(WORD), _AT_END)


class Move(NamedTuple):
    """A way to a next character."""

    chars: CharSet
    rest: int
    """The cell behind the character."""
    guards: Conjunction
    """What must hold as well, from before the character."""


@dataclass(slots=True)
class Ways:
    """The ways through a cell up to its next character, and those to the end of the text."""

    moves: list[Move] = field(default_factory=list)
    ends: list[Conjunction] = field(default_factory=list)
    """What must hold at the end of the text, for each way to it."""


class Cells:
    """The cells of one tree, by number, and the work that was done for them."""

    def __init__(self) -> None:
        self._work = 0
        self._cells: list[tuple[Regex, int]] = [(Concat(()), NOTHING)]
        self._numbers: dict[tuple[Regex, int], int] = {}
        self._fewer: dict[Repeated, Repeated] = {}
        self._known: dict[tuple[int, int], Ways] = {}
        self.any = self.number(ANY, NOTHING)
        """The cell of any text."""

    def __getitem__(self, number: int) -> tuple[Regex, int]:
        """The first part of a cell, and the cell of the rest."""
        return self._cells[number]

    def number(self, part: Regex, rest: int) -> int:
        """The cell of a part before another cell."""
        number = self._numbers.get((part, rest))
        if number is None:
            number = self._numbers[part, rest] = len(self._cells)
            self._cells.append((part, rest))
        return number

    def spend(self, work: int) -> None:
        """Count some steps.

        Raises:
            TooLargeError: there were more than `MAX_WORK`.
        """
        self._work += work
        if self._work > MAX_WORK:
            raise TooLargeError

    def ways(self, cell: int, before: int) -> Ways:
        """The ways through a cell, given what stands before it."""
        if (cell, before) not in self._known:
            self._known[cell, before] = self._found_ways(cell, before)
        return self._known[cell, before]

    def _found_ways(self, cell: int, before: int) -> Ways:
        found = Ways()
        seen: set[tuple[int, Conjunction, CharSet]] = set()
        pending: list[tuple[int, Conjunction, CharSet]] = [(cell, frozenset(), _ANYTHING)]
        while pending:
            way = pending.pop()
            if way in seen:
                continue
            seen.add(way)
            at, guards, allowed = way
            if at == NOTHING:
                if allowed[-1][1] == _END:
                    found.ends.append(guards)
                continue
            part, rest = self._cells[at]
            self.spend(1)
            match part:
                case Chars(chars):
                    self.spend(len(chars))
                    if inside := intersection(chars, allowed):
                        found.moves.append(Move(inside, rest, guards))
                case Look(item, negative):
                    guard = self.number(item, self.any)
                    pending.append((rest, guards | {~guard if negative else guard}, allowed))
                case Anchor(kind):
                    if inside := intersection(allowed, _next(kind, before)):
                        pending.append((rest, guards, inside))
                case _:
                    pending += [(inner, guards, allowed) for inner in self._inside(part, rest)]
        return found

    def _inside(self, part: Concat | Choice | Repeated, rest: int) -> list[int]:
        """The cells that a composed part followed by another cell is made of."""
        match part:
            case Concat(items):
                for item in reversed(items):
                    rest = self.number(item, rest)
                self.spend(len(items))
                return [rest]
            case Choice(options):
                return [self.number(option, rest) for option in options]
        if part.most == 0:
            return [rest]
        again = self.number(part.item, self.number(self._once_less(part), rest))
        return [again, rest] if part.least == 0 else [again]

    def _once_less(self, part: Repeated) -> Repeated:
        if part.least == 0 and part.most is None:
            return part
        if part not in self._fewer:
            most = None if part.most is None else part.most - 1
            self._fewer[part] = Repeated(part.item, max(part.least - 1, 0), most)
        return self._fewer[part]


def _next(kind: Place, before: int) -> CharSet:
    """What may come next at an anchor."""
    if kind == "start":
        return _ANYTHING if before == START else ()
    if kind == "end":
        return _AT_END
    outside = (before == IN_WORD) == (kind == "boundary")
    return _NO_WORD if outside else WORD
