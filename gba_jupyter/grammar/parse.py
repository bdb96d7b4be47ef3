"""GBNF text to the tree of a grammar, with the place and the expectation of every error.

Takes what llama.cpp takes, and refuses what it refuses only when the text reaches the server:
undefined rules, left recursion, large repeat counts. Its token terminals (``<[id]>``) are
not supported: they mean nothing without a vocabulary.
"""

from __future__ import annotations

import re

from .analysis import left_recursive_name, undefined_names
from .nodes import EMPTY, Alt, AnyChar, Node, Ref, Repeat, Seq
from .rules import MAX_NESTING, START, Rules
from .scan import BLANK, BLANK_LINES, Scanner

MAX_REPEAT = 2000
"""Largest repeat count of llama.cpp; beyond it, it refuses or silently drops the bound."""

_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_COUNTS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_NUMBER = re.compile(r"[0-9]+")
_ITEM = "a literal, a class, a rule name, `.` or `(`"


def parse(text: str) -> Rules:
    """The tree of a GBNF text.

    Raises:
        GrammarError: the text is not GBNF that llama.cpp takes; names line and column.
    """
    return parse_with_lines(text)[0]


def parse_with_lines(text: str) -> tuple[Rules, dict[str, int]]:
    """The tree of a GBNF text, and by rule the line (from 1) on which it is defined.

    Raises:
        GrammarError: as for `parse`.
    """
    parser = _Parser(text)
    rules = parser.rules()
    return rules, {name: parser.line_and_column(at)[0] for name, at in parser.places.items()}


class _Parser(Scanner):
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.places: dict[str, int] = {}
        self.uses: dict[str, int] = {}

    def rules(self) -> Rules:
        """All rules of the text, checked."""
        found: list[tuple[str, Node]] = []
        if (nul := self.text.find("\0")) >= 0:
            self.fail("a NUL written as \\x00", nul)
        self.skip(BLANK_LINES)
        while self.at < len(self.text):
            found.append(self.rule())
            self.skip(BLANK_LINES)
        if START not in self.places:
            self.fail("a rule named root")
        rules = Rules(found)
        for name in undefined_names(rules):
            self.fail(f"a rule that is defined; there is no `{name} ::= …`", self.uses[name])
        if looping := left_recursive_name(rules):
            self.fail(
                f"something to match before {looping} comes back to itself (left recursion)",
                self.places[looping],
            )
        return rules

    def rule(self) -> tuple[str, Node]:
        """One ``name ::= …`` with its line end."""
        start = self.at
        if not (name := self.name()):
            self.fail("the name of a rule (letters, digits and -)")
        self.skip(BLANK)
        if not self.text.startswith("::=", self.at):
            self.fail(f"`::=` after the name {name}")
        if name in self.places:
            self.fail(f"a rule that is not yet defined; {name} is", start)
        self.places[name] = start
        self.at += 3
        self.skip(BLANK_LINES)
        node = self.alternatives()
        if not (end := _LINE_END.match(self.text, self.at)):
            self.fail(f"{_ITEM}, `|`, a repeat, or the end of the line")
        self.at = end.end()
        return name, node

    def alternatives(self) -> Node:
        """The right side of a rule. Groups are kept on a stack of ours: no recursion."""
        outer: list[tuple[int, list[Node], list[Node]]] = []
        options: list[Node] = []
        items: list[Node] = []
        while True:
            char = self.text[self.at : self.at + 1]
            if char == "(":
                if len(outer) == MAX_NESTING:
                    self.fail(f"at most {MAX_NESTING} parentheses inside each other")
                outer.append((self.at, options, items))
                options, items = [], []
                self.at += 1
                self.skip(BLANK_LINES)
            elif char == "|":
                options.append(_sequence(items))
                items = []
                self.at += 1
                self.skip(BLANK_LINES)
            elif char == ")" and outer:
                group = _alternation([*options, _sequence(items)])
                _, options, items = outer.pop()
                items.append(group)
                self.at += 1
                self.repeats(items, nested=bool(outer))
            elif self.item(items):
                self.repeats(items, nested=bool(outer))
            elif outer:
                self.fail(f"{_ITEM}, `|` or the `)` of the `(` {self.place(outer[-1][0])}")
            else:
                return _alternation([*options, _sequence(items)])

    def item(self, items: list[Node]) -> bool:
        """Add the literal, class, `.` or rule name here; False when there is none."""
        start = self.at
        match self.text[start : start + 1]:
            case '"':
                items.append(self.literal())
            case "[":
                items.append(self.char_class())
            case ".":
                self.at += 1
                items.append(AnyChar())
            case _:
                name = self.name()
                if name:
                    self.uses.setdefault(name, start)
                    items.append(Ref(name))
                return bool(name)
        return True

    def repeats(self, items: list[Node], *, nested: bool) -> None:
        """Wrap the last item in the repeats that follow it."""
        blank = BLANK_LINES if nested else BLANK
        # llama.cpp keeps nothing of these, and has nothing to repeat then.
        nothing = items[-1] == EMPTY and self.text[self.at - 1] == '"'
        self.skip(blank)
        while (char := self.text[self.at : self.at + 1]) and char in "?*+{":
            if nothing:
                self.fail("something to repeat; an empty literal or what comes {0} times cannot be")
            start = self.at
            self.at += 1
            least, most = self.braces(start, blank) if char == "{" else _COUNTS[char]
            if max(least, most or 0) > MAX_REPEAT:
                self.fail(f"a repeat count of at most {MAX_REPEAT}", start)
            if most is not None and most < least:
                self.fail("a repeat whose first count is not above its second", start)
            items[-1] = Repeat(items[-1], least, most)
            nothing = most == 0
            self.skip(blank)

    def braces(self, start: int, blank: re.Pattern[str]) -> tuple[int, int | None]:
        """The counts of a ``{m}``, ``{m,}`` or ``{m,n}`` that began at a place."""
        self.skip(blank)
        least = most = self.number()
        self.skip(blank)
        if self.text.startswith(",", self.at):
            self.at += 1
            self.skip(blank)
            most = self.number()
            self.skip(blank)
        if least is None or not self.text.startswith("}", self.at):
            self.fail("a repeat such as {2}, {2,} or {2,5}", start)
        self.at += 1
        return least, most

    def number(self) -> int | None:
        """The number here, if there is one."""
        found = _NUMBER.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        # Cut long digit strings: any count of six digits is too large already.
        return int(found[0].lstrip("0")[:6] or 0)


def _sequence(items: list[Node]) -> Node:
    return items[0] if len(items) == 1 else Seq(tuple(items))


def _alternation(options: list[Node]) -> Node:
    return options[0] if len(options) == 1 else Alt(tuple(options))
