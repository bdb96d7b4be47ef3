"""How a run is told to its end: done, failed or stopped, its story is always closed."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TypeVar

from . import background
from .errors import GbaError, Interrupted, RunError
from .events import Event, OnEvent, RunFinished, spent, unfinished

Outcome = TypeVar("Outcome")
Result = TypeVar("Result")


async def told(
    items: AsyncGenerator[Event | Outcome, None],
    make: Callable[[Outcome, tuple[Event, ...]], Result],
) -> AsyncGenerator[Event | Result, None]:
    """Pass on the events of a run and its end, and last the result.

    Args:
        items: events as they happen, and last the outcome.
        make: makes the result of the outcome and all events.

    Raises:
        GbaError: the run failed; that was told before.
    """
    started = time.monotonic()
    events: list[Event] = []
    try:
        async with aclosing(items):
            async for item in items:
                if isinstance(item, Event):
                    events.append(item)
                    yield item
                else:
                    outcome = item
    except Exception as fault:
        error = fault if isinstance(fault, GbaError) else _unexpected(fault)
        for event in unfinished(events):
            yield event
        yield RunFinished("failed", spent(events), time.monotonic() - started, str(error))
        if error is fault:
            raise
        raise error from fault
    events.append(RunFinished("done", spent(events), time.monotonic() - started))
    yield events[-1]
    yield make(outcome, tuple(events))


def play(items: AsyncGenerator[Event | Result, None], tell: OnEvent | None) -> Result:
    """Drive a run from sync code; each event is told in this thread.

    Raises:
        Interrupted: the user pressed stop; what was open is closed first, and the server stops.
    """
    tell = tell or (lambda _: None)
    started = time.monotonic()
    events: list[Event] = []
    try:
        for item in background.iterate(items):
            if not isinstance(item, Event):
                return item
            events.append(item)
            tell(item)
    except KeyboardInterrupt as error:
        finished = RunFinished("interrupted", spent(events), time.monotonic() - started)
        for event in (*unfinished(events), finished):
            tell(event)
        raise Interrupted from error
    raise AssertionError("a run ends with its result or raises")


def _unexpected(fault: Exception) -> RunError:
    return RunError(
        f"The run broke down: {type(fault).__name__}: {fault}.",
        "Run the cell again; if it happens again, please report it.",
    )
