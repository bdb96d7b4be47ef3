"""Run a helper program and follow its lines, so that an interrupt ends it at once."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

BEAT = 0.25  # seconds between two beats while the program is silent


def follow(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    on_line: Callable[[str], None],
    on_beat: Callable[[], None],
    cwd: Path | None = None,
) -> int:
    """Run `command` to its end and give its exit code.

    Args:
        on_line: called with each line that it writes, without the line's end.
        on_beat: called `BEAT` seconds apart while it writes nothing.

    An exception of either, or an interrupt, kills the program and goes on to the caller.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=cwd,
        env={**env, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,  # an interrupt is ours to handle, in one place
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    try:
        reader.start()
        _drain(lines, on_line, on_beat)
        return process.wait()
    finally:
        process.kill()
        process.wait()
        reader.join(BEAT)
        if process.stdout and not reader.is_alive():
            process.stdout.close()


def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    with suppress(ValueError, OSError):  # closed under us
        for line in process.stdout or ():
            lines.put(line.rstrip())
    lines.put(None)


def _drain(
    lines: queue.Queue[str | None], on_line: Callable[[str], None], on_beat: Callable[[], None]
) -> None:
    while True:
        try:
            line = lines.get(timeout=BEAT)
        except queue.Empty:
            on_beat()
            continue
        if line is None:
            return
        on_line(line)
