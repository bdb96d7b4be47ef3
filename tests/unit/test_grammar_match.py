"""The matcher: what it accepts, where it fails, and how long it takes."""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from collections.abc import Callable

import pytest

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Explanation, Grammar, Matcher
from gba_jupyter.grammar.matching import lazy_dfa, network, stacks
from gba_jupyter.grammar.matching.alphabet import Alphabet
from gba_jupyter.grammar.nodes import EMPTY, Literal, Ref, alt, optional, seq
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules

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


def work(run: Callable[[], object]) -> int:
    """Calls of functions: unlike the time, the same on every machine."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def json_of(size: int) -> str:
    value = [{"name": "x" * 30, "n": n * 1.5, "l": [1, {"a": None}]} for n in range(size)]
    return json.dumps(value, separators=(",", ":"))


def test_json_takes_work_in_line_with_its_length() -> None:
    text = json_of(160)
    assert len(text) > 10_000
    for method in (JSON.accepts, JSON.explain):
        method(text)
        once, twice = work(lambda m=method: m(text)), work(lambda m=method: m(json_of(320)))
        assert once < 150 * len(text)
        assert twice < 2.2 * once


def test_an_object_with_all_of_its_many_properties_takes_work_in_line_with_their_number() -> None:
    counts = []
    for size in (150, 300):
        names = [f"prop{n}" for n in range(size)]
        schema = {"type": "object", "properties": {name: {"type": "boolean"} for name in names}}
        grammar = Grammar.from_json_schema(schema, closed=True)
        text = json.dumps(dict.fromkeys(names, True), separators=(",", ":"))
        tested = Matcher(grammar.rules)
        counts.append(work(lambda t=tested, x=text: t.explain(x)))
    assert counts[1] < 2.5 * counts[0]


AMBIGUOUS = [
    # As a backtracker or with a set of whole stacks, each of these would never end.
    ('root ::= "a" root "b" | "a" root "c" | ""', lambda n: "a" * n + "b" * n),
    ('root ::= ("a"* "a"*)* "b"', lambda n: "a" * n + "b"),
    ('root ::= x{1,60}\nx ::= ("a" | "aa" | "aaa")', lambda n: "a" * (n // 4)),
    ('root ::= s\ns ::= "(" s ")" s | "(" s ")" | ""', lambda n: "()" * n),
    ('root ::= "a" root | "a"', lambda n: "a" * n),
    ('root ::= "a" root | "a" root root | ""', lambda n: "a" * n),
    ('root ::= s "x" | s "y"\ns ::= "a" s s | ""', lambda n: "a" * n + "y"),
    ('root ::= s "x" | s "y"\ns ::= "a" s "a"? | ""', lambda n: "a" * n + "y"),
    ('root ::= w+ "x" | w+ "y"\nw ::= [a-z]+', lambda n: "a" * n + "y"),
    ('root ::= [ab]{0,99} "a" [ab]{0,99}', lambda n: "ab" * (n // 4)),
]


@pytest.mark.parametrize(("gbnf", "text"), AMBIGUOUS)
@pytest.mark.parametrize("method", ["accepts", "explain"])
def test_ambiguous_grammars_take_at_most_quadratic_work(
    gbnf: str, text: Callable[[int], str], method: str
) -> None:
    counts = []
    for size in (100, 200):
        tested = matcher(gbnf)
        assert tested.accepts(text(size)) is True
        tested = matcher(gbnf)
        counts.append(work(lambda t=tested, n=size: getattr(t, method)(text(n))))
    assert counts[1] < 4.6 * counts[0]
    assert counts[1] < 1_000_000


def test_rules_that_lead_to_the_same_rules_in_many_ways() -> None:
    # 2^200 ways to get to the last rule, all before the first character.
    names = ["root", *(f"r{n}" for n in range(200))]
    rules = [f'{a} ::= {b} "x" | {b} "z"' for a, b in itertools.pairwise(names)]
    tested = matcher("\n".join([*rules, f'{names[-1]} ::= "y"']))
    assert tested.explain("y" + "xz" * 100).accepted
    assert tested.explain("y" + "xz" * 99 + "xy").position == 200


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    depth = 10_000
    assert JSON.accepts("[" * depth + "]" * depth)
    assert JSON.explain("[" * depth + "]" * (depth - 1)).position == 2 * depth - 1


# Other characters than ASCII are looked up by what the grammar tells apart.
def test_characters_beyond_ascii_are_told_apart_like_others() -> None:
    letters = dict(zip("abcd", "é中😀\U0010ffff", strict=True))
    gbnf = 'root ::= ("ab" | [b-c] root | [^ad]{2} | "d" .?)*'
    other = 'root ::= ("é中" | [中😀] root | [^é\U0010ffff]{2} | "\U0010ffff" .?)*'
    tested, mapped = matcher(gbnf), matcher(other)
    accepted = 0
    for text in ["".join(t) for n in range(6) for t in itertools.product("abcd", repeat=n)]:
        found, same = tested.explain(text), mapped.explain("".join(map(letters.get, text)))
        assert (found.accepted, found.position, found.spans) == (
            same.accepted,
            same.position,
            same.spans,
        )
        accepted += found.accepted
    assert 100 < accepted < 1300


def test_ranges_beyond_ascii_have_the_bounds_that_they_name() -> None:
    tested = matcher("root ::= [é-ñ€] | [^\\x00-ā]")
    accepted = [c for c in "èéêðñòóÿāĂ€₭☃\U0010ffff" if tested.accepts(c)]
    assert "".join(accepted) == "éêðñĂ€₭☃\U0010ffff"


@pytest.mark.parametrize("size", [20, 40, 400])
def test_of_many_words_with_much_in_common_it_knows_each(size: int) -> None:
    rng = random.Random(size)
    every = ["".join(t) for n in range(1, 10) for t in itertools.product("ab", repeat=n)]
    words = rng.sample(every, size)
    tested = matcher("root ::= " + " | ".join(f'"{word}"' for word in words))
    assert [word for word in every if tested.accepts(word)] == sorted(words, key=every.index)


def test_a_text_in_any_language_leaves_few_traces() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000)))
    assert len(set(Alphabet(JSON.rules.values()).canonical(text))) == 1
    assert JSON.accepts(f'"{text}"')
    state = JSON.matcher.start.advance(f'["{text[:9]}')
    assert state is not None and state.text == f'["{text[:9]}'


def test_what_is_remembered_can_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    gbnf = 'root ::= ([ab]{0,9} "a" x?)*\nx ::= [ab]{0,9} "b" | "a" x'
    rng = random.Random(1)
    texts = ["".join(rng.choices("ab", k=rng.randint(0, 60))) for _ in range(60)]
    expected = [matcher(gbnf).explain(text) for text in texts]
    assert 10 < sum(found.accepted for found in expected) < 60
    for name, value in {"_MAX_SETS": 5, "_FLAT": 2, "_MANY": 3}.items():
        monkeypatch.setattr(lazy_dfa, name, value)
    for name, value in {"_FEW": 1, "_SEARCHED": 1}.items():
        monkeypatch.setattr(stacks, name, value)
    tested = matcher(gbnf)
    assert [tested.explain(text) for text in texts] == expected


def test_left_recursion_is_refused() -> None:
    rules = Rules([("root", Ref("x")), ("x", alt(seq(optional(Literal("a")), Ref("x")), EMPTY))])
    with pytest.raises(GrammarError, match="x comes back to itself"):
        Matcher(rules)


def test_too_large_a_grammar_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MAX_POINTS", 1000)
    matcher('root ::= ("a"{20}){20}')
    with pytest.raises(GrammarError, match="too large"):
        matcher('root ::= ("a"{2000}){2000}')
