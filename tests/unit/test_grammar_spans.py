"""What the matcher knows of a text: what may come next, and which rule made what.

Held against a slow matcher that tries every derivation, on small random grammars.
"""

from __future__ import annotations

import itertools
import json
import random
from contextlib import suppress

import pytest
from slow_matcher import (
    ALPHABET,
    Derivations,
    SlowMatcher,
    TooSlow,
    is_derivation,
    random_rules,
)

from gba_jupyter.grammar import Grammar, Matcher
from gba_jupyter.grammar.matching import derivation, lookahead
from gba_jupyter.grammar.matching.match import State
from gba_jupyter.grammar.parse import parse

TEXTS = ["".join(t) for n in range(5) for t in itertools.product(ALPHABET, repeat=n)]


def tree(text: str, gbnf: str) -> str:
    """The spans as ``rule[start:end](…)``."""
    spans = Matcher(parse(gbnf)).explain(text).spans
    assert spans is not None

    def shown(span: object) -> str:
        inner = ",".join(shown(child) for child in span.children)  # type: ignore[attr-defined]
        place = f"{span.rule}[{span.start}:{span.end}]"  # type: ignore[attr-defined]
        return f"{place}({inner})" if inner else place

    return shown(spans)


@pytest.mark.parametrize("seed", range(150))
def test_a_random_grammar_is_read_as_by_trying_everything(seed: int) -> None:
    rules = random_rules(random.Random(seed))
    matcher, slow = Matcher(rules), SlowMatcher(rules)
    states: dict[str, State | None] = {"": matcher.start}
    try:
        slow_states = {"": slow.start}
        for text in TEXTS[1:]:
            slow_states[text] = slow.after(slow_states[text[:-1]], text[-1])
    except TooSlow:
        return
    for text in TEXTS:
        if text:
            before = states[text[:-1]]
            states[text] = before.advance(text[-1]) if before else None
        state, expected = states[text], slow_states[text]
        assert (state is not None) == bool(expected), text
        if state is None:
            continue
        assert state.is_complete == (() in expected), text
        assert (state.text, state.position) == (text, len(text))
        if len(text) < 4:
            legal = [char for char in ALPHABET if slow_states[text + char]]
            assert [char for char in ALPHABET if state.legal(char)] == legal


