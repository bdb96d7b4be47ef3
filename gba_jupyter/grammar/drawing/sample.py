"""Random texts of a grammar: short, readable, and sure to end.

Each node has a cost: the steps of the shortest way through it. A text begins with the cost of
``root`` and some steps to spare; whatever is not the shortest way is paid from these. When they
are used up, only shortest ways are left, so every text ends, however recursive the grammar is.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from ...errors import GrammarError
from ..nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq, children, walk
from ..rules import START, Rules
from .readable import ReadableChars

MAX_COST = 1_000_000
"""Steps of the longest text that is drawn."""

_SPARE = 400
_MAX_DETOUR = 10_000
"""Steps of the longest alternative that is taken without need."""
_CHAR_COST = 3
"""Steps of what is taken for a single character: a class, by itself or as a rule."""
_MORE_CHARS = 0.8
_MORE_ITEMS = 0.6
_WIDE_WEIGHT = 20


def sample(rules: Rules, n: int, seed: int | None = None) -> list[str]:
    """Random texts of a grammar.

    Args:
        rules: the grammar.
        n: how many texts.
        seed: the same number draws the same texts; None draws others each time.

    Raises:
        GrammarError: `n` or `seed` is not such a number, or the grammar has no text, or only
            texts of more than a million steps.
    """
    if not isinstance(n, int) or n < 0:
        raise GrammarError(f"Cannot draw {n!r} texts.", "Ask for a whole number, 0 or more.")
    if not isinstance(seed, int | None):
        raise GrammarError(f"The seed is {seed!r}.", "Use a whole number, or None for any texts.")
    sampler = _Sampler(rules, random.Random(seed))  # noqa: S311 - texts to look at, no secrets
    return [sampler.text() for _ in range(n)]


class _Options(NamedTuple):
    """The alternatives of an `Alt`, cheapest first."""

    nodes: list[Node]
    costs: list[int]
    weights: list[int]
    """Of each alternative and all before it."""


class _Sampler:
    """Draws texts of one grammar."""

    def __init__(self, rules: Rules, rnd: random.Random) -> None:
        self._rules = rules
        self._rnd = rnd
        self._costs = _costs(rules)
        if self._cost(rules[START]) > MAX_COST:
            raise GrammarError(
                f"The grammar has no text of fewer than {MAX_COST:,} steps.",
                "Give each rule an alternative that ends soon.",
            )
        self._spare = max(_SPARE, 2 * self._longest_detour())
        self._options: dict[int, _Options] = {}
        self._known_chars: dict[int, ReadableChars] = {}

    def text(self) -> str:
        """One text."""
        rnd, spare = self._rnd, self._spare
        parts: list[str] = []
        pending: list[Node] = [self._rules[START]]
        while pending:
            node = pending.pop()
            match node:
                case Literal(text):
                    parts.append(text)
                case CharClass() | AnyChar():
                    parts.append(self._chars(node).draw(rnd))
                case Ref(name):
                    pending.append(self._rules[name])
                case Seq(items):
                    pending.extend(reversed(items))
                case Alt():
                    option = self._option(node, spare)
                    spare -= self._cost(option) + 1 - self._cost(node)
                    pending.append(option)
                case Repeat(item, least):
                    more = self._more(node, spare)
                    spare -= more * self._cost(item)
                    pending.extend([item] * (least + more))
        return "".join(parts)

    def _option(self, node: Alt, spare: int) -> Node:
        """One of the alternatives that can be paid."""
        known = self._options.get(id(node))
        if known is None:
            nodes = sorted(node.options, key=self._cost)
            weights = list(accumulate([_weight(option) for option in nodes]))
            known = _Options(nodes, [self._cost(option) for option in nodes], weights)
            self._options[id(node)] = known
        count = bisect_right(known.costs, known.costs[0] + spare)
        drawn = self._rnd.randrange(known.weights[count - 1])
        return known.nodes[bisect_right(known.weights, drawn)]

    def _more(self, node: Repeat, spare: int) -> int:
        """How many times the item comes beyond the times that it has to."""
        cost = self._cost(node.item)
        most = spare // cost
        if node.max is not None:
            most = min(most, node.max - node.min)
        chance = _MORE_CHARS if cost <= _CHAR_COST else _MORE_ITEMS
        if node.max == node.min + 1:
            chance = 0.5
        count = 0
        while count < most and self._rnd.random() < chance:
            count += 1
        return count

    def _chars(self, node: CharClass | AnyChar) -> ReadableChars:
        known = self._known_chars.get(id(node))
        if known is None:
            known = self._known_chars[id(node)] = ReadableChars(node)
        return known

    def _cost(self, node: Node) -> int:
        return self._costs.get(id(node), MAX_COST + 1)

    def _longest_detour(self) -> int:
        """The largest cost of what need not be taken, so that there is a chance for it."""
        found = 0
        for rule in self._rules.values():
            for node in walk(rule):
                if isinstance(node, Alt | Repeat):
                    costs = [self._cost(child) for child in children(node)]
                    found = max([found, *[cost for cost in costs if cost <= _MAX_DETOUR]])
        return found


def _weight(option: Node) -> int:
    """How often an alternative is drawn: a class of most characters stands for the usual ones."""
    wide = isinstance(option, CharClass | AnyChar) and ReadableChars(option).is_wide
    return _WIDE_WEIGHT if wide else 1


def _costs(rules: Rules) -> dict[int, int]:
    """By the id of each node: the steps of the shortest way through it; without it, there is none.

    Knuth's generalization of Dijkstra's algorithm: the cheapest node that is not yet known
    cannot become cheaper.
    """
    nodes = {id(node): node for rule in rules.values() for node in walk(rule)}
    users: dict[int, list[Node]] = {}
    for node in nodes.values():
        for part in [rules[node.name]] if isinstance(node, Ref) else children(node):
            users.setdefault(id(part), []).append(node)
    missing = {number: len(children(node)) for number, node in nodes.items()}
    costs: dict[int, int] = {}
    heap: list[tuple[int, int]] = []
    for number, node in nodes.items():
        if _ends_at_once(node):
            heappush(heap, (1, number))
    while heap:
        cost, number = heappop(heap)
        if number in costs or cost > MAX_COST:
            continue
        costs[number] = cost
        for user in users.get(number, ()):
            missing[id(user)] -= 1
            if isinstance(user, Repeat):
                heappush(heap, (1 + user.min * cost, id(user)))
            elif not isinstance(user, Seq):
                heappush(heap, (1 + cost, id(user)))
            elif not missing[id(user)]:
                total = sum([costs[id(item)] for item in user.items])
                heappush(heap, (1 + total, id(user)))
    return costs


def _ends_at_once(node: Node) -> bool:
    match node:
        case Literal(text):
            return not any(["\ud800" <= char <= "\udfff" for char in text])
        case CharClass() | AnyChar():
            return not ReadableChars(node).is_empty
        case Repeat(_, least):
            return least == 0
        case _:
            return node == Seq(())
