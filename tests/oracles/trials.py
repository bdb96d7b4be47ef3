"""The trials that the campaign repeats: a seed in, and what the judges disagree about out."""

from __future__ import annotations

import random
from collections import Counter

from corpus import CASES
from engine import Engine
from grammar_fuzz.schemas import Schemas
from judges import disagreements
from random_grammars import edited_text, random_rules
from stack_count import is_bearable
from texts import texts_for

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules

_BASES = [case.gbnf for case in CASES if len(case.gbnf) < 200]


def random_grammar(engine: Engine, seed: int, counts: Counter[str]) -> list[str]:
    """A random tree: printed, read back and judged."""
    rules = random_rules(random.Random(seed))
    if parse(str(rules)) != rules:
        return [f"seed {seed} reads back as another grammar: {rules}"]
    texts = _texts(rules, 8, seed, counts)
    return disagreements(engine, str(rules), rules, texts)


def edited_grammar(engine: Engine, seed: int, counts: Counter[str]) -> list[str]:
    """A GBNF text with faults in it: what we take, the engine takes in the same sense."""
    text = edited_text(_BASES, random.Random(seed))
    counts["edited texts"] += 1
    try:
        grammar = Grammar.from_gbnf(text)
    except GrammarError:
        counts["refused by us"] += 1
        return []
    texts = _texts(grammar.rules, 4, seed, counts)
    found = disagreements(engine, text, grammar.rules, texts)
    if str(grammar) != text:
        found += disagreements(engine, str(grammar), grammar.rules, texts)
    return found


def random_schema(engine: Engine, seed: int, counts: Counter[str]) -> list[str]:
    """A random JSON Schema: whatever our converter makes of it is a grammar for all."""
    schema = Schemas(seed, typeless=seed % 5 == 0).document()
    counts["schemas"] += 1
    try:
        grammar = Grammar.from_json_schema(schema)
    except GrammarError:
        counts["refused by us"] += 1
        return []
    texts = _texts(grammar.rules, 5, seed, counts, longest=1000)
    return disagreements(engine, str(grammar), grammar.rules, texts)


def _texts(
    rules: Rules, count: int, seed: int, counts: Counter[str], *, longest: int = 150
) -> list[str]:
    drawn = texts_for(rules, count, seed, longest=longest)
    texts = [text for text in drawn if is_bearable(rules, text)]
    counts.update(grammars=1, texts=len(texts), unbearable=len(drawn) - len(texts))
    return texts
