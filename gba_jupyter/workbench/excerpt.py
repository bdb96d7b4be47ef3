"""One line of a text with a caret under a place in it, for any fixed-width font."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WIDE_SPACE = "\N{IDEOGRAPHIC SPACE}"  # as wide as a wide character, in every font
_TAB = 4
_BEFORE = 44  # characters that are kept on each side of the place: a terminal has some 80
_AFTER = 26


def pointed(line: str, at: int, length: int = 1) -> tuple[str, str]:
    """The line, cut around a place, and a line of carets that goes below it.

    Args:
        line: one line of text.
        at: the place in it, from 0; its length is the place behind it.
        length: how many characters the carets are to be under.
    """
    begin = max(at - _BEFORE, 0)
    end = max(at + _AFTER, at + length)
    before = _shown(("… " if begin else "") + line[begin:at])
    marked = _shown(line[at : at + length])
    rest = _shown(line[at + length : end]) + (" …" if end < len(line) else "")
    return before + marked + rest, _blank(before) + "^" * max(_width(marked), 1)


def _shown(text: str) -> str:
    """Without tabs, and without what has no width or moves the rest of the line."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " " * _TAB))


def _blank(text: str) -> str:
    return "".join([_WIDE_SPACE if _is_wide(c) else " " for c in text if not _is_mark(c)])


def _width(text: str) -> int:
    return sum([2 if _is_wide(c) else 1 for c in text if not _is_mark(c)])


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf")
