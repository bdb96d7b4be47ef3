"""The loop in the background."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest

from gba_jupyter import background

ABANDONED = """
import asyncio, threading, time, _thread
from gba_jupyter import background
threading.Timer(0.5, _thread.interrupt_main).start()
try:
    background.run(asyncio.to_thread(time.sleep, 600))
except KeyboardInterrupt:
    print("stopped")
"""


def test_python_exits_although_a_stopped_tool_goes_on():
    done = subprocess.run(
        [sys.executable, "-c", ABANDONED], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "stopped\n", done.stderr


def test_results_and_faults_come_back():
    async def work(value: int) -> int:
        if value < 0:
            raise ValueError(value)
        return await asyncio.to_thread(lambda: value + 1)

    assert background.run(work(1)) == 2
    with pytest.raises(ValueError, match="-1"):
        background.run(work(-1))


def test_a_time_out_of_the_work_itself_is_told():
    async def late() -> None:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)

    with pytest.raises(TimeoutError):
        background.run(late())


def test_many_results_at_the_very_moment_of_the_wait():
    async def work() -> str:
        await asyncio.sleep(background._WAKE)  # ends as the wait does
        return "done"

    assert [background.run(work()) for _ in range(10)] == ["done"] * 10


def test_leaving_an_iteration_ends_its_work():
    ended = []

    async def numbers():
        try:
            for i in range(1000):
                yield i
                await asyncio.sleep(0)
        finally:
            ended.append(True)

    for i in background.iterate(numbers()):
        if i == 3:
            break
    deadline = time.monotonic() + 5
    while not ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ended


def test_a_sync_call_in_the_loop_is_refused_and_does_not_hang():
    async def inner() -> None:
        pass

    async def outer() -> None:
        background.run(inner())

    with pytest.raises(RuntimeError, match="own loop"):
        background.run(outer())
