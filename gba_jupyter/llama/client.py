"""`LlamaServer`: a llama.cpp server's HTTP API, typed.

The core is async; each method has a sync face of one line, which runs the async one on the
background loop. A request is always streamed and cancelled by closing its connection: that is
the only way in which the server stops generating.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import lru_cache

from .. import background
from ..errors import (
    NotSupported,
    ServerLoading,
    ServerTimeout,
)
from ..events import Phase
from ..grammar.lint import check
from ..grammar.parse import parse
from .carrier import Carrier
from .endpoints import Endpoints, Health
from .exchanges import Exchange, Exchanges
from .protocol import (
    PROBE,
    Adapter,
    Chunk,
    Completion,
    CompletionRequest,
    Message,
    Props,
    Queued,
    Slot,
)
from .slots import SlotPool
from .streaming import chunks
from .watch import watched

PATIENCE = 300.0
"""Seconds that a server may fail to answer before it is given up."""

_LIVENESS = 2.0  # seconds for the `/slots` probe


@lru_cache(maxsize=64)
def _safe(grammar: str) -> None:
    """Refuse a grammar that a server must not be given; remembered, as they come again."""
    check(parse(grammar))


class LlamaServer(Endpoints):
    """A typed client for one llama.cpp server.

    Args:
        base_url: such as ``http://localhost:8080``.
        api_key: sent as a bearer token; never shown in errors or records.
        quiet: seconds without a sign of life before the server is asked whether it lives.
        patience: seconds that it may then fail to answer. A server that evaluates a large batch
            answers nothing at all: 14 s were measured for a small model, and large ones take
            longer.
        log: where what a run sends is kept.
        carrier: brings the answers; HTTP, if none is given.

    Every method raises `ServerError` and its kind. Source: llama.cpp's ``tools/server/README.md``.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        quiet: float = 15.0,
        patience: float = PATIENCE,
        log: Exchanges | None = None,
        carrier: Carrier | None = None,
    ) -> None:
        super().__init__(base_url, api_key, carrier)
        self._quiet = quiet
        self._patience = patience
        self._log = log
        self._pool: SlotPool | None = None

    async def aconnect(self, patience: float = 300.0) -> Props:
        """Wait until the model is loaded, then prove with a tiny request that grammars work.

        Args:
            patience: seconds to wait for a server that is loading its model.

        Raises:
            ServerLoading: it is still loading after that.
            NotSupported: what answers there does not constrain its output.
        """
        if self._props is not None:
            return self._props
        deadline = time.monotonic() + patience
        while await self.ahealth() == "loading":
            if time.monotonic() > deadline:
                raise ServerLoading(
                    f"The server at {self.base_url} is still loading its model.",
                    "Wait until its log says that it listens, and run the cell again.",
                )
            await asyncio.sleep(0.5)
        props = await self.aprops()
        self._pool = self._pool or SlotPool(props.total_slots)
        await self._prove_grammar()
        self._props = props
        return props

    async def _prove_grammar(self) -> None:
        prompt = await self.atokenize("Say ok")
        written = await self.acomplete(CompletionRequest(tuple(prompt), 8, PROBE))
        if not (len(written.text) == 4 and written.text[:2] == "ok" and written.text[3] == "!"):
            raise NotSupported(
                f"The server at {self.base_url} ignored a grammar that was sent to it.",
                "Serve the model with a recent llama.cpp (`llama-server`).",
            )

    def forget(self) -> None:
        """Ask everything anew at the next use: the server may have been restarted."""
        super().forget()
        self._pool = None

    # -- completions ---------------------------------------------------------------------

    async def astream(
        self, request: CompletionRequest, step: int = 0, phase: Phase | None = None
    ) -> AsyncGenerator[Chunk, None]:
        """Send a completion request; yields chunks, the `Completion` last.

        Closing the iterator closes the connection, and the server stops generating. While all
        slots are busy the request waits here, and `Queued` tells its place. With a `phase`, of
        that `step` of a run, it is logged.

        Raises:
            GrammarError: the grammar is wrong, or could hang the server; nothing is sent.
        """
        if request.grammar:
            _safe(request.grammar)
        if adapters := await self.aadapters():
            # Always told: without, a slot goes on with the cache of another scale (seen).
            scale = request.sampling.lora_scale
            scales = [each.scale if scale is None else scale for each in adapters]
            request = replace(request, lora=tuple(scales))
        pool = self._pool
        if pool is None:
            pool = self._pool = SlotPool((await self.aprops()).total_slots)
        if place := pool.place:
            yield Queued(place)
        async with pool.lease(request.prompt) as lease:
            lease.held = request.prompt
            sent = Exchange(self, request, self._slot(lease.slot), step, phase or "answer")
            sent.model = self.model
            if phase and self._log is not None:
                self._log.add(sent)
            said = self._wire.events(sent.body, "".join([part.text for part in request.parts]))
            raw = watched(said, self._quiet, self._patience, self._lives)
            read = chunks(raw, self.base_url, self.atokenize)
            with self._doubting():
                async with aclosing(raw), aclosing(read):
                    async for chunk in read:
                        if isinstance(chunk, Completion):
                            lease.held = request.prompt + (chunk.tokens or ())
                            sent.timings = chunk.timings
                            self._require_grammar(request, chunk)
                        yield chunk

    async def acomplete(self, request: CompletionRequest) -> Completion:
        """Send a completion request and wait for the whole answer."""
        async with aclosing(self.astream(request)) as stream:
            async for chunk in stream:
                if isinstance(chunk, Completion):
                    return chunk
        raise AssertionError("astream ends with a Completion or raises")

    def _require_grammar(self, request: CompletionRequest, done: Completion) -> None:
        """The server says which grammar it used; an old one says nothing."""
        if done.grammar and done.grammar != request.grammar:
            raise NotSupported(
                f"The server at {self.base_url} used another grammar than the one sent to it.",
                "Serve the model with a recent llama.cpp (`llama-server`).",
            )

    def _slot(self, slot: int) -> int:
        # Pinning is for a server that is ours; another's users must not wait for one slot.
        return slot if self._wire.local else -1

    async def _lives(self) -> bool:
        try:
            await self.aslots(patience=_LIVENESS)
        except ServerTimeout:
            return False
        except NotSupported:
            return True  # `/slots` is switched off there; it answered all the same
        return True

    # -- the sync face -------------------------------------------------------------------

    def health(self) -> Health:
        """See `ahealth`."""
        return background.run(self.ahealth())

    def props(self) -> Props:
        """See `aprops`."""
        return background.run(self.aprops())

    def slots(self) -> tuple[Slot, ...]:
        """See `aslots`."""
        return background.run(self.aslots())

    def adapters(self) -> tuple[Adapter, ...]:
        """See `aadapters`."""
        return background.run(self.aadapters())

    def recheck(self) -> None:
        """See `arecheck`."""
        background.run(self.arecheck())

    def connect(self, patience: float = 300.0) -> Props:
        """See `aconnect`."""
        return background.run(self.aconnect(patience))

    def tokenize(
        self, text: str, *, add_special: bool = False, parse_special: bool = False
    ) -> tuple[int, ...]:
        """See `atokenize`."""
        return background.run(
            self.atokenize(text, add_special=add_special, parse_special=parse_special)
        )

    def apply_template(self, messages: Sequence[Message]) -> str:
        """See `aapply_template`."""
        return background.run(self.aapply_template(messages))

    def stream(self, request: CompletionRequest) -> Iterator[Chunk]:
        """See `astream`."""
        return background.iterate(self.astream(request))

    def complete(self, request: CompletionRequest) -> Completion:
        """See `acomplete`."""
        return background.run(self.acomplete(request))

    def close(self) -> None:
        """Close the connections of the sync face."""
        background.run(self.aclose())
