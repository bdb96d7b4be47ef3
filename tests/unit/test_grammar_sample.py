"""Random texts: all of the grammar, readable, and always with an end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from test_grammar_schema import SCHEMAS, compact
from test_grammar_tools import CALCULATE, CALENDAR

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar.analysis import endless_name, left_recursive_name
from gba_jupyter.grammar.drawing.readable import ReadableChars
from gba_jupyter.grammar.drawing.sample import sample
from gba_jupyter.grammar.matching.match import Matcher
from gba_jupyter.grammar.nodes import (
    EMPTY,
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
    alt,
    chars,
    optional,
    repeat,
    seq,
)  # fmt: skip
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules
from gba_jupyter.grammar.schema.converter import schema_to_rules
from gba_jupyter.grammar.tools import tools_to_rules
from gba_jupyter.symbolic.language.program_grammar import program_gbnf

EXPRESSION = 'root ::= "(" root op root ")" | "-" root | [a-z]\nop ::= "+" | "*"'
HAND_WRITTEN = [
    'root ::= "yes" | "no"',
    "root ::= .{3} [^a-z] [^\\x00-\\x7F]",
    EXPRESSION,
    'root ::= a\na ::= "x" b | ""\nb ::= "y" a | "z" c\nc ::= "w" b | "."',
    "root ::= [a-z]* | [0-9]{1000} | [A-Z]{400,1000}",
    'root ::= ("a" | "aa" | ("a" | "b")+ "c"?)+',
    'root ::= ("[" root "]")* "end"?',
    'root ::= "x" | "y" on\non ::= "z" on | "stop"',
    program_gbnf(),
]
RECURSIVE = {
    "twice": Rules([("root", alt(seq(Literal("("), Ref("root"), Ref("root")), Literal("x")))]),
    "no progress": Rules([("root", alt(Ref("b"), Ref("root"))), ("b", alt(Ref("root"), EMPTY))]),
    "left": Rules([("root", alt(seq(Ref("root"), Ref("root")), Literal("x"), EMPTY))]),
    "stars": Rules([("root", repeat(repeat(repeat(Literal("a"), 0, None), 0, None), 0, None))]),
    "wild": Rules([("root", alt(*[seq(*[Ref("root")] * n, Literal("x")) for n in range(9)]))]),
    "large loops": Rules([("root", repeat(optional(seq(Literal("<"), Ref("root"))), 0, 2000))]),
}


def doubling(levels: int, *, escape: str = "") -> Rules:
    """The shortest text through all levels has 2 ** levels characters."""
    rules: list[tuple[str, Node]] = [
        (f"a{level}", seq(Ref(f"a{level + 1}"), Ref(f"a{level + 1}"))) for level in range(levels)
    ]
    root = alt(Literal(escape), Ref("a0")) if escape else Ref("a0")
    return Rules([("root", root), *rules, (f"a{levels}", Literal("x"))])


@pytest.mark.parametrize("gbnf", HAND_WRITTEN, ids=lambda gbnf: gbnf[:30])
def test_every_text_is_of_the_grammar(gbnf: str) -> None:
    rules = parse(gbnf)
    matcher = Matcher(rules)
    texts = sample(rules, 60, seed=1)
    assert len(texts) == 60
    assert [text for text in texts if not matcher.accepts(text)] == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: compact(schema)[:70])
def test_every_text_of_a_schema_is_json_that_the_grammar_accepts(schema: Any) -> None:
    rules, _ = schema_to_rules(schema, closed=False)
    matcher = Matcher(rules)
    for text in sample(rules, 40, seed=2):
        assert matcher.accepts(text), text
        json.loads(text)


def test_every_text_of_tools_is_a_call() -> None:
    rules, _ = tools_to_rules([CALCULATE, CALENDAR])
    calls = [json.loads(text) for text in sample(rules, 60, seed=3)]
    assert {call["tool"] for call in calls} == {"calculate", "calendar"}
    assert {call["arguments"].get("day") for call in calls} == {None, "today", "tomorrow"}
    assert {"digits" in call["arguments"] for call in calls} == {True, False}


def some_node(rnd: random.Random, names: list[str], depth: int) -> Node:
    kinds = "lcr" if depth == 0 else "lcrrsssaaaaoooo"
    match rnd.choice(kinds):
        case "l":
            return Literal(rnd.choice(["a", "b", "ab", "ba"]))
        case "c":
            return chars(rnd.choice(["a-c", "b", "ab"]), negated=rnd.random() < 0.3)
        case "r":
            return Ref(rnd.choice(names))
        case "s":
            return seq(*[some_node(rnd, names, depth - 1) for _ in range(rnd.choice([0, 2, 3]))])
        case "a":
            return Alt((some_node(rnd, names, depth - 1), some_node(rnd, names, depth - 1)))
        case _:
            least = rnd.choice([0, 0, 0, 1, 3])
            most = rnd.choice([None, least, least + 1, least + 4])
            return Repeat(some_node(rnd, names, depth - 1), least, most)


def test_random_grammars_end_or_are_refused() -> None:
    rnd = random.Random(4)
    drawn = refused = 0
    for _ in range(600):
        names = ["root", "a", "b", "c"][: rnd.randint(1, 4)]
        rules = Rules([(name, some_node(rnd, names, 3)) for name in names])
        if left_recursive_name(rules):
            continue
        if endless_name(rules) == "root":
            refused += 1
            with pytest.raises(GrammarError, match="no text"):
                sample(rules, 1)
            continue
        matcher = Matcher(rules)
        for text in sample(rules, 5, seed=5):
            drawn += 1
            assert matcher.accepts(text), (str(rules), text)
    assert drawn > 1000 and refused > 5


@pytest.mark.parametrize("rules", RECURSIVE.values(), ids=RECURSIVE)
def test_recursion_goes_home(rules: Rules) -> None:
    texts = sample(rules, 200, seed=6)
    assert max(map(len, texts)) < 1000
    assert len(set(texts)) > 1 or texts[0] == ""


def test_the_way_home_is_the_shortest() -> None:
    # Once the steps are used up, only `x` is left: a `y` costs more.
    rules = parse('root ::= "(" root root root root root root ")" | "x" | a\na ::= "y"')
    deepest = max(sample(rules, 50, seed=7), key=lambda text: text.count("("))
    assert len(deepest) > 100 and "y" in deepest[:20]
    assert {*deepest[-25:]} == {"x", ")"}


def test_a_costly_alternative_is_still_drawn() -> None:
    texts = sample(parse('root ::= "short" | ("(" root ")" | "x"){500}'), 40, seed=8)
    assert {text == "short" for text in texts} == {True, False}
    assert all(len(text) < 5000 for text in texts)


def test_what_would_never_come_to_an_end_is_not_begun() -> None:
    assert {*sample(doubling(200, escape="ok"), 50, seed=9)} == {"ok"}
    endless_option = Rules(
        [("root", alt(Literal("x"), Ref("a"))), ("a", seq(chars("y"), Ref("a")))]
    )
    assert {*sample(endless_option, 50, seed=9)} == {"x"}
    counted = Repeat(Repeat(Repeat(Literal("x"), 1000, 1000), 1000, None), 1000, 1000)
    assert {*sample(Rules([("root", alt(counted, Literal("ok")))]), 50, seed=9)} == {"ok"}
    for rules in (doubling(200), Rules([("root", counted)])):
        with pytest.raises(GrammarError, match="fewer than 1,000,000 steps"):
            sample(rules, 1)
    with pytest.raises(GrammarError, match="no text"):
        sample(Rules([("root", seq(Literal("x"), Ref("root")))]), 1)


def test_long_texts_and_long_chains_of_rules() -> None:
    (text,) = sample(Rules([("root", Repeat(Repeat(Literal("x"), 1000, 1000), 300, 300))]), 1)
    assert text == "x" * 300_000
    chain = [(f"a{n}", seq(Literal("x"), Ref(f"a{n + 1}"))) for n in range(5000)]
    rules = Rules([("root", Ref("a0")), *chain, ("a5000", Literal("."))])
    assert sample(rules, 2, seed=1) == ["x" * 5000 + "."] * 2


def test_all_texts_of_a_small_language_come() -> None:
    rules = parse('root ::= ("a" | "b" | "c" "d"?) e{1,3} | ""\ne ::= "!" | "?" ""')
    heads = ("a", "b", "c", "cd")
    tails = [[x, x + y, x + y + z] for x in "!?" for y in "!?" for z in "!?"]
    language = {head + tail for head in heads for group in tails for tail in group} | {""}
    drawn = sample(rules, 2000, seed=10)
    assert {*drawn} == language
    some = sample(rules, 200, seed=11)
    assert {text.rstrip("!?") for text in some} == {*heads, ""}


def test_alternatives_are_drawn_fairly_and_options_half_of_the_time() -> None:
    alternatives = Counter(sample(parse('root ::= "a" | "b" | "c" | x\nx ::= "d"'), 400, seed=12))
    assert min(alternatives.values()) > 70
    assert 160 < sample(parse('root ::= "a"?'), 400, seed=13).count("a") < 240
    lengths = [len(text) for text in sample(parse("root ::= [a-z]*"), 400, seed=14)]
    assert lengths.count(0) > 40 and 3 < sum(lengths) / 400 < 6 and max(lengths) < 60
    lengths = [len(text) for text in sample(parse("root ::= [a-z]{5,1000}"), 400, seed=15)]
    assert min(lengths) == 5 and max(lengths) < 60


def test_texts_differ() -> None:
    rules = parse(EXPRESSION)
    assert len({*sample(rules, 100, seed=16)}) > 50
    assert sample(rules, 20, seed=16) == sample(rules, 20, seed=16)
    assert sample(rules, 20, seed=16) != sample(rules, 20, seed=17)
    assert sample(rules, 20) != sample(rules, 20)
    # Further draws do not change the first ones.
    assert sample(rules, 20, seed=16)[:5] == sample(rules, 5, seed=16)


def test_the_seed_alone_decides() -> None:
    program = (
        "from gba_jupyter.grammar.schema.converter import schema_to_rules\n"
        "from gba_jupyter.grammar.drawing.sample import sample\n"
        "print(ascii(sample(schema_to_rules(True, closed=False)[0], 30, seed=18)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    rules, _ = schema_to_rules(True, closed=False)
    assert outputs == {f"{sample(rules, 30, seed=18)!a}\n"}


@pytest.mark.parametrize("n", [-1, 1.5, "3", None, [2]])
def test_the_number_of_texts_is_checked(n: Any) -> None:
    with pytest.raises(GrammarError) as caught:
        sample(parse('root ::= "a"'), n)
    assert caught.value.fix
    assert sample(parse('root ::= "a"'), 0) == []


def test_the_seed_is_checked() -> None:
    with pytest.raises(GrammarError) as caught:
        sample(parse('root ::= "a"'), 1, seed="lucky")  # type: ignore[arg-type]
    assert caught.value.fix


def drawn_chars(node: CharClass | AnyChar, count: int) -> Counter[str]:
    readable, rnd = ReadableChars(node), random.Random(19)
    return Counter(readable.draw(rnd) for _ in range(count))


@pytest.mark.parametrize(
    "node", [AnyChar(), chars('"\\\x00-\x1f', negated=True), chars("\x00-\U0010ffff")]
)
def test_readable_characters_come_first(node: CharClass | AnyChar) -> None:
    found = drawn_chars(node, 4000)
    readable = sum(n for c, n in found.items() if c.isascii() and (c.isalnum() or c == " "))
    foreign = sum(n for c, n in found.items() if not c.isascii())
    assert readable > 3400 and 80 < foreign < 400
    assert found["é"] and found["😀"]
    assert sum(n for c, n in found.items() if not c.isprintable()) < 80


def test_each_character_of_a_small_class_has_its_chance() -> None:
    assert sorted(drawn_chars(chars("0-9"), 400)) == list("0123456789")
    assert sorted(drawn_chars(chars("+-"), 40)) == ["+", "-"]
    assert len(drawn_chars(chars("λ-ω"), 1000)) == 15
    assert sorted(drawn_chars(chars("\x00-\x05\n"), 400)) == list("\x00\x01\x02\x03\x04\x05\n")
    assert sorted(drawn_chars(chars("aaa-cb-d"), 400)) == list("abcd")


def test_drawn_characters_are_of_their_class() -> None:
    rnd = random.Random(20)
    for _ in range(300):
        bounds = sorted(rnd.choices([*range(300), 0xD7FF, 0xE000, 0x1F600, 0x10FFFF], k=4))
        node = CharClass(((bounds[0], bounds[1]), (bounds[2], bounds[3])), rnd.random() < 0.5)
        for char in drawn_chars(node, 30):
            inside = any(low <= ord(char) <= high for low, high in node.ranges)
            assert inside != node.negated, (node, char)
            assert not "\ud800" <= char <= "\udfff"


def test_lone_surrogates_are_never_drawn() -> None:
    assert {*drawn_chars(chars("\ud7ff-\ue000"), 60)} == {"\ud7ff", "\ue000"}
    nothing = CharClass(((0, 0x10FFFF),), negated=True)
    lone = alt(Literal("a\ud83d"), chars("\ud800-\udfff"), nothing)
    assert {*sample(Rules([("root", alt(lone, Literal("ok")))]), 40)} == {"ok"}
    with pytest.raises(GrammarError, match="no text"):
        sample(Rules([("root", lone)]), 1)


def test_an_empty_grammar_has_the_empty_text() -> None:
    assert sample(Rules([("root", Seq(()))]), 2) == ["", ""]
