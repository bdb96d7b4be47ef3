"""One completion as the events of a run."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import assert_never

from ..errors import ServerLoading
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
    async with aclosing(server.astream(request)) as chunks:
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
