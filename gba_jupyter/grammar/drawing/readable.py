"""Characters of a class as a reader would choose them: letters first, oddities now and then."""

from __future__ import annotations

import random
import string
from bisect import bisect_right
from itertools import accumulate

from ..languages.charsets import ALL, SURROGATES, complement, difference, has, union
from ..nodes import AnyChar, CharClass

_MAX_SMALL = 64
"""Classes of so many characters are drawn from evenly."""
_MIN_WIDE = 1000

# By rank: how often a large class is drawn from it, and its characters.
_RANKS = (
    (90, string.ascii_lowercase * 2 + string.ascii_uppercase + string.digits + " " * 6),
    (5, string.punctuation),
    (4, "éüñßçøœжλπ中日한א€☃😀🚀"),
)
_ANY_WEIGHT = 1


class ReadableChars:
    """The characters of one class. Lone surrogates are never among them."""

    def __init__(self, node: CharClass | AnyChar) -> None:
        chars = ALL if isinstance(node, AnyChar) else union(node.ranges)
        if isinstance(node, CharClass) and node.negated:
            chars = complement(chars)
        self._chars = difference(chars, SURROGATES)
        self._ends = list(accumulate([high - low + 1 for low, high in self._chars]))
        self._pools: list[tuple[int, str]] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is no character at all."""
        return not self._chars

    @property
    def is_wide(self) -> bool:
        """Whether it has most of the characters that are in use."""
        return not self.is_empty and self._ends[-1] >= _MIN_WIDE

    def draw(self, rnd: random.Random) -> str:
        """A random character."""
        if self._ends[-1] <= _MAX_SMALL:
            return self._any(rnd)
        if not self._pools:
            self._pools = self._own_pools()
        weights = [weight for weight, _ in self._pools]
        _, pool = rnd.choices(self._pools, weights)[0]
        return rnd.choice(pool) if pool else self._any(rnd)

    def _own_pools(self) -> list[tuple[int, str]]:
        """The characters of each rank that the class has, and its weight; empty: any of all."""
        own = [
            (weight, "".join([c for c in rank if has(self._chars, c)])) for weight, rank in _RANKS
        ]
        return [*[(weight, pool) for weight, pool in own if pool], (_ANY_WEIGHT, "")]

    def _any(self, rnd: random.Random) -> str:
        drawn = rnd.randrange(self._ends[-1])
        place = bisect_right(self._ends, drawn)
        return chr(self._chars[place][1] + 1 - (self._ends[place] - drawn))
