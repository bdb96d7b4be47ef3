"""How a grammar makes a text: the first way, in the order of the grammar's alternatives.

Of several alternatives that all lead to the whole text the first one is taken, and a repeat goes
on as long as it can; earlier choices come first. The text has to be one of the grammar, or the
beginning of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..nodes import Ref
from ..rules import START
from .ends import Ends, Places, each, later
from .lookahead import Lookahead
from .network import is_hidden
from .points import Point
from .spans import Span


def derive(lookahead: Lookahead, text: str) -> Span:
    """The tree of the rules that make a whole text of the grammar."""
    return _walk(lookahead, text, whole=True).top.children[0]


def open_rules(lookahead: Lookahead, text: str) -> tuple[str, ...]:
    """The rules that are open behind the beginning of a text, from ``root`` inwards.

    Those that have to begin there are open, those that may begin are not. Of several ways to read
    the beginning it is the first one.
    """
    walk = _walk(lookahead, text, whole=False)
    return tuple([rule.name for rule in walk.open if not is_hidden(rule.name)])


def derive_begun(lookahead: Lookahead, text: str) -> Span:
    """The tree of the rules that make the beginning of a text, as if it ended there."""
    walk = _walk(lookahead, text, whole=False)
    while walk.open:
        walk.close(len(text))
    return walk.top.children[0]


def _walk(lookahead: Lookahead, text: str, *, whole: bool) -> _Walk:
    """The first way along a text."""
    walk = _Walk(lookahead, text, whole=whole)
    if not walk.run():
        walk = _SureWalk(lookahead, text, whole=whole)
        walk.run()
    return walk


@dataclass(slots=True)
class _Open:
    """A rule that is begun and not yet ended."""

    name: str
    start: int
    back: Point | None
    """Where to go on behind it; None: behind ``root`` is nothing."""
    children: list[Span] = field(default_factory=list)
    verdicts: dict[int, bool] = field(default_factory=dict)
    """Places where it can end, and whether the text can then go on to its end."""


class _Walk:
    """One way through the points of a grammar along a text.

    Takes the first of the options that the lookahead leaves: mostly right, and never slow.
    """

    def __init__(self, lookahead: Lookahead, text: str, *, whole: bool) -> None:
        self._lookahead = lookahead
        self._starts = lookahead.network.starts
        self._text = lookahead.network.alphabet.canonical(text)
        self._whole = whole
        self._ends = Ends(lookahead, self._text, whole=whole)
        self.top = _Open("", 0, None)
        self.open = [_Open(START, 0, None)]
        """The rules that are open, outer ones first."""

    def run(self) -> bool:
        """Walk to the end of ``root``, or to where the beginning of a text leaves a choice.

        Returns whether it came there.
        """
        point: Point | None = self._starts[START]
        at = 0
        while point is not None:
            if point.is_end:
                if is_hidden(point.rule) and at == self.open[-1].start:
                    return False
                point = self.close(at)
            elif isinstance(point.label, Ref):
                name = point.label.name
                self.open.append(_Open(name, at, point.nexts[0]))
                point = self._starts[name]
            elif len(point.nexts) == 1 and point.label is None:
                point = point.nexts[0]
            elif at == len(self._text) and not self._whole:
                return True
            elif point.label is None:
                options = self._lookahead.options(point, self._text, at, whole=self._whole)
                if not options:
                    return False
                point = options[0] if len(options) == 1 else self._choose(options, at)
            else:
                place = self._ends.passed(point, at)
                if place is None or place == self._ends.beyond:
                    return place is not None
                point, at = point.nexts[0], place
        return at == len(self._text)

    def close(self, at: int) -> Point | None:
        """End the innermost rule; gives where to go on, None behind ``root``."""
        rule = self.open.pop()
        around = self.open[-1] if self.open else self.top
        if is_hidden(rule.name):
            around.children += rule.children
        else:
            around.children.append(Span(rule.name, rule.start, at, tuple(rule.children)))
        return rule.back

    def _choose(self, options: tuple[Point, ...], at: int) -> Point:
        return options[0]


class _SureWalk(_Walk):
    """Makes sure of each option that the text can go on to its end with it."""

    def _choose(self, options: tuple[Point, ...], at: int) -> Point:
        return next(option for option in options if self._leads_on(self._ends.of(option, at)))

    def _leads_on(self, places: Places) -> bool:
        """Whether the innermost rule can end at any of the places, and the text then go on.

        Depth first through the open rules, from the inside out; they remember what was found.
        """
        goal = len(self._text) if self._whole else self._ends.beyond
        tried: list[int] = []
        candidates = [self._candidates(places, -1)]
        while candidates:
            depth = -len(candidates)
            rule = self.open[depth]
            place = next(candidates[-1], None)
            if place is None:
                candidates.pop()
                if tried:
                    self.open[depth + 1].verdicts[tried.pop()] = False
            elif (rule.back is None and place == goal) or rule.verdicts.get(place):
                for above, end in enumerate(tried):
                    self.open[-1 - above].verdicts[end] = True
                return True
            elif rule.back is not None and place not in rule.verdicts:
                tried.append(place)
                candidates.append(self._candidates(self._ends.of(rule.back, place), depth - 1))
        return False

    def _candidates(self, places: Places, depth: int) -> Iterator[int]:
        """Where a rule may end, the last place first: the longest text is the likeliest."""
        rule = self.open[depth]
        if is_hidden(rule.name):
            places = later(places, rule.start)
        return reversed(each(places))
