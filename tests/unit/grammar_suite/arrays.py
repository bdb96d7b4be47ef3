"""Keywords of arrays."""

from __future__ import annotations

from .cases import BOOL, INT, NULL, NUM, STR, Case, Section

_NO_ARRAYS = [{"a": "b"}, {"0": "x", "length": 1}, "text", 12]
_PAIR = {"type": "array", "prefixItems": [{"$ref": "#/$defs/sub"}] * 2, "items": False}
_TREE = {
    "type": "array",
    "prefixItems": [{"$ref": "#/$defs/pair"}] * 3,
    "items": False,
    "$defs": {"pair": _PAIR, "sub": {"type": "object", "required": ["a"]}},
}
_ONE = {"a": None}

ITEMS = Section(
    "`items`",
    "a schema, true or false; what follows `prefixItems`",
    [
        Case({"items": INT}, [[1, 2, 3], []], [[1, "x"], ["x"]], unwritten=_NO_ARRAYS),
        Case({"type": "array", "items": True}, [[1, "a", True], []], [1]),
        Case({"type": "array", "items": False}, [[]], [[1, "a", True], [None]]),
        Case(
            _TREE,
            [[[_ONE, _ONE]] * 3, [[_ONE], [_ONE, _ONE]], [], [[]]],
            [
                [[_ONE, _ONE]] * 4,
                [[_ONE, _ONE, _ONE], [_ONE, _ONE]],
                [_ONE, [_ONE]],
                [[{}, _ONE], [_ONE]],
            ],
        ),
        Case(
            {
                "type": "array",
                "items": {"type": "array", "items": {"type": "array", "items": NUM}},
            },
            [[[[1]], [[2], [3]]], [[]], [[[]]]],
            [[[["1"]], [[2]]], [[1], [2]]],
        ),
        Case({"prefixItems": [{}, {}, {}], "items": False}, [[], [1], [1, 2, 3]], [[1, 2, 3, 4]]),
        Case({"type": "array", "prefixItems": [{}], "items": False}, [[None], []], [["a", "b"]]),
        Case(
            {"type": "array", "prefixItems": [STR], "items": INT},
            [["x", 2, 3], ["x"]],
            [["x", "y"], [1]],
        ),
        Case({"type": "array", "items": NULL}, [[None], []], [[0]]),
        Case(
            {
                "type": "array",
                "allOf": [{"prefixItems": [{"type": "integer", "minimum": 3}]}],
                "items": {"minimum": 5},
            },
            [[5, 5]],
            [[3, 5], [2]],
        ),
        Case(
            {"type": "array", "items": [INT, STR], "additionalItems": False},
            [[1, "a"], [1], []],
            [["a"], [1, "a", 1]],
            judged=False,
        ),
        Case({"type": "array", "items": 3}, refused="#/items", judged=False),
    ],
    refused="what is no schema",
)

PREFIX_ITEMS = Section(
    "`prefixItems`",
    "a schema for each place, further items as `items` says",
    [
        Case(
            {"prefixItems": [INT, STR]},
            [[1, "a"], [1], [1, "a", True], []],
            [["a", 1], [1, 1]],
            unwritten=_NO_ARRAYS,
        ),
        Case({"type": "array", "prefixItems": [True, False]}, [[1], []], [[1, "a"]]),
        Case({"type": "array", "prefixItems": [INT]}, [[1, "a", False]], [["a"]]),
        Case({"type": "array", "prefixItems": [NULL]}, [[None]], [[1]]),
        Case(
            {"type": "array", "prefixItems": [INT, STR], "minItems": 2, "maxItems": 3},
            [[1, "a"], [1, "a", None]],
            [[1], [1, 2], [1, "a", 1, 1]],
        ),
        Case({"type": "array", "prefixItems": {}}, refused="#", judged=False),
    ],
    refused="what is no list of schemas",
)

MIN_ITEMS = Section(
    "`minItems`",
    "up to 1,000",
    [
        Case({"minItems": 1}, [[1, 2], [1]], [[]], unwritten=_NO_ARRAYS),
        Case({"type": "array", "minItems": 1.0}, [[1, 2]], [[]]),
        Case({"type": "array", "minItems": 0}, [[], [1]], [1]),
        Case({"type": "array", "items": INT, "minItems": 3}, [[1, 2, 3], [1] * 9], [[1, 2], []]),
        Case({"type": "array", "items": INT, "minItems": 1000}, [[1] * 1000], [[1] * 999]),
        Case(
            {"type": "array", "items": INT, "minItems": 1001},
            [[1] * 1001],
            [[1] * 10],
            slips=[[1] * 1000],
            listed="minItems",
        ),
        Case({"type": "array", "items": False, "minItems": 1}, invalid=[[], [1]], refused="#"),
        Case({"type": "array", "minItems": -1}, refused="#", judged=False),
        Case({"type": "array", "minItems": "1"}, refused="#", judged=False),
    ],
    listed="over 1,000",
    refused="more than there can be",
)

