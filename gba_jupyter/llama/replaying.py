"""A carrier that brings the answers from a tape; no server is asked.

The completions of runs are the milestones of a tape. What a server says of itself and of texts is
told as it was between the last milestone and the next one: so a server that was exchanged on the
way is exchanged in the replay, too, however often it is asked there.
"""

from __future__ import annotations

import asyncio
import json
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any

from .carrier import Refused
from .nearest import not_on_tape
from .tape import Entry, Tape, digest_of, is_completion


class Replaying:
    """Answers as the tape says, in its order; where it has no more, the last one repeats.

    Args:
        tape: where the answers are.
        servers: only what these addresses said.
        speed: 1 as it was, 2 twice as fast; 0 at once.
        clock: in seconds.
        sleep: waits so many seconds.

    Raises:
        NotOnTape: from each request that is not on the tape; names the nearest one.
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
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self._entries):
            self._places[entry.digest].append(place)
        for digest, places in self._places.items():
            # What a reader stopped was asked for again, or it is all there is.
            whole = [p for p in places if self._entries[p].ended != "stopped"]
            self._places[digest] = whole or places
        kept = sorted([place for places in self._places.values() for place in places])
        self._milestones = [place for place in kept if self._entries[place].is_completion]
        self._milestones.append(len(self._entries))
        self._reached = -1
        self._given: dict[str, int] = defaultdict(lambda: -1)

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
        places = self._places.get(digest)
        if not places:
            raise not_on_tape(self._tape, self._entries, method, path, body, prompt)
        if is_completion(path, body):
            place = next((p for p in places if p > self._reached), places[-1])
            self._reached = place
        else:
            place = self._here(places, self._given[digest])
            self._given[digest] = place
        return self._entries[place]

    def _here(self, places: Sequence[int], given: int) -> int:
        """The place that comes after the `given` one, as far as the next milestone."""
        end = self._milestones[bisect_right(self._milestones, self._reached)]
        here = [place for place in places if self._reached < place < end]
        if here:
            return next((place for place in here if place > given), here[-1])
        return max([place for place in places if place <= self._reached], default=places[0])

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
