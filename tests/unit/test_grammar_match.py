"""The matcher: what it accepts, where it fails, and how long it takes."""

from __future__ import annotations

import itertools
import json
import re
import time

import pytest

from gba_jupyter.grammar import Explanation, Grammar, Matcher
from gba_jupyter.grammar.parse import parse

JSON = Grammar.from_json_schema(True)


def matcher(text: str) -> Matcher:
    # Not through Grammar: the matcher has to bear what the lint refuses.
    return Matcher(parse(text))


# Python's own regular expressions are the oracle, over all short texts of three letters.
@pytest.mark.parametrize(
    ("gbnf", "regex"),
    [
        ('root ::= "ab" | "a" "c"?', "ab|ac?"),
        ('root ::= "a"* "b"+ "c"?', "a*b+c?"),
        ('root ::= ("a" | "b"){2,4}', "[ab]{2,4}"),
        ('root ::= ("a" "b"?){2}', "(ab?){2}"),
        ('root ::= ("ab")? {2} "c"', "((ab)?){2}c"),
        ('root ::= (a | "")* "c"\na ::= "a" b?\nb ::= "b"*', "(ab*|)*c"),
        ('root ::= [^a]{2,} | "a"{0}', "[^a]{2,}|"),
        ('root ::= . "b" .', ".b."),
        ('root ::= "a" root | "b"', "a*b"),
        ('root ::= x x\nx ::= "a" | "ab" | ""', "(a|ab|)(a|ab|)"),
        ('root ::= ("a" "b"? "c"?)* | "b"{3,}', "(ab?c?)*|b{3,}"),
        ("root ::= a? b? a?\na ::= [ab]\nb ::= a a", "[ab]?([ab][ab])?[ab]?"),
    ],
)
def test_accepts_what_the_same_regular_expression_matches(gbnf: str, regex: str) -> None:
    tested = matcher(gbnf)
    texts = ["".join(t) for n in range(6) for t in itertools.product("abc", repeat=n)]
    accepted = [text for text in texts if tested.accepts(text)]
    assert accepted == [text for text in texts if re.fullmatch(regex, text)]
    assert 0 < len(accepted) < len(texts)


def test_counts_what_no_regular_expression_can() -> None:
    tested = matcher('root ::= "a" root "b" | "a" root "c" | "a" | ""')
    for text, accepted in {
        "": True,
        "a": True,
        "aab": True,
        "aabcc": False,
        "aaabcb": True,
    }.items():
        assert tested.accepts(text) is accepted, text


def test_a_nullable_rule_that_is_called_twice_at_one_place() -> None:
    tested = matcher('root ::= n n "x" | m\nm ::= n "y"\nn ::= k | ""\nk ::= "k"?')
    assert [t for t in ("x", "kx", "kkx", "y", "ky", "kky", "kkkx") if tested.accepts(t)] == [
        "x",
        "kx",
        "kkx",
        "y",
        "ky",
    ]


def test_states_are_immutable_and_can_be_gone_on_from() -> None:
    tested = JSON.matcher
    opened = tested.start.advance('{"a":[1,')
    assert opened is not None
    assert not opened.is_complete
    assert opened.advance("]") is None
    for rest in ("2]}", '"x"]}', "[[]]]}"):
        closed = opened.advance(rest)
        assert closed is not None and closed.is_complete
    assert opened.advance("") is opened


def test_one_character_at_a_time_is_the_same_as_all_at_once() -> None:
    text = json.dumps({"a": [1.5, None, {"é": "\n\\"}], "b": True}, separators=(",", ":"))
    state = JSON.matcher.start
    for place, char in enumerate(text):
        following = state.advance(char)
        assert following is not None
        state = following
        assert state.is_complete == (place == len(text) - 1)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, '"{"'),
        ('{"a":tru]', 8, '"e"'),
        ("nul", 3, '"l"'),
        ("[1 ]", 2, '"," or "]"'),
        ('{"a" :1}', 4, '":"'),
        ("{}x", 2, "the end of the text"),
        ('"\t"', 1, '[^"\\\\\\x00-\\x1F] or "\\\\"'),
    ],
)
def test_explains_where_a_text_fails_and_what_was_expected(
    text: str, position: int, expected: str
) -> None:
    found = JSON.explain(text)
    assert not found.accepted
    assert found.position == position
    assert expected in found.expected


def test_an_accepted_text_needs_no_explanation() -> None:
    found = JSON.explain("[1]")
    assert found == Explanation(True, 3, "", found.spans)


def test_expectations_are_kept_short() -> None:
    words = " | ".join(f'"{chr(97 + n)}{"x" * 100}"' for n in range(20))
    expected = Grammar.from_gbnf(f"root ::= {words}").explain("").expected
    assert expected.count(" or ") == 6
    assert expected.endswith(" or …")
    assert len(expected) < 300


def seconds(run: object) -> float:
    start = time.perf_counter()
    assert callable(run)
    assert run() is True
    return time.perf_counter() - start


def test_ten_kilobytes_of_json_take_less_than_a_second() -> None:
    value = [{"name": "x" * 30, "n": n * 1.5, "l": [1, {"a": None}]} for n in range(160)]
    text = json.dumps(value, separators=(",", ":"))
    assert len(text) > 10_000
    assert seconds(lambda: JSON.accepts(text)) < 1.0


@pytest.mark.parametrize(
    ("gbnf", "text"),
    [
        # As a backtracker or with a set of whole stacks, each of these would never end.
        ('root ::= "a" root "b" | "a" root "c" | ""', "a" * 500 + "b" * 500),
        ('root ::= ("a"* "a"*)* "b"', "a" * 2000 + "b"),
        ('root ::= x{1,60}\nx ::= ("a" | "aa" | "aaa")', "a" * 120),
        ('root ::= s\ns ::= "(" s ")" s | "(" s ")" | ""', "()" * 800),
        ('root ::= "a" root | "a"', "a" * 10_000),
    ],
)
def test_ambiguous_grammars_stay_fast(gbnf: str, text: str) -> None:
    tested = matcher(gbnf)
    assert seconds(lambda: tested.accepts(text)) < 2.0


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    depth = 10_000
    assert JSON.accepts("[" * depth + "]" * depth)
    assert JSON.explain("[" * depth + "]" * (depth - 1)).position == 2 * depth - 1
