"""How many stacks llama.cpp's engine keeps on a text: the cost that no lint can foresee.

The engine follows each way to read a text by a stack of its own. Under an ambiguous grammar
these can double with every character, and the engine then never comes back.
"""

from __future__ import annotations

from dataclasses import dataclass

from gba_jupyter.grammar.nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq
from gba_jupyter.grammar.rules import START, Rules

LIMIT = 100


def is_bearable(rules: Rules, text: str) -> bool:
    """Whether the engine never has more than `LIMIT` stacks on the way through the text."""
    counter = _Counter(rules)
    live = counter.expanded([counter.push(rules[START], 0, None)])
    for char in text:
        if len(live) > LIMIT:
            return False
        live = counter.expanded([counter.behind(each) for each in live if _takes(each, char)])
    return len(live) <= LIMIT


@dataclass(frozen=True, eq=False, slots=True)
class _Stack:
    """What has to come: a node from an offset on, and then more. Equal ones are one object."""

    top: Node
    offset: int
    rest: _Stack | None


class _Counter:
    """The stacks of one grammar."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._known: dict[tuple[int, int, _Stack | None], _Stack] = {}

    def push(self, node: Node, offset: int, rest: _Stack | None) -> _Stack:
        """A node from an offset on, before the rest."""
        key = (id(node), offset, rest)
        if key not in self._known:
            self._known[key] = _Stack(node, offset, rest)
        return self._known[key]

    def expanded(self, stacks: list[_Stack | None]) -> set[_Stack | None]:
        """The stacks with a character on top, or empty, that some stacks stand for."""
        seen: set[_Stack | None] = set()
        live: set[_Stack | None] = set()
        while stacks and len(live) <= LIMIT:
            stack = stacks.pop()
            if stack in seen:
                continue
            seen.add(stack)
            if stack is None or isinstance(stack.top, Literal | CharClass | AnyChar):
                live.add(stack)
            else:
                stacks += self._opened(stack.top, stack.offset, stack.rest)
        return live

    def behind(self, stack: _Stack | None) -> _Stack | None:
        """What is left when the character on top is taken."""
        assert stack is not None
        top = stack.top
        if isinstance(top, Literal) and stack.offset + 1 < len(top.text):
            return self.push(top, stack.offset + 1, stack.rest)
        return stack.rest

    def _opened(self, node: Node, at: int, rest: _Stack | None) -> list[_Stack | None]:
        match node:
            case Ref(name):
                return [self.push(self._rules[name], 0, rest)]
            case Seq(items) if at < len(items):
                last = at + 1 == len(items)
                return [self.push(items[at], 0, rest if last else self.push(node, at + 1, rest))]
            case Alt(options):
                return [self.push(option, 0, rest) for option in options]
            case Repeat(item, least, most) if most != 0:
                # `at` items are done. llama.cpp writes x{2,} as x x y with y ::= x y | "".
                done = at + 1 if most is not None else min(at + 1, least + 1)
                more = self.push(item, 0, rest if done == most else self.push(node, done, rest))
                return [more, rest] if at >= least else [more]
            case _:
                return [rest]


def _takes(stack: _Stack | None, char: str) -> bool:
    match stack and stack.top:
        case None:
            return False
        case Literal(text):
            return stack is not None and text[stack.offset] == char
        case CharClass(ranges, negated):
            return any(low <= ord(char) <= high for low, high in ranges) != negated
        case _:
            return True
