"""The process that owns a server: it starts it, watches who uses it, and ends it.

Started detached as ``python -P -m gba_jupyter.llama.keeper``, with its orders as JSON on
standard input: they hold the API key, and a command line can be read by every user. The
server is its child. When no living process holds a lease any more, the keeper gives the
server up; when the keeper dies, however it dies, the server dies with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .processes import PATIENCE, ProcessId
from .registry import Folder, ServerState

TICK = 0.5  # seconds between two looks at the leases
LOG_LIMIT = 8_000_000  # bytes; a log that grew longer moves to .1
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Keep one server until nobody uses it; its exit code, or 0 when we ended it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    orders = json.load(sys.stdin)
    folder, log = Folder(Path(orders["folder"])), Path(orders["state"]["log_path"])
    me = ProcessId.current()
    server = _start(orders["command"], orders["environment"], log)
    try:
        identity = ProcessId.of(server.pid) or ProcessId(server.pid, 0.0)
        folder.write(ServerState(**orders["state"], keeper=me, server=identity))
        return _watch(server, folder, log, me)
    finally:
        _stop(server)
        folder.forget(me)


def _start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen(
            command if sys.platform == "linux" else _guarded(command),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            preexec_fn=_die_with_parent(),  # safe: we have no threads
        )


def _die_with_parent() -> Callable[[], None] | None:
    """What the child runs first on Linux: the kernel shall kill it when we die."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # we died before it could ask
            os._exit(1)

    return ask


def _guarded(command: list[str]) -> list[str]:
    """Elsewhere nobody kills orphans: a guard between us and the server watches for our end."""
    return [sys.executable, "-P", "-m", "gba_jupyter.llama.guard", str(os.getpid()), *command]


def _watch(server: subprocess.Popen[bytes], folder: Folder, log: Path, me: ProcessId) -> int:
    from filelock import FileLock, Timeout

    lock = FileLock(folder.lock)
    while True:
        try:
            code = server.wait(TICK)
        except subprocess.TimeoutExpired:
            pass
        else:
            _note(log, f"the server ended: {_how(code)}")
            return abs(code)
        _limit(log)
        if folder.users(tidy=True):
            continue
        try:
            # A notebook that is just joining holds the lock: it comes first.
            with lock.acquire(timeout=0):
                if folder.users():
                    continue
                folder.forget(me)
                _note(log, "nobody uses the server any more: ending it")
                _stop(server)
                return 0
        except Timeout:
            continue


def _stop(server: subprocess.Popen[bytes]) -> None:
    process = ProcessId.of(server.pid)
    if process:
        process.end(PATIENCE)
    server.wait()


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"


def _note(log: Path, text: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} gba_jupyter: {text}\n")


def _limit(log: Path) -> None:
    """Move a long log aside; the server goes on writing at the end of the same file."""
    with contextlib.suppress(OSError):  # a log is not worth a server
        if log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(log, log.with_name(log.name + ".1"))
            os.truncate(log, 0)


if __name__ == "__main__":
    sys.exit(main())
