"""Ambiguous nesting, under which a server's stacks double with each level, is found; no other."""

from __future__ import annotations

import pytest

from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.doubling import doubling_name
from gba_jupyter.grammar.parse import parse


@pytest.mark.parametrize(
    "text",
    [
        'root ::= "(" root ")" | "(" root "]" | "x"',
        'root ::= "a" root "b" | "a" root "c" | ""',
        'root ::= e\ne ::= t "+" e | t\nt ::= [0-9] | "(" e ")"',
        'root ::= a | b\na ::= "[" root "]" | "1"\nb ::= "[" root "}" | "2"',
        'root ::= x\nx ::= "a" y | "b"\ny ::= x "c" | x "d"',
        'root ::= "a" [b-m] root "." | "a" [k-z] root "," | "x"',
        'root ::= w "(" root ")" | w w "(" root "]" | "x"\nw ::= [a-z]+',
        'root ::= s\ns ::= "(" s ")" s | "(" s ")" | ""',
        'root ::= (x ("," root){0,2})+\nx ::= [a-z]',
        'root ::= ([^b] ("a" root){0,2})+',
        # With `*` it does not: a server has one place to return to then, and two with `+`.
        'root ::= ("x" ("," root)?)+',
    ],
)
def test_finds_what_doubles(text: str) -> None:
    assert doubling_name(parse(text)) is not None
    (warning,) = Grammar.from_gbnf(text).warnings
    assert "the work of a server doubles" in str(warning)
    assert warning.line > 0


@pytest.mark.parametrize(
    "text",
    [
        'root ::= "x" | "x" | "xy"',
        'root ::= "(" root ")" | "[" root "]" | "x"',
        'root ::= "(" root ")" | "x"',
        'root ::= "(" " "? root " "? ")" | "x"',
        'root ::= "a" root | "a" "b" root | "b"',
        'root ::= "a" [b-m] root "." | "a" [n-z] root "," | "x"',
        'root ::= e\ne ::= t ("+" t)*\nt ::= [0-9] | "(" e ")"',
        'root ::= "[" (v ("," v)*)? "]"\nv ::= root | "1" | "1" "2"',
        'root ::= "<" [a-z]+ ">" (root | [a-z])* "</" [a-z]+ ">"',
        # Ambiguous, but each level adds one stack only.
        "root ::= ([ab] root)*",
        'root ::= ("x" ("," root)?)*',
        'root ::= s\ns ::= "if" s ("else" s)? | "x"',
    ],
)
def test_finds_nothing_else(text: str) -> None:
    assert doubling_name(parse(text)) is None
    assert Grammar.from_gbnf(text).warnings == ()


def test_json_does_not_double() -> None:
    for schema in (True, {"type": "array", "items": {"$ref": "#"}}):
        assert doubling_name(Grammar.from_json_schema(schema).rules) is None


def test_a_large_grammar_comes_to_an_end() -> None:
    words = " | ".join(f'"{n:04}" root' for n in range(2000))
    assert doubling_name(parse(f'root ::= {words} | ""')) is None
    chain = "\n".join(f'r{n} ::= "a" r{n + 1} | "b"' for n in range(3000))
    assert doubling_name(parse(f"root ::= r0\n{chain}\nr3000 ::= root")) is None
