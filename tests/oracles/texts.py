"""Texts to judge: what a grammar writes, and what almost follows it."""

from __future__ import annotations

import random

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar.drawing.sample import sample
from gba_jupyter.grammar.rules import Rules

_FOREIGN = 'aZ0-9 \n\t"\\{}[]():,.#|é☃😀\x00\x1f\x7f\xa0\ud800\U0010ffff'


def texts_for(rules: Rules, count: int, seed: int, *, longest: int = 1000) -> list[str]:
    """Some texts of a grammar, each with one close to it; cut where too long, without doubles."""
    rnd = random.Random(seed)
    try:
        written = [text[:longest] for text in sample(rules, count, seed)]
    except GrammarError:
        written = []  # all of them need a surrogate
    alphabet = "".join(written) + _FOREIGN
    near = [mutant(text, alphabet, rnd) for text in written]
    return list(dict.fromkeys(["", *written, *near]))


def mutant(text: str, alphabet: str, rnd: random.Random) -> str:
    """The text after a few random edits, with characters of the alphabet where some are new."""
    chars = [*text]
    for _ in range(rnd.choice([1, 1, 2, 3])):
        at = rnd.randrange(len(chars) + 1)
        match rnd.randrange(7):
            case 0:
                del chars[at : at + 1]
            case 1:
                chars.insert(at, rnd.choice(alphabet))
            case 2:
                chars[at : at + 1] = rnd.choice(alphabet)
            case 3:
                chars[at : at + 2] = reversed(chars[at : at + 2])
            case 4:
                del chars[at:]
            case 5:
                chars[at:at] = chars[at : at + rnd.randint(1, 4)]
            case 6:
                del chars[at : at + rnd.randint(2, 8)]
    return "".join(chars)
