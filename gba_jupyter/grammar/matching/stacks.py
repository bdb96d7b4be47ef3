"""Stacks of the rules that are begun and not yet ended, sharing what they have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

from .points import Point

_FEW = 8
"""Joined stacks of up to this size are looked into, to find them again and to simplify them."""
_SEARCHED = 64
"""Stacks that are looked at to find one inside another. To miss one costs no more than time."""

_Returns: TypeAlias = "tuple[tuple[Point, Stack], ...]"


class Stack:
    """Where to go on when the rule ends, and when the rule after that ends, and so on.

    Either a point on another stack, or several stacks at once, or the bottom. Never changes, but
    remembers what is made of it: most stacks that are equal are one object.
    """

    __slots__ = ("_made", "_members", "_rank", "inner", "is_bottom", "returns")

    def __init__(self, returns: _Returns | None = (), members: tuple[Stack, ...] = ()) -> None:
        self._members = members
        self.returns = returns
        """The points to go on at, each with its stack; None: as the members, one by one."""
        self.is_bottom: bool = any([each.is_bottom for each in members]) if members else not returns
        """Whether there may be nothing to go on at."""
        # Above the ranks of all stacks inside.
        self._rank: int = 1 + max([each._rank for each in members]) if members else 0
        self.inner = [each for _, each in returns or () if self.stands_for(each)] if members else ()
        """Stacks to go on with that it stands for itself: what they return to, it does, too."""
        self._made: dict[Point | tuple[Stack, ...], Stack] = {}

    def push(self, back: Point) -> Stack:
        """This stack with a point to return to on top."""
        pushed = self._made.get(back)
        if pushed is None:
            pushed = self._made[back] = Stack(((back, self),))
        return pushed

    def unfold(self, seen: set[Stack]) -> list[Stack]:
        """The stacks with `returns` that this one stands for, as far as they are not in `seen`.

        Adds them there, with all whose returns are among theirs.
        """
        found = []
        pending = [self]
        while pending:
            stack = pending.pop()
            if stack in seen:
                continue
            seen.add(stack)
            if stack.returns is None:
                pending += stack._members
            else:
                found.append(stack)
                seen.update(stack.inner)
        return found

    def stands_for(self, other: Stack) -> bool:
        """Whether this stack is known to stand for the other one, too."""
        pending = [self]
        for stack in pending:
            if stack is other:
                return True
            if len(pending) + len(stack._members) <= _SEARCHED:
                pending += [each for each in stack._members if each._rank >= other._rank]
        return False

    @staticmethod
    def join(stacks: Collection[Stack]) -> Stack:
        """All of the stacks (at least one) as one."""
        if len(stacks) == 1:
            return next(iter(stacks))
        # A stack can only be inside one of higher rank.
        found = sorted(dict.fromkeys(stacks), key=lambda stack: -stack._rank)
        if len(found) > _FEW:
            return Stack(None, _outermost(found))
        top = found[0]
        members = (top, *[stack for stack in found[1:] if not top.stands_for(stack)])
        if len(members) == 1:
            return top
        joined = top._made.get(members)
        if joined is None:
            joined = top._made[members] = Stack(_joined_returns(members), members)
        return joined


def _outermost(stacks: Iterable[Stack]) -> tuple[Stack, ...]:
    """Those of the stacks that are not inside one before them."""
    kept = []
    seen: set[Stack] = set()
    for stack in stacks:
        if stack not in seen:
            kept.append(stack)
        pending = [stack]
        while pending:
            inner = pending.pop()
            if inner not in seen:
                seen.add(inner)
                pending += inner._members
    return tuple(kept)


def _joined_returns(members: Iterable[Stack]) -> _Returns | None:
    """What all the members return to, unless new stacks would have to be made for it."""
    tops: dict[Point, Stack] = {}
    for member in members:
        if member.returns is None:
            return None
        for point, stack in member.returns:
            top = tops.setdefault(point, stack)
            if stack.stands_for(top):
                tops[point] = stack
            elif not top.stands_for(stack):
                return None
    return tuple(tops.items())
