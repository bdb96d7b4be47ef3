"""``isinstance``, for the kinds of values that programs ask about. Child process only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

_KINDS: dict[str, Callable[[Any], bool]] = {
    "bool": lambda v: isinstance(v, bool | type(sympy.true) | type(sympy.false)),
    "int": lambda v: isinstance(v, int | sympy.Integer),
    "float": lambda v: isinstance(v, sympy.Rational | sympy.Float) and not v.is_Integer,
    "complex": lambda v: isinstance(v, sympy.Expr) and bool(v.is_number),
    "str": lambda v: isinstance(v, str),
    "list": lambda v: isinstance(v, list),
    "tuple": lambda v: isinstance(v, tuple),
    "dict": lambda v: isinstance(v, dict),
    "set": lambda v: isinstance(v, set),
    "Rational": lambda v: isinstance(v, int | sympy.Rational),
    "Fraction": lambda v: isinstance(v, int | sympy.Rational),
    "Decimal": lambda v: isinstance(v, sympy.Rational),
    "Integer": lambda v: isinstance(v, int | sympy.Integer),
    "Float": lambda v: isinstance(v, sympy.Float),
    "Symbol": lambda v: isinstance(v, sympy.Symbol),
}


def isinstance_of(table: dict[str, Any]) -> Callable[[Any, Any], bool]:
    """``isinstance`` for the values that these names of the table stand for."""

    def is_instance(value: Any, kind: Any) -> bool:
        if isinstance(kind, tuple):
            return any(is_instance(value, one) for one in kind)
        for name, test in _KINDS.items():
            if table[name] is kind:
                return test(value)
        raise TypeError("isinstance() knows " + ", ".join(_KINDS))

    return is_instance
