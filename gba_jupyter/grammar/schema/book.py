"""What the conversion of one rule takes from the converter."""

from __future__ import annotations

from typing import Protocol

from ..languages.automaton import Automaton
from ..lint import MAX_COUNT
from ..nodes import Node, Ref
from .check import Checker
from .merge import Joined
from .place import joined_name
from .subschema import NoValueError, Schemas, Subschema
from .texts import Texts
from .unions import Exclusion


class Source(Protocol):
    """A converter, as far as a book needs it."""

    closed: bool
    checker: Checker
    texts: Texts
    exclusion: Exclusion
    keys: dict[Automaton, Ref]
    """Rules for the names of properties, by the texts that they match."""

    def value(self, schemas: Schemas, name: str = "") -> Node | None:
        """What matches the values for which all the schemas hold; None when there are none."""

    def report(self, schema: Subschema, keyword: str, why: str) -> None:
        """Note something that the grammar does not enforce."""

    def reserve(self, name: str, place: Subschema | str) -> Ref:
        """A new rule of about this name."""

    def define(self, rule: Ref, node: Node) -> None:
        """Say what a reserved rule matches."""


class Book:
    """The rules of one schema on its way to a node: a `linear.RuleBook`, and more."""

    def __init__(self, source: Source, joined: Joined, name: str) -> None:
        self._source = source
        self._joined = joined
        self.part = joined.given[0]
        self.name = name
        self.closed = source.closed
        self.checker = source.checker
        self.texts = source.texts
        self.exclusion = source.exclusion
        self.keys = source.keys
        self.value = source.value
        self.report = source.report
        self.define = source.define

    def reserve(self, suffix: str) -> Ref:
        """A new rule, named after the schema and the suffix."""
        return self._source.reserve(joined_name(self.name, suffix), self.part)

    def add(self, suffix: str, node: Node) -> Ref:
        """A rule for a node."""
        rule = self.reserve(suffix)
        self.define(rule, node)
        return rule

    def report_merged(self, keyword: str, why: str) -> None:
        """Note that a merged keyword is not enforced, at the first schema that has it."""
        self.report(self._joined.owners[keyword], keyword, why)

    def capped(self, what: str, least: int, most: int | None) -> tuple[int, int | None]:
        """The bounds of a count, as far as a server can take them.

        Args:
            what: the end of the names of the keywords, such as ``Items``.
            least: the lower bound.
            most: the upper bound; None when there is none.

        Raises:
            NoValueError: they leave nothing.
        """
        if most is not None and most < least:
            raise self.none(f"`max{what}` is less than `min{what}`")
        for keyword, bound in ((f"min{what}", least), (f"max{what}", most)):
            if bound is not None and bound > MAX_COUNT and keyword in self._joined.owners:
                self.report_merged(keyword, f"a server cannot take counts over {MAX_COUNT}")
        return min(least, MAX_COUNT), None if most is None or most > MAX_COUNT else most

    def none(self, why: str) -> NoValueError:
        """The error for a schema without valid values."""
        return NoValueError(self.part, why)
