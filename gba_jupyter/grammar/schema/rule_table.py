"""The rules of a grammar while they are made: named, measured, and each with its place."""

from __future__ import annotations

from collections.abc import Mapping

from ..lint import MAX_BYTES
from ..nodes import CharClass, Literal, Node, Ref, walk
from ..rules import START
from .json_rules import BUILT_IN
from .place import too_large
from .subschema import Subschema


class RuleTable:
    """Rules by name, ``root`` first; a `linear.RuleBook` apart from the names."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node | None] = {START: None}
        self._places: dict[str, Subschema | str] = {START: "#"}
        self._counts: dict[str, int] = {}
        self._size = 0

    @property
    def nodes(self) -> Mapping[str, Node | None]:
        """What the rules match; None of those that were never defined."""
        return self._nodes

    def reserve(self, name: str, place: Subschema | str) -> Ref:
        """A new rule of this name, or with a number behind it.

        Args:
            name: the name; may be empty.
            place: the schema that it is for, or its path.
        """
        base = name or "rule"
        name = base
        while name in self._nodes or name in BUILT_IN:
            self._counts[base] = self._counts.get(base, 1) + 1
            name = f"{base}-{self._counts[base]}"
        self._nodes[name] = None
        self._places[name] = place
        self._grow(name, len(name) + len(" ::= "))
        return Ref(name)

    def define(self, rule: Ref, node: Node) -> None:
        """Say what a reserved rule matches."""
        self._nodes[rule.name] = node
        self._grow(rule.name, sum(map(_least_size, walk(node))))

    def place(self, name: str, schema: Subschema) -> None:
        """Say what a rule is for."""
        self._places[name] = schema

    def path(self, name: str) -> str:
        """The path of the schema that a rule is for; of a built-in one, that of ``root``."""
        place = self._places.get(name, self._places[START])
        return place if isinstance(place, str) else place.path

    def _grow(self, name: str, size: int) -> None:
        """Stop early: a grammar that is too large is refused in the end."""
        self._size += size
        if self._size > MAX_BYTES:
            raise too_large(self.path(name).partition("#")[0] + "#")


def _least_size(node: Node) -> int:
    """Characters that a node needs in GBNF at least, without the nodes inside it."""
    match node:
        case Literal(text):
            return len(text) + 2
        case Ref(name):
            return len(name)
        case CharClass(ranges):
            return len(ranges) + 2
        case _:
            return 1
