"""Where a character leads in a network: a deterministic automaton, built as texts need it.

What a set of points leads to is made of what its members lead to, and both are kept. Sets that
have much in common, such as the properties that may still follow in an object, so share most of
their work.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..nodes import Literal
from .network import Network
from .points import Plan, Point

_FLAT = 32
"""Sets up to this size are kept as lists of points, larger ones as sets of sets: the first keeps
loops from growing, the second keeps long lists of options from being copied."""
_MANY = 200
"""If one character needs more than so many new points, sets of sets have grown, and are flattened:
what they have in common would be followed once for each of them."""
_MAX_SETS = 50_000
"""Sets that are kept, until all is forgotten: a text can make new ones without end."""


class LazyDfa:
    """Follows characters from point to point within the rule that the stack is for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._sets: dict[tuple[Point, ...], Point] = {}
        self._flat: dict[Point, tuple[Point, ...]] = {}
        self._known: list[Point] = []

    def after(self, point: Point, char: str) -> Point | None:
        """All that the character leads to, as one point; None when it is not legal."""
        # Kept apart until the end, so that forgetting can't take away what is needed here.
        found = dict[Point, Point | None]()
        pending = [point]
        while pending:
            top = pending[-1]
            if top in found or char in top.after:
                found.setdefault(top, top.after.get(char))
                pending.pop()
            elif missing := [
                part for part in top.parts if part not in found and char not in part.after
            ]:
                pending += missing
            else:
                leads = [found.get(part) or part.after.get(char) for part in top.parts]
                if top.takes(char):
                    leads.append(self._pass(top))
                found[top] = self.union([each for each in leads if each is not None])
        if len(found) > _MANY and (reached := found[point]):
            found[point] = self._flattened(reached)
        for top, target in found.items():
            if not top.after:
                self._known.append(top)
            top.leads_to(char, target)
        if len(self._sets) > _MAX_SETS:
            self._forget()
        return found[point]

    def union(self, points: Sequence[Point]) -> Point | None:
        """All of the points as one; None for none."""
        if len(points) < 2:
            return points[0] if points else None
        parts = tuple(dict.fromkeys(points))
        flat = dict.fromkeys([inner for part in parts for inner in self._flat.get(part, (part,))])
        if len(flat) <= _FLAT:
            # What another point passes on to, comes with that one.
            passed = {inner for part in flat for inner in part.parts[:_FLAT]}
            parts = tuple([part for part in flat if part not in passed])
        if len(parts) == 1:
            return parts[0]
        return self._set(parts)

    def calls(self, point: Point) -> dict[str, Point]:
        """The rules that may begin at the point, each with all the points to return to."""
        pending = [point]
        while point.calls is None:
            top = pending[-1]
            if missing := [part for part in top.parts if part.calls is None]:
                pending += missing
            else:
                top.calls = self._all_calls(pending.pop())
        return point.calls

    def plan(self, point: Point) -> Plan:
        """The rules that begin at the point, and those that begin with them."""
        if point.plan is None:
            point.plan = self._work_out_plan(point)
        return point.plan

    def _set(self, parts: tuple[Point, ...]) -> Point:
        found = self._sets.get(parts)
        if found is None:
            found = self._sets[parts] = Point()
            found.parts = parts
            found.final = any([part.final for part in parts])
            found.waits = any([part.waits for part in parts])
            if len(parts) <= _FLAT:
                self._flat[found] = parts
        return found

    def _flattened(self, point: Point) -> Point:
        """The same set without sets inside it."""
        flat: dict[Point, None] = {}
        seen: set[Point] = set()
        pending = [point]
        while pending:
            top = pending.pop()
            if top in seen:
                continue
            seen.add(top)
            if top.label is None and not top.nexts and not top.is_end:
                pending += reversed(top.parts)
            else:
                flat[top] = None
        return self._set(tuple(flat)) if len(flat) > 1 else next(iter(flat))

    def _pass(self, point: Point) -> Point:
        """The point behind one character of the label."""
        if isinstance(point.label, Literal) and point.offset + 1 < len(point.label.text):
            inner = Point()
            inner.label, inner.offset, inner.nexts = point.label, point.offset + 1, point.nexts
            inner.waits = True
            return inner
        return self.network.through(point.nexts[0])

    def _all_calls(self, point: Point) -> dict[str, Point]:
        sources = [part.calls for part in point.parts if part.calls]
        if point.call:
            sources.insert(0, dict([point.call]))
        if len(sources) < 2:
            return sources[0] if sources else {}
        backs: dict[str, list[Point]] = {}
        for source in sources:
            for name, back in source.items():
                backs.setdefault(name, []).append(back)
        return {name: union for name, all_ in backs.items() if (union := self.union(all_))}

    def _work_out_plan(self, point: Point) -> Plan:
        starts = self.network.starts
        callers: dict[str, list[tuple[str, Point]]] = {}
        pending = [("", point)]
        while pending:
            caller, at = pending.pop()
            for name, back in self.calls(at).items():
                if name not in callers:
                    pending.append((name, starts[name]))
                callers.setdefault(name, []).append((caller, back))
        # There is no left recursion, so that some rule has no caller that is still to come.
        places = {"": -1}
        waiting = {name: len(found) for name, found in callers.items()}
        order = [""]
        for caller in order:
            for name in self.calls(starts[caller] if caller else point):
                waiting[name] -= 1
                if not waiting[name]:
                    places[name] = len(order) - 1
                    order.append(name)
        return tuple(
            [
                (starts[name], tuple([(places[caller], back) for caller, back in callers[name]]))
                for name in order[1:]
            ]
        )

    def _forget(self) -> None:
        for point in self._known:
            point.after.clear()
        self._known.clear()
        self._sets.clear()
        self._flat.clear()
