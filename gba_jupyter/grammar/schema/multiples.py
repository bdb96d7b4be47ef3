"""Multiples of a number, between bounds, as digits.

What is a multiple is settled in decimals: 0.3 is one of 0.1, although `0.3 % 0.1` of two floats
says no. There is no scientific notation.
"""

from __future__ import annotations

from dataclasses import replace

from ..languages.linear import RuleBook, linear_node
from ..nodes import Literal, Node, alt, optional, seq
from .integers import LARGEST, naturals
from .json_rules import MAX_DIGITS
from .remainders import Multiples


def multiples_node(
    step: int,
    ends: tuple[int | None, int | None],
    places: int,
    book: RuleBook,
    *,
    with_integers: bool = True,
) -> Node | None:
    """What matches the multiples of `step`; None when there are none that can be written.

    Before the point there are at most `MAX_DIGITS` digits; as many as one likes where there is no
    bound and a multiple cannot be told by its last digits.

    Args:
        step: counts units of 10**-`places`.
        ends: the lower and the upper end, both included, in the same units; None: no bound.
        places: digits after the point at most; 0: no number has a point.
        book: takes the rules that parts of it need.
        with_integers: whether a number can do without its point.

    Raises:
        TooLargeError: there are too many remainders.
    """
    low, high = ends
    numbers = Multiples(step, 0, None, places, with_integers)
    if low == (None if high is None else -high):
        options = _options(numbers, 0, high, book)
        return seq(optional(Literal("-")), alt(*options)) if options else None
    options = [] if high is not None and high < 0 else _options(numbers, low or 0, high, book)
    # A negative zero is a float.
    first = max(0 if places else 1, -high if high is not None else 0)
    if below := _options(numbers, first, None if low is None else -low, book):
        options.append(seq(Literal("-"), alt(*below)))
    return alt(*options) if options else None


def _options(numbers: Multiples, low: int, high: int | None, book: RuleBook) -> list[Node]:
    """The multiples from `low` to `high`, without a sign."""
    step = numbers.step
    first = max(low, 0) + -max(low, 0) % step
    end = (LARGEST + 1) * 10**numbers.places - 1
    last = min(end if high is None else high, end) // step * step
    if first > last:
        return []
    numbers = replace(numbers, low=first, high=last)
    for size in range(MAX_DIGITS + numbers.places):
        if 10**size % step == 0:
            return _by_last_digits(numbers, last, max(size, numbers.places), book)
    endless = replace(numbers, high=None) if high is None else numbers
    return [linear_node(endless.automaton(), book)]


def _by_last_digits(numbers: Multiples, high: int, size: int, book: RuleBook) -> list[Node]:
    """Multiples for which only the last `size` digits matter: any digits may be before them."""
    width = size - numbers.places
    (first, least), (last, most) = divmod(numbers.low, 10**size), divmod(high, 10**size)
    greatest = 10**size - numbers.step

    def part(low: int, high: int, width: int) -> Node:
        return linear_node(replace(numbers, low=low, high=high).automaton(width), book)

    options: list[Node] = []
    if width and not first:
        # Numbers of fewer digits: they have no zeros in front.
        for count in range(1, width + 1):
            unit = 10 ** (count - 1 + numbers.places)
            low = max(numbers.low, unit + -unit % numbers.step if count > 1 else 0)
            top = min(high, (10 * unit - 1) // numbers.step * numbers.step)
            if low <= top:
                options.append(part(low, top, count))
        first, least = 1, 0
    if first == last and (least or most < greatest):
        return [*options, seq(Literal(str(first)), part(least, most, width))]
    if least and first < last:
        options.append(seq(Literal(str(first)), part(least, greatest, width)))
        first += 1
    if most < greatest:
        last -= 1
    if first <= last:
        options.append(seq(alt(*naturals(first, last)), part(0, greatest, width)))
    if most < greatest and first <= last + 1:
        options.append(seq(Literal(str(last + 1)), part(0, most, width)))
    return options
