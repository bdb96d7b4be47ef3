"""``value.name``, looked up by the type of the value. Child process only."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sympy

from ...errors import ProgramRefused
from ..language.members import CLASS_MEMBERS, PYTHON_METHODS, SYMPY_METHODS
from . import dates, formats, months, numbers_exact
from .guards import Module, guarded

_Methods = dict[str, Callable[..., Any]]
_METHODS: list[tuple[tuple[type, ...], _Methods]] = [
    ((str,), {"format": formats.format_text}),
    ((date,), {"strftime": dates.strftime, "timetuple": dates.timetuple}),
    ((timedelta,), {"total_seconds": dates.total_seconds}),
    ((int,), {
        "bit_length": int.bit_length,
        "bit_count": int.bit_count,
        "conjugate": lambda value: value,
    }),
    ((int, sympy.Expr), {
        "sqrt": lambda value: sympy.sqrt(value),
        "quantize": numbers_exact.quantize,
        "as_integer_ratio": numbers_exact.as_integer_ratio,
        "ln": lambda value: sympy.log(value),
        "log10": lambda value: sympy.log(value, 10),
        "normalize": lambda value: value,
    }),
]  # fmt: skip
_PROPERTIES: dict[str, Callable[[Any], Any]] = {"real": sympy.re, "imag": sympy.im}
_STEP = frozenset({"years", "months", "days"})


def attribute(value: Any, name: str) -> Any:
    """``value.name``, if values of this kind offer it.

    Raises:
        ProgramRefused: they do not.
    """
    if isinstance(value, Module) and name in value.members:
        return value.members[name]
    if type(value) is months.Step and name in _STEP:
        return getattr(value, name)
    for kinds, methods in _METHODS:
        if isinstance(value, kinds) and name in methods:
            return functools.partial(methods[name], value)
    for kind, allowed in PYTHON_METHODS.items():
        if type(value) is kind and name in allowed:
            return getattr(value, name)
    if isinstance(value, types.FunctionType):
        return _class_member(value, name)
    if isinstance(value, int):
        value = sympy.sympify(value)
    return _sympy_member(value, name)


def _refusal(value: Any, name: str) -> ProgramRefused:
    return ProgramRefused(
        f"A value of type {type(value).__name__} has no .{name} here.",
        "Use a function of math or SymPy instead.",
    )


def _class_member(value: Any, name: str) -> Any:
    """``Interval.open``: of SymPy's own class behind a guarded one."""
    known = getattr(value, "__wrapped__", None)
    if isinstance(known, type) and issubclass(known, sympy.Basic | sympy.MatrixBase):
        for class_name, allowed in CLASS_MEMBERS.items():
            if known is getattr(sympy, class_name) and name in allowed:
                return guarded(getattr(known, name))
    raise _refusal(value, name)


def _sympy_member(value: Any, name: str) -> Any:
    if not isinstance(value, sympy.Basic | sympy.MatrixBase | sympy.Poly):
        raise _refusal(value, name)
    if name in _PROPERTIES and isinstance(value, sympy.Expr):
        return _PROPERTIES[name](value)
    is_another = name == "eval" and not isinstance(value, sympy.Poly)  # a class's own maker
    if name not in SYMPY_METHODS or is_another or not hasattr(value, name):
        raise _refusal(value, name)
    member = getattr(value, name)
    if callable(member) and not isinstance(member, sympy.Basic):
        return guarded(member)
    return member
