"""The fence behind the language: code that got out of it, in a process closed as a program's."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from math_hostile.escaped import PROGRAMS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="paths and calls of POSIX")

SCRIPT = """if True:
    import json, os, sys
    from gba_jupyter.symbolic.inside import fence
    from gba_jupyter.symbolic.limits import Limits
    programs = json.load(sys.stdin)
    fence.preload()
    outcome = {}
    for name, code in programs.items():
        here, there = os.pipe()
        if os.fork() == 0:
            fence.close(Limits())
            try:
                exec(code, {})
                said = b"done"
            except BaseException as error:
                said = type(error).__name__.encode()
            os.write(there, said)
            os._exit(0)
        os.close(there)
        outcome[name] = os.read(here, 100).decode()
        os.wait()
    print(json.dumps(outcome))
"""
CLOSED = {"PermissionError", "FileNotFoundError", "AttributeError", "ImportError"}
CLOSED |= {"ModuleNotFoundError"}


def test_nothing_gets_past_the_fence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signals: list[int] = []
    monkeypatch.chdir(tmp_path)
    old = signal.signal(signal.SIGUSR1, lambda number, _: signals.append(number))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        filled = {
            name: program.replace("PORT", str(listener.getsockname()[1]))
            .replace("PARENT", str(os.getpid()))
            .replace("CANARY", str(tmp_path / "made"))
            for name, program in PROGRAMS
        }
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps(filled),
            capture_output=True,
            text=True,
            start_new_session=True,
        )
        with pytest.raises(BlockingIOError):
            listener.accept()
    signal.signal(signal.SIGUSR1, old)
    outcome = json.loads(done.stdout)
    assert len(outcome) == len(PROGRAMS) > 35
    assert {n: said for n, said in outcome.items() if said not in CLOSED} == {}
    assert signals == []
    assert list(tmp_path.iterdir()) == []
