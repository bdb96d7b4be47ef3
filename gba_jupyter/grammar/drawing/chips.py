"""What railroad tracks are made of: texts in shapes, rows and choices.

Built on the parts of the library `railroad-diagrams`; only this module and `tracks` know it.
"""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

import railroad

CHAR_WIDTH = 8
"""Pixels for a monospaced character of 13 pixels height, in the widest of the usual fonts."""

_MAX_COLUMNS = 48
_MIN_COLUMNS = 12
_MAX_READ = 500
_PADDING = 10
_HALF = 11


class Chip(railroad.DiagramItem):
    """A text in a shape that tells what it is, with a track through it.

    Args:
        kind: "literal" (a pill), "set" of characters (a hexagon), "rule" (a box), or a "note"
            of ours (slanted, in a box); also its class in the style.
        text: what is to be seen; cut to fit.
        room: pixels for it; there is always room for a few characters.
    """

    def __init__(self, kind: str, text: str, room: float) -> None:
        super().__init__("g", {"class": kind})
        self._shown = _cut(text, int(room - 2 * _PADDING) // CHAR_WIDTH)
        self._title = text if self._shown != text else ""
        self.width = _columns(self._shown) * CHAR_WIDTH + 2 * _PADDING
        self.up = self.down = _HALF
        self.needsSpace = True

    def format(self, x: float, y: float, width: float) -> Chip:
        """Place it in the middle of `width` pixels, on a track at height `y`."""
        gap = (width - self.width) / 2
        if gap > 0:
            railroad.Path(x, y).h(gap).addTo(self)
            railroad.Path(x + gap + self.width, y).h(gap).addTo(self)
        self._shape(x + gap, y).addTo(self)
        centre = {"x": x + width / 2, "y": y + 4}
        railroad.DiagramItem("text", centre, self._shown).addTo(self)
        if self._title:
            railroad.DiagramItem("title", {}, shortened(self._title)).addTo(self)
        return self

    def _shape(self, x: float, y: float) -> railroad.DiagramItem:
        if self.attrs["class"] == "set":
            left, right, tip = x, x + self.width, _HALF / 2
            points = [(left, 0), (left + tip, -1), (right - tip, -1)]
            points += [(right, 0), (right - tip, 1), (left + tip, 1)]
            listed = " ".join([f"{px:g},{y + side * _HALF:g}" for px, side in points])
            return railroad.DiagramItem("polygon", {"points": listed})
        box = {"x": x, "y": y - _HALF, "width": self.width, "height": 2 * _HALF}
        if self.attrs["class"] == "literal":
            box["rx"] = _HALF
        return railroad.DiagramItem("rect", box)


class Row(railroad.Sequence):
    """One line of a long sequence, which begins at the left. A stack leaves it 20 pixels more."""

    def format(self, x: float, y: float, width: float) -> Row:
        """Place it at the left of `width` pixels, on a track at height `y`."""
        railroad.Path(x, y).h(10).addTo(self)
        super().format(x + 10, y, self.width)
        end = x + 10 + self.width
        railroad.Path(end, y + self.height).h(x + width - end).addTo(self)
        return self


def one_of(straight: int, *items: railroad.DiagramItem) -> railroad.Choice:
    """The items below each other; the track goes straight on through one of them."""
    choice = railroad.Choice(straight, *items)
    # The library takes the last item for a flat one, and what comes below would overlap.
    choice.down += items[-1].height
    return choice


def write(item: railroad.DiagramItem, into: Callable[[str], object]) -> None:
    """Write a formatted item as SVG."""
    # The library leaves `>` as it is, and XML forbids it in just this place.
    item.writeSvg(lambda text: into(text.replace("]]>", "]]&gt;")))


def shortened(text: str) -> str:
    """A text for a `title` or `desc`, which are read and not seen."""
    return text if len(text) <= _MAX_READ else f"{text[:_MAX_READ]}…"


def _cut(text: str, columns: int) -> str:
    columns = max(_MIN_COLUMNS, min(columns, _MAX_COLUMNS))
    if len(text) <= columns and _columns(text) <= columns:
        return text
    kept = text[:columns]
    while _columns(kept) >= columns:
        kept = kept[:-1]
    return f"{kept}…"


def _columns(text: str) -> int:
    return sum([2 if east_asian_width(char) in "WF" else 1 for char in text])
