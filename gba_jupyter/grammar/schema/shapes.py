"""Objects and arrays, from the nodes of their parts.

Both grow linearly with their parts, although any subset of the optional ones may be there: what
may follow a part is a rule, shared by all ways that lead to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..nodes import EMPTY, Literal, Node, Ref, alt, optional, repeat, seq

AddRule: TypeAlias = Callable[[str, Node], Ref]
"""Adds a rule, named after the object or array and the given suffix."""

COMMA = Literal(",")

_MAX_GROUP = 50
"""Properties of which the first one may be optional."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A property of an object."""

    name: str
    node: Node
    """The name, the colon and the value."""
    required: bool


def object_node(
    pairs: Sequence[Pair], extra: Node | None, least: int, most: int | None, add: AddRule
) -> Node:
    """An object with its properties in order, the optional ones in any subset.

    Args:
        pairs: the properties.
        extra: a further property, of which there may be any number at the end; None: no others.
        least: smallest number of properties; at most 1 unless there are no `pairs`.
        most: largest number of properties; None, unless there are no `pairs`.
        add: adds a rule.
    """
    if not pairs:
        return list_node("{", extra, least, most, "}")
    if any([pair.required for pair in pairs]):
        return seq(Literal("{"), *_around_required(pairs), more(extra, 0, None), Literal("}"))
    inner = _all_optional(pairs, extra, add)
    if len(pairs) > _MAX_GROUP and not least:
        # A server copies what is optional.
        return alt(Literal("{}"), seq(Literal("{"), inner, Literal("}")))
    return seq(Literal("{"), inner if least else optional(inner), Literal("}"))


def list_node(opening: str, item: Node | None, least: int, most: int | None, closing: str) -> Node:
    """Items between brackets, with commas; None: there are no items."""
    if item is None or most == 0:
        return Literal(opening + closing)
    inner = some(item, least, most)
    return seq(Literal(opening), inner if least else optional(inner), Literal(closing))


def some(item: Node, least: int, most: int | None) -> Node:
    """At least one item, with commas."""
    return seq(item, more(item, max(least - 1, 0), None if most is None else most - 1))


def more(item: Node | None, least: int, most: int | None) -> Node:
    """Further items, each after a comma."""
    return EMPTY if item is None else repeat(seq(COMMA, item), least, most)


def array_node(
    prefix: Sequence[Node], item: Node | None, least: int, most: int | None, add: AddRule
) -> Node:
    """An array.

    Args:
        prefix: the first elements, by position.
        item: the elements after these; None: there are none.
        least: smallest number of elements.
        most: largest number of elements (at least `least`); None: no limit.
        add: adds a rule.
    """
    if most is not None:
        prefix = prefix[:most]
    if not prefix:
        return list_node("[", item, least, most, "]")
    left = None if most is None else most - len(prefix)
    tail = more(item, max(least - len(prefix), 0), left)
    for place in range(len(prefix) - 1, -1, -1):
        element = seq(COMMA, prefix[place]) if place else prefix[0]
        tail = seq(element, tail)
        if place >= least:
            # A rule for each: parentheses inside parentheses would grow too deep.
            tail = optional(add(f"from-{place + 1}", tail) if place else tail)
    return seq(Literal("["), tail, Literal("]"))


def set_node(
    items: Sequence[Node], least: int, most: int | None, max_options: int, add: AddRule
) -> Node | None:
    """An array of some of the items in any order, none of them twice.

    Args:
        items: what the elements can be.
        least: smallest number of elements.
        most: largest number of elements; None: no limit.
        max_options: None is returned when there are more ways to go on than this, in all.
        add: adds a rule.
    """
    last = len(items) if most is None else min(most, len(items))
    levels = [[frozenset(range(len(items)))]]
    options = len(items)
    while len(levels) < last and options <= max_options:
        levels.append(list(dict.fromkeys([left - {at} for left in levels[-1] for at in left])))
        options += sum([len(left) for left in levels[-1]])
    if options > max_options:
        return None
    after: dict[frozenset[int], Node] = {}
    for taken, level in reversed([*enumerate(levels[:last])]):
        below, after = after, {}
        for left in level:
            node = alt(*[seq(items[at], below.get(left - {at}, EMPTY)) for at in sorted(left)])
            node = seq(COMMA, node) if taken else node
            node = node if taken < least else optional(node)
            after[left] = add("rest", node) if taken and len(left) > 1 else node
    return seq(Literal("["), *after.values(), Literal("]"))


def _around_required(pairs: Sequence[Pair]) -> list[Node]:
    """With one property that is always there, the commas go towards it."""
    first = next(place for place, pair in enumerate(pairs) if pair.required)
    nodes = [optional(seq(pair.node, COMMA)) for pair in pairs[:first]]
    nodes.append(pairs[first].node)
    for pair in pairs[first + 1 :]:
        node = seq(COMMA, pair.node)
        nodes.append(node if pair.required else optional(node))
    return nodes


def _all_optional(pairs: Sequence[Pair], extra: Node | None, add: AddRule) -> Node:
    """At least one property: any can be the first, and each has a rule for what follows it."""
    options: list[Node] = [] if extra is None else [some(extra, 1, None)]
    after = more(extra, 0, None)
    for pair in reversed(pairs):
        options.append(seq(pair.node, after))
        if pair is not pairs[0]:
            after = add("rest", seq(optional(seq(COMMA, pair.node)), after))
    return alt(*reversed(options))
