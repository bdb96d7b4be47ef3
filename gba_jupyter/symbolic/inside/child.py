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
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ...errors import EvaluationError, LimitExceeded
from .. import frames
from ..evidence import Wanted
from ..limits import Limits, too_deep

_LOOK_EVERY = 0.05


def main() -> None:
    """Serve programs until the input ends."""
    source, sink = _take_pipes()
    try:
        _enter_scratch()
        from . import fence
        from .evaluator import failure, table

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
        program, limits = str(request["program"]), Limits(**request["limits"])
        wanted = Wanted(**request["wanted"])
        if not request.get("fork"):
            fence.close(limits)
            answers = list(_answers(program, limits, wanted))
            frames.write(sink, answers[-1])
            return
        reply = _Fork(program, limits, wanted, (source, sink)).watch()
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


def _answers(program: str, limits: Limits, wanted: Wanted) -> Iterator[bytes]:
    """What the program computes, as a frame, and again with what is wanted beside it; also when
    its error cannot be put into words."""
    from .evaluator import failure, run

    try:
        for outcome in run(program, limits, wanted):
            yield _packed(outcome)
    except RecursionError:
        yield frames.pack(failure(too_deep()))
    except MemoryError:
        yield frames.pack(failure(limits.out_of_memory()))
    except BaseException as error:
        what = f"The program was ended by {type(error).__name__}."
        yield frames.pack(failure(EvaluationError(what, "Leave out what ends it.")))


def _packed(outcome: dict[str, Any]) -> bytes:
    frame = frames.pack(outcome)
    if len(frame) <= frames.MAX_FRAME:
        return frame
    return frames.pack({**outcome, "form": None, "has_form": False})


class _Fork:
    """One program in a fork of the warm process."""

    def __init__(
        self, program: str, limits: Limits, wanted: Wanted, private: tuple[int, int]
    ) -> None:
        self.limits = limits
        self.parent_pipe = private[0]
        self.pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                for descriptor in (self.pipe, *private):
                    os.close(descriptor)
                self._program(program, wanted, theirs)
            finally:
                os._exit(0)
        os.close(theirs)

    def _program(self, program: str, wanted: Wanted, sink: int) -> None:
        from . import fence

        fence.close(self.limits)
        for answer in _answers(program, self.limits, wanted):
            frames.write(sink, answer)

    def watch(self) -> bytes | LimitExceeded | EvaluationError:
        """The program's last whole frame, or what ended it before there was one.

        What was wanted beside the answer may have hit a limit: the answer itself stands.
        """
        received = bytearray()
        ending = self._watched(received)
        return frames.last_whole(received) or ending or self._death()

    def _watched(self, received: bytearray) -> LimitExceeded | None:
        """Gather what the fork writes; the limit that it hit, None if it ended."""
        deadline = time.monotonic() + self.limits.seconds
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
                        return None
                    if len(received) > 2 * (frames.MAX_FRAME + 4):
                        return LimitExceeded("The answer is too large.", "Make it smaller.")
                elif _resident(self.pid) > self.limits.memory << 20:
                    return self.limits.out_of_memory()
            return self.limits.out_of_time()
        finally:
            self._end()

    def _end(self) -> None:
        os.close(self.pipe)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, self.status = os.waitpid(self.pid, 0)

    def _death(self) -> LimitExceeded | EvaluationError:
        """Why a fork ended without an answer."""
        killed = os.WIFSIGNALED(self.status)
        cause = signal.Signals(os.WTERMSIG(self.status)).name if killed else ""
        if cause == "SIGXCPU":
            return self.limits.out_of_time()
        if cause == "SIGSEGV":
            return too_deep()
        if cause in ("SIGABRT", "SIGKILL", ""):  # big-number libraries abort, the system kills
            return self.limits.out_of_memory()
        return EvaluationError(f"The program was ended by {cause}.", "Run it again.")


def _resident(pid: int) -> int:
    """Memory of the fork in bytes: not every system enforces the limit that the fork has."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
