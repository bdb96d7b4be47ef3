"""Finds grammars under which the work of a llama.cpp server doubles with each level of nesting.

A server follows each way to read a text by a stack of its own. When a rule can come back to itself
in two ways behind the same text, as in ``root ::= "(" root ")" | "(" root "]" | "x"``, there are
two stacks for one ``(``, four for two, and twenty hang it for good.

Pairs of stacks that read the same text are followed here, from the start of each rule that can
contain itself, until both call one rule. What each has to come back to by then is a word, and
nesting makes longer words of the two. These double in number, unless the two words commute: then
both repeat one shorter word, and nesting adds only one more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product

from .languages.charsets import ALL, CharSet, complement, intersection, union
from .nodes import Alt, CharClass, Literal, Node, Ref, Repeat, Seq, walk
from .rules import Rules

MAX_PAIRS = 50_000
"""Pairs of stacks that are looked at; then the search is given up."""

_MAX_ENTERED = 4
"""How often a rule that contains itself is entered on the way, instead of taken as a whole."""
_MAX_ENTERED_TOGETHER = 2
"""The same, where both stacks of a pair are still the same one."""


def doubling_name(rules: Rules) -> str | None:
    """A rule that one text can nest in two ways; None when there is none, or none is found."""
    groups = _nested_groups(rules)
    search = _Search(rules, groups)
    return next((name for name in groups if search.doubles(name)), None)


@dataclass(frozen=True, eq=False, slots=True)
class _Stack:
    """What has to come: a node from an offset on, and then more. Equal ones are one object."""

    top: Node
    offset: int
    rest: _Stack | None

    def called(self) -> str | None:
        """The rule on top, if it is one."""
        return self.top.name if isinstance(self.top, Ref) else None

    def word(self) -> list[tuple[int, int]]:
        """What comes behind the top, part by part."""
        stack, found = self.rest, []
        while stack is not None:
            found.append((id(stack.top), stack.offset))
            stack = stack.rest
        return found


class _Search:
    """Pairs of stacks of one grammar."""

    def __init__(self, rules: Rules, groups: dict[str, int]) -> None:
        self._rules = rules
        self._groups = groups
        self._known: dict[tuple[int, int, _Stack | None], _Stack] = {}
        self._tops: dict[_Stack, list[_Stack]] = {}
        self._left = MAX_PAIRS

    def doubles(self, name: str) -> bool:
        """Whether two ways lead from the start of a rule to one that leads back to it."""
        start = self._push(self._rules[name], 0, None)
        pending = [(start, start, 0)]
        seen = set(pending)
        while pending:
            one, two, entered = pending.pop()
            for left, right in self._met(one, two):
                self._left -= 1
                if self._left < 0:
                    return False
                if self._is_double(left, right, name):
                    return True
                for pair in self._behind(left, right, entered):
                    if pair not in seen:
                        seen.add(pair)
                        pending.append(pair)
        return False

    def _met(self, one: _Stack, two: _Stack) -> Iterator[tuple[_Stack, _Stack]]:
        if one is two:
            return combinations_with_replacement(self._open(one), 2)
        return product(self._open(one), self._open(two))

    def _is_double(self, left: _Stack, right: _Stack, start: str) -> bool:
        called = left.called()
        if called is None or called != right.called() or left is right:
            return False
        if self._groups[called] != self._groups[start]:
            return False
        one, two = left.word(), right.word()
        return one + two != two + one

    def _behind(
        self, left: _Stack, right: _Stack, entered: int
    ) -> Iterator[tuple[_Stack, _Stack, int]]:
        """The pairs that follow two stacks with a character or a call on top."""
        calls = left.called(), right.called()
        if calls == (None, None):
            same = left is right
            if same or intersection(_chars(left), _chars(right)):
                one, two = self._taken(left, whole=same), self._taken(right, whole=same)
                if one is not None and two is not None:
                    yield one, two, entered
            return
        if calls[0] == calls[1] and left.rest is not None and right.rest is not None:
            yield left.rest, right.rest, entered
        if entered < (_MAX_ENTERED_TOGETHER if left is right else _MAX_ENTERED):
            yield self._enter(left), self._enter(right), entered + 1

    def _enter(self, stack: _Stack) -> _Stack:
        called = stack.called()
        return stack if called is None else self._push(self._rules[called], 0, stack.rest)

    def _taken(self, stack: _Stack, *, whole: bool) -> _Stack | None:
        """The stack behind its first character, or behind all of a literal."""
        top = stack.top
        if isinstance(top, Literal) and stack.offset + 1 < len(top.text) and not whole:
            return self._push(top, stack.offset + 1, stack.rest)
        return stack.rest

    def _push(self, node: Node, offset: int, rest: _Stack | None) -> _Stack:
        key = (id(node), offset, rest)
        if key not in self._known:
            self._known[key] = _Stack(node, offset, rest)
        return self._known[key]

    def _open(self, stack: _Stack) -> list[_Stack]:
        """The stacks with a character, or a rule that contains itself, on top."""
        found = self._tops.get(stack)
        if found is None:
            tops: dict[_Stack, None] = {}
            seen: set[_Stack | None] = {None}
            pending: list[_Stack | None] = [stack]
            while pending:
                each = pending.pop()
                if each in seen or each is None:
                    continue
                seen.add(each)
                inner = self._parts(each)
                pending += inner
                if not inner:
                    tops[each] = None
            found = self._tops[stack] = [*tops]
        return found

    def _parts(self, stack: _Stack) -> list[_Stack | None]:
        """What a stack stands for when its top is neither a character nor such a rule."""
        at, rest = stack.offset, stack.rest
        match stack.top:
            case Ref(name) if name not in self._groups:
                return [self._push(self._rules[name], 0, rest)]
            case Seq(items):
                if at == len(items):
                    return [rest]
                last = at + 1 == len(items)
                behind = rest if last else self._push(stack.top, at + 1, rest)
                return [self._push(items[at], 0, behind)]
            case Alt(options):
                return [self._push(option, 0, rest) for option in options]
            case Repeat(_, _, 0):
                return [rest]
            case Repeat(item, least, most):
                # `at` items are done. llama.cpp writes x{2,} as x x y with y ::= x y | "".
                done = at + 1 if most is not None else min(at + 1, least + 1)
                behind = rest if done == most else self._push(stack.top, done, rest)
                more = self._push(item, 0, behind)
                return [more, rest] if at >= least else [more]
            case _:
                return []


def _chars(stack: _Stack) -> CharSet:
    match stack.top:
        case Literal(text):
            code = ord(text[stack.offset])
            return ((code, code),)
        case CharClass(ranges, negated):
            return complement(union(ranges)) if negated else union(ranges)
        case _:
            return ALL


def _nested_groups(rules: Rules) -> dict[str, int]:
    """The rules that can contain themselves, each with the number of those that contain it too.

    Kosaraju's algorithm: names in the order in which they are left, then backwards from the last.
    """
    uses = {
        name: {inner.name: None for inner in walk(node) if isinstance(inner, Ref)}
        for name, node in rules.items()
    }
    users: dict[str, dict[str, None]] = {name: {} for name in rules}
    for name, used in uses.items():
        for each in used:
            users[each][name] = None
    left: dict[str, None] = {}
    entered: set[str] = set()
    for start in rules:
        pending = [start]
        while pending:
            name = pending[-1]
            if name not in entered:
                entered.add(name)
                pending += [each for each in uses[name] if each not in entered]
            else:
                left.setdefault(pending.pop())
    groups: dict[str, int] = {}
    for number, start in enumerate(reversed(left)):
        members = [] if start in groups else [start]
        while members:
            name = members.pop()
            groups[name] = number
            members += [user for user in users[name] if user not in groups]
    sizes = Counter(groups.values())
    return {name: g for name, g in groups.items() if sizes[g] > 1 or name in uses[name]}
