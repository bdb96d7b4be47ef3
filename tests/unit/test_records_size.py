"""A run stays small in a notebook, and what is left of it stays true."""

from __future__ import annotations

import json
from typing import Any

import pytest
from record_parts import COST, Shown, large_run, live

from gba_jupyter import events as e
from gba_jupyter.display import Look
from gba_jupyter.display.live import replay
from gba_jupyter.display.outputs import BUDGET, cost, of_blocks, of_value
from gba_jupyter.fitting import cut, fitted, size
from gba_jupyter.readings import Choice, LensToken, LensTotals
from gba_jupyter.records import STORED_BYTES, pack, unpack

SCRIPTS = {
    "Latin": "I look it up. ",
    "Japanese": "これを調べます。",
    "signs": "$*_<`|\\\n",
    "dogs": "🐕 ",
    "lines": "a\n",
}


def stored_size(record: Any) -> int:
    return len(json.dumps(record, ensure_ascii=False).encode())


# -- what a notebook shows -----------------------------------------------------------------


@pytest.mark.parametrize("size", [1_000, 20_000, 100_000, 300_000])
def test_large_results_and_grammars_stay_below_200_kb(size: int, monkeypatch: pytest.MonkeyPatch):
    assert saved_size(large_run(10, size), monkeypatch) < 200_000


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("call", [200, 2_500])
@pytest.mark.parametrize("thought", [400, 4_400, 40_000])
def test_long_thoughts_and_calls_stay_below_200_kb(
    thought: int, call: int, script: str, monkeypatch: pytest.MonkeyPatch
):
    words = SCRIPTS[script] * 40_000
    events = large_run(10, 20_000, words[:thought], words[:call])
    assert saved_size(events, monkeypatch) < 200_000


def saved_size(events: list[e.Event], monkeypatch: pytest.MonkeyPatch) -> int:
    shown = Shown(monkeypatch)
    replay(events)
    assert "It is so." in shown.plain[-1]
    return shown.saved_size


def test_a_short_run_is_shown_at_length(monkeypatch: pytest.MonkeyPatch):
    thought = "So I think. " * 350
    for data in live(large_run(2, 400, thought), monkeypatch)[1:7:3]:
        assert thought.strip() in data["text/plain"]


def test_all_of_a_long_run_can_be_shown():
    from functools import reduce

    from gba_jupyter.display.blocks import View
    from gba_jupyter.display.view import fold

    view = reduce(fold, large_run(10, 50_000), View())
    whole = [data for _, data in of_blocks(view.blocks, Look(whole=True))]
    assert sum(map(cost, whole)) > 10 * BUDGET
    assert not any("left out" in data["text/plain"] for data in whole)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"text/html": "x" * 9_999, "text/plain": "a table"}, {"text/markdown", "text/plain"}),
        ({"text/html": "x" * 99, "image/png": b"1" * 9_999, "text/plain": "a"},
         {"text/html", "text/plain"}),
        ({"text/html": "x" * 99, "text/plain": "a"}, {"text/html", "text/plain"}),
        ({"image/png": b"1" * 9_999, "text/plain": "y" * 9_999}, {"text/markdown", "text/plain"}),
    ],
)  # fmt: skip
def test_tables_and_pictures_of_tools_are_bounded(data: dict[str, Any], kept: set[str]):
    made = of_value(data, 2_000)
    assert made.keys() == kept
    if "text/markdown" in kept:
        assert "Left out of the notebook" in made["text/plain"]
    assert cost(made) < 2_500


# -- what a record holds -------------------------------------------------------------------


@pytest.mark.parametrize("steps", [1, 10, 100, 1000])
def test_a_record_is_bounded_and_can_be_read(steps: int):
    events = large_run(steps, 100_000 if steps <= 10 else 1_000)
    record = pack(events, STORED_BYTES)
    assert stored_size(record) <= STORED_BYTES + 100
    again = unpack(record)
    assert again[0] == events[0] and again[-1] == events[-1]
    assert pack(again, STORED_BYTES) == record
    if steps == 10:
        assert [type(x) for x in again] == [type(x) for x in events]
        (cut,) = [x.content for x in again if isinstance(x, e.ToolReturned) and x.step == 7]
        assert cut.endswith("characters are not stored)")


def test_a_grammar_is_stored_once():
    events = large_run(6, 6_000)
    assert json.dumps(pack(events)).count("rule-0 ::=") == 2
    assert unpack(pack(events)) == tuple(events)


