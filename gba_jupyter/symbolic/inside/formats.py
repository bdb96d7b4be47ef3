"""Text made of values: f-strings, ``.format`` and ``%``, by a reader of our own.

Python's own formatting reaches attributes and takes any width; this one does neither. Child
process only.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import sympy

from ...errors import ProgramRefused
from ..language.format_specs import is_spec
from .arithmetic import remainder
from .dates import strftime
from .numbers_exact import fraction
from .texts import decimal, plain_text, short_decimal

_FIELD = re.compile(
    r"\{\{|\}\}|\{(?P<name>[A-Za-z]\w*|\d{0,3})(?:!(?P<form>[rs]))?(?::(?P<spec>[^{}]*))?\}|[{}]"
)
_PERCENT = re.compile(
    r"%(?:\((?P<name>\w+)\))?(?P<flags>[-+ 0#]*)(?P<width>\d{0,3})(?:\.(?P<places>\d{1,2}))?"
    r"(?P<kind>[diouxXeEfFgGcrs%])|%"
)
_PLACES = re.compile(r"\.(\d+)")
_FLOAT_PLACES = 15


def formatted(value: Any, spec: str) -> str:
    """One field: ``{value:spec}``.

    Raises:
        ProgramRefused: the format is not one that we know.
    """
    if not isinstance(spec, str) or not is_spec(spec):
        raise ProgramRefused("This format is not allowed.", 'Use one such as f"{x:.2f}".')
    if isinstance(value, date) and spec:
        return strftime(value, spec)
    if not spec or isinstance(value, str) or spec[-1] == "s":
        return format(plain_text(value), spec)
    if not isinstance(value, int | sympy.Expr) or isinstance(value, bool):
        return format(plain_text(value), spec)
    kind = spec[-1] if spec[-1].isalpha() or spec[-1] == "%" else ""
    if kind in ("d", "b", "o", "x", "X", "c", "n") or (not kind and _is_whole(value)):
        if not _is_whole(value):
            raise ValueError(f"{plain_text(value)} is not a whole number, as {kind} asks for")
        return format(int(value), spec if "." not in spec else spec + "g")
    return _decimal_text(value, spec, kind)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | sympy.Integer)


def _decimal_text(value: Any, spec: str, kind: str) -> str:
    found = _PLACES.search(spec)
    places = int(found.group(1)) if found else 6
    if kind in ("f", "F", "%"):
        return format(_rounded(value, places + 2 * (kind == "%")), spec)
    if not kind and not found:
        digits = short_decimal(value)
        if digits:
            return format(Decimal(digits), spec)
        return format(plain_text(value), spec.replace(",", "").replace("_", ""))
    number = decimal(value, 30 + places)
    if places > _FLOAT_PLACES or not Decimal("1e-300") < abs(number) < Decimal("1e300"):
        return format(number, spec)
    return format(float(number), spec if kind else spec + "g")


def _rounded(value: Any, places: int) -> Decimal:
    """The number with so many places, half to even and exactly."""
    if not isinstance(value, sympy.Rational):
        size = abs(decimal(value, 15)).adjusted()
        return decimal(value, max(size, 0) + places + 15)
    scaled = round(fraction(value) * 10**places)
    return Decimal(f"{scaled}e-{places}")


def format_text(template: str, *args: Any, **kwargs: Any) -> str:
    """``template.format(...)`` with plain fields: ``{}``, ``{0}``, ``{name}``, ``{x:.2f}``.

    Raises:
        ProgramRefused: a field asks for more.
    """
    following = iter(range(len(args)))

    def field(found: re.Match[str]) -> str:
        text = found.group()
        if text in ("{{", "}}"):
            return text[0]
        if found["name"] is None:
            raise ProgramRefused(
                "This field of .format is not allowed.", 'Use one such as "{:.2f}".format(x).'
            )
        name = found["name"]
        if name and not name.isdigit():
            value = kwargs[name]
        else:
            value = args[int(name) if name else next(following, len(args))]
        if found["form"] == "r":
            value = quoted(value)
        return formatted(value, found["spec"] or "")

    return _FIELD.sub(field, template)


def quoted(value: Any) -> str:
    """``repr(value)``."""
    return repr(value) if isinstance(value, str) else plain_text(value)


def percent(template: str, values: Any) -> str:
    """``template % values``."""
    todo = list(values) if isinstance(values, tuple) else [values]
    following = iter(todo)

    def field(found: re.Match[str]) -> str:
        kind = found["kind"]
        if kind is None:
            raise ValueError("unsupported format after %")
        if kind == "%":
            return "%"
        value = values[found["name"]] if found["name"] else next(following, following)
        if value is following:
            raise TypeError("not enough arguments for format string")
        return _percent_field(value, found, kind)

    text = _PERCENT.sub(field, template)
    if not isinstance(values, dict) and next(following, following) is not following:
        raise TypeError("not all arguments converted during string formatting")
    return text


def _percent_field(value: Any, found: re.Match[str], kind: str) -> str:
    flags, width, places = found["flags"], found["width"], found["places"]
    sign = "+" if "+" in flags else " " if " " in flags else ""
    if kind in ("s", "r"):
        text = quoted(value) if kind == "r" else plain_text(value)
        text = text[: int(places)] if places else text
        return format(text, ("<" if "-" in flags else ">") + width)
    if kind in ("d", "i", "u"):
        kind = "d"
        value = int(value)
    align = "<" if "-" in flags else ""
    zero = "0" if "0" in flags and not align else ""
    mark = "#" if "#" in flags else ""
    precision = f".{places}" if places and kind not in "doxXc" else ""
    return formatted(value, f"{align}{sign}{mark}{zero}{width}{precision}{kind}")


def modulo(left: Any, right: Any) -> Any:
    """``left % right``: a remainder, or a text with values in it."""
    if type(left) is int and type(right) is int:
        return left % right
    return percent(left, right) if isinstance(left, str) else remainder(left, right)
