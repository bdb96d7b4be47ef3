"""Which process is meant, whether it still runs, and how to end it."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 2.0  # seconds between asking a process to end and killing it


@dataclass(frozen=True)
class ProcessId:
    """One process, never mistaken for a later one that got the same number."""

    pid: int
    started: float
    """When it started: ticks since boot on Linux, seconds elsewhere; only good for ==."""

    @classmethod
    def of(cls, pid: int) -> ProcessId | None:
        """The process that has this number now; None when there is none, or only a zombie."""
        started = _started(pid)
        return None if started is None else cls(pid, started)

    @classmethod
    def current(cls) -> ProcessId:
        """This process."""
        return cls(os.getpid(), _started(os.getpid()) or 0.0)

    def is_alive(self) -> bool:
        """Whether it still runs; a zombie does not."""
        return _started(self.pid) == self.started

    def kill(self) -> None:
        """SIGKILL it and what it started; no error when it is gone."""
        self.end(patience=0.0)

    def end(self, patience: float = PATIENCE) -> None:
        """Ask it and what it started to end; kill what still runs after `patience` seconds."""
        import psutil

        if not self.is_alive():
            return
        with suppress(psutil.NoSuchProcess):
            family = [psutil.Process(self.pid)]
            family += family[0].children(recursive=True)
            if patience:
                for process in family:
                    with suppress(psutil.NoSuchProcess):
                        process.terminate()
                _, family = psutil.wait_procs(family, timeout=patience)
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it came in time."""
        until = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True


def _started(pid: int) -> float | None:
    if sys.platform == "linux":
        # Ticks since boot: psutil's times move when the clock is set, and then a living
        # notebook would look dead to a keeper that started before.
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        except OSError:
            return None
        state, *rest = fields.rpartition(")")[2].split()
        return None if state in "ZX" else float(rest[18])
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.Error:
        return None
