"""References by the names of schemas: `$id`, `$anchor`; other documents; `$dynamicRef`."""

from __future__ import annotations

from typing import Any

from .cases import INT, NUM, STR, Case, Section

_TREE: dict[str, Any] = {
    "$id": "https://example.com/tree",
    "type": "object",
    "properties": {"meta": STR, "nodes": {"type": "array", "items": {"$ref": "node"}}},
    "required": ["meta", "nodes"],
    "$defs": {
        "node": {
            "$id": "https://example.com/node",
            "type": "object",
            "properties": {"value": NUM, "subtree": {"$ref": "tree"}},
            "required": ["value"],
        }
    },
}


def _grown(value: Any) -> dict[str, Any]:
    leaf = {"meta": "child", "nodes": [{"value": value}, {"value": 1.2}]}
    return {"meta": "root", "nodes": [{"value": 1, "subtree": leaf}, {"value": 2}]}


_NESTED = {"$defs": {"inner": {"type": "object", "properties": {"b": STR}}}}

ID = Section(
    "`$id`",
    "as the base of references within the document, with URLs and URNs",
    [
        Case(_TREE, [_grown(1.1), {"meta": "x", "nodes": []}], [_grown("x"), {"meta": "x"}]),
        Case(
            {
                "$id": "https://example.com/one.json",
                "type": "object",
                "properties": {"a": {"$id": "two.json", **_NESTED, "$ref": "#/$defs/inner"}},
                "$ref": "two.json",
            },
            [{"a": {"b": "x"}, "b": "x"}],
            [{"a": {"b": 1}, "b": "x"}, {"a": {"b": "x"}, "b": 1}],
        ),
        Case(
            {
                "$id": "https://example.com/base/main.json",
                "$ref": "int.json",
                "$defs": {
                    "big": {"$id": "int.json", "type": "integer", "maximum": 10},
                    "small": {"$id": "/base-int.json", "type": "integer", "maximum": 2},
                },
            },
            [5, 10],
            [50, 11],
        ),
        Case(
            {
                "$id": "https://example.com/absref.json",
                "$defs": {
                    "a": {"$id": "https://example.com/absref/x.json", **NUM},
                    "b": {"$id": "https://example.com/x.json", **STR},
                },
                "$ref": "/x.json",
            },
            ["a"],
            [12],
        ),
        Case(
            {
                "$id": "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed",
                "type": "object",
                "properties": {
                    "a": {"$ref": "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed"},
                    "b": {"$ref": "#/$defs/s"},
                    "c": {"$ref": "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed#/$defs/s"},
                    "d": {"$ref": "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed#named"},
                },
                "$defs": {"s": {"$anchor": "named", **STR}},
            },
            [{"a": {"b": "x"}, "b": "x", "c": "y", "d": "z"}],
            [{"a": 1}, {"a": {"b": 1}}, {"b": 1}, {"c": 1}, {"d": 1}],
        ),
        Case(
            {"$ref": "https://example.com/if", "if": {"$id": "https://example.com/if", **INT}},
            [12],
            ["a"],
        ),
        Case(
            {
                "$id": "https://example.com/a.json",
                "$defs": {
                    "x": {
                        "$id": "https://example.com/b/c.json",
                        "not": {"$defs": {"y": {"$id": "d.json", **NUM}}},
                    }
                },
                "allOf": [{"$ref": "https://example.com/b/d.json"}],
            },
            [1],
            ["a"],
        ),
        Case(
            {
                "$id": "urn:example:weather?=op=map&lat=39.56",
                "type": "object",
                "properties": {"a": {"$ref": "#/$defs/s"}},
                "$defs": {"s": STR},
            },
            [{"a": "x"}],
            [{"a": 12}],
        ),
        Case({"$id": "file:///c:/folder/file.json", "$defs": {"n": NUM}, "$ref": "#/$defs/n"},
             [1], ["a"]),
        Case({"$defs": {"e": {"enum": [{"$id": "https://e.org/x.json", "type": "null"}]},
                        "s": {"$id": "https://e.org/x.json", **STR}},
              "$ref": "https://e.org/x.json"}, ["a"], [None, 1]),
    ],
)  # fmt: skip

