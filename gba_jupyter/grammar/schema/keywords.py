"""The keywords of schemas that must all hold to one node."""

from __future__ import annotations

import math
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from ...errors import GrammarError
from ..languages.automaton import Automaton, TooLargeError
from ..lint import MAX_BYTES
from ..nodes import Literal, Node, Ref, alt
from .arrays import array_of
from .book import Book
from .denials import Denied, denied
from .json_rules import factored, json_text
from .merge import Joined
from .numbers import number_node
from .objects import object_of
from .place import refusal, too_large
from .strings import readable, string_node, text_language
from .subschema import NoValueError, Subschema
from .texts import NO_TEXT, text_node
from .values import value_text
from .vocabulary import KINDS, KNOWN, SPEAKS_OF, UNIONS, spoken_kinds

_MAX_PATTERNS = 8


class Keywords:
    """Some schemas on their way to a node; inner schemas become rules of the converter."""

    def __init__(self, joined: Joined, book: Book) -> None:
        self._joined = joined
        self._book = book
        self.otherwise: Node | None = None
        """The values of the types that no keyword speaks of, if the node turns out to match none.
        They are as valid as the others."""

    def node(self) -> Node:
        """What matches the values for which all the schemas hold.

        Raises:
            GrammarError: one of them is no schema.
            NoValueError: no value is valid.
        """
        values = self._joined.listed
        if values is not None:
            return self._listed(values)
        for part in self._joined.parts:
            for keyword in UNIONS:
                if keyword in part.keywords:
                    return self._union(part, keyword)
        self._report_unknown()
        self._report_conditions()
        return self._described()

    def _listed(self, values: list[Any]) -> Node:
        """Those of the listed values that are valid."""
        self._report_unknown()
        schemas = tuple([schema.whole for schema in self._joined.given])
        checker = self._book.checker
        texts: dict[str, None] = {}
        size = 0
        for value in values:
            text = value_text(value, self._joined.given[0])
            before = len(checker.unsure)
            verdict = text not in texts and checker.holds(value, schemas)
            if verdict is None:
                for part, keyword in checker.unsure[before:]:
                    self._book.report(part, keyword, "listed values that break it are accepted")
            if verdict is not False:
                texts[text] = None
                size += len(text)
            if size > MAX_BYTES:
                raise too_large(self._joined.path)
        if not texts:
            raise self._book.none("it lists no value that is valid")
        return factored([(text, None) for text in texts])

    def _union(self, part: Subschema, keyword: str) -> Node:
        """One of several schemas; what stands beside them holds for each."""
        others = [each.less(keyword) if each is part else each for each in self._joined.parts]
        rest = tuple([each for each in others if each.keywords])
        branches = part.children(keyword, "option")
        alone: set[int] = set()
        if keyword == "oneOf":
            alone = self._book.exclusion.shared(branches)
            if self._book.exclusion.may_overlap(rest, branches):
                why = "a value may be valid for more than one of its schemas"
                self._book.report(part, keyword, why)
        options: list[Node] = []
        for at, branch in enumerate(branches):
            # Listed values are tried on the whole schema, which therefore stays beside them.
            whole = others if at in alone else rest
            node = self._book.value((*whole, branch), branch.name)
            if node is not None:
                options.append(node)
        if not options:
            raise self._book.none("no value is valid")
        return alt(*options)

    def _described(self) -> Node:
        """The values of the types that are left."""
        given = self._joined.keys.get("type")
        if given is not None:
            return self._of_kinds([*given])
        spoken = spoken_kinds(self._joined.names)
        others = [kind for kind in KINDS if kind not in spoken]
        if not others:
            return self._of_kinds(spoken)
        try:
            node = self._of_kinds(spoken)
        except NoValueError:
            return self._of_kinds(others)
        with suppress(NoValueError):
            self.otherwise = self._of_kinds(others)
        return node

    def _of_kinds(self, kinds: list[str]) -> Node:
        """The values of some types."""
        what = denied(self._joined, kinds, self._book)
        if {*what.kinds} >= {*KINDS} and self._is_free(what):
            return Ref("value")
        found: list[Node] = []
        reason = self._book.none("no type is left that all its parts allow")
        for kind in what.kinds:
            try:
                found.append(self._kind(kind, what))
            except NoValueError as error:
                reason = error
        if not found:
            raise reason
        return alt(*found)

    def _is_free(self, what: Denied) -> bool:
        """Whether nothing is said of the values of any type."""
        spoken = frozenset[str]().union(*SPEAKS_OF.values())
        return not (
            self._joined.names & spoken or what.booleans or what.absent or what.texts != NO_TEXT
        )

    def _kind(self, kind: str, what: Denied) -> Node:
        match kind:
            case "object":
                return object_of(self._joined, what.absent, self._book)
            case "array":
                return array_of(self._joined, self._book)
            case "string":
                return self._string(what)
            case "integer" | "number":
                return self._number(kind)
            case "boolean" if what.booleans:
                return self._boolean(what.booleans)
            case _:
                return Ref(kind)

    def _string(self, what: Denied) -> Node:
        keys = self._keys("string")
        if isinstance(keys.get("pattern"), tuple) and len(keys["pattern"]) > _MAX_PATTERNS:
            self._book.report_merged("pattern", f"only {_MAX_PATTERNS} patterns are held at once")
            keys["pattern"] = keys["pattern"][:_MAX_PATTERNS]
        if keys.get("maxLength", math.inf) < keys.get("minLength", 0):
            raise self._book.none("`maxLength` is less than `minLength`")
        try:
            node = self._other_than(what.texts, keys) if what.texts != NO_TEXT else None
            node = node or string_node(keys, self._book, self._book.report_merged)
        except ValueError as error:
            raise self._malformed(keys, error) from None
        if node is None:
            raise self._book.none("no text keeps all its keywords")
        return node

    def _other_than(self, texts: Automaton, keys: dict[str, Any]) -> Node | None:
        """The strings without some texts; None when these cannot be taken away."""
        try:
            left = readable(text_language(keys, self._book.report_merged) - texts)
        except TooLargeError:
            for part, _ in self._joined.nots:
                self._book.report(part, "not", "a grammar that holds it would be too large")
            return None
        if left.is_empty:
            raise self._book.none("its `not` leaves no value")
        return text_node(left, self._book)

    def _number(self, kind: str) -> Node:
        keys = self._keys("number")
        try:
            node = number_node(kind, keys, self._book, self._book.report_merged)
        except ValueError as error:
            raise self._malformed(keys, error) from None
        if node is None:
            raise self._book.none(f"no {kind} lies within its bounds")
        return node

    def _boolean(self, denied_values: Collection[bool]) -> Node:
        left = [value for value in (True, False) if value not in denied_values]
        if not left:
            raise self._book.none("its `not` leaves no value")
        return Literal(json_text(left[0]))

    def _keys(self, kind: str) -> dict[str, Any]:
        return {key: value for key, value in self._joined.keys.items() if key in SPEAKS_OF[kind]}

    def _malformed(self, keys: dict[str, Any], error: ValueError) -> GrammarError:
        owner = next((self._joined.owners[key] for key in keys if f"`{key}`" in str(error)), None)
        return refusal(self._joined.path if owner is None else owner.path, str(error))

    def _report_unknown(self) -> None:
        for part in self._joined.parts:
            for keyword in part.keywords:
                if keyword not in KNOWN:
                    self._book.report(part, keyword, "the keyword is not known here")

    def _report_conditions(self) -> None:
        for part in self._joined.having("if"):
            found = [each for each in ("if", "then", "else") if each in part.keywords]
            for keyword in found if len(found) > 1 else []:
                self._book.report(part, keyword, "values that break it are accepted")
