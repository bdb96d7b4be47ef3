"""Where rules can end in a text: what the lookahead leaves open is decided by this.

From a point and a place on, a rule can have many ends. They are worked out once, as the bits of
an integer, from those of the points behind. This bounds the work, however ambiguous a grammar is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ..nodes import Literal, Ref
from .lookahead import Lookahead
from .network import is_hidden
from .points import Point

Places: TypeAlias = tuple[int, int]
"""A set of places in a text: the first one, and which of those from there on are in the set, as
bits: the lowest is the first place. Without any place, it is `NOWHERE`."""

NOWHERE: Places = (0, 0)

_Key: TypeAlias = tuple[Point, int]


class Ends:
    """The ends of rules in one text.

    Args:
        lookahead: of the grammar.
        text: the text, in the network's alphabet.
        whole: whether the text ends where it ends. Else it is the beginning of one, and what is
            still going on there ends at `beyond`.
    """

    def __init__(self, lookahead: Lookahead, text: str, *, whole: bool) -> None:
        self._lookahead = lookahead
        self._starts = lookahead.network.starts
        self._text = text
        self._whole = whole
        self._known: dict[Point, dict[int, Places]] = {}
        self.beyond = len(text) + 1

    def of(self, point: Point, at: int) -> Places:
        """Where the rule that a point is in can end, from a place on."""
        pending = [(point, at)]
        while pending:
            missing = self._work_out(*pending[-1])
            if not missing:
                pending.pop()
            pending += missing
        return self._known[point][at]

    def passed(self, point: Point, at: int) -> int | None:
        """The place behind the label of a point, or `beyond`; None when the text has not that."""
        label = point.label
        if not isinstance(label, Literal):
            return at + 1 if at < len(self._text) and point.takes(self._text[at]) else None
        if self._text.startswith(label.text, at):
            return at + len(label.text)
        broken_off = not self._whole and label.text.startswith(self._text[at:])
        return self.beyond if broken_off else None

    def _work_out(self, point: Point, at: int) -> list[_Key]:
        """Find the ends from a place on, or return the keys whose ends have to be known before."""
        row = self._row(point)
        if at in row:
            return []
        stop, place, options = self._follow(point, at)
        if place >= len(self._text) and not self._whole:
            row[at] = (self.beyond, 1)
        elif stop.is_end:
            fits = self._lookahead.may_be(stop, self._text[place : place + 1])
            row[at] = (place, 1) if fits else NOWHERE
        elif isinstance(stop.label, Ref):
            start, back = self._starts[stop.label.name], stop.nexts[0]
            called = self._row(start).get(place)
            if called is None:
                return [(start, place)]
            ends = each(later(called, place) if is_hidden(stop.label.name) else called)
            behind = self._row(back)
            if missing := [end for end in ends if end not in behind]:
                return [(back, end) for end in missing]
            row[at] = _union([behind[end] for end in ends])
        else:
            if unknown := [option for option in options if place not in self._row(option)]:
                return [(option, place) for option in unknown]
            row[at] = _union([self._row(option)[place] for option in options])
        return []

    def _row(self, point: Point) -> dict[int, Places]:
        return self._known.setdefault(point, {})

    def _follow(self, point: Point, at: int) -> tuple[Point, int, tuple[Point, ...]]:
        """Where the only way leads: to an end, to a call, to a choice with the options that are
        left, to the end of the text, or to where the text does not fit."""
        while at < len(self._text) or self._whole:
            if point.is_end or isinstance(point.label, Ref):
                break
            if point.label is None:
                options = self._lookahead.options(point, self._text, at, whole=self._whole)
                if len(options) != 1:
                    return point, at, options
                point = options[0]
            else:
                place = self.passed(point, at)
                if place is None:
                    break
                point, at = point.nexts[0], place
        return point, at, ()


def later(places: Places, start: int) -> Places:
    """The places behind a start; none of the places is before it."""
    first, bits = places
    if first > start:
        return places
    bits >>= 1
    if not bits:
        return NOWHERE
    skipped = (bits & -bits).bit_length()
    return first + skipped, bits >> (skipped - 1)


def each(places: Places) -> Sequence[int]:
    """The places of a set, in order."""
    first, bits = places
    if not bits & (bits + 1):
        return range(first, first + bits.bit_length())
    return [first + offset for offset, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]


def _union(sets: Iterable[Places]) -> Places:
    """The places of any of the sets."""
    sets = [places for places in sets if places != NOWHERE]
    if len(sets) < 2:
        return sets[0] if sets else NOWHERE
    first = min([places[0] for places in sets])
    bits = 0
    for start, more in sets:
        bits |= more << (start - first)
    return first, bits
