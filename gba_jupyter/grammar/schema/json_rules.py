"""The rules of JSON itself, and JSON texts as literals. Compact: no optional white space."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..analysis import reachable_names
from ..languages.spelling import TEXT_RULES
from ..nodes import Literal, Node, Ref, alt, chars, optional, repeat, seq
from ..rules import START, Rules
from .formats import FORMAT_RULES

MAX_DIGITS = 40
"""Digits before and after the point of a number: a small model that writes 1/3 never stops."""

DIGIT = chars("0-9")
_E = chars("eE")
_PLUS = optional(Literal("+"))
_LONG_EXPONENT = alt(
    seq(Literal("-"), repeat(DIGIT, 3, 3)),
    seq(_PLUS, alt(seq(chars("1-2"), repeat(DIGIT, 2, 2)), seq(Literal("30"), chars("0-6")))),
)
_HEX = chars("0-9a-fA-F")
_PLAIN = chars('"\\\x00-\x1f', negated=True)
_ESCAPED = chars('"\\/bfnrt')
# A surrogate only as one half of a pair: a lone one is no text, and a pair is one character.
_UNICODE = alt(
    seq(chars("0-9a-cA-CefEF"), repeat(_HEX, 3, 3)),
    seq(chars("dD"), chars("0-7"), repeat(_HEX, 2, 2)),
    seq(
        chars("dD"),
        chars("89abAB"),
        repeat(_HEX, 2, 2),
        Literal("\\u"),
        chars("dD"),
        chars("c-fC-F"),
        repeat(_HEX, 2, 2),
    ),
)

# What a float can hold with the exponent 308: all below 1.797, and the largest float itself. The
# few floats between them would take a rule that nobody could read.
_AFTER_1_79 = alt(seq(chars("0-6"), repeat(DIGIT, 0, 13)), Literal("76931348623157"))
_AFTER_1_7 = alt(seq(chars("0-8"), repeat(DIGIT, 0, 14)), seq(Literal("9"), optional(_AFTER_1_79)))
_AFTER_1 = alt(seq(chars("0-6"), repeat(DIGIT, 0, 15)), seq(Literal("7"), optional(_AFTER_1_7)))
_LARGEST = seq(Literal("1"), optional(seq(Literal("."), _AFTER_1)))


def listed(opening: str, item: Node, closing: str) -> Node:
    """Any number of items between brackets, with commas."""
    more = repeat(seq(Literal(","), item), 0, None)
    return seq(Literal(opening), optional(seq(item, more)), Literal(closing))


BUILT_IN: Mapping[str, Node] = {
    "value": alt(*map(Ref, ("object", "array", "string", "number", "boolean", "null"))),
    "object": listed("{", seq(Ref("string"), Literal(":"), Ref("value")), "}"),
    "array": listed("[", Ref("value"), "]"),
    "string": seq(Literal('"'), repeat(Ref("char"), 0, None), Literal('"')),
    "char": alt(_PLAIN, seq(Literal("\\"), alt(_ESCAPED, seq(Literal("u"), _UNICODE)))),
    # Only what a float can hold: three digits of exponent where few digits are before the point.
    "number": alt(
        seq(
            Ref("integer"),
            optional(Ref("fraction")),
            optional(seq(_E, optional(chars("-+")), repeat(DIGIT, 1, 2))),
        ),
        seq(
            optional(Literal("-")),
            alt(
                seq(chars("1-9"), optional(DIGIT), optional(Ref("fraction")), _E, _LONG_EXPONENT),
                Ref("huge"),
            ),
        ),
    ),
    "fraction": seq(Literal("."), repeat(DIGIT, 1, MAX_DIGITS)),
    "huge": alt(
        seq(chars("1-9"), optional(Ref("fraction")), _E, _PLUS, Literal("307")),
        seq(_LARGEST, _E, _PLUS, Literal("308")),
    ),
    "integer": seq(
        optional(Literal("-")),
        alt(Literal("0"), seq(chars("1-9"), repeat(DIGIT, 0, MAX_DIGITS - 1))),
    ),
    "boolean": alt(Literal("true"), Literal("false")),
    "null": Literal("null"),
    **TEXT_RULES,
    **FORMAT_RULES,
}
"""The rules that a schema's own rules can refer to, by name."""


def json_text(value: Any) -> str:
    """A value as compact JSON.

    Raises:
        TypeError, ValueError, RecursionError: it is not a JSON value.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Lone surrogates are no text: they can only be written as escapes.
    return "".join([f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text])


def with_built_in(rules: Iterable[tuple[str, Node]]) -> Rules:
    """The rules, without those that ``root`` never comes to, and the JSON rules that they use."""
    own = dict(rules)
    every = {**own, **BUILT_IN}
    used = reachable_names(every)
    return Rules([(name, node) for name, node in every.items() if name in used or name == START])


def factored(endings: Iterable[tuple[str, Node | None]], depth: int = 20) -> Node:
    """One of several texts, each with what follows it; what texts have in common comes once.

    A server tries every live alternative against the whole vocabulary, so 200 texts that begin
    alike are costly as plain alternatives. Below `depth` the alternatives stay plain.
    """
    groups: dict[str, list[tuple[str, Node | None]]] = {}
    for text, after in endings:
        groups.setdefault(text[:1], []).append((text, after))
    return alt(*[_group(group, depth) for group in groups.values()])


def _group(group: list[tuple[str, Node | None]], depth: int) -> Node:
    if len(group) == 1 or depth == 0 or not group[0][0]:
        return alt(*[_ending(text, after) for text, after in group])
    texts = [text for text, _ in group]
    # What the least and the greatest have in common, all between them have too.
    low, high = min(texts), max(texts)
    size = next((at for at, char in enumerate(low) if char != high[at]), len(low))
    rest = [(text[size:], after) for text, after in group]
    return seq(Literal(low[:size]), factored(rest, depth - 1))


def _ending(text: str, after: Node | None) -> Node:
    parts = [*([Literal(text)] if text else []), *([after] if after is not None else [])]
    return seq(*parts)
