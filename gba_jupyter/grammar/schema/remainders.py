"""The texts of multiples as automata that keep a remainder.

All is counted in integers, in steps of 10**-`places`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..languages.automaton import Automaton, TooLargeError, explore, listed
from ..languages.charsets import CharSet, of

_FEW = 200
"""So many numbers are listed where there are even more remainders to follow."""
_MAX_EDGES = 1000
"""About 16 kB of rules."""
_POINT = of(".")
_DIGITS: tuple[CharSet, ...] = tuple([of(digit) for digit in "0123456789"])


@dataclass(frozen=True, slots=True)
class Multiples:
    """The multiples of `step` from `low` to `high`, counted in steps of 10**-`places`."""

    step: int
    low: int
    """Not negative, and a multiple itself."""
    high: int | None
    """A multiple, too; None: without end."""
    places: int
    """Digits after the point at most; 0: no number has a point."""
    with_integers: bool = True
    """Whether a number can do without its point."""

    def automaton(self, width: int | None = None) -> Automaton:
        """The texts of the multiples.

        Args:
            width: digits before the point, zeros in front included; None: no zeros in front.

        Raises:
            TooLargeError: there are too many remainders.
        """
        if self.high is not None and self.high - self.low < self.step * min(_FEW, self.step):
            return listed(self._texts(self.high, width))
        if self.high is None and 10 * _told_apart(self.step) > _MAX_EDGES:
            raise TooLargeError
        walk = _Walk(self, width)
        found = explore(walk.start, walk.step, walk.is_final)
        if sum([len(edges) for edges in found.edges]) > _MAX_EDGES:
            raise TooLargeError
        return found

    def _texts(self, high: int, width: int | None) -> Iterator[str]:
        for value in range(self.low, high + 1, self.step):
            before, after = _digits(value, self.places, width)
            needed = len(after.rstrip("0"))
            if not needed and (self.with_integers or not self.places):
                yield before
            for count in range(max(needed, 1), self.places + 1):
                yield f"{before}.{after[:count]}"


def _told_apart(step: int) -> int:
    """How many remainders any number of digits can still follow: a state each, at the least."""
    while (shared := math.gcd(step, 10)) > 1:
        step //= shared
    return step


def _digits(value: int, places: int, width: int | None) -> tuple[str, str]:
    """What is before the point and after it."""
    whole, fraction = divmod(value, 10**places)
    before = "" if width == 0 else str(whole).zfill(width or 0)
    return before, str(fraction).zfill(places) if places else ""


class _State(NamedTuple):
    """A text so far."""

    after_point: bool
    digits: int
    """On this side of the point; before it, no more are counted than matter."""
    rest: int
    """The remainder, with zeros for all digits that do not follow."""
    low: int
    """The sign of these digits compared with as many of the lower end."""
    high: int
    """The sign of these digits compared with as many of the upper end."""
    is_zero: bool = False
    """Whether the number began with a zero that no digit may follow."""


class _Walk:
    """What follows what in the texts of some multiples."""

    def __init__(self, numbers: Multiples, width: int | None) -> None:
        self._modulus, self._places, self._width = numbers.step, numbers.places, width
        self._can_be_whole = numbers.with_integers or not numbers.places
        self._low, self._low_after = _digits(numbers.low, numbers.places, width)
        self._endless = numbers.high is None
        self._high, self._high_after = _digits(numbers.high or 0, numbers.places, width)
        self.start = _State(False, 0, 0, 0, 0)

    def step(self, state: _State) -> Iterator[tuple[CharSet, _State]]:
        """The states that follow, each after a character."""
        for digit, chars in enumerate(_DIGITS):
            after = self._after(state, digit) if state.after_point else self._before(state, digit)
            if after is not None:
                yield chars, after
        if self._places and not state.after_point:
            pointed = self._pointed(state)
            if pointed is not None:
                yield _POINT, pointed

    def is_final(self, state: _State) -> bool:
        """Whether a text may end here."""
        if state.after_point:
            pointed = state if state.digits else None
        else:
            pointed = self._pointed(state) if self._can_be_whole else None
        if pointed is None or pointed.rest:
            return False
        return pointed.low > 0 or not self._low_after[pointed.digits :].strip("0")

    def _before(self, state: _State, digit: int) -> _State | None:
        """The state after a digit before the point."""
        at = state.digits
        if state.is_zero or (at >= len(self._high) and not self._endless):
            return None
        rest = (10 * state.rest + digit * 10**self._places) % self._modulus
        # A longer number is larger, whatever its digits.
        low = state.low or _sign(digit, self._low[at]) if at < len(self._low) else 1
        high = -1 if self._endless else state.high or _sign(digit, self._high[at])
        count = min(at + 1, len(self._low) + 1) if self._endless else at + 1
        return _State(False, count, rest, low, high, self._width is None and not at and not digit)

    def _pointed(self, state: _State) -> _State | None:
        """The state after a point; None where what is before it is out of range."""
        count = state.digits
        if count < len(self._low) or (count == len(self._low) and state.low < 0):
            return None
        at_low = count == len(self._low) and state.low == 0
        at_high = not self._endless and count == len(self._high)
        if at_high and state.high > 0:
            return None
        at_high = at_high and state.high == 0
        return _State(True, 0, state.rest, 0 if at_low else 1, 0 if at_high else -1)

    def _after(self, state: _State, digit: int) -> _State | None:
        """The state after a digit behind the point."""
        at = state.digits
        if at == self._places:
            return None
        low = state.low or _sign(digit, self._low_after[at])
        high = state.high or _sign(digit, self._high_after[at])
        if low < 0 or high > 0:
            return None
        rest = (state.rest + digit * 10 ** (self._places - at - 1)) % self._modulus
        return _State(True, at + 1, rest, low, high)


def _sign(digit: int, other: str) -> int:
    return (digit > int(other)) - (digit < int(other))
