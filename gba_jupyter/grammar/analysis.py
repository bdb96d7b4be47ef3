"""What can be known of a grammar's rules without a text: shared by the parser, lint and matcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .nodes import Alt, Node, Ref, Repeat, Seq, walk
from .rules import START, Rules


def undefined_names(rules: Rules) -> list[str]:
    """Names that are referred to but not defined, in the order of their first use."""
    used = (inner.name for node in rules.values() for inner in walk(node) if isinstance(inner, Ref))
    return [name for name in dict.fromkeys(used) if name not in rules]


def reachable_names(rules: Mapping[str, Node]) -> set[str]:
    """Names of the defined rules that a match can come to, ``root`` included."""
    found = {START}
    pending = [START]
    while pending:
        for inner in walk(rules[pending.pop()]):
            if isinstance(inner, Ref) and inner.name in rules and inner.name not in found:
                found.add(inner.name)
                pending.append(inner.name)
    return found


def is_nullable(node: Node, nullable: Iterable[str]) -> bool:
    """Whether the node matches the empty text, given the names of the rules that do."""
    match node:
        case Ref(name):
            return name in nullable
        case Seq(items):
            return all([is_nullable(item, nullable) for item in items])
        case Alt(options):
            return any([is_nullable(option, nullable) for option in options])
        case Repeat(item, least):
            return least == 0 or is_nullable(item, nullable)
        case _:
            return False


def nullable_names(rules: Rules) -> frozenset[str]:
    """Names of the rules that match the empty text."""
    return _fixpoint(rules, is_nullable)


def endless_name(rules: Rules) -> str | None:
    """A reachable rule that no finite text matches, such as ``a ::= "x" a``."""
    ending = _fixpoint(rules, _ends)
    reachable = reachable_names(rules)
    return next((name for name in rules if name in reachable and name not in ending), None)


def left_recursive_name(rules: Rules) -> str | None:
    """A rule that can come back to itself before a character is matched."""
    nullable = nullable_names(rules)
    first = {name: list(dict.fromkeys(_leading(node, nullable))) for name, node in rules.items()}
    done: set[str] = set()
    for start in first:
        # Depth-first with an explicit path: a long chain of rules must not exhaust the stack.
        path: dict[str, list[str]] = {} if start in done else {start: list(first[start])}
        while path:
            name, ahead = next(reversed(path.items()))
            if not ahead:
                done.add(name)
                del path[name]
            elif (following := ahead.pop()) in path:
                return following
            elif following not in done and following in first:
                path[following] = list(first[following])
    return None


def _ends(node: Node, ending: Iterable[str]) -> bool:
    match node:
        case Ref(name):
            return name in ending
        case Seq(items):
            return all([_ends(item, ending) for item in items])
        case Alt(options):
            return any([_ends(option, ending) for option in options])
        case Repeat(item, least):
            return least == 0 or _ends(item, ending)
        case _:
            return True


def _fixpoint(rules: Rules, holds: Callable[[Node, Iterable[str]], bool]) -> frozenset[str]:
    """The least set of rules for which `holds` is true, given that set."""
    users: dict[str, list[str]] = {}
    for name, node in rules.items():
        for inner in walk(node):
            if isinstance(inner, Ref):
                users.setdefault(inner.name, []).append(name)
    found: set[str] = set()
    pending = dict.fromkeys(rules)
    while pending:
        name, _ = pending.popitem()
        if name not in found and holds(rules[name], found):
            found.add(name)
            pending.update(dict.fromkeys(users.get(name, ())))
    return frozenset(found)


def _leading(node: Node, nullable: frozenset[str]) -> list[str]:
    """Names that can be entered at the node before a character is matched."""
    match node:
        case Ref(name):
            return [name]
        case Seq(items):
            names: list[str] = []
            for item in items:
                names += _leading(item, nullable)
                if not is_nullable(item, nullable):
                    break
            return names
        case Alt(options):
            return [name for option in options for name in _leading(option, nullable)]
        case Repeat(item):
            return _leading(item, nullable)
        case _:
            return []
