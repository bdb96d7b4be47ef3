"""The keywords of JSON Schema: which types they speak about, and which of them hold schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

KINDS = ("object", "array", "string", "number", "boolean", "null")
"""All types of values; an integer is a number."""
TYPES = frozenset({*KINDS, "integer"})
"""What `type` may name."""

COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

SPEAKS_OF: Mapping[str, frozenset[str]] = {
    "object": frozenset(
        {"properties", "required", "additionalProperties", "patternProperties", "propertyNames"}
        | {"minProperties", "maxProperties", "dependentRequired", "dependentSchemas"}
        | {"dependencies", "unevaluatedProperties"}
    ),
    "array": frozenset(
        {"items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems"}
        | {"contains", "minContains", "maxContains", "unevaluatedItems"}
    ),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "number": frozenset({*BOUNDS, "multipleOf"}),
    "boolean": frozenset(),
    "null": frozenset(),
}
"""By type: the keywords that allow and forbid values of this type only."""

ANNOTATIONS = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "readOnly"}
    | {"writeOnly", "discriminator", "contentEncoding", "contentMediaType", "contentSchema"}
    | {"$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "$vocabulary"}
    | {"$dynamicAnchor", "$recursiveAnchor", "externalDocs", "xml"}
)
"""Keywords that allow and forbid nothing."""

REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
UNIONS = ("anyOf", "oneOf")

KNOWN = REFERENCES.union(
    {"type", "enum", "const", "allOf", "not", "if", "then", "else", "nullable"},
    UNIONS,
    *SPEAKS_OF.values(),
)
"""The keywords that the converter deals with."""

ONE_SCHEMA = frozenset(
    {"additionalProperties", "propertyNames", "items", "additionalItems", "contains", "not", "if"}
    | {"then", "else", "unevaluatedItems", "unevaluatedProperties", "contentSchema"}
)
"""Keywords whose value is a schema."""
SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems", "items"})
"""Keywords whose value is a list of schemas."""
SCHEMA_MAPS = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"}
    | {"dependencies"}
)
"""Keywords whose value has schemas by name."""


def spoken_kinds(keywords: Iterable[str]) -> list[str]:
    """The types that keywords speak about; all types when they speak about none."""
    given = {*keywords}
    return [kind for kind in KINDS if given & SPEAKS_OF[kind]] or [*KINDS]
