"""The ways to read a text, one character further.

A way is a point of the grammar with the stacks of the rules that are begun and not yet ended.
Stacks share what they have in common, and ways that come to one point are joined, so an ambiguous
grammar makes a graph, never an exponential number of stacks. Nothing recurses.
"""

from __future__ import annotations

from typing import TypeAlias

from ..rules import START
from .lazy_dfa import LazyDfa
from .points import Point
from .stacks import Stack

Ways: TypeAlias = tuple[tuple[Point, Stack], ...]


class Recognizer:
    """Reads texts of one grammar."""

    def __init__(self, dfa: LazyDfa) -> None:
        self._dfa = dfa

    def start(self) -> Ways:
        """The ways to read the empty text; they share nothing with those of other starts."""
        return self._begin(self._dfa.network.starts[START], Stack())

    def step(self, ways: Ways, char: str) -> tuple[Ways, bool] | None:
        """The ways after one more character, and whether the text may end behind it.

        None when the character is not legal.
        """
        arrivals: list[tuple[Point, Stack]] = []
        for point, stack in ways:
            try:
                target = point.after[char]
            except KeyError:
                target = self._dfa.after(point, char)
            if target is not None:
                arrivals.append((target, stack))
        if not arrivals:
            return None
        if len(arrivals) == 1 and not arrivals[0][0].final:
            return self._begin(*arrivals[0]), False
        stacks: dict[Point, dict[Stack, None]] = {}
        popped: set[Stack] = set()
        is_complete = False
        # The list grows: the end of a rule is an arrival where its caller goes on.
        for point, stack in arrivals:
            found = stacks.setdefault(point, {})
            if stack in found:
                continue
            found[stack] = None
            for ended in stack.unfold(popped) if point.final else ():
                is_complete |= ended.is_bottom
                arrivals += ended.returns or ()
        return self._joined(stacks), is_complete

    def _joined(self, stacks: dict[Point, dict[Stack, None]]) -> Ways:
        """One way for each stack, and the rules that begin there."""
        points: dict[Stack, list[Point]] = {}
        for point, found in stacks.items():
            if point.waits:
                points.setdefault(Stack.join(found), []).append(point)
        ways: Ways = ()
        for stack, reached in points.items():
            if joined := self._dfa.union(reached):
                ways += self._begin(joined, stack)
        return ways

    def _begin(self, point: Point, stack: Stack) -> Ways:
        """The way with those of the rules that begin at its point."""
        plan = self._dfa.plan(point)
        if not plan:
            return ((point, stack),)
        ways = [(point, stack)]
        for start, callers in plan:
            below = [ways[place + 1][1].push(back) for place, back in callers]
            ways.append((start, Stack.join(below)))
        return tuple(ways)
