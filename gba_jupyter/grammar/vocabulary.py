"""The keywords of JSON Schema: which types they speak about, and which the grammar enforces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

KINDS = ("object", "array", "string", "number", "boolean", "null")
"""All types of values; an integer is a number."""

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_NONE: frozenset[str] = frozenset()

ENFORCED: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "prefixItems", "additionalItems", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength"}),
    "integer": _BOUNDS,
    "number": _NONE,
    "boolean": _NONE,
    "null": _NONE,
}
"""By type: the keywords that the grammar holds."""

NOT_ENFORCED: Mapping[str, frozenset[str]] = {
    "object": frozenset(
        {"minProperties", "maxProperties", "propertyNames", "patternProperties"}
        | {"dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties"}
    ),
    "array": frozenset(
        {"uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"}
    ),
    "string": frozenset({"pattern", "format"}),
    "integer": frozenset({"multipleOf"}),
    "number": _BOUNDS | {"multipleOf"},
    "boolean": _NONE,
    "null": _NONE,
}
"""By type: the keywords that the grammar does not hold."""

KNOWN = frozenset({"type", "enum", "const", "anyOf", "oneOf"}).union(
    *ENFORCED.values(), *NOT_ENFORCED.values()
)
"""The keywords that are dealt with where their type is."""

_ANY_TYPE = frozenset({"not", "if", "then", "else", "$dynamicRef", "$recursiveRef"})
_WITHOUT_EFFECT = {"uniqueItems": False, "minProperties": 0, "unevaluatedProperties": True}


def spoken_kinds(keys: Mapping[str, Any]) -> list[str]:
    """The types that the keywords of a schema speak about; all types when they name none."""
    spoken = [kind for kind in KINDS if keys.keys() & (ENFORCED[kind] | NOT_ENFORCED[kind])]
    return spoken or [*KINDS]


def not_enforced(keys: Mapping[str, Any], kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The keywords that the grammar does not hold for values of these types, and why."""
    asked = {keyword for kind in kinds for keyword in keys.keys() & NOT_ENFORCED[kind]}
    for keyword in sorted(asked | (keys.keys() & _ANY_TYPE)):
        if keyword not in _WITHOUT_EFFECT or keys[keyword] != _WITHOUT_EFFECT[keyword]:
            yield keyword, "values that break it are accepted"
    for keyword in sorted(keys.keys() - KNOWN - _ANY_TYPE):
        yield keyword, "the keyword is not known here"