MAX_ITEMS = Section(
    "`maxItems`",
    "up to 1,000",
    [
        Case({"maxItems": 2}, [[1], [1, 2], []], [[1, 2, 3]], unwritten=_NO_ARRAYS),
        Case({"type": "array", "maxItems": 2.0}, [[1]], [[1, 2, 3]]),
        Case({"type": "array", "maxItems": 0}, [[]], [[1]]),
        Case({"type": "array", "items": INT, "maxItems": 1000}, [[1] * 1000], [[1] * 1001]),
        Case(
            {"type": "array", "items": INT, "maxItems": 1001},
            [[1] * 1001],
            slips=[[1] * 1002],
            listed="maxItems",
        ),
        Case({"type": "array", "minItems": 2, "maxItems": 1}, invalid=[[], [1]], refused="#"),
        Case({"type": "array", "maxItems": 1.5}, refused="#", judged=False),
    ],
    listed="over 1,000",
    refused="less than `minItems`",
)

_TWO_FLAGS = {"type": "array", "prefixItems": [BOOL, BOOL]}

UNIQUE_ITEMS = Section(
    "`uniqueItems`",
    "when it is false; for one item at most; for items of a few listed values",
    [
        Case(
            {"type": "array", "uniqueItems": True},
            [[1, 2], [0, False], [1, True], [[1], [True]], [{"a": 0}, {"a": False}], []],
            slips=[[1, 1], [1, 2, 1], [1.0, 1], [{"a": 1, "b": 2}, {"b": 2, "a": 1}], [["x"]] * 2],
            listed="uniqueItems",
        ),
        Case(
            {**_TWO_FLAGS, "uniqueItems": True},
            [[False, True], [True, False, "a", "b"]],
            slips=[[False, False], [True, True], [False, True, "a", "a"]],
            listed="uniqueItems",
        ),
        Case(
            {**_TWO_FLAGS, "uniqueItems": True, "items": False},
            [[False, True], [True, False]],
            [[False, True, None]],
            slips=[[False, False]],
            listed="uniqueItems",
        ),
        Case(
            {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True},
            [["a", "b"], ["b", "a"], ["b"], []],
            [["c"], ["a", "a"], ["a", "b", "a"]],
        ),
        Case(
            {"type": "array", "items": {"enum": [*range(20)]}, "uniqueItems": True},
            [[1, 2]],
            [[20]],
            slips=[[1, 1]],
            listed="uniqueItems",
        ),
        Case({"type": "array", "uniqueItems": False}, [[1, 1], [1, 2], [[], []]], [1]),
        Case({**_TWO_FLAGS, "uniqueItems": False, "items": False}, [[True, True]], [[True] * 3]),
        Case({"type": "array", "maxItems": 1, "uniqueItems": True}, [[], [1]], [[1, 1]]),
    ],
    listed="all else",
)

CONTAINS = Section(
    "`contains`, `minContains`, `maxContains`",
    "what any item is",
    [
        Case(
            {"contains": {"minimum": 5, "type": "integer"}},
            [[3, 4, 5], [5, 6]],
            slips=[[2, 3, 4], []],
            unwritten=_NO_ARRAYS,
            listed="contains",
        ),
        Case(
            {"type": "array", "items": {"multipleOf": 2, **INT}, "contains": {"multipleOf": 3}},
            [[6, 12]],
            [[3, 6, 9], [1, 5]],
            slips=[[2, 4, 8]],
            listed="contains",
        ),
        Case({"type": "array", "contains": True}, [["a"], [1, 2]], [[]]),
        Case({"type": "array", "contains": NULL}, [[None]], slips=[[1]], listed="contains"),
        Case(
            {"type": "array", "contains": {"const": 1}, "minContains": 2},
            [[1, 1], [1, 2, 1]],
            slips=[[1], [1, 2], []],
            listed="contains",
        ),
        Case(
            {"type": "array", "contains": {"const": 1}, "maxContains": 1},
            [[1], [1, 2]],
            slips=[[1, 1], [], [1, 2, 1]],
            listed="contains",
        ),
        Case(
            {"type": "array", "contains": {"const": 1}, "minContains": 0, "maxContains": 1},
            [[], [1], [2]],
            slips=[[1, 1]],
            listed="maxContains",
        ),
        Case({"type": "array", "minContains": 1}, [[1], []], [1]),
        Case({"type": "array", "maxContains": 1}, [[1], [1, 2]], [1]),
        Case({"type": "array", "contains": False}, invalid=[[], ["a"]], refused="#"),
    ],
    listed="all else",
    refused="what no item can be",
)

SECTIONS = [
    ITEMS,
    PREFIX_ITEMS,
    MIN_ITEMS,
    MAX_ITEMS,
    UNIQUE_ITEMS,
    CONTAINS,
]
