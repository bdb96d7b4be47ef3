"""The child process: SymPy stays loaded, and each program runs in a fork of it.

The warm process never runs a program. It forks, watches the fork's time and memory, kills it on
a breach, and ends when its parent does (end of input).
"""

from __future__ import annotations

import gc
import os
import select
import signal
import tempfile
import time
from typing import Any

from ..errors import EvaluationError, LimitExceeded
from . import frames

MEMORY = 1 << 30
"""Bytes of memory that a program may have, what SymPy takes included."""
_LOOK_EVERY = 0.05


def main() -> None:
    """Serve programs until the input ends."""
    source, sink = _take_pipes()
    try:
        _enter_scratch()
        from . import fence
        from .evaluator import failure, run, table

        fence.preload()
        table()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        frames.write(sink, frames.pack({"failed": reason[:500]}))
        return
    frames.write(sink, frames.pack({"ready": os.getpid()}))
    gc.freeze()  # a fork then shares the pages of SymPy
    while (request := frames.read(source)) is not None:
        frames.write(sink, frames.pack({"taken": True}))
        program, timeout = str(request["program"]), float(request["timeout"])
        if not request.get("fork"):
            fence.close(timeout, MEMORY)
            frames.write(sink, _packed(run(program)))
            return
        reply = _Fork(program, timeout, (source, sink)).watch()
        frames.write(sink, frames.pack(failure(reply)) if isinstance(reply, Exception) else reply)


def _take_pipes() -> tuple[int, int]:
    """Our ends of the pipes, out of reach of anything that reads or prints."""
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    return source, sink


def _enter_scratch() -> None:
    """Work in a directory of our own; where the system allows it, one that is already
    removed, so that no file can be made in it and nothing is left behind."""
    scratch = tempfile.mkdtemp(prefix="gba-math-")
    os.chdir(scratch)
    try:
        os.rmdir(scratch)
    except OSError:
        os.chdir(tempfile.gettempdir())
        os.rmdir(scratch)


def _packed(outcome: dict[str, Any]) -> bytes:
    frame = frames.pack(outcome)
    if len(frame) <= frames.MAX_FRAME:
        return frame
    return frames.pack({**outcome, "form": None, "has_form": False})


class _Fork:
    """One program in a fork of the warm process."""

    def __init__(self, program: str, timeout: float, private: tuple[int, int]) -> None:
        self.timeout = timeout
        self.parent_pipe = private[0]
        self.pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                for descriptor in (self.pipe, *private):
                    os.close(descriptor)
                self._program(program, theirs)
            finally:
                os._exit(0)
        os.close(theirs)

    def _program(self, program: str, sink: int) -> None:
        from . import fence
        from .evaluator import run

        fence.close(self.timeout, MEMORY)
        frames.write(sink, _packed(run(program)))

    def watch(self) -> bytes | LimitExceeded | EvaluationError:
        """The program's frame, or what ended it."""
        received = bytearray()
        deadline = time.monotonic() + self.timeout
        try:
            while (left := deadline - time.monotonic()) > 0:
                ready, _, _ = select.select(
                    [self.pipe, self.parent_pipe], [], [], min(left, _LOOK_EVERY)
                )
                if self.parent_pipe in ready:  # nothing is sent while we work: it has ended
                    raise SystemExit
                if self.pipe in ready:
                    part = os.read(self.pipe, 1 << 16)
                    received += part
                    if not part:
                        return bytes(received) if _complete(received) else self._death()
                    if len(received) > frames.MAX_FRAME + 4:
                        return LimitExceeded("The answer is too large.", "Make it smaller.")
                elif _resident(self.pid) > MEMORY:
                    return _out_of_memory()
            return _out_of_time(self.timeout)
        finally:
            self._end()

    def _end(self) -> None:
        os.close(self.pipe)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def _death(self) -> LimitExceeded | EvaluationError:
        """Why a fork ended without an answer."""
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        cause = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""
        if cause == "SIGXCPU":
            return _out_of_time(self.timeout)
        if cause == "SIGSEGV":
            what = "The program's functions call each other too deeply."
            return LimitExceeded(what, "Write the recursion as a loop.")
        if cause in ("SIGABRT", "SIGKILL", ""):  # big-number libraries abort, the system kills
            return _out_of_memory()
        return EvaluationError(f"The program was ended by {cause}.", "Run it again.")


def _complete(received: bytearray) -> bool:
    return len(received) > 4 and int.from_bytes(received[:4], "big") == len(received) - 4


def _out_of_time(timeout: float) -> LimitExceeded:
    return LimitExceeded(
        f"The program ran longer than {timeout:g} s.",
        f"Ask for something smaller, or give it more time: timeout={2 * timeout:g}.",
    )


def _out_of_memory() -> LimitExceeded:
    return LimitExceeded(
        f"The program needs more than {MEMORY >> 20} MB of memory.",
        "Use smaller numbers or fewer elements; the memory limit is fixed.",
    )


def _resident(pid: int) -> int:
    """Memory of the fork in bytes: not every system enforces the limit that the fork has."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
