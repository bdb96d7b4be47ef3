"""A warm child process in which programs run, with limits.

One program at a time; the child is started before it is needed where that is possible, replaced
when it dies or is killed, and ends with its parent.
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
from pathlib import Path
from typing import Any

from ..errors import EvaluationError, LimitExceeded, OptionError, ProgramRefused
from . import frames

_START_SECONDS = 60.0
_GRACE = 0.35  # the child's own watch comes first; this is for a child that hangs itself
_MAX_TIMEOUT = 3600.0
_ERRORS = {error.__name__: error for error in (ProgramRefused, LimitExceeded, EvaluationError)}
_ENTRY = (
    "import json, sys; sys.path += json.loads(sys.argv[1]); "
    "from gba_jupyter.symbolic.child import main; main()"
)


class Sandbox:
    """Runs math programs in a child process.

    Args:
        fork: run each program in a fork of a warm child; otherwise in a fresh child. The
            default is what the system can do.
    """

    def __init__(self, fork: bool = hasattr(os, "fork")) -> None:
        self._fork = fork
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False

    @property
    def pid(self) -> int:
        """Process id of the child; 0 if there is none."""
        return self._child.pid if self._child else 0

    def warm_up(self) -> None:
        """Start the child without waiting for it, nor for a program that is running."""
        if self._lock.acquire(blocking=False):
            try:
                self._start()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the child; the next program starts another."""
        with self._lock:
            self._kill()

    def run(self, program: str, timeout: float) -> dict[str, Any]:
        """What the child says about a program: ``text``, ``latex``, ``approx``, ``printed``,
        ``form``, ``has_form``.

        Raises:
            ProgramRefused: the program uses what the math language does not have.
            LimitExceeded: it hit a limit.
            EvaluationError: it failed, or no child could be started.
        """
        if not 0 < timeout <= _MAX_TIMEOUT:
            what = f"A timeout of {timeout:g} s is not possible."
            raise OptionError(what, f"Give a number above 0 and up to {_MAX_TIMEOUT:g}.")
        request = {"program": program, "timeout": timeout, "fork": self._fork}
        with self._lock:
            for _ in range(2):  # an idle child may have died just now
                self._await_ready()
                reply = self._ask(request, timeout)
                if reply is not None:
                    return _checked(reply)
        raise _died()

    def _ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any] | None:
        """The child's answer; None if it died before it took the program up."""
        seconds = timeout + _GRACE
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
        if time.monotonic() - began < timeout:
            if taken is None:
                return None
            raise _died()
        what = f"The program ran longer than {timeout:g} s."
        fix = f"Ask for something smaller, or give it more time: timeout={2 * timeout:g}."
        raise LimitExceeded(what, fix)

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

    def abort(self) -> None:
        """Kill the running program, if there is one; its `run` raises. From any thread."""
        child = self._child
        if child is not None and self._lock.locked():
            child.kill()

    def forget(self) -> None:
        """After a fork of the parent: the child is the original's, so let go of it."""
        self._lock = threading.Lock()
        self._child, self._ready = None, False


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


def _checked(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply, which a hostile program may have made up, in the types that we expect."""
    if "error" in reply:
        kind = _ERRORS.get(str(reply["error"]), EvaluationError)
        raise kind(str(reply.get("what", ""))[:1000], str(reply.get("fix", ""))[:1000])
    texts = {key: str(reply.get(key, "")) for key in ("text", "latex", "approx", "printed")}
    return {**texts, "form": reply.get("form"), "has_form": reply.get("has_form") is not False}