def test_arguments_keep_their_names_and_are_cut_one_by_one():
    arguments = {
        "to": "ann", "body": "words " * 30_000, "rows": list(range(30_000)), "n": 10**400,
        "deep": {"a": {"b": "x" * 50_000}, "c": 1}, "last": True,
    }  # fmt: skip
    events = [*large_run(10, 50_000), e.ToolCalled(11, "send", arguments)]
    record = pack(events, STORED_BYTES)
    assert stored_size(record) <= STORED_BYTES + 100
    stored = unpack(record)[-1]
    assert isinstance(stored, e.ToolCalled) and list(stored.arguments) == list(arguments)
    assert (stored.arguments["to"], stored.arguments["last"]) == ("ann", True)
    assert stored.arguments["body"].startswith("words words")
    assert stored.arguments["body"].endswith("are not stored)")
    assert stored.arguments["rows"][:3] == [0, 1, 2]
    assert stored.arguments["rows"][-1].endswith("more are not stored)")
    assert stored.arguments["deep"]["c"] == 1 and "not stored" in stored.arguments["deep"]["a"]["b"]


@pytest.mark.parametrize("letter", ["a", "日", "\x01", '"', "😀"])
def test_question_answer_and_fault_are_kept_where_the_rest_is_cut(letter: str):
    long = letter * 5_000 if letter != "\x01" else letter * 2_000
    (_, *steps, _, _) = large_run(100, 10_000)
    events = [
        e.RunStarted("agent", long, "", ""), *steps, e.Answered(long),
        e.RunFinished("failed", COST, 1.0, long),
    ]  # fmt: skip
    record = pack(events, STORED_BYTES)
    assert stored_size(record) <= STORED_BYTES + 100
    first, *_, answer, last = unpack(record)
    assert (first.question, answer.text, last.error) == (  # type: ignore[union-attr]
        ("a" * 5_000,) * 3 if letter == "a" else (first.question, answer.text, last.error)  # type: ignore[union-attr]
    )
    for told in (first.question, answer.text, last.error):  # type: ignore[union-attr]
        assert told.startswith(letter * 1_500)


def test_names_of_many_tools_leave_the_record_readable():
    names = tuple([f"tool_{i}" for i in range(5_000)])
    started = e.RunStarted("agent", "q", "", "", names)
    picture = {"curves": [{"label": "x", "points": [[0.0, 1.0]] * 9_000}], "label": "a curve"}
    totals = LensTotals(9, rules=tuple([(f"rule-{i}", i) for i in range(2_000)]))
    events = [
        started, e.Plotted(1, picture), e.LensRead(1, "act", (), totals),
        *large_run(20, 50_000)[1:],
    ]  # fmt: skip
    record = pack(events, STORED_BYTES)
    again = unpack(record)
    assert again[0].tools[0] == "tool_0" and "not stored" in again[0].tools[-1]  # type: ignore[union-attr]
    assert stored_size(record) < 2 * STORED_BYTES


@pytest.mark.parametrize("room", [0, 1, 30, 300, 3_000])
def test_any_value_can_be_made_to_fit(room: int):
    value = {
        "a": ["x" * 999, {"b": [1] * 999}] * 9,
        "c": {str(i): i for i in range(999)},
        "": 9**999,
    }
    made = fitted(value, room)
    assert size(made) <= room + 600
    assert fitted(made, size(made)) == made
    assert cut("ab" * 100, 10).startswith("ababababab …")


# -- the lens ------------------------------------------------------------------------------


def seen(phase: e.Phase, tokens: int) -> e.LensRead:
    choices = tuple([Choice(f" choice {i}", 0.1, None) for i in range(5)])
    token = LensToken(" word", 0.25, None if phase == "reason" else True, choices=choices)
    mass = None if phase == "reason" else 0.5
    totals = LensTotals(tokens, mass=mass, unsure=tokens if phase == "reason" else 0)
    return e.LensRead(1, phase, (token,) * tokens, totals)


@pytest.mark.parametrize(
    ("tokens", "thoughts", "calls", "choices"),
    [(100, 100, 100, 5), (1_000, 0, 1_000, 5), (4_000, 0, 4_000, 0), (20_000, 0, 0, 0)],
)
def test_of_a_large_lens_what_tells_least_goes_first(
    tokens: int, thoughts: int, calls: int, choices: int, monkeypatch: pytest.MonkeyPatch
):
    events = [*large_run(10, 50_000)[:-1], seen("reason", tokens), seen("act", tokens)]
    record = pack([*events, e.RunFinished("done", COST, 1.0)], STORED_BYTES)
    thought, call = [x for x in unpack(record) if isinstance(x, e.LensRead)]
    assert (len(thought.tokens), len(call.tokens)) == (thoughts, calls)
    assert {len(token.choices) for token in call.tokens} <= {choices}
    assert thought.totals == seen("reason", tokens).totals
    shown = Shown(monkeypatch)
    replay(unpack(record))
    (said, _) = [words for words in shown.plain if "lens]" in words]
    assert f"{tokens:,} tokens" in said and f"{tokens} of them below 50 %" in said
    assert ("The tokens are not stored" in said) == (thoughts == 0)
    assert "Tokens · 0" not in str(shown.outputs)
