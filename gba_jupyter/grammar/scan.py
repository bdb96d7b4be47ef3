"""The characters of a GBNF text: names, literals, classes, white space, and places for errors."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NoReturn

from ..errors import GrammarError
from .nodes import EMPTY, MAX_CODE_POINT, CharClass, Literal, Node
from .rules import NAME

BLANK = re.compile(r"(?:[ \t]|#[^\r\n]*)*")
"""White space and comments within a line."""
BLANK_LINES = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
"""White space and comments over line ends."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r'[^"\\]+')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "[": "[", "]": "]", "-": "-"}
_HEX = {"x": 2, "u": 4, "U": 8}


class Scanner:
    """Reads a text from the left; `at` is the place of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._line_starts: list[int] | None = None

    def literal(self) -> Node:
        """A text in double quotes; the empty one is the empty sequence."""
        start = self.at
        self.at += 1
        parts: list[str] = []
        while not self.text.startswith('"', self.at):
            if plain := _PLAIN.match(self.text, self.at):
                parts.append(plain[0])
                self.at = plain.end()
            else:
                parts.append(self.char("closing quote of the literal", start))
        self.at += 1
        return Literal("".join(parts)) if parts else EMPTY

    def char_class(self) -> Node:
        """A set in square brackets."""
        start = self.at
        self.at += 1
        negated = self.text.startswith("^", self.at)
        self.at += negated
        ranges: list[tuple[int, int]] = []
        while not self.text.startswith("]", self.at):
            place = self.at
            low = high = ord(self.char("`]` of the class", start))
            if self.text.startswith("-", self.at) and not self.text.startswith("]", self.at + 1):
                self.at += 1
                high = ord(self.char("`]` of the class", start))
            if high < low:
                self.fail("a range from a lower to a higher character", place)
            ranges.append((low, high))
        if not ranges:
            self.fail("a class with at least one character", start)
        self.at += 1
        return CharClass(tuple(ranges), negated)

    def char(self, closing: str, opened: int) -> str:
        """One character, escaped or not, of something opened at a place and not yet closed."""
        start = self.at
        char = self.text[start : start + 1]
        if not char:
            self.fail(f"the {closing} {self.place(opened)}")
        self.at += 1
        if char != "\\":
            return char
        kind = self.text[self.at : self.at + 1]
        self.at += 1
        if size := _HEX.get(kind):
            digits = self.text[self.at : self.at + size]
            if not re.fullmatch(r"[0-9A-Fa-f]+", digits) or len(digits) < size:
                self.fail(f"{size} hexadecimal digits after \\{kind}", start)
            if int(digits, 16) > MAX_CODE_POINT:
                self.fail("a code point up to \\U0010FFFF", start)
            self.at += size
            return chr(int(digits, 16))
        if kind not in _ESCAPES:
            self.fail('one of the escapes \\n \\r \\t \\\\ \\" \\[ \\] \\- \\xNN \\uNNNN', start)
        return _ESCAPES[kind]

    def name(self) -> str:
        """The rule name here, or an empty text."""
        found = NAME.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def skip(self, blank: re.Pattern[str]) -> None:
        """Move past white space and comments."""
        if found := blank.match(self.text, self.at):
            self.at = found.end()

    def place(self, at: int) -> str:
        """A place in the text, in words."""
        line, column = self.line_and_column(at)
        return f"at line {line}, column {column}"

    def line_and_column(self, at: int) -> tuple[int, int]:
        """A place in the text, both from 1."""
        if self._line_starts is None:
            self._line_starts = [0, *[end.end() for end in _LINE_END.finditer(self.text)]]
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1

    def fail(self, expected: str, at: int | None = None) -> NoReturn:
        """Refuse the text at a place (else: here)."""
        at = self.at if at is None else at
        found = re.match(r"[^\s]?[^\r\n]{0,29}", self.text[at:]) if at < len(self.text) else None
        shown = f"`{found[0].rstrip()}`" if found and found[0].strip() else "the end of the line"
        if at >= len(self.text):
            shown = "the end of the text"
        line, column = self.line_and_column(at)
        what = f"Bad GBNF {self.place(at)}: found {shown}, expected {expected}."
        raise GrammarError(what, line=line, column=column)
