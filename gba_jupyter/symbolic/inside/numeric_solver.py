"""``nsolve`` without SymPy's, which would print the equations as Python and execute them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import sympy

from .guards import refuse_text

_EXTRA = 8
_MAX_DIGITS = 200


def nsolve(*args: Any, prec: Any = 15, **_: Any) -> Any:
    """A root near a start: ``nsolve(f, x, 1)``, ``nsolve([f, g], [x, y], [1, 2])``.

    Raises:
        ValueError: none was found from there.
    """
    refuse_text(args)
    if len(args) == 2:
        equations, start = args
        unknowns: Any = sorted(sympy.sympify(equations).free_symbols, key=str)
    elif len(args) == 3:
        equations, unknowns, start = args
    else:
        raise TypeError("nsolve needs an equation, an unknown and a start")
    many = isinstance(equations, list | tuple | sympy.Tuple | sympy.MatrixBase)
    found = list(unknowns) if isinstance(unknowns, list | tuple | sympy.Tuple) else [unknowns]
    first = list(start) if many else start
    digits = min(max(int(prec), 1), _MAX_DIGITS)
    with mpmath.workdps(digits + _EXTRA):
        if many:
            roots = mpmath.findroot(_system(list(equations), found), [*map(_number, first)])
            return sympy.Matrix([sympy.Float(root, digits) for root in roots])
        return sympy.Float(_one(_zero(equations), found[0], first), digits)


def _one(equation: Any, unknown: Any, start: Any) -> Any:
    value = _function(equation, [unknown])
    if isinstance(start, list | tuple | sympy.Tuple):  # a bracket
        return mpmath.findroot(value, tuple(map(_number, start)), solver="anderson")
    derivative = _function(sympy.diff(equation, unknown), [unknown])
    return mpmath.findroot(value, _number(start), solver="newton", df=derivative, maxsteps=60)


def _zero(equation: Any) -> Any:
    return equation.lhs - equation.rhs if isinstance(equation, sympy.Equality) else equation


def _number(value: Any) -> Any:
    return mpmath.mpmathify(sympy.N(value, mpmath.mp.dps)._to_mpmath(mpmath.mp.prec))


def _function(expression: Any, unknowns: list[Any]) -> Callable[..., Any]:
    def value(*numbers: Any) -> Any:
        places = dict(zip(unknowns, map(sympy.sympify, numbers), strict=True))
        return _number(sympy.sympify(expression).subs(places))

    return value


def _system(equations: list[Any], unknowns: list[Any]) -> Callable[..., Any]:
    functions = [_function(_zero(equation), unknowns) for equation in equations]
    return lambda *numbers: [function(*numbers) for function in functions]
