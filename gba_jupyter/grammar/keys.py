"""Names of further properties: any text but the names that the schema defines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .nodes import CharClass, Literal, Node, Ref, alt, chars, seq

AddRule: TypeAlias = Callable[[str, Node], Ref]
"""Adds a rule, named after the object or array and the given suffix."""

_ESCAPES = '"\\bfnrt'
_UNIT = re.compile(r"\\u....|\\.|.", re.DOTALL)


@dataclass(slots=True)
class _Branch:
    """The names that begin alike."""

    children: dict[str, _Branch] = field(default_factory=dict)
    is_name: bool = False
    """Whether it is itself one of the names."""


def other_key(keys: Sequence[str], add: AddRule) -> Node:
    """A property name, quotes included, that is none of `keys` (JSON texts without quotes).

    It is written in one way only, without escapes by code point: else an excluded name could
    still be spelled differently.
    """
    if not keys:
        return Ref("string")
    tree = _Branch()
    for key in keys:
        branch = tree
        for unit in _UNIT.findall(key):
            branch = branch.children.setdefault(unit, _Branch())
        branch.is_name = True
    done: dict[int, Ref] = {}
    for branch in reversed(list(_walk(tree))):
        if branch.children:
            following = {unit: done[id(child)] for unit, child in branch.children.items()}
            done[id(branch)] = add("key", _other_than(following, is_name=branch.is_name))
        else:
            done[id(branch)] = Ref("key-more")
    return seq(Literal('"'), done[id(tree)])


def _walk(tree: _Branch) -> Iterator[_Branch]:
    pending = [tree]
    while pending:
        branch = pending.pop()
        yield branch
        pending.extend(branch.children.values())


def _other_than(following: dict[str, Ref], *, is_name: bool) -> Node:
    """The rest of a key: along the names, or off them with any other character."""
    # A key escaped by code point cannot be written at all, so it needs no excluding.
    along = {unit: ref for unit, ref in following.items() if len(unit) <= 2}
    off_plain = [(ord(unit), ord(unit)) for unit in along if len(unit) == 1]
    off = CharClass(((ord('"'), ord('"')), (ord("\\"), ord("\\")), (0, 0x1F), *off_plain), True)
    escapes = "".join([escape for escape in _ESCAPES if f"\\{escape}" not in along])
    options: list[Node] = [seq(Literal(unit), ref) for unit, ref in along.items()]
    options.append(seq(off, Ref("key-end")))
    if escapes:
        options.append(seq(Literal("\\"), chars(escapes), Ref("key-end")))
    return alt(*options) if is_name else alt(*options, Literal('"'))
