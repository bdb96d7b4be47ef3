"""Nodes as railroad tracks, as much of them as fits into a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import railroad

from ..nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq, seq, walk
from ..printer import node_text
from .chips import Chip, Row, one_of

WIDTH = 860
"""Widest track, in pixels, as far as possible."""

_MAX_NODES = 4000
_MAX_PARTS = 50
_MAX_ROWS = 12
_MAX_BETWEEN = 3
# What the library draws around an item: two arcs on each side, or one and a gap.
_AROUND_CHOICE = 4 * railroad.AR
_AROUND_LOOP = 2 * railroad.AR
_AROUND_ROW = 2 * railroad.AR + 20
_MIN_ROOM = 180


@dataclass(frozen=True, slots=True)
class _Loop:
    """Something that comes several times, with something between each two."""

    item: Node
    between: tuple[Node, ...]
    least: int
    most: int | None


class Tracks:
    """Draws the rules of one picture, so many nodes in all; then only texts and notes."""

    def __init__(self) -> None:
        self._left = _MAX_NODES

    @property
    def is_full(self) -> bool:
        """Whether the picture has as many nodes as it may have."""
        return self._left <= 0

    def track(self, node: Node) -> railroad.DiagramItem:
        """The track of a whole rule."""
        ends = railroad.Start("complex"), railroad.End("complex")
        inner = self._item(node, WIDTH - sum([end.width + 10 for end in ends]))
        return railroad.Sequence(ends[0], inner, ends[1])

    def _item(self, node: Node | _Loop, room: float) -> railroad.DiagramItem:
        """A node in so many pixels. Each level has less room than the one around it."""
        self._left -= 1
        match node:
            case Literal():
                return Chip("literal", _literal_text(node), room)
            case CharClass():
                return Chip("set", node_text(node), room)
            case AnyChar():
                return Chip("set", "any character", room)
            case Ref(name):
                return Chip("rule", name, room)
            case Seq(()):
                return railroad.Skip()
            case Alt() | Seq() | Repeat() if room < _MIN_ROOM or self.is_full:
                return Chip("note", node_text(node), room)
            case Alt(options):
                return self._choice(options, room)
            case Seq(items):
                return self._sequence(items, room)
            case Repeat(item, least, most):
                return self._loop(_Loop(item, (), least, most), room)
            case _Loop():
                return self._loop(node, room)

    def _choice(self, options: Sequence[Node], room: float) -> railroad.DiagramItem:
        items = self._items(options, room - _AROUND_CHOICE, "alternatives")
        widest = max([item.width for item in items]) + _AROUND_CHOICE + _AROUND_LOOP
        fitting = int((room - _AROUND_LOOP) // widest)
        wanted = -(-len(items) // _MAX_ROWS)
        columns = min(fitting, wanted)
        if columns < 2 or not all([isinstance(item, Chip) for item in items]):
            return one_of(0, *items)
        rows = -(-len(items) // columns)
        parts = [items[at : at + rows] for at in range(0, len(items), rows)]
        return railroad.HorizontalChoice(*[one_of(0, *part) for part in parts])

    def _sequence(self, nodes: Sequence[Node], room: float) -> railroad.DiagramItem:
        items = self._items(_joined(nodes), room - _AROUND_ROW, "parts")
        whole = railroad.Sequence(*items)
        if whole.width <= room:
            return whole
        rows: list[list[railroad.DiagramItem]] = [[]]
        for item in items:
            longer = railroad.Sequence(*rows[-1], item)
            if rows[-1] and longer.width > room - _AROUND_ROW:
                rows.append([])
            rows[-1].append(item)
        return railroad.Stack(*[Row(*row) for row in rows])

    def _items(
        self, nodes: Sequence[Node | _Loop], room: float, what: str
    ) -> list[railroad.DiagramItem]:
        shown = nodes if len(nodes) <= _MAX_PARTS else nodes[: _MAX_PARTS - 1]
        items = [self._item(node, room) for node in shown]
        if len(nodes) > len(shown):
            items.append(Chip("note", f"… {len(nodes) - len(shown):,} more {what}", room))
        return items

    def _loop(self, loop: _Loop, room: float) -> railroad.DiagramItem:
        if loop.most == 0:
            return railroad.Skip()
        if loop.least == 0:
            room -= _AROUND_CHOICE
        if loop.most == 1:
            item = self._item(loop.item, room)
        else:
            room -= _AROUND_LOOP
            item = railroad.OneOrMore(self._item(loop.item, room), self._way_back(loop, room))
        return one_of(1, railroad.Skip(), item) if loop.least == 0 else item

    def _way_back(self, loop: _Loop, room: float) -> railroad.DiagramItem:
        times = _times(loop.least, loop.most)
        count = len(loop.between) + bool(times)
        if not count:
            return railroad.Skip()
        share = room / count - 20
        notes = [Chip("note", times, share)] if times else []
        return railroad.Sequence(*[self._item(node, share) for node in loop.between], *notes)


def _joined(nodes: Sequence[Node]) -> list[Node | _Loop]:
    """The nodes of a sequence, with ``x ("," x)*`` as one loop over x."""
    joined: list[Node | _Loop] = []
    for node in nodes:
        loop, size = _loop_over(joined, node)
        if loop:
            del joined[len(joined) - size :]
        joined.append(loop or node)
    return joined


def _loop_over(before: Sequence[Node | _Loop], node: Node) -> tuple[_Loop | None, int]:
    """The loop that a repeat makes with the nodes before it, and how many these are."""
    if isinstance(node, Repeat) and isinstance(node.item, Seq) and node.max not in (0, 1):
        items = node.item.items
        for size in range(min(len(items) - 1, _MAX_PARTS), 0, -1):
            between, again = items[:-size], items[-size:]
            if _reads_backwards(between) and [*again] == [*before[-size:]]:
                most = None if node.max is None else node.max + 1
                return _Loop(seq(*again), between[::-1], node.min + 1, most), size
    return None, 0


def _reads_backwards(nodes: Sequence[Node]) -> bool:
    """Whether nodes can lie on the way back of a loop, which is read from right to left."""
    inner = [inner for node in nodes[:_MAX_BETWEEN] for inner in walk(node)]
    return len(nodes) <= _MAX_BETWEEN and not any([isinstance(each, Seq) for each in inner])


def _times(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more times" if least > 1 else ""
    if least == most:
        return f"{least} times"
    return f"{least} to {most} times" if least > 1 else f"up to {most} times"


def _literal_text(node: Literal) -> str:
    """A literal without its quotes, which a pill does not need; spaces at its ends as ``␣``."""
    text = node_text(node)[1:-1].replace('\\"', '"').replace("␣", "\\u2423")
    inner = text.strip(" ")
    ahead = len(text) - len(text.lstrip(" "))
    return "␣" * ahead + inner + "␣" * (len(text) - len(inner) - ahead)
