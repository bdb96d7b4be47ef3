"""Which options of a choice the coming characters leave."""

from __future__ import annotations

from ..rules import START
from .lazy_dfa import LazyDfa
from .points import Point

_FAR = 64
"""Characters that are looked ahead, where the next one leaves several options."""


class Lookahead:
    """Rules out options, and is never wrong in that; what it leaves may still turn out wrong.

    The end of a text is the character ``""``.
    """

    def __init__(self, dfa: LazyDfa) -> None:
        self._dfa = dfa
        self.network = dfa.network
        self._firsts: dict[tuple[str, str], bool] = {}
        self._follows: dict[tuple[str, str], bool] = {}

    def options(self, point: Point, text: str, at: int, *, whole: bool) -> tuple[Point, ...]:
        """The options of a choice that the text from a place on leaves, in the grammar's order.

        Args:
            point: the choice.
            text: the text, in the network's alphabet.
            at: the place in it.
            whole: whether the text ends where it ends; else it is the beginning of one.
        """
        char = text[at : at + 1]
        left = point.choices.get(char)
        if left is None:
            left = tuple([option for option in point.nexts if self.may_be(option, char)])
            point.leaves(char, left)
        if len(left) < 2:
            return left
        return self._look_far(left, text, at, len(text) + 1 if whole else len(text))

    def may_be(self, point: Point, char: str) -> bool:
        """Whether the character may be the next one at a point."""
        return self._may_begin(point, char) or (
            point.final and self._may_follow(self.network.home(point.rule), char)
        )

    def _look_far(
        self, options: tuple[Point, ...], text: str, at: int, end: int
    ) -> tuple[Point, ...]:
        home = self.network.home(options[0].rule)
        # None: beyond what can be followed without a stack.
        reached: dict[Point, Point | None] = dict(zip(options, options, strict=True))
        for place in range(at, min(at + _FAR, end)):
            char = text[place : place + 1]
            for option, point in list(reached.items()):
                if point is None:
                    continue
                if self._leaves(point, home, char):
                    reached[option] = None
                elif char and (following := self._dfa.after(point, char)):
                    reached[option] = following
                else:
                    del reached[option]
            if len(reached) < 2 or not any(reached.values()):
                break
        return tuple(reached)

    def _leaves(self, point: Point, home: str, char: str) -> bool:
        """Whether the character may belong to a rule that is called here, or that follows."""
        return any([self._may_start(name, char) for name in self._dfa.calls(point)]) or (
            point.final and self._may_follow(home, char)
        )

    def _may_begin(self, point: Point, char: str) -> bool:
        """Whether the character may be the next one before the rule on the stack ends."""
        if char and self._dfa.after(point, char):
            return True
        return any([self._may_start(name, char) for name in self._dfa.calls(point)])

    def _may_start(self, rule: str, char: str) -> bool:
        """Whether a text of the rule may begin with the character."""
        known = self._firsts
        pending = [rule]
        while pending:
            name = pending[-1]
            start = self.network.starts[name]
            calls = self._dfa.calls(start)
            if (name, char) in known:
                pending.pop()
            elif char and self._dfa.after(start, char):
                known[name, char] = True
            elif missing := [inner for inner in calls if (inner, char) not in known]:
                pending += missing
            else:
                known[name, char] = any([known[inner, char] for inner in calls])
        return known[rule, char]

    def _may_follow(self, rule: str, char: str) -> bool:
        """Whether the character may come after a rule, anywhere in the grammar."""
        known = self._follows
        if (rule, char) in known:
            return known[rule, char]
        seen = {rule: None}
        pending = [rule]
        found = False
        while pending and not found:
            name = pending.pop()
            found = known.get((name, char), name == START and not char)
            for owner, back in self.network.sites[name]:
                found = found or self._may_begin(back, char)
                home = self.network.home(owner)
                if back.final and home not in seen and known.get((home, char), True):
                    seen[home] = None
                    pending.append(home)
        # What is not to be found from here, is not from any rule on the way either.
        known.update({(name, char): found for name in ([rule] if found else seen)})
        return found
