"""JSON Schema, keyword by keyword: what the grammar enforces, lists or refuses."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from grammar_fuzz.judge import Judge
from grammar_suite import HEADING, SECTIONS, Case, Section, Text, table
from grammar_suite.formats import FORMATS
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.drawing.sample import sample

README = Path(__file__).parents[2] / "README.md"


def compact(instance: Any) -> str:
    if isinstance(instance, Text):
        return instance.text
    return json.dumps(instance, ensure_ascii=False, separators=(",", ":"))


def cases(outcome: str) -> list[Any]:
    return [
        pytest.param(case, id=ascii(f"{section.keyword} {case.schema}")[1:90])
        for section in SECTIONS
        for case in section.cases
        if case.outcome == outcome
    ]


@pytest.mark.parametrize("case", [*cases("enforced"), *cases("listed")])
def test_enforced_or_listed(case: Case) -> None:
    grammar = Grammar.from_json_schema(case.schema)
    listed = {note.keyword for note in grammar.not_enforced}
    assert case.listed in listed if case.listed else not listed
    assert all("#" in note.path for note in grammar.not_enforced)
    assert wrong(case, grammar) == {}
    for text in sample(grammar.rules, 3, seed=1) if case.judged else ():
        assert Judge(case.schema).errors(text, listed) == [], text


@pytest.mark.parametrize("case", cases("refused"))
def test_refused(case: Case) -> None:
    with pytest.raises(GrammarError) as error:
        Grammar.from_json_schema(case.schema)
    assert f"The schema at {case.refused} cannot become a grammar: " in error.value.what


def wrong(case: Case, grammar: Grammar) -> dict[str, list[str]]:
    """The instances of which the grammar says another thing than the table."""
    writes = {"valid": True, "invalid": False, "unwritten": False, "slips": True}
    texts = {kind: [compact(each) for each in getattr(case, kind)] for kind in writes}
    found = {
        k: [t for t in texts[k] if grammar.accepts(t) != expected] for k, expected in writes.items()
    }
    return {kind: texts for kind, texts in found.items() if texts}


CHECKER = Draft202012Validator.FORMAT_CHECKER


@pytest.mark.parametrize("name", sorted(FORMATS.keys() & CHECKER.checkers.keys()))
def test_formats_are_those_of_jsonschema(name: str) -> None:
    grammar = Grammar.from_json_schema({"type": "string", "format": name})
    for text in sample(grammar.rules, 100, seed=3):
        assert CHECKER.conforms(json.loads(text), name), text


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.keyword)
def test_jsonschema_agrees_with_the_table(section: Section) -> None:
    for case in section.cases:
        if not case.judged:
            continue
        Draft202012Validator.check_schema(case.schema)
        judge = Judge(case.schema)
        for kind in ("valid", "unwritten", "invalid", "slips"):
            for instance in getattr(case, kind):
                value = json.loads(compact(instance))
                valid = kind in ("valid", "unwritten")
                assert judge.is_valid(value) == valid, (case.schema, kind, instance)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.keyword)
def test_every_cell_of_the_table_has_a_case(section: Section) -> None:
    outcomes = {case.outcome for case in section.cases}
    assert outcomes == {
        name for name in ("enforced", "listed", "refused") if getattr(section, name)
    }


def test_the_readme_has_this_table() -> None:
    text = README.read_text(encoding="utf-8")
    if HEADING not in text:
        pytest.skip(f"README.md has no heading {HEADING!r} yet")
    assert table() in text.split(HEADING)[1]


def test_how_many_there_are() -> None:
    counts = Counter(case.outcome for section in SECTIONS for case in section.cases)
    print(counts, len(SECTIONS))
    assert sum(counts.values()) > 300
