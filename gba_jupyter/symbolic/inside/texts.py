"""How a value reads: plain text, LaTeX, decimal digits. Imported by the child process only."""

from __future__ import annotations

from collections import deque
from collections.abc import ItemsView, Iterable, KeysView, ValuesView
from datetime import date, timedelta
from decimal import Decimal, localcontext
from time import struct_time
from typing import Any, ClassVar

import sympy

from ..replies import without_addresses

_SHORT = 12  # decimal places that still read as a number a person would write
_MAX_ELEMENTS = 12
_CONTAINERS = (list, tuple, set, frozenset, dict, deque)
_READABLE = (
    *(str, int, float, type(None), range, date, timedelta, struct_time, Exception),
    *(sympy.Basic, sympy.MatrixBase, KeysView, ValuesView, ItemsView),
)
WORKING_DIGITS = 57
"""Digits of numbers that have become too long to stay exact; a count nobody asks for."""
WORKING_BITS = sympy.Float(1, WORKING_DIGITS)._prec


class Style:
    """How the numbers of the running program are written."""

    decimals = False
    """Whether the program itself wrote decimals: then its answers are decimals too."""
    powers: ClassVar[dict[Any, Any]] = {}
    """What SymPy made of a power, and the power as the program wrote it."""

    @classmethod
    def begin(cls, decimals: bool) -> None:
        """Another program."""
        cls.decimals, cls.powers = decimals, {}


def as_written(value: Any) -> Any:
    """The value with powers as the program wrote them: 27**(6/25), not 3**(18/25).

    For reading only: SymPy calculates and compares with its own form.
    """
    if not Style.powers or not isinstance(value, sympy.Basic):
        return value
    if value in Style.powers:
        return Style.powers[value]
    if isinstance(value, sympy.Add | sympy.Mul):
        parts = [as_written(part) for part in value.args]
        if any(new is not old for new, old in zip(parts, value.args, strict=True)):
            return value.func(*parts, evaluate=False)
    return value


def short_decimal(value: Any) -> str:
    """The decimal digits of a rational that ends after a few places; else empty."""
    if isinstance(value, bool | int) or not isinstance(value, sympy.Rational) or value.is_Integer:
        return ""
    below = int(value.q)
    if below > 10**_SHORT or 10**_SHORT % below:
        return ""
    with localcontext(prec=400):
        exact = Decimal(int(value.p)) / Decimal(below)
        return format(exact, "f") if abs(exact) < 10**30 else ""


def plain_text(value: Any) -> str:
    """The value as one line of plain text."""
    if isinstance(value, _CONTAINERS):
        return _container(value)
    if not isinstance(value, _READABLE):
        raise TypeError(f"a value of type {type(value).__name__} has no text: {_what_to_do(value)}")
    value = as_written(value)
    if Style.decimals and (digits := short_decimal(value)):
        return digits
    if isinstance(value, Exception):
        return message(value)
    if isinstance(value, sympy.Float):
        if value._prec == WORKING_BITS:
            value = sympy.Float(value, 15)
        return str(sympy.sstr(value, full_prec=False))
    return str(value)


def message(error: Exception) -> str:
    """What an error says, in one line, without where in memory things lie."""
    return without_addresses(" ".join(str(error).split()))


def _what_to_do(value: Any) -> str:
    return "make a list of it" if isinstance(value, Iterable) else "call it"


def _container(value: Any) -> str:
    def inner(item: Any) -> str:
        return repr(item) if isinstance(item, str) else plain_text(item)

    if isinstance(value, dict):
        return "{" + ", ".join(f"{inner(k)}: {inner(v)}" for k, v in value.items()) + "}"
    if isinstance(value, set | frozenset):
        items = sorted(value, key=sympy.default_sort_key)
        return "{" + ", ".join(map(inner, items)) + "}" if items else "set()"
    joined = ", ".join(map(inner, value))
    if isinstance(value, list | deque):
        return f"[{joined}]"
    return f"({joined},)" if len(value) == 1 else f"({joined})"


def latex(value: Any) -> str:
    """The value typeset."""
    if _has_text(value):
        return ""  # a program's own text must not become TeX
    if isinstance(value, date | timedelta):
        return rf"\text{{{value}}}"
    if isinstance(value, bool):
        return r"\text{True}" if value else r"\text{False}"
    if Style.decimals and (digits := short_decimal(value)):
        return digits
    return str(sympy.latex(_all_as_written(value)))


def _all_as_written(value: Any) -> Any:
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(_all_as_written, value))
    return as_written(value)


def _has_text(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_text(part) for item in value.items() for part in item)
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_has_text, value))
    return isinstance(value, str)


def decimal(value: Any, digits: int = 30) -> Decimal:
    """The real number with about so many significant digits.

    Raises:
        TypeError: the value is not a real number.
    """
    number = sympy.N(value, digits)
    if not (number.is_Float or number.is_Rational):
        raise TypeError("only a real number can be written as a decimal")
    return Decimal(str(number))


def _digits(value: Any) -> str:
    number = decimal(value)
    if number == 0 or Decimal("0.001") <= abs(number) < Decimal(10**9):
        return format(number, ".5f")
    return format(number, ".5e")


def _number_digits(value: Any) -> str:
    if not value.is_number or not value.is_finite:
        return ""
    if value.is_real is not False:
        try:
            return _digits(value)
        except TypeError:
            pass
    real, imaginary = sympy.N(value, 30).as_real_imag()
    if real.has(sympy.I) or imaginary.has(sympy.I):
        return ""
    turned = f"{_digits(abs(imaginary))}*I"
    if real == 0:
        return turned if imaginary > 0 else f"-{turned}"
    return f"{_digits(real)} {'+' if imaginary > 0 else '-'} {turned}"


def approximation(value: Any) -> str:
    """Decimal digits of a number, or of each number of a short list; empty when the text
    says them already."""
    if isinstance(value, bool | int | sympy.Integer | sympy.Float):
        return ""
    if isinstance(value, sympy.Expr):
        digits = short_decimal(value)
        if digits and (Style.decimals or len(digits) <= _SHORT):
            return "" if Style.decimals else digits
        return _number_digits(value)
    if isinstance(value, list | tuple | sympy.FiniteSet) and 0 < len(value) <= _MAX_ELEMENTS:
        items = [sympy.sympify(item) if isinstance(item, int) else item for item in value]
        if not all(isinstance(item, sympy.Expr) for item in items):
            return ""
        texts = [approximation(item) for item in items]
        if any(texts) and all(item.is_number for item in items):
            pairs = zip(texts, items, strict=True)
            return ", ".join(text or plain_text(item) for text, item in pairs)
    return ""