@pytest.fixture(params=["", "sure"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick walk, or the one that makes sure of every choice, without looking far ahead."""
    if request.param:
        monkeypatch.setattr(derivation._Walk, "run", refused)
        monkeypatch.setattr(derivation._SureWalk, "run", derivation_run)
        monkeypatch.setattr(lookahead, "_FAR", 0)


derivation_run = derivation._Walk.run


def refused(_: object) -> bool:
    return False


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(120))
def test_the_spans_are_a_derivation_and_the_first_one(seed: int) -> None:
    rnd = random.Random(seed)
    rules = random_rules(rnd)
    matcher = Matcher(rules)
    for text in rnd.sample(TEXTS, 20) + [random_text(rnd, matcher.start) for _ in range(10)]:
        found = matcher.explain(text)
        if found.accepted:
            assert found.spans is not None and found.path == ()
            assert (found.spans.rule, found.spans.start, found.spans.end) == ("root", 0, len(text))
            assert is_derivation(rules, text, found.spans), text
            with suppress(TooSlow):
                assert found.spans == Derivations(rules, text, whole=True).first(), text
        else:
            assert found.spans is None
            begun = text[: found.position]
            with suppress(TooSlow):
                assert found.path == Derivations(rules, begun, whole=False).first(), text


def random_text(rnd: random.Random, state: State) -> str:
    """A text that is legal to its end, and sometimes whole."""
    for _ in range(rnd.randint(0, 9)):
        legal = [char for char in ALPHABET if state.legal(char)]
        following = state.advance(rnd.choice(legal)) if legal else None
        if following is None:
            break
        state = following
    return state.text


@pytest.mark.parametrize("seed", range(100))
def test_what_is_forced_is_the_only_way_on(seed: int) -> None:
    rules = random_rules(random.Random(seed))
    state: State | None = Matcher(rules).start
    rnd = random.Random(seed)
    for _ in range(8):
        if state is None:
            return
        forced = state.forced()[:50]
        walked: State | None = state
        for char in forced:
            assert walked is not None and not walked.is_complete
            assert [c for c in [*ALPHABET, "x"] if walked.legal(c)] in ([char], [char, "x"])
            walked = walked.advance(char)
        if len(forced) < 50 and walked is not None and not walked.is_complete:
            legal = [c for c in [*ALPHABET, "x"] if walked.legal(c)]
            assert len(legal) != 1, (forced, legal)
        choices = [c for c in ALPHABET if state is not None and state.legal(c)]
        state = state.advance(rnd.choice(choices)) if choices else None


def test_the_tree_of_a_call() -> None:
    gbnf = 'root ::= "f(" list ")"\nlist ::= word ("," word)*\nword ::= [a-z]+'
    assert tree("f(ab,c)", gbnf) == "root[0:7](list[2:6](word[2:4],word[5:6]))"


def test_of_several_derivations_it_is_the_first() -> None:
    assert tree("ab", 'root ::= x | y\nx ::= "ab"\ny ::= "a" "b"') == "root[0:2](x[0:2])"
    assert tree("aa", 'root ::= x y\nx ::= "a"*\ny ::= "a"*') == "root[0:2](x[0:2],y[2:2])"


def test_where_the_first_choice_looks_right_for_long_it_is_still_not_taken() -> None:
    gbnf = 'root ::= s "x" | s "y"\ns ::= "a" s | t\nt ::= "a"*'
    assert tree("aay", gbnf) == "root[0:3](s[0:2](s[1:2](s[2:2](t[2:2]))))"
    gbnf = 'root ::= x "a" "b" | x "b"\nx ::= ("a" | "aa")*'
    assert tree("a" * 200 + "b", gbnf).startswith("root[0:201](x[0:199]")
    assert tree("", 'root ::= x\nx ::= ("" | "a")* y\ny ::= "b"?') == "root[0:0](x[0:0](y[0:0]))"
    assert tree("aa", 'root ::= (x | "" | "a")*\nx ::= "aa"') == "root[0:2](x[0:2])"


def test_spans_are_equal_by_value_however_deep() -> None:
    matcher = Matcher(parse('root ::= "(" root ")" | "x"?'))
    text = "(" * 20_000 + ")" * 20_000
    one, same = matcher.explain(text), matcher.explain(text)
    other = matcher.explain("(" + text + ")").spans
    assert one == same and hash(one.spans) == hash(same.spans)
    assert other is not None and other != one.spans
    assert one.spans != text and "0:40000" in repr(one)
    deepest = list(other.walk())[-1]
    assert (deepest.start, deepest.end, deepest.children) == (20_001, 20_001, ())


@pytest.mark.parametrize(
    ("begun", "path"),
    [
        ("", ("root",)),
        ("[", ("root", "value", "list")),
        ("[1", ("root", "value", "list", "value", "number")),
        ("[1,", ("root", "value", "list", "value")),
        ("[1,t", ("root", "value", "list", "value", "true")),
        ("[1,true", ("root", "value", "list")),
        ("[1]", ("root",)),
        ("[1]!", ()),
    ],
)
def test_the_path_names_what_is_open_and_what_has_to_begin(
    begun: str, path: tuple[str, ...]
) -> None:
    gbnf = (
        'root ::= (value | "?") "!"?\nvalue ::= list | number | true\n'
        'list ::= "[" (value ("," value)*)? "]"\nnumber ::= [0-9]+\ntrue ::= "true"'
    )
    state = Matcher(parse(gbnf)).start.advance(begun)
    assert state is not None and state.path() == path


def test_a_rejected_text_names_the_rules_that_are_open() -> None:
    tool = {
        "name": "book",
        "parameters": {
            "type": "object",
            "properties": {"day": {"enum": ["mon", "tue"]}, "seats": {"type": "integer"}},
            "required": ["day"],
        },
    }
    grammar = Grammar.from_tools([tool])
    found = grammar.explain('{"tool":"book","arguments":{"day":"sun"}}')
    assert (found.accepted, found.position) == (False, 35)
    assert found.path == ("root", "book-args", "book-args-day")
    assert "mon" in found.expected and "tue" in found.expected
    state = grammar.matcher.start.advance('{"tool":"book","arguments":{"day":"mon"')
    assert state is not None
    assert state.path() == ("root", "book-args")
    assert grammar.matcher.start.forced() == '{"tool":"book","arguments":{"day":"'


def test_forced_text_stops_where_the_text_may_end() -> None:
    state = Matcher(parse('root ::= "ab" ("c" "d")? "e"?')).start
    assert state.forced() == "ab"
    behind = state.advance("abc")
    assert behind is not None and behind.forced() == "d"


def test_forced_text_may_have_no_end() -> None:
    assert Matcher(parse('root ::= "ab" root | "ac"')).start.forced() == "a"
    endless = Matcher(parse('root ::= "ab" root')).start.forced()
    assert endless.startswith("abab") and len(endless) <= 10_000


@pytest.mark.parametrize(
    ("gbnf", "text"),
    [
        ('root ::= a a\na ::= "x"*', "x" * 2000),
        ('root ::= "a" root root | "a" root | "a"', "a" * 60),
        ('root ::= ("x" | "xx" | "xxx")*', "x" * 300),
        ('root ::= "(" root ")" | ""', "(" * 20_000 + ")" * 20_000),
        ('root ::= "x" root | "x"', "x" * 20_000),
    ],
)
def test_ambiguous_and_deep_texts_come_to_an_end(gbnf: str, text: str) -> None:
    rules = parse(gbnf)
    found = Matcher(rules).explain(text)
    assert found.accepted and found.spans is not None
    assert sum(1 for _ in found.spans.walk()) >= 1
    if len(text) < 100:
        assert is_derivation(rules, text, found.spans)


def test_a_chain_of_thousands_of_rules() -> None:
    chain = "\n".join(f"r{n} ::= r{n + 1}" for n in range(5000))
    found = Matcher(parse(f'root ::= r0\n{chain}\nr5000 ::= "x"')).explain("x")
    assert found.spans is not None and sum(1 for _ in found.spans.walk()) == 5002


def test_spans_of_ten_kilobytes_of_json() -> None:
    value = [{"name": f"n{i}", "list": [i, {"deep": [None, True, 1.5]}]} for i in range(200)]
    text = json.dumps(value, separators=(",", ":"))
    assert len(text) > 9000
    spans = Grammar.from_json_schema(True).explain(text).spans
    assert spans is not None
    numbers = [text[s.start : s.end] for s in spans.walk() if s.rule == "number"]
    assert [float(n) for n in numbers] == [x for i in range(200) for x in (i, 1.5)]
