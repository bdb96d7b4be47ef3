"""A watchdog for streams: silence is only a fault when the server does not live."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from ..errors import ServerTimeout

T = TypeVar("T")


async def watched(
    items: AsyncIterator[T], quiet: float, lives: Callable[[], Awaitable[bool]]
) -> AsyncGenerator[T, None]:
    """Pass `items` on; after `quiet` seconds of silence ask `lives`, twice, before giving up.

    A long prompt or a full queue is silent too, so there is no plain read time-out.

    Raises:
        ServerTimeout: two probes in a row found the server dead.
    """
    pending: asyncio.Task[T] | None = None
    dead = 0
    try:
        while True:
            pending = pending or asyncio.ensure_future(anext(items))
            done, _ = await asyncio.wait({pending}, timeout=quiet if not dead else 0.1)
            if done:
                task, pending, dead = pending, None, 0
                try:
                    item = task.result()
                except StopAsyncIteration:
                    return
                yield item
            else:
                dead = 0 if await lives() else dead + 1
                if dead == 2:
                    raise ServerTimeout(
                        f"The server gave no sign of life for {quiet:.0f} seconds.",
                        "It hangs: restart it (`%gba stop`, then `%gba serve`).",
                    )
    finally:
        if pending is not None:
            pending.cancel()
            with suppress(asyncio.CancelledError, StopAsyncIteration):
                await pending
        close = getattr(items, "aclose", None)
        if close is not None:
            await close()
