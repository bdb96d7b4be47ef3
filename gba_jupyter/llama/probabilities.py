"""The probabilities that a server tells with each sampled token (`n_probs`), typed.

They are those of the raw logits: before the grammar, the bias and the samplers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Alternative:
    """A token that could have been sampled.

    Attributes:
        id: its id; -1 on older servers, which don't tell.
        data: its bytes, not always whole characters; empty for a control token.
        p: its probability, 0 to 1.
    """

    id: int
    data: bytes
    p: float


@dataclass(frozen=True)
class Sampled:
    """One event of a stream: a token that was sampled, or the last one of a character.

    Attributes:
        id: the token's id; -1 on older servers.
        sent: the bytes that came with it: none while a stop word may be coming, several tokens'
            at once where a character took several.
        count: how many tokens were sampled for it.
        p: the probability of the (last) token, 0 to 1.
        alternatives: the most probable tokens at its place, best first.
    """

    id: int
    sent: bytes
    count: int
    p: float
    alternatives: tuple[Alternative, ...]

    @property
    def own(self) -> bytes | None:
        """The bytes of the token itself; None when the server did not tell them."""
        same = (a.data for a in self.alternatives if a.id == self.id != -1)
        return next(same, self.sent if self.count == 1 and self.sent else None)


def read_sampled(data: dict[str, Any], count: int) -> Sampled | None:
    """Read a streamed event; None when it tells no probabilities.

    Newer servers write ``top_logprobs``, older ones ``probs`` without ids.
    """
    entries = data.get("completion_probabilities") or data.get("probs")
    if not isinstance(entries, list) or not entries or not isinstance(entries[-1], dict):
        return None
    entry = entries[-1]  # those before it were held back with their tokens
    if "probs" in entry:
        return _older(entry, count)
    found = [_alternative(each) for each in entry.get("top_logprobs") or entry.get("top_probs", ())]
    own = _alternative(entry)
    return Sampled(own.id, own.data, count, own.p, _best_first(found))


def _older(entry: dict[str, Any], count: int) -> Sampled:
    content = str(entry.get("content", "")).encode(errors="replace")
    found = [
        Alternative(-1, str(each.get("tok_str", "")).encode(errors="replace"), float(each["prob"]))
        for each in entry["probs"]
    ]
    p = next((a.p for a in found if a.data == content), 0.0)
    return Sampled(-1, content, count, p, _best_first(found))


def _alternative(entry: dict[str, Any]) -> Alternative:
    data = entry.get("bytes")
    text = str(entry.get("token", "")).encode(errors="replace")
    p = float(entry["prob"]) if "prob" in entry else _probability(entry.get("logprob"))
    return Alternative(int(entry.get("id", -1)), text if data is None else bytes(data), p)


def _probability(logprob: Any) -> float:
    # JSON has no minus infinity: a server writes null, or its lowest number.
    return math.exp(min(float(logprob), 0.0)) if isinstance(logprob, int | float) else 0.0


def _best_first(found: list[Alternative]) -> tuple[Alternative, ...]:
    return tuple(sorted(found, key=lambda each: -each.p))
