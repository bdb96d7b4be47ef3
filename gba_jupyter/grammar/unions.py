"""Listed values, and whether alternatives exclude each other."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from ..errors import GrammarError
from .document import Document, flattened, refusal, same_value
from .json_rules import json_text

_MAX_COMPARED = 50


def listed_values(keys: Mapping[str, Any], path: str) -> list[Any] | None:
    """The values of `enum` and `const` that the `type` allows; None when neither is there."""
    if "enum" not in keys and "const" not in keys:
        return None
    values = keys["enum"] if "enum" in keys else [keys["const"]]
    if not isinstance(values, list | tuple):
        raise refusal(path, "`enum` is not a list")
    if "const" in keys:
        values = [value for value in values if same_value(value, keys["const"])]
    if "type" in keys:
        allowed = {keys["type"]} if isinstance(keys["type"], str) else {*keys["type"]}
        values = [value for value in values if not allowed.isdisjoint(kinds_of(value))]
    if not values:
        raise refusal(path, "it lists no value that is valid")
    return list(values)


def value_text(value: Any, path: str) -> str:
    """A listed value as JSON."""
    try:
        return json_text(value)
    except (TypeError, ValueError, RecursionError):
        raise refusal(path, f"{reprlib.repr(value)} is not a JSON value") from None


def kinds_of(value: Any) -> set[str]:
    """The types of JSON Schema that a value has."""
    match value:
        case bool():
            return {"boolean"}
        case None:
            return {"null"}
        case str():
            return {"string"}
        case int():
            return {"integer", "number"}
        case float():
            return {"integer", "number"} if value.is_integer() else {"number"}
        case list() | tuple():
            return {"array"}
        case _:
            return {"object"}


def may_overlap(branches: Sequence[Any], document: Document, path: str) -> bool:
    """Whether a value could be valid for two of the schemas, as far as is plain to see."""
    if len(branches) > _MAX_COMPARED:
        return True
    try:
        flat = [flattened(each, document, path, lambda keyword, why: None) for each in branches]
        return any([not _exclude(one, two, document) for one, two in combinations(flat, 2)])
    except (GrammarError, TypeError, AttributeError):
        # Not even schemas: converting them says what is wrong.
        return True


def _exclude(one: Any, two: Any, document: Document) -> bool:
    if isinstance(one, bool) or isinstance(two, bool):
        return one is False or two is False
    if _kinds(one).isdisjoint(_kinds(two)):
        return True
    values, others = listed_values(one, ""), listed_values(two, "")
    if values is not None and others is not None:
        return not any([same_value(a, b) for a in values for b in others])
    if not _kinds(one) == _kinds(two) == {"object"}:
        return False
    shared = {*one.get("required", ())} & {*two.get("required", ())}
    return any([_tags_differ(one, two, name) for name in shared])


def _tags_differ(one: Any, two: Any, name: str) -> bool:
    tags = [schema.get("properties", {}).get(name) for schema in (one, two)]
    if not all(isinstance(tag, Mapping) for tag in tags):
        return False
    values, others = (listed_values(tag, "") for tag in tags)
    if values is None or others is None:
        return False
    return not any([same_value(a, b) for a in values for b in others])


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    values = listed_values(schema, "")
    if values is not None:
        return {kind for value in values for kind in kinds_of(value)}
    given = schema.get("type", ["object", "array", "string", "number", "boolean", "null"])
    kinds = {given} if isinstance(given, str) else {*given}
    return kinds | {"integer"} if "number" in kinds else kinds
