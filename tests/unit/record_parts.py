"""Made-up runs, and notebooks that hold their records."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from gba_jupyter import events as e
from gba_jupyter.display import MIME, Look
from gba_jupyter.display.live import NotebookRecorder, replay

COST = e.Timings(1, 2, 3, 4.0, 5.0)

PIECES = [
    "word ", "\n", "日本", "👩\u200d💻", "\u202e", "\x00", "\x1b[31m", '"', "\\", "$5",
    r"\(x\)", "<b>",
    "```", "# ", "\u2028", "\ue000", "a" * 50, "{", "}", "\t", "é", "e\u0301", "\r\n", " ",
]  # fmt: skip
GRAMMARS = ['root ::= "a"\n', 'root ::= "b" x\nx ::= [0-9]+\n', "root ::= [a-z]*\n"]


def words(rng: random.Random, most: int = 8) -> str:
    return "".join(rng.choices(PIECES, k=rng.randint(0, most)))


def value(rng: random.Random, depth: int = 0) -> Any:
    kinds: list[Any] = [
        None, True, False, rng.randint(-9, 9), rng.random(), words(rng), 2**53 + 1,
        -(10**30), 1e300,
    ]  # fmt: skip
    if depth < 3 and rng.random() < 0.4:
        if rng.random() < 0.5:
            return [value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
        names = rng.sample(["a", "b", "__proto__", "1", "application/json", "é", ""], 3)
        return {name: value(rng, depth + 1) for name in names}
    return rng.choice(kinds)


def arguments(rng: random.Random) -> dict[str, Any]:
    return {name: value(rng) for name in rng.sample(["x", "y", "__proto__", "query"], 2)}


def made_up(seed: int) -> list[e.Event]:
    """A run as it could have been told, live events included."""
    rng = random.Random(seed)
    kind = rng.choice(["agent", "agent", "math"])
    told: list[e.Event] = [
        e.ServerStarting("loading", 1, 2),
        e.RunStarted(kind, words(rng), "m.gguf", "http://x", ("f", "g"), "main"),  # type: ignore[arg-type]
    ]
    for step in range(1, rng.randint(1, 6)):
        phases: list[e.Phase] = ["reason", "act"] if kind == "agent" else ["program"]
        for phase in phases:
            written = words(rng, 30)
            told += [e.PhaseStarted(step, phase), e.PromptProgress(step, phase, 1, 2, 0)]
            if phase != "reason":
                told.append(e.GrammarUsed(step, rng.choice(GRAMMARS), (words(rng),)))
            told += [e.TextDelta(step, phase, piece) for piece in written.split(" ")]
            told.append(e.PhaseFinished(step, phase, written, COST, rng.choice(["eos", "limit"])))
        if kind == "math":
            told.append(e.Evaluated(step, words(rng), words(rng), "x", "1.5", rng.random() < 0.3))
            told.append(e.Checked(step, words(rng), rng.choice([True, False, None])))
            told.append(e.Plotted(step, {"curves": [{"label": "x", "points": [[0.0, None]]}]}))
            continue
        told.append(e.RulesUsed(step, {"root": 1, "char": rng.randint(1, 99), "a": 2}))
        told.append(e.ApprovalAsked(step, "f", arguments(rng)))
        told.append(e.ApprovalGiven(step, "f", "reject", words(rng)))
        told.append(e.ToolCalled(step, "f", arguments(rng)))
        told.append(e.ToolReturned(step, "f", words(rng, 40), rng.random() < 0.2, object()))
        told.append(e.Notice(words(rng)))
    status: e.Status = rng.choice(["done", "failed", "interrupted"])
    told += [e.Answered(words(rng))] if status == "done" else []
    return [*told, e.RunFinished(status, COST, rng.random(), words(rng))]


def large_run(
    steps: int,
    size: int,
    thought: str = "I have to look it up, because I do not know it. " * 12,
    call: str = "dogs and cats " * 20,
) -> list[e.Event]:
    """A run of the agent whose results and grammars have `size` characters."""
    gbnf = "\n".join(f'rule-{i} ::= "{"x" * 40}" | rule-{i + 1}' for i in range(size // 60))
    told: list[e.Event] = [e.RunStarted("agent", "q?", "m.gguf", "http://x", ("f",), "main")]
    for step in range(1, steps + 1):
        written = json.dumps({"tool": "f", "arguments": {"query": call}}, ensure_ascii=False)
        told += [
            e.PhaseStarted(step, "reason"),
            e.PhaseFinished(step, "reason", thought, COST),
            e.PhaseStarted(step, "act"),
            e.GrammarUsed(step, gbnf if step % 2 else gbnf + "\n", ("a: no pattern",)),
            e.PhaseFinished(step, "act", written, COST),
            e.RulesUsed(step, {f"rule-{i}": i for i in range(60)}),
            e.ToolCalled(step, "f", {"query": call}),
            e.ToolReturned(step, "f", ('<p>"a page"</p>\n' * (size // 15))),
        ]
    return [*told, e.Answered("It is so. " * 40), e.RunFinished("done", COST, 3.5)]


class Shown:
    """Takes the place of IPython's display: what each output of a cell holds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.outputs: list[dict[str, Any]] = []
        self.updates = 0
        monkeypatch.setattr("gba_jupyter.display.live.show_data", self._show)

    def _show(self, data: dict[str, Any], **_: Any) -> Any:
        self.outputs.append(data)
        return _Handle(self, len(self.outputs) - 1)

    @property
    def plain(self) -> list[str]:
        return [str(data["text/plain"]) for data in self.outputs]

    @property
    def saved_size(self) -> int:
        """Bytes of the notebook that holds them, as Jupyter saves it."""
        split = [
            {k: v if "json" in k else v.splitlines(keepends=True) for k, v in data.items()}
            for data in self.outputs
        ]
        made = [{"output_type": "display_data", "metadata": {}, "data": data} for data in split]
        book = {"cells": [{"cell_type": "code", "source": "", "outputs": made}], "nbformat": 4}
        return len(json.dumps(book, indent=1, ensure_ascii=False).encode())


