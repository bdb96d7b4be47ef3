"""A real kernel to run cells in, and what a cell sent."""

from __future__ import annotations

import os
import queue
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.manager import KernelManager

from gba_jupyter.display import MIME
from gba_jupyter.events import Event
from gba_jupyter.records import unpack

TIMEOUT = 120  # seconds for a cell; a bound for CI, never a measurement


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment without the user's servers and settings."""
    own = {
        name: str(folder / name.lower())
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    users = {"GBA_AGENT_URL", "GBA_MATH_URL", "GBA_API_KEY"}
    return {k: v for k, v in os.environ.items() if k not in users} | own | more


@dataclass(frozen=True)
class Drawing:
    """One state of a display: its MIME bundle, and when the kernel sent it."""

    data: dict[str, Any]
    at: float

    @property
    def plain(self) -> str:
        return str(self.data.get("text/plain", ""))


@dataclass
class Cell:
    """What one cell sent, in order; filled while it runs."""

    kernel: Kernel = field(repr=False)
    code: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    reply: dict[str, Any] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    """The prompts of what it asked the user."""
    ended: float = 0.0
    """`time.monotonic()` when we heard that the kernel is idle again."""

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Read messages until `condition` holds."""
        self.kernel.read_until(condition, f"{self.code!r} has sent {self.outline()}")

    def finish(self) -> Cell:
        """Read messages until the cell has ended."""
        self.wait_for(lambda: self.reply and (self.ended or self.status == "aborted"))
        return self

    @property
    def status(self) -> str:
        """``ok``, ``error`` or ``aborted``; Run All stops at the last two."""
        return str(self.reply.get("status", ""))

    @property
    def displays(self) -> dict[str, list[Drawing]]:
        """All states of each display, by its id, in the order of appearance."""
        found: dict[str, list[Drawing]] = {}
        for message in self.messages:
            if message["msg_type"] in ("display_data", "update_display_data", "execute_result"):
                content = message["content"]
                # Without an id nothing can update it: its message's id will do.
                key = content.get("transient", {}).get("display_id") or message["msg_id"]
                at = message["header"]["date"].timestamp()
                found.setdefault(key, []).append(Drawing(content["data"], at))
        return found

    @property
    def shown(self) -> list[Drawing]:
        """What each display holds in the end."""
        return [drawings[-1] for drawings in self.displays.values()]

    @property
    def plain(self) -> list[str]:
        """The plain text of what is shown."""
        return [drawing.plain for drawing in self.shown]

    def display(self, beginning: str) -> list[Drawing]:
        """All states of the first display whose text begins so; empty while there is none."""
        for drawings in self.displays.values():
            if drawings[-1].plain.startswith(beginning):
                return drawings
        return []

    @property
    def statuses(self) -> list[Drawing]:
        """All states of the status line: the display that holds the record in the end."""
        return next(d for d in self.displays.values() if MIME in d[-1].data)

    @property
    def events(self) -> list[Event]:
        """The record of the run, read back."""
        return list(unpack(self.statuses[-1].data[MIME]))

    @property
    def error(self) -> dict[str, Any]:
        """The error output; empty when there is none."""
        errors = [m["content"] for m in self.messages if m["msg_type"] == "error"]
        return errors[0] if errors else {}

    def stream(self, name: str) -> str:
        """All that was printed to ``stdout`` or ``stderr``."""
        parts = [m["content"] for m in self.messages if m["msg_type"] == "stream"]
        return "".join(part["text"] for part in parts if part["name"] == name)

    def outline(self) -> str:
        """What a failing test shows."""
        return repr([*self.plain, self.stream("stdout"), self.stream("stderr"), self.error])


class Kernel:
    """An ipykernel of its own folder; a context manager that ends it."""

    def __init__(self, **more: str) -> None:
        # Not pytest's folder: the path of a socket has hardly more than a hundred characters.
        self._folder = tempfile.TemporaryDirectory(prefix="gba-kernel-")
        folder = Path(self._folder.name)
        self._manager = KernelManager(
            transport="tcp" if sys.platform == "win32" else "ipc",
            connection_file=str(folder / "k.json"),
        )
        self._log = (folder / "log").open("wb")
        self._manager.start_kernel(
            env=environment(folder, **more), cwd=folder, stdout=self._log, stderr=self._log
        )
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=TIMEOUT)
        self._cells: dict[str, Cell] = {}
        self.answers: list[str] = []
        """What is typed when a cell asks; without one the question stays open."""

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._log.close()
        self._folder.cleanup()

    @property
    def pid(self) -> int:
        return int(self._manager.provisioner.pid)

    def submit(self, code: str) -> Cell:
        """Send a cell and don't wait for it."""
        cell = Cell(self, code)
        self._cells[self._client.execute(code)] = cell
        return cell

    def run(self, code: str) -> Cell:
        """Run a cell to its end, however it ends."""
        return self.submit(code).finish()

    def do(self, code: str) -> Cell:
        """Run a cell that must succeed."""
        cell = self.run(code)
        assert cell.status == "ok", cell.outline()
        return cell

    def interrupt(self) -> None:
        """What the ■ of a front end does."""
        self._manager.interrupt_kernel()

    def stop(self, cell: Cell) -> float:
        """Interrupt a cell; the seconds until it had ended."""
        pressed = time.monotonic()
        self.interrupt()
        return cell.finish().ended - pressed

    def read_until(self, condition: Callable[[], object], doing: str) -> None:
        """Read messages until `condition` holds."""
        end = time.monotonic() + TIMEOUT
        while not condition():
            with suppress(queue.Empty):
                self._heard(self._client.get_iopub_msg(timeout=0.05))
            with suppress(queue.Empty):
                self._replied(self._client.get_shell_msg(timeout=0))
            with suppress(queue.Empty):
                self._asked(self._client.get_stdin_msg(timeout=0))
            assert self._manager.is_alive(), f"the kernel died: {doing}"
            assert time.monotonic() < end, f"timed out: {doing}"

    def _heard(self, message: dict[str, Any]) -> None:
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        if cell is None:
            return
        if message["msg_type"] == "status":
            if message["content"]["execution_state"] == "idle":
                cell.ended = time.monotonic()
        else:
            cell.messages.append(message)

    def _asked(self, message: dict[str, Any]) -> None:
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        if cell is not None:
            cell.questions.append(message["content"]["prompt"])
            if self.answers:
                self._client.input(self.answers.pop(0))

    def _replied(self, message: dict[str, Any]) -> None:
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        if cell is not None:
            cell.reply = message["content"]


def processes_of(cache: Path) -> list[psutil.Process]:
    """Kernels, keepers, servers and sandboxes that work in this cache; none of ours."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = process.environ().get("GBA_CACHE_DIR") == str(cache)
            if mine and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found
