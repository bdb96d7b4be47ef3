"""A question that the model answers under a grammar of the user's."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from ..events import Event, OnEvent, RunStarted, ServerStarting
from ..grammar import Grammar
from ..lens import N_PROBS, seen
from ..llama.client import LlamaServer
from ..llama.faults import require_allowed
from ..llama.narrate import connected, narrated
from ..llama.protocol import Completion, CompletionRequest, Sampling
from ..llama.transcript import Transcriber, Turn
from ..running import play, told


def write(
    server: LlamaServer,
    question: str,
    grammar: Grammar,
    sampling: Sampling,
    max_tokens: int,
    tell: OnEvent | None = None,
    lens: bool = False,
) -> Completion:
    """Let the model answer in the words that the grammar allows.

    Args:
        server: where the model is.
        question: the user's turn, in the model's own chat template.
        grammar: what may be written.
        sampling: how tokens are drawn.
        max_tokens: most tokens of the answer; it is cut off there.
        tell: is told what happens.
        lens: whether that includes what the model thought of each token.

    Raises:
        ServerError: the server failed, or did not keep to the grammar.
    """
    items = _events(server, question, grammar, sampling, max_tokens, lens)
    return play(told(items, lambda completion, _: completion), tell)


async def _events(
    server: LlamaServer,
    question: str,
    grammar: Grammar,
    sampling: Sampling,
    max_tokens: int,
    lens: bool,
) -> AsyncGenerator[Event | Completion, None]:
    async for news in connected(server):
        if isinstance(news, ServerStarting):
            yield news
        else:
            props = news
    yield RunStarted("gbnf", question, props.model, server.base_url)
    prompt = await Transcriber(server).encode([Turn("user", question)])
    request = CompletionRequest(
        prompt.tokens,
        max_tokens,
        str(grammar),
        sampling=sampling,
        n_probs=N_PROBS if lens else 0,
        parts=prompt.parts,
    )
    not_enforced = tuple(map(str, grammar.not_enforced))
    async with aclosing(narrated(server, request, 1, "answer", not_enforced)) as items:
        async for item in items:
            if isinstance(item, Completion):
                if read := await seen(item, grammar, 1, "answer"):
                    yield read
                if item.stop != "limit":
                    require_allowed(grammar, item.text, server.base_url)
            yield item
