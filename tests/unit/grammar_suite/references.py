"""References within the document by JSON pointer."""

from __future__ import annotations

from .cases import ALL_KINDS, ARR, INT, NUM, STR, Case, Section

_LIST = {
    "type": "object",
    "properties": {"value": INT, "next": {"anyOf": [{"$ref": "#/$defs/L"}, {"type": "null"}]}},
    "required": ["value", "next"],
    "additionalProperties": False,
}

REF = Section(
    "`$ref`",
    "within the document: `#`, pointers with `~0 ~1 %25`, anchors, `$id`; with siblings; recursive",
    [
        Case(
            {
                "type": "object",
                "properties": {"a": {"$ref": "#"}},
                "additionalProperties": False,
            },
            [{}, {"a": {}}, {"a": {"a": {}}}],
            [{"b": False}, {"a": {"b": False}}, {"a": False}],
        ),
        Case({"type": "array", "items": {"$ref": "#"}}, [[], [[], [[]]]], [[1], [[1]]]),
        Case(
            {"type": "object", "properties": {"a": INT, "b": {"$ref": "#/properties/a"}}},
            [{"b": 3}, {"a": 1, "b": 3}],
            [{"b": True}],
        ),
        Case(
            {"type": "array", "prefixItems": [INT, {"$ref": "#/prefixItems/0"}]},
            [[1, 2]],
            [[1, "a"]],
        ),
        Case(
            {
                "$defs": {"tilde~x": INT, "slash/x": INT, "percent%x": INT, 'quote"x': INT},
                "type": "object",
                "properties": {
                    "tilde": {"$ref": "#/$defs/tilde~0x"},
                    "slash": {"$ref": "#/$defs/slash~1x"},
                    "percent": {"$ref": "#/$defs/percent%25x"},
                    "quote": {"$ref": "#/$defs/quote%22x"},
                },
            },
            [{"tilde": 1, "slash": 2, "percent": 3, "quote": 4}],
            [{"tilde": "x"}, {"slash": "x"}, {"percent": "x"}, {"quote": "x"}],
        ),
        Case(
            {
                "$defs": {"a": INT, "b": {"$ref": "#/$defs/a"}, "c": {"$ref": "#/$defs/b"}},
                "$ref": "#/$defs/c",
            },
            [5],
            ["a", 1.5],
        ),
        Case(
            {
                "$defs": {"list": ARR},
                "type": "object",
                "properties": {"a": {"$ref": "#/$defs/list", "maxItems": 2}},
            },
            [{"a": []}, {"a": [1, 2]}],
            [{"a": [1, 2, 3]}, {"a": "string"}],
        ),
        Case({"$ref": "#/$defs/I", "minimum": 7, "$defs": {"I": INT}}, [7, 70], [6, "a"]),
        Case({"type": "object", "properties": {"$ref": STR}}, [{"$ref": "a"}], [{"$ref": 2}]),
        Case(
            {
                "type": "object",
                "properties": {"$ref": {"$ref": "#/$defs/s"}},
                "$defs": {"s": STR},
            },
            [{"$ref": "a"}],
            [{"$ref": 2}],
        ),
        Case({"$ref": "#/$defs/yes", "$defs": {"yes": True}}, ALL_KINDS),
        Case(
            {"enum": [{"$ref": "#/$defs/s"}], "$defs": {"s": STR}},
            [{"$ref": "#/$defs/s"}],
            ["a", {"type": "string"}],
        ),
        Case({"$ref": "#/$defs//$defs/", "$defs": {"": {"$defs": {"": NUM}}}}, [1], ["a"]),
        Case({"allOf": [{"$ref": "#/$defs/I"}], "$defs": {"I": INT}}, [1], ["a"]),
        Case({"$ref": "#/$defs/L", "$defs": {"L": _LIST}},
             [{"value": 1, "next": None}, {"value": 1, "next": {"value": 2, "next": None}}],
             [{"value": 1}, {"value": 1, "next": {"value": "x", "next": None}}]),
        Case({"type": "object", "properties": {"a": {"$ref": "#/$defs/%C3%A9"}},
              "$defs": {"é": INT}}, [{"a": 1}], [{"a": "x"}]),
        Case({"definitions": {"I": INT}, "$ref": "#/definitions/I"}, [1], ["a"]),
        Case(
            {"$defs": {"int": INT}, "type": "object",
             "allOf": [{"properties": {"a": {"$ref": "#/$defs/int"}}},
                       {"additionalProperties": {"$ref": "#/$defs/int"}}]},
            [{"a": 1}, {"b": 1}], [{"a": "a string"}, {"b": "x"}],
        ),
        Case({"examples": [STR], "$ref": "#/examples/0"}, ["a"], [42], judged=False),
        Case({"$ref": "#/$defs/no"}, refused="#", judged=False),
        Case({"items": {"$ref": "#/$defs/no"}}, refused="#/items", judged=False),
        Case({"$ref": 3}, refused="#", judged=False),
        Case({"$ref": "#"}, refused="#", judged=False),
        Case({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"},
                                             "B": {"$ref": "#/$defs/A"}}},
             refused="#/$defs/A", judged=False),
        Case({"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, INT]}}},
             refused="#/$defs/A", judged=False),
        Case({"allOf": [{"$ref": "#"}], "type": "object"}, refused="#", judged=False),
    ],
    refused="to other documents; to nothing; to itself with nothing in between",
)  # fmt: skip

SECTIONS = [REF]
