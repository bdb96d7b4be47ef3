"""Random schemas: what the grammar writes is valid, what is valid it accepts, and the reverse."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from grammar_fuzz.instances import Instances
from grammar_fuzz.judge import CircularError, Judge
from grammar_fuzz.parts import in_order
from grammar_fuzz.schemas import Garbage, Schemas
from grammar_fuzz.worlds import WORLDS
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.drawing.sample import sample

SCHEMAS = 100
GARBAGE = 600
WORLD_SCHEMAS = 40


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def listed_keywords(grammar: Grammar) -> set[str]:
    listed = {note.keyword for note in grammar.not_enforced}
    # What a `not` takes out, the schemas of a `oneOf` need not tell apart.
    return listed | {"oneOf"} if "not" in listed else listed


class Trial:
    """One random schema, with everything that is claimed of its grammar."""

    def __init__(self, seed: int, counts: Counter[str]) -> None:
        self.seed = seed
        self.counts = counts
        self.typeless = seed % 5 == 0
        self.schema = Schemas(seed, typeless=self.typeless).document()
        self.judge = Judge(self.schema)
        self.instances = Instances(self.schema, seed)
        self.about = f"seed {seed}: {compact(self.schema)}"

    def run(self) -> None:
        drawn = [self.instances.value() for _ in range(10)]
        try:
            self.grammar = Grammar.from_json_schema(self.schema)
        except GrammarError as error:
            self.counts["refused"] += 1
            assert "#" in error.what, self.about
            if "itself" not in error.what:  # a definition without meaning, wherever it stands
                valid = [value for value in drawn if self.judge.is_valid(value)]
                assert not valid, f"{self.about} {valid} {error.what}"
            return
        self.counts["grammars"] += 1
        self.listed = listed_keywords(self.grammar)
        self.counts["listing nothing"] += not self.listed
        for text in sample(self.grammar.rules, 8, self.seed):
            self.check_written(text)
        for value in drawn:
            if self.judge.is_valid(value) and not self.typeless:
                self.check_valid(value)
            self.check_changed(self.instances.changed(value))

    def check_written(self, text: str) -> None:
        self.counts["sentences"] += 1
        assert self.grammar.accepts(text), f"{self.about} {text}"
        errors = self.judge.errors(text, self.listed)
        assert not errors, f"{self.about} {text} {errors} {self.listed}"

    def check_valid(self, value: Any) -> None:
        self.counts["valid"] += 1
        text = self.in_order(value)
        assert self.grammar.accepts(text), f"{self.about} {text} {self.grammar.explain(text)}"

    def check_changed(self, value: Any) -> None:
        text = self.in_order(value)
        if self.grammar.accepts(text):
            errors = self.judge.errors(text, self.listed)
            assert not errors, f"{self.about} {text} {errors} {self.listed}"
        elif not self.judge.is_valid(value):
            self.counts["rejected"] += 1

    def in_order(self, value: Any) -> str:
        return compact(in_order(value, [self.schema], self.judge, self.schema))


def check_schema(seed: int, counts: Counter[str]) -> None:
    try:
        Trial(seed, counts).run()
    except CircularError:
        counts["circular"] += 1


def test_the_schemas_are_schemas() -> None:
    for seed in range(30):
        Draft202012Validator.check_schema(Schemas(seed, typeless=True).document())


def test_random_schemas() -> None:
    counts: Counter[str] = Counter()
    for seed in range(SCHEMAS):
        check_schema(seed, counts)
    print(counts)
    assert counts["grammars"] > SCHEMAS * 0.8
    assert counts["listing nothing"] > SCHEMAS * 0.5
    assert min(counts["valid"], counts["rejected"], counts["sentences"]) > SCHEMAS * 4


def check_world(name: str, seed: int) -> str:
    """A random schema, tried on every value of a small world."""
    world = WORLDS[name]
    schema = world.schema(random.Random(seed))
    judge = Judge(schema)
    about = f"{name} {seed}: {compact(schema)}"
    verdicts = [(value, judge.is_valid(value)) for value in world.values]
    try:
        grammar = Grammar.from_json_schema(schema)
    except GrammarError as error:
        assert not any(valid for _, valid in verdicts), f"{about} {error.what}"
        return "refused"
    listed = listed_keywords(grammar)
    for value, valid in verdicts:
        text = compact(in_order(value, [schema], judge, schema))
        if grammar.accepts(text):
            assert not judge.errors(text, listed), f"{about} {text} {listed}"
        # Where a `not` takes the integers out, no number is written.
        elif valid and not isinstance(value, float):
            pytest.fail(f"{about} {text} {listed} is valid")
    return "listed" if listed else "exact"


@pytest.mark.parametrize("world", WORLDS)
def test_every_value_of_a_small_world(world: str) -> None:
    verdicts = Counter(check_world(world, seed) for seed in range(WORLD_SCHEMAS))
    print(verdicts)
    assert verdicts["exact"] > WORLD_SCHEMAS * 0.3


def check_garbage(seed: int) -> bool:
    schema = Garbage(seed).schema()
    try:
        grammar = Grammar.from_json_schema(schema)
    except GrammarError as error:
        assert "#" in error.what, f"seed {seed}: {schema} {error.what}"
        return False
    for text in sample(grammar.rules, 2, seed):
        json.loads(text)
    return True


def test_garbage_is_converted_or_refused_with_the_path() -> None:
    verdicts = Counter(check_garbage(seed) for seed in range(GARBAGE))
    print(verdicts)
    assert min(verdicts[True], verdicts[False]) > GARBAGE * 0.1


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_many_random_schemas() -> None:
    counts: Counter[str] = Counter()
    for seed in range(10_000, 20_000):
        check_schema(seed, counts)
    print(counts)


@pytest.mark.campaign
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("world", WORLDS)
def test_many_small_worlds(world: str) -> None:
    print(Counter(check_world(world, seed) for seed in range(10_000, 15_000)))


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_much_garbage() -> None:
    print(Counter(check_garbage(seed) for seed in range(10_000, 110_000)))
