"""A warm child process in which programs run, with limits.

One program at a time, the others wait their turn; the child is started before it is needed where
that is possible, replaced when it dies or is killed, and ends with its parent.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import EvaluationError
from . import frames
from .evidence import Wanted
from .limits import Limits
from .replies import checked

_START_SECONDS = 60.0
_GRACE = 0.35  # the child's own watch comes first; this is for a child that hangs itself
_ENTRY = (
    "import json, sys; sys.path += json.loads(sys.argv[1]); "
    "from gba_jupyter.symbolic.inside.child import main; main()"
)


class Ticket:
    """One single call of `Sandbox.run`, for `Sandbox.abort` to end this one and no other."""

    def __init__(self) -> None:
        self.is_aborted = False


class Sandbox:
    """Runs math programs in a child process. From any thread.

    Args:
        fork: run each program in a fork of a warm child; otherwise in a fresh child. The
            default is what the system can do.
    """

    def __init__(self, fork: bool = hasattr(os, "fork")) -> None:
        self._fork = fork
        self._changed = threading.Condition()
        self._holder: Ticket | None = None  # whose turn it is
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False

    @property
    def pid(self) -> int:
        """Process id of the child; 0 if there is none."""
        return self._child.pid if self._child else 0

    def warm_up(self) -> None:
        """Start the child without waiting for it, nor for a program that is running."""
        with self._changed:
            if self._holder is None:
                self._start()

    def close(self) -> None:
        """End the child; the next program starts another."""
        with self._turn(Ticket()):
            self._kill()

    def run(
        self,
        program: str,
        limits: Limits,
        ticket: Ticket | None = None,
        wanted: Wanted | None = None,
    ) -> dict[str, Any]:
        """What the child says about a program: ``text``, ``latex``, ``approx``, ``printed``,
        ``form``, ``has_form``, ``checks``, ``pictures``.

        Args:
            program: of the math language.
            limits: what it may use.
            ticket: by which another thread may `abort` this call.
            wanted: what is wanted with the answer.

        Raises:
            ProgramRefused: the program uses what the math language does not have.
            LimitExceeded: it hit a limit.
            EvaluationError: it failed or was aborted, or no child could be started.
        """
        limits.check()
        ticket = ticket or Ticket()
        request = {"program": program, "limits": asdict(limits), "fork": self._fork}
        request["wanted"] = asdict(wanted or Wanted())
        with self._turn(ticket):
            for _ in range(2):  # an idle child may have died just now
                try:
                    self._await_ready()
                    reply = self._ask(request, limits)
                except EvaluationError:
                    _check_wanted(ticket)
                    raise
                _check_wanted(ticket)
                if reply is not None:
                    return checked(reply)
        raise _died()

    def abort(self, ticket: Ticket) -> None:
        """End the `run` that has this ticket, also one that waits its turn. From any thread."""
        with self._changed:
            ticket.is_aborted = True
            child = self._child
            if self._holder is ticket and child is not None:
                child.kill()
            self._changed.notify_all()

    @contextlib.contextmanager
    def _turn(self, ticket: Ticket) -> Iterator[None]:
        """The child to oneself, once it is free."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._holder is None or ticket.is_aborted)
                _check_wanted(ticket)
                self._holder = ticket
            yield
        finally:
            with self._changed:
                if self._holder is ticket:
                    self._holder = None
                    self._changed.notify_all()

    def _ask(self, request: dict[str, Any], limits: Limits) -> dict[str, Any] | None:
        """The child's answer; None if it died before it took the program up."""
        seconds = limits.seconds + _GRACE
        clean, began, taken = False, time.monotonic(), None
        try:
            taken = self._exchange(request, seconds)
            reply = self._exchange(None, seconds) if taken else None
            clean = reply is not None
        finally:  # also when the user presses stop: a child in mid-program is of no more use
            if not clean or not self._fork:
                self._kill()
                self._start()
        if reply is not None:
            return reply
        if time.monotonic() - began < limits.seconds:
            if taken is None:
                return None
            raise _died()
        raise limits.out_of_time()

    def _exchange(self, request: dict[str, Any] | None, seconds: float) -> dict[str, Any] | None:
        """Send, and wait for the answer; None if the child dies or is late."""
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            return None
        timer = threading.Timer(seconds, child.kill)
        timer.daemon = True
        timer.start()
        try:
            if request is not None:
                frames.write(child.stdin.fileno(), frames.pack(request))
            return frames.read(child.stdout.fileno())
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()

    def _await_ready(self) -> None:
        if self._child is not None and self._child.poll() is not None:
            self._kill()
        self._start()
        if self._ready:
            return
        reply: dict[str, Any] = {}
        try:
            reply = self._exchange(None, _START_SECONDS) or {}
            self._ready = "ready" in reply
        finally:
            if not self._ready:
                self._kill()
        if not self._ready:
            what = f"The process for math did not start: {reply.get('failed', 'it ended at once')}."
            raise EvaluationError(what, "Check that `import sympy` works in this environment.")

    def _start(self) -> None:
        if self._child is not None:
            return
        try:
            self._child = self._spawn()
        except OSError as error:
            what = f"The process for math cannot be started: {error}."
            raise EvaluationError(what, "Check that memory and processes are left.") from error

    def _spawn(self) -> subprocess.Popen[bytes]:
        on_windows = sys.platform == "win32"
        keep = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")} if on_windows else {}
        return subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _ENTRY, json.dumps(_roots())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=keep,
            bufsize=0,
            start_new_session=not on_windows,  # Ctrl-C in a terminal is for the parent
        )

    def _kill(self) -> None:
        child, self._child, self._ready = self._child, None, False
        if child is None:
            return
        if hasattr(os, "killpg") and child.returncode is None:
            with contextlib.suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)  # the fork that runs a program, too
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def forget(self) -> None:
        """After a fork of the parent: the child is the original's, so let go of it."""
        self._changed, self._holder = threading.Condition(), None
        self._child, self._ready = None, False


def _check_wanted(ticket: Ticket) -> None:
    if ticket.is_aborted:
        raise EvaluationError("The program was stopped.", "Run it again if you need its answer.")


def _died() -> EvaluationError:
    return EvaluationError("The process for math died.", "Run it again: a new one is ready.")


def _roots() -> list[str]:
    """Where the child finds our package and what it imports, after its standard library."""
    roots = []
    for name in ("gba_jupyter", "sympy", "mpmath", "psutil"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            roots.append(str(Path(spec.origin).resolve().parents[1]))
    return list(dict.fromkeys(roots))
