"""Rules without what can never match: optional parts without values, and parts without an end."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..analysis import ending_names
from ..nodes import EMPTY, Alt, Node, Ref, Repeat, Seq, alt, repeat, seq
from ..rules import START
from .json_rules import BUILT_IN


def pruned(rules: Mapping[str, Node | None]) -> dict[str, Node]:
    """The rules that match anything, with only the parts that do.

    Args:
        rules: by name; None when it is known that nothing matches.
    """
    ending = _ending(rules)
    found = {name: _kept(node, ending) for name, node in rules.items() if node and name in ending}
    return {name: node for name, node in found.items() if node is not None}


def blocking_name(rules: Mapping[str, Node | None]) -> str:
    """Why ``root`` matches nothing: a rule without a node, or one that is always inside itself."""
    ending = _ending(rules)
    name = START
    seen: set[str] = set()
    while name not in seen and (node := rules.get(name)) is not None:
        seen.add(name)
        name = _blocking(node, ending)
    return name


def _ending(rules: Mapping[str, Node | None]) -> Collection[str]:
    """The names of the rules that some text matches."""
    return ending_names({name: node for name, node in rules.items() if node}, BUILT_IN)


def _kept(node: Node, ending: Collection[str]) -> Node | None:
    """The parts of a node that match something; None when none does."""
    match node:
        case Ref(name):
            return node if name in ending else None
        case Seq(items):
            found = [_kept(item, ending) for item in items]
            parts = [part for part in found if part is not None]
            return seq(*parts) if len(parts) == len(items) else None
        case Alt(options):
            kept = [_kept(option, ending) for option in options]
            left = [option for option in kept if option is not None]
            return alt(*left) if left else None
        case Repeat(item, least, most):
            inner = _kept(item, ending)
            if inner is not None:
                return repeat(inner, least, most)
            return None if least else EMPTY
        case _:
            return node


def _blocking(node: Node, ending: Collection[str]) -> str:
    """The name of a rule that keeps the node from matching."""
    while not isinstance(node, Ref):
        match node:
            case Seq(items) | Alt(items):
                node = next(item for item in items if _kept(item, ending) is None)
            case Repeat(item):
                node = item
    return node.name
