"""JSON strings: the texts that `pattern`, `format` and the lengths ask for."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..languages.automaton import ANY_TEXT, Automaton, TooLargeError, lengths
from ..languages.charsets import SURROGATES, intersection, union
from ..languages.linear import RuleBook, linear_node
from ..languages.regex import UnsupportedPatternError, pattern_language
from ..languages.spelling import TEXT, Spelling
from ..lint import MAX_COUNT
from ..nodes import Literal, Node, Ref, repeat, seq
from ..printer import node_text
from .formats import format_gap, format_language, format_rule, format_span

__all__ = [
    "UnsupportedPatternError",
    "key_node",
    "pattern_language",
    "string_node",
    "text_language",
]

Report: TypeAlias = Callable[[str, str], None]
"""Takes a keyword and why it is not enforced."""

_QUOTE = Literal('"')
_READABLE = Automaton((((TEXT, 0),),), frozenset([0]))
_FEW_RANGES = 400
"""An automaton of so many ranges of characters is never too large to be written."""
_MAX_TEXT = 16_000
"""Characters of GBNF for one string."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a schema asks of a text."""

    patterns: tuple[str, ...]
    formats: tuple[str, ...]
    least: int
    most: int | None

    @property
    def is_impossible(self) -> bool:
        """Whether no length is long enough and short enough."""
        return self.most is not None and self.most < self.least

    @property
    def rule(self) -> Ref | None:
        """The rule of a format that is all that is asked for."""
        if self.patterns or len(self.formats) != 1:
            return None
        shortest, longest = format_span(self.formats[0])
        fits = self.most is None or (longest is not None and longest <= self.most)
        return format_rule(self.formats[0]) if fits and self.least <= shortest else None


def string_node(keys: Mapping[str, Any], book: RuleBook, report: Report) -> Node | None:
    """The JSON strings, quotes included, that satisfy the keywords; None when there are none.

    Args:
        keys: the schema; `pattern` and `format` may be tuples, of which all must hold.
        book: takes the rules that the strings need.
        report: called with a keyword that cannot be enforced, and why.

    Raises:
        ValueError: a keyword has a value that it cannot have; says which.
    """
    wanted = _wanted(keys, report)
    if wanted.is_impossible:
        return None
    if rule := wanted.rule:
        _report_gaps(wanted, report)
        return seq(_QUOTE, rule, _QUOTE)
    described = _described(wanted, report)
    if described == ANY_TEXT:
        return _any_of_length(wanted)
    language = _bounded(described, wanted, report)
    if not _is_writable(language):
        _report_lengths(wanted, report)
        language = described
    for name in wanted.formats:
        if (rule := format_rule(name)) and language == format_language(name):
            return seq(_QUOTE, rule, _QUOTE)
    if not _is_writable(language):
        for keyword in ("pattern", "format"):
            if keyword in keys:
                report(keyword, "a grammar for it would be too large")
        return _any_of_length(wanted)
    language = readable(language)
    return None if language.is_empty else key_node(language, book)


def text_language(keys: Mapping[str, Any], report: Report) -> Automaton:
    """The texts that satisfy `pattern`, `format`, `minLength` and `maxLength`.

    Args and Raises are those of `string_node`.
    """
    wanted = _wanted(keys, report)
    return _bounded(_described(wanted, report), wanted, report)


def key_node(language: Automaton, book: RuleBook) -> Node:
    """A JSON string, quotes included, of a language that is not empty.

    Each character is spelled as Python spells it, so that no text can slip in otherwise.
    """
    return seq(_QUOTE, linear_node(readable(language), book, Spelling(book)), _QUOTE)


def readable(language: Automaton) -> Automaton:
    """Those texts of a language that JSON can hold: halves of characters are no text."""
    sets = [chars for edges in language.edges for chars, _ in edges]
    return language & _READABLE if intersection(union(*sets), SURROGATES) else language


