"""What a cell shows while a run happens, and what stays of it when the run is over."""

from __future__ import annotations

import time
from io import StringIO
from typing import Any, get_args

import pytest
from record_parts import COST, Shown, large_run, live, made_up, replayed

from gba_jupyter import background
from gba_jupyter import events as e
from gba_jupyter.display import MIME, Look, TerminalRecorder, ViewName, recording
from gba_jupyter.display.live import NotebookRecorder
from gba_jupyter.readings import LensToken, LensTotals

VIEWS: tuple[ViewName, ...] = get_args(ViewName)
LENS = e.LensRead(1, "act", (LensToken("a", 0.5, True),), LensTotals(1, mass=0.5))
CALL = '{"tool":"f","arguments":{"x":1}}'
ANSWER = '{"tool":"respond_to_user","arguments":{"answer":"Dogs."}}'
RUN: list[e.Event] = [
    e.RunStarted("agent", "q?", "m.gguf", "http://x", ("f",)),
    e.PhaseStarted(1, "reason"),
    e.TextDelta(1, "reason", "I think."),
    e.PhaseFinished(1, "reason", "I think.", COST),
    e.PhaseStarted(1, "act"),
    e.GrammarUsed(1, 'root ::= "a"'),
    e.TextDelta(1, "act", CALL),
    e.PhaseFinished(1, "act", CALL, COST),
    e.RulesUsed(1, {"root": 1}),
    LENS,
    e.ToolCalled(1, "f", {"x": 1}),
    e.ToolReturned(1, "f", "gave"),
    e.PhaseStarted(2, "act"),
    e.GrammarUsed(2, 'root ::= "a"'),
    e.TextDelta(2, "act", ANSWER),
    e.PhaseFinished(2, "act", ANSWER, COST),
    LENS,
    e.Answered("Dogs."),
    e.RunFinished("done", COST, 1.0),
]


def broken(n: int) -> list[e.Event]:
    """The run, failed after so many events."""
    told = [*RUN[:n], *e.unfinished(RUN[:n])]
    return [*told, e.RunFinished("failed", COST, 1.0, "It broke.\nMend it.")]


# -- live and replay -----------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("n", [*range(2, len(RUN) - 1), 0])
def test_what_stays_of_a_run_is_what_its_replay_shows(
    view: ViewName, n: int, monkeypatch: pytest.MonkeyPatch
):
    events = broken(n) if n else RUN
    assert live(events, monkeypatch, Look(view)) == replayed(events, monkeypatch, Look(view))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", range(8))
def test_the_same_holds_for_runs_of_any_size(
    view: ViewName, seed: int, monkeypatch: pytest.MonkeyPatch
):
    for events in (made_up(seed), large_run(1 + 2 * seed, 400 * seed**2)):
        once = live(events, monkeypatch, Look(view))
        again = replayed(events, monkeypatch, Look(view))
        assert sorted(map(str, once)) == sorted(map(str, again))


def test_the_call_that_gives_the_answer_is_not_shown_beside_it(monkeypatch: pytest.MonkeyPatch):
    shown = str(live(RUN, monkeypatch, Look("compact")))
    assert "respond_to_user" not in shown.replace(str(RUN), "") or MIME in shown
    plain = [data["text/plain"] for data in live(RUN, monkeypatch, Look("compact"))]
    assert not any("respond_to_user" in words for words in plain)
    assert sum("Dogs." in words for words in plain) == 1


# -- why it failed -------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_why_a_run_failed_is_shown_again_and_said_once_in_its_cell(
    view: ViewName, monkeypatch: pytest.MonkeyPatch
):
    again = [data["text/plain"] for data in replayed(broken(4), monkeypatch, Look(view))]
    assert [words for words in again if "It broke.\nMend it." in words]
    shown = Shown(monkeypatch)
    with recording(object(), Look(view)) as recorder:
        for event in broken(4):
            recorder.show(event)
    assert not [words for words in shown.plain if "It broke." in words]
    out = StringIO()
    for look in (Look(view, fault=False), Look(view)):
        terminal = TerminalRecorder(out, look)
        for event in broken(4):
            terminal.show(event)
    assert out.getvalue().count("It broke.") == 1


