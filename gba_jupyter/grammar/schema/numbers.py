"""The numbers of a schema: bounds and `multipleOf`, held exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..languages.automaton import TooLargeError
from ..languages.linear import RuleBook
from ..nodes import Node, Ref, alt
from .bounds import EVERYTHING, Range, finite, read_range
from .decimals import decimal_node
from .integers import integer_node
from .json_rules import MAX_DIGITS
from .multiples import multiples_node


def number_node(
    kind: str, keys: Mapping[str, Any], book: RuleBook, report: Callable[[str, str], None]
) -> Node | None:
    """What matches the numbers of a schema; None when no number satisfies it.

    All that is accepted satisfies the bounds, as the decimal that it is and as the float that a
    reader makes of it, and is an exact multiple in decimals.

    Args:
        kind: ``integer`` (written without a point) or ``number``.
        keys: may hold ``minimum``, ``maximum``, ``exclusiveMinimum``, ``exclusiveMaximum`` (a
            number, or a boolean as in draft 4) and ``multipleOf`` (a number, or a tuple of numbers
            that must all hold).
        book: takes the rules that parts of it need.
        report: told of a keyword that cannot be held, and why.

    Raises:
        ValueError: a value is malformed; says which.
    """
    numbers, step = read_range(keys, kind, report), _step(keys)
    whole = kind == "integer"
    if step is not None and not (whole and step.numerator == 1):
        if not _has_multiple(numbers, step, whole):
            return None
        node = _multiples(numbers, step, whole, book)
        if node is not None:
            return node
        report("multipleOf", "a grammar of these numbers would be too large")
    if numbers == EVERYTHING:
        return Ref(kind)
    return _joined([_integers(numbers)] if whole else _numbers(numbers))


def _integers(numbers: Range) -> Node | None:
    least, most = numbers.least, numbers.most
    if least > most:
        return None
    everything = (EVERYTHING.least, EVERYTHING.most)
    return Ref("integer") if (least, most) == everything else integer_node(least, most)


def _numbers(numbers: Range) -> list[Node | None]:
    low, high = numbers.low, numbers.high
    if numbers.ends_agree:
        return [decimal_node(low, high, with_integers=True)]
    return [_integers(numbers), decimal_node(low, high, with_integers=False)]


def _multiples(numbers: Range, step: Fraction, whole: bool, book: RuleBook) -> Node | None:
    """The multiples; None when they are too long, or too many to be told apart."""
    places = next((n for n in range(1, MAX_DIGITS) if 10**n % step.denominator == 0), None)
    if places is None and not whole:
        return None
    parts: list[Node | None] = []
    try:
        if whole or not numbers.ends_agree:
            ends = _ends(numbers, numbers.least, numbers.most)
            parts.append(multiples_node(step.numerator, ends, 0, book))
        if places is not None and not whole:
            unit = Fraction(10) ** places
            low = math.ceil(Fraction(numbers.low) * unit)
            high = math.floor(Fraction(numbers.high) * unit)
            ends = _ends(numbers, low, high)
            each = int(step * unit)
            parts.append(multiples_node(each, ends, places, book, with_integers=numbers.ends_agree))
    except TooLargeError:
        return None
    return _joined(parts)


def _ends(numbers: Range, low: int, high: int) -> tuple[int | None, int | None]:
    """The ends of a range; None where there is no bound."""
    return (
        None if numbers.low == EVERYTHING.low else low,
        None if numbers.high == EVERYTHING.high else high,
    )


def _has_multiple(numbers: Range, step: Fraction, whole: bool) -> bool:
    """Whether there is one at all, however long."""
    least, most = numbers.least, numbers.most
    if least == EVERYTHING.least or most == EVERYTHING.most:
        return True
    ends = [(Fraction(least), Fraction(most), Fraction(step.numerator))]
    if not whole:
        ends.append((Fraction(numbers.low), Fraction(numbers.high), step))
    return any([math.ceil(low / each) * each <= high for low, high, each in ends])


def _step(keys: Mapping[str, Any]) -> Fraction | None:
    """What all numbers are a multiple of."""
    given = keys.get("multipleOf", ())
    parts = given if isinstance(given, tuple) else (given,)
    values = [finite("multipleOf", part) for part in parts]
    if not values:
        return None
    if any([value <= 0 for value in values]):
        raise ValueError(f"`multipleOf` is {min(values)}")
    steps = [Fraction(repr(value) if isinstance(value, float) else value) for value in values]
    scale = math.lcm(*[step.denominator for step in steps])
    return Fraction(math.lcm(*[int(step * scale) for step in steps]), scale)


def _joined(nodes: list[Node | None]) -> Node | None:
    options = [node for node in nodes if node is not None]
    return alt(*options) if options else None
