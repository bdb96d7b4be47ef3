"""The languages of texts that schemas allow, exactly; what cannot be told is None."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..languages.automaton import ANY_TEXT, Automaton, TooLargeError, listed
from ..languages.linear import RuleBook
from ..nodes import Literal, Node, alt
from .merge import Joined, tried, truth
from .place import refusal
from .strings import UnsupportedPatternError, key_node, pattern_language, text_language
from .subschema import Schemas, Subschema
from .vocabulary import UNIONS

if TYPE_CHECKING:
    from .check import Checker

NO_TEXT = listed(())
_MAX_DEPTH = 10
_MAX_BRANCHES = 20
_MAX_STEPS = 2000
"""Schemas of which the texts are found, in one conversion."""
_CACHE = 256
_MAX_GROUP = 300
"""States of a language that may be optional as a whole."""
_LENGTHS = ("minLength", "maxLength")


class UnknownTextsError(Exception):
    """The texts of a pattern are not known; says why."""


@lru_cache(_CACHE)
def pattern_texts(pattern: str) -> Automaton:
    """The texts in which a pattern is found.

    Raises:
        UnknownTextsError: they cannot be told.
        ValueError: it is no pattern.
    """
    try:
        return pattern_language(pattern)
    except (UnsupportedPatternError, TooLargeError) as error:
        why = str(error) or "a pattern of names is too large"
        raise UnknownTextsError(why) from None


def text_node(language: Automaton, book: RuleBook) -> Node:
    """A JSON string, quotes included, of a language that is not empty."""
    if len(language.edges) > _MAX_GROUP and language.accepts(""):
        # A server copies what is optional, and so refuses it when it is large.
        return alt(Literal('""'), key_node(language - listed([""]), book))
    return key_node(language, book)


def known_texts(joined: Joined, keywords: Iterable[str]) -> Automaton | None:
    """The texts that some of the keywords about texts allow; None when that cannot be told."""
    keys = {key: joined.keys[key] for key in keywords if key in joined.keys}
    if not keys:
        return ANY_TEXT
    unheld: list[str] = []
    try:
        language = text_language(keys, lambda keyword, why: unheld.append(keyword))
    except TooLargeError:
        return None
    except ValueError as error:
        raise refusal(joined.path, str(error)) from None
    return None if unheld else language


class Texts:
    """Finds the texts that are valid for schemas."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._steps = 0

    def of(self, schemas: Schemas, *, narrow: bool = False, depth: int = 0) -> Automaton | None:
        """The texts for which all the schemas hold; None when that cannot be told.

        Args:
            schemas: what must hold.
            narrow: whether some may be missing: a `format` has texts that we do not write.
            depth: how many schemas this one is inside of.

        Raises:
            GrammarError: one of them cannot be a schema.
        """
        self._steps += 1
        joined, unheld = tried(schemas)
        if joined is None or "string" not in joined.keys.get("type", ("string",)):
            return NO_TEXT
        if unheld or depth > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return None
        values = joined.listed
        try:
            if values is not None:
                return self._listed([each for each in values if isinstance(each, str)], schemas)
            if "format" in joined.keys and not narrow:
                return None
            return self._described(joined, narrow, depth + 1)
        except TooLargeError:
            return None

    def _listed(self, values: Sequence[str], schemas: Schemas) -> Automaton | None:
        verdicts = {value: self._checker.holds(value, schemas) for value in values}
        if None in verdicts.values():
            return None
        return listed([value for value, verdict in verdicts.items() if verdict])

    def _described(self, joined: Joined, narrow: bool, depth: int) -> Automaton | None:
        found = [known_texts(joined, (*_LENGTHS, "pattern", "format"))]
        for _, schema in joined.nots:
            language = self.of((schema,), depth=depth)
            found.append(None if language is None else ~language)
        for part in joined.parts:
            unions = [keyword for keyword in UNIONS if keyword in part.keywords]
            found += [self._one_of(part, keyword, narrow, depth) for keyword in unions]
            if "if" in part.keywords and truth(part.child("if")) is None:
                found.append(self._conditional(part, narrow, depth))
        language = ANY_TEXT
        for each in found:
            if each is None:
                return None
            language = language & each if each != ANY_TEXT else language
        return language

    def _one_of(self, part: Subschema, keyword: str, narrow: bool, depth: int) -> Automaton | None:
        """The texts of a union."""
        branches = part.children(keyword)
        if len(branches) > _MAX_BRANCHES:
            return None
        once, twice = NO_TEXT, NO_TEXT
        for branch in branches:
            # What is in two branches is taken away: for that, no text may be missing.
            exact = keyword == "oneOf"
            language = self.of((branch,), narrow=narrow and not exact, depth=depth)
            if language is None:
                return None
            if exact:
                twice |= once & language
            once |= language
        return once - twice if twice != NO_TEXT else once

    def _conditional(self, part: Subschema, narrow: bool, depth: int) -> Automaton | None:
        """The texts of `if`, `then` and `else`."""
        found: dict[str, Automaton] = {}
        for keyword in ("if", "then", "else"):
            if keyword in part.keywords:
                each = narrow and keyword != "if"
                language = self.of((part.child(keyword),), narrow=each, depth=depth)
                if language is None:
                    return None
                found[keyword] = language
        condition = found["if"]
        return (condition & found.get("then", ANY_TEXT)) | (found.get("else", ANY_TEXT) - condition)
