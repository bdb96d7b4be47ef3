"""Ranges of integers as digits."""

from __future__ import annotations

from .json_rules import DIGIT, MAX_DIGITS
from .nodes import EMPTY, CharClass, Literal, Node, Ref, alt, chars, repeat, seq

_LARGEST = 10**MAX_DIGITS - 1


def integer_node(least: int | None, most: int | None) -> Node:
    """The integers from `least` to `most`, both included; None is no bound.

    Raises:
        ValueError: there is no integer between the bounds, or a bound has too many digits.
    """
    if least is None and most is None:
        return Ref("integer")
    low = -_LARGEST if least is None else least
    high = _LARGEST if most is None else most
    if low > high or max(abs(low), abs(high)) > _LARGEST:
        raise ValueError("no integer lies between the bounds, or a bound is too long")
    options: list[Node] = []
    if high >= 0:
        options += _naturals(max(low, 0), high)
    if low < 0:
        options.append(seq(Literal("-"), alt(*_naturals(max(1, -high), -low))))
    return alt(*options)


def _naturals(low: int, high: int) -> list[Node]:
    """The integers of a range without negative numbers, by their number of digits."""
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
        options += _same_length(str(low), str(min(high, 10**first - 1)))
    if whole_first <= whole_last:
        options.append(seq(chars("1-9"), repeat(DIGIT, whole_first - 1, whole_last - 1)))
    if last > whole_last and last >= whole_first:
        options += _same_length(str(max(low, 10 ** (last - 1))), str(high))
    return options


def _same_length(low: str, high: str) -> list[Node]:
    """The numbers from `low` to `high`, which have the same number of digits."""
    if low == high:
        return [Literal(low)]
    same = next(at for at, digit in enumerate(low) if digit != high[at])
    rest = len(low) - same - 1
    from_digit, to_digit = int(low[same]), int(high[same])
    below: list[Node] = []
    above: list[Node] = []
    if low[same + 1 :].strip("0"):
        below = _edge(low, same + 1, "9")
        from_digit += 1
    if high[same + 1 :].strip("9"):
        above = _edge(high, same + 1, "0")
        to_digit -= 1
    middle = [_digits(low[:same], from_digit, to_digit, rest)] if from_digit <= to_digit else []
    return [*below, *middle, *above]


def _edge(bound: str, start: int, end: str) -> list[Node]:
    """The numbers that begin like the bound and lie between it and the digits `end`."""
    options: list[Node] = [Literal(bound)]
    for at in range(start, len(bound)):
        digit = int(bound[at])
        low, high = (digit + 1, 9) if end == "9" else (0, digit - 1)
        if low <= high:
            options.append(_digits(bound[:at], low, high, len(bound) - at - 1))
    return options


def _digits(prefix: str, low: int, high: int, rest: int) -> Node:
    """A prefix, one digit of a range, and any digits after it."""
    digit = CharClass(((ord("0") + low, ord("0") + high),))
    start = Literal(prefix) if prefix else EMPTY
    one = Literal(str(low)) if low == high else digit
    return seq(start, one, repeat(DIGIT, rest, rest))
