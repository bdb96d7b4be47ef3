"""The lens against llama.cpp's own engine: what is forced, and which alternatives are legal.

``pytest tests/oracles/test_lens_engine.py -m campaign`` lets the real model write, and says its
counts; ``GBA_LENS_STEPS`` is the number of its calls.
"""

from __future__ import annotations

import os
import string
from random import Random
from typing import Literal

import pytest
from engine import Engine

import gba_jupyter as gba
from gba_jupyter.events import Timings
from gba_jupyter.lens import N_PROBS, look
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.probabilities import Alternative, Sampled
from gba_jupyter.llama.protocol import Completion, CompletionRequest, Sampling
from gba_jupyter.readings import END, LensToken

STEPS = int(os.environ.get("GBA_LENS_STEPS", "200"))
CHARACTERS = [*string.printable[:-2], "é", "日", "😀", "\x01"]


def find(query: str, kind: Literal["dog", "door"] = "dog") -> str:
    """Finds things."""
    return query


def fill(count: int, ready: bool, ratio: float = 0.5) -> str:
    """Fills something."""
    return ""


def finish(names: list[str], note: str | None = None) -> str:
    """Ends something."""
    return ""


TOOLS = [[find], [find, fill], [find, fill, finish]]


class Judge:
    """What the engine allows after the beginnings of texts of one grammar."""

    def __init__(self, engine: Engine, gbnf: str) -> None:
        self._engine, self._gbnf = engine, gbnf
        self._forced: dict[str, bool] = {}

    def follows(self, text: str, tokens: list[str]) -> list[bool]:
        """Which of the tokens may come next."""
        verdict = self._engine.ask(self._gbnf, [text + token for token in tokens])
        assert not verdict.refused
        return [
            answer.position == len(text + token)
            for answer, token in zip(verdict.answers, tokens, strict=True)
        ]

    def forces(self, text: str) -> bool:
        """Whether just one thing may come next: a character, or the end."""
        if text not in self._forced:
            verdict = self._engine.ask(self._gbnf, [text])
            ways = sum(self.follows(text, CHARACTERS)) + verdict.answers[0].accepted
            self._forced[text] = ways == 1
        return self._forced[text]


def faults_of(judge: Judge, tokens: tuple[LensToken, ...]) -> list[str]:
    """Where the lens and the engine disagree."""
    found = []
    text = ""
    for token in tokens:
        places = [text + token.text[:i] for i in range(len(token.text))] or [text]
        if token.forced != all([judge.forces(place) for place in places]):
            found.append(f"{text!r} then {token.text!r}: forced is {token.forced}")
        choices = [c for c in token.choices if c.text != END and "\\x" not in c.text]
        verdicts = judge.follows(text, [c.text for c in choices])
        found += [
            f"{text!r} then {choice.text!r}: legal is {choice.legal}"
            for choice, legal in zip(choices, verdicts, strict=True)
            if not token.hidden and choice.legal != legal
        ]
        if token.legal is not True:
            found.append(f"{text!r} then {token.text!r}: sampled, and legal is {token.legal}")
        text += token.text
    return found


def cut(text: str, chance: Random) -> list[str]:
    """The text in pieces, as a model might cut it."""
    pieces = []
    while text:
        size = chance.randint(1, 5)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


def made_up(texts: list[str], chance: Random) -> Completion:
    """A completion that writes the first text; pieces of all texts are its alternatives."""
    pieces = [piece for text in texts for piece in cut(text, chance)]
    sampled = []
    for piece in cut(texts[0], chance):
        others = [piece, *chance.choices(pieces, k=4)]
        found = [Alternative(i, each.encode(), 0.2) for i, each in enumerate(others)]
        sampled.append(Sampled(0, piece.encode(), 1, 0.2, tuple(found)))
    sampled.append(Sampled(-1, b"", 1, 1.0, ()))
    return Completion(texts[0], None, "eos", False, Timings(), sampled=tuple(sampled))


def test_on_200_steps_what_is_forced_is_what_the_engine_allows(engine: Engine) -> None:
    chance = Random(1)
    grammars = [gba.Grammar.from_tools(tools, "auto") for tools in TOOLS]
    judges = [Judge(engine, str(grammar)) for grammar in grammars]
    texts = [grammar.sample(20, seed=1) for grammar in grammars]
    tokens = forced = 0
    found: list[str] = []
    for step in range(200):
        kind = step % 3
        seen = look(made_up(chance.sample(texts[kind], 3), chance), grammars[kind])
        found += faults_of(judges[kind], seen)
        tokens += len(seen)
        forced += sum([token.forced for token in seen])
    print(f"\n{tokens} tokens, {forced} forced, {len(found)} disagreements")
    assert found == [], found[:9]
    assert tokens > forced > 1000


@pytest.mark.campaign
@pytest.mark.timeout(24 * 3600)
def test_what_is_forced_and_legal_is_what_the_engine_says(
    engine: Engine, server: LlamaServer, capsys: pytest.CaptureFixture[str]
) -> None:
    found: list[str] = []
    tokens = forced = choices = 0
    prompt = server.tokenize("Find a dog, fill a box, or finish. Tool call as JSON:")
    grammars = [gba.Grammar.from_tools(tools, "auto") for tools in TOOLS]
    judges = [Judge(engine, str(grammar)) for grammar in grammars]
    for seed in range(STEPS):
        grammar, judge = grammars[seed % 3], judges[seed % 3]
        sampling = Sampling(0.5 + seed % 4 / 2, top_k=0, top_p=1.0, min_p=0.01, seed=seed)
        request = CompletionRequest(prompt, 60, str(grammar), (), sampling, N_PROBS)
        seen = look(server.complete(request), grammar)
        found += faults_of(judge, seen)
        tokens += len(seen)
        forced += sum([token.forced for token in seen])
        choices += sum([len(token.choices) for token in seen])
        if (seed + 1) % 20 == 0 or seed + 1 == STEPS:
            with capsys.disabled():  # the counts are what this is for
                print(
                    f"\n{seed + 1} calls, {tokens} tokens, {forced} forced, {choices} alternatives"
                )
                print(f"{len(found)} disagreements", flush=True)
    assert found == [], found[:9]
    assert tokens > forced > STEPS
