"""Which rules of a grammar a text went through."""

from __future__ import annotations

from collections import Counter

from .grammar import Grammar

_MOST_TEXT = 8_000  # characters; 2,000 take some 25 ms
_MOST_RULES = 200


def rules_used(grammar: Grammar, text: str) -> dict[str, int]:
    """How often each rule made a part of the text, in the order of the grammar.

    Empty when the text is not a whole one of the grammar, or too long to be followed in passing.
    """
    if len(text) > _MOST_TEXT:
        return {}
    spans = grammar.explain(text).spans
    if spans is None:
        return {}
    counted = Counter([span.rule for span in spans.walk()])
    used = [name for name in grammar.rules if counted[name]]
    return {name: counted[name] for name in used[:_MOST_RULES]}
