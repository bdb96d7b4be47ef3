"""Run a command and end it when a given process ends: for systems without PR_SET_PDEATHSIG.

``python -P -m gba_jupyter.llama.guard PID COMMAND…``, started by the process PID.
"""

from __future__ import annotations

import signal
import subprocess
import sys

from .processes import ProcessId

TICK = 0.5  # seconds


def main(watched: int, command: list[str]) -> int:
    """Run `command` while the process `watched` lives; the command's exit code."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    parent = ProcessId.of(watched)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        while parent and parent.is_alive():
            try:
                return child.wait(TICK)
            except subprocess.TimeoutExpired:
                continue
        return 1
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
