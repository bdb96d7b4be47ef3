"""References within a document, and the paths that notes and refusals name."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator  # type: ignore[import-untyped]

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

INT = {"type": "integer"}
STR = {"type": "string"}
POOL: list[Any] = [
    None, 0, 3, 12, "", "a", "abc", [], [1], ["a"], [[1]], {}, {"a": 1}, {"a": "x"}, {"b": 1},
    {"a": {"a": 1}}, {"a": {"b": 1}}, {"a": {"a": "x"}}, {"a": {"a": {}}}, {"$ref": 1},
    {"$ref": "a"}, {"$id": "a"}, {"a": [{"a": []}]}, {"a": [{"a": 1}]},
]  # fmt: skip


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def a(schema: Any, **rest: Any) -> dict[str, Any]:
    """An object with a property `a`."""
    return {"type": "object", "properties": {"a": schema}, **rest}


@pytest.mark.parametrize(
    "schema",
    [
        a({"$ref": "#/$defs/a~1b~0c"}, **{"$defs": {"a/b~c": INT}}),
        a({"$ref": "#/$defs/a%25b"}, **{"$defs": {"a%b": INT}}),
        a({"$ref": "#/%24defs/%C3%A9%22"}, **{"$defs": {'é"': INT}}),
        a({"$ref": "#/definitions/x/properties/y"}, definitions={"x": {"properties": {"y": INT}}}),
        a({"$ref": "#/$defs/l/prefixItems/1"}, **{"$defs": {"l": {"prefixItems": [STR, INT]}}}),
        a({"$ref": "#"}, additionalProperties=False),
        a({"$ref": ""}, additionalProperties=False),
        a({"type": "array", "items": {"$ref": "#"}}, additionalProperties=False),
        {"$id": "https://e.org/x.json", **a({"$ref": "x.json"}, additionalProperties=False)},
        {"$id": "https://e.org/x.json", **a({"$ref": "#/$defs/i"}, **{"$defs": {"i": INT}})},
        {"$id": "https://e.org/x/", **a({"$ref": "y"}, **{"$defs": {"i": {"$id": "y", **INT}}})},
        {"$id": "https://e.org/x/", **a({"$ref": "/y"}, **{"$defs": {"i": {"$id": "/y", **INT}}})},
        a({"$ref": "y#/$defs/z"}, **{"$defs": {"i": {"$id": "y", "$defs": {"z": INT}}}}),
        a({"$ref": "#/$defs/i/$defs/z"},
          **{"$defs": {"i": {"$id": "y", "$defs": {"z": {"$ref": "#/$defs/w"}, "w": INT}},
                       "w": STR}, "$id": "https://e.org/q"}),
        a({"$ref": "#here"}, **{"$defs": {"i": {"$anchor": "here", **INT}}}),
        a({"$ref": "y#here"}, **{"$defs": {"i": {"$id": "y", "$anchor": "here", **INT},
                                            "j": {"$anchor": "here", **STR}},
                                  "$id": "https://e.org/"}),
        a({"$ref": "#here"}, **{"$defs": {"i": {"$dynamicAnchor": "here", **INT}}}),
        a({"$dynamicRef": "#here"}, **{"$defs": {"i": {"$dynamicAnchor": "here", **INT}}}),
        a({"$dynamicRef": "#/$defs/i"}, **{"$defs": {"i": INT}}),
        a({"$ref": "#/$defs/i", "minimum": 5}, **{"$defs": {"i": INT}}),
        a({"$ref": "#/$defs/i", "$comment": "c", "description": "d"}, **{"$defs": {"i": INT}}),
        a({"allOf": [{"$ref": "#/$defs/i"}, {"$ref": "#/$defs/j"}]},
          **{"$defs": {"i": INT, "j": {"minimum": 5}}}),
        {"$ref": "#/$defs/N", "$defs": {"N": a({"$ref": "#/$defs/N", "minProperties": 1})}},
        a({"anyOf": [{"$ref": "#/$defs/i"}, {"$ref": "#/$defs/i"}]}, **{"$defs": {"i": INT}}),
    ],
    ids=lambda schema: compact(schema)[:90],
)  # fmt: skip
def test_references_within_the_document(schema: Any) -> None:
    schema = {"additionalProperties": {"type": "null"}, **schema}
    grammar = Grammar.from_json_schema(schema)
    assert grammar.not_enforced == ()
    validator = Draft202012Validator(schema)
    wrong = [v for v in POOL if grammar.accepts(compact(v)) != validator.is_valid(v)]
    assert wrong == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"$ref": STR, "$id": STR}},
        {"type": "object", "properties": {"$ref": {"$ref": "#/$defs/s"}}, "$defs": {"s": STR}},
        {"enum": [{"$ref": "#/nowhere"}, {"$id": "a"}, 3]},
        {"const": {"$ref": "a"}},
        {"type": "integer", "default": {"$ref": "x"}, "examples": [{"$ref": "y", "$id": "z"}]},
        {"type": "object", "required": ["$ref"], "patternProperties": {"^\\$ref": STR}},
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/$id"}}, "$defs": {"$id": INT}},
        {"$ref": "#x", "$defs": {"e": {"enum": [{"$anchor": "x"}]}, "s": {"$anchor": "x", **INT}}},
    ],
)
def test_what_only_looks_like_a_reference(schema: Any) -> None:
    grammar = Grammar.from_json_schema(schema)
    assert grammar.not_enforced == ()
    validator = Draft202012Validator(schema)
    assert [v for v in POOL if grammar.accepts(compact(v)) != validator.is_valid(v)] == []


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ({"$ref": "https://json-schema.org/draft/2020-12/schema"}, "#"),
        ({"items": {"$ref": "other.json#/$defs/x"}}, "#/items"),
        (a({"$ref": "file:///etc/passwd"}), "#/properties/a"),
        ({"properties": {"x/y~z": {"$ref": "http://[bad"}}}, "#/properties/x~1y~0z"),
        ({"$id": "https://e.org/a/", "items": {"$id": "b/", "items": {"$ref": "../c"}}},
         "#/items/items"),
    ],
)  # fmt: skip
def test_nothing_is_fetched(schema: Any, path: str) -> None:
    with pytest.raises(GrammarError) as error:
        Grammar.from_json_schema(schema)
    assert f"The schema at {path} cannot" in error.value.what
    assert "leads out of the schema" in error.value.what
    assert "Nothing is fetched" in error.value.fix and "`$defs`" in error.value.fix


@pytest.mark.parametrize(
    "reference",
    ["#/$defs/no", "#/$defs/a/-1", "#/$defs/l/01x", "#/$defs/l/5", "#/$defs/l/-", "#nowhere",
     "#/type/0", "#/$defs/a/type/0", "#/$defs/l/1/2"],
)  # fmt: skip
def test_a_reference_to_nothing(reference: str) -> None:
    schema = a({"$ref": reference}, **{"$defs": {"a": INT, "l": [INT, STR]}})
    with pytest.raises(GrammarError, match=r"#/properties/a cannot .* leads to nothing"):
        Grammar.from_json_schema(schema)


@pytest.mark.parametrize(
    "defs",
    [
        {"A": {"$ref": "#/$defs/A"}},
        {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}},
        {"A": {"allOf": [{"$ref": "#/$defs/B"}, {"minimum": 1}]}, "B": {"$ref": "#/$defs/A"}},
        {"A": {"anyOf": [{"$ref": "#/$defs/B"}, INT]},
         "B": {"oneOf": [{"$ref": "#/$defs/A"}, STR]}},
        {"A": {"$ref": "#/$defs/A", "minLength": 3}},
        {"A": {"if": True, "then": {"$ref": "#/$defs/A"}, "type": "string"}},
        {"A": {"not": {"not": {"$ref": "#/$defs/A"}}, "type": "string"}},
    ],
    ids=lambda defs: compact(defs)[:80],
)  # fmt: skip
def test_a_schema_made_of_itself_is_refused_with_its_path(defs: Any) -> None:
    with pytest.raises(GrammarError, match=r"The schema at #\S* cannot become a grammar: .*itself"):
        Grammar.from_json_schema(a({"$ref": "#/$defs/A"}, **{"$defs": defs}))


def test_recursion_that_ends_stays() -> None:
    tree = {
        "type": "object",
        "properties": {"l": {"$ref": "#/$defs/T"}, "r": {"$ref": "#/$defs/T"}},
    }
    schema = {"$ref": "#/$defs/T", "$defs": {"T": {"anyOf": [tree, {"type": "null"}]}}}
    grammar = Grammar.from_json_schema(schema, closed=True)
    assert grammar.accepts('{"l":{"l":null,"r":{}},"r":null}')
    assert not grammar.accepts('{"l":{"l":1}}')
    assert len(grammar.rules) < 8


def test_parts_that_can_never_end_are_left_out() -> None:
    endless = {"type": "object", "properties": {"e": {"$ref": "#/$defs/E"}}, "required": ["e"]}
    schema = {
        "type": "object",
        "properties": {"a": INT, "e": {"$ref": "#/$defs/E"}, "l": {"items": {"$ref": "#/$defs/E"}}},
        "$defs": {"E": endless},
    }
    grammar = Grammar.from_json_schema(schema, closed=True)
    assert grammar.accepts('{"a":1,"l":[]}')
    assert "e" not in [*grammar.rules] and '"\\"e' not in str(grammar)


def test_a_dynamic_reference_that_could_lead_elsewhere_is_listed() -> None:
    schema = {
        "$id": "https://e.org/strict",
        "$dynamicAnchor": "node",
        "$ref": "tree",
        "$defs": {
            "tree": {
                "$id": "tree",
                "$dynamicAnchor": "node",
                "type": "object",
                "properties": {"a": {"$dynamicRef": "#node"}},
            }
        },
    }
    grammar = Grammar.from_json_schema(schema)
    assert {note.keyword for note in grammar.not_enforced} == {"$dynamicRef"}
    assert grammar.accepts('{"a":{"a":{}}}')


def test_the_recursive_reference_of_2019() -> None:
    schema = a({"$recursiveRef": "#"}, additionalProperties=False)
    grammar = Grammar.from_json_schema(schema)
    validator = Draft201909Validator(schema)
    assert grammar.not_enforced == ()
    assert [v for v in POOL if grammar.accepts(compact(v)) != validator.is_valid(v)] == []


def test_one_target_is_one_rule_however_it_is_written() -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"$ref": "#/$defs/Pet"},
            "b": {"$ref": "#/%24defs/Pet"},
            "c": {"$ref": "#pet"},
            "d": {"allOf": [{"$ref": "#/$defs/Pet"}], "description": "as pydantic wrote it"},
            "e": {"type": "array", "items": {"$ref": "#/$defs/Pet"}},
        },
        "$defs": {"Pet": {"$anchor": "pet", "enum": ["cat", "dog"]}},
    }
    text = str(Grammar.from_json_schema(schema, closed=True))
    assert text.count("cat") == 1
    assert "\nPet ::=" in text


def test_shared_python_objects_make_the_same_grammar_as_their_json() -> None:
    shared = {"type": "object", "properties": {"x": {"enum": [1, 2]}}}
    schema = {"type": "object", "properties": {"from": shared, "to": shared}}
    grammar = Grammar.from_json_schema(schema, closed=True)
    assert grammar == Grammar.from_json_schema(json.loads(json.dumps(schema)), closed=True)
    assert {"from-x", "to-x"} <= {*grammar.rules}


def found_at(schema: Any, path: str) -> Any:
    """What a JSON pointer with a leading # leads to."""
    for step in unquote(path).split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        schema = schema[int(key)] if isinstance(schema, list) else schema[key]
    return schema


def test_every_note_leads_to_the_schema_that_has_the_keyword() -> None:
    odd = {"type": "string", "format": "odd"}
    schema = {
        "type": "object",
        "properties": {"a/b~c": odd, "%": {"items": [odd], "additionalItems": odd}},
        "patternProperties": {"^x": odd},
        "additionalProperties": {"allOf": [{"minLength": 1}, odd]},
        "propertyNames": {"format": "odd"},
        "allOf": [{"$ref": "#/$defs/D"}, {"properties": {"n": {"anyOf": [odd, {"oneOf": [odd]}]}}}],
        "$defs": {"D": {"properties": {"n": {"colour": 1}, "m": {"uniqueItems": True}}}},
    }
    notes = Grammar.from_json_schema(schema).not_enforced
    assert len(notes) > 6
    for note in notes:
        assert note.keyword in found_at(schema, note.path), note
        assert note.why and not note.why.endswith(".")
