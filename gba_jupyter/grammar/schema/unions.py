"""Whether schemas exclude each other, as far as that is plain to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from itertools import combinations
from typing import Any

from .check import Checker
from .members import Properties
from .merge import Joined, tried
from .subschema import Schemas, Subschema
from .texts import Texts
from .values import value_key
from .vocabulary import UNIONS

_MAX_COMPARED = 50
_MAX_DEPTH = 3
_MAX_STEPS = 8000
"""Schemas that are looked at, in one conversion."""


class Exclusion:
    """Finds out whether no value can be valid for several schemas."""

    def __init__(self, checker: Checker, texts: Texts) -> None:
        self._checker = checker
        self._texts = texts
        self._steps = 0

    def may_overlap(self, rest: Schemas, branches: list[Subschema]) -> bool:
        """Whether a value could be valid for `rest` and two of the branches.

        Two that list their values are passed over: listed values are tried one by one.
        """
        given = [(branch, tried((branch,))[0]) for branch in branches]
        found = [(branch, joined) for branch, joined in given if joined is not None]
        if all([joined.listed is not None for _, joined in found]) or len(found) < 2:
            return False
        if _have_tags([joined for _, joined in found]):
            return False
        if len(found) > _MAX_COMPARED:
            return True
        return not all(
            [
                (first.listed is not None and second.listed is not None)
                or self.is_empty((*rest, one, two))
                for (one, first), (two, second) in combinations(found, 2)
            ]
        )

    def shared(self, branches: list[Subschema]) -> set[int]:
        """The places of the branches that list a value which another one may take, too."""
        joined = [tried((branch,))[0] for branch in branches]
        listed = {at: each.listed for at, each in enumerate(joined) if each and each.listed}
        counts = Counter([value_key(v) for values in listed.values() for v in values])
        others = [branches[at] for at, each in enumerate(joined) if each and at not in listed]
        return {
            at
            for at, values in listed.items()
            if any([counts[value_key(v)] > 1 or self._is_taken(v, others) for v in values])
        }

    def _is_taken(self, value: Any, others: list[Subschema]) -> bool:
        some = others[:_MAX_COMPARED]
        return any([self._checker.holds(value, (each,)) is not False for each in some])

    def is_empty(self, schemas: Schemas, depth: int = 0) -> bool:
        """Whether no value is valid for all the schemas."""
        self._steps += 1
        if self._steps > _MAX_STEPS:
            return False
        joined = tried(schemas)[0]
        if joined is None:
            return True
        values = joined.listed
        if values is not None:
            return all([self._checker.holds(value, schemas) is False for value in values])
        if depth < _MAX_DEPTH and self._has_empty_union(joined, depth + 1):
            return True
        kinds = joined.keys.get("type", ("null",))
        return all([self._is_without(kind, joined, schemas, depth + 1) for kind in kinds])

    def _has_empty_union(self, joined: Joined, depth: int) -> bool:
        for part in joined.parts:
            for keyword in UNIONS:
                if keyword in part.keywords and len(part.list_at(keyword)) <= _MAX_COMPARED:
                    rest = [each.less(keyword) if each is part else each for each in joined.parts]
                    return all(
                        [self.is_empty((*rest, each), depth) for each in part.children(keyword)]
                    )
        return False

    def _is_without(self, kind: str, joined: Joined, schemas: Schemas, depth: int) -> bool:
        """Whether no value of a type is valid."""
        keys = joined.keys
        match kind:
            case "string":
                texts = self._texts.of(schemas)
                return texts is not None and texts.is_empty
            case "number" | "integer":
                lows = [keys[k] for k in ("minimum", "exclusiveMinimum") if k in keys]
                highs = [keys[k] for k in ("maximum", "exclusiveMaximum") if k in keys]
                if not lows or not highs:
                    return False
                low, high = max(lows), min(highs)
                is_open = low in (keys.get("exclusiveMinimum"), keys.get("exclusiveMaximum"))
                return bool(low > high or (low == high and is_open))
            case "array":
                return bool(keys.get("minItems", 0) > keys.get("maxItems", float("inf")))
            case "object":
                return depth <= _MAX_DEPTH and self._is_without_objects(joined, depth)
            case _:
                return False

    def _is_without_objects(self, joined: Joined, depth: int) -> bool:
        properties = Properties(joined, lambda part, keyword, why: None)
        return any(
            [self.is_empty(of, depth) for of in map(properties.of, properties.required) if of]
        )


def _have_tags(branches: list[Joined]) -> bool:
    """Whether the schemas differ by the values of a property that all of them require."""
    if any([each.keys.get("type") != ("object",) for each in branches]):
        return False
    objects = [Properties(each, lambda part, keyword, why: None) for each in branches]
    shared = [name for name in objects[0].required if all([name in o.required for o in objects])]
    return any([_differ([each.of(name) for each in objects]) for name in shared])


def _differ(tags: list[Schemas]) -> bool:
    """Whether all the schemas list values, and no two of them list the same."""
    met: set[Hashable] = set()
    for schemas in tags:
        joined = tried(schemas)[0] if schemas else None
        if joined is None or joined.listed is None:
            return False
        values = {value_key(value) for value in joined.listed}
        if values & met:
            return False
        met |= values
    return True
