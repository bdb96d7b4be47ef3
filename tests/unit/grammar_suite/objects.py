"""Keywords of objects."""

from __future__ import annotations

from .cases import ARR, BOOL, INT, NULL, NUM, STR, Case, Section, Text

_AWKWARD = ["a\nb", 'a"b', "a\\b", "a\rb", "a\tb", "a\fb"]
_NO_OBJECTS = [[], [1, 2], "text", 12]
_A_B = {"properties": {"a": {}, "b": {}}}

PROPERTIES = Section(
    "`properties`",
    "in the order of their definition, any subset of the optional ones",
    [
        Case(
            {"properties": {"a": INT, "b": STR}},
            [{"a": 1, "b": "x"}, {"b": "x"}, {"a": 1}, {}, {"z": []}, {"a": 1, "z": []}],
            [{"a": 1, "b": {}}, {"a": [], "b": {}}, {"a": "1"}],
            unwritten=[*_NO_OBJECTS, {"b": "x", "a": 1}, {"z": [], "a": 1}],
        ),
        Case({"type": "object", "properties": {"a": NULL}}, [{"a": None}, {}], [{"a": 0}, 1]),
        Case(
            {"type": "object", "properties": {"a": True, "b": False}},
            [{}, {"a": 1}, {"ab": 1}],
            [{"b": 2}, {"a": 1, "b": 2}],
        ),
        Case(
            {"type": "object", "properties": dict.fromkeys(_AWKWARD, NUM)},
            [dict.fromkeys(_AWKWARD, 1), {_AWKWARD[1]: 2}],
            [dict.fromkeys(_AWKWARD, "1"), {_AWKWARD[3]: None}],
        ),
        Case(
            {
                "type": "object",
                "properties": {
                    "__proto__": NUM,
                    "toString": {"type": "object", "properties": {"length": STR}},
                    "constructor": NUM,
                },
            },
            [{}, {"__proto__": 12, "toString": {"length": "a"}, "constructor": 37}],
            [{"__proto__": "a"}, {"toString": {"length": 37}}, {"constructor": {"length": 37}}],
        ),
        Case(
            {
                "properties": {"abc": {"type": "array", "maxItems": 3}, "b": ARR},
                "patternProperties": {"a.c": {"minItems": 2}},
                "additionalProperties": INT,
            },
            [{"abc": [1, 2]}, {"b": []}, {"axc": [1, 2]}, {"z": 3}, {"abc": [1, 2], "axc": [1, 2]}],
            [{"abc": [1, 2, 3, 4]}, {"abc": []}, {"axc": []}, {"z": "x"}, {"abc": [1]}],
        ),
        Case({"properties": []}, refused="#", judged=False),
        Case({"properties": {"a": 3}}, refused="#/properties/a", judged=False),
    ],
    refused="what is no object of schemas",
)

REQUIRED = Section(
    "`required`",
    "also for names that `properties` does not have",
    [
        Case(
            {**_A_B, "required": ["a"]},
            [{"a": 1}, {"a": 1, "b": 2}, {"a": 1, "c": 2}],
            [{"b": 1}, {}, {"c": 1}],
            unwritten=_NO_OBJECTS,
        ),
        Case({"type": "object", "required": ["z"]}, [{"z": 1}, {"z": 1, "a": 2}], [{}, {"a": 2}]),
        Case({"type": "object", **_A_B, "required": []}, [{}, {"b": 1}], [[]]),
        Case(
            {"type": "object", "required": _AWKWARD},
            [dict.fromkeys(_AWKWARD, 1)],
            [{"a\nb": 1, 'a"b': 1}, {}],
        ),
        Case(
            {"type": "object", "required": ["__proto__", "toString", "constructor"]},
            [{"__proto__": 12, "toString": {"length": "a"}, "constructor": 37}],
            [{}, {"__proto__": "a"}, {"toString": {}}, {"constructor": 1}],
        ),
        Case({"type": "object", "required": ["a"], "maxProperties": 1}, [{"a": 1}], [{}]),
        Case({"required": "a"}, refused="#", judged=False),
        Case({"required": [1]}, refused="#", judged=False),
        Case(
            {"type": "object", "properties": {"a": False}, "required": ["a"]},
            invalid=[{}, {"a": 1}],
            refused="#/properties/a",
        ),
    ],
    refused="a required property that cannot be there",
)

