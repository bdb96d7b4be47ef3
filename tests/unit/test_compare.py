"""A comparison: how a text is judged, and how the trials are shown."""

from __future__ import annotations

from functools import reduce
from io import StringIO

import pytest

from gba_jupyter.compare import Comparison, call_in, first_object, judged
from gba_jupyter.display import compare as drawn
from gba_jupyter.display.terminal import TerminalRecorder
from gba_jupyter.display.view import View, fold
from gba_jupyter.errors import OptionError
from gba_jupyter.events import RunFinished, Timings, TrialMade
from gba_jupyter.options import AgentOptions, parse
from gba_jupyter.phases import Step
from gba_jupyter.readings import Trial
from gba_jupyter.session import Session
from gba_jupyter.tasks import Task

SCHEMAS = {
    "find": {
        "type": "object",
        "properties": {"query": {"type": "string"}, "most": {"type": "integer", "maximum": 9}},
        "required": ["query"],
        "additionalProperties": False,
    }
}
GOOD = '{"tool":"find","arguments":{"query":"dog"}}'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, {"tool": "find", "arguments": {"query": "dog"}}),
        (f"Sure!\n```json\n{GOOD}\n```", {"tool": "find", "arguments": {"query": "dog"}}),
        ("{not this} {} {1}", {}),
        ("no", None),
        ('{"a":', None),
        ("[1, 2]", None),
    ],
)
def test_the_first_object_in_a_text(text: str, found):
    assert first_object(text) == found


@pytest.mark.parametrize(
    ("call", "tool", "why"),
    [
        (None, "", "no JSON object"),
        ({}, "", "names no tool"),
        ({"tool": 3, "arguments": {}}, "", "names no tool"),
        ({"tool": "fly", "arguments": {}}, "fly", "there is not"),
        ({"tool": "find"}, "find", "other parts"),
        ({"tool": "find", "arguments": {"query": "a"}, "why": 1}, "find", "other parts"),
        ({"tool": "find", "arguments": {}}, "find", "query"),
        ({"tool": "find", "arguments": {"query": "a", "most": 10}}, "find", "most"),
        ({"tool": "find", "arguments": []}, "find", "object"),
    ],
)
def test_what_is_no_valid_call(call, tool: str, why: str):
    name, told = call_in(call, SCHEMAS)
    assert name == tool
    assert why in told


def step(text: str, stop: str = "eos") -> Trial:
    task = Task(str, lambda number, text: text, schemas=SCHEMAS)
    costs = {"reason": Timings(generated=5, generate_ms=500), "act": Timings(generated=7)}
    made = Step("", text, (), "", None, costs, stop)  # type: ignore[arg-type]
    return judged(made, task, grammar=False, reason=True, seed=3)


def test_a_step_is_judged():
    trial = step(f"Here: {GOOD}")
    assert (trial.is_json, trial.is_call, trial.tool, trial.fault) == (False, True, "find", "")
    assert (trial.tokens, trial.seconds, trial.seed) == (12, 0.5, 3)
    assert step(GOOD).is_json
    assert step("{" * 100_000).fault
    assert "cut off" in step('{"tool":"fi', "limit").fault


FREE = Trial(False, True, 0, "<script>|\nno", False, False, "", "It holds no JSON object.", 40, 2.0)
HELD = Trial(True, True, 0, GOOD, True, True, "find", "", 20, 1.5)


def test_the_table_grows_and_its_cells_stay_cells():
    told = [TrialMade(1, 2, FREE, "f|\nx"), TrialMade(2, 2, HELD, "f|\nx")]
    view = reduce(fold, told, View())
    (block,) = view.blocks
    assert block.done and not reduce(fold, told[:1], View()).blocks[0].done
    assert (view.status.done, view.status.total) == (2, 2)
    shown = drawn.markdown(block)
    rows = [line for line in shown.split("\n") if line.startswith("| ")]
    assert [row.count("|") for row in rows] == [7, 7, 7, 7]
    assert "<script>" not in shown.replace("```\n<script>", "")  # but inside its fence
    assert "██████████ 1/1" in rows[3] and "░░░░░░░░░░ 0/1" in rows[2]
    lines = drawn.plain(block).splitlines()
    assert any(line.startswith("grammar, reasoning first") for line in lines)


def test_a_terminal_shows_the_table_once():
    out = StringIO()
    recorder = TerminalRecorder(out)
    recorder.show(TrialMade(1, 2, FREE))
    assert "[why a grammar" not in out.getvalue()
    recorder.show(TrialMade(2, 2, HELD))
    recorder.show(RunFinished("done", Timings(), 1.0))
    assert out.getvalue().count("[why a grammar · 2 steps]") == 1


def test_a_comparison_says_how_many_calls_are_valid():
    made = Comparison("q?", (FREE, HELD), "find", ())
    assert str(made).splitlines() == [
        "free, reasoning first: 0 of 1 are valid calls",
        "constrained, reasoning first: 1 of 1 are valid calls",
    ]
    assert made.of(grammar=True, reason=True) == (HELD,)


def test_the_options():
    options, rest = parse(AgentOptions, "--compare -n 3 --expect find --phases What?")
    assert (options.compare, options.runs, options.expect, options.phases) == (
        True,
        3,
        "find",
        True,
    )
    assert rest == "What?"
    assert parse(AgentOptions, "--lens x")[0].lens


@pytest.mark.parametrize("line", ["--approve", "--lens", "--max-steps 3", "--fresh"])
def test_an_option_that_has_nothing_to_do_is_refused(line: str):
    options, _ = parse(AgentOptions, f"--compare {line}")
    with pytest.raises(OptionError, match="nothing to do"):
        Session().compare("q?", options, lambda _: None)