def _described(wanted: _Wanted, report: Report) -> Automaton:
    """The texts of the patterns and formats."""
    _report_gaps(wanted, report)
    found = ANY_TEXT
    asked = [("format", name, _format) for name in wanted.formats]
    asked += [("pattern", pattern, pattern_language) for pattern in wanted.patterns]
    for keyword, value, language_of in asked:
        try:
            found = _both(found, language_of(value))
        except UnsupportedPatternError as error:
            report(keyword, str(error))
        except TooLargeError:
            report(keyword, "a grammar for it would be too large")
    return found


def _bounded(described: Automaton, wanted: _Wanted, report: Report) -> Automaton:
    """Those of the texts that have the right length."""
    if wanted.is_impossible:
        return ~ANY_TEXT
    if not wanted.least and wanted.most is None:
        return described
    try:
        return _both(described, lengths(wanted.least, wanted.most))
    except TooLargeError:
        _report_lengths(wanted, report)
        return described


def _both(one: Automaton, two: Automaton) -> Automaton:
    return two if one == ANY_TEXT else one & two


def _format(name: str) -> Automaton:
    found = format_language(name)
    if found is None:
        raise UnsupportedPatternError(f"the format {reprlib.repr(name)} is not known")
    return found


def _any_of_length(wanted: _Wanted) -> Node:
    if not wanted.least and wanted.most is None:
        return Ref("string")
    return seq(_QUOTE, repeat(Ref("char"), wanted.least, wanted.most), _QUOTE)


def _report_gaps(wanted: _Wanted, report: Report) -> None:
    for name in wanted.formats:
        if gap := format_gap(name):
            report("format", gap)


def _report_lengths(wanted: _Wanted, report: Report) -> None:
    for keyword, is_asked in (("minLength", wanted.least), ("maxLength", wanted.most is not None)):
        if is_asked:
            report(keyword, "a grammar for it and the pattern would be too large")


class _Draft:
    """A `RuleBook` that only measures."""

    def __init__(self) -> None:
        self.size = 0

    def reserve(self, suffix: str) -> Ref:
        """Some rule."""
        return Ref(suffix)

    def define(self, rule: Ref, node: Node) -> None:
        """Add the size of the rule."""
        self.size += len(rule.name) + len(node_text(node))


def _is_writable(language: Automaton) -> bool:
    """Whether a server can take the rules of a language."""
    if sum([len(chars) for edges in language.edges for chars, _ in edges]) <= _FEW_RANGES:
        return True
    draft = _Draft()
    node = key_node(language, draft)
    return draft.size + len(node_text(node)) <= _MAX_TEXT


def _wanted(keys: Mapping[str, Any], report: Report) -> _Wanted:
    least, most = _count(keys, "minLength") or 0, _count(keys, "maxLength")
    wanted = _Wanted(_texts(keys, "pattern"), _texts(keys, "format"), least, most)
    if wanted.is_impossible:
        return wanted
    why = f"a server cannot take counts over {MAX_COUNT}"
    if least > MAX_COUNT:
        report("minLength", why)
    if most is not None and most > MAX_COUNT:
        report("maxLength", why)
        most = None
    return _Wanted(wanted.patterns, wanted.formats, min(least, MAX_COUNT), most)


def _texts(keys: Mapping[str, Any], keyword: str) -> tuple[str, ...]:
    value = keys.get(keyword, ())
    texts = (value,) if isinstance(value, str) else value
    if not isinstance(texts, tuple) or not all([isinstance(text, str) for text in texts]):
        raise ValueError(f"`{keyword}` is {reprlib.repr(value)}")
    return texts


def _count(keys: Mapping[str, Any], keyword: str) -> int | None:
    if keyword not in keys:
        return None
    value = keys[keyword]
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value < float("inf")
        or value != value // 1
    ):
        raise ValueError(f"`{keyword}` is {reprlib.repr(value)}")
    return int(value)