ADDITIONAL = Section(
    "`additionalProperties`",
    "true, false or a schema; further properties come last",
    [
        Case(
            {**_A_B, "patternProperties": {"^v": {}}, "additionalProperties": False},
            [{"a": 1}, {"a": 1, "vroom": 2}, {"v": 1}],
            [{"a": 1, "b": 2, "quux": "x"}, {"xv": 1}],
            unwritten=_NO_OBJECTS,
        ),
        Case(
            {
                "type": "object",
                "patternProperties": {"^á": {}},
                "additionalProperties": False,
            },
            [{"ármány": 2}, {"á": 2}],
            [{"élmény": 2}, {"a": 1}, {"": 1}],
        ),
        Case(
            {"type": "object", **_A_B, "additionalProperties": BOOL},
            [{"a": 1}, {"a": 1, "b": 2, "z": True}, {"z": True, "y": False}],
            [{"a": 1, "b": 2, "z": 12}, {"ab": 1}],
        ),
        Case({"additionalProperties": BOOL}, [{"a": True}, {}], [{"a": 1}]),
        Case({"type": "object", **_A_B}, [{"a": 1, "b": 2, "z": True}], [1]),
        Case({"type": "object", "additionalProperties": NULL}, [{"a": None}], [{"a": 0}]),
        Case({"type": "object", "additionalProperties": False}, [{}], [{"a": 0}, {"": 0}]),
        Case(
            {"type": "object", "properties": {"a\tb": INT}, "additionalProperties": STR},
            [{"a\tb": 1, "a": "x"}, {"\t": "x"}],
            [{"a\tb": "x"}, {"a": 1}],
        ),
        Case(
            {"allOf": [_A_B], "additionalProperties": BOOL},
            [{"a": True}, {"z": True}],
            [{"a": 1, "z": True}, {"z": 1}],
        ),
        Case(
            {"propertyNames": {"maxLength": 5}, "additionalProperties": NUM},
            [{"apple": 4}, {}],
            [{"fig": 2, "pear": "x"}, {"banana": 1}],
        ),
        Case(
            {"type": "object", "required": ["a"], "additionalProperties": False},
            invalid=[{}, {"a": 1}],
            refused="#/properties/a",
        ),
    ],
    refused="false for a required name",
)

PATTERN_PROPERTIES = Section(
    "`patternProperties`",
    "all patterns that `pattern` enforces",
    [
        Case(
            {"patternProperties": {"f.*o": INT}},
            [{"foo": 1}, {"foo": 1, "foooo": 2}, {"xfooy": 1}, {"f": "x"}, {}],
            [{"foo": "x", "fooooo": 2}, {"foo": "x"}],
            unwritten=_NO_OBJECTS,
        ),
        Case(
            {"type": "object", "patternProperties": {"a*": INT, "aaa*": {"maximum": 20}}},
            [{"a": 21}, {"aaaa": 18}, {"a": 21, "aaaa": 18}, {"b": 1}],
            [{"a": "x"}, {"aaaa": 31}, {"aaa": "x", "aaaa": 31}, {"b": "x"}],
        ),
        Case(
            {"type": "object", "patternProperties": {"[0-9]{2,}": BOOL, "X_": STR}},
            [{"answer 1": "42"}, {"a_x_3": 3}, {"a31b": True}, {"aX_b": "x"}],
            [{"a31b": None}, {"a_X_3": 3}],
        ),
        Case(
            {"type": "object", "patternProperties": {"f.*": True, "b.*": False}},
            [{"foo": 1}, {}],
            [{"bar": 2}, {"foo": 1, "bar": 2}, {"foobar": 1}],
        ),
        Case(
            {"type": "object", "patternProperties": {"^.*bar$": NULL}},
            [{"foobar": None}, {"bark": 1}],
            [{"foobar": 1}],
        ),
        Case(
            {"type": "object", "patternProperties": {"^🐲*$": INT}},
            [{"": 1}, {"🐲": 1}, {"🐲🐲": 1}, {"D": "x"}],
            [{"🐲": "hello"}, {"🐲🐲": "hello"}, {"": "x"}],
        ),
        Case(
            {"type": "object", "patternProperties": {"^\\d+$": BOOL}, "additionalProperties": STR},
            [{"42": True, "4x": "y"}],
            [{"42": "y"}, {"4x": True}],
        ),
        Case(
            {"type": "object", "patternProperties": {"(?<=a)b": INT}},
            [{"ab": 1}],
            [1],
            slips=[{"ab": "x"}],
            listed="patternProperties",
        ),
        Case(
            {"type": "object", "patternProperties": {"a(": INT}},
            [{"a": 1}],
            [1],
            listed="patternProperties",
            judged=False,
        ),
        Case({"patternProperties": ["a"]}, refused="#", judged=False),
    ],
    listed="as `pattern`",
    refused="what is no object of schemas",
)

