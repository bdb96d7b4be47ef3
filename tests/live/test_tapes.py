"""Runs on the real server are recorded, and replayed without it; and what went over is shown."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from gba_jupyter import errors
from gba_jupyter import events as e
from gba_jupyter.commands import run
from gba_jupyter.display import wire
from gba_jupyter.display.blocks import View
from gba_jupyter.display.view import fold
from gba_jupyter.events import Event
from gba_jupyter.llama.embedded import EmbeddedServer
from gba_jupyter.options import AgentOptions, MathOptions
from gba_jupyter.session import Session

QUESTION = "What's 17 times 23?"
OPTIONS = AgentOptions(tools=("calculate",), max_steps=2, fresh=True, max_tokens=60)
PROGRAM = "Give me the result of 3*4"


def say(session: Session, *words: str) -> Any:
    return run(session, list(words), lambda _: None)


@pytest.fixture
def session(embedded: EmbeddedServer) -> Iterator[Session]:
    session = Session()
    for role in ("agent", "math"):
        say(session, "connect", role, embedded.url, "--api-key", embedded.api_key)
    yield session
    session.close()


def told(job: Callable[[e.OnEvent], Any]) -> tuple[str, list[Event]]:
    """How a run ended, and its events without what a clock says."""
    events: list[Event] = []
    try:
        answer = str(job(events.append))
    except errors.GbaError as error:
        answer = str(error)
    events = [event for event in events if not isinstance(event, e.ServerStarting)]
    return answer, [replace(x, seconds=0.0) if isinstance(x, e.RunFinished) else x for x in events]


def ask(session: Session) -> tuple[str, list[Event]]:
    return told(lambda tell: session.ask(QUESTION, OPTIONS, tell))


def solve(session: Session) -> tuple[str, list[Event]]:
    return told(lambda tell: session.solve(PROGRAM, MathOptions(), tell))


def test_a_replay_is_the_run_again(session: Session, embedded: EmbeddedServer, tmp_path: Path):
    tape = tmp_path / "t.jsonl"
    ask(session)  # what is known of the server by now must come onto the tape all the same
    say(session, "record", str(tape))
    assert f"{tape} is being recorded" in say(session, "status")
    agent, math = ask(session), solve(session)
    assert "play it with" in say(session, "record", "off")
    data = tape.read_bytes()
    assert embedded.api_key.encode() not in data
    assert b"uthorization" not in data and b"Bearer" not in data
    print(f"\n[tape] {len(data):,} bytes for {data.count(b'digest')} requests")

    fresh = Session()
    say(fresh, "replay", str(tape), "--speed", "0")
    assert ask(fresh) == agent
    assert solve(fresh) == math
    assert ask(fresh)[0] == agent[0]  # and again
    assert fresh.servers.embedded is None
    say(fresh, "replay", "off")


def test_another_question_fails_with_what_was_shown_kept(session: Session, tmp_path: Path):
    tape = tmp_path / "t.jsonl"
    say(session, "record", str(tape))
    _, events = ask(session)
    say(session, "record", "off")
    kept = [line for line in tape.read_text().splitlines() if '"path":"/completion"' not in line]
    completions = [line for line in tape.read_text().splitlines() if '"path":"/completion"' in line]
    tape.write_text("\n".join([*kept, *completions[:2], ""]))  # the probe and the first reasoning
    say(session, "replay", str(tape), "--speed", "0")
    answer, replayed = ask(session)
    assert "has no answer to POST /completion" in answer
    (reasoned,) = [x for x in replayed if isinstance(x, e.PhaseFinished) and x.phase == "reason"]
    assert reasoned in events
    assert isinstance(replayed[-1], e.RunFinished) and replayed[-1].status == "failed"
    view = reduce(fold, replayed, View())
    assert any(reasoned.text in getattr(block, "text", "") for block in view.blocks)
    say(session, "replay", "off")
    _, live = ask(session)
    assert isinstance(live[-1], e.RunFinished) and live[-1].status == "done"


def test_what_went_over_is_shown_to_the_token(session: Session):
    ask(session)
    reason, act = say(session, "wire", "step", "1")
    for sent in (reason, act):
        assert sent.exact
        controls = [s.text for s in sent.prompt if s.is_control]
        assert set(controls) == {"<|im_start|>", "<|im_end|>"}
        assert controls[0] == controls[-1] == "<|im_start|>"
    assert [s.role for s in reason.prompt if s.role] in (
        ["system", "user"],
        ["system"] * 2 + ["user"],
    )
    whole = "".join(s.text for s in act.prompt)
    assert whole.startswith("".join(s.text for s in reason.prompt))
    assert QUESTION in whole
    if act.cached is not None and act.cached > reason.tokens - 5:  # nobody else took the slot
        cached = "".join(s.text for s in act.prompt if s.is_cached)
        assert whole.startswith(cached) and QUESTION in cached
    assert f"from the cache: {act.cached:,} of {act.tokens:,}" in wire.plain(act)


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="no curl")
def test_the_command_gets_the_same_answer(session: Session, embedded: EmbeddedServer):
    _, events = ask(session)
    (act,) = [sent for sent in say(session, "wire", "step", "1") if sent.phase == "act"]
    assert embedded.api_key not in wire.plain(act) + wire.markdown(act)
    done = subprocess.run(
        ["bash", "-c", act.curl],
        env={**os.environ, "GBA_API_KEY": embedded.api_key},
        timeout=120,
        capture_output=True,
        check=True,
        text=True,
    )
    said = [json.loads(line[6:]) for line in done.stdout.splitlines() if line.startswith("data: ")]
    written = "".join(event.get("content", "") for event in said)
    (phase,) = [
        x for x in events if isinstance(x, e.PhaseFinished) and (x.step, x.phase) == (1, "act")
    ]
    assert written == phase.text
