"""What can be known of a grammar's rules without a text: shared by the parser, lint and matcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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


def ending_names(rules: Mapping[str, Node], known: Iterable[str] = ()) -> frozenset[str]:
    """Names of the rules that some finite text matches, and the `known` ones, which do."""
    return _fixpoint(rules, _ends, known)


def endless_name(rules: Rules) -> str | None:
    """A reachable rule that no finite text matches, such as ``a ::= "x" a``."""
    ending = ending_names(rules)
    reachable = reachable_names(rules)
    return next((name for name in rules if name in reachable and name not in ending), None)


def left_recursive_name(rules: Rules) -> str | None:
    """A rule that can come back to itself before a character is matched."""
    return _leading_order(rules, nullable_names(rules))[1]


def ways_to_begin(rules: Rules) -> dict[str, int]:
    """By rule: the ways to come from its start, through other rules, to a first character.

    Rules with left recursion, which have ways without end, may be missing.
    """
    nullable = nullable_names(rules)
    ways: dict[str, int] = {}
    for name in _leading_order(rules, nullable)[0]:
        ways[name] = _ways(rules[name], nullable, ways)
    return ways


def _leading_order(rules: Rules, nullable: frozenset[str]) -> tuple[list[str], str | None]:
    """The rules, each behind those that it can begin with; and one with left recursion."""
    first = {name: list(dict.fromkeys(_leading(node, nullable))) for name, node in rules.items()}
    done: dict[str, None] = {}
    for start in first:
        # Depth-first with an explicit path: a long chain of rules must not exhaust the stack.
        path: dict[str, list[str]] = {} if start in done else {start: list(first[start])}
        while path:
            name, ahead = next(reversed(path.items()))
            if not ahead:
                done[name] = None
                del path[name]
            elif (following := ahead.pop()) in path:
                return [*done], following
            elif following not in done and following in first:
                path[following] = list(first[following])
    return [*done], None


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


def _fixpoint(
    rules: Mapping[str, Node],
    holds: Callable[[Node, Iterable[str]], bool],
    known: Iterable[str] = (),
) -> frozenset[str]:
    """The least set of rules for which `holds` is true, given that set and the `known` ones."""
    users: dict[str, list[str]] = {}
    for name, node in rules.items():
        for inner in walk(node):
            if isinstance(inner, Ref):
                users.setdefault(inner.name, []).append(name)
    found = set(known)
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
        case Seq():
            return [name for item in _front(node, nullable) for name in _leading(item, nullable)]
        case Alt(options):
            return [name for option in options for name in _leading(option, nullable)]
        case Repeat(item):
            return _leading(item, nullable)
        case _:
            return []


def _ways(node: Node, nullable: frozenset[str], ways: Mapping[str, int]) -> int:
    """The ways to a first character of the node, given those of the rules that it begins with."""
    match node:
        case Ref(name):
            return ways.get(name, 0)
        case Seq():
            return sum([_ways(item, nullable, ways) for item in _front(node, nullable)])
        case Alt(options):
            return sum([_ways(option, nullable, ways) for option in options])
        case Repeat(item):
            return _ways(item, nullable, ways)
        case _:
            return 1


def _front(node: Seq, nullable: frozenset[str]) -> Iterator[Node]:
    """The items at which the first character can be."""
    for item in node.items:
        yield item
        if not is_nullable(item, nullable):
            return
