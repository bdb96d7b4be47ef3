"""How the characters of a text are spelled in a JSON string: each in one way, as Python does it."""

from __future__ import annotations

import json
from string import ascii_letters, digits

from ..nodes import MAX_CODE_POINT, CharClass, Literal, Node, Ref, alt, seq
from ..printer import node_text
from .charsets import SURROGATES, CharSet, complement, difference, intersection, of
from .linear import RuleBook, class_node

TEXT: CharSet = complement(SURROGATES)
"""All characters of texts."""

_CONTROLS: CharSet = ((0, 0x1F),)
_ESCAPED: CharSet = (*_CONTROLS, *of('"\\'))
_SHORT = {'"': '"', "\\": "\\", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
_BUILT_IN = {
    TEXT: Ref("text-char"),
    _ESCAPED: Ref("text-escape"),
    difference(TEXT, of("\n\r\u2028\u2029")): Ref("line-char"),
    # Where a text must not be one of some names, there is one of these for most of their letters.
    **{difference(TEXT, of(char)): Ref(f"not-{char}") for char in ascii_letters + digits},
    difference(TEXT, of("_")): Ref("not-underscore"),
}
"""Characters whose rules all strings share."""
_MAX_INLINE = 30
"""Characters of GBNF before the spelling of a character becomes a rule."""


class Spelling:
    """Writes characters of sets; what is long becomes a rule."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._rules = dict(_BUILT_IN)

    def __call__(self, chars: CharSet) -> Node:
        """One character of a set. There must be some, and no halves of characters."""
        if chars in self._rules:
            return self._rules[chars]
        node = spelled(chars)
        if len(node_text(node)) <= _MAX_INLINE:
            return node
        rule = self._rules[chars] = self._book.reserve("char")
        self._book.define(rule, node)
        return rule


def spelled(chars: CharSet) -> Node:
    """One character of a set, written out."""
    if len(chars) == 1 and chars[0][0] == chars[0][1]:
        return Literal(json.dumps(chr(chars[0][0]), ensure_ascii=False)[1:-1])
    options: list[Node] = []
    if plain := difference(chars, _ESCAPED):
        # What takes all characters but a few is written by these few.
        is_open = plain[-1][1] == MAX_CODE_POINT
        options.append(CharClass(complement(plain), negated=True) if is_open else class_node(plain))
    escaped = intersection(chars, _ESCAPED)
    if escaped == _ESCAPED and plain:
        options.append(_BUILT_IN[_ESCAPED])
    elif escaped:
        options.append(_escapes(escaped))
    return alt(*options)


def _escapes(chars: CharSet) -> Node:
    """One of some characters that JSON has to escape."""
    short = "".join([letter for char, letter in _SHORT.items() if intersection(chars, of(char))])
    options: list[Node] = [class_node(of(short))] if short else []
    by_first: dict[str, str] = {}
    for low, high in difference(chars, of("".join(_SHORT))):
        for code in range(low, high + 1):
            digits = f"{code:02x}"
            by_first[digits[0]] = by_first.get(digits[0], "") + digits[1]
    if by_first:
        codes = [seq(Literal(one), class_node(of(others))) for one, others in by_first.items()]
        options.append(seq(Literal("u00"), alt(*codes)))
    return seq(Literal("\\"), alt(*options))


TEXT_RULES = {rule.name: spelled(chars) for chars, rule in _BUILT_IN.items()}
"""The rules that all strings share, by name."""
