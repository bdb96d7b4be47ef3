"""What the names of the math language stand for. Imported by the child process only.

Every function is wrapped by `guarded`: SymPy would evaluate text as Python, so no text reaches
it, neither directly nor inside a container.
"""

from __future__ import annotations

import functools
import math
import re
import types
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import sympy

from ..errors import EvaluationError, LimitExceeded, ProgramRefused
from . import names
from .texts import decimal, plain_text

MAX_BITS = 300_000
"""Size of an integer that a power or a factorial may make at once: about 90,000 digits."""
_NUMBER = re.compile(r"\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d{1,3})?(/\d+)?\s*\Z")
_SMALLER = "Use smaller numbers, or leave the expression symbolic."


class Module:
    """What ``math.`` or ``S.`` may be asked for."""

    def __init__(self, members: dict[str, Any]) -> None:
        self.members = members

    def __call__(self, value: Any) -> Any:
        """A number as SymPy's: ``S(1) / 3``."""
        refuse_text([value])
        return sympy.sympify(value)


def refuse_text(values: Iterable[Any], depth: int = 0) -> None:
    """Refuse text among the values or inside them.

    Raises:
        ProgramRefused: there is some.
    """
    for value in values:
        if isinstance(value, str) and value not in names.DIRECTIONS:
            raise ProgramRefused(
                "SymPy's functions cannot be given text.",
                "Write the expression itself, without quotes.",
            )
        if isinstance(value, dict):
            refuse_text([*value, *value.values()], depth + 1)
        elif isinstance(value, list | tuple | set | frozenset) and depth < 20:
            refuse_text(value, depth + 1)


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, refusing text."""

    @functools.wraps(function, updated=())
    def call(*args: Any, **kwargs: Any) -> Any:
        refuse_text(args)
        refuse_text(kwargs.values())
        return function(*map(_bare, args), **kwargs)

    return call


def _bare(value: Any) -> Any:
    """SymPy's own class behind a guarded one, for calls such as ``f.rewrite(exp)``."""
    return getattr(value, "__wrapped__", value) if isinstance(value, types.FunctionType) else value


def attribute(value: Any, name: str) -> Any:
    """``value.name``, if values of this kind offer it.

    Raises:
        ProgramRefused: they do not.
    """
    if isinstance(value, Module) and name in value.members:
        return value.members[name]
    for kind, allowed in names.PYTHON_METHODS.items():
        if type(value) is kind and name in allowed:
            return getattr(value, name)
    if isinstance(value, int):
        value = sympy.sympify(value)
    is_sympy = isinstance(value, sympy.Basic | sympy.MatrixBase | sympy.Poly)
    if not is_sympy or name not in names.SYMPY_METHODS:
        kind_name = type(value).__name__
        raise ProgramRefused(
            f"A value of type {kind_name} has no .{name} here.",
            "Use a function of math or SymPy instead.",
        )
    member = getattr(value, name)
    return guarded(member) if isinstance(member, types.MethodType) else member


def _whole(value: Any) -> int | None:
    """The value as an int if it is a whole number."""
    if isinstance(value, int | sympy.Integer):
        return int(value)
    return None


def _limit_size(bits: float, what: str) -> None:
    if bits > MAX_BITS:
        raise LimitExceeded(f"{what} has more digits than the math language computes.", _SMALLER)


def power(base: Any, exponent: Any, modulus: Any = None) -> Any:
    """``base ** exponent``, exact, and refused when the result would be enormous."""
    refuse_text([base, exponent])
    count = _whole(exponent)
    if modulus is not None:
        return pow(int(base), int(exponent), int(modulus))
    if count is not None and isinstance(base, int | sympy.Rational):
        rational = sympy.Rational(base)
        size = max(abs(int(rational.p)), int(rational.q))
        _limit_size((size.bit_length() - (size == 1)) * abs(count), "This power")
        if rational == 0 and count < 0:
            raise ZeroDivisionError("zero to a negative power")
        result = rational**count
        return int(result) if isinstance(base, int) and result.is_Integer else result
    return base**exponent


def divide(left: Any, right: Any) -> Any:
    """``left / right``, exact."""
    refuse_text([left, right])
    if right == 0:
        raise ZeroDivisionError("division by zero")
    if isinstance(left, int) and isinstance(right, int):
        return sympy.Rational(left, right)
    return left / right


def rational(value: Any = 0, below: Any = 1) -> Any:
    """A number, or the text of one, kept exact; also numerator and denominator."""
    if isinstance(value, str):
        if not _NUMBER.match(value) or len(value) > 1000:
            raise EvaluationError("This text is not a number.", "Write digits such as 0.25.")
        value = sympy.Rational(Fraction(value.strip()))
    return divide(value, below) if below != 1 else sympy.sympify(value)


def to_int(value: Any = 0) -> int:
    """Whole part, towards zero."""
    number = rational(value)
    if number.is_Relational or number.free_symbols or not number.is_finite:
        raise TypeError("int() needs a finite number")
    return int(number)


