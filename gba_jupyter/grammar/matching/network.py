"""Rules as a network of points, joined wherever the way from rule to rule needs no stack."""

from __future__ import annotations

from ...errors import GrammarError
from ..analysis import is_nullable, left_recursive_name, nullable_names
from ..nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq
from ..rules import START, Rules
from .alphabet import Alphabet
from .points import Point, Site

MAX_POINTS = 500_000
"""Larger networks (many large repeat counts in one grammar) are refused."""

_HIDDEN = "#"
"""First character of the names of rules that are ours: no rule of a grammar can have it."""


class Network:
    """The points of a grammar, and how its rules hang together.

    Raises:
        GrammarError: the grammar is left-recursive, or there are more than `MAX_POINTS` points.
    """

    def __init__(self, rules: Rules) -> None:
        if name := left_recursive_name(rules):
            raise GrammarError(
                f"The rule {name} comes back to itself before it matches anything.",
                "Use right recursion or a repeat.",
            )
        self._nullable = nullable_names(rules)
        self._points: list[Point] = []
        self._homes: dict[str, str] = {}
        self._ahead: dict[Point, Point] = {}
        self._owner = START
        self.starts: dict[str, Point] = {START: self._new()}
        """The first point of each rule that ``root`` can come to."""
        self.sites: dict[str, list[Site]] = {START: []}
        """Where each of them is called."""
        built = 0
        while built < len(self.starts):
            for name in list(self.starts)[built:]:
                built += 1
                if not is_hidden(name):
                    self._build_rule(name, rules[name])
        self.alphabet = Alphabet([rules[name] for name in self.starts if not is_hidden(name)])
        for point in self._points:
            self._link(point)
        self._sum_up()

    def home(self, name: str) -> str:
        """The rule whose place on the stack a rule uses: its own, unless one place calls it."""
        path = []
        while name not in self._homes and self._is_inlined(name):
            path.append(name)
            name = self.sites[name][0].owner
        home = self._homes.get(name, name)
        self._homes.update(dict.fromkeys(path, home))
        return home

    def through(self, point: Point) -> Point:
        """The point that this one does nothing but pass on to, or itself."""
        path = []
        while point not in self._ahead:
            path.append(point)
            if point.is_end and self._is_inlined(point.rule):
                point = self.sites[point.rule][0].back
            elif point.label is None and len(point.nexts) == 1:
                point = point.nexts[0]
            elif isinstance(point.label, Ref) and self._is_inlined(point.label.name):
                point = self.starts[point.label.name]
            else:
                self._ahead[point] = point
        found = self._ahead[point]
        self._ahead.update(dict.fromkeys(path, found))
        return found

    def _new(self) -> Point:
        if len(self._points) >= MAX_POINTS:
            raise GrammarError(
                "The grammar is too large to be checked.", "Use smaller repeat counts."
            )
        point = Point(self._owner)
        self._points.append(point)
        return point

    def _build_rule(self, name: str, node: Node) -> None:
        outer, self._owner = self._owner, name
        start = self.starts[name]
        start.rule = name
        self._build(node, start).is_end = True
        self._owner = outer

    def _build(self, node: Node, at: Point, end: Point | None = None) -> Point:
        """Add the points of a node behind `at`, which has no label and no nexts yet, up to an
        end: a new point, if there is none yet. Returns the end."""
        match node:
            case Seq((*items, last)):
                for item in items:
                    at = self._build(item, at)
                return self._build(last, at, end)
            case Alt(options):
                end = end or self._new()
                at.nexts = tuple([self._new() for _ in options])
                for option, start in zip(options, at.nexts, strict=True):
                    self._build(option, start, end)
                return end
            case Repeat(item, least, most):
                for _ in range(least):
                    at = self._build(item, at)
                end = end or self._new()
                if most is None:
                    self._build_loop(item, at, end)
                else:
                    self._build_options(item, most - least, at, end)
                return end
            case Literal() | CharClass() | AnyChar() | Ref():
                end = end or self._new()
                at.label, at.nexts = node, (end,)
                if isinstance(node, Ref):
                    self._start_of(node.name)
                    self.sites[node.name].append(Site(self._owner, end))
                return end
            case _:
                if end:
                    at.nexts = (end,)
                return end or at

    def _build_loop(self, item: Node, at: Point, end: Point) -> None:
        body = self._new()
        at.nexts = (body, end)
        if is_nullable(item, self._nullable):
            # A round without a character would only lead back to where it began. As a rule of
            # our own, the body is called for the other rounds alone.
            name = f"{_HIDDEN}{len(self.starts)}"
            self._start_of(name)
            self._build_rule(name, item)
            item = Ref(name)
        self._build(item, body, at)

    def _build_options(self, item: Node, count: int, at: Point, end: Point) -> None:
        for _ in range(count - 1):
            body = self._new()
            at.nexts = (body, end)
            at = self._build(item, body)
        if count:
            body = self._new()
            at.nexts = (body, end)
            self._build(item, body, end)
        else:
            at.nexts = (end,)

    def _start_of(self, name: str) -> None:
        if name not in self.starts:
            self.starts[name] = self._new()
            self.sites[name] = []

    def _is_inlined(self, name: str) -> bool:
        """Whether one place calls the rule: where to go on when it ends is then known."""
        return name != START and not is_hidden(name) and len(self.sites[name]) == 1

    def _link(self, point: Point) -> None:
        """Set what lies ahead, but for what is to be had from the parts."""
        match point.label:
            case None if point.is_end:
                point.final = not self._is_inlined(point.rule)
                point.parts = () if point.final else (self.through(point),)
            case None:
                point.parts = tuple(dict.fromkeys(map(self.through, point.nexts)))
            case Ref(name):
                back = self.through(point.nexts[0])
                if back.is_end or self._is_inlined(name):
                    point.parts = (self.starts[name],)
                    return
                point.call = name, back
                point.parts = (back,) if name in self._nullable else ()
                point.waits = True
            case _:
                point.waits = True

    def _sum_up(self) -> None:
        """Add what is to be had from the parts, after these have it."""
        done: set[Point] = set()
        for first in self._points:
            pending = [first]
            while pending:
                point = pending[-1]
                if missing := [part for part in point.parts if part not in done]:
                    pending += missing
                    continue
                done.add(pending.pop())
                for part in point.parts:
                    point.final |= part.final
                    point.waits |= part.waits


def is_hidden(name: str) -> bool:
    """Whether a rule is no rule of the grammar, but the body of a loop that can be empty."""
    return name.startswith(_HIDDEN)
