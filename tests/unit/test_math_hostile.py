"""Programs that mean harm, run for real: all contained, and the next program unharmed."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import math_hostile
import pytest

from gba_jupyter.errors import GbaError
from gba_jupyter.symbolic.limits import Limits
from gba_jupyter.symbolic.sandbox import Sandbox

LIMITS = Limits(seconds=0.3, memory=512)
LATEST = LIMITS.seconds + 10  # on a busy machine; the bench measures the half second
SECRET = "canary-5e0f2b"
GOOD = "[2+2, diff(sin(x)*exp(x), x), sqrt(16) + S.Half + Symbol('x'), solve(x**2 - 4, x), eye(1)]"
ANSWER = "[4, exp(x)*sin(x) + exp(x)*cos(x), x + 9/2, [-2, 2], Matrix([[1]])]"


@dataclass
class Canaries:
    """What must stay as it is, whatever a program does."""

    room: Path
    listener: socket.socket
    signals: list[int] = field(default_factory=list)

    def filled_in(self, program: str) -> str:
        """The program with our port, process and file in it."""
        port = str(self.listener.getsockname()[1])
        program = program.replace("PORT", port).replace("PARENT", str(os.getpid()))
        return program.replace("CANARY", str(self.room / "made"))

    def check(self) -> None:
        """All of them are alive."""
        assert list(self.room.iterdir()) == []
        assert self.signals == []
        with pytest.raises(BlockingIOError):
            self.listener.accept()


@pytest.fixture
def canaries(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Canaries]:
    room = tmp_path_factory.mktemp("room")
    monkeypatch.chdir(room)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        found = Canaries(room, listener)
        wanted = [
            getattr(signal, n) for n in ("SIGUSR1", "SIGTERM", "SIGHUP") if hasattr(signal, n)
        ]
        old = {n: signal.signal(n, lambda n, _: found.signals.append(n)) for n in wanted}
        yield found
        for number, handler in old.items():
            signal.signal(number, handler)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GBA_CANARY", SECRET)
        made = Sandbox()
        assert made.run("1", Limits(60))["text"] == "1"
        yield made
        made.close()


def said(sandbox: Sandbox, program: str, limits: Limits) -> str:
    answer = sandbox.run(program, limits)
    return str(answer["printed"].rstrip("\n") or answer["text"])


def test_the_corpus_is_large_and_various() -> None:
    assert math_hostile.COUNT == len(math_hostile.ALL) >= 500
    assert len({program for program, _ in math_hostile.ALL.values()}) == math_hostile.COUNT


@pytest.mark.parametrize("name", math_hostile.ALL)
def test_contained(name: str, sandbox: Sandbox, canaries: Canaries) -> None:
    program, harmless = math_hostile.ALL[name]
    began = time.monotonic()
    try:
        outcome = said(sandbox, canaries.filled_in(program), LIMITS)
    except GbaError as error:
        assert error.what and error.fix
        outcome = str(error)
    else:
        assert outcome in harmless
    assert time.monotonic() - began < LATEST
    assert SECRET not in outcome
    assert not re.search(r"0x[0-9a-f]{8,}", outcome), "the address of an object"
    canaries.check()
    assert said(sandbox, GOOD, Limits()) == ANSWER