def to_float(value: Any = 0) -> Any:
    """A decimal: exact if the number is rational, else with 15 digits."""
    number = rational(value)
    return number if number.is_Rational else sympy.N(number, 15)


def numeric(value: Any, digits: Any = 15, **options: Any) -> Any:
    """``N(value, digits)``."""
    refuse_text([value, digits, *options.values()])
    return sympy.N(value, min(int(digits), 10_000), **options)


def to_round(value: Any, digits: Any = None) -> Any:
    """Round half to even, exactly, as decimal arithmetic does."""
    number = rational(value)
    shift = sympy.Integer(10) ** int(digits or 0)
    scaled = number * shift
    if not scaled.is_Rational:
        scaled = sympy.Rational(str(sympy.N(scaled, 40 + abs(int(digits or 0)))))
    whole = round(Fraction(int(scaled.p), int(scaled.q)))
    return sympy.Rational(whole) / shift if digits is not None else whole


def factorial(value: Any) -> Any:
    """``value!``"""
    count = _whole(value)
    if count is not None and count > 1:
        _limit_size(count * math.log2(count), "This factorial")
    return guarded(sympy.factorial)(value)


def fibonacci(value: Any) -> Any:
    """The Fibonacci number of this index."""
    _limit_size(abs(_whole(value) or 0), "This Fibonacci number")
    return guarded(sympy.fibonacci)(value)


def binomial(n: Any, k: Any) -> Any:
    """``n`` over ``k``."""
    chosen = _whole(k)
    if chosen is not None and isinstance(n, int | sympy.Integer):
        _limit_size(min(chosen, abs(int(n) - chosen)) * int(n).bit_length(), "This binomial")
    return guarded(sympy.binomial)(n, k)


def perm(n: Any, k: Any = None) -> Any:
    """Ordered choices of `k` out of `n`."""
    return factorial(n) / factorial(n - (n if k is None else k))


def _fold(function: Callable[[Any, Any], Any], start: int) -> Callable[..., Any]:
    def fold(*values: Any) -> Any:
        refuse_text(values)
        items = values[0] if len(values) == 1 and isinstance(values[0], list | tuple) else values
        return functools.reduce(function, items, sympy.Integer(start))

    return fold


def symbols(text: Any, **assumptions: Any) -> Any:
    """Symbols by name: one, or a tuple of several."""
    found = [name for name in re.split(r"[\s,]+", str(text)) if name]
    if not isinstance(text, str) or not found or not all(map(names.SYMBOL_NAME.match, found)):
        raise ProgramRefused(
            "A symbol's name is made of letters and digits.", "Write symbols('x y')."
        )
    flags = {key: bool(value) for key, value in assumptions.items() if key != "cls"}
    make = function if assumptions.get("cls") is function else sympy.Symbol
    made = tuple(make(name, **flags) for name in found)
    return made[0] if len(made) == 1 and "," not in text else made


def function(name: Any, **flags: Any) -> Any:
    """An undefined function of this name."""
    if not isinstance(name, str) or not names.SYMBOL_NAME.match(name):
        raise ProgramRefused("This is no name for a function.", "Write Function('f').")
    return guarded(sympy.Function(name))


def text(value: Any = "") -> str:
    """``str(value)``."""
    return plain_text(value)


def formatted(value: Any, spec: str) -> str:
    """One field of an f-string."""
    if isinstance(value, str) or not spec or spec.endswith("s"):
        return format(plain_text(value), spec)
    if spec[-1] in "fge%":
        return format(decimal(rational(value)), spec)
    if spec.endswith("d") or isinstance(value, int | sympy.Integer):
        return format(to_int(value), spec)
    if isinstance(value, sympy.Rational | sympy.Float):
        return format(decimal(value), spec)
    return format(plain_text(value), spec.replace(",", ""))


OUR: dict[str, Any] = {
    "log2": lambda value: sympy.log(rational(value), 2),
    "log10": lambda value: sympy.log(rational(value), 10),
    "hypot": lambda *sides: sympy.sqrt(sum(rational(side) ** 2 for side in sides)),
    "gcd": _fold(sympy.gcd, 0),
    "lcm": _fold(sympy.lcm, 1),
    "prod": _fold(lambda a, b: a * b, 1),
    "fsum": _fold(lambda a, b: a + b, 0),
    "isqrt": lambda value: math.isqrt(to_int(value)),
    "det": lambda matrix: attribute(matrix, "det")(),
    "transpose": lambda matrix: attribute(matrix, "T"),
    "tau": 2 * sympy.pi,
    "factorial": factorial,
    "fibonacci": fibonacci,
    "binomial": binomial,
    "perm": perm,
    "rational": rational,
    "numeric": numeric,
    "symbols": symbols,
    "function": function,
    "pow": power,
    "round": to_round,
    "int": to_int,
    "float": to_float,
    "str": text,
}