ANCHOR = Section(
    "`$anchor`",
    "within the document",
    [
        Case({"$ref": "#named", "$defs": {"A": {"$anchor": "named", **INT}}}, [1], ["a"]),
        Case(
            {
                "$ref": "https://example.com/bar#named",
                "$defs": {"A": {"$id": "https://example.com/bar", "$anchor": "named", **INT}},
            },
            [1],
            ["a"],
        ),
        Case(
            {
                "$id": "https://example.com/root",
                "$ref": "https://example.com/nested.json#named",
                "$defs": {
                    "A": {"$id": "nested.json", "$defs": {"B": {"$anchor": "named", **INT}}}
                },
            },
            [1],
            ["a"],
        ),
        Case(
            {
                "$id": "https://example.com/foobar",
                "$defs": {
                    "A": {
                        "$id": "child1",
                        "allOf": [
                            {"$id": "child2", "$anchor": "mine", **NUM},
                            {"$anchor": "mine", **STR},
                        ],
                    }
                },
                "$ref": "child1#mine",
            },
            ["a"],
            [1],
        ),
        Case({"$defs": {"e": {"enum": [{"$anchor": "mine", "type": "null"}]},
                        "s": {"$anchor": "mine", **STR}},
              "$ref": "#mine"}, ["a"], [None, {"$anchor": "mine", "type": "null"}]),
        Case({"$ref": "#nowhere", "$defs": {"A": {"$anchor": "named"}}}, refused="#", judged=False),
    ],
    refused="one that is not there",
)  # fmt: skip

REMOTE = Section(
    "`$ref` to other documents",
    "",
    [
        Case({"$ref": "https://json-schema.org/draft/2020-12/schema"}, refused="#", judged=False),
        Case({"$ref": "http://localhost:1234/integer.json"}, refused="#", judged=False),
        Case({"$ref": "http://localhost:1234/defs.json#/$defs/x"}, refused="#", judged=False),
        Case({"$ref": "http://localhost:1234/defs.json#named"}, refused="#", judged=False),
        Case(
            {"$id": "http://localhost:1234/", "items": {"$id": "b/", "items": {"$ref": "x.json"}}},
            refused="#/items/items",
            judged=False,
        ),
        Case({"properties": {"a": {"$ref": "other.json"}}}, refused="#/properties/a", judged=False),
        Case(
            {
                "$id": "http://localhost:1234/object",
                "type": "object",
                "properties": {"n": {"$ref": "name.json#/$defs/x"}},
            },
            refused="#/properties/n",
            judged=False,
        ),
    ],
    refused="always",
)

_DYNAMIC_LIST = {
    "$id": "https://example.com/list",
    "type": "array",
    "items": {"$dynamicRef": "#item"},
    "$defs": {"default": {"$dynamicAnchor": "item"}},
}

DYNAMIC = Section(
    "`$dynamicRef`",
    "where it can only mean one schema",
    [
        Case(
            {
                "type": "array",
                "items": {"$dynamicRef": "#item"},
                "$defs": {"x": {"$dynamicAnchor": "item", **STR}},
            },
            [["a", "b"]],
            [["a", 42]],
        ),
        Case(
            {
                "type": "array",
                "items": {"$dynamicRef": "#item"},
                "$defs": {"x": {"$anchor": "item", **STR}},
            },
            [["a", "b"]],
            [["a", 42]],
        ),
        Case(
            {
                "type": "array",
                "items": {"$ref": "#item"},
                "$defs": {"x": {"$dynamicAnchor": "item", **STR}},
            },
            [["a", "b"]],
            [["a", 42]],
        ),
        Case(
            {
                "type": "object",
                "properties": {"a": {"$dynamicRef": "#/$defs/no"}},
                "$defs": {"no": False},
            },
            [{}],
            [{"a": 1}],
        ),
        Case(
            {
                "$id": "https://example.com/root",
                "$ref": "list",
                "$defs": {"x": {"$dynamicAnchor": "item", **STR}, "list": _DYNAMIC_LIST},
            },
            [["a", "b"]],
            slips=[["a", 42]],
            listed="$dynamicRef",
        ),
    ],
    listed="where the way there decides",
)

SECTIONS = [ID, ANCHOR, REMOTE, DYNAMIC]
