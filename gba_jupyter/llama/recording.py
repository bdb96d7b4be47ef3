"""A carrier that puts on a tape what another one carries."""

from __future__ import annotations

import json
import time
from asyncio import CancelledError
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

from .carrier import Carrier, Refused
from .discretion import discreet, discreet_event
from .tape import Ended, Entry, digest_of
from .tape_writer import TapeWriter

_BLOT = "***"
_LEAST_SECRET = 8  # characters


class Recording:
    """Passes on what `inner` brings, and writes it to `tape`.

    Args:
        inner: goes to the server.
        tape: is written to.
        url: the server's.
        key: the API key, which must not be on the tape.
        clock: in seconds.
    """

    def __init__(
        self,
        inner: Carrier,
        tape: TapeWriter,
        url: str,
        key: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._tape = tape
        self._url = url
        # A short key, such as "none", is a plain word elsewhere.
        secret = key if len(key) >= _LEAST_SECRET else f"Bearer {key}"
        self._secret = secret if key else ""
        self._clock = clock

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        """See `Carrier`."""
        self._tape.require_well()
        started = self._clock()
        status = 200
        try:
            text = await self._inner.ask(method, path, body, patience)
        except Refused as refused:
            status, text = refused.status, refused.text
        answer = _parsed(self._clean(text))
        if status == 200:
            answer = discreet(path, answer)
        self._write(method, path, body, status=status, seconds=self._since(started), answer=answer)
        if status != 200:
            raise Refused(status, text)
        return text

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        """See `Carrier`."""
        self._tape.require_well()
        started = self._clock()
        events: list[tuple[float, Any]] = []
        refused: Refused | None = None
        ended: Ended = "broken"
        try:
            async with aclosing(self._inner.stream(path, body, prompt)) as items:
                async for data in items:
                    said = discreet_event(_parsed(self._clean(data)))
                    events.append((self._since(started), said))
                    yield data
            ended = "whole"
        except Refused as error:
            refused = error
            raise
        except (GeneratorExit, CancelledError):
            ended = "whole" if events and _is_last(events[-1][1]) else "stopped"
            raise
        finally:
            asked = self._clean(prompt)
            if refused is None:
                self._write(
                    "POST", path, body, prompt=asked, events=tuple(events), ended=ended
                )  # fmt: skip
            else:
                answer = _parsed(self._clean(refused.text))
                self._write("POST", path, body, prompt=asked, status=refused.status, answer=answer)

    async def aclose(self) -> None:
        """See `Carrier`."""
        await self._inner.aclose()

    def _write(self, method: str, path: str, body: Any, **more: Any) -> None:
        digest = digest_of(method, path, body)
        shown = json.loads(self._clean(json.dumps(body))) if self._secret else body
        self._tape.write(Entry(self._url, method, path, shown, digest, **more))

    def _since(self, started: float) -> float:
        return round(self._clock() - started, 4)

    def _clean(self, text: str) -> str:
        """The text without the key, as it is or as JSON writes it."""
        if not self._secret:
            return text
        return text.replace(self._secret, _BLOT).replace(json.dumps(self._secret)[1:-1], _BLOT)


def _parsed(text: str) -> Any:
    """The JSON that a server sent; whatever else it was, as it is."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return data if isinstance(data, dict | list) else text


def _is_last(event: Any) -> bool:
    return isinstance(event, dict) and bool(event.get("stop") or "error" in event)
