"""The adapter's data: deterministic, fit for the grammars, and nothing held out in training."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

import gba_jupyter as gba
from gba_jupyter.conversation import call_text
from gba_jupyter.grammar.tools import ANSWER
from gba_jupyter.symbolic.language.program_grammar import program_gbnf

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))

from train_adapter import calc, chains, math_cases, searches, steps, talk, wordings, words
from train_adapter import data as training_data
from train_adapter import held_out as held_out_data
from train_adapter.cases import AgentCase, MathCase, Step
from train_adapter.data import training
from train_adapter.held_out import KINDS, evaluation
from train_adapter.pools import Pools


@cache
def trained() -> list[AgentCase | MathCase]:
    return list(training(7, 5000))


@cache
def held_out() -> dict[str, list[Any]]:
    return {kind: evaluation(kind, 7, 200) for kind in KINDS}


def agent_cases() -> list[AgentCase]:
    few = [c for c in trained()[:400] if isinstance(c, AgentCase)]
    return few + [c for kind in KINDS[:-1] for c in held_out()[kind][:60]]


def all_steps(case: AgentCase) -> Iterator[Step]:
    for request in case.requests:
        yield from request.steps


def test_a_seed_gives_the_same_cases() -> None:
    assert list(training(3, 150)) == list(islice(training(3, 400), 150))
    assert list(training(3, 50)) != list(training(4, 50))
    for kind in KINDS:
        assert evaluation(kind, 3, 20) == evaluation(kind, 3, 20)


def test_every_call_fits_the_grammar_of_its_tools() -> None:
    for case in agent_cases():
        grammar = gba.Grammar.from_tools([*case.tools, ANSWER])
        for step in all_steps(case):
            assert grammar.accepts(call_text(step.tool, step.arguments)), (case, step)


def test_threads_end_with_the_answer_and_its_facts() -> None:
    cases = [c for c in trained() if isinstance(c, AgentCase)]
    cases += [c for kind in KINDS[:-1] for c in held_out()[kind]]
    for case in cases:
        names = [t["name"] for t in case.tools]
        assert len(set(names)) == len(names) >= 2 and "respond_to_user" not in names
        for request in case.requests:
            *before, last = request.steps
            assert last.tool == "respond_to_user" and not last.result
            assert all(step.tool in names and step.result for step in before), case
            assert all(fact in last.arguments["answer"] for fact in request.facts), request
        for step in all_steps(case):
            assert len(step.thought.split()) <= 22 and step.tool in step.thought, step
            assert "{" not in step.thought.replace('{"', ""), step


def test_programs_fit_the_grammar_and_give_the_answer() -> None:
    grammar = gba.Grammar.from_gbnf(program_gbnf())
    cases = [c for c in trained() if isinstance(c, MathCase)][:300] + held_out()["math"]
    for case in cases:
        assert grammar.accepts(case.program), case
        assert str(gba.evaluate(case.program)) == case.answer
        assert not re.search(r"[<>{}]", case.question), case


@pytest.mark.parametrize("held", [False, True])
def test_every_math_template_gives_programs(held: bool) -> None:
    table = math_cases.HELD_OUT if held else math_cases.TRAINING
    drawn = islice(math_cases.cases(Pools(Random(5), held)), 120 if held else 900)
    assert {c.template for c in drawn} == {template for _, template, _ in table}


def test_thousands_of_tool_sets() -> None:
    cases = [c for c in trained() if isinstance(c, AgentCase)]
    sets = {json.dumps(c.tools, sort_keys=True) for c in cases}
    names = {frozenset(t["name"] for t in c.tools) for c in cases}
    assert len(sets) > 3000 and len(names) > 2800
    assert max(len(c.tools) for c in cases) <= 8
    assert len({c.family for c in cases}) > 300


def test_nothing_that_is_held_out_is_trained() -> None:
    learned, held = training_data.maker(0), held_out_data.maker(0)
    for part in ("key", "about", "asks", "answers"):
        mine = _parts(learned.families + learned.ours, part)
        assert not mine & _parts(held.families, part), part
    pairs: list[tuple[Any, Any]] = [
        ([t for _, t, _ in math_cases.TRAINING], [t for _, t, _ in math_cases.HELD_OUT]),
        ([t for t, _ in talk.TALK], [t for t, _ in talk.HELD_OUT]),
        ([t for t, _ in calc.TRAINING], [t for t, _ in calc.HELD_OUT]),
        ([t for t, _ in calc.AFTER], [t for t, _ in calc.AFTER_HELD_OUT]),
        ([c[-1] for c in chains.CHAINS], [c[-1] for c in chains.HELD_OUT]),
        ([s.ask for s in searches.TRAINING], [s.ask for s in searches.HELD_OUT]),
        (steps.BOTH, steps.BOTH_HELD_OUT),
        (sum(steps.AGAIN.values(), ()), sum(steps.AGAIN_HELD_OUT.values(), ())),
        (steps.ADD, steps.ADD_HELD_OUT),
        (wordings.BEFORE, wordings.BEFORE_HELD_OUT),
    ]
    for mine, theirs in pairs:
        assert not set(mine) & set(theirs)
    for name, text in words.TRAINING.items():
        split = (lambda t: t.split()) if name == "onsets" else words.listed
        assert not set(split(text)) & set(split(words.HELD_OUT[name])), name


def test_no_name_text_or_value_is_both_trained_and_held_out() -> None:
    mine = [c for c in trained() if isinstance(c, AgentCase)]
    theirs = [c for kind in KINDS[:-1] for c in held_out()[kind]]
    assert not _names(mine) & _names(theirs)
    assert not _texts(mine) & _texts(theirs)
    assert not _values(mine) & _values(theirs)
    questions = {c.question for c in trained() if isinstance(c, MathCase)}
    assert not questions & {c.question for c in held_out()["math"]}


def test_held_out_cases_are_of_their_kind() -> None:
    assert all(len(c.requests[0].steps) == 2 for c in held_out()["tool"])
    assert all(len(c.requests[0].steps) == 1 for c in held_out()["direct"])
    assert all(len(c.requests[0].steps) == 3 for c in held_out()["two_steps"])
    assert all(len(c.requests) == 2 for c in held_out()["follow_up"])
    assert len({c.family for c in held_out()["tool"]}) >= 25


def _parts(families: list[Any], part: str) -> set[str]:
    found: set[str] = set()
    for family in families:
        value = getattr(family, part)
        found |= {value} if isinstance(value, str) else set(value)
    return found


def _names(cases: list[AgentCase]) -> set[str]:
    return {tool["name"] for case in cases for tool in case.tools}


def _texts(cases: list[AgentCase]) -> set[str]:
    return {r.text.lower() for case in cases for r in case.requests}


def _values(cases: list[AgentCase]) -> set[str]:
    """Texts in arguments that are long enough to be told from chance, and no enumerations."""
    values = {
        value
        for case in cases
        for step in all_steps(case)
        for value in step.arguments.values()
        if isinstance(value, str) and step.tool != "respond_to_user"
    }
    days = {"today", "tomorrow"}
    return {v for v in values if len(v) > 5 and not v.endswith("day")} - days
