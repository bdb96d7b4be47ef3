"""What may come next, by bytes: tokens of a model may end within a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..nodes import AnyChar, CharClass, Literal
from .points import Point

if TYPE_CHECKING:
    from .match import State

_LEADS = ((0xF0, 0xF8, 4, 0x10000), (0xE0, 0xF0, 3, 0x800), (0xC0, 0xE0, 2, 0x80))
"""First bytes of a character from and up to, its length, and its lowest code point."""


def legal_bytes(state: State, data: bytes) -> bool:
    """Whether the bytes may come next; the last character may be incomplete.

    Bytes that are no UTF-8 are not legal: a llama.cpp server refuses them, too.
    """
    try:
        text, rest = data.decode(), b""
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return False
        text, rest = data[: error.start].decode(), data[error.start :]
    reached = state.advance(text)
    if reached is None or not rest:
        return reached is not None
    low, high = _code_points(rest)
    return low <= high and any(_meets(point, low, high) for point in reached.openings())


def _code_points(begun: bytes) -> tuple[int, int]:
    """The first and the last character that begins with these bytes."""
    first = begun[0]
    size, lowest = next((n, low) for start, end, n, low in _LEADS if start <= first < end)
    value = first & ((1 << (7 - size)) - 1)
    for byte in begun[1:]:
        value = value << 6 | byte & 0x3F
    missing = 6 * (size - len(begun))
    low, high = value << missing, ((value + 1) << missing) - 1
    return max(low, lowest), min(high, 0x10FFFF)


def _meets(point: Point, low: int, high: int) -> bool:
    """Whether the label of a point takes any of the code points."""
    match point.label:
        case AnyChar():
            return True
        case Literal(text):
            return low <= ord(text[point.offset]) <= high
        case CharClass(ranges, False):
            return any(first <= high and low <= last for first, last in ranges)
        case CharClass(ranges):
            for first, last in sorted(ranges):
                if first > low:
                    return True
                low = max(low, last + 1)
            return low <= high
        case _:
            return False
