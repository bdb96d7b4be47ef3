"""JSON values that a schema lists: their text, their types, and when two are the same."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from .json_rules import json_text
from .place import refusal, shown
from .subschema import Subschema


def value_text(value: Any, schema: Subschema) -> str:
    """A value that a schema lists, as JSON.

    Raises:
        GrammarError: it is not a JSON value.
    """
    try:
        return json_text(value)
    except (TypeError, ValueError, RecursionError):
        what = f"{shown(value)} is not a JSON value, or nested too deep"
        raise refusal(schema.path, what) from None


def value_key(value: Any) -> Hashable:
    """What is equal for equal JSON values and no others: 1 is 1.0, and true is not 1."""
    match value:
        case bool() | None:
            return type(value), value
        case list():
            return "array", tuple([value_key(each) for each in value])
        case dict():
            return "object", frozenset([(name, value_key(each)) for name, each in value.items()])
        case str():
            return "string", value
        case int() | float():
            return "number", value
        case _:
            return "none", id(value)


def kinds_of(value: Any) -> frozenset[str]:
    """The types of JSON Schema that a value has; none for what is no JSON value."""
    if isinstance(value, float) and value.is_integer():
        return _INTEGER
    return _KINDS.get(type(value), frozenset())


_INTEGER = frozenset({"integer", "number"})
_KINDS = {
    bool: frozenset({"boolean"}),
    type(None): frozenset({"null"}),
    str: frozenset({"string"}),
    int: _INTEGER,
    float: frozenset({"number"}),
    list: frozenset({"array"}),
    dict: frozenset({"object"}),
}
