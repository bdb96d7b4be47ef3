"""Objects whose properties depend on each other: on how many there are, and on which.

The properties are gone through in order. What the rest of an object depends on is a state: how many
properties were written, which ones must still come, and which ones must not. Each state at each
place is one rule at most, shared by all ways that lead to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..languages.automaton import TooLargeError
from ..nodes import EMPTY, Alt, Literal, Node, Ref, alt, optional, seq
from .shapes import COMMA, AddRule, Pair, more, some

MAX_STATES = 600
"""States at all places of an object; each is written with the name of its property."""


@dataclass(frozen=True)
class Limits:
    """What an object must keep besides the schemas of its properties."""

    least: int = 0
    """Smallest number of properties."""
    most: int | None = None
    """Largest number of properties; None: no limit."""
    needs: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By place of a property: the places of those that must be there when it is."""


class _State(NamedTuple):
    written: int = 0
    """Properties that were written, up to the largest number of interest."""
    must: frozenset[int] = frozenset()
    """Places of properties that must still come."""
    cannot: frozenset[int] = frozenset()
    """Places of properties that must not come any more."""


def limited_object(
    pairs: Sequence[Pair], extra: Node | None, limits: Limits, add: AddRule
) -> Node | None:
    """An object with its properties in order that keeps limits; None when none can.

    Args:
        pairs: the properties, at least one.
        extra: a further property, which comes last; None: there are no others.
        limits: what it must keep.
        add: adds a rule.

    Raises:
        TooLargeError: it would need more than `MAX_STATES` states.
    """
    return _Limited(pairs, extra, limits, add).node()


class _Limited:
    """One object on its way to a node: from the last property to the first."""

    def __init__(
        self, pairs: Sequence[Pair], extra: Node | None, limits: Limits, add: AddRule
    ) -> None:
        self._pairs = pairs
        self._extra = extra
        self._limits = limits
        self._add = add
        self._known: dict[Node, Ref] = {}
        required = [place for place, pair in enumerate(pairs) if pair.required]
        # With a property that is always there, the commas go towards it.
        self._pivot = required[0] if required else -1
        self._first = self._unwritten()
        self._states = self._reachable()

    def node(self) -> Node | None:
        last = len(self._pairs)
        after: list[dict[_State, Node]] = [{} for _ in range(last + 1)]
        for state in self._states[last]:
            if (tail := self._tail(state)) is not None:
                after[last][state] = tail
        for place in range(last - 1, -1, -1):
            is_single = len(self._states[place]) == 1 and self._pivot >= 0
            for state in self._states[place]:
                node = self._onwards(place, state, after[place + 1])
                if node is not None:
                    is_inline = place == 0 or (is_single and not isinstance(node, Alt))
                    after[place][state] = node if is_inline else self._rule(node)
        inner = after[0].get(_State()) if self._pivot >= 0 else self._from_nothing(after)
        return None if inner is None else seq(Literal("{"), inner, Literal("}"))

    def _unwritten(self) -> list[_State]:
        """By place: the state when nothing was written before it."""
        state: _State | None = _State()
        states: list[_State] = []
        for place in range(len(self._pairs)):
            if state is None:
                break
            states.append(state)
            state = self._skipped(state, place)
        return states

    def _reachable(self) -> list[dict[_State, None]]:
        """By place: the states before it, once something was written or a comma will follow."""
        levels: list[dict[_State, None]] = [{_State(): None} if self._pivot >= 0 else {}]
        for place in range(len(self._pairs)):
            before = [*levels[-1]]
            first = self._first[place : place + 1] if self._pivot < 0 else []
            found = [self._taken(state, place) for state in [*before, *first]]
            found += [self._skipped(state, place) for state in before]
            levels.append(dict.fromkeys([state for state in found if state is not None]))
            if sum(map(len, levels)) > MAX_STATES:
                raise TooLargeError
        return levels

    def _taken(self, state: _State, place: int) -> _State | None:
        """The state when the property is written."""
        least, most = self._limits.least, self._limits.most
        if place in state.cannot or (most is not None and state.written >= most):
            return None
        later = {each for each in self._limits.needs.get(place, ()) if each > place}
        must = (state.must | later) - {place}
        if must & state.cannot:
            return None
        written = min(state.written + 1, least if most is None else most)
        return _State(written, must, state.cannot)

    def _skipped(self, state: _State, place: int) -> _State | None:
        """The state when the property is left out."""
        if self._pairs[place].required or place in state.must:
            return None
        later = {
            each for each, needed in self._limits.needs.items() if each > place and place in needed
        }
        cannot = (state.cannot | later) - {place}
        return None if cannot & state.must else _State(state.written, state.must, cannot)

    def _onwards(self, place: int, state: _State, after: Mapping[_State, Node]) -> Node | None:
        """The rest of an object from a place on."""
        taken, skipped = self._taken(state, place), self._skipped(state, place)
        with_it = after.get(taken) if taken is not None else None
        without = after.get(skipped) if skipped is not None else None
        pair = self._pair(place)
        if with_it is None:
            return without
        if without is None:
            return seq(pair, with_it)
        if with_it == without:
            return seq(optional(pair), without)
        return alt(seq(pair, with_it), without)

    def _pair(self, place: int) -> Node:
        node = self._pairs[place].node
        if place == self._pivot:
            return node
        return seq(node, COMMA) if place < self._pivot else seq(COMMA, node)

    def _tail(self, state: _State) -> Node | None:
        """The further properties at the end."""
        least, most = self._limits.least, self._limits.most
        missing = max(least - state.written, 0)
        if self._extra is None:
            return None if missing else EMPTY
        return more(self._extra, missing, None if most is None else most - state.written)

    def _from_nothing(self, after: Sequence[Mapping[_State, Node]]) -> Node | None:
        """An object in which any property can be the first."""
        least, most = self._limits.least, self._limits.most
        options: list[Node] = []
        for place, pair in enumerate(self._pairs):
            taken = self._taken(self._first[place], place)
            rest = after[place + 1].get(taken) if taken is not None else None
            if rest is not None:
                options.append(seq(pair.node, rest))
        if self._extra is not None and most != 0:
            options.append(some(self._extra, least, most))
        if not options:
            return EMPTY if not least else None
        return alt(*options) if least else optional(alt(*options))

    def _rule(self, node: Node) -> Node:
        """A rule for what several ways may lead to, if it is more than a word."""
        if isinstance(node, Ref) or node == EMPTY:
            return node
        if node not in self._known:
            self._known[node] = self._add("rest", node)
        return self._known[node]
