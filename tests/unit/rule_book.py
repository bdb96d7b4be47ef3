"""Where the tests of languages collect the rules that these need."""

from __future__ import annotations

from gba_jupyter.grammar.nodes import Node, Ref


class Book:
    """Collects rules."""

    def __init__(self) -> None:
        self.rules: dict[str, Node] = {}
        self._count = 0

    def reserve(self, suffix: str) -> Ref:
        self._count += 1
        return Ref(f"{suffix}-{self._count}")

    def define(self, rule: Ref, node: Node) -> None:
        assert rule.name not in self.rules
        self.rules[rule.name] = node
