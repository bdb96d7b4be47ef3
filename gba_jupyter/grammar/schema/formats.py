"""The values of `format`: texts that pydantic and jsonschema's `FormatChecker` take.

Most are rules that all strings of a schema share. What they cannot bound is how long the names of
hosts and mailboxes are as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..languages.automaton import ANY_TEXT, Automaton
from ..languages.charsets import ALL, complement, of, union
from ..languages.regex import pattern_language, tree_language
from ..languages.regex_tree import Chars, Choice, Concat, Regex, Repeated
from ..nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq, children
from ..parse import parse
from ..rules import START

_IPV6_GROUPS = 8
_UUID = '{hex}{{8}} "-" {hex}{{4}} "-{version}" {hex}{{{rest}}} "-" {variant} "-" {hex}{{12}}'

_RULES = r"""
date-text ::= date-year "-" date-month-day | date-leap-year "-02-29"
date-year ::= [1-9] [0-9]{3} | "0" ([1-9] [0-9]{2} | "0" ([1-9] [0-9] | "0" [1-9]))
date-leap-year ::= [0-9]{2} date-leap-digits | date-leap-digits "00"
date-leap-digits ::= "0" [48] | [2468] [048] | [13579] [26]
date-month-day ::= ("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) |
  ("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") |
  "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])

time-text ::= time-clock ":" [0-5] [0-9] ("." [0-9]{1,9})? ([Zz] | [+-] time-clock)
time-clock ::= ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9]
date-time-text ::= date-text [Tt] time-text

duration-text ::= "-"? "P" (duration-date duration-time? | duration-time | [0-9]{1,8} "W")
duration-date ::= [0-9]{1,6} "Y" ([0-9]{1,7} "M")? duration-days? |
  [0-9]{1,7} "M" duration-days? |
  duration-days
duration-days ::= [0-9]{1,8} "D"
duration-time ::= "T" ([0-9]{1,6} "H" ([0-9]{1,7} "M")? duration-seconds? |
  [0-9]{1,7} "M" duration-seconds? |
  duration-seconds)
duration-seconds ::= [0-9]{1,7} ("." [0-9]{1,6})? "S"

ipv4-text ::= (ipv4-byte "."){3} ipv4-byte
ipv4-byte ::= "0" | "1" [0-9]{0,2} | "2" ([0-4] [0-9]? | "5" [0-5]? | [6-9])? | [3-9] [0-9]?
ipv4interface-text ::= ipv4-text ("/" ([12]? [0-9] | "3" [0-2]))?
ipv6-group ::= [0-9a-fA-F]{1,4}
ipv6interface-text ::= ipv6-text ("/" ([1-9]? [0-9] | "1" ([01] [0-9] | "2" [0-8])))?
ipvanyaddress-text ::= ipv4-text | ipv6-text
ipvanyinterface-text ::= ipv4interface-text | ipv6interface-text

