"""What the tests of tapes share: a server that says what it is told to, and a clock."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

from gba_jupyter.llama.tape import Entry, Tape, digest_of

HELLO = Path(__file__).parents[1] / "tapes" / "hello.jsonl"
URL = "http://127.0.0.1:1"
BODY = {"prompt": [1, 2, 3], "temperature": 0.0, "id_slot": 1, "cache_prompt": True}
EVENTS = ['{"content":"a","tokens":[7]}', '{"content":"","stop":true}']


class Said:
    """A server: says what it is told to."""

    def __init__(self, text: str = "{}", events: list[str] | None = None) -> None:
        self.text, self.data = text, EVENTS if events is None else events
        self.fault: Exception | None = None

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        if self.fault:
            raise self.fault
        return self.text

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        for data in self.data:
            yield data
        if self.fault:
            raise self.fault

    async def aclose(self) -> None:
        pass


class Clock:
    """Time that passes only when somebody sleeps, or by a tick each time that it is read."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 100.0, tick
        self.slept: list[float] = []

    def __call__(self) -> float:
        self.now += self.tick
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def entry(body: Any = BODY, path: str = "/completion", **more: Any) -> Entry:
    if "answer" not in more and "events" not in more:
        more["events"] = tuple((0.5 * i, json.loads(data)) for i, data in enumerate(EVENTS))
    return Entry(URL, "POST", path, body, digest_of("POST", path, body), **more)


def tape_of(*entries: Entry) -> Tape:
    return Tape(Path("t.jsonl"), entries, {})


async def all_of(stream: AsyncGenerator[str, None]) -> list[str]:
    async with aclosing(stream) as items:
        return [item async for item in items]
