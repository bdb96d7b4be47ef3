"""Runs a program once more with floating numbers of many digits in place of exact ones.

Child only. A second opinion on an exact number: other arithmetic, other functions (mpmath's).
Whatever goes beyond plain arithmetic gives none.
"""

from __future__ import annotations

import ast
from typing import Any

import mpmath

from ..language.names import words
from .rewriter import LAST_VALUE, rewritten

_FUNCTIONS = words("""
    sqrt cbrt exp log log10 sin cos tan cot sec csc asin acos atan acot asec acsc atan2 sinh cosh
    tanh coth asinh acosh atanh factorial gamma beta zeta erf erfc binomial fibonacci floor
    hypot radians degrees
""")
_CONSTANTS = {"pi": mpmath.pi, "E": mpmath.e, "e": mpmath.e, "I": mpmath.j, "tau": 2 * mpmath.pi}


def computed_again(tree: ast.Module, digits: int) -> Any:
    """The program's number, to so many digits; None if it uses more than arithmetic."""
    import sympy

    with mpmath.workdps(digits):
        try:
            names = _namespace()
            exec(compile(rewritten(tree), "<again>", "exec"), names)  # noqa: S102 (as checked)
            value = names.get("result", names.get(LAST_VALUE))
            if isinstance(value, bool) or not isinstance(value, int | mpmath.mpf | mpmath.mpc):
                return None
            real, imaginary = mpmath.re(value), mpmath.im(value)
            return sympy.Float(real, digits) + sympy.I * sympy.Float(imaginary, digits)
        except Exception:  # no second opinion then
            return None


class _Modules:
    """``math`` and its like: the same functions."""


def _namespace() -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(mpmath, name) for name in _FUNCTIONS}
    plain |= {name: +value for name, value in _CONSTANTS.items()}
    plain |= {
        "ln": mpmath.log, "ceil": mpmath.ceil, "ceiling": mpmath.ceil, "Abs": abs, "abs": abs,
        "pow": _power, "root": lambda value, n: mpmath.root(value, n), "float": mpmath.mpf,
        "Rational": _divide, "Fraction": _divide, "Integer": int, "Decimal": mpmath.mpf,
        "sum": sum, "min": min, "max": max, "range": range, "len": len,
        "N": lambda value, *_: value, "simplify": lambda value: value, "comb": mpmath.binomial,
        "S": mpmath.mpf,
    }  # fmt: skip
    modules: dict[str, Any] = dict.fromkeys(("math", "sympy", "fractions", "decimal"), _Modules())
    tables: dict[str, Any] = dict.fromkeys(modules, plain)
    plain |= {"math": modules["math"], "sympy": modules["sympy"], "sp": modules["sympy"]}

    def attribute(value: Any, name: str) -> Any:
        if isinstance(value, _Modules):
            return plain[name]
        raise TypeError(name)

    return {
        **plain,
        "_gba_power": _power,
        "_gba_times": lambda left, right: left * right,
        "_gba_divide": _divide,
        "_gba_modulo": lambda left, right: left % right,
        "_gba_truth": lambda value: value,
        "_gba_get": attribute,
        "_gba_decimal": mpmath.mpf,
        "_gba_imaginary": mpmath.j,
        "_gba_tables": tables,
        "_gba_modules": modules,
        "_gba_never": (),
        "__builtins__": {},
    }


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0:
        return base**exponent
    return mpmath.power(base, exponent)


def _divide(left: Any, right: Any = 1) -> Any:
    return mpmath.mpf(left) / right
