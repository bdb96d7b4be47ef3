"""One daemon thread with an event loop: the sync face of everything that is async here.

A notebook's main thread already runs a loop, so ``asyncio.run`` is not open to us; and only a
task on another thread can be cancelled at once when the user presses stop.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_WAKE = 0.2  # seconds; Windows cannot interrupt a lock without a time-out
_CLEAN_UP = 1.0  # seconds that a cancelled task gets to close its connection

_lock = threading.Lock()
_waiting = threading.local()  # what a thread has called while it waits here
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


class _Threads(ThreadPoolExecutor):
    """A daemon thread for each piece of work.

    A pool's threads are waited for when Python exits, and a tool whose run was stopped may go on
    for hours. asyncio takes no other kind of executor than a `ThreadPoolExecutor`.
    """

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()

        def run_it() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(work(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=run_it, name="gba-jupyter-tool", daemon=True).start()
        return future


def _background_loop() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    with _lock:
        if _loop is None or _loop.is_closed() or _pid != os.getpid():  # a fork has no threads
            _loop, _pid = asyncio.new_event_loop(), os.getpid()
            _loop.set_default_executor(_Threads())
            threading.Thread(target=_loop.run_forever, name="gba-jupyter", daemon=True).start()
        return _loop


def _submit(work: Coroutine[Any, Any, T]) -> tuple[Future[T], threading.Event]:
    loop = _background_loop()
    if threading.current_thread().name == "gba-jupyter":
        work.close()
        raise RuntimeError("a sync call inside gba_jupyter's own loop; use the async method there")
    ended = threading.Event()

    async def job() -> T:
        try:
            return await work
        finally:
            ended.set()

    return asyncio.run_coroutine_threadsafe(job(), loop), ended


def _cancel(future: Future[Any], ended: threading.Event) -> None:
    if not future.done() and future.cancel():
        ended.wait(_CLEAN_UP)


@contextmanager
def ticking(tick: Callable[[], None]) -> Iterator[None]:
    """Have `tick` called a few times a second while this thread waits here and nothing happens."""
    before = getattr(_waiting, "tick", None)
    _waiting.tick = tick
    try:
        yield
    finally:
        _waiting.tick = before


def _tick() -> None:
    if tick := getattr(_waiting, "tick", None):
        tick()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and wait for it; an interrupt cancels it."""
    future, ended = _submit(work)
    try:
        while True:
            try:
                return future.result(timeout=_WAKE)
            except TimeoutError:
                if future.done():  # the work's own time-out, or it ended just now
                    return future.result()
                _tick()
    finally:
        _cancel(future, ended)


_END = object()


def iterate(items: AsyncIterator[T]) -> Iterator[T]:
    """Iterate over an async iterator from sync code; leaving the loop early cancels it."""
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()

    async def pump() -> None:
        try:
            async for item in items:
                inbox.put(item)
        finally:
            close = getattr(items, "aclose", None)
            if close is not None:
                await close()

    future, ended = _submit(pump())
    future.add_done_callback(lambda _: inbox.put(_END))
    try:
        while True:
            try:
                item = inbox.get(timeout=_WAKE)
            except queue.Empty:
                _tick()
                continue
            if item is _END:
                break
            yield item
        future.result()
    finally:
        _cancel(future, ended)
