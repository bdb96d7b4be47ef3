"""The objects of a schema to one node."""

from __future__ import annotations

from collections.abc import Collection

from ..languages.automaton import TooLargeError
from ..lint import MAX_BYTES
from ..nodes import Literal, Node, seq
from .book import Book
from .further import FurtherProperties
from .json_rules import json_text
from .limits import Limits, limited_object
from .members import Properties
from .merge import Joined, truth
from .place import too_large
from .shapes import Pair, object_node
from .subschema import NoValueError


def object_of(joined: Joined, absent: Collection[str], book: Book) -> Node:
    """What matches the objects of a schema.

    Args:
        joined: the schema.
        absent: names that no property may have.
        book: takes the rules, and knows the rest.

    Raises:
        GrammarError: a keyword does not have the form that it must have.
        NoValueError: no object is valid.
    """
    return _Objects(joined, absent, book).node()


class _Objects:
    """The objects of one schema on their way to a node."""

    def __init__(self, joined: Joined, absent: Collection[str], book: Book) -> None:
        self._joined = joined
        self._book = book
        self._properties = Properties(joined, book.report)
        self._further = FurtherProperties(joined, self._properties, book)
        self._absent = {*absent, *self._excluded()}

    def node(self) -> Node:
        names = self._names()
        if sum(map(len, names)) > MAX_BYTES:
            raise too_large(self._joined.path)
        values = {name: self._value(name) for name in names}
        required = self._required(values)
        pairs = [
            Pair(name, seq(Literal(f"{json_text(name)}:"), value), name in required)
            for name, value in values.items()
            if value is not None
        ]
        extra = self._further.node(names)
        limits = self._limits(pairs, extra)
        is_plain = limits.most is None and limits.least <= (not required) and not limits.needs
        if pairs and not is_plain:
            try:
                node = limited_object(pairs, extra, limits, self._book.add)
            except TooLargeError:
                self._report_limits()
                limits = Limits()
            else:
                if node is None:
                    raise self._book.none("no choice of its properties keeps their number")
                return node
        return object_node(pairs, extra, limits.least, limits.most, self._book.add)

    def _names(self) -> list[str]:
        """All names that the schema speaks of: those that it defines first."""
        properties = self._properties
        needed = [name for trigger, names in properties.needs.items() for name in (trigger, *names)]
        named = [*properties.defined, *properties.required, *needed, *sorted(self._absent)]
        return list(dict.fromkeys(named))

    def _value(self, name: str) -> Node | None:
        if name in self._absent or not self._further.takes(name):
            return None
        return self._book.value(self._properties.of(name))

    def _required(self, values: dict[str, Node | None]) -> set[str]:
        """The names that are always there. What needs a name that cannot be is taken out."""
        needs = self._properties.needs
        pending = [name for name, value in values.items() if value is None]
        while pending:
            gone = pending.pop()
            for name, needed in needs.items():
                if gone in needed and values[name] is not None:
                    values[name] = None
                    pending.append(name)
        required = dict.fromkeys(self._properties.required)
        pending = [*required]
        while pending:
            name = pending.pop()
            if values[name] is None:
                raise self._missing(name)
            new = [each for each in needs.get(name, ()) if each not in required]
            required.update(dict.fromkeys(new))
            pending += new
        return {*required}

    def _limits(self, pairs: list[Pair], extra: Node | None) -> Limits:
        """What the number of properties must be, and which need others."""
        keys = self._joined.keys
        least, most = keys.get("minProperties", 0), keys.get("maxProperties")
        required = sum([pair.required for pair in pairs])
        if extra is None and least > len(pairs):
            raise self._book.none(f"it needs {least} properties and can have only {len(pairs)}")
        if most is not None and required > most:
            raise self._book.none(f"it needs {required} properties and can have only {most}")
        least, most = self._book.capped("Properties", least, most)
        if extra is None and most is not None and most >= len(pairs):
            most = None
        least = least if least > required else 0
        if extra is not None and least - required > 1:
            # The further properties are not told from each other.
            self._book.report_merged("minProperties", "a name could be written twice")
        places = {pair.name: place for place, pair in enumerate(pairs)}
        needs = {
            places[name]: frozenset(
                [places[each] for each in needed if not pairs[places[each]].required]
            )
            for name, needed in self._properties.needs.items()
            if name in places
        }
        return Limits(least, most, {place: needed for place, needed in needs.items() if needed})

    def _excluded(self) -> list[str]:
        """Names of which a dependent schema says that they must not be there."""
        found: list[str] = []
        for keyword in ("dependentSchemas", "dependencies"):
            for part in self._joined.having(keyword):
                for name, value in part.map_at(keyword).items():
                    if isinstance(value, list):
                        continue
                    holds = truth(part.child(keyword, name))
                    if holds is False:
                        found.append(name)
                    elif holds is None:
                        why = "objects that break its schemas are accepted"
                        self._book.report(part, keyword, why)
        return found

    def _report_limits(self) -> None:
        why = "so many properties depend on each other that a grammar would be too large"
        for keyword in ("minProperties", "maxProperties"):
            if keyword in self._joined.keys:
                self._book.report_merged(keyword, why)
        for keyword in ("dependentRequired", "dependencies"):
            for part in self._joined.having(keyword):
                self._book.report(part, keyword, why)

    def _missing(self, name: str) -> NoValueError:
        owner = self._properties.defined.get(name, self._book.part)
        why = "the property is required, but no value is valid"
        return NoValueError(owner, why, ("properties", name))
