"""Grammars of tool calls and of pydantic models."""

from __future__ import annotations

import json
import subprocess
import sys
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from langchain_core.tools import tool
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

CALCULATE = {
    "name": "calculate",
    "description": "Work it out.",
    "parameters": {
        "type": "object",
        "properties": {"expression": {"type": "string"}, "digits": {"type": "integer"}},
        "required": ["expression"],
    },
}
CALENDAR = {
    "name": "calendar",
    "parameters": {"type": "object", "properties": {"day": {"enum": ["today", "tomorrow"]}}},
}


def call(name: str, arguments: Any) -> str:
    return json.dumps(
        {"tool": name, "arguments": arguments}, ensure_ascii=False, separators=(",", ":")
    )


def test_one_call_of_any_of_the_tools() -> None:
    grammar = Grammar.from_tools([CALCULATE, {"type": "function", "function": CALENDAR}])
    assert grammar.not_enforced == ()
    for text in (
        call("calculate", {"expression": "2*5"}),
        call("calculate", {"expression": 'a"\n', "digits": -3}),
        call("calendar", {}),
        call("calendar", {"day": "tomorrow"}),
    ):
        assert grammar.accepts(text), grammar.explain(text)
        assert not grammar.accepts(text[:-1])
        assert not grammar.accepts(" " + text)
        assert not grammar.accepts(text + text)
    for text in (
        call("calculate", {}),
        call("calculate", {"digits": 1}),
        call("calculate", {"expression": "1", "more": 1}),
        call("calendar", {"expression": "1"}),
        call("cal", {}),
        call("calculat", {"expression": "1"}),
        '{"arguments":{},"tool":"calendar"}',
    ):
        assert not grammar.accepts(text)


def test_rule_names_follow_the_tools_and_their_schemas() -> None:
    parameters = {
        "type": "object",
        "properties": {
            "expression": {"type": "string", "minLength": 1},
            "x": {"$ref": "#/$defs/X"},
        },
        "required": ["expression"],
        "$defs": {"X": {"enum": [1]}},
    }
    grammar = Grammar.from_tools([{"name": "my_tool", "parameters": parameters}])
    assert list(grammar.rules)[:4] == [
        "root",
        "my-tool-args",
        "my-tool-args-expression",
        "my-tool-X",
    ]
    assert str(grammar).startswith(
        'root ::= "{\\"tool\\":\\"my_tool\\",\\"arguments\\":" my-tool-args "}"\n'
    )


def test_common_prefixes_come_once() -> None:
    tools = [{"name": f"search_{n:03}"} for n in range(200)]
    text = str(Grammar.from_tools(tools))
    assert text.count("tool") == 1
    assert text.count("search_") == 1
    grammar = Grammar.from_tools(tools)
    for n in range(200):
        assert grammar.accepts(call(f"search_{n:03}", {}))
    assert not grammar.accepts(call("search_200", {}))
    assert grammar.explain('{"tool":"search_2').expected == '"0" or "1"'


@pytest.mark.parametrize(
    "names",
    [
        ["a", "ab", "abc", "b"],
        ["a" * n for n in range(1, 50)],
        ["a_b", "a-b", "a b", "a.b"],
        ['say "hi"', "back\\slash", "new\nline", "😀", "😁", "é"],
        ["root", "value", "string", "root-args"],
    ],
)
def test_any_tool_names(names: list[str]) -> None:
    grammar = Grammar.from_tools([{"name": name} for name in names])
    for name in names:
        assert grammar.accepts(call(name, {})), name
        assert not grammar.accepts(call(name + "?", {}))


def test_one_space_may_come_first_when_asked_for() -> None:
    grammar = Grammar.from_tools([CALENDAR], leading_space=True)
    assert str(grammar).startswith('root ::= " "? "{')
    assert grammar.accepts(call("calendar", {}))
    assert grammar.accepts(" " + call("calendar", {}))
    assert not grammar.accepts("  " + call("calendar", {}))


def test_what_is_not_enforced_names_the_tool() -> None:
    parameters = {"type": "object", "properties": {"d": {"type": "string", "format": "iri"}}}
    (note,) = Grammar.from_tools([{"name": "diary", "parameters": parameters}]).not_enforced
    assert (note.path, note.keyword) == ("diary#/properties/d", "format")


def test_maps_stay_open_in_closed_tools() -> None:
    parameters = {
        "type": "object",
        "properties": {"m": {"type": "object", "additionalProperties": {"type": "integer"}}},
    }
    grammar = Grammar.from_tools([{"name": "t", "parameters": parameters}])
    assert grammar.accepts(call("t", {"m": {"x": 1, "y": 2}}))
    assert not grammar.accepts(call("t", {"m": {"x": "1"}}))
    assert not grammar.accepts(call("t", {"m": {}, "n": 1}))


def weather(city: str, unit: Literal["C", "F"] = "C") -> str:
    """The weather in a city.

    Args:
        city: where.
        unit: of the temperature.
    """
    return f"{city}: 20 {unit}"


class Search(BaseModel):
    """Search the web."""

    query: str = Field(min_length=1)
    pages: list[int] = []


