"""The properties that a schema does not define one by one: their names, and their values."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from ..languages.automaton import ANY_TEXT, Automaton, TooLargeError, listed
from ..nodes import Literal, Node, Ref, alt, seq
from .book import Book
from .members import Properties
from .merge import Joined
from .strings import readable
from .texts import pattern_texts, text_node

_CACHE = 256
_MAX_GROUPS = 16
"""Sets of patterns that names can match at once."""


class FurtherProperties:
    """The further properties of the objects of a schema."""

    def __init__(self, joined: Joined, properties: Properties, book: Book) -> None:
        self._properties = properties
        self._book = book
        self._naming = [(p, p.child("propertyNames")) for p in joined.having("propertyNames")]
        # Closing concerns the objects whose names the schema describes, not the maps.
        described = joined.having("properties") or joined.having("patternProperties")
        closes = book.closed and bool(described)
        self._is_closed = closes and not properties.is_described

    def takes(self, name: str) -> bool:
        """Whether `propertyNames` allows a name; what cannot be told is reported."""
        for part, schema in self._naming:
            verdict = self._book.checker.holds(name, (schema,))
            if verdict is None:
                self._book.report(part, "propertyNames", "names that break it are accepted")
            elif not verdict:
                return False
        return True

    def node(self, names: Collection[str]) -> Node | None:
        """One further property with any of the names but the given ones; None: there is none."""
        allowed = self._allowed()
        if allowed == ANY_TEXT and not names and not self._properties.patterns:
            value = self._value(frozenset())
            return None if value is None else seq(Ref("string"), Literal(":"), value)
        try:
            groups = self._groups(allowed, names)
        except TooLargeError:
            return self._without_patterns(names)
        languages: dict[Node, Automaton] = {}
        for matching, language in groups.items():
            value = self._value(matching)
            if value is not None:
                languages[value] = languages[value] | language if value in languages else language
        entries = [
            seq(self._key(language), Literal(":"), value) for value, language in languages.items()
        ]
        return alt(*entries) if entries else None

    def _key(self, language: Automaton) -> Node:
        """The rule of the names of a language, the same for all that need it."""
        keys = self._book.keys
        if language not in keys:
            keys[language] = self._book.add("key", text_node(language, self._book))
        return keys[language]

    def _value(self, matching: Collection[str]) -> Node | None:
        """The values of names that match just these patterns."""
        if self._is_closed and not matching:
            return None
        return self._book.value(self._properties.of_others(matching))

    def _allowed(self) -> Automaton:
        """The names that `propertyNames` allows."""
        if not self._naming:
            return ANY_TEXT
        allowed = self._book.texts.of(tuple([schema for _, schema in self._naming]), narrow=True)
        if allowed is None:
            for part, _ in self._naming:
                self._book.report(part, "propertyNames", "names that break it are accepted")
            return ANY_TEXT
        return allowed

    def _groups(
        self, allowed: Automaton, names: Collection[str]
    ) -> dict[frozenset[str], Automaton]:
        """The allowed names by the patterns that they match.

        Raises:
            TooLargeError: there are too many of them to be told apart.
        """
        rest: frozenset[str] = frozenset()
        wants_rest = self._value(rest) is not None
        patterns = [*self._properties.patterns]
        if not patterns and not wants_rest:
            return {}
        if allowed == ANY_TEXT:
            groups = {rest: _other_than(frozenset(names))}
        else:
            groups = {rest: allowed - listed(names)}
        for pattern in patterns:
            texts = pattern_texts(pattern)
            before, groups = groups, {}
            for matching, language in before.items():
                groups[matching | {pattern}] = language & texts
                if matching or wants_rest or pattern != patterns[-1]:
                    groups[matching] = language - texts
            groups = {matching: each for matching, each in groups.items() if not each.is_empty}
            if len(groups) > _MAX_GROUPS:
                raise TooLargeError
        found = {matching: readable(language) for matching, language in groups.items()}
        return {
            matching: language
            for matching, language in found.items()
            if not language.is_empty and (matching or wants_rest)
        }

    def _without_patterns(self, names: Collection[str]) -> Node | None:
        """What is left when names cannot be told from each other; all of it is reported."""
        for part in dict.fromkeys(self._properties.patterns.values()):
            why = "there are too many patterns, and any further property is accepted"
            self._book.report(part, "patternProperties", why)
        try:
            if self._properties.patterns:
                return seq(self._key(_other_than(frozenset(names))), Literal(":"), Ref("value"))
        except TooLargeError:
            pass
        why = "there are too many names to tell others from them, so no others are accepted"
        self._book.report(self._book.part, "additionalProperties", why)
        return None


@lru_cache(_CACHE)
def _other_than(names: frozenset[str]) -> Automaton:
    """All texts but some."""
    return ~listed(sorted(names))