class _Handle:
    def __init__(self, shown: Shown, place: int) -> None:
        self._shown, self._place = shown, place

    def update(self, data: dict[str, Any], raw: bool) -> None:
        self._shown.outputs[self._place] = data
        self._shown.updates += 1


def live(
    events: list[e.Event], monkeypatch: pytest.MonkeyPatch, look: Look | None = None
) -> list[dict[str, Any]]:
    """What the outputs of a cell hold after these events were told one by one."""
    shown = Shown(monkeypatch)
    recorder = NotebookRecorder(look or Look(), clock=lambda: 0.0)
    for event in events:
        recorder.show(event)
    return shown.outputs


def replayed(
    events: Any, monkeypatch: pytest.MonkeyPatch, look: Look | None = None
) -> list[dict[str, Any]]:
    """What the outputs of a cell hold that shows a run again."""
    shown = Shown(monkeypatch)
    replay(events, look or Look())
    return shown.outputs


def through_javascript(value: Any) -> Any:
    """What JSON is after a front end has read and written it: each number is a double."""
    match value:
        case bool() | None | str():
            return value
        case int() | float():
            number = float(value)
            return int(number) if number.is_integer() and abs(number) < 1e21 else number
        case list():
            return [through_javascript(v) for v in value]
        case dict():
            return {k: through_javascript(v) for k, v in value.items() if k != "__proto__"}


def notebook(path: Path, *records: Any) -> Path:
    """A file as JupyterLab saves it, with a record in an output of each cell."""
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {MIME: r}} for r in records]
    cells = [{"cell_type": "code", "source": "", "outputs": [output]} for output in outputs]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    saved = json.dumps(through_javascript(book), indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(saved, "utf-8")
    return path
