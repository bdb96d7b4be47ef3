"""`Grammar`: what its makers take and refuse, and the calls that its tool grammars hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from gba_jupyter.errors import GrammarError, OptionError
from gba_jupyter.grammar import Grammar


def find_image(description: str) -> str:
    """Finds an image."""
    return description


def add(a: int, b: int = 0) -> int:
    """Adds."""
    return a + b


TOOLS = [find_image, add]
IMAGE = '{"tool":"find_image","arguments":{"description":"dog"}}'
ADD = '{"tool":"add","arguments":{"a":1}}'
ANSWER = '{"tool":"respond_to_user","arguments":{"answer":"Hello."}}'


@pytest.mark.parametrize(
    ("choice", "allowed"),
    [
        (None, {IMAGE, ADD}),
        ("auto", {IMAGE, ADD, ANSWER}),
        ("any", {IMAGE, ADD}),
        ("required", {IMAGE, ADD}),
        ("none", {ANSWER}),
        ("add", {ADD}),
        ("respond_to_user", {ANSWER}),
    ],
)
def test_the_choice_is_exact(choice: str | None, allowed: set[str]) -> None:
    grammar = Grammar.from_tools(TOOLS, choice)
    assert {call for call in (IMAGE, ADD, ANSWER) if grammar.accepts(call)} == allowed


def test_an_answering_tool_of_the_caller_is_the_one_that_is_used() -> None:
    own = {"name": "respond_to_user", "parameters": {"properties": {"text": {"type": "string"}}}}
    grammar = Grammar.from_tools([own, add], "auto")
    assert grammar.accepts('{"tool":"respond_to_user","arguments":{"text":"x"}}')
    assert grammar.accepts(ADD)
    assert not grammar.accepts(ANSWER)
    assert not Grammar.from_tools([own, add], "any").accepts(
        '{"tool":"respond_to_user","arguments":{"text":"x"}}'
    )


def test_a_wrong_choice_names_those_that_there_are() -> None:
    with pytest.raises(OptionError, match="'sub'") as caught:
        Grammar.from_tools(TOOLS, "sub")
    assert "find_image, add, respond_to_user" in caught.value.fix


def test_several_calls_at_once_are_an_array_and_an_answer_stays_alone() -> None:
    grammar = Grammar.from_tools(TOOLS, "auto", most_calls=3)
    for calls in ([ADD], [ADD, IMAGE], [IMAGE, IMAGE, ADD]):
        text = f"[{','.join(calls)}]"
        assert grammar.accepts(text)
        assert len(json.loads(text)) == len(calls)
    assert grammar.accepts(ANSWER)
    for text in (ADD, "[]", f"[{ANSWER}]", f"[{ADD},{ANSWER}]", f"[{','.join([ADD] * 4)}]"):
        assert not grammar.accepts(text), text
    assert not Grammar.from_tools(TOOLS, "any", most_calls=2).accepts(ANSWER)
    assert Grammar.from_tools(TOOLS, "none", most_calls=2).accepts(ANSWER)
    spaced = Grammar.from_tools(TOOLS, most_calls=2, leading_space=True)
    assert spaced.accepts(f" [{ADD}]") and spaced.accepts(f"[{ADD}]")


@pytest.mark.parametrize("most", [0, -1, 1001])
def test_a_number_of_calls_that_makes_no_sense_is_refused(most: int) -> None:
    with pytest.raises(OptionError, match="most_calls"):
        Grammar.from_tools(TOOLS, most_calls=most)


@pytest.mark.parametrize("tools", [add, "add", {"name": "add"}, BaseModel, 5, None])
def test_tools_that_are_no_list_are_refused(tools: Any) -> None:
    with pytest.raises(GrammarError, match="not a list"):
        Grammar.from_tools(tools)


def test_the_name_of_a_tool_is_no_tool() -> None:
    with pytest.raises(GrammarError, match="'add' is a text"):
        Grammar.from_tools(["add"])


def test_an_instance_of_a_model_is_told_from_the_model() -> None:
    class Point(BaseModel):
        x: int

    assert Grammar.from_pydantic(Point).accepts('{"x":1}')
    with pytest.raises(GrammarError, match="instance of Point"):
        Grammar.from_pydantic(Point(x=1))


@pytest.mark.parametrize("text", [None, 5, b"root ::= .", {"type": "string"}])
def test_a_gbnf_text_is_a_str(text: Any) -> None:
    with pytest.raises(GrammarError, match="is a str"):
        Grammar.from_gbnf(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('root ::= "a', 1, 12),
        ('root ::= a\na ::= "x" |\r\n  b "y"\n', 3, 3),
        ('# first\n\nroot ::= "a"\nb ::= ][', 4, 7),
        ('root ::= a\na ::= ("x"?)*', 2, 0),
        ('root ::= "x" | a\n\na ::= "y" a', 3, 0),
        ('root ::= a\na ::= ("x"{100}){100}', 2, 0),
    ],
)
def test_an_error_knows_its_line_and_column(text: str, line: int, column: int) -> None:
    with pytest.raises(GrammarError) as caught:
        Grammar.from_gbnf(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_warns_of_rules_that_nothing_uses_and_of_what_is_optional_twice() -> None:
    grammar = Grammar.from_gbnf('root ::= "a" (b)?\nb ::= "x"*\n\nc ::= d\nd ::= "y"')
    assert [(each.rule, each.line) for each in grammar.warnings] == [
        ("root", 1), ("c", 4), ("d", 5),
    ]  # fmt: skip
    assert "already be empty: `b?`" in str(grammar.warnings[0])
    assert "never used" in str(grammar.warnings[1])
    assert Grammar.from_gbnf('root ::= "a" b?\nb ::= "x"+').warnings == ()


def test_a_text_that_is_far_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(GrammarError, match="characters"):
        Grammar.from_gbnf('root ::= "a"\n' + "# \n" * 1_000_000)


def test_a_thousand_lines_have_their_own_numbers() -> None:
    rules = "".join([f'r{n} ::= "a"\n' for n in range(5000)])
    grammar = Grammar.from_gbnf(f'root ::= "a"\n{rules}')
    assert [each.line for each in grammar.warnings] == list(range(2, 5002))


def test_the_repr_says_what_is_inside() -> None:
    assert "root, b (2 rules)" in repr(Grammar.from_gbnf('root ::= b\nb ::= "x"'))
    unheld = Grammar.from_json_schema({"type": "object", "not": {"minProperties": 3}})
    assert "1 not enforced" in repr(unheld)
