"""`%gba`: commands about earlier runs, and the words behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gba_jupyter import errors
from gba_jupyter.commands import run
from gba_jupyter.display import MIME
from gba_jupyter.events import Answered, Event, RunStarted
from gba_jupyter.history import OPENED, OWN, History
from gba_jupyter.records import pack
from gba_jupyter.session import Session


def story(name: str) -> tuple[Event, ...]:
    return (RunStarted("agent", name, "m", "u"), Answered(name))


def say(session: Session, *words: str) -> Any:
    return run(session, list(words), lambda _: None)


def notebook(path: Path, count: int) -> Path:
    outputs = [{"data": {MIME: pack(story(f"opened {n}"))}} for n in range(count)]
    path.write_text(json.dumps({"cells": [{"outputs": [output]} for output in outputs]}))
    return path


def test_runs_that_are_opened_cost_the_session_none_of_its_own(tmp_path: Path):
    session = Session()
    for n in range(3):
        session.remember(story(f"own {n}"))
    many = OPENED + 30
    said = say(session, "open", str(notebook(tmp_path / "a.ipynb", many)))
    assert f"holds {many} runs" in said and "no room for 30 of the opened" in said
    listed = [line for line in said.splitlines() if "opened " in line and line.strip()[0].isdigit()]
    assert len(listed) == OPENED
    for line in (listed[0], listed[-1]):  # every number that is announced can be shown
        number, name = line.split()[0], line.split("→")[1].strip()
        assert say(session, "show", number).events == story(name)
    assert [events for events in session.history if "own" in str(events)] == [
        story(f"own {n}") for n in range(3)
    ]
    with pytest.raises(errors.OptionError):
        say(session, "show", str(OPENED + 4))


def test_each_kind_pushes_out_its_own_oldest():
    history = History()
    assert history.open([story("opened")]) == 0
    for n in range(OWN + 5):
        history.append(story(str(n)))
    assert len(history) == OWN + 1
    assert history[0] == story("opened") and history[1] == story("5")
    assert history[-1] == story(str(OWN + 4))
    assert history.open([story("x")] * (OPENED + 1)) == 2
    assert [*history][:2] == history[:2] == [story("5"), story("6")]
    history.clear()
    assert not history


@pytest.mark.parametrize("view", ["full seed=3", "wide", "view=full", ""])
def test_a_view_that_there_is_not_is_said(view: str):
    session = Session()
    session.remember(story("own"))
    with pytest.raises(errors.OptionError, match="--view cannot be") as caught:
        say(session, "show", "--view", view)
    assert caught.value.fix == "Give full, compact or answer."
    assert say(session, "show", "--view", "compact").look.view == "compact"
    assert say(session, "show", "1").look.view == "full"


def test_words_that_are_no_command_are_said():
    for words, what in (
        (["stats"], "no command"),
        (["show", "--whol"], "no option"),
        (["open"], "missing"),
        (["runs", "1"], "too many"),
        (["show", "--view"], "lacks its value"),
    ):
        with pytest.raises(errors.OptionError, match=what):
            say(Session(), *words)
