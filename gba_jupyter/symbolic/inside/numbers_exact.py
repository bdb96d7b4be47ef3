"""Python's number functions, exact: ``int``, ``float``, ``round``, ``bin``, ``math.isclose``…

Child process only.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import sympy

from .arithmetic import divide, limit_size, power, settled
from .guards import refuse_text, to_sympy
from .texts import plain_text

_NUMBER = re.compile(r"\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d{1,3})?(/\d+)?\s*\Z")
_SPECIAL = {"inf": sympy.oo, "infinity": sympy.oo, "nan": sympy.nan}
_LONGEST = 1000
_SURE = 30


def rational(value: Any = 0, below: Any = 1) -> Any:
    """A number, or the text of one, kept exact; also numerator and denominator."""
    if isinstance(value, str):
        value = _read(value)
    value = value if isinstance(value, sympy.Basic) else to_sympy(value)
    return divide(value, below) if below != 1 else value


def _read(text: str) -> Any:
    word = text.strip().lower()
    sign = -1 if word.startswith("-") else 1
    if word.lstrip("+-") in _SPECIAL:
        return sign * _SPECIAL[word.lstrip("+-")]
    if not _NUMBER.match(text) or len(text) > _LONGEST:
        raise ValueError(f"{text[:40]!r} is not a number")
    return sympy.Rational(Fraction(text.strip()))


def fraction(value: Any) -> Fraction:
    """A rational number as Python's."""
    number = sympy.Rational(value)
    return Fraction(int(number.p), int(number.q))


def to_int(value: Any = 0, base: Any = None) -> int:
    """Whole part, towards zero; or the whole number that a text writes."""
    if isinstance(value, str):
        if len(value) > 100 * _LONGEST:
            raise ValueError("this text is too long for a number")
        return int(value, 10 if base is None else int(base))
    if isinstance(value, int | sympy.Rational):
        return int(value)
    number = rational(value)
    quick = _quick_int(number)
    if quick is not None:
        return quick
    if number.is_Relational or number.free_symbols or not number.is_finite:
        raise TypeError("int() needs a finite number")
    return int(number)


def _quick_int(number: Any) -> int | None:
    """The whole part of a real number that is not all but whole: SymPy's own way takes long."""
    if not isinstance(number, sympy.Add | sympy.Mul | sympy.Pow) or number.free_symbols:
        return None
    factor, root = number.as_coeff_Mul()
    if root.is_Pow and root.exp == sympy.S.Half and root.base.is_Integer and factor.is_Integer:
        size = math.isqrt(int(factor) ** 2 * int(root.base)) if root.base > 0 else None
        return -size if size and factor < 0 else size
    digits = number.evalf(_SURE)
    if not digits.is_Float or abs(digits) > 10**9:
        return None
    near = abs(digits - round(digits))
    return int(digits) if near > sympy.Float("1e-12") else None


def to_float(value: Any = 0) -> Any:
    """A decimal: exact if the number is rational, else with 15 digits."""
    number = rational(value)
    return number if number.is_Rational else sympy.N(number, 15)


def numeric(value: Any, digits: Any = 15, **options: Any) -> Any:
    """``N(value, digits)``."""
    refuse_text([digits, *options.values()])
    return sympy.N(to_sympy(value), min(int(digits), 10_000), **options)


def to_round(value: Any, digits: Any = None) -> Any:
    """Round half to even, exactly, as decimal arithmetic does."""
    number = rational(value)
    places = int(digits or 0)
    limit_size(abs(places) * math.log2(10), "This rounding")
    shift = sympy.Integer(10) ** places
    scaled = number * shift
    if not scaled.is_Rational:
        scaled = sympy.Rational(str(sympy.N(scaled, 40 + abs(places))))
    whole = round(fraction(scaled))
    return sympy.Rational(whole) / shift if digits is not None else whole


def to_complex(real: Any = 0, imaginary: Any = 0) -> Any:
    """``complex(1, 2)``"""
    return rational(real) + rational(imaginary) * sympy.I


def builtin_pow(base: Any, exp: Any, mod: Any = None) -> Any:
    """``pow(base, exp, mod)``"""
    return power(base, exp, mod)


def quantize(value: Any, step: Any, rounding: Any = "ROUND_HALF_EVEN") -> Any:
    """``Decimal.quantize``: the multiple of `step` next to the value."""
    refuse_text([value, step])
    scaled = fraction(value) / fraction(step)
    half_up = int(abs(scaled) + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
    ways = {
        "ROUND_HALF_EVEN": round(scaled),
        "ROUND_HALF_UP": half_up,
        "ROUND_HALF_DOWN": _half_down(scaled),
        "ROUND_DOWN": int(scaled),
        "ROUND_UP": math.ceil(scaled) if scaled > 0 else math.floor(scaled),
        "ROUND_FLOOR": math.floor(scaled),
        "ROUND_CEILING": math.ceil(scaled),
    }
    return sympy.Rational(ways[rounding]) * sympy.Rational(step)


def _half_down(scaled: Fraction) -> int:
    size = math.ceil(abs(scaled) - Fraction(1, 2))
    return -size if scaled < 0 else size


def in_base(letter: str, prefix: str) -> Any:
    """``bin``, ``oct`` or ``hex``."""

    def digits(value: Any) -> str:
        number = to_int(value)
        return f"{'-' if number < 0 else ''}{prefix}{abs(number):{letter}}"

    return digits


def isclose(a: Any, b: Any, rel_tol: Any = Fraction(1, 10**9), abs_tol: Any = 0) -> bool:
    """``math.isclose``"""
    first, second = to_sympy(a), to_sympy(b)
    bound = max(sympy.Rational(rel_tol) * max(abs(first), abs(second)), to_sympy(abs_tol))
    return bool(abs(first - second) <= bound)


def fmod(a: Any, b: Any) -> Any:
    """The remainder with the sign of `a`."""
    first, second = to_sympy(a), to_sympy(b)
    return settled(first - second * to_int(divide(first, second)))


def modf(value: Any) -> tuple[Any, Any]:
    """Fraction and whole part."""
    number = to_sympy(value)
    return number - to_int(number), sympy.Integer(to_int(number))


def remainder(a: Any, b: Any) -> Any:
    """``math.remainder``: the difference to the nearest multiple."""
    first, second = to_sympy(a), to_sympy(b)
    return first - second * to_round(divide(first, second))


def rect(radius: Any, angle: Any) -> Any:
    """``cmath.rect``"""
    return to_sympy(radius) * (sympy.cos(to_sympy(angle)) + sympy.I * sympy.sin(to_sympy(angle)))


def dist(first: Any, second: Any) -> Any:
    """The distance of two points."""
    refuse_text([first, second])
    return sympy.sqrt(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)))


def sumprod(first: Any, second: Any) -> Any:
    """``math.sumprod``"""
    return sum(a * b for a, b in zip(first, second, strict=True))


def copysign(size: Any, sign: Any) -> Any:
    """The size of one with the sign of the other."""
    return abs(to_sympy(size)) * (-1 if to_sympy(sign) < 0 else 1)


def as_integer_ratio(value: Any) -> tuple[int, int]:
    """Numerator and denominator."""
    return fraction(value).as_integer_ratio()


def text(value: Any = "") -> str:
    """``str(value)``."""
    return plain_text(value)


def is_whole(value: Any) -> bool:
    """``value.is_integer()``"""
    return bool(to_sympy(value).is_integer)
