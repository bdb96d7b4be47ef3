"""`jsonschema`, exact where it is not: decimals, and patterns as ECMA 262 reads them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

_SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
_CLASSES = {"d": "0-9", "w": "a-zA-Z0-9_", "s": _SPACE}


def ecma(pattern: str) -> str:
    """A pattern of ECMA 262 for Python's `re`, where the two differ (negations not in sets)."""
    parts: list[str] = []
    inside = False
    for unit in re.findall(r"\\.|.", pattern, re.DOTALL):
        if unit[0] == "\\" and unit[1] in _CLASSES:
            parts.append(_CLASSES[unit[1]] if inside else f"[{_CLASSES[unit[1]]}]")
        elif unit[0] == "\\" and unit[1].lower() in _CLASSES and not inside:
            parts.append(f"[^{_CLASSES[unit[1].lower()]}]")
        elif unit == "$" and not inside:
            parts.append("\\Z")
        elif unit == "." and not inside:
            parts.append("[^\\n\\r\\u2028\\u2029]")
        else:
            parts.append(unit)
        inside = unit == "[" or (inside and unit != "]")
    return "".join(parts)


def _exact(value: Any) -> Fraction:
    if isinstance(value, float) and math.isinf(value):
        return Fraction(10**400 if value > 0 else -(10**400))
    return Fraction(Decimal(repr(value)) if isinstance(value, float) else value)


def _multiple_of(validator: Any, factor: Any, value: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(value, "number") and _exact(value) % _exact(factor):
        yield ValidationError(f"{value} is not a multiple of {factor}")


def _pattern(validator: Any, pattern: str, value: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(value, "string") and not re.search(ecma(pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: Any, value: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(value, "object"):
        for pattern, inner in patterns.items():
            for name in value:
                if re.search(ecma(pattern), name):
                    yield from validator.descend(value[name], inner, name, pattern)


def _additional(validator: Any, others: Any, value: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(value, "object"):
        patterns = [*map(ecma, schema.get("patternProperties", {}))]
        for name, inner in value.items():
            described = name in schema.get("properties", {})
            if not described and not any(re.search(pattern, name) for pattern in patterns):
                yield from validator.descend(inner, others, name)


def _bound(holds: Any) -> Any:
    """A bound by the decimals that were written: 0.3 is not 0.299999999999999988897769753748."""

    def check(validator: Any, bound: Any, value: Any, schema: Any) -> Iterator[Any]:
        if validator.is_type(value, "number") and not holds(_exact(value), _exact(bound)):
            yield ValidationError(f"{value} against {bound}")

    return check


Exact = extend(
    Draft202012Validator,
    {
        "multipleOf": _multiple_of,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional,
        "minimum": _bound(lambda value, bound: value >= bound),
        "maximum": _bound(lambda value, bound: value <= bound),
        "exclusiveMinimum": _bound(lambda value, bound: value > bound),
        "exclusiveMaximum": _bound(lambda value, bound: value < bound),
    },
)


class CircularError(Exception):
    """`jsonschema` follows a circle of references for ever."""


class Judge:
    """Says of JSON texts and values whether they are valid, and if not, by which keywords.

    Raises:
        CircularError: in all methods.
    """

    def __init__(self, schema: Any) -> None:
        self.validator = Exact(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def is_valid(self, value: Any) -> bool:
        """Whether a value is valid."""
        return self.holds(self.validator.schema, value)

    def holds(self, schema: Any, value: Any) -> bool:
        """Whether a value is valid for a schema inside this one."""
        try:
            return bool(self.validator.evolve(schema=schema).is_valid(value))
        except RecursionError:
            raise CircularError from None

    def errors(self, text: str, excused: set[str]) -> list[ValidationError]:
        """What is wrong with a text, its numbers read as decimals or else as floats.

        Args:
            text: JSON.
            excused: keywords that may be broken.
        """
        for exact in (Decimal, float):
            value = json.loads(text, parse_float=exact)
            try:
                errors = [each for each in self.validator.iter_errors(value)]
            except RecursionError:
                raise CircularError from None
            guilty = [error for error in errors if not _blames(error, excused)]
            if not guilty:
                break
        return guilty


def _blames(error: ValidationError, keywords: set[str]) -> bool:
    """Whether an error comes from one of the keywords."""
    if error.validator in keywords or keywords & set(map(str, error.absolute_schema_path)):
        return True
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return any(all(_blames(inner, keywords) for inner in branch) for branch in branches.values())
