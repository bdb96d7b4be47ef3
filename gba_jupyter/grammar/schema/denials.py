"""What the `not` of a schema takes away, where a grammar can hold it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..languages.automaton import Automaton, TooLargeError, listed
from .book import Book
from .merge import Joined, tried
from .subschema import Subschema
from .texts import NO_TEXT
from .values import kinds_of

_NUMBERS = {"integer", "number"}
_TEXT_KEYWORDS = frozenset({"type", "minLength", "maxLength", "pattern"})


@dataclass(slots=True)
class Denied:
    """What is left of the types of a schema, and what some of them lose."""

    kinds: list[str]
    is_open: bool
    """Whether these are no types that the schema names, so that any may be left out."""
    texts: Automaton = NO_TEXT
    """Texts that are not valid."""
    booleans: set[bool] = field(default_factory=set)
    """Booleans that are not valid."""
    absent: set[str] = field(default_factory=set)
    """Properties that must not be there."""

    def drop_texts(self, texts: Automaton | list[str]) -> bool:
        """Take texts away; False when they are too many."""
        try:
            self.texts |= listed(texts) if isinstance(texts, list) else texts
        except TooLargeError:
            return False
        return True

    def drop(self, kinds: set[str]) -> bool:
        """Take types away; False when a grammar cannot: it would need numbers but no integers."""
        if "integer" in kinds and "number" in self.kinds and self.is_open:
            kinds = kinds | {"number"}
        if "integer" in kinds and "number" in self.kinds and "number" not in kinds:
            return False
        gone = kinds | ({"integer"} if "number" in kinds else set())
        self.kinds = [kind for kind in self.kinds if kind not in gone]
        return True


def denied(joined: Joined, kinds: list[str], book: Book) -> Denied:
    """What the `not` of a schema takes away. The rest is reported."""
    found = Denied([*kinds], "type" not in joined.keys)
    for part, schema in joined.nots:
        if not _deny(found, schema, book):
            book.report(part, "not", "values that it excludes are accepted")
    return found


def _deny(found: Denied, schema: Subschema, book: Book) -> bool:
    """Take away the values of one schema; False when a grammar cannot."""
    inner, unheld = tried((schema,))
    if inner is None:
        return True  # it never holds
    if unheld:
        return False
    types = {*inner.keys.get("type", ())}
    if types and not any([kind in types or {*types, kind} >= _NUMBERS for kind in found.kinds]):
        return True
    if inner.listed is not None:
        return _deny_listed(found, schema, inner.listed, book)
    names = inner.names
    if not names:
        raise book.none("its `not` leaves no value")
    required = {name for part in inner.parts for name in part.names_at("required")}
    if names <= {"type"}:
        return found.drop(types)
    if names <= {"type", "required"} and len(required) == 1:
        if not types or "object" in types:
            found.absent |= required
        return found.drop((types or {*found.kinds}) - {"object"})
    if names <= _TEXT_KEYWORDS:
        texts = book.texts.of((schema,))
        return (
            texts is not None
            and found.drop_texts(texts)
            and found.drop((types or {*found.kinds}) - {"string"})
        )
    return False


def _deny_listed(found: Denied, schema: Subschema, values: list[Any], book: Book) -> bool:
    verdicts = [(value, book.checker.holds(value, (schema,))) for value in values]
    gone = [value for value, verdict in verdicts if verdict]
    is_whole = all([verdict is not None for _, verdict in verdicts])
    if None in gone:
        found.drop({"null"})
    found.booleans |= {value for value in gone if isinstance(value, bool)}
    texts = [value for value in gone if isinstance(value, str)]
    others = [value for value in gone if isinstance(value, int | float | list | dict)]
    left = [
        v for v in others if not isinstance(v, bool) and not kinds_of(v).isdisjoint(found.kinds)
    ]
    return found.drop_texts(texts) and is_whole and not left
