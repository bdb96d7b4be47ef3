"""Keywords of any value: `type`, listed values, booleans as schemas, and annotations."""

from __future__ import annotations

from .cases import ALL_KINDS, INT, OBJ, STR, Case, Section

_OTHERS = {
    "integer": [1.1, "5", "", {}, [], True, False, None],
    "number": ["5", "", {}, [], True, None],
    "string": [1, 1.1, {}, [], True, None],
    "object": [1, 1.1, "a", [], True, None],
    "array": [1, 1.1, "a", {}, True, None],
    "boolean": [1, 0, 1.1, "true", "", {}, [], None],
    "null": [1, 0, 1.1, "null", "", {}, [], True, False],
}

TYPE = Section(
    "`type`",
    "all seven types, one or a list of them",
    [
        Case({"type": "integer"}, [1, 0, -20], _OTHERS["integer"], unwritten=[1.0, 10**40]),
        Case({"type": "number"}, [1, 1.0, 1.1, 1e-07, -2.5e300], _OTHERS["number"]),
        Case({"type": "number"}, [10**39], ["9" * 50], unwritten=[10**40, -(10**52)]),
        Case({"type": "string"}, ["a", "5", "", "é☃😀", 'q"\\\n\x7f'], _OTHERS["string"]),
        Case({"type": "string"}, ["9" * 50], [10**52]),
        Case({"type": "object"}, [{}, {"a": [1]}], _OTHERS["object"]),
        Case({"type": "array"}, [[], [1, "a"]], _OTHERS["array"]),
        Case({"type": "boolean"}, [True, False], _OTHERS["boolean"]),
        Case({"type": "null"}, [None], _OTHERS["null"]),
        Case({"type": ["integer", "string"]}, [1, "a"], [1.1, {}, [], True, None]),
        Case({"type": ["integer", "number"]}, [1, 1.5], ["a", None]),
        Case({"type": ["string"]}, ["a"], [123, None]),
        Case({"type": ["array", "object"]}, [[1, 2], {"a": 123}], [123, "a", None]),
        Case({"type": ["array", "object", "null"]}, [[1], {"a": 1}, None], [123, "a"]),
        Case({"type": ["boolean", "null"], "minLength": 3}, [True, None], ["abc", 3]),
        Case({"type": "text"}, refused="#", judged=False),
        Case({"type": []}, invalid=ALL_KINDS, refused="#", judged=False),
        Case({"type": ["string", 3]}, refused="#", judged=False),
    ],
    refused="what is no type",
)

_OBJECTS = [{"a": False}, {"a": 12, "b": 42}, {}]

ENUM = Section(
    "`enum`",
    "values of any type, in their usual spelling",
    [
        Case({"enum": [1, 2, 3]}, [1, 2, 3], [4, 12, "1", None]),
        Case({"enum": [6, "x", [], True, {"a": 12}]}, [[], {"a": 12}, True], [None, *_OBJECTS]),
        Case({"enum": [6, None]}, [None, 6], ["null", 60]),
        Case(
            {
                "type": "object",
                "properties": {"one": {"enum": ["a"]}, "two": {"enum": ["b"]}},
                "required": ["two"],
            },
            [{"one": "a", "two": "b"}, {"two": "b"}],
            [{"one": "ab", "two": "b"}, {"one": "a", "two": "ba"}, {"one": "a"}, {}],
        ),
        Case({"enum": ["a\nb", "a\rb"]}, ["a\nb", "a\rb"], ["ab", "a\tb", "a\\nb"]),
        Case({"enum": [False]}, [False], [0, 0.0, None]),
        Case({"enum": [True]}, [True], [1, 1.0, "true"]),
        Case({"enum": [[False]]}, [[False]], [[0], [0.0]]),
        Case({"enum": [[True]]}, [[True]], [[1], [1.0]]),
        Case({"enum": [0]}, [0], [False, "", None, []], unwritten=[0.0]),
        Case({"enum": [[0]]}, [[0]], [[False]], unwritten=[[0.0]]),
        Case({"enum": [1]}, [1], [True], unwritten=[1.0]),
        Case({"enum": [[1]]}, [[1]], [[True]], unwritten=[[1.0]]),
        Case({"enum": ["a\0b"]}, ["a\0b"], ["ab", "a\\u0000b"]),
        Case({"type": "string", "enum": ["red", 1]}, ["red"], [1]),
        Case({"type": "integer", "enum": [1, 2.5, True]}, [1], [2.5, True]),
        Case({"enum": ["a", "b", "a"]}, ["a", "b"], ["c"]),
        Case({"enum": [1, 5, 9], "minimum": 4, "maximum": 7}, [5], [1, 9]),
        Case({"enum": ["a", "bb", "ccc"], "minLength": 2, "pattern": "^b"}, ["bb"], ["a", "ccc"]),
        Case({"enum": [[1], [1, 2], ["a"]], "items": INT, "maxItems": 1}, [[1]], [[1, 2], ["a"]]),
        Case({"enum": [{"a": 1}, {"b": 1}, 3], "required": ["a"]}, [{"a": 1}, 3], [{"b": 1}]),
        Case({"enum": [1, 5], "oneOf": [{"minimum": 0}, {"minimum": 3}]}, [1], [5]),
        Case({"enum": ["a", "b"], "anyOf": [{"const": "b"}, {"type": "null"}]}, ["b"], ["a", None]),
        Case({"enum": [1, 2], "not": {"minimum": 2}}, [1], [2]),
        Case({"enum": [1, 7], "if": {"minimum": 5}, "then": {"multipleOf": 5}}, [1], [7]),
        Case({"enum": []}, invalid=ALL_KINDS, refused="#"),
        Case({"type": "integer", "enum": ["a"]}, invalid=["a", 1], refused="#"),
        Case({"enum": "abc"}, refused="#", judged=False),
    ],
    refused="a list with no valid value",
)

