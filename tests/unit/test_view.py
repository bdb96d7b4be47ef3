"""Events fold into what is to be seen."""

from __future__ import annotations

from functools import reduce
from io import StringIO

import pytest

from gba_jupyter import events as e
from gba_jupyter.display import TerminalRecorder, markdown, text
from gba_jupyter.display.blocks import Call, Program, Reasoning, Remark, Reply, Result, Value, View
from gba_jupyter.display.view import fold

COST = e.Timings(cached=6, evaluated=4, generated=20, prompt_ms=10, generate_ms=200)
RUN: list[e.Event] = [
    e.ServerStarting("fetching the model", 50_000_000, 98_000_000),
    e.RunStarted("agent", "q?", "m.gguf", "http://x", ("calculate",)),
    e.PhaseStarted(1, "reason"),
    e.PromptProgress(1, "reason", 128, 256, 0),
    e.PromptProgress(1, "reason", 256, 256, 0),
    e.TextDelta(1, "reason", "I must "),
    e.TextDelta(1, "reason", "calculate."),
    e.PhaseFinished(1, "reason", "I must calculate.", COST),
    e.PhaseStarted(1, "act"),
    e.GrammarUsed(1, 'root ::= "x"', ("args.x: pattern is not enforced",)),
    e.TextDelta(1, "act", '{"tool":'),
    e.PhaseFinished(1, "act", '{"tool":"calculate","arguments":{"expression":"2+2"}}', COST),
    e.ToolCalled(1, "calculate", {"expression": "2+2"}),
    e.ToolReturned(1, "calculate", "4"),
    e.Answered("It is 4."),
    e.RunFinished("done", COST + COST, 1.25),
]


def seen(events: list[e.Event]) -> View:
    return reduce(fold, events, View())


def test_a_run_folds_into_its_blocks():
    view = seen(RUN)
    assert [type(b) for b in view.blocks] == [Reasoning, Call, Result, Reply]
    assert all(b.done for b in view.blocks)
    call = view.blocks[1]
    assert isinstance(call, Call)
    assert call.name == "calculate"
    assert call.gbnf == 'root ::= "x"'
    assert view.status.state == "done"


@pytest.mark.parametrize("n", range(2, len(RUN)))
def test_a_notice_may_come_at_any_time(n: int):
    view = seen([*RUN[:n], e.Notice("All slots are busy."), *RUN[n:]])
    rest = [b for b in view.blocks if not isinstance(b, Remark)]
    assert tuple(rest) == seen(RUN).blocks
    out = StringIO()
    recorder = TerminalRecorder(out)
    for event in [*RUN[:n], e.Notice("All slots are busy."), *RUN[n:]]:
        recorder.show(event)
    assert "All slots are busy." in out.getvalue()


def test_what_did_not_change_is_the_same_object():
    for i in range(len(RUN)):
        before, after = seen(RUN[:i]), seen(RUN[: i + 1])
        assert before.blocks[:-1] == after.blocks[: len(before.blocks)][:-1]


@pytest.mark.parametrize("n", range(len(RUN) + 1))
def test_every_moment_can_be_shown(n: int):
    view = seen(RUN[:n])
    assert markdown.render_status(view.status)
    for block in view.blocks:
        assert markdown.render(block)
        assert text.render(block)


def test_progress_is_a_bar_and_words():
    bar = markdown.render_status(seen(RUN[:1]).status)
    assert "<progress max='98000000' value='50000000'>51%</progress>" in bar
    assert "50 of 98 MB" in bar
    assert "128 of 256 tokens" in markdown.render_status(seen(RUN[:4]).status)
    assert "<progress" not in markdown.render_status(seen(RUN).status)


def test_the_last_status_says_what_was_spent():
    line = text.status_line(seen(RUN).status)
    assert line == "done · 1.2 s · 40 tokens (100/s) · 60 % of the prompts from the cache · m"


def test_an_interrupted_run_keeps_what_was_written():
    events = [*RUN[:6], *e.unfinished(RUN[:6]), e.RunFinished("interrupted", COST, 1.0)]
    view = seen(events)
    assert view.blocks == (Reasoning(1, "I must ", 0, "broken", done=True),)
    assert "<details open>" in markdown.render(view.blocks[0])
    assert "broken off" in markdown.render(view.blocks[0])
    assert view.status.state == "interrupted"
    assert seen([x for x in events if e.is_kept(x)]).blocks == view.blocks


@pytest.mark.parametrize("n", range(len(RUN) + 1))
def test_what_is_open_is_closed_once(n: int):
    closed = [*RUN[:n], *e.unfinished(RUN[:n])]
    assert e.unfinished(closed) == ()
    starts = sum(isinstance(x, e.PhaseStarted) for x in closed)
    assert sum(isinstance(x, e.PhaseFinished) for x in closed) == starts


def test_not_enforced_is_shown():
    assert "pattern is not enforced" in markdown.render(seen(RUN).blocks[1])


@pytest.mark.parametrize("latex", [r"\href{javascript:x}{y}", "$$ x", r"\unicode{60}"])
def test_tex_that_does_more_than_typeset_is_shown_as_text(latex: str):
    shown = markdown.render(Program(1, value=Value("value", latex, "", is_error=False)))
    assert latex not in shown
    assert "value" in shown


def test_a_terminal_gets_each_word_once():
    out = StringIO()
    recorder = TerminalRecorder(out)
    for event in RUN:
        recorder.show(event)
    printed = out.getvalue()
    for words in ("I must calculate.", '"expression":"2+2"', "It is 4.", "root ::= "):
        assert printed.count(words) == 1, printed
    assert "[step 1: result of calculate]\n4\n" in printed


def test_a_terminal_is_told_what_is_going_on_before_the_model_writes():
    out = StringIO()
    recorder = TerminalRecorder(out)
    for event in (e.Notice("No server."), e.ServerStarting("fetching the model", 1, 2)):
        recorder.show(event)
    assert "fetching the model" in out.getvalue()


def test_a_terminal_gets_no_escape_sequences():
    out = StringIO()
    TerminalRecorder(out).show(e.Answered("\x1b[2Jgone"))
    assert "\x1b" not in out.getvalue()
