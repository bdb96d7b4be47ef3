"""JSON Schema: the grammar accepts a text exactly when `jsonschema` calls its value valid."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar, NotEnforced
from gba_jupyter.grammar.nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq
from gba_jupyter.grammar.rules import Rules


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


POOL: list[Any] = [
    None, True, False, 0, 1, -1, 2, 7, 10, 42, 99, 100, 101, 1000, -17, 12345678901234567890,
    0.5, -2.25, 1e-07, 6.5e-23, "", "a", "ab", "abc", "red", "é☃😀", 'q"\\\n\t\x00', "\x7f",
    [], [1], [1, 2], [1, 2, 3], [1, "a"], [1, "a", None], ["a", "b"], ["a", 1], [[]], [[1], [2]],
    [{}], [None], {}, {"a": 1}, {"a": "x"}, {"a": None}, {"b": 1}, {"b": "x"}, {"a": 1, "b": "x"},
    {"a": 1, "b": 2}, {"a": 1, "c": []}, {"c": []}, {"a": 1, "b": "x", "c": []},
    {"b": "x", "c": [1]}, {"a": 1, "z": 0}, {"z": 0}, {"ab": 1}, {"a": 1, "aa": "x"},
    {"a": 1, "b": "x", "\"": 2, "": 1}, {"kind": "cat", "lives": 9}, {"kind": "dog", "name": "Rex"},
    {"kind": "cat", "name": "Tom"}, {"value": 1, "next": None},
    {"value": 1, "next": {"value": 2, "next": None}}, {"value": 1, "next": {"value": "x"}},
]  # fmt: skip

A = {"type": "integer"}
B = {"type": "string"}
NODE = {
    "type": "object",
    "properties": {"value": A, "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}},
    "required": ["value", "next"],
    "additionalProperties": False,
}
CAT = {
    "type": "object",
    "properties": {"kind": {"const": "cat"}, "lives": A},
    "required": ["kind"],
}
DOG = {
    "type": "object",
    "properties": {"kind": {"const": "dog"}, "name": B},
    "required": ["kind"],
}

SCHEMAS: list[Any] = [
    True,
    {},
    *({"type": kind} for kind in ("null", "boolean", "string", "number", "object", "array")),
    {"type": ["string", "null"]},
    {"type": ["integer", "array", "object"]},
    {"type": "integer", "description": "an annotation", "default": 3, "x-unit": "m"},
    {"enum": ["red", "a", 1, None, True, 0.5, [1, "a"], {"a": 1}, 'q"\\\n\t\x00', ""]},
    {"type": "string", "enum": ["red", "abc", 1]},
    {"enum": [1, False]},
    {"const": "é☃😀"},
    {"const": None},
    {"const": {"a": 1, "b": "x"}},
    {"type": "string", "minLength": 2},
    {"type": "string", "maxLength": 2},
    {"type": "string", "minLength": 3, "maxLength": 3},
    {"type": "string", "maxLength": 0},
    {"type": ["string", "integer"], "minLength": 1, "minimum": 5},
    {"type": "array", "items": A},
    {"type": "array", "items": {"type": "array", "items": A}},
    {"type": "array", "minItems": 1},
    {"type": "array", "items": A, "minItems": 2, "maxItems": 2},
    {"type": "array", "items": A, "maxItems": 1},
    {"type": "array", "maxItems": 0},
    {"type": "array", "items": False},
    {"type": "array", "prefixItems": [A, B]},
    {"type": "array", "prefixItems": [A, B], "items": False},
    {"type": "array", "prefixItems": [A, B], "minItems": 2, "maxItems": 2},
    {"type": "array", "prefixItems": [A, B], "items": {"type": "null"}, "minItems": 1},
    {"type": "array", "prefixItems": [A, B, A], "maxItems": 1},
    {"type": "array", "prefixItems": [A, False]},
    {"type": "object", "properties": {"a": A, "b": B, "c": {"type": "array"}}},
    {"type": "object", "properties": {"a": A, "b": B}, "required": ["b"]},
    {"type": "object", "properties": {"a": A, "b": B}, "required": ["a", "b"]},
    {"type": "object", "properties": {"a": A, "b": B}, "additionalProperties": False},
    {"type": "object", "properties": {"a": A, "b": B}, "additionalProperties": {"type": "array"}},
    {"type": "object", "properties": {"a": A, "b": False}},
    {"type": "object", "properties": {"a": A, "b": B, '"': A}, "additionalProperties": A},
    {"type": "object", "additionalProperties": A},
    {"type": "object", "additionalProperties": False},
    {"type": "object", "required": ["a"]},
    {"type": "object", "properties": {"a": True}, "required": ["a", "z"]},
    {"anyOf": [A, B]},
    {"anyOf": [A, False, {"type": "null"}]},
    {"anyOf": [{"type": "array", "items": A}, {"type": "object", "required": ["a"]}]},
    {"oneOf": [CAT, DOG]},
    {"oneOf": [{"const": "red"}, {"const": 1}, {"const": None}]},
    {"oneOf": [{"$ref": "#/$defs/C"}, {"$ref": "#/$defs/D"}], "$defs": {"C": CAT, "D": DOG}},
    {"anyOf": [{"$ref": "#/$defs/C"}, DOG], "type": "object", "$defs": {"C": CAT}},
    {"type": "object", "properties": {"a": A}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    {"allOf": [{"$ref": "#/$defs/I"}], "$defs": {"I": A}, "description": "x"},
    {"allOf": [{"type": ["string", "integer"]}, {"type": ["integer", "null"]}]},
    {"allOf": [{"type": "number"}, {"type": "integer", "minimum": 5}, {"maximum": 99}]},
    {"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 99}], "minimum": 5},
    {"allOf": [{"type": "object", "properties": {"a": A}, "required": ["a"]},
               {"properties": {"a": {"minimum": 1}, "b": B}}]},
    {"allOf": [{"type": "object", "additionalProperties": False}, {"additionalProperties": A}]},
    {"$ref": "#/$defs/I", "minimum": 7, "$defs": {"I": A}},
    {"$ref": "#/$defs/Node", "$defs": {"Node": NODE}},
    {"$ref": "#/$defs/%C3%A9~1~0x", "$defs": {"é/~x": A}},
    {"type": "object", "properties": {"a": {"$ref": "#/properties/b"}, "b": B}},
    {"type": "array", "items": {"$ref": "#"}},
    {"anyOf": [{"$ref": "#/$defs/A"}, B], "$defs": {"A": {"$ref": "#/$defs/B"}, "B": A}},
    {"$ref": "#/$defs/T", "$defs": {"T": True}},
]  # fmt: skip


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: compact(schema)[:70])
def test_accepts_exactly_the_valid_instances(schema: Any) -> None:
    grammar = Grammar.from_json_schema(schema)
    assert grammar.not_enforced == ()
    validator = Draft202012Validator(schema)
    wrong = [v for v in POOL if grammar.accepts(compact(v)) != validator.is_valid(v)]
    assert wrong == []
    assert any(validator.is_valid(value) for value in POOL)


class Sampler:
    """Random texts of a grammar, short enough to end."""

    def __init__(self, rules: Rules, seed: int) -> None:
        self.rules = rules
        self.rnd = random.Random(seed)

    def text(self, node: Node, depth: int = 0) -> str:
        match node:
            case Literal(text):
                return text
            case CharClass(ranges, negated):
                while True:
                    code = self.rnd.choice([*range(32, 127), 0xE9, 0x1F600])
                    if not negated:
                        code = self.rnd.randint(*self.rnd.choice(ranges))
                    if any(a <= code <= b for a, b in ranges) != negated:
                        return chr(code)
            case AnyChar():
                return "."
            case Ref(name):
                return self.text(self.rules[name], depth + 1)
            case Seq(items):
                return "".join(self.text(item, depth) for item in items)
            case Alt(options):
                # Deep down, literals and short rules come first to an end.
                best = sorted(options, key=lambda option: len(str(option)))[:2]
                return self.text(self.rnd.choice(best if depth > 12 else options), depth)
            case Repeat(item, least, most):
                top = least if depth > 12 else least + 3
                count = self.rnd.randint(least, top if most is None else min(most, top))
                return "".join(self.text(item, depth) for _ in range(count))


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: compact(schema)[:70])
def test_what_the_grammar_writes_is_valid(schema: Any) -> None:
    grammar = Grammar.from_json_schema(schema)
    sampler = Sampler(grammar.rules, seed=3)
    validator = Draft202012Validator(schema)
    for _ in range(30):
        text = sampler.text(grammar.rules["root"])
        assert grammar.accepts(text), text
        assert validator.is_valid(json.loads(text)), text


def test_integer_bounds_hold_exactly() -> None:
    rnd = random.Random(5)
    pairs: list[tuple[int | None, int | None]] = [
        *((0, 0), (0, 9), (-1, 1), (-9, -9), (1, 100), (95, 105), (-105, 1), (199, 1001), (9, 10)),
        *((0, None), (None, 0), (-120, None), (None, -7), (17, None), (None, 1234), (-1000, -99)),
    ]
    for _ in range(60):
        low = rnd.randint(-1500, 1500)
        pairs.append((low, low + rnd.choice([0, 1, 5, 40, 900, 2000])))
    for least, most in pairs:
        bounds = {"minimum": least, "maximum": most}
        schema = {"type": "integer", **{k: v for k, v in bounds.items() if v is not None}}
        grammar = Grammar.from_json_schema(schema)
        assert grammar.not_enforced == ()
        edges = {
            bound + step for bound in (least, most) if bound is not None for step in (-1, 0, 1)
        }
        for number in sorted(edges | {rnd.randint(-4000, 4000) for _ in range(40)} | {10**30}):
            inside = (least is None or number >= least) and (most is None or number <= most)
            assert grammar.accepts(str(number)) == inside, (least, most, number)
        for text in ("00", "01", "-", "", "+1", "1.0", "-01"):
            assert not grammar.accepts(text), text


@pytest.mark.parametrize(
    ("bounds", "inside"),
    [
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 4}, [2, 3]),
        ({"minimum": 0.5, "maximum": 2.5}, [1, 2]),
        ({"exclusiveMinimum": -0.5, "exclusiveMaximum": 1.5}, [0, 1]),
        ({"minimum": 1, "exclusiveMinimum": 1, "maximum": 3, "exclusiveMaximum": 7}, [2, 3]),
    ],
)
def test_all_kinds_of_integer_bounds(bounds: dict[str, float], inside: list[int]) -> None:
    grammar = Grammar.from_json_schema({"type": "integer", **bounds})
    assert [n for n in range(-20, 20) if grammar.accepts(str(n))] == inside


@pytest.mark.parametrize(
    ("text", "accepted"),
    [(t, True) for t in ("0", "-0", "1e5", "1E+05", "1e-07", "0.10", "-12.5e300", "1e22")]
    + [(t, False) for t in ("", "-", ".5", "1.", "01", "+1", "1e", "1e+", "NaN", "0x1", "1 ")],
)
def test_numbers(text: str, accepted: bool) -> None:
    assert Grammar.from_json_schema({"type": "number"}).accepts(text) is accepted


def test_every_spelling_of_a_string_counts_its_characters() -> None:
    grammar = Grammar.from_json_schema({"type": "string", "minLength": 1, "maxLength": 1})
    for text in (
        '"a"',
        r'"\u0041"',
        r'"\/"',
        r'"\""',
        '"😀"',
        r'"\ud83d\uDE00"',
        r'"\udbff\udfff"',
    ):
        assert grammar.accepts(text) and len(json.loads(text)) == 1, text
    for text in ('""', '"ab"', r'"\n\n"', r'"\u004"', r'"\x"', '"\n"', r'"\ud83d"', r'"\ude00"'):
        assert not grammar.accepts(text), text


def test_there_is_no_optional_white_space() -> None:
    grammar = Grammar.from_json_schema({"type": "object", "additionalProperties": True})
    assert grammar.accepts('{"a":[1,{"b":2}]}')
    for text in (' {"a":1}', '{ "a":1}', '{"a": 1}', '{"a":[1, 2]}', '{"a":1}\n'):
        assert not grammar.accepts(text)


def test_any_subset_of_optional_properties_in_linear_size() -> None:
    def grammar(count: int, required: list[str]) -> Grammar:
        properties = {f"p{n}": {"type": "boolean"} for n in range(count)}
        schema = {"type": "object", "properties": properties, "required": required}
        return Grammar.from_json_schema(schema, closed=True)

    for required in ([], ["p0"], ["p3"], ["p2", "p4"]):
        tested = grammar(6, required)
        for subset in range(64):
            value = {f"p{n}": True for n in range(6) if subset >> n & 1}
            assert tested.accepts(compact(value)) == (required_in(value, required))
        assert not tested.accepts('{"p0":true,"p2":true,"p3":true,"p4":true,}')
        assert not tested.accepts('{"p1":true"p2":true,"p3":true,"p4":true}')
        assert len(str(grammar(400, required))) < 11 * len(str(grammar(40, required)))


def required_in(value: dict[str, Any], required: list[str]) -> bool:
    return all(name in value for name in required)


@pytest.mark.parametrize(
    "name",
    ["root", "value", "string", "char", "key", "rest", "a b", 'q"q', "\\", "é", "😀", "", "-", "\n",
     "a/b~c", "\ud800", "'; drop", "{}", "$ref", "properties", "_x", "0"],
)  # fmt: skip
def test_any_property_name_works(name: str) -> None:
    inner = {"type": "object", "properties": {name: {"enum": [1, "x"]}, "other": {}}}
    schema = {"type": "object", "properties": {name: inner, name + "2": inner}, "required": [name]}
    for closed in (True, False):
        grammar = Grammar.from_json_schema(schema, closed=closed)
        value = {name: {name: "x", "other": {"b": 1}}, name + "2": {}}
        text = json.dumps(value, ensure_ascii=name == "\ud800", separators=(",", ":"))
        assert grammar.accepts(text)
        assert not grammar.accepts(text.replace('"x"', '"y"'))


def test_rule_names_follow_the_schema() -> None:
    schema = {
        "type": "object",
        "properties": {
            "person": {"type": "object", "properties": {"name": {"enum": ["a"]}}},
            "string": {"type": "array", "items": {"type": "string", "maxLength": 3}},
            "pet": {"$ref": "#/$defs/Pet"},
        },
        "$defs": {"Pet": {"enum": ["cat"]}},
    }
    names = list(Grammar.from_json_schema(schema, closed=True).rules)
    assert names[0] == "root"
    assert {"person", "person-name", "string-2", "string-item", "Pet"} <= {*names}, names


def test_closed_objects_take_no_others_unless_the_schema_says_so() -> None:
    inner = {"type": "object", "properties": {"a": A}}
    schema = {
        "type": "object",
        "properties": {
            "plain": inner,
            "open": {**inner, "additionalProperties": True},
            "map": {"type": "object", "additionalProperties": A},
            "any": {"type": "object"},
        },
    }
    closed = Grammar.from_json_schema(schema, closed=True)
    opened = Grammar.from_json_schema(schema)
    for text, accepted in {
        '{"plain":{"a":1}}': True,
        '{"plain":{"a":1,"b":1}}': False,
        '{"open":{"a":1,"b":1}}': True,
        '{"map":{"a":1,"b":1}}': True,
        '{"any":{"a":1,"b":[]}}': True,
        '{"more":1}': False,
    }.items():
        assert closed.accepts(text) is accepted, text
        assert opened.accepts(text), text


@pytest.mark.parametrize(
    ("schema", "listed"),
    [
        ({"type": "string", "pattern": "(?<=b)a"}, [("#", "pattern")]),
        ({"type": "string", "format": "iri"}, [("#", "format")]),
        ({"type": "number", "minimum": 0, "maximum": 1}, []),
        ({"type": "integer", "multipleOf": 99991}, [("#", "multipleOf")]),
        ({"type": "integer", "minimum": 10**50}, [("#", "minimum")]),
        ({"type": "array", "uniqueItems": True}, [("#", "uniqueItems")]),
        ({"type": "array", "uniqueItems": False}, []),
        ({"type": "array", "contains": A}, [("#", "contains")]),
        ({"type": "object", "minProperties": 1}, []),
        ({"type": "object", "propertyNames": B}, []),
        ({"patternProperties": {"^a": A}}, []),
        ({"type": "string", "maxLength": 5000}, [("#", "maxLength")]),
        ({"type": "array", "minItems": 5000}, [("#", "minItems")]),
        ({"not": {"minProperties": 3, "maxProperties": 5}}, [("#", "not")]),
        ({"anyOf": [A, B], "colour": {}, "nullable": True}, [("#", "colour"), ("#", "nullable")]),
        ({"anyOf": [A, B], "format": "iri"}, [("#", "format")]),
        ({3: 4}, [("#", "3")]),
        ({"type": "object", "if": {}, "then": {}}, []),
        ({"type": "string", "lenght": 3}, [("#", "lenght")]),
        ({"type": "string", "minimum": 3, "uniqueItems": True}, []),
        ({"enum": ["a", "b"], "pattern": "a"}, []),
        ({"oneOf": [A, {"type": "number"}]}, [("#", "oneOf")]),
        ({"allOf": [{"pattern": "a"}, {"pattern": "b", "type": "string"}]}, []),
        (
            {"allOf": [{"additionalProperties": False, "required": []}, {"properties": {"b": B}}]},
            [],
        ),
        (
            {"properties": {"a/b": {"items": {"type": "string", "format": "iri"}}}},
            [("#/properties/a~1b/items", "format")],
        ),
        (
            {"$ref": "#/$defs/E", "$defs": {"E": {"type": "string", "format": "iri"}}},
            [("#/$defs/E", "format")],
        ),
    ],
)  # fmt: skip
def test_nothing_is_dropped_in_silence(schema: Any, listed: list[tuple[str, str]]) -> None:
    grammar = Grammar.from_json_schema(schema)
    assert sorted({(note.path, note.keyword) for note in grammar.not_enforced}) == listed


def test_a_note_is_one_sentence() -> None:
    note = NotEnforced("#/properties/a", "pattern", "values that break it are accepted")
    assert str(note) == (
        "The grammar does not enforce 'pattern' at #/properties/a: "
        "values that break it are accepted."
    )


@pytest.mark.parametrize(
    ("schema", "path", "reason"),
    [
        (False, "#", "no value is valid"),
        (3, "#", "a schema is an object, true or false"),
        ({"properties": {"a": 3}}, "#/properties/a", "a schema is an object"),
        ({"properties": {"a": {"type": "text"}}}, "#/properties/a", "`type` is 'text'"),
        ({"type": ["string", 3]}, "#", "`type`"),
        ({"type": [[]], "enum": [1]}, "#", "`type`"),
        ({"type": {}}, "#", "`type`"),
        ({"oneOf": [A, 3]}, "#/oneOf/1", "a schema is an object"),
        ({"properties": []}, "#", "`properties`"),
        ({"required": "a"}, "#", "`required`"),
        ({"required": [1]}, "#", "`required`"),
        ({"enum": "abc"}, "#", "`enum` is not a list"),
        ({"enum": []}, "#", "no value"),
        ({"enum": [float("nan")]}, "#", "not a JSON value"),
        ({"const": {1, 2}}, "#", "not a JSON value"),
        ({"type": "integer", "enum": ["a"]}, "#", "no value"),
        ({"anyOf": {}}, "#", "`anyOf` is not a list"),
        ({"anyOf": []}, "#", "no value is valid"),
        ({"allOf": {}}, "#", "`allOf` is not a list"),
        ({"allOf": [{"type": "string"}, {"type": "null"}]}, "#", "no type is left"),
        ({"type": "string", "minLength": -1}, "#", "`minLength` is -1"),
        ({"type": "string", "minLength": True}, "#", "`minLength`"),
        ({"type": "string", "minLength": "3"}, "#", "`minLength`"),
        ({"type": "string", "minLength": 2, "maxLength": 1}, "#", "less than"),
        ({"type": "integer", "minimum": "3"}, "#", "`minimum`"),
        ({"type": "integer", "exclusiveMinimum": True}, "#", "`exclusiveMinimum`"),
        ({"type": "integer", "minimum": 3, "maximum": 2}, "#", "no integer"),
        ({"type": "array", "prefixItems": [A], "items": False, "minItems": 2}, "#", "2 items"),
        ({"type": "object", "properties": {"a": False}, "required": ["a"]},
         "#/properties/a", "is required"),
        ({"type": "object", "required": ["a"], "additionalProperties": False},
         "#/properties/a", "is required"),
        ({"items": {"$ref": "#/$defs/No"}}, "#/items", "leads to nothing: '#/$defs/No'"),
        ({"$ref": "other.json"}, "#", "leads out of the schema"),
        ({"$ref": "#anchor"}, "#", "leads to nothing"),
        ({"$ref": 3}, "#", "`$ref` is not a text"),
        ({"$ref": "#"}, "#", "itself"),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}}, "#/$defs/A", "itself"),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, A]}}},
         "#/$defs/A", "itself"),
        ({"allOf": [{"$ref": "#"}], "type": "object"}, "#", "made of itself"),
    ],
)  # fmt: skip
def test_refuses_with_the_path(schema: Any, path: str, reason: str) -> None:
    with pytest.raises(GrammarError) as error:
        Grammar.from_json_schema(schema)
    assert f"The schema at {path} cannot become a grammar: " in error.value.what
    assert reason in error.value.what


def test_a_schema_that_no_finite_value_satisfies_is_refused() -> None:
    schema = {"type": "object", "properties": {"again": {"$ref": "#"}}, "required": ["again"]}
    with pytest.raises(GrammarError, match=r"# cannot .* needs another one inside"):
        Grammar.from_json_schema(schema)


def nested(depth: int, wrap: Any, core: Any) -> Any:
    for _ in range(depth):
        core = wrap(core)
    return core


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: {"properties": {"a": inner}},
        lambda inner: {"items": inner},
        lambda inner: {"anyOf": [inner, {"type": "null"}]},
        lambda inner: {"items": {"allOf": [inner]}},
        lambda inner: {"const": [inner]},
        lambda inner: [inner],
    ],
)
def test_hostile_depth_is_refused_without_exhausting_the_stack(wrap: Any) -> None:
    schema = nested(20_000, wrap, {"type": "string"})
    with pytest.raises(GrammarError) as error:
        Grammar.from_json_schema(schema)
    assert len(str(error.value)) < 500


def test_a_deep_all_of_is_one_schema() -> None:
    schema = nested(20_000, lambda inner: {"allOf": [inner, {"minLength": 1}]}, {"type": "string"})
    grammar = Grammar.from_json_schema(schema)
    assert grammar.accepts('"a"')
    assert not grammar.accepts('""')


def test_recursive_parts_of_an_all_of_come_to_an_end() -> None:
    schema = {
        "allOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
        "$defs": {
            "A": {"type": "object", "properties": {"c": {"$ref": "#/$defs/A"}, "n": A}},
            "B": {"type": "object", "properties": {"c": {"$ref": "#/$defs/B"}}, "required": ["n"]},
        },
    }
    grammar = Grammar.from_json_schema(schema, closed=True)
    assert grammar.accepts('{"c":{"c":{"n":1},"n":2},"n":3}')
    assert not grammar.accepts('{"c":{"c":{},"n":2},"n":3}')


def test_the_schema_is_left_as_it_was() -> None:
    schema = {"allOf": [NODE, {"required": ["next"]}], "$defs": {"Node": NODE}}
    before = json.dumps(schema)
    Grammar.from_json_schema(schema)
    assert json.dumps(schema) == before


def test_the_old_tuple_form_of_items_still_works() -> None:
    schema = {"type": "array", "items": [A, B], "additionalItems": False, "minItems": 1}
    grammar = Grammar.from_json_schema(schema)
    accepted = [t for t in ("[]", "[1]", '[1,"a"]', '["a"]', '[1,"a",1]') if grammar.accepts(t)]
    assert accepted == ["[1]", '[1,"a"]']
