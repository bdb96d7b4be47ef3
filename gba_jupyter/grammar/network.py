"""Rules as a network of numbered states.

Each rule is a small automaton over characters whose edges may also call another rule. What is
reachable without a character is worked out once per state, when first needed (`Reach`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..errors import GrammarError
from .analysis import nullable_names
from .nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq
from .rules import Rules

MAX_STATES = 500_000
"""Larger networks (many large repeat counts in one grammar) are refused."""
ACCEPT = 0
"""The state after a complete ``root``."""


class Edge(NamedTuple):
    """One character that leads to another state."""

    node: Literal | CharClass | AnyChar
    offset: int
    """Place of the character in a literal; else 0."""
    target: int

    def takes(self, char: str) -> bool:
        """Whether the edge is for this character."""
        node = self.node
        if isinstance(node, Literal):
            return node.text[self.offset] == char
        if isinstance(node, AnyChar):
            return True
        code = ord(char)
        return any([low <= code <= high for low, high in node.ranges]) != node.negated


@dataclass(frozen=True, slots=True)
class Reach:
    """What lies ahead of a state before the next character."""

    edges: tuple[Edge, ...]
    calls: tuple[tuple[str, int], ...]
    """Rules that may begin here, each with the state to return to."""
    final: bool
    """Whether the rule may end here."""

    @property
    def only_final(self) -> bool:
        """Whether the rule can do nothing but end here."""
        return self.final and not self.edges and not self.calls


class Network:
    """The states of a grammar. Never changes but for what it remembers to be fast.

    Raises:
        GrammarError: there are more than `MAX_STATES` states.
    """

    def __init__(self, rules: Rules) -> None:
        self._nullable = nullable_names(rules)
        self._edges: list[list[Edge]] = [[]]
        self._calls: list[list[tuple[str, int]]] = [[]]
        self._skips: list[list[int]] = [[]]
        self._finals = {ACCEPT}
        self._starts: dict[str, int] = {}
        self._reach: dict[int, Reach] = {}
        self._targets: dict[tuple[int, str], tuple[int, ...]] = {}
        for name, node in rules.items():
            self._starts[name] = start = self._new()
            self._finals.add(self._build(node, start))

    def is_nullable(self, name: str) -> bool:
        """Whether the rule matches the empty text."""
        return name in self._nullable

    def start(self, name: str) -> int:
        """The first state of a rule."""
        return self._starts[name]

    def reach(self, state: int) -> Reach:
        """What lies ahead of a state before the next character."""
        found = self._reach.get(state)
        if found is None:
            found = self._reach[state] = self._explore(state)
        return found

    def targets(self, state: int, char: str) -> tuple[int, ...]:
        """The states that a character leads to."""
        found = self._targets.get((state, char))
        if found is None:
            found = tuple([edge.target for edge in self.reach(state).edges if edge.takes(char)])
            # Only ASCII is kept: the rest of Unicode could fill the memory.
            if char.isascii():
                self._targets[state, char] = found
        return found

    def _explore(self, state: int) -> Reach:
        seen = {state: None}
        pending = [state]
        while pending:
            for skipped in self._skips[pending.pop()]:
                if skipped not in seen:
                    seen[skipped] = None
                    pending.append(skipped)
        return Reach(
            tuple([edge for inner in seen for edge in self._edges[inner]]),
            tuple([call for inner in seen for call in self._calls[inner]]),
            not self._finals.isdisjoint(seen),
        )

    def _new(self) -> int:
        if len(self._edges) >= MAX_STATES:
            raise GrammarError(
                "The grammar is too large to be checked.", "Use smaller repeat counts."
            )
        self._edges.append([])
        self._calls.append([])
        self._skips.append([])
        return len(self._edges) - 1

    def _build(self, node: Node, at: int) -> int:
        """Add the states of a node behind the state `at`; returns the last one."""
        match node:
            case Literal(text):
                return self._build_text(node, len(text), at)
            case CharClass() | AnyChar():
                return self._edge(node, 0, at)
            case Ref(name):
                return self._build_call(name, at)
            case Seq(items):
                for item in items:
                    at = self._build(item, at)
                return at
            case Alt(options):
                end = self._new()
                for option in options:
                    self._skips[self._build(option, at)].append(end)
                return end
            case Repeat():
                return self._build_repeat(node, at)

    def _edge(self, node: Literal | CharClass | AnyChar, offset: int, at: int) -> int:
        end = self._new()
        self._edges[at].append(Edge(node, offset, end))
        return end

    def _build_text(self, node: Literal, length: int, at: int) -> int:
        for offset in range(length):
            at = self._edge(node, offset, at)
        return at

    def _build_call(self, name: str, at: int) -> int:
        end = self._new()
        self._calls[at].append((name, end))
        if name in self._nullable:
            self._skips[at].append(end)
        return end

    def _build_repeat(self, node: Repeat, at: int) -> int:
        for _ in range(node.min):
            at = self._build(node.item, at)
        # The end is a state of its own: a loop back to `at` would leak into its neighbours.
        end = self._new()
        if node.max is None:
            self._skips[at].append(end)
            self._skips[self._build(node.item, end)].append(end)
            return end
        for _ in range(node.max - node.min):
            self._skips[at].append(end)
            at = self._build(node.item, at)
        self._skips[at].append(end)
        return end
