"""Garbage in a schema: a right grammar or a refusal with a path, and never a crash."""

from __future__ import annotations

import datetime
import random
import re
from collections import OrderedDict, defaultdict
from decimal import Decimal
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

import pytest

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.schema.vocabulary import ANNOTATIONS, KNOWN

STR = {"type": "string"}


class Colour(str, Enum):  # noqa: UP042
    RED = "red"


class Size(IntEnum):
    SMALL = 1


GARBAGE: list[Any] = [
    None, True, False, 0, -1, 3, 2.5, float("nan"), float("inf"), 10**5000, "", "a", "^(", "\ud800",
    [], [3], ["a"], [[]], [{}], [None, {"type": "string"}], {}, {"a": 3}, {"a": []}, {"^(": {}},
    {3: {}}, {"type": 5}, {"a": {"type": "x"}}, (1, 2), {1, 2}, b"x", Decimal("1.5"),
    Decimal("NaN"), object(), datetime.date(2024, 1, 1), Colour.RED, Size.SMALL, OrderedDict(a={}),
    MappingProxyType({"a": {}}), defaultdict(dict, a={}), [Colour.RED], {"a": {"$ref": "#"}},
    [{"$ref": "#/x"}],
]  # fmt: skip


def converted(schema: Any) -> Grammar | None:
    """The grammar of a schema; None when it is refused as it should be."""
    try:
        grammar = Grammar.from_json_schema(schema)
    except GrammarError as error:
        assert re.match(r"The schema at #\S* cannot become a grammar: \S.*\.\Z", error.what, re.S)
        assert len(error.what) < 700 and error.fix
        return None
    for note in grammar.not_enforced:
        assert note.path.startswith("#") and note.keyword and note.why
    return grammar


@pytest.mark.parametrize("keyword", sorted(KNOWN | {"unknown", "x-own", "$id", "$anchor", "$defs"}))
def test_garbage_in_any_keyword(keyword: str) -> None:
    closed = {"type": ["object", "array"], "items": False, "additionalProperties": False}
    for garbage in GARBAGE:
        converted({**closed, "properties": {"p": {"type": "string"}}, keyword: garbage})
        converted({"type": ["string", "integer", "null"], "not": {"const": "a"}, keyword: garbage})
    converted({"allOf": [{keyword: garbage} for garbage in GARBAGE]})


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda value: type(value).__name__)
def test_garbage_in_place_of_a_schema(garbage: Any) -> None:
    converted(garbage)
    for keyword in ("items", "not", "additionalProperties", "propertyNames", "contains", "if"):
        converted({keyword: garbage, "then": garbage})
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        converted({keyword: [STR, garbage]})
    converted({"enum": [1, garbage], "type": ["integer", "object"]})
    converted({"enum": [garbage, 1], "minimum": 0, "required": ["a"], "uniqueItems": True})
    converted({"$ref": "#/$defs/x", "$defs": {"x": garbage}})


def test_random_garbage_never_crashes() -> None:
    rnd = random.Random(7)
    keywords = sorted(KNOWN | ANNOTATIONS)

    def grown(depth: int) -> Any:
        if depth == 0 or rnd.random() < 0.2:
            return rnd.choice(GARBAGE)
        if rnd.random() < 0.2:
            return [grown(depth - 1) for _ in range(rnd.randint(0, 3))]
        return {rnd.choice(keywords): grown(depth - 1) for _ in range(rnd.randint(1, 4))}

    outcomes = [converted(grown(4)) is None for _ in range(400)]
    assert True in outcomes and False in outcomes


def test_values_of_enums_are_plain_values() -> None:
    schema = {"type": "object", "properties": {Colour.RED: {"enum": [Colour.RED, Size.SMALL]}}}
    grammar = Grammar.from_json_schema({**schema, "required": [Colour.RED]})
    assert grammar.accepts('{"red":"red"}') and grammar.accepts('{"red":1}')
    assert grammar == Grammar.from_json_schema(
        {"type": "object", "properties": {"red": {"enum": ["red", 1]}}, "required": ["red"]}
    )
