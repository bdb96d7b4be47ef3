"""Objects and sets: how many properties, which together, under which names; what `not` leaves."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

INT = {"type": "integer"}
STR = {"type": "string"}
OBJ = {"type": "object"}
NAMES = ["a", "b", "c", "d"]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def disagreements(schema: Any, values: list[Any]) -> list[Any]:
    """The values of which the grammar says another thing than jsonschema."""
    grammar = Grammar.from_json_schema(schema)
    assert grammar.not_enforced == ()
    validator = Draft202012Validator(schema)
    return [v for v in values if grammar.accepts(compact(v)) != validator.is_valid(v)]


def random_object(rnd: random.Random) -> dict[str, Any]:
    some = NAMES[: rnd.randint(1, 4)]
    schema: dict[str, Any] = {"type": "object", "properties": dict.fromkeys(some, INT)}
    if rnd.random() < 0.4:
        schema["required"] = rnd.sample(some, rnd.randint(1, len(some)))
    if rnd.random() < 0.6:
        schema["minProperties"] = rnd.randint(0, 3)
    if rnd.random() < 0.6:
        schema["maxProperties"] = rnd.randint(0, 4)
    if rnd.random() < 0.6:
        schema["dependentRequired"] = {
            name: rnd.sample(NAMES, rnd.randint(0, 2)) for name in rnd.sample(NAMES, 2)
        }
    schema["additionalProperties"] = rnd.choice([False, INT, True])
    return schema


@pytest.mark.parametrize("seed", range(100))
def test_counts_and_dependencies_hold_for_every_choice_of_properties(seed: int) -> None:
    schema = random_object(random.Random(seed))
    validator = Draft202012Validator(schema)
    extras = ["x", "y"] if schema["additionalProperties"] is not False else ["x"]
    every = [
        dict.fromkeys(chosen, 1)
        for size in range(7)
        for chosen in itertools.combinations([*NAMES, *extras], size)
    ]
    try:
        grammar = Grammar.from_json_schema(schema)
    except GrammarError as error:
        assert "The schema at #" in error.what
        assert not any(validator.is_valid(value) for value in every)
        return
    assert {note.keyword for note in grammar.not_enforced} <= {"minProperties"}
    # Names without a schema come in the order in which they are met.
    needs = [each for pair in schema.get("dependentRequired", {}).items() for each in pair]
    met = [name for each in needs for name in ([each] if isinstance(each, str) else each)]
    order = [*schema["properties"], *schema.get("required", ()), *met, *NAMES, *extras]
    for value in every:
        ordered = dict.fromkeys(sorted(value, key=order.index), 1)
        assert grammar.accepts(compact(ordered)) == validator.is_valid(value), (schema, value)


def test_limits_grow_with_the_properties_times_the_bound() -> None:
    def size(count: int, least: int) -> int:
        schema = {
            "type": "object",
            "properties": {f"p{n:02}": {"type": "null"} for n in range(count)},
            "additionalProperties": False,
            "minProperties": least,
        }
        return len(str(Grammar.from_json_schema(schema)))

    assert size(40, 4) < 2.5 * size(20, 4)
    assert size(40, 8) < 2.5 * size(40, 4)


def test_limits_that_would_be_too_large_are_listed() -> None:
    schema = {
        "type": "object",
        "properties": {f"p{n}": INT for n in range(150)},
        "minProperties": 70,
        "maxProperties": 90,
        "dependentRequired": {f"p{n}": [f"p{n * 37 % 150}"] for n in range(150)},
    }
    grammar = Grammar.from_json_schema(schema)
    assert {note.keyword for note in grammar.not_enforced} == {
        "minProperties",
        "maxProperties",
        "dependentRequired",
    }
    assert grammar.accepts('{"p3":1}')


@pytest.mark.parametrize(
    ("schema", "listed"),
    [
        ({"minProperties": 1}, False),
        ({"minProperties": 2}, True),
        ({"minProperties": 2, "maxProperties": 1000}, True),
        ({"minProperties": 2, "properties": {"a": INT, "b": INT}}, True),
        ({"minProperties": 2, "properties": {"a": INT}, "required": ["a"]}, False),
        ({"minProperties": 3, "properties": {"a": INT}, "required": ["a"]}, True),
        ({"minProperties": 2, "properties": {"a": INT, "b": INT}, "additionalProperties": False},
         False),
        ({"maxProperties": 2}, False),
    ],
)  # fmt: skip
def test_a_name_could_be_written_twice_only_where_two_others_are_needed(
    schema: Any, listed: bool
) -> None:
    grammar = Grammar.from_json_schema({"type": "object", **schema})
    assert [note.keyword for note in grammar.not_enforced] == ["minProperties"] * listed
    if listed:
        assert grammar.not_enforced[0].why == "a name could be written twice"
        assert Draft202012Validator(schema).is_valid({"a": 1, "x": 2, "y": 3})
        assert grammar.accepts('{"a":1,"x":2,"y":3}')


def test_a_defined_name_is_never_written_a_second_time() -> None:
    schema = {"type": "object", "properties": {"a": INT, 'q"\n': INT}, "required": ["a"]}
    grammar = Grammar.from_json_schema(schema)
    assert grammar.accepts('{"a":1,"aa":"x","q\\"":[]}')
    for text in ('{"a":1,"a":"x"}', '{"a":1,"\\u0061":"x"}', '{"a":1,"q\\"\\n":1,"q\\"\\n":2}'):
        assert not grammar.accepts(text), text
    assert not grammar.accepts('{"a":1,"q\\u0022\\u000a":"x"}')


SHORT = ["".join(chars) for size in range(4) for chars in itertools.product("ab-", repeat=size)]


@pytest.mark.parametrize(
    "schema",
    [
        {"patternProperties": {"^a": INT}},
        {"patternProperties": {"a": INT, "b": STR}},
        {"patternProperties": {"^a": INT, "b$": {"type": "integer", "minimum": 1}},
         "additionalProperties": False},
        {"patternProperties": {"^a": INT, "b$": STR}, "additionalProperties": {"type": "null"}},
        {"patternProperties": {"-": False, "^..$": INT}, "properties": {"ab": {"maximum": 1}}},
        {"patternProperties": {"": INT}},
        {"patternProperties": {"^a": False}, "minProperties": 1},
        {"patternProperties": {"^a+$": INT}, "propertyNames": {"maxLength": 2}},
        {"patternProperties": {"^a": INT}, "allOf": [{"patternProperties": {"b": INT}}]},
        {"additionalProperties": INT, "allOf": [{"properties": {"a": STR, "b": {}}}]},
        {"properties": {"a": INT}, "allOf": [{"additionalProperties": {"enum": [2, "x"]}}]},
        {"propertyNames": {"pattern": "^a"}},
        {"propertyNames": {"enum": ["a", "b-", 3]}},
        {"propertyNames": {"const": "ab"}, "additionalProperties": INT},
        {"propertyNames": {"anyOf": [{"maxLength": 1}, {"pattern": "b$"}]}},
        {"propertyNames": {"oneOf": [{"maxLength": 2}, {"pattern": "b$"}]}},
        {"propertyNames": {"not": {"pattern": "a"}}},
        {"propertyNames": {"not": {"enum": ["a", ""]}, "maxLength": 2}},
        {"propertyNames": {"if": {"pattern": "^a"}, "then": {"maxLength": 2}, "else": False}},
        {"propertyNames": {"$ref": "#/$defs/N"}, "$defs": {"N": {"minLength": 3}}},
        {"propertyNames": {"type": "integer"}},
        {"propertyNames": {"allOf": [{"pattern": "^a"}, {"minLength": 2}]}},
        {"propertyNames": False, "properties": {"a": INT}},
        {"propertyNames": {"maxLength": 1}, "properties": {"a": INT, "ab": INT}},
        {"propertyNames": {"maxLength": 1}, "properties": {"a": {"type": "null"}}, "not": False},
        {"not": {"required": ["a"]}},
        {"properties": {"a": INT, "b": INT}, "not": {"required": ["a"]}},
        {"dependentSchemas": {"a": False}, "additionalProperties": INT},
        {"properties": {"a": INT}, "unevaluatedProperties": False},
        {"properties": {"a": INT}, "unevaluatedProperties": STR, "patternProperties": {"^b": {}}},
        {"properties": {"a": INT}, "allOf": [{"properties": {"b": INT}}],
         "unevaluatedProperties": False},
        {"$ref": "#/$defs/B", "properties": {"a": INT}, "unevaluatedProperties": STR,
         "$defs": {"B": {"properties": {"b": {}}, "patternProperties": {"^-": {}}}}},
        {"allOf": [{"properties": {"a": True}}, {"unevaluatedProperties": False}]},
    ],
    ids=lambda schema: compact(schema)[:80],
)  # fmt: skip
def test_names_are_told_by_their_patterns(schema: Any) -> None:
    values = [{name: value} for name in SHORT for value in (1, 2, "x", None)]
    pairs = [{one: 1, two: "x"} for one in SHORT[:9] for two in SHORT[:9] if one != two]
    # Of two names, the defined one is written first.
    ordered = [pair for pair in pairs if [*pair][1] not in schema.get("properties", ())]
    some = [v for v in ordered if not {"a", "b"} & {[*v][1]}]
    assert disagreements({"type": "object", **schema}, [{}, *values, *some]) == []


def test_an_impossible_name_is_dropped_or_refused() -> None:
    schema = {"type": "object", "properties": {"a": INT, "long": INT}}
    names = {"propertyNames": {"maxLength": 2}}
    grammar = Grammar.from_json_schema({**schema, **names}, closed=True)
    assert grammar.accepts('{"a":1}') and not grammar.accepts('{"a":1,"long":1}')
    assert "long" not in str(grammar)
    with pytest.raises(GrammarError, match=r"#/properties/long cannot .* is required"):
        Grammar.from_json_schema({**schema, **names, "required": ["long"]})


def test_too_many_patterns_are_listed_and_names_stay_free() -> None:
    patterns = {f"{chr(97 + n)}{chr(98 + n)}": {"minLength": n} for n in range(12)}
    grammar = Grammar.from_json_schema(
        {"type": "object", "patternProperties": patterns, "additionalProperties": False}
    )
    assert [note.keyword for note in grammar.not_enforced] == ["patternProperties"]
    assert grammar.accepts('{"ab":"x","other":1}')


def test_a_pattern_that_no_grammar_holds_is_listed() -> None:
    schema = {"type": "object", "patternProperties": {"(?<=b)a": INT}, "properties": {"c": STR}}
    grammar = Grammar.from_json_schema(schema)
    assert [note.keyword for note in grammar.not_enforced] == ["patternProperties"]
    assert grammar.accepts('{"c":"x","ba":"y"}')


def test_closed_objects_take_what_their_patterns_say() -> None:
    schema = {"type": "object", "properties": {"a": INT}, "patternProperties": {"^x-": STR}}
    grammar = Grammar.from_json_schema(schema, closed=True)
    assert grammar.accepts('{"a":1,"x-b":"c"}')
    assert not grammar.accepts('{"a":1,"b":"c"}')
    assert not grammar.accepts('{"x-b":1}')


def test_equal_names_of_further_properties_are_one_rule() -> None:
    inner = {"type": "object", "properties": {"a": INT}}
    schema = {"type": "object", "properties": {"p": inner, "q": dict(inner)}}
    names = [n for n in Grammar.from_json_schema(schema).rules if "key" in n]
    assert len(names) == 2


@pytest.mark.parametrize("count", [30, 300])
def test_many_names_are_told_from_others(count: int) -> None:
    rnd = random.Random(count)
    names = ["".join(rnd.choices("abcdefghij", k=6)) for _ in range(count)]
    opened = {"type": "object", "properties": dict.fromkeys(names, INT)}
    named = {"type": "object", "propertyNames": {"not": {"enum": names}}}
    text = {"type": "string", "not": {"enum": names}}
    others = ["", "a", names[0][:3], names[1] + "x", "é", "zz"]
    assert disagreements(opened, [{name: "x"} for name in [*names[:50], *others]]) == []
    assert disagreements(named, [{name: "x"} for name in [*names[:50], *others]]) == []
    assert disagreements(text, [*names[:50], *others]) == []


VALUES = ["a", 1, None, True, [1]]


@pytest.mark.parametrize(
    "schema",
    [
        {"items": {"enum": ["a", 1, None]}},
        {"items": {"enum": ["a", 1, None, True, [1]]}},
        {"items": {"enum": [1, 1.0, "a"]}},
        {"items": {"enum": ["a", 1, None, True]}, "minItems": 2, "maxItems": 3},
        {"items": {"enum": ["a", 1]}, "minItems": 2},
        {"items": {"type": "boolean"}},
        {"items": {"$ref": "#/$defs/E"}, "$defs": {"E": {"type": "string", "enum": ["a", "b", 1]}}},
        {"items": {"enum": ["a", 1, None, True, [1], 2, 3, 4]}, "maxItems": 2},
        {"items": {"type": "string"}, "maxItems": 1},
        {"prefixItems": [True], "items": False},
        {"items": {"const": "a"}},
    ],
    ids=lambda schema: compact(schema)[:80],
)
def test_arrays_without_doubles(schema: Any) -> None:
    every = [list(v) for n in range(5) for v in itertools.product([*VALUES, "b", False], repeat=n)]
    assert disagreements({"type": "array", "uniqueItems": True, **schema}, every) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"items": INT},
        {"items": {"enum": list(range(8))}},
        {"prefixItems": [INT, INT]},
        {"items": {"type": "boolean", "x": 1}, "unknown": 1},
    ],
)
def test_other_arrays_without_doubles_are_listed(schema: Any) -> None:
    grammar = Grammar.from_json_schema({"type": "array", "uniqueItems": True, **schema})
    assert "uniqueItems" in {note.keyword for note in grammar.not_enforced}


@pytest.mark.parametrize(
    "schema",
    [
        {"contains": True},
        {"contains": {}, "minContains": 2},
        {"contains": {}, "minContains": 0},
        {"contains": {}, "maxContains": 2},
        {"contains": INT, "minContains": 0},
        {"contains": False, "minContains": 0},
        {"minContains": 3},
        {"maxContains": 0},
        {"unevaluatedItems": STR},
        {"prefixItems": [INT], "unevaluatedItems": False},
        {"allOf": [{"prefixItems": [INT]}], "unevaluatedItems": STR},
        {"allOf": [{"prefixItems": [INT, INT]}, {"items": {"type": "integer", "minimum": 1}}]},
        {"prefixItems": [INT], "allOf": [{"prefixItems": [{}, STR]}], "items": {"enum": [1, "x"]}},
    ],
    ids=lambda schema: compact(schema)[:80],
)
def test_arrays_of_which_something_is_asked(schema: Any) -> None:
    every = [list(v) for n in range(4) for v in itertools.product([1, 0, "x", "xy"], repeat=n)]
    assert disagreements({"type": "array", **schema}, every) == []


def test_an_array_that_cannot_be_is_refused() -> None:
    for schema in (
        {"contains": False},
        {"contains": True, "minContains": 3, "maxItems": 2},
        {"uniqueItems": True, "items": {"enum": ["a", "b"]}, "minItems": 3},
    ):
        with pytest.raises(GrammarError, match="The schema at # cannot"):
            Grammar.from_json_schema({"type": "array", **schema})


POOL = [None, True, False, 0, 1, 5, 2.5, "", "a", "ab", "b", [], [1], ["a"], {}, {"a": 1}, {"b": 1}]


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"type": "string"}},
        {"not": {"type": ["array", "object"]}},
        {"not": {"type": "number"}},
        {"type": ["integer", "string"], "not": {"type": "number"}},
        {"not": {"const": None}},
        {"not": {"enum": ["a", True, None]}},
        {"type": ["boolean", "null"], "not": {"const": False}},
        {"type": "string", "not": {"pattern": "^a"}},
        {"not": {"pattern": "^a"}},
        {"type": ["string", "integer"], "not": {"type": "string", "minLength": 1}},
        {"type": "string", "minLength": 1, "not": {"enum": ["a", "b"]}},
        {"type": "string", "pattern": "b", "not": {"anyOf": [{"const": "ab"}, {"pattern": "c"}]}},
        {"not": {"required": ["a"]}},
        {"type": ["object", "null"], "not": {"type": "object", "required": ["a"]}},
        {"not": {"not": {"type": "integer"}}},
        {"type": ["integer", "string"], "not": {"not": {"type": "integer", "minimum": 1}}},
        {"type": "integer", "not": {"type": "string"}},
        {"type": "integer", "not": {"const": 2.5}},
        {"type": "integer", "not": {"enum": ["a", [1], 2.5]}},
        {"enum": POOL, "not": {"type": "integer", "minimum": 2}},
        {"enum": POOL, "not": {"required": ["a"]}},
        {"enum": POOL, "minimum": 1, "minLength": 1, "minItems": 1, "required": ["a"]},
        {"enum": POOL, "anyOf": [{"type": "null"}, {"exclusiveMaximum": 5, "multipleOf": 0.5}]},
        {"enum": POOL, "oneOf": [{"type": "integer"}, {"minimum": 1}]},
        {"enum": POOL, "if": {"type": "string"}, "then": {"pattern": "a"}, "else": {"minimum": 1}},
        {"enum": POOL, "items": {"type": "string"}, "properties": {"a": {"minimum": 2}}},
        {"enum": POOL, "uniqueItems": True, "contains": {"const": 1}},
        {"enum": POOL, "propertyNames": {"const": "a"}},
        {"enum": POOL, "allOf": [{"enum": [1, "a", {"a": 1.0}]}, {"$ref": "#/$defs/D"}],
         "$defs": {"D": {"type": ["string", "object"]}}},
        {"enum": POOL, "dependentRequired": {"a": ["b"]}, "type": "object"},
        {"oneOf": [{"enum": [1, "a", None]}, {"enum": ["a", 5]}]},
        {"oneOf": [{"const": "a"}, {"type": "integer"}, {"enum": ["a", "b"]}]},
        {"oneOf": [{"type": "integer", "maximum": 1}, {"type": "number", "minimum": 2}]},
        {"oneOf": [{"type": "string", "pattern": "^a"}, {"type": "string", "maxLength": 0}]},
        {"oneOf": [{"type": "string", "minLength": 2}, {"enum": ["a", "b"]}]},
        {"type": "integer", "oneOf": [{"minimum": 3}, {"maximum": 1}]},
        {"if": True, "then": {"type": "integer"}, "else": {"type": "string"}},
        {"type": "string", "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
        {"anyOf": [{"type": "string", "minLength": 2, "maxLength": 1}, {"type": "null"}]},
        {"properties": {"a": {"enum": [1], "type": "string"}}, "required": ["a"]},
        {"minItems": 1, "items": {"minimum": 2, "type": "integer", "maximum": 1}},
    ],
    ids=lambda schema: compact(schema)[:80],
)  # fmt: skip
def test_what_is_left(schema: Any) -> None:
    values = POOL
    if schema == {"not": {"pattern": "^a"}}:
        values = [value for value in POOL if value is None or isinstance(value, str)]
    assert disagreements(schema, values) == []


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ({"type": "number", "not": {"type": "integer"}}, "not"),
        ({"type": "integer", "not": {"const": 3}}, "not"),
        ({"type": "object", "not": {"required": ["a", "b"]}}, "not"),
        ({"type": "string", "not": {"format": "date"}}, "not"),
        ({"type": "string", "not": {"pattern": "(?<=b)a"}}, "not"),
        ({"not": {"properties": {"a": STR}}}, "not"),
        ({"type": "string", "not": {"maxLength": 3, "x": 1}}, "not"),
        ({"type": "integer", "if": {"minimum": 1}, "then": {"maximum": 3}}, "then"),
        ({"enum": ["x", "2024-01-01"], "format": "date"}, "format"),
        ({"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}}, "dependentSchemas"),
        ({"type": "object", "anyOf": [{"properties": {"a": INT}}], "unevaluatedProperties": False},
         "unevaluatedProperties"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_listed(schema: Any, keyword: str) -> None:
    notes = Grammar.from_json_schema(schema).not_enforced
    assert (notes[0].path, keyword) in {("#", note.keyword) for note in notes}


def test_nullable_is_what_openapi_means() -> None:
    grammar = Grammar.from_json_schema({"type": "string", "nullable": True})
    assert grammar.accepts("null") and grammar.accepts('"a"')
    assert [(note.path, note.keyword) for note in grammar.not_enforced] == [("#", "nullable")]
    plain = Grammar.from_json_schema({"type": "string", "nullable": False})
    assert not plain.accepts("null") and plain.not_enforced == ()
    beside = Grammar.from_json_schema({"anyOf": [STR, INT], "nullable": True})
    assert not beside.accepts("null") and beside.not_enforced
