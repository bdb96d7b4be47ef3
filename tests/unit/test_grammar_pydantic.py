"""Pydantic types and LangChain tools: they take what the grammar writes, and it what they dump."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from grammar_fuzz.judge import Judge
from langchain_core.tools import BaseTool, StructuredTool, tool
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_models import Person, Tree
from pydantic_samples import SAMPLES, Sample

from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.drawing.sample import sample


@pytest.fixture(params=SAMPLES, ids=str)
def case(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def listed(grammar: Grammar) -> set[str]:
    return {note.keyword for note in grammar.not_enforced}


def test_what_the_grammar_writes_is_validated(case: Sample) -> None:
    grammar = Grammar.from_pydantic(case.type)
    adapter = TypeAdapter(case.type)
    judge = Judge(adapter.json_schema())
    for text in sample(grammar.rules, 30, seed=1):
        assert judge.errors(text, listed(grammar)) == [], text
        if not case.loose and not grammar.not_enforced:
            adapter.validate_json(text)


def test_what_pydantic_dumps_is_accepted(case: Sample) -> None:
    grammar = Grammar.from_pydantic(case.type)
    adapter = TypeAdapter(case.type)
    for value in case.good:
        text = adapter.dump_json(value, **case.options).decode()
        adapter.validate_json(text)
        assert grammar.accepts(text), grammar.explain(text)


def test_what_pydantic_refuses_is_rejected(case: Sample) -> None:
    grammar = Grammar.from_pydantic(case.type)
    adapter = TypeAdapter(case.type)
    judge = Judge(adapter.json_schema())
    for value in case.bad:
        text = compact(value)
        with pytest.raises(ValidationError):
            adapter.validate_json(text, strict=True)
        if grammar.accepts(text):
            assert judge.errors(text, set()), f"{text}: neither the schema nor the grammar says so"
            assert judge.errors(text, listed(grammar)) == [], text


def test_few_types_need_the_list() -> None:
    kinds = {name: listed(Grammar.from_pydantic(case.type)) for name, case in SAMPLES.items()}
    assert {name: keywords for name, keywords in kinds.items() if keywords} == {
        "set": {"uniqueItems"},
        "links": {"maxLength"},
    }


class Unit(Enum):
    CELSIUS = "celsius"
    FAHRENHEIT = "fahrenheit"


class Filter(BaseModel):
    """What to look for."""

    column: str
    operator: Literal["=", "<", ">"] = "="
    value: str | float | None = None


class Meeting(BaseModel):
    """Meet."""

    title: str = Field(description="of the meeting", min_length=1)
    day: date
    guests: list[str] = Field(default_factory=list, max_length=5)
    minutes: Annotated[int, Field(ge=15, le=240, multiple_of=15)] = 60


@tool
def multiply(a: int, b: int) -> int:
    """Multiply two numbers."""
    return a * b


@tool
def weather(city: str, unit: Unit = Unit.CELSIUS, days: int | None = None) -> str:
    """The weather in a city."""
    return f"{city} {unit} {days}"


@tool(parse_docstring=True)
def search(query: str, limit: int = 10, tags: list[str] | None = None) -> list[str]:
    """Search the web.

    Args:
        query: what to look for.
        limit: how many results.
        tags: of the pages.
    """
    return [query] * limit


@tool("lookup rows!", args_schema=Filter)
def rows(column: str, operator: str, value: Any) -> str:
    """Look rows up."""
    return f"{column}{operator}{value}"


@tool(args_schema=Meeting)
def meet(**arguments: Any) -> str:
    """Make an appointment."""
    return str(arguments)


@tool
def filtered(filters: list[Filter], options: dict[str, bool], since: datetime) -> str:
    """Many filters."""
    return f"{filters}{options}{since}"


@tool
def greet(person: Person, tree: Tree | None = None) -> str:
    """Greet someone, deep inside."""
    return f"{person}{tree}"


@tool
def now() -> str:
    """The time."""
    return "now"


@tool
def draw(
    shape: Literal["circle", "square"],
    size: Annotated[float, Field(gt=0, le=100)],
    at: tuple[float, float] = (0, 0),
    **_: Any,
) -> str:
    """Draw."""
    return f"{shape}{size}{at}"


TOOLS: list[BaseTool] = [
    multiply, weather, search, rows, meet, filtered, greet, now,
    StructuredTool.from_function(
        lambda text, n=1: text * n, name="repeat", description="Repeat a text."
    ),
]  # fmt: skip
GOOD: dict[str, list[Any]] = {
    "multiply": [{"a": 1, "b": -2}],
    "weather": [{"city": "Basel"}, {"city": "Basel", "unit": "fahrenheit", "days": None}],
    "search": [{"query": "x"}, {"query": "x", "limit": 3, "tags": ["a"]}, {"query": ""}],
    "lookup rows!": [{"column": "a", "operator": "<", "value": 1.5}, {"column": "a"}],
    "meet": [{"title": "x", "day": "2024-02-29", "guests": ["Ann"], "minutes": 45}],
    "filtered": [
        {"filters": [{"column": "a"}], "options": {"x": True}, "since": "2024-02-29T12:00:00Z"}
    ],
    "greet": [
        {"person": {"name": "Ann", "age": 3, "address": {"street": "x", "zip": "8001"}},
         "tree": {"value": 1, "left": {"value": 2}}}
    ],
    "now": [{}],
    "repeat": [{"text": "x"}, {"text": [1], "n": 2}],
}  # fmt: skip
BAD: dict[str, list[Any]] = {
    "multiply": [{"a": 1}, {"a": 1, "b": "x"}, {"a": 1, "b": 2, "c": 3}, {}, [], None],
    "weather": [{"city": "Basel", "unit": "kelvin"}, {"unit": "celsius"}],
    "search": [{"query": 1}, {"query": "x", "tags": "a"}],
    "lookup rows!": [{"column": "a", "operator": "!="}, {}],
    "meet": [
        {"title": "", "day": "2024-02-29"},
        {"title": "x", "day": "2023-02-29"},
        {"title": "x", "day": "2024-02-29", "guests": ["a"] * 6},
        {"title": "x", "day": "2024-02-29", "minutes": 50},
    ],
    "filtered": [{"filters": [{}], "options": {}, "since": "2024-02-29T12:00:00Z"}],
    "greet": [{"person": {"name": "Ann", "age": 151, "address": {"street": "x", "zip": "8001"}}}],
    "now": [{"more": 1}],
}


def test_langchain_tools_take_what_the_grammar_writes() -> None:
    grammar = Grammar.from_tools(TOOLS)
    assert grammar.not_enforced == ()
    tools = {each.name: each for each in TOOLS}
    called = set()
    for text in sample(grammar.rules, 200, seed=2):
        call = json.loads(text)
        assert [*call] == ["tool", "arguments"]
        tools[call["tool"]].tool_call_schema.model_validate_json(compact(call["arguments"]))
        called.add(call["tool"])
    assert called == tools.keys()


@pytest.mark.parametrize("offered", TOOLS, ids=lambda each: each.name)
def test_langchain_tools_one_by_one(offered: BaseTool) -> None:
    schema = offered.tool_call_schema
    for grammar in (Grammar.from_tools([offered]), Grammar.from_tools(TOOLS)):
        for arguments in GOOD[offered.name]:
            schema.model_validate(arguments)
            text = compact({"tool": offered.name, "arguments": arguments})
            assert grammar.accepts(text), grammar.explain(text)
        for arguments in BAD.get(offered.name, []):
            assert not grammar.accepts(compact({"tool": offered.name, "arguments": arguments}))
