"""A matcher that is slow and plain, to hold the fast one against, and small random grammars.

It keeps whole stacks of nodes, one for each way to read a text, and tries every derivation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from gba_jupyter.grammar.analysis import left_recursive_name, undefined_names
from gba_jupyter.grammar.matching.spans import Span
from gba_jupyter.grammar.nodes import (
    EMPTY,
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
    chars,
)
from gba_jupyter.grammar.rules import START, Rules

ALPHABET = "abc"

Stack = tuple[Node, ...]
Then = Callable[[int, tuple[Span, ...]], Iterator[Any]]


def random_rules(rng: random.Random) -> Rules:
    """A grammar of up to four rules, not left-recursive, that is often ambiguous."""
    while True:
        names = [START, "x", "y", "z"][: rng.randint(1, 4)]
        rules = Rules([(name, random_node(rng, names, 3)) for name in names])
        if not undefined_names(rules) and not left_recursive_name(rules):
            return rules


def random_node(rng: random.Random, names: list[str], depth: int) -> Node:
    kind = rng.choice("lllcr" if depth == 0 else "llcrrrssssaaaappp")
    inner = [random_node(rng, names, depth - 1) for _ in range(rng.randint(2, 3))] if depth else []
    match kind:
        case "l":
            return Literal("".join(rng.choices(ALPHABET, k=rng.choice([1, 1, 1, 2, 3]))))
        case "c":
            return rng.choice([AnyChar(), chars("ab"), chars("b-c"), chars("a", negated=True)])
        case "r":
            return Ref(rng.choice(names))
        case "s":
            return Seq(tuple(inner)) if rng.random() < 0.9 else EMPTY
        case "a":
            return Alt(tuple(inner))
        case _:
            least = rng.choice([0, 0, 0, 1, 2])
            most = rng.choice([None, None, least, least + 1, least + 2])
            return Repeat(inner[0], least, most)


class TooSlow(Exception):
    """There are too many ways to read a text, or to make it, to try them all."""


class SlowMatcher:
    """All the stacks of nodes that are still to be matched, after some text."""

    def __init__(self, rules: Mapping[str, Node]) -> None:
        self.rules = rules
        self.start = self.ready({(Ref(START),)})

    def ready(self, stacks: set[Stack]) -> set[Stack]:
        """The stacks that begin with something that takes a character, or are empty."""
        seen: set[Stack] = set()
        pending = list(stacks)
        while pending:
            stack = pending.pop()
            if stack not in seen:
                seen.add(stack)
                pending += self.opened(stack)
            if len(seen) > 500:
                raise TooSlow
        return {s for s in seen if not s or isinstance(s[0], Literal | CharClass | AnyChar)}

    def opened(self, stack: Stack) -> list[Stack]:
        if not stack:
            return []
        top, rest = stack[0], stack[1:]
        match top:
            case Ref(name):
                return [(self.rules[name], *rest)]
            case Seq(items):
                return [(*items, *rest)]
            case Alt(options):
                return [(option, *rest) for option in options]
            case Repeat(item, least, most) if least:
                return [(item, Repeat(item, least - 1, None if most is None else most - 1), *rest)]
            case Repeat(item, _, None):
                return [(item, top, *rest), rest]
            case Repeat(item, _, most):
                return [(item, Repeat(item, 0, most - 1), *rest), rest] if most else [rest]
            case _:
                return []

    def after(self, stacks: set[Stack], char: str) -> set[Stack]:
        found: set[Stack] = set()
        for stack in stacks:
            match stack[:1]:
                case (Literal(text),) if text[0] == char:
                    found.add((Literal(text[1:]), *stack[1:]) if text[1:] else stack[1:])
                case (CharClass() | AnyChar() as node,) if takes(node, char):
                    found.add(stack[1:])
        return self.ready(found)


def takes(node: CharClass | AnyChar, char: str) -> bool:
    if isinstance(node, AnyChar):
        return True
    return any(low <= ord(char) <= high for low, high in node.ranges) != node.negated


class Derivations:
    """All the ways to make a text, the first one in the order of the alternatives first.

    With `whole` each is the span of ``root``; else the text is a beginning, and each is the path
    of the rules that are open behind it.
    """

    def __init__(self, rules: Mapping[str, Node], text: str, *, whole: bool) -> None:
        self.rules = rules
        self.text = text
        self.whole = whole
        self.steps = 0

    def first(self) -> Any:
        return next(self.of(Ref(START), 0, (), self.finish), None)

    def finish(self, end: int, spans: tuple[Span, ...]) -> Iterator[Any]:
        if end == len(self.text):
            yield spans[0] if self.whole else ()

    def of(self, node: Node, at: int, path: tuple[str, ...], then: Then) -> Iterator[Any]:
        self.steps += 1
        if self.steps > 5_000:
            raise TooSlow
        if at == len(self.text) and not self.whole and is_open(node):
            yield path
            return
        match node:
            case Literal(text):
                if self.text.startswith(text, at):
                    yield from then(at + len(text), ())
                elif not self.whole and text.startswith(self.text[at:]):
                    yield path
            case CharClass() | AnyChar():
                if at < len(self.text) and takes(node, self.text[at]):
                    yield from then(at + 1, ())
            case Ref(name):

                def ended(end: int, spans: tuple[Span, ...]) -> Iterator[Any]:
                    return then(end, (Span(name, at, end, spans),))

                yield from self.of(self.rules[name], at, (*path, name), ended)
            case Seq(()):
                yield from then(at, ())
            case Seq((item, *rest)):
                yield from self.two(item, Seq(tuple(rest)) if rest[1:] else rest[0], at, path, then)
            case Alt(options):
                for option in options:
                    yield from self.of(option, at, path, then)
            case Repeat(item, least, most):
                less = Repeat(item, max(least - 1, 0), None if most is None else max(most - 1, 0))
                if most != 0:
                    # Rounds of nothing could go on for ever.
                    least_end = at + 1 if most is None and not least else at
                    yield from self.two(item, less, at, path, then, least_end)
                if not least:
                    yield from then(at, ())

    def two(
        self,
        item: Node,
        rest: Node,
        at: int,
        path: tuple[str, ...],
        then: Then,
        least_end: int = 0,
    ) -> Iterator[Any]:
        def behind(end: int, spans: tuple[Span, ...]) -> Iterator[Any]:
            if end < least_end:
                return iter(())
            return self.of(rest, end, path, lambda last, more: then(last, spans + more))

        yield from self.of(item, at, path, behind)


def is_open(node: Node) -> bool:
    """Whether what comes next is a character or a choice."""
    match node:
        case Repeat(_, least, most):
            return not least and most != 0
        case _:
            return not isinstance(node, Ref | Seq)


def is_derivation(rules: Mapping[str, Node], text: str, span: Span) -> bool:
    """Whether each span is made by the node of its rule, with exactly the spans inside it."""
    return all(
        made_by(rules[inner.rule], text, inner.start, inner.end, inner.children)
        for inner in span.walk()
    )


def made_by(node: Node, text: str, start: int, end: int, spans: tuple[Span, ...]) -> bool:
    """Whether the node makes the characters, and each reference in it one of the spans."""

    @cache
    def reached(node: Node, at: int, used: int) -> frozenset[tuple[int, int]]:
        match node:
            case Literal(inner):
                found = {(at + len(inner), used)} if text.startswith(inner, at, end) else set()
            case CharClass() | AnyChar():
                found = {(at + 1, used)} if at < end and takes(node, text[at]) else set()
            case Ref(name):
                span = spans[used] if used < len(spans) else None
                fits = span is not None and (span.rule, span.start) == (name, at)
                found = {(span.end, used + 1)} if span and fits else set()
            case Seq(items):
                found = {(at, used)}
                for item in items:
                    found = {far for near in found for far in reached(item, *near)}
            case Alt(options):
                found = {far for option in options for far in reached(option, at, used)}
            case Repeat(item, least, most):
                found, latest = set(), {(at, used)}
                for count in range(least + len(text) + 1 if most is None else most + 1):
                    found |= latest if count >= least else set()
                    latest = {far for near in latest for far in reached(item, *near)}
        return frozenset(found)

    return (end, len(spans)) in reached(node, start, 0)
