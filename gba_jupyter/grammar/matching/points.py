"""The places between the parts of a grammar.

A point has two sides. `label` and `nexts` are what the grammar says there, rule by rule. `parts`,
`call` and `final` are what lies ahead before the next character, and this side crosses the
borders of rules wherever that needs no stack: into a rule whose end is the end of its caller, and
into and out of a rule that is called from one place only.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from ..nodes import AnyChar, CharClass, Literal, Ref

Character: TypeAlias = Literal | CharClass | AnyChar

_NOTHING: dict[str, Any] = {}


class Point:
    """One place in a grammar. Compared by identity."""

    __slots__ = (
        "after",
        "call",
        "calls",
        "choices",
        "final",
        "is_end",
        "label",
        "nexts",
        "offset",
        "parts",
        "plan",
        "rule",
        "waits",
    )

    def __init__(self, rule: str = "") -> None:
        self.rule = rule
        """The rule that the point is in."""
        self.is_end = False
        """Whether it is the end of the rule."""
        self.label: Character | Ref | None = None
        """What has to be passed here; None at a choice and at the end of a rule."""
        self.offset = 0
        """How much of the literal is passed already."""
        self.nexts: tuple[Point, ...] = ()
        """The point behind the label, or the options of a choice in the grammar's order."""
        self.parts: tuple[Point, ...] = ()
        """Points that are reached from here without a character, in the grammar's order."""
        self.call: tuple[str, Point] | None = None
        """The rule that begins here and needs the stack, and the point to return to."""
        self.final = False
        """Whether the rule that the stack is for may end before the next character."""
        self.waits = False
        """Whether anything but that end lies ahead."""
        # What `LazyDfa` and `Lookahead` have found out. Most points of a large grammar are never
        # come to, so none has a dict of its own before there is something to put in.
        self.after: dict[str, Point | None] = _NOTHING
        self.calls: dict[str, Point] | None = None
        self.plan: Plan | None = None
        self.choices: dict[str, tuple[Point, ...]] = _NOTHING

    def leads_to(self, char: str, point: Point | None) -> None:
        """Remember where a character leads."""
        if self.after is _NOTHING:
            self.after = {}
        self.after[char] = point

    def leaves(self, char: str, options: tuple[Point, ...]) -> None:
        """Remember the options that a character leaves."""
        if self.choices is _NOTHING:
            self.choices = {}
        self.choices[char] = options

    def takes(self, char: str) -> bool:
        """Whether the label is for this character."""
        match self.label:
            case Literal(text):
                return text[self.offset] == char
            case AnyChar():
                return True
            case CharClass(ranges, negated):
                code = ord(char)
                return any([low <= code <= high for low, high in ranges]) != negated
            case _:
                return False


Plan: TypeAlias = tuple[tuple[Point, tuple[tuple[int, Point], ...]], ...]
"""The rules that begin at a point, and those that begin with them, callers first: for each its
start, and its callers (their places in the plan, or -1) with the points to return to."""


class Site(NamedTuple):
    """A place where a rule is called."""

    owner: str
    """The rule that calls."""
    back: Point
    """Where it goes on."""
