"""Objects and arrays, from the nodes of their parts.

Both grow linearly with their parts, although any subset of the optional ones may be there: what
may follow a part is a rule, shared by all ways that lead to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .json_rules import listed
from .keys import AddRule, other_key
from .nodes import EMPTY, Literal, Node, alt, optional, repeat, seq

_COMMA = Literal(",")


@dataclass(frozen=True, slots=True)
class Pair:
    """A property of an object."""

    key: str
    """Its name as JSON text, without the quotes."""
    value: Node
    required: bool

    @property
    def node(self) -> Node:
        """The name, the colon and the value."""
        return seq(Literal(f'"{self.key}":'), self.value)


def object_node(
    pairs: Sequence[Pair], extra: Node | None, add: AddRule, forbidden: Sequence[str] = ()
) -> Node:
    """An object with its properties in order, the optional ones in any subset.

    Args:
        pairs: the properties.
        extra: the values of further properties, which come last; None: there are none.
        add: adds a rule.
        forbidden: names, as JSON texts without quotes, that no further property may have.
    """
    if extra is not None:
        extra = seq(
            other_key([*forbidden, *(pair.key for pair in pairs)], add), Literal(":"), extra
        )
    if not pairs:
        return Literal("{}") if extra is None else listed("{", extra, "}")
    if any([pair.required for pair in pairs]):
        return seq(Literal("{"), *_around_required(pairs), _more(extra), Literal("}"))
    return seq(Literal("{"), optional(_all_optional(pairs, extra, add)), Literal("}"))


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
    tail: Node = EMPTY
    if item is not None:
        more_least = max(least - len(prefix), 0)
        more_most = None if most is None else most - len(prefix)
        if not prefix:
            return _plain_array(item, more_least, more_most)
        tail = repeat(seq(_COMMA, item), more_least, more_most)
    for place in range(len(prefix) - 1, -1, -1):
        element = seq(_COMMA, prefix[place]) if place else prefix[0]
        tail = seq(element, tail)
        if place >= least:
            # A rule for each: parentheses inside parentheses would grow too deep.
            tail = optional(add(f"from-{place + 1}", tail) if place else tail)
    return seq(Literal("["), tail, Literal("]"))


def _plain_array(item: Node, least: int, most: int | None) -> Node:
    if most == 0:
        return Literal("[]")
    more = repeat(seq(_COMMA, item), max(least - 1, 0), None if most is None else most - 1)
    inner = seq(item, more)
    return seq(Literal("["), inner if least else optional(inner), Literal("]"))


def _more(extra: Node | None) -> Node:
    return EMPTY if extra is None else repeat(seq(_COMMA, extra), 0, None)


def _around_required(pairs: Sequence[Pair]) -> list[Node]:
    """With one property that is always there, the commas go towards it."""
    first = next(place for place, pair in enumerate(pairs) if pair.required)
    nodes = [optional(seq(pair.node, _COMMA)) for pair in pairs[:first]]
    nodes.append(pairs[first].node)
    for pair in pairs[first + 1 :]:
        node = seq(_COMMA, pair.node)
        nodes.append(node if pair.required else optional(node))
    return nodes


def _all_optional(pairs: Sequence[Pair], extra: Node | None, add: AddRule) -> Node:
    """At least one property: any can be the first, and each has a rule for what follows it."""
    options: list[Node] = [] if extra is None else [seq(extra, _more(extra))]
    after = _more(extra)
    for pair in reversed(pairs):
        options.append(seq(pair.node, after))
        if pair is not pairs[0]:
            after = add("rest", seq(optional(seq(_COMMA, pair.node)), after))
    return alt(*reversed(options))