hostname-text ::= hostname-label ("." hostname-label)*
hostname-label ::= [A-Za-z0-9] ([A-Za-z0-9-]{0,61} [A-Za-z0-9])?
email-text ::= email-atom ("." email-atom)* "@" (email-label ".")+ [A-Za-z]{2,63}
email-atom ::= [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+
email-label ::= [A-Za-z0-9]+ ("-" [A-Za-z0-9]+)*

uri-text ::= uri-scheme "://" (uri-user "@")? uri-host (":" uri-port)? uri-path |
  "file://" uri-host? uri-path |
  ("data" | "mailto" | "news" | "tel" | "urn") ":" uri-more+
uri-scheme ::= [a-eg-z] uri-scheme-end | "f" ([a-hj-z0-9+.-] uri-scheme-end | uri-scheme-fi)?
uri-scheme-fi ::= "i" ([a-km-z0-9+.-] uri-scheme-end | "l" ([a-df-z0-9+.-] uri-scheme-end |
  "e" [a-z0-9+.-]+)?)?
uri-scheme-end ::= [a-z0-9+.-]*
uri-user ::= ([A-Za-z0-9._~!$&'()*+,;=:-] | uri-escape)+
uri-host ::= ipv4-text | "[" ipv6-text "]" | (email-label ".")* uri-last-label
uri-last-label ::= [A-Za-z] [A-Za-z0-9]* ("-" [A-Za-z0-9]+)*
uri-port ::= [0-9]{1,4} | [1-5] [0-9]{4} | "6" ([0-4] [0-9]{3} | "5" ([0-4] [0-9]{2} | uri-port-5))
uri-port-5 ::= "5" ([0-2] [0-9] | "3" [0-5])
uri-path ::= ("/" uri-char*)* ("?" uri-more*)? ("#" uri-more*)?
uri-char ::= [A-Za-z0-9._~!$&'()*+,;=:@-] | uri-escape
uri-more ::= uri-char | [/?]
uri-escape ::= "%" [0-9a-fA-F]{2}

base64-text ::= ([A-Za-z0-9+/]{4})* ([A-Za-z0-9+/]{2} "==" | [A-Za-z0-9+/]{3} "=")?
base64url-text ::= ([A-Za-z0-9_-]{4})* ([A-Za-z0-9_-]{2} "==" | [A-Za-z0-9_-]{3} "=")?
"""

_PATTERNS = {"json-pointer": r"^(?:/(?:[^~/]|~[01])*)*$"}
_FREE = frozenset(["binary", "password", "path"])
"""Formats of any text."""
_NETWORKS = {
    "ipv4network": "ipv4interface",
    "ipv6network": "ipv6interface",
    "ipvanynetwork": "ipvanyinterface",
}


def _ipv6_rules() -> list[str]:
    """Rules for groups in a row, of which any number of zeros in one place can be `::`."""
    rules = ['ipv6-text ::= "::" ipv6-rest-7 | ipv6-group ipv6-after-1']
    for groups in range(1, _IPV6_GROUPS):
        missing = _IPV6_GROUPS - 1 - groups
        following = f"ipv6-group ipv6-after-{groups + 1}" if missing else "ipv6-group"
        squeezed = f'":" ipv6-rest-{missing}' if missing else '":"'
        ipv4 = " | ipv4-text" if missing == 1 else ""
        rules.append(f'ipv6-after-{groups} ::= ":" ({squeezed} | {following}{ipv4})')
        more = f'ipv6-group (":" ipv6-group){{0,{groups - 1}}}' if groups > 1 else "ipv6-group"
        ending = f' | (ipv6-group ":"){{0,{groups - 2}}} ipv4-text' if groups > 2 else ""
        ending = " | ipv4-text" if groups == 2 else ending
        rules.append(f"ipv6-rest-{groups} ::= ({more}{ending})?")
    return rules


def _uuid_rules() -> list[str]:
    """Rules for UUIDs of any version, and of each."""
    digit = "[0-9a-fA-F]"
    any_variant, variant = f"{digit}{{4}}", f"[89abAB] {digit}{{3}}"
    rules = ["uuid-text ::= " + _UUID.format(hex=digit, version="", rest=4, variant=any_variant)]
    for version in range(1, 9):
        text = _UUID.format(hex=digit, version=version, rest=3, variant=variant)
        rules.append(f"uuid{version}-text ::= {text}")
    return rules


def _parsed_rules() -> dict[str, Node]:
    text = "\n".join([_RULES, *_ipv6_rules(), *_uuid_rules()])
    return {name: node for name, node in parse(f'root ::= ""\n{text}').items() if name != START}


FORMAT_RULES: Mapping[str, Node] = _parsed_rules()
"""Rules for the texts of formats, without quotes, and for parts of them."""


def format_rule(name: str) -> Ref | None:
    """The rule for the texts of a format; None when it has none."""
    rule = f"{_NETWORKS.get(name, name)}-text"
    return Ref(rule) if rule in FORMAT_RULES else None


@lru_cache(maxsize=64)
def format_language(name: str) -> Automaton | None:
    """The texts of a format; None when it is not known.

    Raises:
        TooLargeError: it would need too many states.
    """
    if name in _FREE:
        return ANY_TEXT
    if name in _PATTERNS:
        return pattern_language(_PATTERNS[name])
    rule = format_rule(name)
    return None if rule is None else tree_language(_tree(rule))


def format_span(name: str) -> tuple[int, int | None]:
    """Characters of the shortest and of the longest text of a format that has a rule.

    None: there is no longest one.
    """
    rule = format_rule(name)
    return (0, None) if rule is None else _span(rule)


def format_gap(name: str) -> str:
    """What the language of a format does not hold; empty when nothing."""
    return "that the bits behind the prefix are 0" if name in _NETWORKS else ""


def _tree(node: Node) -> Regex:
    """A node of the rules above, which are neither deep nor recursive."""
    match node:
        case Literal(text):
            return Concat(tuple([Chars(of(char)) for char in text]))
        case CharClass(ranges, negated):
            chars = union(ranges)
            return Chars(complement(chars) if negated else chars)
        case AnyChar():
            return Chars(ALL)
        case Ref(name):
            return _tree(FORMAT_RULES[name])
        case Seq(items):
            return Concat(tuple([_tree(item) for item in items]))
        case Alt(options):
            return Choice(tuple([_tree(option) for option in options]))
        case Repeat(item, least, most):
            return Repeated(_tree(item), least, most)


def _span(node: Node) -> tuple[int, int | None]:
    """Length of the shortest and of the longest text; None: there is no longest one."""
    match node:
        case Literal(text):
            return len(text), len(text)
        case Ref(name):
            return _span(FORMAT_RULES[name])
        case Repeat(item, least, most):
            shortest, longest = _span(item)
            many = None if most is None or longest is None else most * longest
            return least * shortest, many
    spans = [_span(part) for part in children(node)]
    if isinstance(node, Seq):
        longest_parts = [long for _, long in spans if long is not None]
        whole = sum(longest_parts) if len(longest_parts) == len(spans) else None
        return sum([short for short, _ in spans]), whole
    if isinstance(node, Alt):
        bounded = [long for _, long in spans if long is not None]
        return min([short for short, _ in spans]), (
            max(bounded) if len(bounded) == len(spans) else None
        )
    return 1, 1
