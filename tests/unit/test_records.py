"""A run goes into a notebook file and comes out as the same run; whoever wrote the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from record_parts import COST, made_up, notebook

import gba_jupyter as gba
from gba_jupyter import commands, recall
from gba_jupyter import events as e
from gba_jupyter.display import markdown, text
from gba_jupyter.errors import OptionError
from gba_jupyter.records import STORED_BYTES, pack, unpack
from gba_jupyter.session import Session


def calls(event: e.Event) -> list[str]:
    """The order of the arguments, which does not count in a comparison of dicts."""
    return list(event.arguments) if isinstance(event, e.ToolCalled) else []


def kept(events: list[e.Event]) -> tuple[e.Event, ...]:
    return tuple(filter(e.is_kept, events))


def test_500_runs_come_back_from_a_notebook_as_they_were(tmp_path: Path):
    runs = [made_up(seed) for seed in range(500)]
    file = notebook(tmp_path / "runs.ipynb", *(pack(run, STORED_BYTES) for run in runs))
    found, faults = recall.read(str(file))
    assert faults == []
    for run, again in zip(runs, found, strict=True):
        assert again == kept(run)
        assert list(map(calls, again)) == list(map(calls, kept(run)))


def test_500_runs_come_back_from_their_json():
    for seed in range(500):
        events = made_up(seed)
        result: Any
        run = gba.AgentRun("q", "a", (), tuple(events))
        data = json.loads(json.dumps(run.to_json()))
        assert unpack(data) == kept(events)
        if events[1].kind == "agent":  # type: ignore[union-attr]
            result = gba.AgentRun.from_json(data)
            assert (result.steps, result.usage) == (run.steps, run.usage)
            assert (result.question, result.messages) == (events[1].question, ())  # type: ignore[union-attr]
        elif any(isinstance(x, e.Evaluated) and not x.is_error for x in events):
            result = gba.MathResult.from_json(data)
            assert str(result) in [x.text for x in events if isinstance(x, e.Evaluated)]
            assert result.latex == "x" and len(result.checks) == len(result.evaluation.pictures)
        if not isinstance(events[-2], e.Answered) and events[1].kind == "agent":  # type: ignore[union-attr]
            assert str(result) == ""


def test_half_a_surrogate_pair_is_replaced():
    record = pack([e.Answered("a\ud800b \ud83d\ude00"), e.ToolCalled(1, "f", {"\udfff": "\udfff"})])
    json.dumps(record, ensure_ascii=False).encode()
    assert unpack(record)[0] == e.Answered("a\ufffdb 😀")


def test_numbers_that_json_does_not_have_survive():
    data = {"x": float("inf"), "y": [-float("inf")]}
    record = json.loads(json.dumps(pack([e.ToolCalled(1, "f", data)]), allow_nan=False))
    assert unpack(record) == (e.ToolCalled(1, "f", data),)


# -- commands --------------------------------------------------------------------------------


def do(session: Session, *words: str) -> Any:
    return commands.run(session, list(words), lambda _: None)


def test_runs_are_listed_shown_opened_and_exported(tmp_path: Path):
    session = Session()
    assert do(session, "runs") == "No runs yet."
    with pytest.raises(OptionError):
        do(session, "show")
    first, second = (
        [
            e.RunStarted("agent", f"{name}?", "", ""),
            e.Answered(name),
            e.RunFinished("done", COST, 1.0),
        ]
        for name in ("one", "two")
    )
    session.remember([e.Notice("of no run")])
    session.remember(first)
    session.remember(second)
    assert do(session, "show").events == tuple(second)
    assert do(session, "show", "2").events == tuple(first)
    again = do(session, "show", "1", "--view", "compact", "--whole")
    assert (again.look.view, again.look.whole) == ("compact", True)
    do(session, "set", "view=answer")
    assert do(session, "show").look.view == "answer"
    assert do(session, "runs").splitlines()[1].split()[0] == "2"
    for words in (
        ["show", "3"],
        ["show", "0"],
        ["show", "x"],
        ["show", "--view", "x"],
        ["show", "²"],
    ):
        with pytest.raises(OptionError):
            do(session, *words)

    names = [str(tmp_path / f"run.{kind}") for kind in ("md", "html", "json")]
    for name in names:
        assert "bytes" in do(session, "export", name)
        with pytest.raises(OptionError, match="exists"):
            do(session, "export", name)
        do(session, "export", name, "2", "--force")
        assert "one?" in Path(name).read_text("utf-8")
    with pytest.raises(OptionError):
        do(session, "export", "run.txt")
    with pytest.raises(OptionError):
        do(session, "export", str(tmp_path / "no" / "run.md"))

    fresh = Session()
    book = notebook(tmp_path / "a.ipynb", pack(first), pack(second), pack(first))
    assert "2 runs" in do(fresh, "open", str(book))
    assert do(fresh, "show").events == tuple(second)
    assert "1 run." in do(fresh, "open", names[2])
    assert str(gba.AgentRun.from_json(json.loads(Path(names[2]).read_text()))) == "one"
    with pytest.raises(OptionError):
        do(fresh, "open", "none.ipynb")


def test_what_is_shown_of_a_reopened_run_is_what_was_shown():
    for seed in range(100):
        events = made_up(seed)
        before = [(markdown.render(b), text.render(b)) for b in _blocks(events)]
        after = [(markdown.render(b), text.render(b)) for b in _blocks(unpack(pack(events)))]
        assert before == after


def _blocks(events: Any) -> Any:
    from functools import reduce

    from gba_jupyter.display.blocks import View
    from gba_jupyter.display.view import fold

    return reduce(fold, events, View()).blocks
