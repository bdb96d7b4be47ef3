"""ECMA-262 regular expressions to trees, as JSON Schema means them: over whole code points.

What Python and Rust write differently is understood too: named groups, ``\\A``, ``\\Z``, ``\\z``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..lint import MAX_COUNT
from .charsets import ALL, CharSet, complement, difference, of, union
from .regex_tree import Anchor, Chars, Choice, Concat, Look, Place, Regex, Repeated

_MAX_LOOKS = 20
"""Lookaheads inside lookaheads."""

DIGITS: CharSet = ((ord("0"), ord("9")),)
WORD: CharSet = union(DIGITS, [(ord("A"), ord("Z")), (ord("_"), ord("_")), (ord("a"), ord("z"))])
SPACE: CharSet = union(
    of("\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"), [(0x2000, 0x200A)]
)
_NOT_DOT = of("\n\r\u2028\u2029")
_PLACES: dict[str, Place] = {
    "A": "start",
    "Z": "end",
    "z": "end",
    "b": "boundary",
    "B": "inside",
}
_CLASSES = {"d": DIGITS, "w": WORD, "s": SPACE}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_CODE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{0*([0-9a-fA-F]{1,6})\})")
_COUNT = re.compile(r"\{([0-9]+)(,?)([0-9]*)\}")
_DASH = re.compile(r"-[^\]]", re.DOTALL)
_GROUP = re.compile(r"\(\?(?::|(?P<look>[=!])|P?<(?![=!])[^\W\d]\w*>)")


class UnsupportedPatternError(Exception):
    """A pattern is no regular expression, or none that a grammar can hold; says why."""


@dataclass(slots=True)
class _Group:
    """A group that is not yet closed."""

    start: int
    look: str = ""
    looks: int = 0
    """Lookaheads that it is inside of, itself included."""
    options: list[Regex] = field(default_factory=list)
    items: list[Regex] = field(default_factory=list)

    def end_option(self) -> None:
        self.options.append(self.items[0] if len(self.items) == 1 else Concat(tuple(self.items)))
        self.items = []

    def node(self) -> Regex:
        """The group as a whole."""
        self.end_option()
        node = self.options[0] if len(self.options) == 1 else Choice(tuple(self.options))
        return Look(node, self.look == "!") if self.look else node


def parsed(pattern: str) -> Regex:
    """The tree of a pattern.

    Raises:
        UnsupportedPatternError: it is no regular expression, or uses what a grammar cannot hold.
    """
    return _Parser(pattern).regex()


class _Parser:
    """One pattern on its way to a tree. Open groups are on a list, so nothing recurses."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._open = [_Group(0)]

    def regex(self) -> Regex:
        """The tree of the whole pattern."""
        while self._at < len(self._pattern):
            self._take()
        if len(self._open) > 1:
            raise self._error("the parenthesis at %s is not closed", self._open[-1].start)
        return self._open[0].node()

    def _take(self) -> None:
        """Take what stands at the current place into the innermost group."""
        group = self._open[-1]
        char = self._pattern[self._at]
        if char == "(":
            self._begin_group()
            return
        if char == "|":
            self._at += 1
            group.end_option()
            return
        if char == ")":
            if len(self._open) == 1:
                raise self._error("the parenthesis at %s closes nothing", self._at)
            self._at += 1
            self._open.pop()
            item = group.node()
        else:
            item = self._atom(char)
        self._open[-1].items.append(self._counted(item))

    def _begin_group(self) -> None:
        start = self._at
        look = ""
        if self._pattern.startswith("(?", start):
            found = _GROUP.match(self._pattern, start)
            if found is None:
                raise self._error(self._strange_group(start), start)
            look = found["look"] or ""
            self._at = found.end()
        else:
            self._at += 1
        looks = self._open[-1].looks + bool(look)
        if looks > _MAX_LOOKS:
            raise self._error("its lookaheads at %s are nested too deep", start)
        self._open.append(_Group(start, look, looks))

    def _strange_group(self, start: int) -> str:
        beginning = self._pattern[start : start + 4]
        if beginning in ("(?<=", "(?<!"):
            return "it looks behind at %s"
        if beginning == "(?P=":
            return "it refers back to a group at %s"
        if re.match(r"\(\?[a-zA-Z-]+[:)]", self._pattern[start : start + 12]):
            return "it sets flags at %s"
        return "it has an unknown kind of group at %s"

    def _atom(self, char: str) -> Regex:
        """What a single character, a class or an escape stands for."""
        start = self._at
        match char:
            case "\\":
                return self._escape()
            case "[":
                return self._class()
            case "*" | "+" | "?":
                raise self._error(f"the {char} at %s repeats nothing", start)
            case "{" if _COUNT.match(self._pattern, start):
                raise self._error("the count at %s repeats nothing", start)
        self._at += 1
        match char:
            case "^":
                return Anchor("start")
            case "$":
                return Anchor("end")
            case ".":
                return Chars(complement(_NOT_DOT))
        return Chars(of(char))

    def _escape(self) -> Regex:
        char = self._pattern[self._at + 1 : self._at + 2]
        if char not in _PLACES:
            return Chars(self._escaped_chars())
        self._at += 2
        return Anchor(_PLACES[char])

    def _escaped_chars(self) -> CharSet:
        """The characters of an escape that stands for characters."""
        start = self._at
        char = self._pattern[start + 1 : start + 2]
        if pair := _PAIR.match(self._pattern, start):
            self._at = pair.end()
            high, low = int(pair[1], 16), int(pair[2], 16)
            return of(chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00))
        if found := _CODE.match(self._pattern, start):
            self._at = found.end()
            code = int(found[1] or found[2] or found[3], 16)
            if code > ALL[-1][1]:
                raise self._error("there is no such character as at %s", start)
            return ((code, code),)
        if char == "c" and re.match("[a-zA-Z]", self._pattern[start + 2 : start + 3]):
            self._at += 3
            return of(chr(ord(self._pattern[start + 2]) % 32))
        self._at += 2
        if char in _CONTROLS and not (char == "0" and self._digit_follows()):
            return of(_CONTROLS[char])
        if char and char in "dws":
            return _CLASSES[char]
        if char and char in "DWS":
            return complement(_CLASSES[char.lower()])
        if not char or char.isalnum():
            raise self._error(self._strange_escape(char), start)
        return of(char)

    def _strange_escape(self, char: str) -> str:
        if char and char in "123456789k":
            return "it refers back to a group at %s"
        if char in ("p", "P"):
            return "it asks for a Unicode property at %s"
        return "it has an unknown escape at %s"

    def _digit_follows(self) -> bool:
        return bool(re.match("[0-9]", self._pattern[self._at : self._at + 1]))

    def _class(self) -> Chars:
        """A class in brackets."""
        start = self._at
        negated = self._pattern.startswith("[^", start)
        self._at += 1 + negated
        if self._pattern.startswith("]", self._at):
            raise self._error("the bracket at %s is empty", start)
        found: list[CharSet] = []
        while not self._pattern.startswith("]", self._at):
            low = self._class_item(start)
            if _DASH.match(self._pattern, self._at):
                self._at += 1
                found.append(self._range(low, self._class_item(start)))
            else:
                found.append(low)
        self._at += 1
        chars = union(*found)
        return Chars(difference(ALL, chars) if negated else chars)

    def _class_item(self, start: int) -> CharSet:
        if self._at >= len(self._pattern):
            raise self._error("the bracket at %s is not closed", start)
        char = self._pattern[self._at]
        if char != "\\":
            self._at += 1
            return of(char)
        if self._pattern.startswith("\\b", self._at):
            self._at += 2
            return of("\b")
        return self._escaped_chars()

    def _range(self, low: CharSet, high: CharSet) -> CharSet:
        ends = [*low, *high]
        if len(ends) != 2 or any([first != last for first, last in ends]):
            return union(low, of("-"), high)  # such as [\w-.]: no range, but a dash
        if low > high:
            raise self._error("the range before %s is the wrong way round", self._at)
        return ((low[0][0], high[0][0]),)

    def _counted(self, item: Regex) -> Regex:
        """The item with the quantifiers behind it. A lazy one finds the same texts."""
        least, most = 1, None
        match self._pattern[self._at : self._at + 1]:
            case "*":
                least = 0
            case "+":
                pass
            case "?":
                least, most = 0, 1
            case "{":
                return self._braces(item)
            case _:
                return item
        self._at += 1
        return self._lazy(Repeated(item, least, most))

    def _braces(self, item: Regex) -> Regex:
        found = _COUNT.match(self._pattern, self._at)
        if found is None:
            if re.match(r"\{,\d+\}", self._pattern[self._at :][:12]):
                raise self._error("the count at %s does not say where it begins", self._at)
            return item  # a brace that stands for itself
        digits = [found[1], found[3]]
        if max(map(len, digits)) > len(str(MAX_COUNT)) or max([int(d or 0) for d in digits]) > (
            MAX_COUNT
        ):
            raise self._error(f"the count at %s is over {MAX_COUNT}", self._at)
        least = int(found[1])
        most = int(found[3]) if found[3] else None if found[2] else least
        if most is not None and most < least:
            raise self._error("the count at %s is the wrong way round", self._at)
        self._at = found.end()
        return self._lazy(Repeated(item, least, most))

    def _lazy(self, item: Repeated) -> Regex:
        following = self._pattern[self._at : self._at + 1]
        if following == "?":
            self._at += 1
        elif following and (
            following in "*+" or (following == "{" and _COUNT.match(self._pattern, self._at))
        ):
            raise self._error("there are two quantifiers in a row at %s", self._at)
        return item

    def _error(self, what: str, at: int) -> UnsupportedPatternError:
        return UnsupportedPatternError(what % f"character {at + 1}")
