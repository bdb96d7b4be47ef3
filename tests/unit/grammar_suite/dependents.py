"""Keywords that hang on what else is there: `dependent…` and `unevaluated…`."""

from __future__ import annotations

from .cases import INT, NUM, OBJ, STR, Case, Section

_A_B = {"properties": {"a": {}, "b": {}}}
_A_B_C = {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}}
_NO_OBJECTS = [[], [1, 2], "text", 12]

DEPENDENT_REQUIRED = Section(
    "`dependentRequired`",
    "of a few names",
    [
        Case(
            {"dependentRequired": {"b": ["a"]}},
            [{}, {"a": 1}, {"b": 2, "a": 1}, {"z": 1}],
            [{"b": 2}, {"b": 2, "c": 1}],
            unwritten=[*_NO_OBJECTS, {"a": 1, "b": 2}],
        ),
        Case({"type": "object", "dependentRequired": {"b": []}}, [{}, {"b": 2}], [1]),
        Case(
            {**_A_B_C, "dependentRequired": {"c": ["a", "b"]}},
            [{}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}],
            [{"a": 1, "c": 2}, {"b": 1, "c": 2}, {"c": 1}],
        ),
        Case(
            {"type": "object", "dependentRequired": {"a\nb": ["a\rb"], 'a"b': ["a'b"]}},
            [{"a\nb": 1, "a\rb": 2}, {'a"b': 1, "a'b": 2}],
            [{"a\nb": 1, "a": 2}, {'a"b': 2}],
        ),
        Case(
            {**_A_B_C, "additionalProperties": False, "dependentRequired": {"a": ["b"]}},
            [{"a": 1, "b": 1}, {"b": 1, "c": 1}, {}],
            [{"a": 1}, {"a": 1, "c": 1}],
        ),
        Case(
            {**_A_B_C, "dependencies": {"b": ["a"]}}, [{"a": 1, "b": 1}], [{"b": 1}], judged=False
        ),
        Case(
            {
                "type": "object",
                "properties": {f"p{n}": INT for n in range(30)},
                "dependentRequired": {f"p{n}": [f"p{(n * 7 + 3) % 30}"] for n in range(30)},
            },
            [{}],
            [{"p0": "x"}],
            slips=[{"p0": 1}],
            listed="dependentRequired",
        ),
        Case({"type": "object", "dependentRequired": {"a": 3}}, refused="#", judged=False),
    ],
    listed="of many names that cross",
    refused="what is no list of names",
)

DEPENDENT_SCHEMAS = Section(
    "`dependentSchemas`",
    "true and false",
    [
        Case(
            {"type": "object", "dependentSchemas": {"a": True, "b": False}},
            [{"a": 1}, {}],
            [{"b": 2}, {"a": 1, "b": 2}],
        ),
        Case(
            {"type": "object", "dependentSchemas": {"b": {"properties": {"a": INT, "b": INT}}}},
            [{"a": 1, "b": 2}, {"a": "x"}],
            slips=[{"a": "x", "b": 2}, {"a": 2, "b": "x"}],
            listed="dependentSchemas",
        ),
        Case(
            {"type": "object", "dependentSchemas": {"a'b": {"required": ['a"b']}}},
            [{"a'b": 1, 'a"b': 1}],
            slips=[{"a'b": 1}],
            listed="dependentSchemas",
        ),
        Case(
            {
                "type": "object",
                "properties": {"a": {}},
                "dependentSchemas": {"a": {**_A_B, "additionalProperties": False}},
            },
            [{"b": 1}, {"a": 1}],
            slips=[{"a": 1, "c": 2}],
            listed="dependentSchemas",
        ),
        Case(
            {
                "type": "object",
                "properties": {"a2": {}},
                "dependentSchemas": {"a": {}, "a2": {"properties": {"b": {}}}},
                "additionalProperties": False,
            },
            [{"a2": 1}],
            [{"a": ""}, {"b": ""}, {"a2": "", "b": ""}],
            listed="dependentSchemas",
        ),
    ],
    listed="all else; the same in the older `dependencies`",
)

_TAGS = [
    {"properties": {"b": {"const": "b"}}, "required": ["b"]},
    {"properties": {"c": {"const": "c"}}, "required": ["c"]},
]

