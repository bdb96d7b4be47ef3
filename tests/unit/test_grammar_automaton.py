"""Languages of texts: operations against brute force, smallest forms, and the rules written."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from rule_book import Book

from gba_jupyter.grammar.drawing.sample import sample
from gba_jupyter.grammar.languages import charsets
from gba_jupyter.grammar.languages.automaton import (
    ANY_TEXT,
    MAX_STATES,
    Automaton,
    TooLargeError,
    explore,
    lengths,
    listed,
)
from gba_jupyter.grammar.languages.linear import linear_node
from gba_jupyter.grammar.languages.regex import pattern_language
from gba_jupyter.grammar.lint import check
from gba_jupyter.grammar.matching.match import Matcher
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules

ALPHABET = "ab\U0001f600"
TEXTS = ["".join(chars) for n in range(6) for chars in itertools.product(ALPHABET, repeat=n)]


def written(language: Automaton) -> Rules:
    book = Book()
    node = linear_node(language, book)
    return Rules([("root", node), *book.rules.items()])


def texts_of(language: Automaton) -> set[str]:
    return {text for text in TEXTS if language.accepts(text)}


def random_language(rnd: random.Random, states: int) -> Automaton:
    """A random automaton, as `explore` makes it from one that is neither small nor tidy."""
    moves = {
        state: [
            (charsets.of(char), rnd.randrange(states)) for char in ALPHABET if rnd.random() < 0.8
        ]
        for state in range(states)
    }
    finals = {state for state in range(states) if rnd.random() < 0.4}
    return explore(0, lambda state: moves[state], lambda state: state in finals)


def random_tree(rnd: random.Random, states: int) -> Automaton:
    """Without ways back but from a state to itself: the case that has an algorithm of its own."""
    moves = {
        state: [
            (charsets.of(char), rnd.randrange(state, states))
            for char in ALPHABET
            if rnd.random() < 0.8
        ]
        for state in range(states)
    }
    finals = {state for state in range(states) if rnd.random() < 0.4}
    return explore(0, lambda state: moves[state], lambda state: state in finals)


def languages(seed: int, count: int) -> list[Automaton]:
    rnd = random.Random(seed)
    return [
        rnd.choice([random_language, random_tree])(rnd, rnd.randint(1, 7)) for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_operations_are_those_of_sets(seed: int) -> None:
    everything = set(TEXTS)
    for one, two in itertools.pairwise(languages(seed, 12)):
        assert texts_of(one & two) == texts_of(one) & texts_of(two)
        assert texts_of(one | two) == texts_of(one) | texts_of(two)
        assert texts_of(one - two) == texts_of(one) - texts_of(two)
        assert texts_of(~one) == everything - texts_of(one)
        assert ~~one == one
        assert (one & two) == (two & one)
        assert one - one == listed([])
        assert one | ~one == ANY_TEXT


def distinguishable(language: Automaton) -> bool:
    """Whether any two states accept different continuations, by the naive table filling."""
    states = range(len(language.edges) + 1)
    dead = len(language.edges)
    letters = charsets.parted([charsets.ALL, *(c for edges in language.edges for c, _ in edges)])

    def step(state: int, letter: charsets.CharSet) -> int:
        edges = language.edges[state] if state != dead else ()
        return next((to for chars, to in edges if charsets.intersection(chars, letter)), dead)

    apart = {
        (p, q) for p in states for q in states if (p in language.finals) != (q in language.finals)
    }
    while True:
        more = {
            (p, q)
            for p in states
            for q in states
            if (p, q) not in apart and any((step(p, x), step(q, x)) in apart for x in letters)
        }
        if not more:
            return len(apart) == len(states) * (len(states) - 1)
        apart |= more


@pytest.mark.parametrize("seed", range(8))
def test_automata_are_smallest(seed: int) -> None:
    for language in languages(100 + seed, 12):
        if not language.is_empty:
            assert distinguishable(language), language


def test_equal_languages_are_equal_however_they_were_made() -> None:
    assert listed(["b", "a", "ab"]) == listed(["ab"]) | listed(["a"]) | listed(["b"])
    assert lengths(0, None) == ANY_TEXT
    assert lengths(2, 4) == lengths(2, None) - lengths(5, None)
    assert pattern_language("^(a|b)*$") == pattern_language("^(a*b*)*$")
    assert listed([]).is_empty
    assert listed([""]) == lengths(0, 0)


def test_operations_hold_for_all_characters() -> None:
    no_ab = ANY_TEXT - listed(["ab"])
    for text in ["", "a", "abc", "\0", "é", "\U0010ffff", "ab\0"]:
        assert no_ab.accepts(text)
    assert not no_ab.accepts("ab")


def test_too_large_is_said() -> None:
    with pytest.raises(TooLargeError):
        lengths(0, MAX_STATES + 1)
    with pytest.raises(TooLargeError):
        explore(0, lambda n: [(charsets.ALL, n + 1)], lambda n: n == 10**6)


@pytest.mark.parametrize("seed", range(6))
def test_charsets_are_those_of_sets(seed: int) -> None:
    rnd = random.Random(seed)

    def some() -> set[int]:
        return {rnd.randrange(12) for _ in range(rnd.randrange(9))}

    def chars(codes: set[int]) -> charsets.CharSet:
        return charsets.union([(code, code) for code in codes])

    for _ in range(50):
        one, two, three = some(), some(), some()
        assert charsets.union(chars(one), chars(two)) == chars(one | two)
        assert charsets.intersection(chars(one), chars(two)) == chars(one & two)
        assert charsets.difference(chars(one), chars(two)) == chars(one - two)
        assert charsets.complement(charsets.complement(chars(one))) == chars(one)
        assert charsets.has(chars(one), chr(3)) == (3 in one)
        parts = charsets.overlaid([chars(one), chars(two), chars(three)])
        assert charsets.union(*[part for part, _ in parts]) == chars(one | two | three)
        for part, places in parts:
            for place, given in enumerate([one, two, three]):
                shared = charsets.intersection(part, chars(given))
                assert shared == (part if place in places else ())
        assert sorted(charsets.parted([chars(one), chars(two)])) == sorted(
            part for part, _ in charsets.overlaid([chars(one), chars(two)])
        )


def assert_written(language: Automaton, seed: int = 0) -> Rules:
    """The rules are clean, read back as they are, and have the language."""
    rules = written(language)
    check(rules)
    assert parse(str(rules)) == rules
    matcher = Matcher(rules)
    for text in TEXTS[:121]:
        assert matcher.accepts(text) == language.accepts(text), (text, str(rules))
    for text in sample(rules, 20, seed):
        assert language.accepts(text), (text, str(rules))
    return rules


@pytest.mark.parametrize("seed", range(10))
def test_rules_have_the_language_of_their_automaton(seed: int) -> None:
    for language in languages(200 + seed, 8):
        if not language.is_empty:
            assert_written(language, seed)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^[a-z]{2,5}$", "root ::= [a-z]{2,5}\n"),
        (r"^a{3}$", 'root ::= "aaa"\n'),
        (r"^a{2,40}$", 'root ::= "a"{2,40}\n'),
        (r"^\d{1,3}\.\d{1,3}$", 'root ::= [0-9]{1,3} "." [0-9]{1,3}\n'),
        (r"^[ab]{0,9}(-c?)?$", 'root ::= [a-b]{0,9} ("-" "c"?)?\n'),
        (r"^a*b+c?$", 'root ::= "a"* "b"+ "c"?\n'),
        (r"^[+-]?(0|[1-9][0-9]*)$", 'root ::= [+-]? ("0" | [1-9] [0-9]*)\n'),
        (r"^[a-c]{700}$", "root ::= [a-c]{700}\n"),
        (r"^[a-c]{0,1000}$", "root ::= [a-c]{0,1000}\n"),
    ],
)
def test_rules_are_short(pattern: str, text: str) -> None:
    assert str(written(pattern_language(pattern))) == text


def test_long_and_deep_languages_become_several_rules() -> None:
    chain = "".join(f"({char}" for char in "abcdefghij" * 30) + ")?" * 300
    assert_written(pattern_language(f"^{chain}$"))
    assert_written(pattern_language(r"^(\d{3},){300}$"))
    assert_written(pattern_language("^" + "ab" * 1400 + "$"))


def test_counts_beyond_those_of_a_server_are_split() -> None:
    longer = explore(0, lambda n: [(charsets.of("a"), n + 1)] if n < 1001 else [], lambda n: True)
    rules = written(longer)
    check(rules)
    assert Matcher(rules).accepts("a" * 1001)
    assert not Matcher(rules).accepts("a" * 1002)


def test_names_that_are_excluded_take_rules_of_linear_size() -> None:
    rnd = random.Random(3)
    sizes = []
    for count in (20, 40, 80):
        names = ["".join(rnd.choices("abcdefgh", k=8)) for _ in range(count)]
        rules = written(ANY_TEXT - listed(names))
        check(rules)
        matcher = Matcher(rules)
        assert not any(matcher.accepts(name) for name in names)
        for near in [names[0][:-1], names[0] + "a", "", names[1][:4] + "-", "z"]:
            assert matcher.accepts(near)
        sizes.append(len(str(rules)))
    assert sizes[2] < 6 * sizes[0]
    many = written(ANY_TEXT - listed([f"property_{n}" for n in range(1000)]))
    assert len(str(many)) < 2000


def test_the_same_language_is_written_the_same() -> None:
    pattern = "^(foo|bar|[a-f]*x{2,3})+(?!.*y)"
    first = str(written(pattern_language(pattern)))
    pattern_language.cache_clear()
    assert str(written(pattern_language(pattern))) == first
    assert re.search(r"^part-1 ::= ", first, re.MULTILINE)
