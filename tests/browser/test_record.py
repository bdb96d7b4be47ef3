"""The record of a run as a reader sees it: while it grows, afterwards, and in the saved file."""

from __future__ import annotations

import json
import re

import pytest
from lab import Notebook
from playwright.sync_api import expect

from gba_jupyter.display import MIME

FEED = """
import time
from pathlib import Path
from gba_jupyter.display import NotebookRecorder
from gba_jupyter.events import *
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.usage import rules_used

def calculate(expression: str) -> str:
    "Calculates."
def search_internet(query: str, pages: int = 3) -> str:
    "Searches."
def send_mail(to: str, subject: str, body: str) -> str:
    "Sends."

grammar = Grammar.from_tools([calculate, search_internet, send_mail], "auto")
model = "Qwen2.5-7B-Instruct-Q4_K_M.gguf"
thoughts = [
    "I need her age first, so I have to look up who she is.",
    "She is 27. Now I have to compute \\\\(27^{0.24}\\\\); that costs nothing, not even $5.",
    "I have the number, so I can answer.",
]
calls = [
    ("search_internet", {"query": "Leonardo DiCaprio girlfriend", "pages": 2},
     "Vittoria Ceretti, born 7 June 1998, is an Italian fashion model. " * 20),
    ("calculate", {"expression": "27**0.24"}, "2.205572809000084"),
    ("respond_to_user", {"answer": "Vittoria Ceretti. Her age raised to 0.24 is"}, ""),
]
answer = ("She is Vittoria Ceretti, and \\\\(27^{0.24} \\\\approx 2.2056\\\\).\\n\\n"
          "\\\\[ 27^{0.24} = e^{0.24 \\\\ln 27} \\\\]\\nA search costs $5 to $6.")

def told():
    yield RunStarted("agent", "Who is she?", model, "http://localhost:8080")
    for step, (thought, (name, arguments, result)) in enumerate(zip(thoughts, calls), start=1):
        cost = Timings(40 * step, 25, 24, 40.0, 600.0)
        yield PhaseStarted(step, "reason")
        for done in range(0, 129, 32):
            yield PromptProgress(step, "reason", done, 128, 0)
        for word in thought.split(" "):
            yield TextDelta(step, "reason", word + " ")
        yield PhaseFinished(step, "reason", thought, cost)
        call = json_text({"tool": name, "arguments": arguments})
        yield PhaseStarted(step, "act")
        yield GrammarUsed(step, str(grammar), ("search_internet: pages may be anything",))
        for i in range(0, len(call), 6):
            yield TextDelta(step, "act", call[i : i + 6])
        yield PhaseFinished(step, "act", call, cost)
        yield RulesUsed(step, rules_used(grammar, call))
        if result:
            yield ToolCalled(step, name, arguments)
            yield ToolReturned(step, name, result)
    yield Answered(answer)
    yield RunFinished("done", Timings(240, 150, 144, 240.0, 3600.0), 7.4)

import json
def json_text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
"""
GROW = """
recorder = NotebookRecorder()
for event in told():
    recorder.show(event)
    time.sleep(0.03)
    while Path(f"hold-{len(recorder.events)}").exists():
        time.sleep(0.05)
"""
AGAIN = """
%load_ext gba_jupyter
%gba open record.ipynb
%gba show 1 --view compact
"""


def check(book: Notebook, cell: int) -> None:
    shown = book.outputs(cell)
    for step in (1, 2, 3):
        expect(shown.locator("summary", has_text=f"Step {step} · reasoning")).to_have_count(1)
    expect(shown.locator("summary", has_text="GBNF · ")).to_have_count(3)
    expect(shown.locator("summary", has_text="characters")).to_have_count(1)
    expect(shown.locator("strong", has_text=re.compile("^Answer$"))).to_have_count(1)
    expect(shown.filter(has_text="3 steps")).to_have_count(1)


@pytest.mark.timeout(900)
def test_a_record_grows_stays_and_comes_back(quiet_lab, context):
    reading, writing = quiet_lab.root / "hold-4", quiet_lab.root / "hold-16"
    reading.touch()
    writing.touch()
    name = quiet_lab.write("record.ipynb", FEED, GROW)
    book = Notebook(quiet_lab, context, name)
    book.page.set_viewport_size({"width": 1000, "height": 900})
    book.command("notebook:run-cell-and-select-next")
    book.page.evaluate(
        "() => { jupyterapp.shell.currentWidget.content.widgets[0].inputHidden = true; "
        "jupyterapp.shell.currentWidget.content.widgets[1].inputHidden = true; }"
    )
    book.start("notebook:run-cell")
    book.page.locator("progress").wait_for()
    book.screenshot("record-prompt-light")
    reading.unlink()
    live = book.outputs(1)
    expect(live.filter(has_text="Step 1 · reasoning")).to_have_count(1)
    expect(live.filter(has_text="I need her age first")).to_have_count(1)
    expect(live.locator("details")).to_have_count(0)  # open while it streams
    book.screenshot("record-during-light")
    writing.unlink()
    book.finish()
    book.page.locator("mjx-container").last.wait_for()
    check(book, 1)
    assert book.outputs(1).locator("mjx-container").count() == 3
    expect(live.filter(has_text="A search costs $5 to $6.")).to_have_count(1)
    book.screenshot("record-after-light")
    first = live.locator("details", has_text="GBNF · ").first
    first.locator("summary").click()
    expect(first.locator("pre").first).to_contain_text("# ← used")
    expect(first.locator("pre").first).to_contain_text("rules not used")
    book.screenshot("record-rules-light")
    book.theme("JupyterLab Dark")
    book.screenshot("record-rules-dark")
    first.locator("summary").click()
    book.screenshot("record-after-dark")
    book.theme("JupyterLab Light")
    book.save()
    record = next(o["data"][MIME] for o in quiet_lab.outputs(name)[1] if MIME in o["data"])
    assert json.dumps(record).count('"gbnf": "root') == 1

    given = quiet_lab.give_away(name, "given-record.ipynb")
    reader = Notebook(quiet_lab, context, given, has_kernel=False)
    reader.page.set_viewport_size({"width": 1000, "height": 900})
    reader.page.locator("mjx-container").last.wait_for()
    check(reader, 1)
    reader.screenshot("record-given-away")

    fresh = Notebook(quiet_lab, context, quiet_lab.write("again.ipynb", AGAIN))
    fresh.run_all()
    expect(fresh.outputs(0).filter(has_text="record.ipynb holds 1 run.")).to_have_count(1)
    expect(fresh.outputs(0).locator("code", has_text="calculate(expression=")).to_have_count(1)
    expect(fresh.outputs(0).locator("summary")).to_have_count(0)
    fresh.screenshot("record-compact")
