"""Random grammars that are good for a server: small, nested and recursive in odd ways."""

from __future__ import annotations

import random
from collections.abc import Sequence

from texts import mutant

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar.analysis import left_recursive_name
from gba_jupyter.grammar.lint import check
from gba_jupyter.grammar.nodes import (
    EMPTY,
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
)  # fmt: skip
from gba_jupyter.grammar.rules import Rules

NAMES = ("root", "a", "b-2", "B", "0")
_CHARS = 'aaaabbbccc"\\]-^[ \n\t\x01\x7fé☃😀\U0010ffff'
_BOUNDS = _CHARS + "\ud800"
_COUNTS = [
    *((0, 1), (0, 1), (0, None), (0, None), (1, None), (0, 2), (1, 3), (2, 2), (2, None), (3, 17)),
    (0, 0),
]


def random_rules(rnd: random.Random) -> Rules:
    """Rules that the lint lets pass."""
    while True:
        names = NAMES[: rnd.randint(1, len(NAMES))]
        size = rnd.randint(1, 8)
        rules = Rules([(name, _node(rnd, names, size)) for name in names])
        try:
            check(rules)
        except GrammarError:
            continue
        if left_recursive_name(rules) is None:
            return rules


def _node(rnd: random.Random, names: tuple[str, ...], size: int) -> Node:
    """A node with about so many leaves."""
    if size <= 1:
        return _leaf(rnd, names)
    if rnd.random() < 0.25:
        return Repeat(_node(rnd, names, size - 1), *rnd.choice(_COUNTS))
    count = rnd.randint(2, min(4, size))
    parts = tuple([_node(rnd, names, size // count) for _ in range(count)])
    return Seq(parts) if rnd.random() < 0.55 else Alt(parts)


def _leaf(rnd: random.Random, names: tuple[str, ...]) -> Node:
    kind = rnd.random()
    if kind < 0.40:
        return Literal("".join(rnd.choices(_CHARS, k=rnd.randint(1, 3))))
    if kind < 0.60:
        return CharClass(tuple([_range(rnd) for _ in range(rnd.randint(1, 3))]), rnd.random() < 0.3)
    if kind < 0.65:
        return AnyChar()
    return EMPTY if kind < 0.70 else Ref(rnd.choice(names))


def _range(rnd: random.Random) -> tuple[int, int]:
    low, high = sorted(map(ord, rnd.choices(_BOUNDS, k=2)))
    return (low, high) if rnd.random() < 0.4 else (low, low)


_SYNTAX = '"""()[]{}||*+?..^-\\#::==\n\n  \t,0123abxnroot'


def edited_text(texts: Sequence[str], rnd: random.Random) -> str:
    """One of the GBNF texts with random edits, or two of them spliced."""
    text = rnd.choice(texts)
    if rnd.random() < 0.2:
        other = rnd.choice(texts)
        return text[: rnd.randrange(len(text) + 1)] + other[rnd.randrange(len(other) + 1) :]
    return mutant(text, _SYNTAX, rnd)
