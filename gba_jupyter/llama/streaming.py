"""One streamed `/completion`, from the wire to typed chunks."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..errors import StreamBroken
from .faults import answer_fault
from .probabilities import read_sampled
from .protocol import (
    Chunk,
    Completion,
    Piece,
    StopType,
    TokenId,
    progress_from_json,
    timings_from_json,
)

Tokenize = Callable[[str], Awaitable[Sequence[TokenId]]]


def decoded(url: str, text: str) -> Any:
    """A JSON object or array that a llama.cpp server sent.

    Raises:
        StreamBroken: it is something else, so this is hardly a llama.cpp server.
    """
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict | list):
        raise _foreign(url)
    return data


@contextmanager
def understood(url: str) -> Iterator[None]:
    """Map what goes wrong where JSON is read that a llama.cpp server would not send.

    Raises:
        StreamBroken: so this is hardly a llama.cpp server.
    """
    try:
        yield
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise _foreign(url) from error


def _foreign(url: str) -> StreamBroken:
    return StreamBroken(
        f"{url} answered with something that is not a llama.cpp answer.",
        "Check that the address is that of a llama.cpp server.",
    )


async def chunks(
    source: AsyncIterator[dict[str, Any]], url: str, tokenize: Tokenize
) -> AsyncGenerator[Chunk, None]:
    """Read events as chunks; the last one is the `Completion`.

    Raises:
        StreamBroken: the stream ended without its final event.
        ServerError: the server reported an error in the middle of a good answer.
    """
    pieces: list[Piece] = []
    sampled = 0
    async for data in source:
        if "error" in data:
            error = data["error"]
            raise answer_fault(url, error if isinstance(error, dict) else {"message": str(error)})
        if "prompt_progress" in data:
            yield progress_from_json(data["prompt_progress"])
        elif data.get("stop"):
            yield await _completion(pieces, data, tokenize)
            return
        else:
            count = int(data.get("tokens_predicted") or sampled + 1)
            tokens = tuple(int(t) for t in data.get("tokens", ()))
            made, sampled = count - sampled, count
            probable = read_sampled(data, made)
            pieces.append(Piece(str(data.get("content", "")), tokens, made, probable))
            yield pieces[-1]
    raise StreamBroken(
        f"The server at {url} broke off its answer.",
        "Run the cell again; if it happens again, look at the server's log.",
    )


async def _completion(pieces: list[Piece], data: dict[str, Any], tokenize: Tokenize) -> Completion:
    stop = _STOPS.get(str(data.get("stop_type")), "none")
    sampled = tuple([piece.sampled for piece in pieces if piece.sampled])
    if stop == "eos" and pieces and not pieces[-1].text:
        pieces = pieces[:-1]  # the end-of-text token: the template writes it, not we
    return Completion(
        text="".join(p.text for p in pieces),
        tokens=None if stop == "none" else await _sampled(pieces, tokenize, cut=stop == "word"),
        stop=stop,
        truncated=bool(data.get("truncated")),
        timings=timings_from_json(data.get("timings") or {}),
        grammar=str(data.get("generation_settings/grammar") or ""),
        sampled=sampled,
    )


_STOPS: dict[str, StopType] = {"eos": "eos", "word": "word", "limit": "limit"}


async def _sampled(
    pieces: list[Piece], tokenize: Tokenize, *, cut: bool
) -> tuple[TokenId, ...] | None:
    """The sampled ids; a character of several tokens is tokenised to find the lost ones.

    With `cut` a stop word may have torn the last token; then its text may be another's.
    """
    ids: list[TokenId] = []
    for place, piece in enumerate(pieces):
        tokens = piece.tokens
        if len(tokens) != piece.count or (cut and place == len(pieces) - 1):
            found = tuple(await tokenize(piece.text))
            if len(found) != piece.count or found[-1:] != tokens[-1:]:
                return None
            tokens = found
        ids.extend(tokens)
    return tuple(ids)
