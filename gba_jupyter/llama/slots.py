"""Who uses which slot: conversations stay where their cache is, and wait their turn here.

The server keeps one conversation's cache per slot, and never tells a waiting request its place.
So the queue is ours: a lease goes to the free slot that already holds the beginning of the
prompt, else to an unused one, else to the one that rested longest.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

_Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


@dataclass
class _Place:
    id: int
    held: tuple[int, ...] = ()  # token ids that the slot's cache begins with
    used: int = 0  # when it was last leased, in leases
    busy: bool = False


@dataclass
class Lease:
    """The right to use one slot; `held` is set to the ids that the slot now holds."""

    slot: int
    held: tuple[int, ...] = ()


class SlotPool:
    """The slots of one server, shared by all threads and event loops of this process."""

    def __init__(self, total: int) -> None:
        # Another notebook's pool knows nothing of ours: don't all begin with the same slot.
        first, total = os.getpid(), max(1, total)
        self._places = [_Place((first + i) % total) for i in range(total)]
        self._waiting: deque[_Waiter] = deque()
        self._lock = threading.Lock()
        self._clock = 0

    @property
    def place(self) -> int:
        """The place in the queue that a request would get now; 0 when a slot is free."""
        with self._lock:
            return len(self._waiting) + 1 if all(p.busy for p in self._places) else 0

    @asynccontextmanager
    async def lease(self, prompt: Sequence[int]) -> AsyncIterator[Lease]:
        """Hold a slot for one request; `prompt` is the token ids that will be sent."""
        place = await self._acquire(tuple(prompt))
        lease = Lease(place.id, place.held)
        try:
            yield lease
        finally:
            with self._lock:
                place.held, place.busy = lease.held, False
            self._wake()

    async def _acquire(self, prompt: tuple[int, ...]) -> _Place:
        first = True
        while True:
            loop = asyncio.get_running_loop()
            with self._lock:
                place = self._choose(prompt)
                if place is not None:
                    self._clock += 1
                    place.used, place.busy = self._clock, True
                    return place
                entry: _Waiter = (loop, loop.create_future())
                # Who was woken and found the slot taken keeps the head of the queue.
                (self._waiting.append if first else self._waiting.appendleft)(entry)
            first = False
            await self._wait(entry)

    async def _wait(self, entry: _Waiter) -> None:
        try:
            await entry[1]
        except asyncio.CancelledError:
            with self._lock:
                queued = entry in self._waiting
                if queued:
                    self._waiting.remove(entry)
            if not queued:
                self._wake()  # our turn came as we left: pass it on
            raise

    def _choose(self, prompt: tuple[int, ...]) -> _Place | None:
        free = [p for p in self._places if not p.busy]
        if not free:
            return None
        shared = {p.id: common_prefix(p.held, prompt) for p in free}
        best = max(free, key=lambda p: (shared[p.id], p.used))
        # Only a conversation that goes on in most of what the slot holds is the same one: a
        # common system prompt alone must not evict another conversation.
        if shared[best.id] and 2 * shared[best.id] >= len(best.held):
            return best
        return min(free, key=lambda p: (bool(p.held), p.used))

    def _wake(self) -> None:
        with self._lock:
            while self._waiting:
                loop, future = self._waiting.popleft()
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_resolve, future)
                    return


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def common_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    """Length of the longest common beginning."""
    n = min(len(a), len(b))
    if a[:n] == b[:n]:
        return n
    low = 0
    while n - low > 1:  # bisect: slices compare in C
        middle = (low + n) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            n = middle
    return low
