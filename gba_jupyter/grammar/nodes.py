"""The nodes of a grammar: frozen, compared by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

MAX_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Literal:
    """A fixed text of at least one character; the empty text is ``Seq(())``."""

    text: str

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a Literal has at least one character; use Seq(()) for the empty text")


@dataclass(frozen=True, slots=True)
class CharClass:
    """One character of a set."""

    ranges: tuple[tuple[int, int], ...]
    """First and last code point of each range, both included; at least one range."""
    negated: bool = False
    """Whether the set is everything but the ranges."""

    def __post_init__(self) -> None:
        if not self.ranges or any(not 0 <= a <= b <= MAX_CODE_POINT for a, b in self.ranges):
            raise ValueError(f"not the ranges of a character class: {self.ranges!r}")


@dataclass(frozen=True, slots=True)
class AnyChar:
    """Any one character."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Whatever another rule matches."""

    name: str


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other: none (the empty text) or at least two nodes."""

    items: tuple[Node, ...]

    def __post_init__(self) -> None:
        if len(self.items) == 1:
            raise ValueError("a Seq of one node is that node")


@dataclass(frozen=True, slots=True)
class Alt:
    """One of at least two nodes."""

    options: tuple[Node, ...]

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ValueError("an Alt has at least two options")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node, from `min` to `max` times; without end when `max` is None."""

    item: Node
    min: int
    max: int | None

    def __post_init__(self) -> None:
        if self.min < 0 or (self.max is not None and self.max < self.min):
            raise ValueError(f"cannot repeat from {self.min} to {self.max} times")


Node: TypeAlias = Literal | CharClass | AnyChar | Ref | Seq | Alt | Repeat

EMPTY = Seq(())


def seq(*nodes: Node) -> Node:
    """The nodes one after the other, flat and with neighbouring literals joined."""
    items: list[Node] = []
    for node in nodes:
        for item in node.items if isinstance(node, Seq) else (node,):
            last = items[-1] if items else None
            if isinstance(item, Literal) and isinstance(last, Literal):
                items[-1] = Literal(last.text + item.text)
            else:
                items.append(item)
    return items[0] if len(items) == 1 else Seq(tuple(items))


def alt(*nodes: Node) -> Node:
    """One of the nodes (at least one), flat and without doubles."""
    options: dict[Node, None] = {}
    for node in nodes:
        options.update(dict.fromkeys(node.options if isinstance(node, Alt) else (node,)))
    return Alt(tuple(options)) if len(options) > 1 else next(iter(options))


def repeat(node: Node, least: int, most: int | None) -> Node:
    """The node from `least` to `most` times (None: without end), in its simplest form."""
    if most == 0 or node == EMPTY:
        return EMPTY
    return node if least == most == 1 else Repeat(node, least, most)


def optional(node: Node) -> Node:
    """The node or nothing."""
    return repeat(node, 0, 1)


def chars(text: str, *, negated: bool = False) -> CharClass:
    """The class of the given characters; ``a-z`` between two characters is a range."""
    pairs = re.findall(r"(.)-(.)|(.)", text, re.DOTALL)
    return CharClass(
        tuple((ord(low or one), ord(high or one)) for low, high, one in pairs), negated
    )


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside a node."""
    match node:
        case Seq(items):
            return items
        case Alt(options):
            return options
        case Repeat(item):
            return (item,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes inside it, within its rule, outer ones first."""
    pending = [node]
    while pending:
        inner = pending.pop()
        yield inner
        pending.extend(reversed(children(inner)))
