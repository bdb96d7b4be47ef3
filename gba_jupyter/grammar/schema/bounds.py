"""The bounds of numbers as a schema gives them, and the first numbers that satisfy them.

A bound such as 0.1 is the decimal that is written, not the binary fraction that a float makes of
it; what is written must satisfy it as a decimal, and again as the float that a reader makes of it.
"""

from __future__ import annotations

import math
import reprlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .integers import LARGEST

LARGEST_FLOAT = Decimal(repr(sys.float_info.max))


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers between bounds; none of a kind where the lower end is above the upper."""

    least: int
    """Of the integers, which are never longer than `MAX_DIGITS`."""
    most: int
    low: Decimal
    """Of the numbers with a point or an exponent: a float as Python writes it."""
    high: Decimal

    @property
    def ends_agree(self) -> bool:
        """Whether the integers are those between the floats. Beyond 2**53, floats leave gaps."""
        first = max(math.ceil(self.low), -LARGEST)
        last = min(math.floor(self.high), LARGEST)
        both_empty = first > last and self.least > self.most
        return both_empty or (first, last) == (self.least, self.most)


EVERYTHING = Range(-LARGEST, LARGEST, -LARGEST_FLOAT, LARGEST_FLOAT)


@dataclass(frozen=True, slots=True)
class _Lower:
    """A lower bound. An upper one is the lower bound of the negated numbers."""

    keyword: str
    value: int | float
    exclusive: bool

    def least_integer(self) -> int:
        """The first integer that satisfies the bound."""
        # Python compares the exact value of a float; a JSON text means the decimal.
        bound = max(_exact(self.value))
        return math.floor(bound) + 1 if self.exclusive else math.ceil(bound)

    def least_float(self) -> float | None:
        """The first float that satisfies the bound; None when there is none."""
        try:
            found = float(self.value)
        except OverflowError:
            return None if self.value > 0 else -sys.float_info.max
        while found < math.inf and not self._allows(found):
            found = math.nextafter(found, math.inf)
        return found if found < math.inf else None

    def _allows(self, number: float) -> bool:
        pairs = list(zip(_exact(number), _exact(self.value), strict=True))
        if self.exclusive:
            return all([one > bound for one, bound in pairs])
        return all([one >= bound for one, bound in pairs])


def read_range(keys: Mapping[str, Any], kind: str, report: Callable[[str, str], None]) -> Range:
    """The numbers that the bounds of a schema allow.

    Args:
        keys: the keywords of the schema.
        kind: ``integer`` or ``number``.
        report: told of a bound that no number which we can write satisfies; it is left out.

    Raises:
        ValueError: a bound is not a number.
    """
    least, low = _ends(_read(keys, "Minimum", 1), kind, report)
    most, high = _ends(_read(keys, "Maximum", -1), kind, report)
    return Range(least, -most, low, -high)


def finite(keyword: str, value: Any) -> int | float:
    """A number of a schema.

    Raises:
        ValueError: it is not a finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not (abs(value) < math.inf):
        raise ValueError(f"`{keyword}` is {reprlib.repr(value)}")
    # Subclasses, such as those of numpy, are written in other ways.
    return float(value) if isinstance(value, float) else int(value)


def _read(keys: Mapping[str, Any], side: str, sign: int) -> list[_Lower]:
    inclusive, exclusive = side.lower(), f"exclusive{side}"
    # Up to draft 4, the exclusive keyword was a boolean that changed the meaning of the other.
    beyond = keys.get(exclusive, False)
    if beyond is True and inclusive not in keys:
        raise ValueError(f"`{exclusive}` is True without `{inclusive}`")
    found: list[_Lower] = []
    if inclusive in keys:
        found.append(_Lower(inclusive, sign * finite(inclusive, keys[inclusive]), beyond is True))
    if not isinstance(beyond, bool):
        found.append(_Lower(exclusive, sign * finite(exclusive, beyond), True))
    return found


def _ends(
    bounds: list[_Lower], kind: str, report: Callable[[str, str], None]
) -> tuple[int, Decimal]:
    """The first integer and the first float that satisfy all lower bounds."""
    least, low = -LARGEST, -sys.float_info.max
    for bound in bounds:
        integer, number = bound.least_integer(), bound.least_float()
        if integer > LARGEST and (kind == "integer" or number is None):
            report(bound.keyword, "no number that a grammar can write is so far from 0")
            continue
        least = max(least, integer)
        low = max(low, math.inf if number is None else number)
    # `or`: the zero of a range has no sign.
    return least, Decimal(repr(low)) or Decimal(0)


def _exact(value: int | float) -> tuple[Fraction, Fraction]:
    """The value as it is, and as it is written."""
    return Fraction(value), Fraction(repr(value) if isinstance(value, float) else value)
