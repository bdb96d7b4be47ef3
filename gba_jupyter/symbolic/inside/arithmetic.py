"""Exact arithmetic that is refused before it becomes enormous. Child process only.

Powers of rationals stay as the program wrote them where they are read (see `texts.as_written`).
Numbers of programs that write decimals stay exact up to `_MAX_DENOMINATOR`; beyond it, where
only an iteration leads, they go on with `texts.WORKING_DIGITS` digits.
"""

from __future__ import annotations

import functools
import math
from datetime import timedelta
from typing import Any

import sympy

from ...errors import LimitExceeded, ProgramRefused
from .guards import refuse_text
from .texts import WORKING_DIGITS, Style

MAX_BITS = 300_000
"""Size of an integer that a power or a factorial may make at once: about 90,000 digits."""
_MAX_DENOMINATOR = 3400  # bits, about 1,000 digits
_MAX_NODES = 60
_QUICK = 10**8
_SMALLER = "Use smaller numbers, or leave the expression symbolic."


def limit_size(bits: float, what: str) -> None:
    """Refuse to make an integer of so many bits.

    Raises:
        LimitExceeded: it would be enormous.
    """
    if bits > MAX_BITS:
        raise LimitExceeded(f"{what} has more digits than the math language computes.", _SMALLER)


def settled(value: Any) -> Any:
    """The value; one that has become too long in a program with decimals is rounded."""
    if not Style.decimals or not isinstance(value, sympy.Expr) or value.is_Float:
        return value
    if isinstance(value, sympy.Rational):
        too_long = int(value.q).bit_length() > _MAX_DENOMINATOR
    else:
        too_long = _is_long(value) and not value.free_symbols and value.is_number
    if not too_long:
        return value
    number = sympy.N(value, WORKING_DIGITS)
    return sympy.Float(number, WORKING_DIGITS) if number.is_Float else number


def _is_long(value: Any) -> bool:
    todo, seen = [value], 0
    while todo:
        seen += 1
        if seen > _MAX_NODES:
            return True
        todo += todo.pop().args
    return False


def whole(value: Any) -> int | None:
    """The value as an int if it is a whole number."""
    return int(value) if isinstance(value, int | sympy.Integer) else None


def power(base: Any, exponent: Any, modulus: Any = None) -> Any:
    """``base ** exponent``, exact, and refused when the result would be enormous."""
    if isinstance(base, set | frozenset) and isinstance(exponent, set | frozenset):
        return base.symmetric_difference(exponent)  # the caret of sets
    if modulus is not None:
        return pow(_index(base), _index(exponent), _index(modulus))
    if exponent is sympy.S.Half and type(base) is int and 0 < base < _QUICK:
        return _square_root(base)
    refuse_text([base, exponent])
    count = whole(exponent)
    if count is not None and isinstance(base, int | sympy.Rational):
        return _whole_power(base, count)
    if not (isinstance(base, int | sympy.Rational) and isinstance(exponent, sympy.Rational)):
        return settled(base**exponent)
    base = sympy.Rational(base)
    _limit_root(base, exponent)
    result = base**exponent
    if exponent.q > 2 and not result.is_Rational:
        Style.powers[result] = sympy.Pow(base, exponent, evaluate=False)
    return settled(result)


def _index(value: Any) -> int:
    number = whole(value)
    if number is None:
        raise TypeError("pow() with three arguments needs whole numbers")
    return number


@functools.lru_cache(10_000)
def _square_root(number: int) -> Any:
    """What SymPy makes of it, in a tenth of the time: loops over pairs take thousands."""
    outside, inside, divisor = 1, 1, 2
    while divisor**3 <= number:
        count = 0
        while number % divisor == 0:
            number //= divisor
            count += 1
        outside *= divisor ** (count // 2)
        inside *= divisor ** (count % 2)
        divisor += 1
    side = math.isqrt(number)  # what is left has two prime factors at most
    if side * side == number:
        outside, number = outside * side, 1
    inside *= number
    if inside == 1:
        return sympy.Integer(outside)
    return outside * sympy.Pow(sympy.Integer(inside), sympy.S.Half, evaluate=False)


def _limit_root(base: Any, exponent: Any) -> None:
    size = max(abs(int(base.p)), int(base.q)).bit_length()
    limit_size(size * abs(exponent), "This power")


def _whole_power(base: Any, count: int) -> Any:
    rational = sympy.Rational(base)
    size = max(abs(int(rational.p)), int(rational.q))
    limit_size((size.bit_length() - (size == 1)) * abs(count), "This power")
    if rational == 0 and count < 0:
        raise ZeroDivisionError("zero to a negative power")
    result = rational**count
    return int(result) if isinstance(base, int) and result.is_Integer else settled(result)


def times(left: Any, right: Any) -> Any:
    """``left * right``"""
    if type(left) is int and type(right) is int:
        return left * right
    if isinstance(left, timedelta) or isinstance(right, timedelta):
        span, factor = (left, right) if isinstance(left, timedelta) else (right, left)
        return _times_span(span, factor)
    if isinstance(left, str | list | tuple) and isinstance(right, sympy.Integer):
        right = int(right)
    elif isinstance(right, str | list | tuple) and isinstance(left, sympy.Integer):
        left = int(left)
    return settled(left * right)


def divide(left: Any, right: Any) -> Any:
    """``left / right``, exact."""
    refuse_text([left, right])
    if isinstance(left, timedelta):
        return _divide_span(left, right)
    if isinstance(right, int | sympy.Expr) and right == 0:
        raise ZeroDivisionError("division by zero")
    if isinstance(left, int) and isinstance(right, int):
        return sympy.Rational(left, right)
    return settled(left / right)


def _is_rational(value: Any) -> bool:
    return isinstance(value, int | sympy.Rational)


def _times_span(span: timedelta, factor: Any) -> timedelta:
    if not _is_rational(factor):
        raise TypeError("a timedelta is multiplied by a rational number only")
    return span_of(microseconds(span) * sympy.Rational(factor))


def microseconds(span: timedelta) -> int:
    """The length of a timedelta."""
    return span // timedelta(microseconds=1)


def span_of(count: Any) -> timedelta:
    """A timedelta of so many microseconds."""
    return timedelta(microseconds=int(sympy.floor(sympy.Rational(count) + sympy.Rational(1, 2))))


def _divide_span(left: timedelta, right: Any) -> Any:
    if isinstance(right, timedelta):
        if not right:
            raise ZeroDivisionError("a timedelta is divided by zero")
        return sympy.Rational(microseconds(left), microseconds(right))
    if not _is_rational(right):
        raise TypeError("a timedelta is divided by a number or a timedelta")
    if right == 0:
        raise ZeroDivisionError("a timedelta is divided by zero")
    return span_of(sympy.Rational(microseconds(left)) / right)


def truth(value: Any) -> Any:
    """A comparison's outcome; Python's own True where SymPy has decided."""
    if value is sympy.true or value is sympy.false:
        return value is sympy.true
    return value


def shift_left(left: Any, right: Any) -> Any:
    """``left << right``"""
    places, number = whole(right), whole(left)
    if places is not None and number is not None:
        limit_size(number.bit_length() + places, "This number")
        return number << places
    return left << right


def remainder(left: Any, right: Any) -> Any:
    """``left % right`` of numbers."""
    if isinstance(right, str):
        raise ProgramRefused("A number has no remainder by text.", "Turn the text into a number.")
    return left % right
