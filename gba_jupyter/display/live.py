"""Draw a run in a notebook while it happens, by a few displays."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, Protocol

from ..events import Event, ToolReturned
from ..records import STORED_BYTES, pack
from . import markdown, text
from .blocks import Block, Picture, Status, View
from .escape import printable
from .look import Look
from .view import fold

MIME = "application/vnd.gba-jupyter.run+json"
"""The events of a run travel in the notebook under this type."""

_STATUS_EVERY = 0.5  # seconds; a front end loses updates when too many come
_BLOCK_EVERY = 0.1
_FULL = Look()


class Recorder(Protocol):
    """Something that shows events."""

    view: View
    """What is to be seen so far."""
    events: list[Event]
    """All that was told so far."""

    def show(self, event: Event) -> None:
        """Show one more event."""


class _Display:
    """One output of the cell, updated in place."""

    def __init__(self, every: float, clock: Callable[[], float]) -> None:
        self._every = every
        self._clock = clock
        self._handle: Any = None
        self._drawn = 0.0

    def draw(self, data: Callable[[], dict[str, Any]], now: bool) -> bool:
        """Draw unless it was drawn just before; `now` draws in any case."""
        if self._handle is not None and not now and self._clock() - self._drawn < self._every:
            return False
        self._drawn = self._clock()
        if self._handle is None:
            self._handle = _show(data(), display_id=True)
        else:
            self._handle.update(data(), raw=True)
        return True


class NotebookRecorder:
    """A status line and one display per block, each updated only while it changes."""

    def __init__(self, look: Look = _FULL, clock: Callable[[], float] = time.monotonic) -> None:
        self.view = View()
        self.events: list[Event] = []
        self._look = look
        self._clock = clock
        self._started = clock()
        self._writing = self._started
        self._status = _Display(_STATUS_EVERY, clock)
        self._drawn: dict[int, tuple[_Display, Block | None]] = {}

    def show(self, event: Event) -> None:
        """Fold the event in and draw what it changed."""
        before, self.view = self.view, fold(self.view, event)
        self.events.append(event)
        status = self.view.status
        if status.written == 1:
            self._writing = self._clock()
        if status != before.status:
            now = status.finished or status.state != before.status.state
            self._status.draw(self._status_data, now)
        for i, block in enumerate(self.view.blocks):
            self._draw(i, block)
        if isinstance(event, ToolReturned) and self._look.view != "answer":
            _show_value(event.value)

    def _status_data(self) -> dict[str, Any]:
        status = self.view.status
        if status.finished:
            return _status_data(status) | _record(self.events)
        now = self._clock()
        since = now - self._writing
        rate = status.written / since if status.written > 1 and since > 0 else 0.0
        return _status_data(replace(status, seconds=now - self._started, rate=rate))

    def _draw(self, i: int, block: Block) -> None:
        display, drawn = self._drawn.get(i, (None, None))
        if block is drawn or not self._look.shows(block):
            return
        display = display or _Display(_BLOCK_EVERY, self._clock)
        if display.draw(lambda: _block_data(block, self._look), block.done):
            self._drawn[i] = (display, block)


def _show_value(value: Any) -> None:
    """What a tool gave, as the notebook shows such things: a table, a picture; not mere text."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None or value is None or isinstance(value, str):
        return
    data, metadata = shell.display_formatter.format(value)
    if data.keys() - {"text/plain"}:
        _show(data, metadata=metadata)


def replay(events: Sequence[Event], look: Look = _FULL) -> None:
    """Show a finished run: every output is drawn once, as it was at the end."""
    view = reduce(fold, events, View())
    _show(_status_data(view.status) | _record(events))
    for block in filter(look.shows, view.blocks):
        _show(_block_data(block, look))


def _show(data: dict[str, Any], **options: Any) -> Any:
    from IPython.display import display

    show: Any = display  # untyped in IPython
    return show(data, raw=True, **options)


def _record(events: Sequence[Event]) -> dict[str, Any]:
    return {MIME: pack(events, STORED_BYTES)}


def _status_data(status: Status) -> dict[str, Any]:
    return {
        "text/markdown": markdown.render_status(status),
        "text/plain": printable(text.status_line(status)),
    }


def _block_data(block: Block, look: Look) -> dict[str, Any]:
    data = {
        "text/markdown": markdown.render(block, look),
        "text/plain": printable(text.render(block, look)),
    }
    if isinstance(block, Picture) and (drawn := picture_png(block.picture)):
        return {"image/png": drawn, "text/plain": data["text/plain"]}
    return data


def picture_png(picture: dict[str, Any]) -> str:
    """The picture as the notebook stores it; empty where it cannot be drawn."""
    from .figures import png

    try:
        return base64.b64encode(png(picture)).decode()
    except ImportError:  # the caption stands for it
        return ""
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # A stored picture may hold anything.
        return ""
