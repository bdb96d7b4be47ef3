"""The lens: what the model thought of each token, and what the grammar did about it.

The probabilities are the server's, before the grammar; what is legal is said by our own matcher.

A token is *forced* when its text lies wholly inside the text that the grammar forces there
(`State.forced`): whatever is sampled, these characters come next. How they are cut into tokens
is still the model's choice. The end is forced when the text is whole and nothing may follow.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence

from .events import LensRead, Phase
from .grammar import Grammar
from .grammar.matching.match import State
from .llama.probabilities import Sampled
from .llama.protocol import Completion
from .readings import UNSURE, Choice, LensToken, LensTotals

N_PROBS = 20
"""Alternatives that are asked of the server; all of them count in the legal mass."""

_KEPT = 5  # alternatives in a record
_DIGITS = 3


def look(completion: Completion, grammar: Grammar | None = None) -> tuple[LensToken, ...]:
    """What is to be seen of each token; nothing where the server told no probabilities.

    Args:
        completion: of a request with `CompletionRequest.n_probs`.
        grammar: under which it was written; None: without one.
    """
    if not completion.sampled:
        return ()
    reading = _Constrained(grammar, completion.text) if grammar else _Free()
    return tuple([reading.token(*part) for part in _parts(completion)])


async def seen(
    completion: Completion, grammar: Grammar | None, step: int, phase: Phase
) -> LensRead | None:
    """What `look` sees of a phase, as an event; None where there is nothing.

    On a thread: with a thousand tokens it takes the better part of a second.
    """
    tokens = await asyncio.to_thread(look, completion, grammar) if completion.sampled else ()
    return LensRead(step, phase, tokens, totals(tokens)) if tokens else None


def totals(tokens: Sequence[LensToken]) -> LensTotals:
    """The tokens, counted."""
    masses = [token.mass for token in tokens if token.mass is not None]
    rules = Counter([token.rule for token in tokens if token.rule])
    return LensTotals(
        tokens=sum([1 + token.hidden for token in tokens]),
        forced=sum([token.forced for token in tokens]),
        overridden=sum([token.overridden for token in tokens]),
        illegal=sum([token.legal is False for token in tokens]),
        mass=_short(sum(masses) / len(masses)) if masses else None,
        rules=tuple(rules.most_common()),
        unsure=sum([token.legal is None and token.p < UNSURE for token in tokens]),
    )


def _parts(completion: Completion) -> Iterator[tuple[Sampled, bytes, bytes | None]]:
    """Each event with the bytes of its text, and those of them before its last token.

    The latter are None when they are not known. The server holds back the bytes of a character
    that takes several tokens, and of what may become a stop word; it then sends them at once.
    """
    sent = told = 0
    text = b"".join([sampled.sent for sampled in completion.sampled])
    for sampled in completion.sampled:
        sent += len(sampled.sent)
        own = sampled.own
        data = text[told:sent] if own is None or sampled.count > 1 else own
        told += len(data)
        if own is None:
            own = data if sampled.count == 1 else None
        known = own is not None and data.endswith(own)
        yield sampled, data, data[: len(data) - len(own)] if known and own is not None else None


class _Free:
    """Reads the tokens of a text without a grammar."""

    def token(self, sampled: Sampled, data: bytes, begun: bytes | None) -> LensToken:
        """What is to be seen of a token."""
        choices = [Choice(_text(a.data), _short(a.p)) for a in sampled.alternatives[:_KEPT]]
        return LensToken(
            _text(data), _short(sampled.p), choices=tuple(choices), hidden=sampled.count - 1
        )


class _Constrained:
    """Follows the grammar from token to token."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        matcher = grammar.matcher
        self._state: State | None = matcher.start
        self._rules = _rules(grammar, text)
        self._forced = b""  # what is left of a text that was found to be forced

    def token(self, sampled: Sampled, data: bytes, begun: bytes | None) -> LensToken:
        """What is to be seen of a token; goes on behind it."""
        state = self._state
        seen = _Free().token(sampled, data, begun)
        if state is None:
            return seen
        at = state.position
        legal, forced = self._pass(state, data)
        verdicts = [_legal(state, begun, each.data) for each in sampled.alternatives]
        mass = sum([a.p for a, good in zip(sampled.alternatives, verdicts, strict=True) if good])
        if legal and not any(a.id == sampled.id and a.p == sampled.p for a in sampled.alternatives):
            mass += sampled.p
        judged = zip(seen.choices, verdicts, strict=False)
        return LensToken(
            seen.text,
            seen.p,
            legal,
            forced,
            overridden=verdicts[:1] == [False],
            rule=self._rules[at] if data and at < len(self._rules) else "",
            mass=None if begun is None else _short(min(mass, 1.0)),
            choices=tuple([Choice(c.text, c.p, good) for c, good in judged]),
            hidden=seen.hidden,
        )

    def _pass(self, state: State, data: bytes) -> tuple[bool, bool]:
        """Go on behind a token; whether it was legal, and whether it was forced."""
        if not data:
            return state.is_complete, state.must_end
        self._forced = self._forced or state.forced().encode()
        forced = self._forced.startswith(data)
        self._forced = self._forced[len(data) :] if forced else b""
        try:
            self._state = state.advance(data.decode())
        except UnicodeDecodeError:  # half a character at the very end
            self._state = None
            return state.legal_bytes(data), forced
        return self._state is not None, forced


def _legal(state: State, begun: bytes | None, data: bytes) -> bool | None:
    """Whether a token may come next; a control token is taken for the end of the text."""
    if begun is None:
        return None
    return state.legal_bytes(begun + data) if data else not begun and state.is_complete


def _rules(grammar: Grammar, text: str) -> list[str]:
    """The innermost rule of each character, as far as the text follows the grammar."""
    found = grammar.explain(text)
    reached = grammar.matcher.follow(grammar.matcher.start, text)
    rules = [""] * reached.position
    for span in (found.spans or reached.spans()).walk():
        rules[span.start : span.end] = [span.rule] * (span.end - span.start)
    return rules


def _text(data: bytes) -> str:
    return data.decode(errors="backslashreplace")


def _short(p: float) -> float:
    """A probability with few digits: a record has many of them."""
    return float(f"{p:.{_DIGITS}g}")
