"""Our parser and matcher against llama.cpp's engine and llguidance: the same texts, no others."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
import trials
from corpus import CASES, HANGING, REFUSED_BY_ALL, SCHEMAS, STRICTER, TOOLS, Case
from earley import Earley
from engine import Answer, Engine
from grammar_suite import SECTIONS, Section, Text
from judges import disagreements
from test_grammar_schema import POOL
from test_grammar_schema import SCHEMAS as UNIT_SCHEMAS
from texts import texts_for

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.parse import parse


def compact(value: Any) -> str:
    if isinstance(value, Text):
        return value.text
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def short(value: Any) -> str:
    return (value.gbnf if isinstance(value, Case) else compact(value))[:60]


@pytest.mark.parametrize("case", CASES, ids=short)
def test_each_feature_of_the_syntax_means_the_same(engine: Engine, case: Case) -> None:
    grammar = Grammar.from_gbnf(case.gbnf)
    assert [text for text in case.accepted if not grammar.accepts(text)] == []
    assert [text for text in case.rejected if grammar.accepts(text)] == []
    texts = [*case.accepted, *case.rejected, *texts_for(grammar.rules, 10, seed=1)]
    assert disagreements(engine, case.gbnf, grammar.rules, texts) == []
    assert disagreements(engine, str(grammar), parse(str(grammar)), texts) == []


@pytest.mark.parametrize("text", REFUSED_BY_ALL, ids=repr)
def test_what_the_engine_refuses_we_refuse(engine: Engine, text: str) -> None:
    assert engine.ask(text).refused not in ("", "hung", "crashed")
    with pytest.raises(GrammarError):
        Grammar.from_gbnf(text)


@pytest.mark.parametrize("text", STRICTER, ids=lambda text: repr(text)[:40])
def test_where_we_are_stricter_we_mean_it(engine: Engine, text: str) -> None:
    assert engine.ask(text).refused == ""
    with pytest.raises(GrammarError) as error:
        Grammar.from_gbnf(text)
    assert STRICTER[text] in error.value.what


@pytest.mark.parametrize("text", HANGING, ids=lambda text: repr(text)[:40])
@pytest.mark.usefixtures("engine")
def test_what_hangs_or_crashes_the_engine_we_refuse(text: str) -> None:
    with pytest.raises(GrammarError):
        Grammar.from_gbnf(text)
    engine = Engine(timeout=1)
    assert engine.ask(text).refused in ("hung", "crashed")
    engine.timeout = 60
    assert engine.ask('root ::= "a"', ["a"]).answers[0].accepted
    engine.close()


def test_the_lint_counts_the_symbols_of_a_group_as_the_engine_does(engine: Engine) -> None:
    parts = ["a", "b-1", "c", '"x"', "[0-9]", '("x" | a)', '("y" b-1)?', '("z" c)*', '"w"{2,5}']
    rnd = random.Random(4)
    counts: Counter[bool] = Counter()
    for _ in range(100):
        before = " ".join(rnd.choices(parts[:4], k=2))
        group = ' "," '.join(['"."', *rnd.choices(parts, k=rnd.randint(1, 30))])
        text = f'root ::= {before} ({group}){{COUNT}}\na ::= "a"\nb-1 ::= a\nc ::= "c"'
        for count in map(str, rnd.sample(range(2, 200), 5)):
            try:
                Grammar.from_gbnf(text.replace("COUNT", count))
                too_large = False
            except GrammarError as error:
                assert "group of many parts" in error.what
                too_large = True
                # At 2,000 symbols we refuse already: builds of the engine differ there.
                count = str(int(count) + 1)
            counts[too_large] += 1
            assert bool(engine.ask(text.replace("COUNT", count)).refused) == too_large, text
    assert min(counts[True], counts[False]) > 100, counts


@pytest.mark.usefixtures("engine")
def test_what_we_warn_of_hangs_the_engine() -> None:
    text = 'root ::= "(" root ")" | "(" root "]" | "x"'
    (warning,) = Grammar.from_gbnf(text).warnings
    assert "doubles" in str(warning)
    engine = Engine(timeout=1)
    assert engine.ask(text, ["(" * 30]).refused == "hung"
    engine.close()


@pytest.mark.parametrize("schema", [*UNIT_SCHEMAS, *SCHEMAS], ids=short)
def test_grammars_of_schemas_mean_the_same(engine: Engine, schema: Any) -> None:
    grammar = Grammar.from_json_schema(schema)
    texts = [*map(compact, POOL), *texts_for(grammar.rules, 6, seed=2)]
    assert disagreements(engine, str(grammar), grammar.rules, texts) == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.keyword)
def test_the_suite_of_keywords_means_the_same(engine: Engine, section: Section) -> None:
    for number, case in enumerate(section.cases):
        if case.refused:
            continue
        grammar = Grammar.from_json_schema(case.schema)
        told = map(compact, [*case.valid, *case.invalid, *case.slips, *case.unwritten])
        texts = [*told, *texts_for(grammar.rules, 2, seed=number)]
        assert disagreements(engine, str(grammar), grammar.rules, texts) == []


@pytest.mark.parametrize("tools", TOOLS, ids=len)
@pytest.mark.parametrize("leading_space", [False, True])
def test_grammars_of_tools_mean_the_same(
    engine: Engine, tools: list[dict[str, Any]], leading_space: bool
) -> None:
    grammar = Grammar.from_tools(tools, leading_space=leading_space)
    texts = texts_for(grammar.rules, 15, seed=3)
    assert disagreements(engine, str(grammar), grammar.rules, texts) == []


@pytest.mark.parametrize(
    ("trial", "count"),
    [(trials.random_grammar, 120), (trials.edited_grammar, 600), (trials.random_schema, 40)],
    ids=["random grammars", "edited grammars", "random schemas"],
)
def test_random(engine: Engine, trial: Any, count: int) -> None:
    counts: Counter[str] = Counter()
    found = [each for seed in range(count) for each in trial(engine, seed, counts)]
    assert found == []
    assert counts["grammars"] > count / 10
    assert counts["texts"] > 2 * counts["grammars"]


def test_the_judges_notice_a_wrong_answer(engine: Engine) -> None:
    text, rules = 'root ::= "a"* "b"', parse('root ::= "a"+ "b"?')
    found = disagreements(engine, text, rules, ["", "a", "b", "ab", "abb"])
    assert [each[:3] for each in found] == ["'a'", "'b'"]
    assert Earley(rules).judge("b") == Answer(False, 0)
    assert Earley(parse(text)).judge("b") == Answer(True, 1)
