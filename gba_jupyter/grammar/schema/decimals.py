"""Ranges of numbers with a point or an exponent.

Plain decimals have at most `MAX_DIGITS` digits before and after the point. In scientific notation
one digit, which is not 0, stands before the point, and the exponent is not 0. All floats of a range
can be written as Python writes them, each text in one way, and nothing else but for two things that
would make long rules: near a bound, digits after the 20th are not followed, nor are the mantissas
of exponents that Python does not write, but for those of one digit.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from ..nodes import Literal, Node, Ref, alt, chars, optional, repeat, seq
from .bounds import LARGEST_FLOAT
from .integers import LARGEST, digit_between, naturals
from .json_rules import DIGIT, MAX_DIGITS

_EXACT = MAX_DIGITS // 2
"""Digits of a bound after the point. What Python writes without an exponent has no more."""
_REST = repeat(DIGIT, 0, MAX_DIGITS - _EXACT)
_ZEROS = repeat(Literal("0"), 0, MAX_DIGITS - _EXACT)
_FRACTION = Ref("fraction")
_MANTISSA = seq(chars("1-9"), optional(_FRACTION))
_MOST_EXPONENT = 999
_LEAST_PLAIN, _MOST_PLAIN = -4, 15
"""Exponents of the floats that Python writes without an exponent."""
_HUGE = 307
"""The exponent from which on the built-in rule `huge` writes the numbers."""

_Point = tuple[int, str]
"""An end of a range: what is before the point, and the digits after it up to the last but 0."""
_ANY = "~"
"""After the point of an upper end: any digits. It sorts behind all digits."""


def decimal_node(low: Decimal, high: Decimal, *, with_integers: bool) -> Node | None:
    """The numbers from `low` to `high`, both included; None when there are none.

    Args:
        low: the lower end, as Python writes a float.
        high: the upper end.
        with_integers: whether a plain decimal can do without a point.
    """
    positive = _positive(max(low, Decimal(0)), high, with_integers)
    negative = _positive(max(-high, Decimal(0)), -low, with_integers)
    if positive == negative:
        return seq(optional(Literal("-")), alt(*positive)) if positive else None
    if negative:
        positive.append(seq(Literal("-"), alt(*negative)))
    return alt(*positive)


def _positive(low: Decimal, high: Decimal, with_integers: bool) -> list[Node]:
    """The numbers from `low` to `high`, without a sign."""
    if low > high:
        return []
    start = _point(math.ceil(Fraction(low) * 10**_EXACT))
    end = _point(math.floor(Fraction(high) * 10**_EXACT))
    exponent, special = _scientific(low, high)
    if exponent is not None and with_integers and start <= (1, "") and end >= (10, ""):
        # What begins with one digit before the point is the same up to the exponent: one option.
        small = _plain(start, (0, _ANY), with_integers)
        large = _plain((10, ""), end, with_integers)
        return [*small, seq(_MANTISSA, optional(exponent)), *large, *special]
    plain = _plain(start, end, with_integers)
    return [*plain, *([] if exponent is None else [seq(_MANTISSA, exponent)]), *special]


def _point(scaled: int) -> _Point:
    whole, fraction = divmod(scaled, 10**_EXACT)
    return whole, f"{fraction:0{_EXACT}}".rstrip("0")


def _scientific(low: Decimal, high: Decimal) -> tuple[Node | None, list[Node]]:
    """Of the numbers in scientific notation: the exponents that go with all that is before them,
    and the numbers with other exponents."""
    if not high:
        return None, []
    first, last = low.adjusted() if low else -_MOST_EXPONENT, high.adjusted()
    start, end = _mantissa(low) if low else (1, ""), _mantissa(high)
    if first == last:
        return None, _with_exponent(start, end, first)
    special: list[Node] = []
    if start > (1, ""):
        special += _with_exponent(start, (9, _ANY), first)
        first += 1
    if high == LARGEST_FLOAT and first <= _HUGE:
        special.append(Ref("huge"))
        last = _HUGE
    else:
        special += _with_exponent((1, ""), end, last)
    return _exponents(first, last - 1), special


def _mantissa(value: Decimal) -> _Point:
    digits = "".join(map(str, value.as_tuple().digits)).rstrip("0")
    return int(digits[0]), digits[1:]


def _with_exponent(start: _Point, end: _Point, exponent: int) -> list[Node]:
    """The numbers of one exponent whose mantissas are in a range."""
    if _LEAST_PLAIN <= exponent <= _MOST_PLAIN:
        # Python writes these without an exponent. For others, steps of one digit are short.
        start = (start[0] + 1, "") if start[1] else start
        end = end if end[1] == _ANY else (end[0], "")
    mantissas, node = _plain(start, end, True), _exponents(exponent, exponent)
    return [] if node is None or not mantissas else [seq(alt(*mantissas), node)]


def _exponents(first: int, last: int) -> Node | None:
    """The exponents from `first` to `last` but for 0; None when there are none."""
    options: list[Node] = []
    if max(first, 1) <= last:
        options.append(seq(optional(Literal("+")), _exponent_digits(max(first, 1), last)))
    if first <= min(last, -1):
        options.append(seq(Literal("-"), _exponent_digits(max(-last, 1), -first)))
    return seq(chars("eE"), alt(*options)) if options else None


def _exponent_digits(first: int, last: int) -> Node:
    options: list[Node] = []
    if first <= 9:
        options.append(seq(optional(Literal("0")), digit_between(first, min(last, 9))))
    if last >= 10:
        options += naturals(max(first, 10), last)
    return alt(*options)


def _plain(start: _Point, end: _Point, with_integers: bool) -> list[Node]:
    """The plain decimals from `start` to `end`, both included, in rising order."""
    (first, least), (last, most) = start, end
    if last > LARGEST:
        last, most = LARGEST, _ANY
    if first > last or (first == last and most != _ANY and least > most):
        return []
    if first == last and least and most != _ANY:
        return [seq(Literal(f"{first}."), _between(least, most))]
    options: list[Node] = []
    if least:
        options.append(seq(Literal(f"{first}."), _at_least(least)))
        first += 1
    if most != _ANY:
        last -= 1
    if first <= last:
        options.append(seq(alt(*naturals(first, last)), _perhaps(_FRACTION, with_integers)))
    if most != _ANY:
        after = seq(Literal("."), _at_most(most))
        options.append(seq(Literal(str(last + 1)), _perhaps(after, with_integers)))
    return options


def _perhaps(node: Node, free: bool) -> Node:
    return optional(node) if free else node


def _at_least(digits: str) -> Node:
    """The digits of fractions from these on."""
    node = seq(digit_between(int(digits[-1]), 9), _REST)
    for run in _runs_from_the_end(digits[:-1]):
        count, digit = len(run), int(run[0])
        same = seq(Literal(run), node)
        if digit == 9:
            node = same
            continue
        above = seq(digit_between(digit + 1, 9), _REST)
        if node == above:
            node = seq(repeat(Literal(run[0]), 0, count), above)
        else:
            node = alt(seq(repeat(Literal(run[0]), 0, count - 1), above), same)
    return node


def _at_most(digits: str) -> Node:
    """The digits of fractions up to these."""
    if not digits:
        return repeat(Literal("0"), 1, MAX_DIGITS)
    after = _ZEROS
    for run in _runs_from_the_end(digits):
        count, digit = len(run), int(run[0])
        options: list[Node] = []
        if digit > 0:
            below = seq(digit_between(0, digit - 1), _REST)
            options.append(seq(repeat(Literal(run[0]), 0, count - 1), below))
        if count > 1:
            options.append(repeat(Literal(run[0]), 1, count - 1))
        node = alt(*options, seq(Literal(run), after))
        after = optional(node)
    return node


def _between(least: str, most: str) -> Node:
    """The digits of fractions from some digits up to others."""
    size = next((at for at, digit in enumerate(least) if digit != most[at]), len(least))
    same, least, most = least[:size], least[size:], most[size:]
    if not least:
        return seq(Literal(same), optional(_at_most(most)) if most else _ZEROS)
    first, last = int(least[0]), int(most[0])
    options: list[Node] = []
    if least[1:]:
        options.append(seq(Literal(least[0]), _at_least(least[1:])))
        first += 1
    if first < last:
        options.append(seq(digit_between(first, last - 1), _REST))
    after = optional(_at_most(most[1:])) if most[1:] else _ZEROS
    options.append(seq(Literal(most[0]), after))
    return seq(Literal(same), alt(*options)) if same else alt(*options)


def _runs_from_the_end(digits: str) -> list[str]:
    return ["".join(group) for _, group in groupby(digits)][::-1]
