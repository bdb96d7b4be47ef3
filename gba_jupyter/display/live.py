"""Draw a run in a notebook while it happens, by a few displays."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from typing import Any, Protocol

from ..events import Event, ToolReturned
from . import outputs
from .blocks import View
from .look import FULL, Look
from .outputs import Bundle
from .view import fold

_STATUS_EVERY = 0.5  # seconds; a front end loses updates when too many come
_BLOCK_EVERY = 0.1


class Recorder(Protocol):
    """Something that shows events."""

    view: View
    """What is to be seen so far."""
    events: list[Event]
    """All that was told so far."""

    def show(self, event: Event) -> None:
        """Show one more event."""

    def tick(self) -> None:
        """Nothing was told for a moment: bring the clock, and what was held back, up to date."""


@dataclass
class _Display:
    """One output of the cell, updated in place."""

    every: float
    clock: Callable[[], float]
    shown: Bundle = field(default_factory=dict)
    cost: int = 0
    _handle: Any = None
    _drawn: float = 0.0

    def draw(self, data: Callable[[], Bundle], now: bool) -> bool:
        """Draw unless it was drawn just before; `now` draws in any case."""
        if self._handle is not None and not now and self.clock() - self._drawn < self.every:
            return False
        self.put(data())
        return True

    def put(self, data: Bundle) -> None:
        """Draw, however lately it was drawn."""
        self._drawn = self.clock()
        self.shown, self.cost = data, outputs.cost(data)
        if self._handle is None:
            self._handle = show_data(self.shown, display_id=True)
        else:
            self._handle.update(self.shown, raw=True)


class NotebookRecorder:
    """A status line and one display per block, each updated only while it changes."""

    def __init__(self, look: Look = FULL, clock: Callable[[], float] = time.monotonic) -> None:
        self.view = View()
        self.events: list[Event] = []
        self._look = look
        self._clock = clock
        self._started = clock()
        self._writing = self._started
        self._status = _Display(_STATUS_EVERY, clock)
        self._displays: dict[int, _Display] = {}
        self._waiting: set[int] = set()  # blocks that have changed since they were drawn
        self._values = outputs.VALUES

    def show(self, event: Event) -> None:
        """Fold the event in and draw what it changed."""
        before, self.view = self.view, fold(self.view, event)
        self.events.append(event)
        old, status = before.blocks, self.view.status
        if status.written == 1:
            self._writing = self._clock()
        if status != before.status:
            was = before.status
            now = status.finished or (status.trial, status.state) != (was.trial, was.state)
            self._status.draw(self._status_data, now)
        changed = [
            i for i, block in enumerate(self.view.blocks) if i >= len(old) or block is not old[i]
        ]
        self._waiting.update(changed)
        self._draw_waiting()
        if status.finished:
            self._settle()
        if isinstance(event, ToolReturned) and self._look.view != "answer":
            self._values -= _show_value(event.value, self._values)

    def tick(self) -> None:
        """Bring the clock, and what was held back, up to date."""
        if self.events and not self.view.status.finished:
            self._status.draw(self._status_data, now=False)
            self._draw_waiting()

    def _status_data(self) -> Bundle:
        status = self.view.status
        if not status.finished:
            now = self._clock()
            since = now - self._writing
            rate = status.written / since if status.written > 1 and since > 0 else 0.0
            status = replace(status, seconds=now - self._started, rate=rate)
        return outputs.of_status(status, self.events)

    def _draw_waiting(self) -> None:
        for i in sorted(self._waiting):
            block = self.view.blocks[i]
            if not self._look.shows(block):
                self._waiting.discard(i)
                continue
            if i not in self._displays:
                self._displays[i] = _Display(_BLOCK_EVERY, self._clock)
            if self._displays[i].draw(partial(self._block_data, i), block.done):
                self._waiting.discard(i)

    def _block_data(self, i: int) -> Bundle:
        spent = sum([display.cost for j, display in self._displays.items() if j < i])
        return outputs.of_block(self.view.blocks[i], self._look, spent)

    def _settle(self) -> None:
        """Leave what a replay would show: a block may have changed behind one that was drawn."""
        for i, data in outputs.of_blocks(self.view.blocks, self._look):
            if data != self._displays[i].shown:
                self._displays[i].put(data)


def _show_value(value: Any, room: int) -> int:
    """What a tool gave, as the notebook shows such things: a table, a picture; not mere text.

    Returns:
        How many bytes that took.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None or value is None or isinstance(value, str):
        return 0
    data, metadata = shell.display_formatter.format(value)
    if not data.keys() - {"text/plain"}:
        return 0
    kept = outputs.of_value(data, room)
    show_data(kept, metadata={kind: metadata[kind] for kind in metadata if kind in kept})
    return outputs.cost(kept)


def replay(events: Sequence[Event], look: Look = FULL) -> None:
    """Show a finished run: every output is drawn once, as it was at the end."""
    view = reduce(fold, events, View())
    drawn = [data for _, data in outputs.of_blocks(view.blocks, look)]
    for data in (outputs.of_status(view.status, events), *drawn):
        show_data(data)


def show_data(data: Bundle, **options: Any) -> Any:
    """Make an output of the cell."""
    from IPython.display import display

    show: Any = display  # untyped in IPython
    return show(data, raw=True, **options)
