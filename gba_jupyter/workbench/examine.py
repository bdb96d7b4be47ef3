"""Look at a grammar: its warnings, its picture, texts of it, and texts that are tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..findings import Origin, Part, Report, Tried
from ..grammar import Grammar
from ..grammar.nodes import Literal
from ..grammar.printer import node_text
from .excerpt import pointed

_MAX_PARTS = 60
_SAMPLES = 5


def examine(
    grammar: Grammar,
    origin: Origin | None = None,
    *,
    tests: Sequence[str] = (),
    samples: int | None = None,
    seed: int = 0,
    draw: bool = True,
    spelled_out: bool = False,
) -> Report:
    """Look at a grammar from all sides.

    Args:
        grammar: the grammar.
        origin: what it was made from.
        tests: texts to try.
        samples: how many different texts of the grammar to draw; None: a few.
        seed: other samples for another seed.
        draw: whether to draw the picture.
        spelled_out: whether to show the GBNF.
    """
    count = _SAMPLES if samples is None else samples
    drawn = dict.fromkeys(grammar.sample(4 * count, seed))  # a small grammar repeats itself
    return Report(
        gbnf=str(grammar),
        rules=len(grammar.rules),
        origin=origin,
        not_enforced=tuple(map(str, grammar.not_enforced)),
        spelled_out=spelled_out,
        warnings=tuple(f"line {w.line}: {w}" if w.line else str(w) for w in grammar.warnings),
        svg=str(grammar.diagram()) if draw else "",
        samples=tuple(quoted(text) for text in list(drawn)[:count]),
        tried=tuple(attempt(grammar, text) for text in tests),
    )


def attempt(grammar: Grammar, text: str) -> Tried:
    """Try a text: which rule made which part of it, or where it goes wrong."""
    found = grammar.explain(text)
    if found.accepted:
        parts, more = _parts(found.spans, text)
        return Tried(quoted(text), True, parts, more)
    at = found.position
    shown = quoted(text)
    as_it_is = shown[0] == "'"
    column = at + 1 if as_it_is else len(_literal(text[:at])) - 1
    length = 1 if as_it_is or at == len(text) else len(_literal(text[at])) - 2
    return Tried(
        shown,
        False,
        pointer=pointed(shown, column, length),
        ends_early=at == len(text),
        path=found.path,
        expected=found.expected,
    )


def _parts(span: Any, text: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    more = 0
    pending = [(span, 0)]
    while pending:
        inner, depth = pending.pop()
        if len(parts) < _MAX_PARTS:
            parts.append(Part(inner.rule, quoted(text[inner.start : inner.end]), depth))
        else:
            more += 1
        pending += [(child, depth + 1) for child in reversed(inner.children)]
    return tuple(parts), more


def quoted(text: str) -> str:
    """A text as ``--test`` takes it: as it is in single quotes, or with escapes in double ones.

    JSON is full of double quotes, and reads best without escapes.
    """
    plain = text.isprintable() and "'" not in text and not text.endswith("\\")
    return f"'{text}'" if plain and '"' in text else _literal(text)


def _literal(text: str) -> str:
    return node_text(Literal(text)) if text else '""'
