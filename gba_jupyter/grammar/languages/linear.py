"""Automata as rules: short and readable, one way to read each text, and cheap for a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ..lint import MAX_COUNT
from ..nodes import EMPTY, CharClass, Literal, Node, Ref, Repeat, Seq, alt, optional, repeat, seq
from ..printer import node_text
from .automaton import Automaton, Edges
from .charsets import CharSet

_MAX_DEPTH = 8
"""Choices inside choices before a part becomes a rule."""
_MAX_SHARED = 24
"""Characters of GBNF of a part that is rather written twice than made a rule."""

_MAX_ITEMS = 100
"""Parts in a row before they become a rule."""


class RuleBook(Protocol):
    """Where the rules of a conversion are collected."""

    def reserve(self, suffix: str) -> Ref:
        """A new rule, named after what is being converted and the suffix."""

    def define(self, rule: Ref, node: Node) -> None:
        """Say what a reserved rule matches."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A state that takes some characters up to `count` times, and then goes on as `behind`."""

    chars: CharSet
    count: int
    behind: int


def class_node(chars: CharSet) -> Node:
    """One character of a set, as it is."""
    if len(chars) == 1 and chars[0][0] == chars[0][1]:
        return Literal(chr(chars[0][0]))
    return CharClass(chars)


def linear_node(
    automaton: Automaton, book: RuleBook, char: Callable[[CharSet], Node] = class_node
) -> Node:
    """What matches the texts of a language that is not empty.

    Args:
        automaton: the language.
        book: takes the rules that parts of it need.
        char: writes one character of a set.
    """
    return _Writer(automaton, book, char).node()


class _Writer:
    """One automaton on its way to a node, from its last states to the first."""

    def __init__(
        self, automaton: Automaton, book: RuleBook, char: Callable[[CharSet], Node]
    ) -> None:
        self._automaton = automaton
        self._book = book
        self._char = char
        self._runs = _runs(automaton)
        self._nodes: dict[int, Node] = {}
        self._depths: dict[int, int] = {}
        self._order = _last_first([self._next(state) for state in range(len(automaton.edges))])
        self._sources: dict[int, int] = dict.fromkeys(self._order, 0)
        for state in self._order:
            for to in self._next(state):
                self._sources[to] += 1

    def node(self) -> Node:
        """The node of state 0."""
        reserved: dict[int, Ref] = {}
        for state in self._order:
            for to in self._next(state):
                # A state that is not yet written is one that this state comes back to.
                if to not in self._nodes:
                    self._nodes[to] = reserved[to] = self._book.reserve("part")
                    self._depths[to] = 0
            node = self._written(state)
            if state in reserved:
                self._book.define(reserved[state], node)
            elif self._wants_rule(state, node):
                rule = self._nodes[state] = self._book.reserve("part")
                self._book.define(rule, node)
                self._depths[state] = 0
            else:
                self._nodes[state] = node
                self._depths[state] = self._depth(state)
        return self._nodes[0]

    def _next(self, state: int) -> list[int]:
        """The states that are written inside this one."""
        if state in self._runs:
            return [self._runs[state].behind]
        return [to for _, to in self._automaton.edges[state] if to != state]

    def _depth(self, state: int) -> int:
        """The choices inside each other in the node of a state."""
        inner = max([self._depths[to] for to in self._next(state)], default=0)
        is_choice = len(self._next(state)) > 1 or state in self._automaton.finals
        return inner + is_choice

    def _wants_rule(self, state: int, node: Node) -> bool:
        if state == 0:
            return False
        if isinstance(node, Seq) and len(node.items) > _MAX_ITEMS:
            return True
        shared = self._sources[state] > 1 and len(node_text(node)) > _MAX_SHARED
        return shared or self._depth(state) > _MAX_DEPTH

    def _written(self, state: int) -> Node:
        if run := self._runs.get(state):
            return seq(repeat(self._char(run.chars), 0, run.count), self._nodes[run.behind])
        options: list[Node] = []
        loop: Node | None = None
        for chars, to in self._automaton.edges[state]:
            if to == state:
                loop = repeat(self._char(chars), 0, None)
            else:
                options.append(_then(self._char(chars), self._nodes[to]))
        onwards = alt(*options) if options else EMPTY
        if options and state in self._automaton.finals:
            onwards = _maybe(onwards)
        return onwards if loop is None else seq(loop, onwards)


def _runs(automaton: Automaton) -> dict[int, _Run]:
    """The states that are nothing but a number of characters before another state."""
    found: dict[int, _Run] = {}
    targets = [[to for _, to in edges] for edges in automaton.edges]
    for state in _last_first(targets):
        edges = automaton.edges[state]
        for chars, to in edges:
            known = found.get(to)
            behind, count = (known.behind, known.count + 1) if known else (to, 1)
            if known and (known.chars != chars or count > MAX_COUNT):
                continue
            others = tuple([edge for edge in edges if edge[1] != to])
            same_end = (state in automaton.finals) == (behind in automaton.finals)
            if to != state and same_end and _same(others, automaton.edges[behind]):
                found[state] = _Run(chars, count, behind)
                break
    return found


def _same(one: Edges, two: Edges) -> bool:
    return one == two or (len(one) == len(two) and set(one) == set(two))


def _last_first(targets: list[list[int]]) -> list[int]:
    """The states from 0 on, each after those that it leads to, but for the ways back."""
    order: list[int] = []
    seen = {0}
    path = [(0, iter(targets[0]))]
    while path:
        state, ahead = path[-1]
        following = next((to for to in ahead if to not in seen), None)
        if following is None:
            order.append(state)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(targets[following])))
    return order


def _then(char: Node, rest: Node) -> Node:
    """A character and the rest; the same characters in a row become one repeat."""
    first, more = (
        (rest.items[0], rest.items[1:]) if isinstance(rest, Seq) and rest.items else (rest, ())
    )
    if isinstance(first, Repeat) and first.item == char and (first.max or first.min) < MAX_COUNT:
        most = None if first.max is None else first.max + 1
        return seq(Repeat(char, first.min + 1, most), *more)
    if first == char and not isinstance(char, Literal):
        return seq(Repeat(char, 2, 2), *more)
    return seq(char, rest)


def _maybe(node: Node) -> Node:
    if isinstance(node, Repeat) and node.min == 1:
        return repeat(node.item, 0, node.max)
    return optional(node)
