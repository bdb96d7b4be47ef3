"""Which schemas hold for which property of an object, and for which item of an array."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .merge import MAX_PATTERN, Joined, Report
from .place import refusal
from .subschema import Schemas, Subschema
from .texts import UnknownTextsError, pattern_texts

_FOLLOWED = frozenset({"$ref", "allOf"})
"""Keywords whose schemas `join` has found, whatever the value."""
_UNFOLLOWED = frozenset({"$dynamicRef", "$recursiveRef", "anyOf", "oneOf", "if"})
_EVALUATORS = {
    "unevaluatedProperties": _UNFOLLOWED | {"dependentSchemas", "dependencies"},
    "unevaluatedItems": _UNFOLLOWED | {"contains"},
}
"""By keyword: those that may speak of its properties or items, depending on the value."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """What one schema says of the properties of an object."""

    schema: Subschema
    properties: Collection[str]
    patterns: Collection[str]
    others: str
    """The keyword for all others; empty when there is none."""

    def of(self, name: str, matching: Collection[str]) -> Iterator[Subschema]:
        """The schemas of a name that matches some patterns."""
        if name in self.properties:
            yield self.schema.child("properties", name, name=name)
        yield from self.of_others(matching, name in self.properties)

    def of_others(self, matching: Collection[str], is_met: bool = False) -> Iterator[Subschema]:
        """The schemas of names that match just these patterns; `is_met`: besides others."""
        for pattern in self.patterns:
            if pattern in matching:
                is_met = True
                yield self.schema.child("patternProperties", pattern, name="value")
        if not is_met and self.others:
            yield self.schema.child(self.others, name="value")


class Properties:
    """The properties of the objects of a schema.

    Raises:
        GrammarError: a keyword does not have the form that it must have.
    """

    def __init__(self, joined: Joined, report: Report) -> None:
        self._having: dict[str, list[_Fields]] = {}
        self._wide: list[_Fields] = []
        self._rest: Subschema | None = None
        self.defined: dict[str, Subschema] = {}
        """The names that have a schema of their own, in order, each with where it is."""
        self.required: dict[str, Subschema] = {}
        """The names that must be there, each with the schema that says so."""
        self.needs: dict[str, dict[str, None]] = {}
        """By name: the names that must be there when it is."""
        self.patterns: dict[str, Subschema] = {}
        """The patterns of names, each with the schema that has it."""
        for part in joined.parts:
            self._add(part, joined, report)

    @property
    def is_described(self) -> bool:
        """Whether something is said of the names that no schema defines."""
        return self._rest is not None or any([fields.others for fields in self._wide])

    def of(self, name: str) -> Schemas:
        """The schemas that hold for the property of a name."""
        matching = [each for each in self.patterns if pattern_texts(each).accepts(name)]
        fields = [*self._having.get(name, ()), *self._wide]
        found = [each for own in dict.fromkeys(fields) for each in own.of(name, matching)]
        return self._or_rest(found)

    def of_others(self, matching: Collection[str]) -> Schemas:
        """The schemas that hold for names that are not defined and match just these patterns."""
        return self._or_rest([each for own in self._wide for each in own.of_others(matching)])

    def _or_rest(self, found: list[Subschema]) -> Schemas:
        return tuple(found) if found or self._rest is None else (self._rest,)

    def _add(self, part: Subschema, joined: Joined, report: Report) -> None:
        others, rest = _others(part, joined, report)
        self._rest = self._rest or rest
        properties = part.map_at("properties")
        patterns = [
            each for each in part.map_at("patternProperties") if _usable(each, part, report)
        ]
        fields = _Fields(part, properties, patterns, others)
        for name in properties:
            self._having.setdefault(name, []).append(fields)
        if others or patterns:
            self._wide.append(fields)
        self.defined.update({name: part for name in properties if name not in self.defined})
        self.required.update(dict.fromkeys(part.names_at("required"), part))
        self.patterns.update(dict.fromkeys(patterns, part))
        for keyword in ("dependentRequired", "dependencies"):
            for name, value in part.map_at(keyword).items():
                if keyword == "dependentRequired" or isinstance(value, list):
                    names = _names(value, part, keyword)
                    self.needs.setdefault(name, {}).update(dict.fromkeys(names))


class Items:
    """The items of the arrays of a schema.

    Raises:
        GrammarError: a keyword does not have the form that it must have.
    """

    def __init__(self, joined: Joined, report: Report) -> None:
        self._first: list[list[Subschema]] = []
        self._others: list[Subschema | None] = []
        self._rest: Subschema | None = None
        for part in joined.parts:
            self._add(part, joined, report)
        self.length = max([len(first) for first in self._first], default=0)
        """Number of items at the beginning that have schemas of their own."""

    def at(self, place: int) -> Schemas:
        """The schemas that hold for the item at a place."""
        found = [
            first[place] if place < len(first) else others
            for first, others in zip(self._first, self._others, strict=True)
        ]
        schemas = tuple([each for each in found if each is not None])
        return schemas if schemas or self._rest is None else (self._rest,)

    @property
    def others(self) -> Schemas:
        """The schemas that hold for all further items."""
        return self.at(self.length)

    def _add(self, part: Subschema, joined: Joined, report: Report) -> None:
        keyword, others = "prefixItems", "items"
        if "prefixItems" not in part.keywords and isinstance(part.keywords.get("items"), list):
            # Before 2020, a list in `items` was what `prefixItems` is today.
            keyword, others = "items", "additionalItems"
        self._first.append(part.children(keyword, "item"))
        if others not in part.keywords:
            others, rest = _unevaluated(part, "unevaluatedItems", joined, report)
            self._rest = self._rest or rest
        self._others.append(part.child(others, name="item") if others else None)


def _others(part: Subschema, joined: Joined, report: Report) -> tuple[str, Subschema | None]:
    if "additionalProperties" in part.keywords:
        return "additionalProperties", None
    return _unevaluated(part, "unevaluatedProperties", joined, report)


def _unevaluated(
    part: Subschema, keyword: str, joined: Joined, report: Report
) -> tuple[str, Subschema | None]:
    """What `unevaluated…` of a schema is about: its own others, or what all parts leave over."""
    if part.keywords.get(keyword, True) is True:
        return "", None
    if not part.value.keys() & (_FOLLOWED | _EVALUATORS[keyword]):
        return keyword, None
    is_alone = len(joined.given) == 1 and joined.given[0].value is part.value
    if is_alone and not any([each.value.keys() & _EVALUATORS[keyword] for each in joined.parts]):
        return "", part.child(keyword, name="value")
    report(part, keyword, "what other keywords beside it cover depends on the value")
    return "", None


def _usable(pattern: str, part: Subschema, report: Report) -> bool:
    """Whether names can be told by a pattern."""
    if len(pattern) > MAX_PATTERN:
        report(part, "patternProperties", f"it has more than {MAX_PATTERN:,} characters")
        return False
    try:
        pattern_texts(pattern)
    except UnknownTextsError as error:
        report(part, "patternProperties", str(error))
        return False
    except ValueError as error:
        raise refusal(part.path, f"`patternProperties`: {error}") from None
    return True


def _names(value: object, part: Subschema, keyword: str) -> list[str]:
    if not isinstance(value, list) or not all([isinstance(name, str) for name in value]):
        raise refusal(part.path, f"`{keyword}` does not hold lists of names")
    return value
