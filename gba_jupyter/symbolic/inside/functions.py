"""What the names of the math language stand for where SymPy's own would not do.

Imported by the child process only.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from typing import Any

import sympy
from sympy.calculus.util import continuous_domain, function_range
from sympy.functions.combinatorial import numbers as counting
from sympy.ntheory.digits import digits
from sympy.ntheory.modular import crt, solve_congruence
from sympy.ntheory.primetest import is_square

from ...errors import ProgramRefused
from ..language import names
from . import numbers_exact
from .arithmetic import limit_size, power, times, whole
from .guards import guarded, refuse_text, to_sympy
from .numeric_solver import nsolve

_SHORT_DENOMINATOR = 10**6


def factorial(value: Any) -> Any:
    """``value!``"""
    count = whole(value)
    if count is not None and count > 1:
        limit_size(count * math.log2(count), "This factorial")
    return guarded(sympy.factorial)(value)


def fibonacci(value: Any, *more: Any) -> Any:
    """The Fibonacci number of this index."""
    limit_size(abs(whole(value) or 0), "This Fibonacci number")
    return guarded(sympy.fibonacci)(value, *more)


def binomial(n: Any, k: Any) -> Any:
    """``n`` over ``k``."""
    chosen = whole(k)
    if chosen is not None and isinstance(n, int | sympy.Integer):
        limit_size(min(chosen, abs(int(n) - chosen)) * int(n).bit_length(), "This binomial")
    return guarded(sympy.binomial)(n, k)


def perm(n: Any, k: Any = None) -> Any:
    """Ordered choices of `k` out of `n`."""
    return factorial(n) / factorial(n - (n if k is None else k))


def _limited(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    """A function whose result grows with the factorial of its first argument."""

    def call(first: Any, *more: Any) -> Any:
        sizes = [abs(whole(value) or 0) for value in (first, *more)]
        limit_size(max(sizes) * math.log2(max(sizes) + 2), what)
        return guarded(function)(first, *more)

    return call


def _fold(function: Callable[[Any, Any], Any], start: int) -> Callable[..., Any]:
    def fold(*values: Any) -> Any:
        lone = len(values) == 1 and not isinstance(values[0], int | sympy.Basic)
        items = list(values[0] if lone else values)
        refuse_text(items)
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


def dummy(name: Any = "x", **flags: Any) -> Any:
    """A symbol unlike every other."""
    if not isinstance(name, str) or not names.SYMBOL_NAME.match(name):
        raise ProgramRefused("This is no name for a symbol.", "Write Dummy('x').")
    return sympy.Dummy(name, **{key: bool(value) for key, value in flags.items()})


def function(name: Any, **flags: Any) -> Any:
    """An undefined function of this name."""
    if not isinstance(name, str) or not names.SYMBOL_NAME.match(name):
        raise ProgramRefused("This is no name for a function.", "Write Function('f').")
    return guarded(sympy.Function(name))


def nsimplify(value: Any, *more: Any, **options: Any) -> Any:
    """The simple number that a long decimal stands for."""
    if isinstance(value, sympy.Rational) and value.q > _SHORT_DENOMINATOR:
        value = sympy.N(value, 15)  # SymPy takes an exact number for simple already
    return guarded(sympy.nsimplify)(value, *more, **options)


def _flatten(values: Any) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat += _flatten(value) if isinstance(value, list | tuple) else [value]
    return flat


_GROWING = {
    "subfactorial": sympy.subfactorial,
    "rf": sympy.rf,
    "ff": sympy.ff,
    "stirling": counting.stirling,
    "nC": counting.nC,
    "nP": counting.nP,
    "nT": counting.nT,
    "partition": counting.partition,
}

OUR: dict[str, Any] = {
    "log2": lambda value: sympy.log(to_sympy(value), 2),
    "log10": lambda value: sympy.log(to_sympy(value), 10),
    "log1p": lambda value: sympy.log(1 + to_sympy(value)),
    "expm1": lambda value: sympy.exp(to_sympy(value)) - 1,
    "exp2": lambda value: power(2, value),
    "hypot": lambda *sides: sympy.sqrt(sum(to_sympy(side) ** 2 for side in sides)),
    "gcd": _fold(sympy.gcd, 0),
    "lcm": _fold(sympy.lcm, 1),
    "prod": _fold(times, 1),
    "fsum": _fold(lambda a, b: a + b, 0),
    "isqrt": lambda value: math.isqrt(numbers_exact.to_int(value)),
    "isfinite": lambda value: to_sympy(value).is_finite is not False,
    "isnan": lambda value: to_sympy(value) is sympy.nan,
    "isinf": lambda value: to_sympy(value).is_infinite is True,
    "polar": lambda value: (abs(to_sympy(value)), sympy.arg(to_sympy(value))),
    "det": guarded(sympy.det),
    "transpose": guarded(sympy.transpose),
    "tau": 2 * sympy.pi,
    "factorial": factorial,
    "fibonacci": fibonacci,
    "binomial": binomial,
    "perm": perm,
    "symbols": symbols,
    "dummy": dummy,
    "function": function,
    "power": power,
    "pow": numbers_exact.builtin_pow,
    "nothing": lambda *_, **__: None,
    "ord": ord,
    "chr": lambda number: chr(numbers_exact.to_int(number)),
    "bin": numbers_exact.in_base("b", "0b"),
    "oct": numbers_exact.in_base("o", "0o"),
    "hex": numbers_exact.in_base("x", "0x"),
    "flatten": _flatten,
    "nsolve": nsolve,
    "nsimplify": nsimplify,
    "crt": guarded(crt),
    "solve_congruence": guarded(solve_congruence),
    "digits": guarded(digits),
    "is_square": guarded(is_square),
    "continuous_domain": guarded(continuous_domain),
    "function_range": guarded(function_range),
    "rational": numbers_exact.rational,
    "numeric": numbers_exact.numeric,
    "round": numbers_exact.to_round,
    "int": numbers_exact.to_int,
    "float": numbers_exact.to_float,
    "str": numbers_exact.text,
    "complex": numbers_exact.to_complex,
    "isclose": numbers_exact.isclose,
    "copysign": numbers_exact.copysign,
    "fmod": numbers_exact.fmod,
    "modf": numbers_exact.modf,
    "remainder": numbers_exact.remainder,
    "rect": numbers_exact.rect,
    "dist": numbers_exact.dist,
    "sumprod": numbers_exact.sumprod,
    **{name: _limited(made, "This count") for name, made in _GROWING.items()},
}
