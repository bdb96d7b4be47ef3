"""Small worlds: all values of a kind, and random schemas about them.

Every value of a world can be tried, so that what a grammar accepts is known and not only sampled.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

_NAMES = ["a", "b", "ab", "c"]
_PATTERNS = ["^a", "b$", "a", "^.$", "^[ab]*$", "^(a|b)$"]
_SCALARS: list[Any] = [
    None, True, False, -1, 0, 1, 2, 3, 4, 5, 6, 12, 0.5, 1.5, 2.5,
    "", "a", "b", "ab", "abc", "ba", "aab",
]  # fmt: skip


@dataclass(frozen=True)
class World:
    """Values, and what draws schemas about them."""

    values: list[Any]
    schema: Callable[[random.Random], Any]


def _leaf(rnd: random.Random) -> Any:
    kinds = ["null", "boolean", "integer", "number", "string"]
    return rnd.choice(
        [
            {"type": "integer", "minimum": rnd.randint(0, 3)},
            {"type": "integer", "maximum": rnd.randint(0, 4)},
            {"type": "integer", "multipleOf": rnd.choice([2, 3])},
            {"type": "number", "exclusiveMinimum": rnd.choice([0, 0.5, 1, 2])},
            {"type": "number", "maximum": rnd.choice([0, 0.5, 1.5, 3])},
            {"type": "string", "minLength": rnd.randint(0, 2)},
            {"type": "string", "maxLength": rnd.randint(0, 2)},
            {"type": "string", "pattern": rnd.choice(_PATTERNS)},
            {"enum": rnd.sample(_SCALARS, rnd.randint(1, 5))},
            {"const": rnd.choice(_SCALARS)},
            {"type": rnd.sample(kinds, rnd.randint(1, 3))},
            {"type": "boolean"},
        ]
    )


def _scalar(rnd: random.Random, depth: int = 2) -> Any:
    if depth == 0 or rnd.random() < 0.2:
        return _leaf(rnd)
    keyword = rnd.choice(["allOf", "anyOf", "oneOf", "not", "if", "both"])
    match keyword:
        case "not":
            schema = {"not": _scalar(rnd, depth - 1)}
        case "if":
            keywords = ["if", *rnd.sample(["then", "else"], rnd.randint(0, 2))]
            schema = {each: _scalar(rnd, depth - 1) for each in keywords}
        case "both":
            schema = {
                "anyOf": [_scalar(rnd, depth - 1) for _ in range(2)],
                "allOf": [_scalar(rnd, depth - 1)],
            }
        case _:
            schema = {keyword: [_scalar(rnd, depth - 1) for _ in range(rnd.randint(1, 3))]}
    return {**_leaf(rnd), **schema} if rnd.random() < 0.3 else schema


def _part(rnd: random.Random) -> Any:
    one = {"type": "integer"}, {"type": "string"}, True, False, {"enum": [0, "x"]}, {"const": 0}
    return rnd.choice(one)


def _maybe(rnd: random.Random, choices: dict[str, tuple[float, Callable[[], Any]]]) -> Any:
    return {word: draw() for word, (chance, draw) in choices.items() if rnd.random() < chance}


def _object(rnd: random.Random) -> Any:
    def names(most: int) -> list[str]:
        return rnd.sample(_NAMES, rnd.randint(0, most))

    some_names = [{"maxLength": 1}, {"pattern": "b"}, {"enum": ["a", "b"]}, {"not": {"const": "a"}}]
    dependent = [True, False, {"required": ["b"]}, {"properties": {"c": {"const": 0}}}]
    drawn = _maybe(
        rnd,
        {
            "properties": (0.7, lambda: {name: _part(rnd) for name in names(3)}),
            "required": (0.5, lambda: names(2)),
            "additionalProperties": (0.5, lambda: _part(rnd)),
            "patternProperties": (0.3, lambda: {rnd.choice(_PATTERNS): _part(rnd)}),
            "propertyNames": (0.25, lambda: rnd.choice(some_names)),
            "minProperties": (0.3, lambda: rnd.randint(0, 3)),
            "maxProperties": (0.3, lambda: rnd.randint(0, 3)),
            "dependentRequired": (0.2, lambda: {name: names(2) for name in names(2)}),
            "dependentSchemas": (0.1, lambda: {rnd.choice(_NAMES): rnd.choice(dependent)}),
            "unevaluatedProperties": (0.1, lambda: _part(rnd)),
            "not": (0.1, lambda: {"required": [rnd.choice(_NAMES)]}),
        },
    )
    return {"type": "object", **drawn}


def _array(rnd: random.Random) -> Any:
    drawn = _maybe(
        rnd,
        {
            "prefixItems": (0.5, lambda: [_part(rnd) for _ in range(rnd.randint(1, 2))]),
            "items": (0.6, lambda: _part(rnd)),
            "minItems": (0.4, lambda: rnd.randint(0, 3)),
            "maxItems": (0.4, lambda: rnd.randint(0, 3)),
            "uniqueItems": (0.2, lambda: True),
            "contains": (0.2, lambda: _part(rnd)),
            "minContains": (0.1, lambda: rnd.randint(0, 2)),
            "unevaluatedItems": (0.1, lambda: _part(rnd)),
        },
    )
    return {"type": "array", **drawn}


def _combined(draw: Callable[[random.Random], Any], rnd: random.Random) -> Any:
    if rnd.random() < 0.5:
        return draw(rnd)
    schema = {rnd.choice(["allOf", "anyOf", "oneOf"]): [draw(rnd), draw(rnd)]}
    return {**draw(rnd), **schema} if rnd.random() < 0.4 else schema


WORLDS = {
    "scalars": World(_SCALARS, _scalar),
    "objects": World(
        [
            dict(zip(names, values, strict=True))
            for count in range(len(_NAMES) + 1)
            for names in combinations(_NAMES, count)
            for values in product([0, "x"], repeat=count)
        ],
        lambda rnd: _combined(_object, rnd),
    ),
    "arrays": World(
        [[*items] for count in range(5) for items in product([0, 1, "x"], repeat=count)],
        lambda rnd: _combined(_array, rnd),
    ),
}
