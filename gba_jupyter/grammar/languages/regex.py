"""The languages of regular expressions, by derivatives: what may follow each character.

A state is what may still follow: a disjunction of conjunctions of cells and of negated cells. A
cell is a chain of parts of the pattern that must match one after the other, up to the end of the
text. Lookaheads are where conjunctions come from: what follows must match them as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from itertools import product
from math import inf
from operator import itemgetter
from typing import TypeAlias

from .automaton import Automaton, explore
from .charsets import ALL, CharSet, complement, intersection, overlaid, union
from .regex_cells import ANY, IN_WORD, NOTHING, OTHER, START, Cells, Conjunction
from .regex_parse import WORD, UnsupportedPatternError, parsed
from .regex_tree import Concat, Regex, Repeated

__all__ = ["UnsupportedPatternError", "pattern_language", "tree_language"]

_Formula: TypeAlias = frozenset[Conjunction]
"""Conjunctions of which one must hold."""
_TRUE: _Formula = frozenset([frozenset()])
_Edges: TypeAlias = list[tuple[CharSet, _Formula]]
"""Disjoint sets of characters, each with what may follow it; nothing may follow any other."""

_MAY_MIND_WORDS = re.compile(r"\\[bB]")


@lru_cache(maxsize=64)
def pattern_language(pattern: str) -> Automaton:
    """The texts in which a pattern is found.

    Raises:
        UnsupportedPatternError: it is no regular expression, or uses what a grammar cannot hold.
        TooLargeError: it would need too many states.
    """
    found = Concat((ANY, parsed(pattern), ANY))
    return _Language(found, minds_words=_MAY_MIND_WORDS.search(pattern) is not None).automaton()


def tree_language(regex: Regex) -> Automaton:
    """The texts that a tree without word boundaries matches as a whole.

    Raises:
        TooLargeError: it would need too many states.
    """
    return _Language(regex, minds_words=False).automaton()


class _Language:
    """One pattern on its way to an automaton."""

    def __init__(self, regex: Regex, *, minds_words: bool) -> None:
        self._regex = regex
        self._minds_words = minds_words
        self._cells = Cells()
        self._known_edges: dict[tuple[int, int], _Edges] = {}

    def automaton(self) -> Automaton:
        """The texts that the tree matches as a whole."""
        start = self._cells.number(self._regex, NOTHING)
        return explore(
            (START, frozenset([frozenset([start])])),
            self._step,
            lambda state: self._is_final(*state),
        )

    def _step(self, state: tuple[int, _Formula]) -> Iterable[tuple[CharSet, tuple[int, _Formula]]]:
        before, formula = state
        for chars, following in self._one_of([self._all_of(each, before) for each in formula]):
            if not self._minds_words:
                yield chars, (OTHER, following)
                continue
            for kind, subset in ((IN_WORD, WORD), (OTHER, complement(WORD))):
                if inside := intersection(chars, subset):
                    yield inside, (kind, following)

    def _is_final(self, before: int, formula: _Formula) -> bool:
        return any([self._holds_at_end(conjunction, before) for conjunction in formula])

    def _holds_at_end(self, conjunction: Conjunction, before: int) -> bool:
        return all([self._ends(cell, before) for cell in conjunction])

    def _ends(self, literal: int, before: int) -> bool:
        """Whether a cell, or its complement, holds at the end of the text."""
        if literal < 0:
            return not self._ends(~literal, before)
        ends = self._cells.ways(literal, before).ends
        return any([self._holds_at_end(guards, before) for guards in ends])

    def _all_of(self, conjunction: Conjunction, before: int) -> _Edges:
        """What may follow each character where all of a conjunction holds."""
        found = [self._edges(literal, before) for literal in conjunction]
        return reduce(self._shared, found) if found else [(ALL, _TRUE)]

    def _shared(self, one: _Edges, two: _Edges) -> _Edges:
        """What may follow each character when two things hold."""
        return [
            (chars, formula)
            for left, after_left in one
            for right, after_right in two
            if (chars := intersection(left, right))
            and (formula := self._both(after_left, after_right))
        ]

    def _one_of(self, options: Sequence[_Edges]) -> _Edges:
        """What may follow each character where one of several holds."""
        if len(options) == 1:
            return options[0]
        edges = [edge for option in options for edge in option]
        self._cells.spend(sum([len(chars) for chars, _ in edges]))
        return [
            (chars, self._either([edges[place][1] for place in places]))
            for chars, places in overlaid([chars for chars, _ in edges])
        ]

    def _edges(self, literal: int, before: int) -> _Edges:
        """What may follow each character in a cell, or in its complement."""
        known = self._known_edges.get((literal, before))
        if known is not None:
            return known
        if literal < 0:
            found = self._edges(~literal, before)
            edges = [(chars, self._none(formula)) for chars, formula in found]
            if others := complement(union(*[chars for chars, _ in found])):
                edges.append((others, _TRUE))
        else:
            options: list[_Edges] = []
            for chars, rest, guards in self._cells.ways(literal, before).moves:
                after = _TRUE if rest == self._cells.any else frozenset([frozenset([rest])])
                way: _Edges = [(chars, after)]
                options.append(self._shared(way, self._all_of(guards, before)) if guards else way)
            edges = self._one_of(options) if options else []
        self._known_edges[literal, before] = edges
        return edges

    def _both(self, one: _Formula, two: _Formula) -> _Formula:
        if one == _TRUE or two == _TRUE:
            return two if one == _TRUE else one
        self._cells.spend(len(one) * len(two))
        return _least([a | b for a, b in product(one, two) if not any([~x in b for x in a])])

    def _either(self, formulas: Sequence[_Formula]) -> _Formula:
        if len(formulas) == 1:
            return formulas[0]
        joined = self._undoubled(frozenset().union(*formulas))
        self._cells.spend(len(joined))
        if all([len(conjunction) == 1 for conjunction in joined]):
            return joined
        self._cells.spend(len(joined) ** 2)
        return _least(joined)

    def _undoubled(self, formula: _Formula) -> _Formula:
        """The formula, without counts of something that lie within other counts of the same."""
        counts: dict[tuple[Regex, int], list[tuple[int, float, Conjunction]]] = {}
        for conjunction in formula:
            if len(conjunction) != 1 or min(conjunction) < 0:
                continue
            part, rest = self._cells[min(conjunction)]
            if isinstance(part, Repeated):
                # Where any text may follow, what is too many may be part of it.
                most = inf if part.most is None or rest == self._cells.any else part.most
                counts.setdefault((part.item, rest), []).append((part.least, -most, conjunction))
        doubled: list[Conjunction] = []
        for family in counts.values():
            largest = -1.0
            for _, negated, conjunction in sorted(family, key=itemgetter(0, 1)):
                if -negated <= largest:
                    doubled.append(conjunction)
                largest = max(largest, -negated)
        return formula.difference(doubled)

    def _none(self, formula: _Formula) -> _Formula:
        """What holds where none of the conjunctions does."""
        result = _TRUE
        for conjunction in formula:
            result = self._both(result, _least([frozenset([~x]) for x in conjunction]))
        return result


def _least(conjunctions: Iterable[Conjunction]) -> _Formula:
    """The conjunctions, without those that ask for more than another one."""
    kept: list[Conjunction] = []
    for conjunction in sorted(set(conjunctions), key=len):
        if not any([other <= conjunction for other in kept]):
            kept.append(conjunction)
    return frozenset(kept)
