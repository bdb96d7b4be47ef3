"""Events go to JSON and back."""

from __future__ import annotations

import json

import pytest

from gba_jupyter import events as e
from gba_jupyter.event_json import from_json, to_json
from gba_jupyter.readings import Choice, LensToken, LensTotals, Trial

COST = e.Timings(3, 4, 5, 6.5, 7.5)
ONE_OF_EACH: list[e.Event] = [
    e.ServerStarting("loading the model", 3, 9),
    e.RunStarted("agent", "q?", "m.gguf", "http://x", ("a", "b"), "main"),
    e.PhaseStarted(1, "reason"),
    e.PromptProgress(1, "reason", 3, 9, 2),
    e.TextDelta(1, "reason", "x"),
    e.GrammarUsed(1, 'root ::= "a"', ("pattern is not enforced",)),
    e.RulesUsed(1, {"root": 1, "char": 12}),
    e.PhaseFinished(1, "act", "text", COST, "limit"),
    e.LensRead(
        1,
        "act",
        (LensToken("a", 0.5, True, True, True, "root", 0.9, (Choice("b", 0.4, False),), 1),),
        LensTotals(2, 1, 1, 0, 0.9, (("root", 1),), 1),
    ),
    e.TrialStarted(1, 4),
    e.TrialMade(1, 4, Trial(True, False, 3, "{}", True, False, "f", "no", 7, 0.5), "f"),
    e.ToolCalled(1, "f", {"x": [1, {"y": None}]}),
    e.ApprovalAsked(1, "find", {"query": "dog"}),
    e.ApprovalGiven(1, "find", "reject", "no"),
    e.ToolReturned(1, "f", "ok", True),
    e.Evaluated(1, "result = 1", "1", "1", "", False),
    e.Checked(1, "putting 1 back", True),
    e.Plotted(1, {"curves": [{"label": "x", "points": [[0.0, None]]}]}),
    e.Answered("42"),
    e.Notice("hm"),
    e.RunFinished("failed", COST, 1.5, "gone"),
]


def test_there_is_one_of_each():
    assert {type(event) for event in ONE_OF_EACH} == set(e.Event.__args__)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_to_json_and_back(event: e.Event):
    data = to_json(event)
    assert json.loads(json.dumps(data)) == data
    assert from_json(data) == event


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"event": "Nope"},
        {"event": "Answered"},
        {"event": "Answered", "txt": "a"},
        {"event": "Answered", "text": 5},
        {"event": "Notice", "text": "a", "more": 1},
        "Answered",
        None,
        {"event": "PhaseStarted", "step": "1", "phase": "act"},
        {"event": "PhaseStarted", "step": 1, "phase": "<img>"},
        {"event": "RulesUsed", "step": 1, "rules": {"a": "b"}},
        {"event": "RunFinished", "status": "done", "timings": {"cached": "x"}, "seconds": 1},
        {"event": "ToolReturned", "step": 1, "name": "f", "content": "", "value": "live"},
    ],
)
def test_what_is_no_event_is_refused(data):
    with pytest.raises(ValueError, match="not an event"):
        from_json(data)


def test_a_stored_record_leaves_out_what_only_the_live_view_needs():
    kept = {type(event).__name__ for event in ONE_OF_EACH if e.is_kept(event)}
    assert not kept & {"TextDelta", "PromptProgress", "ServerStarting", "TrialStarted"}
    assert {"PhaseFinished", "ToolCalled", "RunFinished"} <= kept


def test_costs_add_up():
    assert e.Timings(6, 8, 10, 13.0, 15.0) == COST + COST
    assert COST.tokens_per_second == pytest.approx(1000 * 5 / 7.5)
    assert e.Timings().tokens_per_second == 0.0
