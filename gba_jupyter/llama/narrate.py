"""One completion as the events of a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import assert_never

from ..errors import ServerLoading, ServerUnreachable, StreamBroken
from ..events import (
    Event,
    GrammarUsed,
    Notice,
    Phase,
    PhaseFinished,
    PhaseStarted,
    PromptProgress,
    ServerStarting,
    TextDelta,
)
from .client import LlamaServer
from .protocol import Completion, CompletionRequest, Piece, Progress, Props, Queued

_PAUSE = 0.3  # seconds before a request is made again; then twice as long each time


async def connected(server: LlamaServer) -> AsyncGenerator[ServerStarting | Props, None]:
    """Wait until the server has loaded its model, telling so; its properties last."""
    while True:
        try:
            yield await server.aconnect(patience=0.5)
            return
        except ServerLoading:
            yield ServerStarting(f"{server.base_url} is loading its model")


async def narrated(
    server: LlamaServer,
    request: CompletionRequest,
    step: int,
    phase: Phase,
    not_enforced: tuple[str, ...] = (),
) -> AsyncGenerator[Event | Completion, None]:
    """One completion as events, and the `Completion` last."""
    yield PhaseStarted(step, phase)
    if request.grammar:
        yield GrammarUsed(step, request.grammar, not_enforced)
    async with aclosing(server.astream(request, step, phase)) as chunks:
        async for chunk in chunks:
            match chunk:
                case Queued(place):
                    yield Notice(f"All slots of the server are busy: number {place} in the queue.")
                case Progress(processed, total, cached):
                    yield PromptProgress(step, phase, processed, total, cached)
                case Piece(text):
                    yield TextDelta(step, phase, text)
                case Completion():
                    yield PhaseFinished(step, phase, chunk.text, chunk.timings, chunk.stop)
                    yield chunk
                case _:
                    assert_never(chunk)


async def retried(
    tell: Callable[[], AsyncGenerator[Event | Completion, None]], retries: int
) -> AsyncGenerator[Event | Completion, None]:
    """The events of a request that is made again when it fails before anything was written."""
    for attempt in range(retries + 1):
        written = False
        try:
            async with aclosing(tell()) as happenings:
                async for item in happenings:
                    written = written or isinstance(item, TextDelta)
                    if attempt == 0 or not isinstance(item, PhaseStarted | GrammarUsed):
                        yield item
            return
        except (ServerUnreachable, StreamBroken, ServerLoading) as error:
            if written or attempt == retries:
                raise
            yield Notice(f"{error.what} It is asked again ({attempt + 1} of {retries}).")
            await asyncio.sleep(_PAUSE * 2**attempt)
