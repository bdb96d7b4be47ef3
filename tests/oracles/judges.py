"""The three judges on one grammar: our matcher, llama.cpp's engine and llguidance."""

from __future__ import annotations

from collections.abc import Sequence

from earley import Earley, can_judge
from engine import Answer, Engine

from gba_jupyter.grammar import Matcher
from gba_jupyter.grammar.rules import Rules


def disagreements(
    engine: Engine, gbnf: str, rules: Rules, texts: Sequence[str], *, most: int = 5
) -> list[str]:
    """What the judges say differently, in words.

    Args:
        engine: reads `gbnf`; the others judge the `rules` that our parser made of it.
        texts: texts with and without surrogates; llguidance is asked only about the latter.
        most: enough of them.
    """
    verdict = engine.ask(gbnf, texts)
    if verdict.refused:
        return [f"the engine, of {gbnf!r}: {verdict.refused}"]
    matcher, earley = Matcher(rules), Earley(rules)
    found: list[str] = []
    for text, theirs in zip(texts, verdict.answers, strict=True):
        ours = _ours(matcher, text)
        if ours != theirs:
            found.append(f"{text!r} under {gbnf!r}: ours {ours}, llama.cpp's {theirs}")
        third = earley.judge(text) if can_judge(text) else None
        if third not in (None, ours):
            found.append(f"{text!r} under {gbnf!r}: ours {ours}, llguidance's {third}")
    return found[:most]


def _ours(matcher: Matcher, text: str) -> Answer:
    state = matcher.follow(matcher.start, text)
    return Answer(state.position == len(text) and state.is_complete, state.position)
