"""A prompt taken apart: whose words, which control tokens, how much of it was cached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate, pairwise

from ..errors import ServerError
from ..findings import Sent, Stretch
from .client import LlamaServer
from .exchanges import Exchange, curl
from .protocol import Part, TokenId

_CONTROL = re.compile(r"(<\|[^<>|\s]+\|>|</?[a-z_]+>)")  # what templates write as control tokens


async def dissect(exchange: Exchange) -> Sent:
    """All that is to be shown of a request. The server reads its own tokens; without it, or where
    it serves another model by now, the place where the cache ended is only known to the part."""
    request, timings = exchange.request, exchange.timings
    cached = timings.cached if timings else 0
    parts = request.parts or (Part("", "", len(request.prompt)),)
    stretches, exact = _by_part(parts, cached), False
    with suppress(ServerError):
        if (await exchange.server.aprops()).model == exchange.model:
            stretches = await _by_token(exchange.server, request.prompt, parts, cached)
            exact = True
    body = exchange.body
    return Sent(
        step=exchange.step,
        phase=exchange.phase,
        url=exchange.server.base_url,
        prompt=tuple(stretches),
        tokens=len(request.prompt),
        cached=None if timings is None else cached,
        generated=None if timings is None else timings.generated,
        exact=exact,
        fields={k: v for k, v in body.items() if k not in ("prompt", "grammar")},
        grammar=request.grammar,
        curl=curl(exchange),
        number=exchange.number,
    )


async def _by_token(
    server: LlamaServer, ids: Sequence[TokenId], parts: Sequence[Part], cached: int
) -> list[Stretch]:
    """The very tokens as text, cut where the role changes, at control tokens and at the cache."""
    ends = list(accumulate(part.tokens for part in parts))
    ours = {
        token
        for part, end in zip(parts, ends, strict=True)
        if not part.role  # nobody else's text is ever read as control tokens
        for token in ids[end - part.tokens : end]
    }
    control = {token for token in ours if await _is_control(server, token)}
    owner = [part.role for part in parts for _ in range(part.tokens)]
    special = [not role and t in control for role, t in zip(owner, ids, strict=True)]
    cuts = {0, *ends, cached} | {
        i + k for i, is_one in enumerate(special) if is_one for k in (0, 1)
    }
    found = []
    for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(ids))):
        text = await server.adetokenize(ids[start:end])
        if special[start]:
            text = text or f"token {ids[start]}"
        found.append(Stretch(owner[start], text, special[start], end <= cached))
    return found


async def _is_control(server: LlamaServer, token: TokenId) -> bool:
    """Whether text gives this token only when control tokens are read in it."""
    text = await server.adetokenize([token])
    if not text:
        return True
    read = await server.atokenize(text, parse_special=True)
    return token in read and token not in await server.atokenize(text)


def _by_part(parts: Sequence[Part], cached: int) -> list[Stretch]:
    ends = accumulate(part.tokens for part in parts)
    found = []
    for part, end in zip(parts, ends, strict=True):
        texts = [part.text] if part.role else _CONTROL.split(part.text)
        found += [
            Stretch(part.role, text, bool(i % 2), end <= cached)
            for i, text in enumerate(texts)
            if text
        ]
    return found
