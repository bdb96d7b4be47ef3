"""Languages of texts as finite automata: what patterns, lengths and excluded names have in common.

Where a schema asks for several things of one text, the texts that satisfy them all are found
here, exactly, and written as rules by `linear`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, TypeVar

from .charsets import ALL, CharSet, complement, has, intersection, union
from .same_states import leading_to, same_states

MAX_STATES = 3000
"""Larger automata are given up: their rules would be too large for a server."""

S = TypeVar("S", bound=Hashable)
Edges: TypeAlias = tuple[tuple[CharSet, int], ...]


class TooLargeError(Exception):
    """An automaton would need more than `MAX_STATES` states."""


@dataclass(frozen=True)
class Automaton:
    """A language of texts: the smallest deterministic automaton, beginning with state 0.

    What this module makes is numbered and sorted in one way, so equal languages are equal.
    """

    edges: tuple[Edges, ...]
    """By state: disjoint sets of characters, each with the one state that they lead to."""
    finals: frozenset[int]
    """The states in which a text may end; without any, no text is in the language."""

    @property
    def is_empty(self) -> bool:
        """Whether the language has no text at all."""
        return not self.finals

    def accepts(self, text: str) -> bool:
        """Whether a text is in the language."""
        state = 0
        for char in text:
            target = next((to for chars, to in self.edges[state] if has(chars, char)), None)
            if target is None:
                return False
            state = target
        return state in self.finals

    def __and__(self, other: Automaton) -> Automaton:
        """The texts of both languages."""
        if ANY_TEXT in (self, other):
            return other if self == ANY_TEXT else self

        def step(pair: tuple[int, int]) -> Iterable[tuple[CharSet, tuple[int, int]]]:
            for chars, to in self.edges[pair[0]]:
                for others, other_to in other.edges[pair[1]]:
                    if shared := intersection(chars, others):
                        yield shared, (to, other_to)

        return explore(
            (0, 0), step, lambda pair: pair[0] in self.finals and pair[1] in other.finals
        )

    def __invert__(self) -> Automaton:
        """All texts that are not in the language."""
        dead = len(self.edges)

        def step(state: int) -> Iterable[tuple[CharSet, int]]:
            edges = self.edges[state] if state != dead else ()
            yield from edges
            if rest := complement(union(*[chars for chars, _ in edges])):
                yield rest, dead

        return explore(0, step, lambda state: state not in self.finals)

    def __sub__(self, other: Automaton) -> Automaton:
        """The texts of this language that are not in the other."""
        return self & ~other

    def __or__(self, other: Automaton) -> Automaton:
        """The texts of either language."""
        return ~(~self & ~other)


def explore(
    start: S, step: Callable[[S], Iterable[tuple[CharSet, S]]], is_final: Callable[[S], bool]
) -> Automaton:
    """The automaton of a language given by what follows what.

    Args:
        start: the state before the first character.
        step: disjoint sets of characters out of a state, each with the state behind them.
        is_final: whether a text may end in a state.

    Raises:
        TooLargeError: there are more than `MAX_STATES` states.
    """
    numbers: dict[S, int] = {start: 0}
    pending = deque([start])
    edges: list[dict[int, list[CharSet]]] = []
    while pending:
        targets: dict[int, list[CharSet]] = {}
        for chars, state in step(pending.popleft()):
            if state not in numbers:
                if len(numbers) >= MAX_STATES:
                    raise TooLargeError
                numbers[state] = len(numbers)
                pending.append(state)
            targets.setdefault(numbers[state], []).append(chars)
        edges.append(targets)
    finals = {number for state, number in numbers.items() if is_final(state)}
    alive = leading_to(finals, edges)
    joined = [
        {to: union(*sets) for to, sets in targets.items() if to in alive} for targets in edges
    ]
    return _smallest(joined, finals, alive)


def listed(texts: Iterable[str]) -> Automaton:
    """The language of some texts."""
    tree: list[dict[str, int]] = [{}]
    finals: set[int] = set()
    for text in texts:
        at = 0
        for char in text:
            if char not in tree[at]:
                tree[at][char] = len(tree)
                tree.append({})
            at = tree[at][char]
        finals.add(at)
    return explore(
        0,
        lambda at: [(((ord(char), ord(char)),), to) for char, to in tree[at].items()],
        lambda at: at in finals,
    )


@lru_cache(maxsize=32)
def lengths(least: int, most: int | None) -> Automaton:
    """The texts of so many characters; None is no limit."""
    last = least if most is None else most

    def step(count: int) -> list[tuple[CharSet, int]]:
        return [(ALL, min(count + 1, last))] if count < last or most is None else []

    return explore(0, step, lambda count: count >= least)


ANY_TEXT = Automaton((((ALL, 0),),), frozenset({0}))


def _smallest(
    edges: Sequence[Mapping[int, CharSet]], finals: set[int], alive: set[int]
) -> Automaton:
    """The automaton with states of one meaning made into one, numbered from the start."""
    if 0 not in alive:
        return Automaton(((),), frozenset())
    block = same_states(edges, finals, alive)
    numbers = {block[0]: 0}
    order = [0]
    found: list[Edges] = []
    for state in order:
        targets: dict[int, list[CharSet]] = {}
        states: dict[int, int] = {}
        for to, chars in edges[state].items():
            targets.setdefault(block[to], []).append(chars)
            states[block[to]] = to
        ahead = sorted([(union(*sets), to) for to, sets in targets.items()])
        for _, to in ahead:
            if to not in numbers:
                numbers[to] = len(numbers)
                order.append(states[to])
        found.append(tuple([(chars, numbers[to]) for chars, to in ahead]))
    return Automaton(tuple(found), frozenset([numbers[block[at]] for at in order if at in finals]))
