"""Schemas made of schemas: `allOf`, `anyOf`, `oneOf`, `not`, `if`."""

from __future__ import annotations

from .cases import ALL_KINDS, INT, NULL, NUM, OBJ, STR, Case, Section

_HAS_A = {"properties": {"a": INT}, "required": ["a"]}
_HAS_B = {"properties": {"b": STR}, "required": ["b"]}
_HAS_C = {"properties": {"c": NULL}, "required": ["c"]}

ALL_OF = Section(
    "`allOf`",
    "merged into one schema, references included",
    [
        Case(
            {"type": "object", "allOf": [_HAS_A, _HAS_B]},
            [{"a": 2, "b": "x"}, {"a": 2, "b": "x", "c": 1}],
            [{"b": "x"}, {"a": 2}, {"a": "x", "b": "x"}, {}],
            unwritten=[{"b": "x", "a": 2}],
        ),
        Case(
            {"type": "object", **_HAS_A, "allOf": [_HAS_B, _HAS_C]},
            [{"a": 2, "b": "x", "c": None}],
            [{"b": "x", "c": None}, {"a": 2, "c": None}, {"a": 2, "b": "x"}, {"a": 2}],
        ),
        Case({"allOf": [{"maximum": 30}, {"minimum": 20}]}, [25, 20.5, 30], [35, 19.9, 1]),
        Case({"allOf": [True, True]}, ALL_KINDS),
        Case({"allOf": [True, False]}, invalid=ALL_KINDS, refused="#"),
        Case({"allOf": [False, False]}, invalid=ALL_KINDS, refused="#"),
        Case({"allOf": [{}]}, ALL_KINDS),
        Case({"allOf": [{}, {}]}, ALL_KINDS),
        Case({"allOf": [{}, NUM]}, [1, 1.5], ["a", None]),
        Case({"allOf": [NUM, {}]}, [1, 1.5], ["a", None]),
        Case({"allOf": [{"allOf": [NULL]}]}, [None], [123, "null"]),
        Case(
            {
                "type": "integer",
                "allOf": [{"multipleOf": 2}],
                "anyOf": [{"multipleOf": 3}],
                "oneOf": [{"multipleOf": 5}],
            },
            [30, 0, -60],
            [1, 5, 3, 15, 2, 10, 6],
        ),
        Case({"allOf": [INT, NUM, {"type": ["integer", "null"]}]}, [3], [None, 1.5, "a"]),
        Case({"allOf": [{"enum": [1, 2, 3]}, {"enum": [2, 3, 4]}, {"not": {"const": 3}}]}, [2],
             [1, 3, 4]),
        Case({"allOf": [{"minLength": 1}, {"maxLength": 2}], **STR}, ["a", "ab"], ["", "abc"]),
        Case({"type": "array", "allOf": [{"items": NUM}, {"items": {"maximum": 3}}]}, [[1, 3]],
             [[4], ["a"]]),
        Case({"type": "array", "allOf": [{"minItems": 1}, {"maxItems": 1}]}, [[1]], [[], [1, 2]]),
        Case(
            {
                "type": "object",
                "allOf": [{"properties": {"a": NUM}}, {"properties": {"a": {"maximum": 3}}}],
            },
            [{"a": 1}, {}],
            [{"a": 4}, {"a": "x"}],
        ),
        Case(
            {
                "allOf": [
                    {"type": "object", "additionalProperties": False, "properties": {"a": INT}},
                    {"properties": {"a": {"maximum": 5}}},
                ]
            },
            [{"a": 1}, {}],
            [{"a": 6}, {"b": 1}],
        ),
        Case({"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]}, [6, 0],
             [2, 3, 4]),
        Case({"allOf": [{"anyOf": [INT, STR]}, {"anyOf": [STR, NULL]}]}, ["a"], [1, None]),
        Case({"allOf": [STR, NULL]}, invalid=["a", None], refused="#"),
        Case({"allOf": {}}, refused="#", judged=False),
        Case({"allOf": [3]}, refused="#/allOf/0", judged=False),
    ],
    refused="when no value is valid",
)  # fmt: skip

ANY_OF = Section(
    "`anyOf`",
    "together with what stands beside it",
    [
        Case({"anyOf": [INT, {"type": "number", "minimum": 2}]}, [1, 2.5, 3], [1.5, "a"]),
        Case({"type": "string", "anyOf": [{"maxLength": 2}, {"minLength": 4}]},
             ["foobar", "", "ab"], [3, "foo"]),
        Case({"anyOf": [True, True]}, ALL_KINDS),
        Case({"anyOf": [True, False]}, ALL_KINDS),
        Case({"anyOf": [False, False]}, invalid=ALL_KINDS, refused="#"),
        Case(
            {"type": "object", "anyOf": [_HAS_A, _HAS_B]},
            [{"a": 2}, {"b": "x"}, {"a": 2, "b": "x"}, {"a": 2, "b": 3}, {"b": "x", "a": "y"}],
            [{"a": "x", "b": 2}, {}],
        ),
        Case({"anyOf": [NUM, {}]}, ["a", 123, None]),
        Case({"anyOf": [{"anyOf": [NULL]}]}, [None], [123]),
        Case({"anyOf": [INT, NULL], "minimum": 3}, [3, None], [2, "a"]),
        Case({"anyOf": [{"minimum": 3}, {"maximum": 1}], "type": "integer"}, [0, 4], [2]),
        Case({"anyOf": [{"items": INT}, {"items": STR}], "type": "array"}, [[1], ["a"], []],
             [[1, "a"]]),
        Case({"anyOf": [{"enum": ["a"]}, {"enum": ["b"]}], "type": ["string", "null"]},
             ["a", "b"], ["c", None]),
        Case({"anyOf": []}, refused="#", judged=False),
        Case({"anyOf": {}}, refused="#", judged=False),
        Case({"anyOf": [INT, 3]}, refused="#/anyOf/1", judged=False),
    ],
    refused="when no value is valid",
)  # fmt: skip

_CAT = {"properties": {"kind": {"const": "cat"}, "lives": INT}, "required": ["kind"], **OBJ}
_DOG = {"properties": {"kind": {"const": "dog"}, "name": STR}, "required": ["kind"], **OBJ}

ONE_OF = Section(
    "`oneOf`",
    "where its schemas exclude each other: by type, listed values, a required tag, ranges, texts",
    [
        Case({"oneOf": [INT, STR]}, [1, "a"], [1.5, None]),
        Case({"oneOf": [{"const": 1}, {"enum": [2, "a"]}, NULL]}, [1, 2, "a", None], [3, "b"]),
        Case(
            {"oneOf": [_CAT, _DOG]},
            [{"kind": "cat", "lives": 9}, {"kind": "dog", "name": "Rex"}, {"kind": "dog"}],
            [{"kind": "cow"}, {"kind": "cat", "lives": "x"}, {}],
        ),
        Case({"oneOf": [True, False, False]}, ALL_KINDS),
        Case({"oneOf": [{"maximum": 3, **INT}, {"minimum": 4, **INT}]}, [3, 4, -9], [3.5, "a"]),
        Case({"oneOf": [{"pattern": "^a", **STR}, {"pattern": "^b", **STR}]}, ["a", "bc"], ["c"]),
        Case({"oneOf": [False, False]}, invalid=ALL_KINDS, refused="#"),
        Case({"oneOf": [{"oneOf": [NULL]}]}, [None], [123]),
        Case(
            {"oneOf": [INT, {"type": "number", "minimum": 2}]},
            [1, 2.5],
            [1.5],
            slips=[3],
            listed="oneOf",
        ),
        Case(
            {"type": "string", "oneOf": [{"minLength": 2}, {"maxLength": 4}]},
            ["foobar", ""],
            [3],
            slips=["foo"],
            listed="oneOf",
        ),
        Case({"oneOf": [True, True]}, [], [], slips=["a", None], listed="oneOf"),
        Case({"oneOf": [NUM, {}]}, ["a"], slips=[123], listed="oneOf"),
        Case(
            {"type": "object", "oneOf": [_HAS_A, _HAS_B]},
            [{"a": 2}, {"b": "x"}],
            [{"a": "x", "b": 2}, {}],
            slips=[{"a": 2, "b": "x"}],
            listed="oneOf",
        ),
        Case(
            {"type": "object", "oneOf": [{"required": ["a", "b"]}, {"required": ["a", "c"]}]},
            [{"a": 1, "b": 2}, {"a": 1, "c": 3}],
            [{"b": 2}],
            slips=[{"a": 1, "b": 2, "c": 3}],
            listed="oneOf",
        ),
        Case({"oneOf": {}}, refused="#", judged=False),
    ],
    listed="when a value may be valid for two of them",
    refused="when no value is valid",
)

NOT = Section(
    "`not`",
    "of types, and of what strings look like; of required names; among listed values",
    [
        Case({"not": STR}, [1, None, [], {"a": 1}], ["a", ""]),
        Case({"not": {"type": ["string", "boolean"]}}, [1.5, None, []], ["a", True]),
        Case({"type": ["string", "integer"], "not": INT}, ["a"], [1, None]),
        Case({"type": "string", "not": {"enum": ["a", "b"]}}, ["c", "ab", ""], ["a", "b"]),
        Case({"type": "string", "not": {"pattern": "^a"}}, ["b", ""], ["ab", "a", 1]),
        Case({"type": "object", "not": {"required": ["a"]}}, [{}, {"b": 1}], [{"a": 1}]),
        Case({"not": INT}, ["a", None, [1]], [1, -20], unwritten=[1.5]),
        Case({"not": {"type": ["integer", "boolean"]}}, ["a"], [True, 1], unwritten=[1.5]),
        Case({"type": "integer", "not": {"const": 3}}, [4], slips=[3], listed="not"),
        Case({"type": ["string", "null"], "not": NULL}, ["a"], [None, 1]),
        Case({"enum": ["a", "b", 3], "not": {"const": "b"}}, ["a", 3], ["b"]),
        Case({"type": "object", "properties": {"a": {"not": {}}}}, [{"b": 1, "c": 2}, {}],
             [{"a": 1, "b": 2}]),
        Case({"not": {}}, invalid=ALL_KINDS, refused="#"),
        Case({"not": True}, invalid=ALL_KINDS, refused="#"),
        Case({"not": False}, ALL_KINDS),
        Case({"not": {"not": {}}}, ["a"]),
        Case({"not": {"type": "object", "properties": {"a": STR}}}, [1, {"a": 1}],
             slips=[{"a": "b"}], listed="not"),
        Case({"type": "integer", "not": {"minimum": 3}}, [2], slips=[3], listed="not"),
        Case({"not": 3}, refused="#/not", judged=False),
    ],
    listed="all else",
    refused="when no value is valid",
)  # fmt: skip

_ZERO = {"const": 0}

IF = Section(
    "`if`, `then`, `else`",
    "where `if` is true or false, or they say nothing: `then` without `if`, `if` alone",
    [
        Case({"if": _ZERO}, [0, "a"]),
        Case({"then": _ZERO}, [0, "a"]),
        Case({"else": _ZERO}, [0, "a"]),
        Case({"type": "integer", "if": {"maximum": -1}, "then": {"minimum": -10}}, [-1, 3],
             slips=[-100], listed="then"),
        Case({"type": "integer", "if": {"maximum": -1}, "else": {"multipleOf": 2}}, [-1, 4],
             slips=[3], listed="else"),
        Case({"type": "string", "if": {"maxLength": 4}, "then": {"const": "yes"},
              "else": {"const": "other"}}, ["yes", "other"], slips=["no", "invalid"], listed="if"),
        Case({"if": True, "then": {"const": "then"}, "else": {"const": "else"}}, ["then"],
             ["else", 1]),
        Case({"if": False, "then": {"const": "then"}, "else": {"const": "else"}}, ["else"],
             ["then", 1]),
        Case({"type": "number", "allOf": [{"if": {"exclusiveMaximum": 0}},
                                          {"then": {"minimum": -10}}, {"else": {"multipleOf": 2}}]},
             [-100, 3]),
        Case({"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
             [{}, {"a": 1, "b": 2}], [1], slips=[{"a": 1}], listed="then"),
    ],
    listed="all else",
)  # fmt: skip

SECTIONS = [ALL_OF, ANY_OF, ONE_OF, NOT, IF]
