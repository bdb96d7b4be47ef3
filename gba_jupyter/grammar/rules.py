"""The tree of a grammar, and its text.

A grammar is a `Rules`: names and nodes, in order, beginning with ``root``. The nodes are frozen
and compare by value. ``str(rules)`` is GBNF for llama.cpp, and reading it back gives the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..errors import GrammarError
from .nodes import Node, children
from .printer import rule_text

START = "root"
"""Name of the rule that a text is matched against."""
MAX_NESTING = 100
"""Nodes inside nodes within one rule; deeper grammars crash servers."""
NAME = re.compile(r"[A-Za-z0-9-]+")
"""What llama.cpp takes for the name of a rule."""


class Rules(Mapping[str, Node]):
    """An immutable grammar: rule names to nodes, in order. ``str()`` is its GBNF.

    Raises:
        GrammarError: no ``root``, a name that llama.cpp does not take, a double name, or nodes
            nested deeper than `MAX_NESTING`.
    """

    __slots__ = ("_nodes",)

    def __init__(self, rules: Iterable[tuple[str, Node]]) -> None:
        self._nodes: dict[str, Node] = {}
        for name, node in rules:
            if not NAME.fullmatch(name):
                raise GrammarError(
                    f"A rule cannot be named {name!r}.", "Use letters, digits and - only."
                )
            if name in self._nodes:
                raise GrammarError(f"The rule {name} is defined twice.", "Rename one of them.")
            _check_nesting(name, node)
            self._nodes[name] = node
        if START not in self._nodes:
            raise GrammarError("The grammar has no rule named root.", "Begin with `root ::= …`.")

    def __getitem__(self, name: str) -> Node:
        return self._nodes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __eq__(self, other: object) -> bool:
        """Same rules in the same order."""
        if not isinstance(other, Rules):
            return NotImplemented
        return list(self._nodes.items()) == list(other._nodes.items())

    def __hash__(self) -> int:
        return hash(tuple(self._nodes.items()))

    def __repr__(self) -> str:
        return f"Rules({list(self._nodes.items())!r})"

    def __str__(self) -> str:
        return "".join([f"{rule_text(name, node)}\n" for name, node in self._nodes.items()])


def _check_nesting(name: str, node: Node) -> None:
    level: list[Node] = [node]
    for _ in range(MAX_NESTING + 1):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return
    raise GrammarError(
        f"The rule {name} is nested more than {MAX_NESTING} deep.",
        "Move the inner part into a rule of its own.",
        rule=name,
    )
