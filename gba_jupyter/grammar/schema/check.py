"""Whether a value that a schema lists is valid. Cautious: what cannot be told is None."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from ..languages.automaton import Automaton
from .members import Items, Properties
from .merge import Joined, tried, truth
from .subschema import Schemas, Subschema
from .texts import known_texts
from .values import kinds_of, value_key
from .vocabulary import UNIONS

_MAX_DEPTH = 40
_MAX_STEPS = 100_000
"""Schemas that are tried on values, in one conversion."""

Kept: TypeAlias = bool | None
"""Whether a value keeps a keyword; None when that cannot be told."""
Verdict: TypeAlias = tuple[Subschema, str, Kept]
"""A schema, one of its keywords, and whether the value keeps it."""

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "exclusiveMinimum": lambda value, limit: value > limit,
    "exclusiveMaximum": lambda value, limit: value < limit,
}


def any_of(verdicts: Iterable[Kept]) -> Kept:
    """Whether one of several things holds."""
    found = [*verdicts]
    return True if True in found else None if None in found else False


def negated(verdict: Kept) -> Kept:
    """Whether a thing does not hold."""
    return None if verdict is None else not verdict


class _Facts:
    """Schemas that must all hold, and what is worked out from them once."""

    def __init__(self, joined: Joined, unsure: list[tuple[Subschema, str]]) -> None:
        self.joined = joined
        self.unsure = unsure

    def note(self, part: Subschema, keyword: str, why: str) -> None:
        self.unsure.append((part, keyword))

    @cached_property
    def items(self) -> Items:
        return Items(self.joined, self.note)

    @cached_property
    def properties(self) -> Properties:
        return Properties(self.joined, self.note)

    @cached_property
    def texts(self) -> dict[str, Automaton | None]:
        return {keyword: known_texts(self.joined, [keyword]) for keyword in ("pattern", "format")}

    @cached_property
    def listed(self) -> list[tuple[Subschema, str, frozenset[Hashable]]]:
        found = []
        for part in self.joined.parts:
            if "enum" in part.keywords:
                found.append((part, "enum", frozenset(map(value_key, part.list_at("enum")))))
            if "const" in part.keywords:
                found.append((part, "const", frozenset([value_key(part.keywords["const"])])))
        return found


class Checker:
    """Tells of values whether they are valid. Remembers the schemas that it has met."""

    def __init__(self) -> None:
        self._facts: dict[frozenset[Hashable], _Facts | None] = {}
        self._steps = 0
        self.unsure: list[tuple[Subschema, str]] = []
        """Keywords of which it could not be told whether a value keeps them."""

    def holds(self, value: Any, schemas: Schemas, depth: int = 0) -> Kept:
        """Whether all the schemas hold for a JSON value; None when that cannot be told.

        Raises:
            GrammarError: one of them cannot be a schema.
        """
        self._steps += 1
        if depth > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return None
        key = frozenset([schema.key for schema in schemas])
        if key not in self._facts:
            joined, unsure = tried(schemas)
            self._facts[key] = None if joined is None else _Facts(joined, unsure)
        facts = self._facts[key]
        if facts is None:
            return False
        verdict: Kept = True
        for part, keyword, kept in self._verdicts(value, facts, depth + 1):
            if kept is False:
                return False
            if kept is None:
                verdict = None
                self.unsure.append((part, keyword))
        return verdict

    def _verdicts(self, value: Any, facts: _Facts, depth: int) -> Iterator[Verdict]:
        yield from _own(value, facts)
        for part, keyword, keys in facts.listed:
            yield part, keyword, value_key(value) in keys
        for part in facts.joined.parts:
            yield from self._combined(value, part, depth)
        for part, schema in facts.joined.nots:
            yield part, "not", negated(self.holds(value, (schema,), depth))
        if isinstance(value, list):
            yield from self._array(value, facts, depth)
        elif isinstance(value, dict):
            yield from self._object(value, facts, depth)
        for part, keyword in facts.unsure:
            yield part, keyword, None

    def _combined(self, value: Any, part: Subschema, depth: int) -> Iterator[Verdict]:
        for keyword in UNIONS:
            if keyword not in part.keywords:
                continue
            found = [self.holds(value, (each,), depth) for each in part.children(keyword)]
            if keyword == "anyOf" or (found.count(True) < 2 and None not in found):
                yield part, keyword, any_of(found)
            else:
                yield part, keyword, False if found.count(True) > 1 else None
        if "if" in part.keywords and truth(part.child("if")) is None:
            condition = self.holds(value, (part.child("if"),), depth)
            for keyword, excused in (("then", negated(condition)), ("else", condition)):
                if keyword in part.keywords:
                    kept = self.holds(value, (part.child(keyword),), depth)
                    yield part, keyword, any_of([excused, kept])

    def _array(self, value: list[Any], facts: _Facts, depth: int) -> Iterator[Verdict]:
        for place, item in enumerate(value):
            if schemas := facts.items.at(place):
                yield schemas[0], "items", self.holds(item, schemas, depth)
        for part in facts.joined.parts:
            if part.keywords.get("uniqueItems") is True:
                yield part, "uniqueItems", len({*map(value_key, value)}) == len(value)
            if "contains" in part.keywords:
                found = [self.holds(item, (part.child("contains"),), depth) for item in value]
                least, most = (part.keywords.get(k) for k in ("minContains", "maxContains"))
                kept: Kept = None
                if least is None and most is None:
                    kept = any_of(found)
                yield part, "contains", kept

    def _object(self, value: dict[str, Any], facts: _Facts, depth: int) -> Iterator[Verdict]:
        properties = facts.properties
        for name, part in properties.required.items():
            yield part, "required", name in value
        for name, inner in value.items():
            if schemas := properties.of(name):
                yield schemas[0], "properties", self.holds(inner, schemas, depth)
            if needed := properties.needs.get(name):
                yield facts.joined.parts[0], "dependentRequired", needed.keys() <= value.keys()
        for part in facts.joined.parts:
            if "propertyNames" in part.keywords:
                names = (part.child("propertyNames"),)
                for name in value:
                    yield part, "propertyNames", self.holds(name, names, depth)
            for keyword in ("dependentSchemas", "dependencies"):
                for name, schema in part.map_at(keyword).items():
                    if name in value and not isinstance(schema, list):
                        inner_schema = (part.child(keyword, name),)
                        yield part, keyword, self.holds(value, inner_schema, depth)


def _own(value: Any, facts: _Facts) -> Iterator[Verdict]:
    """Whether a value keeps the keywords about its type, its size, and what it is as a number."""
    keys, owners = facts.joined.keys, facts.joined.owners
    if "type" in keys:
        yield owners["type"], "type", not kinds_of(value).isdisjoint(keys["type"])
    match value:
        case str():
            yield from _size("Length", len(value), facts)
            for keyword in ("pattern", "format"):
                if keyword in keys:
                    texts = facts.texts[keyword]
                    kept: Kept = texts.accepts(value) if texts is not None else None
                    # A format has texts that we do not know.
                    yield owners[keyword], keyword, kept or (None if keyword == "format" else kept)
        case list():
            yield from _size("Items", len(value), facts)
        case dict():
            yield from _size("Properties", len(value), facts)
        case int() | float() if not isinstance(value, bool):
            for keyword, keeps in _COMPARED.items():
                if keyword in keys:
                    yield owners[keyword], keyword, keeps(value, keys[keyword])
            if "multipleOf" in keys:
                yield owners["multipleOf"], "multipleOf", _is_multiple(value, keys["multipleOf"])


def _size(what: str, size: int, facts: _Facts) -> Iterator[Verdict]:
    keys, owners = facts.joined.keys, facts.joined.owners
    for keyword, sign in ((f"min{what}", 1), (f"max{what}", -1)):
        if keyword in keys:
            yield owners[keyword], keyword, sign * size >= sign * keys[keyword]


def _is_multiple(value: float, given: Any) -> Kept:
    """Whether a number is a multiple of one or several, as decimals."""
    steps = given if isinstance(given, tuple) else (given,)
    try:
        numbers = [Fraction(str(step)) for step in steps]
        return all([Fraction(str(value)) % number == 0 for number in numbers])
    except (ValueError, ZeroDivisionError):
        return None  # not even numbers