UNEVALUATED_PROPERTIES = Section(
    "`unevaluatedProperties`",
    "beside `properties`, `patternProperties`, `additionalProperties`",
    [
        Case({"type": "object", "unevaluatedProperties": True}, [{}, {"a": "b"}], [1]),
        Case(
            {"type": "object", "unevaluatedProperties": {"type": "string", "minLength": 3}},
            [{}, {"a": "abc"}],
            [{"a": "ab"}, {"a": 1}],
        ),
        Case({"unevaluatedProperties": False}, [{}], [{"a": 1}], unwritten=_NO_OBJECTS),
        Case(
            {"type": "object", "properties": {"a": STR}, "unevaluatedProperties": False},
            [{"a": "x"}],
            [{"a": "x", "b": 1}],
        ),
        Case(
            {"type": "object", "patternProperties": {"^a": STR}, "unevaluatedProperties": False},
            [{"ab": "x"}],
            [{"ab": "x", "b": "y"}],
        ),
        Case(
            {"type": "object", "additionalProperties": STR, "unevaluatedProperties": False},
            [{"a": "x", "b": "y"}],
            [{"a": 1}],
        ),
        Case(
            {"allOf": [{"properties": {"a": True}}, {"unevaluatedProperties": False}], **OBJ},
            [{}],
            [{"a": 1}],
        ),
        Case(
            {"type": "object", "properties": {"x": {"$ref": "#"}}, "unevaluatedProperties": False},
            [{}, {"x": {}}, {"x": {"x": {}}}],
            [{"x": {}, "y": {}}, {"x": {"y": 1}}],
        ),
        Case(
            {"propertyNames": {"maxLength": 1}, "unevaluatedProperties": NUM},
            [{"a": 1}],
            [{"a": "b"}, {"ab": 1}],
        ),
        Case(
            {
                "type": "object",
                "properties": {"a": STR},
                "allOf": [{"properties": {"b": STR}}],
                "unevaluatedProperties": False,
            },
            [{"a": "x", "b": "y"}],
            [{"a": 1}, {"a": "x", "b": "y", "c": "z"}],
        ),
        Case(
            {
                "type": "object",
                "properties": {"a": STR},
                "anyOf": _TAGS,
                "unevaluatedProperties": False,
            },
            [{"a": "x", "b": "b"}],
            [{"a": "x"}],
            slips=[{"a": "x", "b": "b", "c": "no"}],
            listed="unevaluatedProperties",
        ),
        Case(
            {"$ref": "#/$defs/b", "unevaluatedProperties": False, "$defs": {"b": {**OBJ, **_A_B}}},
            [{"a": 1}],
            [{"c": 1}],
        ),
    ],
    listed="beside `anyOf` and other keywords with schemas",
)

UNEVALUATED_ITEMS = Section(
    "`unevaluatedItems`",
    "beside `items` and `prefixItems`",
    [
        Case({"type": "array", "unevaluatedItems": True}, [[], ["a"]], [1]),
        Case({"type": "array", "unevaluatedItems": False}, [[]], [["a"]]),
        Case({"type": "array", "unevaluatedItems": STR}, [[], ["a"]], [[42]]),
        Case({"type": "array", "items": STR, "unevaluatedItems": False}, [["a", "b"]], [[1]]),
        Case(
            {"type": "array", "prefixItems": [STR], "unevaluatedItems": False},
            [["a"]],
            [[1], ["a", "b"]],
        ),
        Case({"type": "array", "items": NUM, "unevaluatedItems": STR}, [[5, 6]], [["a"]]),
        Case(
            {"allOf": [{"prefixItems": [True]}, {"unevaluatedItems": False}], "type": "array"},
            [[]],
            [[1]],
        ),
        Case(
            {"type": "array", "contains": STR, "prefixItems": [OBJ], "unevaluatedItems": False},
            [[{}, "a"]],
            slips=[[{}, 2]],
            listed="unevaluatedItems",
        ),
        Case(
            {
                "type": "array",
                "prefixItems": [STR],
                "allOf": [{"prefixItems": [True, NUM]}],
                "unevaluatedItems": False,
            },
            [["a", 42]],
            [["a", "b"], ["a", 42, True]],
        ),
    ],
    listed="beside `contains` and keywords with schemas",
)

SECTIONS = [DEPENDENT_REQUIRED, DEPENDENT_SCHEMAS, UNEVALUATED_PROPERTIES, UNEVALUATED_ITEMS]