PROPERTY_NAMES = Section(
    "`propertyNames`",
    "with lengths, patterns, formats and listed names",
    [
        Case(
            {"propertyNames": {"maxLength": 3}},
            [{"f": {}, "foo": {}}, {}, {"é☃😀": 1}],
            [{"foo": {}, "foobar": {}}, {"four": 1}],
            unwritten=_NO_OBJECTS,
        ),
        Case(
            {"type": "object", "propertyNames": {"pattern": "^a+$"}},
            [{"a": {}, "aa": {}, "aaa": {}}, {}],
            [{"aaA": {}}, {"": 1}],
        ),
        Case({"type": "object", "propertyNames": True}, [{"a": 1}, {}], [1]),
        Case({"type": "object", "propertyNames": False}, [{}], [{"a": 1}]),
        Case({"type": "object", "propertyNames": STR}, [{"a": 1}], []),
        Case({"type": "object", "propertyNames": {"const": "a"}}, [{"a": 1}, {}], [{"b": 1}]),
        Case(
            {"type": "object", "propertyNames": {"enum": ["a", "b"]}},
            [{"a": 1}, {"a": 1, "b": 1}, {}],
            [{"c": 1}, {"ab": 1}],
        ),
        Case(
            {"type": "object", "propertyNames": {"format": "date"}},
            [{"2024-02-29": 1}],
            [{"2023-02-29": 1}, {"a": 1}],
            judged=False,
        ),
        Case(
            {
                "type": "object",
                "properties": {"age": INT, "toolong": INT},
                "propertyNames": {"maxLength": 4},
                "additionalProperties": STR,
            },
            [{"age": 1, "name": "x"}],
            [{"toolong": 1}, {"age": "x"}, {"nam": 1}],
        ),
    ],
)

MIN_PROPERTIES = Section(
    "`minProperties`",
    "also with `properties` and `required`",
    [
        Case(
            {"minProperties": 1},
            [{"a": 1, "b": 2}, {"a": 1}],
            [{}],
            unwritten=_NO_OBJECTS,
        ),
        Case({"type": "object", "minProperties": 1.0}, [{"a": 1, "b": 2}], [{}]),
        Case({"type": "object", "minProperties": 0}, [{}, {"a": 1}], []),
        Case(
            {"type": "object", "additionalProperties": INT, "minProperties": 3},
            [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4}],
            [{"a": 1, "b": 2}, {}],
            slips=[Text('{"a":1,"a":2,"a":3}')],
            listed="minProperties",
        ),
        Case(
            {"type": "object", **_A_B, "minProperties": 2, "additionalProperties": False},
            [{"a": 1, "b": 2}],
            [{"a": 1}, {"b": 1}, {}],
        ),
        Case(
            {"type": "object", **_A_B, "required": ["b"], "minProperties": 2},
            [{"a": 1, "b": 2}, {"b": 2, "c": 3}],
            [{"b": 1}, {"a": 1, "c": 2}],
        ),
        Case({"type": "object", "minProperties": -1}, refused="#", judged=False),
        Case(
            {"type": "object", **_A_B, "minProperties": 3, "additionalProperties": False},
            invalid=[{}, {"a": 1, "b": 2}],
            refused="#",
        ),
    ],
    listed="of further properties: one that is written twice counts twice",
    refused="more than there can be",
)
MAX_PROPERTIES = Section(
    "`maxProperties`",
    "also with `properties` and `required`",
    [
        Case(
            {"maxProperties": 2},
            [{"a": 1}, {"a": 1, "b": 2}, {}],
            [{"a": 1, "b": 2, "c": 3}],
            unwritten=_NO_OBJECTS,
        ),
        Case({"type": "object", "maxProperties": 2.0}, [{"a": 1}], [{"a": 1, "b": 2, "c": 3}]),
        Case({"type": "object", "maxProperties": 0}, [{}], [{"a": 1}]),
        Case(
            {"type": "object", **_A_B, "maxProperties": 1},
            [{}, {"a": 1}, {"b": 1}, {"z": 1}],
            [{"a": 1, "b": 2}, {"a": 1, "z": 2}, {"y": 1, "z": 2}],
        ),
        Case(
            {"type": "object", **_A_B, "minProperties": 1, "maxProperties": 1},
            [{"a": 1}, {"b": 1}, {"z": 1}],
            [{}, {"a": 1, "b": 2}, {"b": 1, "z": 2}],
        ),
        Case(
            {"type": "object", "required": ["a", "b"], "maxProperties": 1},
            invalid=[{}, {"a": 1, "b": 2}],
            refused="#",
        ),
        Case({"type": "object", "minProperties": 2, "maxProperties": 1}, invalid=[{}], refused="#"),
    ],
    refused="less than `required` or `minProperties`",
)

SECTIONS = [
    PROPERTIES,
    REQUIRED,
    ADDITIONAL,
    PATTERN_PROPERTIES,
    PROPERTY_NAMES,
    MIN_PROPERTIES,
    MAX_PROPERTIES,
]