CONST = Section(
    "`const`",
    "a value of any type, in its usual spelling",
    [
        Case({"const": 2}, [2], [5, "a", 22]),
        Case(
            {"const": {"a": "b", "c": "d"}},
            [{"a": "b", "c": "d"}],
            [{"a": "b"}, [1, 2], {"a": "b", "c": "e"}],
            unwritten=[{"c": "d", "a": "b"}],
        ),
        Case({"const": [{"a": "b"}]}, [[{"a": "b"}]], [[2], [1, 2, 3], []]),
        Case({"const": None}, [None], [0, "null"]),
        Case({"const": False}, [False], [0, 0.0]),
        Case({"const": True}, [True], [1, 1.0]),
        Case({"const": [False]}, [[False]], [[0], [0.0]]),
        Case({"const": [True]}, [[True]], [[1], [1.0]]),
        Case({"const": {"a": False}}, [{"a": False}], [{"a": 0}, {"a": 0.0}]),
        Case({"const": {"a": True}}, [{"a": True}], [{"a": 1}, {"a": 1.0}]),
        Case({"const": 0}, [0], [False, {}, [], ""], unwritten=[0.0]),
        Case({"const": 1}, [1], [True], unwritten=[1.0]),
        Case({"const": -2.0}, [-2.0], [2, 2.0, -2.00001], unwritten=[-2]),
        Case({"const": 2**53}, [2**53], [2**53 - 1, -(2**53)], unwritten=[float(2**53)]),
        Case({"const": "a\0b"}, ["a\0b"], ["ab"]),
        Case({"const": ""}, [""], [" ", None]),
        Case({"type": "string", "const": "x"}, ["x"], ["y"]),
        Case({"const": 3, "enum": [1, 3]}, [3], [1]),
        Case({"const": {1, 2}}, refused="#", judged=False),
        Case({"type": "string", "const": 5}, invalid=["5", 5], refused="#"),
    ],
    refused="what is no JSON value",
)

BOOLEANS = Section(
    "true and false as schemas",
    "everywhere a schema can stand",
    [
        Case(True, ALL_KINDS),
        Case({}, ALL_KINDS),
        Case({"properties": {"a": True, "b": False}}, [{}, {"a": 1}], [{"b": 2}, {"a": 1, "b": 2}]),
        Case({"type": "array", "items": False}, [[]], [[1], [None]]),
        Case({"anyOf": [False, INT]}, [1], ["a"]),
        Case(False, invalid=ALL_KINDS, refused="#"),
        Case({"$ref": "#/$defs/no", "$defs": {"no": False}}, invalid=ALL_KINDS, refused="#"),
    ],
    refused="where nothing else is valid",
)

_CONTENT = {"contentMediaType": "application/json", "contentEncoding": "base64"}

ANNOTATIONS = Section(
    "`title`, `description`, `default`, `examples`, `contentMediaType`",
    "annotations: they allow and forbid nothing",
    [
        Case(
            {"type": "integer", "default": [], "title": "t", "examples": ["x"]},
            [13],
            ["x", [], 3.5],
        ),
        Case(
            {"type": "object", "properties": {"a": {"type": "string", "default": 4}}},
            [{"a": "good"}, {}],
            [{"a": 4}],
        ),
        Case(
            {"type": "object", "properties": {"a": {"type": "number", "maximum": 3, "default": 5}}},
            [{"a": 1}, {}],
            [{"a": 5}],
        ),
        Case({"type": "string", "contentMediaType": "application/json"}, ['{"a": 1}', "{:}"]),
        Case({"type": "string", "contentEncoding": "base64"}, ["eyJhIjoxfQ==", "no%base"]),
        Case({"type": "string", **_CONTENT, "contentSchema": OBJ}, ["eyJhIjoxfQ==", "e30=", "{}"]),
        Case({**_CONTENT}, [100, "x", None]),
        Case({"$comment": "c", "description": "d", "x-unit": "m", **STR}, ["a"], [1]),
        Case({"readOnly": True, "writeOnly": True, "deprecated": True, **INT}, [1], ["a"]),
    ],
)

UNKNOWN = Section(
    "other keywords",
    "",
    [
        Case({"type": "string", "lenght": 3}, ["a"], [1], listed="lenght"),
        Case({"nullable": True, **STR}, ["a"], [1], slips=[None], listed="nullable", judged=False),
        Case({"type": "object", "requires": ["a"]}, [{}, {"a": 1}], [1], listed="requires"),
        Case(
            {"ours": INT, "type": "object", "properties": {"b": {"$ref": "#/ours"}}},
            [{"b": 3}],
            [{"b": True}],
            listed="ours",
        ),
    ],
    listed="always; `nullable` is taken as OpenAPI means it",
)

SECTIONS = [TYPE, ENUM, CONST, BOOLEANS, ANNOTATIONS, UNKNOWN]
