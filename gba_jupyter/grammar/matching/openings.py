"""What may come next in a text: as characters, and for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..nodes import CharClass, Literal, Ref
from ..printer import node_text
from .points import Point

_MAX_EXPECTED = 6
_MAX_LABEL = 40


def openings(points: Iterable[Point], starts: Mapping[str, Point]) -> Iterator[Point]:
    """The points of characters that may come next, in the order of the grammar.

    Args:
        points: where the grammar is.
        starts: the first points of its rules.
    """
    pending = list(points)[::-1]
    seen: set[Point] = set()
    while pending:
        point = pending.pop()
        if point in seen:
            continue
        seen.add(point)
        pending += reversed(point.parts)
        if isinstance(point.label, Ref):
            pending.append(starts[point.label.name])
        elif point.label is not None:
            yield point


def only_char(opened: Iterable[Point]) -> str | None:
    """The character that has to come next; None when more than one may."""
    only: str | None = None
    for point in opened:
        match point.label:
            case Literal(text):
                char = text[point.offset]
            case CharClass(ranges, False) if len({code for pair in ranges for code in pair}) == 1:
                char = chr(ranges[0][0])
            case _:
                return None
        if only not in (None, char):
            return None
        only = char
    return only


def expected(opened: Iterable[Point], *, may_end: bool) -> str:
    """What may come next, as a short list in GBNF, such as ``"," or [0-9]``."""
    labels: dict[str, None] = {}
    for point in opened:
        labels[_label(point)] = None
        if len(labels) > _MAX_EXPECTED:
            break
    if may_end:
        labels["the end of the text"] = None
    more = " or …" if len(labels) > _MAX_EXPECTED else ""
    return " or ".join(list(labels)[:_MAX_EXPECTED]) + more


def _label(point: Point) -> str:
    match point.label:
        case Literal(text):
            return node_text(Literal(text[point.offset :][:_MAX_LABEL]))
        case CharClass():
            return node_text(point.label)
        case _:
            return "any character"