# -- time ----------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_silence_leaves_nothing_held_back_and_the_seconds_go_on(monkeypatch: pytest.MonkeyPatch):
    shown, clock = Shown(monkeypatch), Clock()
    recorder = NotebookRecorder(clock=clock)
    recorder.tick()
    assert shown.outputs == []  # no status before anything was told
    for event in RUN[:2]:
        recorder.show(event)
    recorder.show(e.TextDelta(1, "reason", "A word"))
    assert "A word" not in shown.plain[1]
    clock.now = 0.2
    recorder.tick()
    assert shown.plain[1].endswith("A word")
    clock.now = 30.0
    recorder.tick()
    assert "30.0 s" in shown.plain[0]
    updates = shown.updates
    for _ in range(100):
        recorder.tick()
    assert shown.updates == updates  # no more often than a front end can take
    recorder.show(RUN[-1])
    last = shown.outputs[0]
    clock.now = 60.0
    recorder.tick()
    assert shown.outputs[0] is last


def test_whoever_waits_is_ticked_in_its_own_thread():
    import asyncio
    import threading

    ticks: list[int] = []

    async def slow() -> Any:
        await asyncio.sleep(0.5)
        yield 1

    with background.ticking(lambda: ticks.append(threading.get_ident())):
        assert list(background.iterate(slow())) == [1]
        assert background.run(asyncio.sleep(0.5, 2)) == 2
        told = len(ticks)
        other = threading.Thread(target=lambda: background.run(asyncio.sleep(0.5)))
        other.start()
        time.sleep(0.6)
        other.join()
    assert told >= 2 and set(ticks) == {threading.get_ident()} and len(ticks) == told
    background.run(asyncio.sleep(0.3))
    assert len(ticks) == told


def test_a_comparison_tells_which_of_its_steps_is_made(monkeypatch: pytest.MonkeyPatch):
    events: list[e.Event] = [
        *RUN[:1],
        e.TrialStarted(1, 4),
        e.PromptProgress(1, "act", 1, 9, 0),
        e.TextDelta(1, "act", "x"),
    ]
    shown = Shown(monkeypatch)
    recorder = NotebookRecorder()
    said = []
    for event in events:
        recorder.show(event)
        said.append(shown.plain[0])
    assert said[1].startswith("step 1 of 4: waiting for the server")
    assert said[2].startswith("step 1 of 4: reading the prompt")
    assert said[3].startswith("step 1 of 4: writing the call")
    assert len(shown.outputs) == 1
    out = StringIO()
    terminal = TerminalRecorder(out)
    for event in events:
        terminal.show(event)
    assert out.getvalue().count("step 1 of 4") == 1


# -- many ----------------------------------------------------------------------------------


def test_of_20_000_deltas_none_is_lost(monkeypatch: pytest.MonkeyPatch):
    shown = Shown(monkeypatch)
    recorder = NotebookRecorder()
    recorder.show(RUN[0])
    blocks, each = 100, 200
    for step in range(1, blocks + 1):
        recorder.show(e.PhaseStarted(step, "reason"))
        for i in range(each):
            recorder.show(e.TextDelta(step, "reason", f"{i} "))
    recorder.show(e.RunFinished("done", COST, 1.0))
    thought = "".join(f"{i} " for i in range(each))
    assert [block.text for block in recorder.view.blocks] == [thought] * blocks  # type: ignore[union-attr]
    assert len(shown.outputs) == 1 + blocks
    assert all(words.endswith(thought.strip()) for words in shown.plain[1:30])
    assert all(f"{each - 1}" in words for words in shown.plain[1:])


# -- records -------------------------------------------------------------------------------


def test_what_is_no_run_leaves_no_record(monkeypatch: pytest.MonkeyPatch):
    shown = Shown(monkeypatch)
    with recording(object()) as recorder:
        recorder.show(e.ServerStarting("fetching the model", 1, 2))
        recorder.show(e.Notice("It is small."))
    assert shown.plain[0].startswith("done") and MIME not in shown.outputs[0]
    with recording(object()) as recorder:
        recorder.show(RUN[0])
    assert MIME in shown.outputs[-1]
