"""A watchdog for streams: silence is only a fault when the server does not live."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from ..errors import ServerError, ServerTimeout

T = TypeVar("T")


async def watched(
    items: AsyncIterator[T],
    quiet: float,
    patience: float,
    lives: Callable[[], Awaitable[bool]],
) -> AsyncGenerator[T, None]:
    """Pass `items` on; after `quiet` seconds of silence ask again and again whether `lives`.

    A long prompt or a full queue is silent too, so there is no plain read time-out; and a server
    in the middle of a batch answers no probe, so it is given up only after `patience` seconds
    without an answer.

    Raises:
        ServerTimeout: it is given up.
    """
    pending: asyncio.Future[T] | None = None
    silent_since = 0.0  # when the first of the unanswered probes was sent; 0 when none was
    try:
        while True:
            pending = pending or asyncio.ensure_future(anext(items))
            done, _ = await asyncio.wait({pending}, timeout=1.0 if silent_since else quiet)
            if done:
                task, pending, silent_since = pending, None, 0.0
                try:
                    item = task.result()
                except StopAsyncIteration:
                    return
                yield item
                continue
            asked = time.monotonic()
            silent_since = 0.0 if await lives() else silent_since or asked
            if silent_since and time.monotonic() - silent_since > patience:
                raise ServerTimeout(
                    f"The server gave no sign of life for {quiet + patience:.0f} seconds.",
                    "It hangs: restart it, the embedded one by `%gba stop` and `%gba serve`.",
                )
    finally:
        if pending is not None:
            pending.cancel()
            with suppress(asyncio.CancelledError, StopAsyncIteration, ServerError):
                await pending
        close = getattr(items, "aclose", None)
        if close is not None:
            await close()
