"""Records that anybody may have written: read, refused or damaged, and never a crash."""

from __future__ import annotations

import random
from functools import reduce
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from record_parts import COST, Shown, made_up, notebook

import gba_jupyter as gba
from gba_jupyter import events as e
from gba_jupyter import recall
from gba_jupyter.display import Look, TerminalRecorder, show_again
from gba_jupyter.display.blocks import View
from gba_jupyter.display.compare import plain
from gba_jupyter.display.escape import prose
from gba_jupyter.display.live import replay
from gba_jupyter.display.page import as_html, as_markdown
from gba_jupyter.display.view import fold
from gba_jupyter.errors import OptionError
from gba_jupyter.event_json import to_json
from gba_jupyter.readings import LensToken, LensTotals, Trial
from gba_jupyter.records import pack, unpack

HOSTILE: list[Any] = [
    None, 1, "x", [], {}, {"events": []}, {"version": 1, "events": "x"},
    {"version": 2, "events": [{}]},
    {"version": 1, "events": [None]}, {"version": 1, "events": [{"event": "Answered", "text": 1}]},
    {"version": 1, "events": [{"event": "Event"}]}, {"version": 1, "events": [{"event": []}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f", "arguments": "x"}]},
    {"version": 1, "events": [{"event": "ToolReturned", "step": 1, "name": "f",
                               "content": "", "value": 1}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "{"}}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "[" * 9999}}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "5"}}]},
]  # fmt: skip


@pytest.mark.parametrize("record", HOSTILE)
def test_a_record_that_is_none_is_refused(record: Any, tmp_path: Path):
    with pytest.raises(ValueError):
        unpack(record)
    with pytest.raises(OptionError) as caught:
        gba.AgentRun.from_json(record)
    assert caught.value.fix
    good = pack([e.RunStarted("agent", "q", "", ""), e.Answered("a")])
    found, faults = recall.read(str(notebook(tmp_path / "a.ipynb", record, good, good)))
    assert (len(found), len(faults)) == (1, 1)


@pytest.mark.parametrize(
    "picture",
    [{}, {"curves": 5}, {"curves": [5]}, {"spans": 1}, {"plane": []},
     {"curves": [{"points": [[1]]}]},
     {"curves": [{"label": "x", "points": []}], "marks": {"a": 1}}, {"spans": [{}]}, {"label": {}}],
)  # fmt: skip
def test_a_picture_may_be_anything(picture: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    Shown(monkeypatch)
    replay(unpack(pack([e.Plotted(1, picture)])))


@pytest.mark.parametrize("seed", range(60))
def test_odd_orders_of_events_are_shown(seed: int, monkeypatch: pytest.MonkeyPatch):
    events = made_up(seed)
    random.Random(seed).shuffle(events)
    Shown(monkeypatch)
    replay(unpack(pack(events)))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"cells": 5}', "[" * 99_999, "\xff", '{"cells": [1]}']
)
def test_a_file_that_is_no_notebook_is_told(content: str, tmp_path: Path):
    path = tmp_path / "x.ipynb"
    path.write_text(content, "latin-1")
    try:
        assert recall.read(str(path)) == ([], [])
    except OptionError as error:
        assert error.fix and "x.ipynb" in error.what


def test_records_of_another_version_and_of_no_run_are_told_apart(tmp_path: Path):
    good = pack([e.RunStarted("agent", "q", "", ""), e.Answered("a")])
    no_run = pack([e.ServerStarting("a"), e.Notice("b"), e.RunFinished("done", COST, 1.0)])
    newer = {**good, "version": 2}
    path = notebook(tmp_path / "a.ipynb", good, no_run, newer, newer, {**good, "events": [1]})
    found, faults = recall.read(str(path))
    assert len(found) == 1
    said = recall.unread(faults)
    assert said.startswith("3 more cannot be read: it is of version 2, and ")
    assert "reads 1 (2 times); it is damaged." in said


# -- numbers -------------------------------------------------------------------------------

