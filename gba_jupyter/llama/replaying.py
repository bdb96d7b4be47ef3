"""A carrier that brings the answers from a tape; no server is asked."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any

from .carrier import Refused
from .nearest import not_on_tape
from .tape import Entry, Tape, digest_of


class Replaying:
    """Answers as the tape says, in its order; the last answer to a request repeats.

    Args:
        tape: where the answers are.
        servers: only what these addresses said.
        speed: 1 as it was, 2 twice as fast; 0 at once.
        clock: in seconds.
        sleep: waits so many seconds.

    Raises:
        TapeError: from each request that is not on the tape; names the nearest one.
    """

    def __init__(
        self,
        tape: Tape,
        servers: Sequence[str],
        speed: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tape = tape
        self._entries = [entry for entry in tape.entries if entry.server in servers]
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        self._answers: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            self._answers[entry.digest].append(entry)
        for digest, entries in self._answers.items():
            # What a reader stopped was asked for again, or it is all there is.
            self._answers[digest] = [e for e in entries if e.ended != "stopped"] or entries
        self._given: dict[str, int] = defaultdict(int)

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        """See `Carrier`."""
        started = self._clock()
        entry = self._next(method, path, body, "")
        await self._until(started, entry.seconds)
        return _answer(entry)

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        """See `Carrier`."""
        started = self._clock()
        entry = self._next("POST", path, body, prompt)
        if entry.events is None:
            _answer(entry)
        for at, data in entry.events or ():
            await self._until(started, at)
            yield _text(data)

    async def aclose(self) -> None:
        """See `Carrier`."""

    def _next(self, method: str, path: str, body: Any, prompt: str) -> Entry:
        digest = digest_of(method, path, body)
        answers = self._answers.get(digest)
        if not answers:
            raise not_on_tape(self._tape, self._entries, method, path, body, prompt)
        turn = self._given[digest]
        self._given[digest] += 1
        return answers[min(turn, len(answers) - 1)]

    async def _until(self, started: float, seconds: float) -> None:
        """Wait until so many recorded seconds after `started`; a stop comes through here."""
        due = started + seconds / self._speed - self._clock() if self._speed else 0.0
        await self._sleep(max(0.0, due))


def _answer(entry: Entry) -> str:
    text = _text(entry.answer)
    if entry.status >= 400:
        raise Refused(entry.status, text)
    return text


def _text(said: Any) -> str:
    return said if isinstance(said, str) else json.dumps(said)