@pytest.mark.parametrize("offered", [weather, tool(weather)])
def test_functions_and_langchain_tools(offered: Any) -> None:
    grammar = Grammar.from_tools([offered, Search])
    assert grammar.accepts(call("weather", {"city": "Basel", "unit": "F"}))
    assert grammar.accepts(call("weather", {"city": "Basel"}))
    assert not grammar.accepts(call("weather", {"city": "Basel", "unit": "K"}))
    assert not grammar.accepts(call("weather", {"unit": "F"}))
    assert grammar.accepts(call("Search", {"query": "x", "pages": [1, 2]}))
    assert not grammar.accepts(call("Search", {"query": ""}))


class Tree(BaseModel):
    """A tree."""

    height: int
    branches: list[Tree] = []


@tool
def plant(tree: Tree) -> str:
    """Plant a tree."""
    return str(tree)


@pytest.mark.parametrize("offered", [Tree, plant])
def test_recursive_models_stay_recursive(offered: Any) -> None:
    grammar = Grammar.from_tools([offered])
    good = {"height": 3, "branches": [{"height": 1, "branches": [{"height": 0}]}]}
    bad = {"height": 3, "branches": [{"height": 1, "branches": [{"height": "x"}]}]}
    for tree, accepted in ((good, True), (bad, False)):
        text = call("Tree", tree) if offered is Tree else call("plant", {"tree": tree})
        assert grammar.accepts(text) is accepted


@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        ([], "no tools"),
        ([CALENDAR, CALENDAR], "Two tools are named 'calendar'"),
        ([{"name": ""}], "has no name"),
        ([{"name": "t", "parameters": []}], "parameters of the tool t"),
        ([{"name": "t", "parameters": {"type": "string"}}], "parameters of the tool t"),
        ([{"name": "t", "parameters": {"properties": {"a": {"$ref": "#/x"}}}}], "t#/properties/a"),
        ([3], "cannot be offered as a tool: 3"),
        ([{"colour": "red"}], "cannot be offered as a tool"),
    ],
)
def test_refuses(tools: list[Any], reason: str) -> None:
    with pytest.raises(GrammarError, match=reason):
        Grammar.from_tools(tools)


class Colour(Enum):
    RED = "red"
    NONE = None
    SEVEN = 7


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: Annotated[int, Field(ge=0, le=9)] = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    friends: list[Dog] = []


class Owner(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    name: Annotated[str, Field(alias='the "name" é')]
    colour: Colour
    place: tuple[int, str]
    nick: str | None = None
    scores: dict[str, float] = {}
    anything: Any = None
    root: bool = False
    string: list[Annotated[str, Field(max_length=3)]] = Field([], max_length=2)


OWNER: dict[str, Any] = {
    "pet": {"kind": "dog", "friends": [{"kind": "dog", "friends": []}]},
    'the "name" é': "Ann",
    "colour": None,
    "place": [1, "x"],
    "nick": None,
    "scores": {"a": 1.5, "b": -2},
    "anything": [{}],
    "root": True,
    "string": ["abc", ""],
}
CHANGES: dict[str, list[Any]] = {
    "pet": [{"kind": "cat"}, {"kind": "cat", "lives": 10}, {"kind": "cow"}, {}, 1],
    'the "name" é': ["", 1, None],
    "colour": ["red", 7, "blue"],
    "place": [[1], [1, "x", 2], ["x", 1], [-5, ""]],
    "nick": ["x", 1],
    "scores": [{}, {"a": "x"}, [], {"a": 1e-7}],
    "anything": [None, 1, "x", {"a": {"b": []}}],
    "root": [False, None, 1],
    "string": [[], ["abcd"], ["a", "b", "c"], "abc"],
}


def test_pydantic_is_the_judge_of_its_models() -> None:
    grammar = Grammar.from_pydantic(Owner)
    verdicts = set()
    for key, values in CHANGES.items():
        dropped = {name: value for name, value in OWNER.items() if name != key}
        for changed in [dropped, *({**OWNER, key: value} for value in values)]:
            text = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
            try:
                Owner.model_validate_json(text, strict=True)
                valid = True
            except ValidationError:
                valid = False
            assert grammar.accepts(text) == valid, text
            verdicts.add(valid)
    assert verdicts == {True, False}


def test_pydantic_models_are_closed_unless_they_say_otherwise() -> None:
    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        a: int

    assert not Grammar.from_pydantic(Cat).accepts('{"kind":"cat","more":1}')
    assert Grammar.from_pydantic(Open).accepts('{"a":1,"more":1}')
    assert not Grammar.from_pydantic(Open).accepts('{"a":1,"a":"x"}')


def test_pydantic_takes_any_type() -> None:
    grammar = Grammar.from_pydantic(list[int] | None)
    assert grammar.accepts("[1,2]") and grammar.accepts("null")
    assert not grammar.accepts('["1"]')
    assert Grammar.from_pydantic(int).accepts("3")
    with pytest.raises(GrammarError, match="pydantic has no JSON Schema"):
        Grammar.from_pydantic(object())


def test_grammars_are_values() -> None:
    one, two = (
        Grammar.from_tools([CALENDAR]),
        Grammar.from_gbnf(str(Grammar.from_tools([CALENDAR]))),
    )
    assert one == two and hash(one) == hash(two)
    assert one != Grammar.from_tools([CALCULATE])
    with pytest.raises(AttributeError):
        one.rules = two.rules  # type: ignore[misc]


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from gba_jupyter.grammar import Grammar; Grammar.from_tools([{'name': 't'}]);"
        "print([m for m in ('pydantic', 'langchain_core', 'IPython', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