TRIAL = Trial(True, False, -3, "{}", True, False, "f", "no", 7, 0.5)
STARTED = to_json(e.RunStarted("agent", "q", "", ""))


@pytest.mark.parametrize(
    "event",
    [
        e.PhaseFinished(1, "act", "x", e.Timings(5, -5, 3)),
        e.PhaseFinished(10**400, "act", "x", COST),
        e.RunFinished("done", e.Timings(1, 10**400), 1.0),
        e.RunFinished("done", e.Timings(1, 2, 3, 1.0, -1.0), 1.0),
        e.RunFinished("done", COST, -1e300),
        e.TrialMade(1, 4, Trial(True, False, 1, "", True, False, tokens=-(10**7))),
        e.TrialMade(-1, 4, TRIAL),
        e.LensRead(1, "act", (LensToken("a", -0.5),), LensTotals(1)),
        e.LensRead(1, "act", (), LensTotals(1, rules=(("a", 10**400),))),
        e.RulesUsed(1, {"root": -4}),
    ],
)
def test_numbers_that_nobody_counted_are_damage(event: e.Event):
    with pytest.raises(ValueError, match="counted"):
        unpack({"version": 1, "events": [STARTED, to_json(event)]})


def test_numbers_of_tools_and_seeds_may_be_anything():
    events = (e.ToolCalled(1, "f", {"x": -(10**400), "y": 1e300}), e.TrialMade(1, 4, TRIAL))
    assert unpack(pack(events)) == events


def test_too_many_events_are_refused():
    with pytest.raises(ValueError, match="too many"):
        unpack({"version": 1, "events": [STARTED] * 20_001})


def test_bars_have_their_width_whatever_they_count():
    trials = [Trial(True, False, 1, "", True, False, tokens=n) for n in (-(10**7), 1)]
    events = [e.TrialMade(i, 2, trial) for i, trial in enumerate(trials, 1)]
    (block,) = reduce(fold, events, View()).blocks
    assert len(plain(block)) < 1_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece", ["\\(", "\\[", "\\(\\[", "$$", "$x ", "\\(x", "\\[x\\\\", "$", "\\"]
)
def test_marks_of_mathematics_are_looked_at_once(piece: str):
    assert prose(piece * 100_000)  # within the time-out of any test, and long before it


# -- what cannot be shown ------------------------------------------------------------------

ODD = [
    e.LensRead(1, "act", (LensToken("a", 0.5, True, False, True),), LensTotals(1, overridden=1)),
    e.TrialMade(1, 1, Trial(True, False, 0, "", True, False)),
    e.GrammarUsed(1, "", (), 7),
    e.RulesUsed(3, {}),
    e.Evaluated(1, "", "", "\\", "9" * 9_999),
]


@pytest.mark.parametrize("event", ODD, ids=lambda event: type(event).__name__)
def test_odd_events_are_shown_everywhere(event: e.Event, monkeypatch: pytest.MonkeyPatch):
    events = unpack(pack([e.RunStarted("agent", "q", "", ""), e.PhaseStarted(1, "act"), event]))
    Shown(monkeypatch)
    replay(events)
    assert as_html(events) and as_markdown(events)
    recorder = TerminalRecorder(StringIO())
    for each in events:
        recorder.show(each)


def test_what_fails_to_be_drawn_is_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any) -> str:
        raise IndexError

    monkeypatch.setattr("gba_jupyter.display.text.render", fail)
    monkeypatch.setattr("gba_jupyter.display.markdown.render", fail)
    monkeypatch.setattr("gba_jupyter.display.page._block", fail)
    events = (e.RunStarted("agent", "q", "", ""), e.Answered("a"))
    for shell in (None, object()):
        with pytest.raises(OptionError, match="damaged"):
            show_again(shell, events, Look())
    for name in ("a.md", "a.html"):
        with pytest.raises(OptionError, match="damaged"):
            recall.write(events, str(tmp_path / name), force=False)
