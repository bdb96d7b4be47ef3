"""What SymPy reads text with, in place of its own reader, which evaluates it as Python.

SymPy writes short formulas as text for itself (`nsimplify`); these are read, nothing else.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import sympy

_LONGEST = 2000
_NAMES = {
    "pi": sympy.pi, "E": sympy.E, "e": sympy.E, "I": sympy.I, "GoldenRatio": sympy.GoldenRatio,
    "EulerGamma": sympy.EulerGamma, "Catalan": sympy.Catalan,
}  # fmt: skip
_FUNCTIONS = {"sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log}
_OPERATIONS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Pow: operator.pow,
    ast.Div: operator.truediv, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip


def install() -> None:
    """Put this reader in the place of SymPy's."""
    from sympy.parsing import sympy_parser

    for door in ("parse_expr", "eval_expr", "stringify_expr"):
        setattr(sympy_parser, door, read)


def read(text: Any, *_: Any, **__: Any) -> Any:
    """The number that a formula stands for.

    Raises:
        TypeError: it is not arithmetic on numbers.
    """
    try:
        return _value(ast.parse(str(text)[:_LONGEST].strip(), mode="eval").body)
    except (SyntaxError, ValueError, KeyError, RecursionError):
        what = "text is not evaluated here: write the expression without quotes"
        raise TypeError(what) from None


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return sympy.sympify(number)
        case ast.Name(id=name):
            return _NAMES[name]
        case ast.UnaryOp(op=sign, operand=operand):
            return _OPERATIONS[type(sign)](_value(operand))
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATIONS[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            return _FUNCTIONS[name](_value(argument))
    raise ValueError(type(node).__name__)
