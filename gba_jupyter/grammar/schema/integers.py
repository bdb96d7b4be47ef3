"""Ranges of integers as digits."""

from __future__ import annotations

from ..nodes import CharClass, Literal, Node, Ref, alt, chars, repeat, seq
from .json_rules import DIGIT, MAX_DIGITS

LARGEST = 10**MAX_DIGITS - 1
"""The largest integer that a grammar writes."""


def integer_node(least: int | None, most: int | None) -> Node:
    """The integers from `least` to `most`, both included; None is no bound.

    Raises:
        ValueError: there is no integer between the bounds, or a bound has too many digits.
    """
    if least is None and most is None:
        return Ref("integer")
    low = -LARGEST if least is None else least
    high = LARGEST if most is None else most
    if low > high or max(abs(low), abs(high)) > LARGEST:
        raise ValueError("no integer lies between the bounds, or a bound is too long")
    options: list[Node] = []
    if high >= 0:
        options += naturals(max(low, 0), high)
    if low < 0:
        options.append(seq(Literal("-"), alt(*naturals(max(1, -high), -low))))
    return alt(*options)


def naturals(low: int, high: int) -> list[Node]:
    """The integers from `low` (0 or more) to `high`, by their number of digits."""
    options: list[Node] = []
    if low == 0:
        options.append(Literal("0"))
        low = 1
    if low > high:
        return options
    first, last = len(str(low)), len(str(high))
    # The lengths of which every number is in the range make one alternative.
    whole_first = first if low == 10 ** (first - 1) else first + 1
    whole_last = last if high == 10**last - 1 else last - 1
    if first < whole_first:
        options.append(_same_length(str(low), str(min(high, 10**first - 1))))
    if whole_first <= whole_last:
        options.append(seq(chars("1-9"), repeat(DIGIT, whole_first - 1, whole_last - 1)))
    if last > whole_last and last >= whole_first:
        options.append(_same_length(str(max(low, 10 ** (last - 1))), str(high)))
    return options


def digit_between(low: int, high: int) -> Node:
    """One digit of a range."""
    return Literal(str(low)) if low == high else CharClass(((ord("0") + low, ord("0") + high),))


def _same_length(low: str, high: str) -> Node:
    """The numbers from `low` to `high`, which have the same number of digits.

    What they have in common comes once, so that few alternatives are open at any digit.
    """
    if low == high:
        return Literal(low)
    same = next(at for at, digit in enumerate(low) if digit != high[at])
    rest = len(low) - same - 1
    first, last = int(low[same]), int(high[same])
    below: list[Node] = []
    above: list[Node] = []
    if low[same + 1 :].strip("0"):
        below = [seq(Literal(low[same]), _edge(low[same + 1 :], rising=True))]
        first += 1
    if high[same + 1 :].strip("9"):
        above = [seq(Literal(high[same]), _edge(high[same + 1 :], rising=False))]
        last -= 1
    middle = [_then_any(first, last, rest)] if first <= last else []
    options = alt(*below, *middle, *above)
    return seq(Literal(low[:same]), options) if same else options


def _edge(bound: str, *, rising: bool) -> Node:
    """As many digits as the bound has, that make the bound or what is above (or below) it."""
    kept = bound.rstrip("0" if rising else "9")
    last = len(kept) - 1
    digit = int(kept[last])
    node = _then_any(*((digit, 9) if rising else (0, digit)), len(bound) - len(kept))
    for at in range(last - 1, -1, -1):
        digit = int(kept[at])
        options = [seq(Literal(kept[at]), node)]
        rest = len(bound) - at - 1
        if rising and digit < 9:
            options.append(_then_any(digit + 1, 9, rest))
        elif not rising and digit > 0:
            options.insert(0, _then_any(0, digit - 1, rest))
        node = alt(*options)
    return node


def _then_any(low: int, high: int, rest: int) -> Node:
    """One digit of a range, and any digits after it."""
    if (low, high) == (0, 9):
        return repeat(DIGIT, rest + 1, rest + 1)
    return seq(digit_between(low, high), repeat(DIGIT, rest, rest))
