"""JSON strings: patterns against Python's `re`, formats against pydantic and jsonschema."""

from __future__ import annotations

import datetime
import ipaddress
import itertools
import json
import random
import re
import uuid
from typing import Any

import pydantic
import pytest
from jsonschema import Draft202012Validator
from rule_book import Book

from gba_jupyter.grammar.drawing.sample import sample
from gba_jupyter.grammar.languages.automaton import (
    ANY_TEXT,
    Automaton,
    TooLargeError,
    lengths,
    listed,
)
from gba_jupyter.grammar.lint import check
from gba_jupyter.grammar.matching.match import Matcher
from gba_jupyter.grammar.nodes import Node, Ref
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules
from gba_jupyter.grammar.schema.formats import (
    FORMAT_RULES,
    format_language,
    format_rule,
    format_span,
)
from gba_jupyter.grammar.schema.json_rules import BUILT_IN, with_built_in
from gba_jupyter.grammar.schema.strings import (
    UnsupportedPatternError,
    key_node,
    pattern_language,
    string_node,
    text_language,
)

ALPHABET = "ab1-"
TEXTS = ["".join(chars) for n in range(5) for chars in itertools.product(ALPHABET, repeat=n)]
ODD = [
    "", "a", '"', "\\", "\n", "\r", "\t", "\b", "\f", "\v", "\0", "\x1f", "\x7f", "/", "é",
    "\u2028", "\u2029", "\ufeff", "\U0001f600", "\U0010ffff", 'a"b', "a\\b", "\\u0061", "a\nb",
    "x\0y", "foo", "foo\x07", "ab" * 20,
]  # fmt: skip


def converted(keys: dict[str, Any]) -> tuple[Rules | None, list[tuple[str, str]]]:
    """The grammar of a string schema, checked, and what it does not enforce."""
    book = Book()
    reports: list[tuple[str, str]] = []
    node = string_node(keys, book, lambda keyword, why: reports.append((keyword, why)))
    return (None if node is None else whole(node, book)), reports


def whole(node: Node, book: Book) -> Rules:
    rules = with_built_in([("root", node), *book.rules.items()])
    check(rules)
    assert parse(str(rules)) == rules
    return rules


def own_text(keys: dict[str, Any]) -> str:
    """The GBNF of a string schema, without the rules of every grammar."""
    rules, reports = converted(keys)
    assert rules is not None and not reports
    return str(Rules([(name, node) for name, node in rules.items() if name not in BUILT_IN]))


def spelled(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# Patterns


def random_pattern(rnd: random.Random, depth: int = 3) -> str:
    """A pattern that means the same in Python and in ECMA-262, for texts of `ALPHABET`."""
    atoms = ["a", "b", "1", r"\-", ".", "[ab]", "[^a]", "[a-b1]", r"\d", r"\w", r"[^\d-]", r"\W"]
    if depth == 0:
        return rnd.choice(atoms)
    inner = [random_pattern(rnd, depth - 1) for _ in range(rnd.randint(1, 3))]
    match rnd.randrange(9):
        case 0 | 1 | 2:
            return "".join(inner)
        case 3:
            return f"({'|'.join(inner)})"
        case 4 | 5:
            count = rnd.choice(["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?", "+?", "??"])
            return f"(?:{inner[0]}){count}"
        case 6:
            return rnd.choice([r"^{}", r"{}$", r"(?:^|{})", r"(?:{}|$)", r"\b{}", r"{}\B"]).format(
                inner[0]
            )
        case 7:
            return rnd.choice(["(?={})", "(?!{})", "(?={}).", "(?:(?!{}).)*"]).format(inner[0])
        case _:
            return f"(?P<n{rnd.randrange(10**9)}>{inner[0]})"


@pytest.mark.parametrize("seed", range(12))
def test_random_patterns_match_what_re_finds(seed: int) -> None:
    rnd = random.Random(seed)
    tried = 0
    for _ in range(60):
        pattern = random_pattern(rnd, rnd.randint(1, 4))
        oracle = re.compile(pattern, re.ASCII)
        try:
            language = pattern_language(pattern)
        except TooLargeError:
            continue
        tried += 1
        # Before 3.14, Python says that there is a boundary in the empty text.
        texts = TEXTS[1:] if r"\B" in pattern else TEXTS
        wrong = [t for t in texts if language.accepts(t) != bool(oracle.search(t))]
        assert not wrong, (pattern, wrong[:3])
    assert tried > 50


def test_random_patterns_become_grammars_of_json_strings() -> None:
    rnd = random.Random(7)
    for _ in range(50):
        pattern = random_pattern(rnd, 3)
        oracle = re.compile(pattern, re.ASCII)
        texts = TEXTS[1:] if r"\B" in pattern else TEXTS
        rules, reports = converted({"pattern": pattern})
        assert not reports
        if rules is None:
            assert not any(oracle.search(text) for text in texts)
            continue
        matcher = Matcher(rules)
        for text in rnd.sample(texts, 40):
            assert matcher.accepts(spelled(text)) == bool(oracle.search(text)), (pattern, text)
        for text in sample(rules, 5, 1):
            assert pattern_language(pattern).accepts(json.loads(text)), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "found", "not_found"),
    [
        ("^a|b$", ["a", "ax", "b", "xb"], ["", "xa", "bx"]),
        ("(^x)?y", ["y", "xy", "axy"], ["", "x"]),
        ("a$b", [], ["a", "b", "ab", "a\nb"]),
        ("$^", [""], ["a"]),
        ("^$", [""], ["\n"]),
        ("a$", ["a"], ["a\n"]),
        (".", ["a", "\x85", "\U0001f600", " "], ["", "\n", "\r", "\u2028", "\u2029"]),
        (r"^\s$", list("\t\n\v\f\r \xa0\u1680\u2007\u2028\u3000\ufeff"), ["\x85", "a", "\u200b"]),
        (r"^\w$", ["_", "Z", "0"], ["é", "-", "ª"]),
        (r"^\d$", ["0", "9"], ["٣", "²"]),
        (r"^[\w.-]+$", ["a.b-c_"], ["a b", ""]),
        (r"^[\w-.]$", ["-", ".", "a"], ["/"]),
        (r"^[a\-z]$", ["a", "-", "z"], ["b"]),
        (r"^[-a]$", ["a", "-"], ["b"]),
        (r"^[a^]$", ["a", "^"], ["b"]),
        (r"^[^^]$", ["a", "]"], ["^"]),
        (r"^[\]\\[]$", ["]", "\\", "["], ["a"]),
        (r"^[\b]$", ["\b"], ["b"]),
        (r"^[^\S]$", [" "], ["a"]),
        (r"^[\d\D]$", ["a", "1", "\n"], [""]),
        (r"^\x41\u0042\u{43}\u{1F600}\ud83d\ude00$", ["ABC\U0001f600\U0001f600"], ["ABC"]),
        (r"^\cJ\t\n\v\f\r\0$", ["\n\t\n\v\f\r\0"], ["J"]),
        (r"^\^\$\.\/\-\_\{\}\|$", ["^$./-_{}|"], [""]),
        ("^\U0001f600$", ["\U0001f600"], ["\ud83d\ude00"]),
        ("^a{2}b{1,}c{0,1}$", ["aabbc", "aab"], ["ab", "aabcc"]),
        ("^a{,x}]}$", ["a{,x}]}"], ["a"]),
        ("^(?<year>[0-9]{4})(?P<b>x)$", ["1999x"], ["1999"]),
        (r"\Aab\Z", ["ab"], ["abc", "xab"]),
        (r"\bfoo\b", ["foo", "a foo b", "-foo."], ["foobar", "xfoo", "foo_"]),
        (r"\Boo", ["foo"], ["oo", "-oo"]),
        (r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,12}$", ["aB345678"], ["aB3", "ab345678", "AB345678"]),
        ("^(?!.*(foo|bar)).*$", ["", "fo", "baz"], ["foo", "xbary"]),
        ("^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$", ["1", "-1.5", ".5", "+007."], ["", "+", ".", "1e5"]),
        (r"^\s*(\d*\.?\d+)\s*(\w+)?", ["1kb", " 1.5 MiB", "3"], ["kb", ""]),
        ("(?=(?=(?=a)a)ab)abc", ["abc", "xabc"], ["ab"]),
        ("(?!(?!a)).", ["a", "ba"], ["b", ""]),
        ("()", ["", "a"], []),
        ("", ["", "a"], []),
        ("a||b", ["", "x"], []),
        ("^(a*)*(b?)+$", ["", "aab"], ["ba" * 2]),
        ("^[a-z]{0,300}foo", ["xfoo", "foo"], ["fo"]),
    ],
)
def test_patterns_mean_what_json_schema_says(
    pattern: str, found: list[str], not_found: list[str]
) -> None:
    language = pattern_language(pattern)
    assert [text for text in found if not language.accepts(text)] == []
    assert [text for text in not_found if language.accepts(text)] == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "parenthesis at character 1 is not closed"),
        ("a)", "parenthesis at character 2 closes nothing"),
        ("[a", "bracket at character 1 is not closed"),
        ("a[\\", "unknown escape"),
        ("[]a]", "bracket at character 1 is empty"),
        ("*a", "repeats nothing"),
        ("a|{2}", "repeats nothing"),
        ("a**", "two quantifiers"),
        ("a{2}{3}", "two quantifiers"),
        ("a{3,2}", "wrong way round"),
        ("a{1001}", "over 1000"),
        ("a{2," + "9" * 5000 + "}", "over 1000"),
        ("a{,3}", "does not say where it begins"),
        ("[z-a]", "wrong way round"),
        (r"(a)\1", "refers back"),
        (r"(?P<x>a)(?P=x)", "refers back"),
        ("(?<=a)b", "looks behind"),
        ("(?<!a)b", "looks behind"),
        (r"\p{L}", "Unicode property"),
        ("(?i)a", "sets flags"),
        ("(?i:a)", "sets flags"),
        ("(?>a)", "unknown kind of group"),
        ("(?", "unknown kind of group"),
        (r"\y", "unknown escape"),
        (r"\01", "unknown escape"),
        ("a\\", "unknown escape"),
        (r"\u12", "unknown escape"),
        (r"\u{110000}", "no such character"),
        ("(" * 10_000, "not closed"),
        ("(?=" * 10_000 + ")" * 10_000, "nested too deep"),
    ],
)
def test_what_a_pattern_cannot_ask_for_is_said(pattern: str, why: str) -> None:
    with pytest.raises(UnsupportedPatternError, match=re.escape(why)):
        pattern_language(pattern)
    rules, reports = converted({"pattern": pattern, "maxLength": 3})
    assert reports[0][0] == "pattern"
    assert why in reports[0][1]
    assert rules is not None
    assert Matcher(rules).accepts('"abc"')
    assert not Matcher(rules).accepts('"abcd"')


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 10_000 + "a" + ")" * 10_000,
        "(" * 3_000 + "a" + ")*" * 3_000,
        "(?:" * 500 + "a?" + ")?" * 500,
        "(a?" * 500 + ")" * 500,
        "(.*a){20}",
        "^(a?){1000}$",
        "^" + "a?" * 500 + "a" * 500 + "$",
        "^((((a|b){0,10}c){0,10}d){0,10}e){0,10}$",
        "(((a{100}){100}){100}){100}",
        "^(" + "|".join([f"(?=.*{chr(97 + n)})" for n in range(20)]) + ")*$",
        "".join([f"(?=.*{chr(97 + n)})" for n in range(20)]),
        "".join([f"(?!.*{chr(97 + n)}.{{{n}}}x)" for n in range(20)]),
        "(?:(?=.*a.{9}b)|(?!.*c.{9}d).)*e$",
        "(x+x+)+y",
        "[ab]*a[ab]{11}$",
        "a" * 5_000,
        "|".join(str(n) for n in range(5_000)),
        "[" + "".join(chr(300 + 2 * n) for n in range(5_000)) + "]{40}",
    ],
)
def test_nasty_patterns_end_or_are_reported(pattern: str) -> None:
    rules, reports = converted({"pattern": pattern})
    assert rules is not None
    assert [keyword for keyword, _ in reports] in ([], ["pattern"])
    if not reports:
        for text in sample(rules, 2, 0):
            assert pattern_language(pattern).accepts(json.loads(text))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({"pattern": r"^[A-Z]{3}-\d{4}$"}, r'root ::= "\"" [A-Z]{3} "-" [0-9]{4} "\""'),
        ({"pattern": "^foo"}, r'root ::= "\"foo" text-char* "\""'),
        ({"pattern": "^.{1,500}$"}, r'root ::= "\"" line-char{1,500} "\""'),
        ({"pattern": "^.*$", "maxLength": 1000}, r'root ::= "\"" line-char{0,1000} "\""'),
        ({"pattern": "^[a-z ]+$", "maxLength": 300}, r'root ::= "\"" [ a-z]{1,300} "\""'),
        ({"pattern": "^#[0-9a-f]{6}$"}, r'root ::= "\"#" [0-9a-f]{6} "\""'),
        ({"pattern": '^[a"]\n?$'}, r'root ::= "\"" ("a" | "\\\"") "\\n"? "\""'),
        ({"pattern": r"^\s$"}, None),
        ({"format": "date"}, r'root ::= "\"" date-text "\""'),
        ({"format": "uri", "minLength": 1}, r'root ::= "\"" uri-text "\""'),
        ({"format": "date", "maxLength": 10}, r'root ::= "\"" date-text "\""'),
        ({"minLength": 2}, r'root ::= "\"" char{2,} "\""'),
        ({"maxLength": 3.0}, r'root ::= "\"" char{0,3} "\""'),
        ({"minLength": 0}, "root ::= string"),
        ({"pattern": ""}, "root ::= string"),
        ({"pattern": (), "format": ()}, "root ::= string"),
        ({"format": "password"}, "root ::= string"),
        ({"pattern": "", "maxLength": 3}, r'root ::= "\"" char{0,3} "\""'),
    ],
)
def test_grammars_read_well(keys: dict[str, Any], text: str | None) -> None:
    if text is not None:
        assert own_text(keys) == f"{text}\n"
    else:
        assert len(own_text(keys)) < 200


@pytest.mark.parametrize(
    "pattern", ["[^a]", "^foo", ".", r"\\", '"', r"\W", r"[\0-\x1f]", r"^[^\n]*$", "^$|b"]
)
def test_every_text_has_the_spelling_of_python(pattern: str) -> None:
    rules, _ = converted({"pattern": pattern})
    assert rules is not None
    matcher, oracle = Matcher(rules), re.compile(pattern.replace("$", r"\Z"), re.ASCII)
    for text in ODD:
        if pattern != "." or not set("\r\u2028\u2029") & set(text):
            assert matcher.accepts(spelled(text)) == bool(oracle.search(text)), text
    for text in sample(rules, 60, 3):
        value = json.loads(text)
        assert oracle.search(value)
        assert spelled(value) == text


@pytest.mark.parametrize(
    "text", [r'"\u0061"', r'"\u000A"', r'"\u000a"', r'"\/"', r'"\ud83d\ude00"', '"a']
)
def test_other_spellings_are_refused(text: str) -> None:
    rules, _ = converted({"pattern": "[^q]"})
    assert rules is not None
    assert not Matcher(rules).accepts(text)


@pytest.mark.parametrize("pattern", ["[^a]", "^..$", r"[\ud800-\udfff]|x", "^(?!a)"])
def test_halves_of_characters_are_no_text(pattern: str) -> None:
    rules, _ = converted({"pattern": pattern})
    assert rules is not None
    for text in ('"\ud800"', '"a\udfff"', r'"\ud800"', r'"x\udc00"', '"x\ud83d\ude00"'):
        assert not Matcher(rules).accepts(text)


@pytest.mark.parametrize(
    "name", ["text-char", "text-escape", "line-char", "not-q", "not-underscore"]
)
def test_the_rules_that_all_strings_share_spell_what_they_say(name: str) -> None:
    matcher = Matcher(with_built_in([("root", Ref(name))]))
    for code in [*range(0x300), 0x2027, 0x2028, 0x2029, 0x202A, 0xD7FF, 0xE000, 0xFFFF, 0x10FFFF]:
        char = chr(code)
        escaped = code < 0x20 or char in '"\\'
        expected = {
            "text-char": True,
            "text-escape": escaped,
            "line-char": char not in "\n\r\u2028\u2029",
            "not-q": char != "q",
            "not-underscore": char != "_",
        }[name]
        assert matcher.accepts(spelled(char)[1:-1]) == expected, code


# What schemas ask for


@pytest.mark.parametrize(
    "keys",
    [
        {"pattern": 5}, {"pattern": ["a"]}, {"pattern": ("a", 1)}, {"pattern": None},
        {"format": 1}, {"minLength": -1}, {"maxLength": "3"}, {"minLength": True},
        {"maxLength": 1.5}, {"maxLength": float("inf")}, {"minLength": float("nan")},
        {"maxLength": None},
    ],
)  # fmt: skip
def test_malformed_values_are_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"`{next(iter(keys))}` is "):
        converted(keys)
    with pytest.raises(ValueError, match=f"`{next(iter(keys))}` is "):
        text_language(keys, lambda keyword, why: None)


def test_everything_that_is_asked_for_holds() -> None:
    keys = {"pattern": ("^a", "b$", "c"), "format": "hostname", "minLength": 4, "maxLength": 5}
    rules, reports = converted(keys)
    assert rules is not None and not reports
    accepts = Matcher(rules).accepts
    assert accepts('"accb"') and accepts('"a-cb"') and accepts('"xxxxx"') is False
    assert not accepts('"acb"') and not accepts('"aaaccb"') and not accepts('"ac b"')
    language = text_language(keys, lambda keyword, why: pytest.fail(why))
    assert language.accepts("a.c.b") and not language.accepts("a.c..b")


@pytest.mark.parametrize(
    "keys",
    [
        {"minLength": 3, "maxLength": 2},
        {"minLength": 3000, "maxLength": 2000},
        {"pattern": "^a{3}$", "maxLength": 2},
        {"pattern": ("^a", "^b")},
        {"pattern": "a$b"},
        {"pattern": r"^\ud800$"},
        {"format": "date", "maxLength": 9},
        {"format": ("date", "uuid")},
    ],
)
def test_no_string_at_all(keys: dict[str, Any]) -> None:
    assert converted(keys)[0] is None


def test_lengths_that_a_server_cannot_take_are_reported() -> None:
    rules, reports = converted({"pattern": "^a+$", "maxLength": 2083, "minLength": 1001})
    assert {keyword for keyword, _ in reports} == {"minLength", "maxLength"}
    assert rules is not None
    assert Matcher(rules).accepts(f'"{"a" * 1000}"')


def test_a_length_that_does_not_go_with_the_pattern_is_reported() -> None:
    rules, reports = converted({"pattern": "^[a-z]+(-[a-z]+)*$", "maxLength": 900})
    assert [keyword for keyword, _ in reports] == ["maxLength"]
    assert rules is not None
    assert Matcher(rules).accepts('"ab-c"')
    assert not Matcher(rules).accepts('"ab-"')


def test_unknown_formats_are_reported() -> None:
    rules, reports = converted({"format": "color", "pattern": "^a"})
    assert reports == [("format", "the format 'color' is not known")]
    assert rules is not None
    assert Matcher(rules).accepts('"ab"') and not Matcher(rules).accepts('"b"')


def test_networks_say_what_is_missing() -> None:
    for name in ("ipv4network", "ipv6network", "ipvanynetwork"):
        _, reports = converted({"format": name})
        assert reports == [("format", "that the bits behind the prefix are 0")]


# Keys


def test_keys_other_than_listed_ones() -> None:
    names = ["name", "na", "", 'q"uote', "new\nline", "nul\0", "é", "\U0001f600", "back\\slash"]
    book = Book()
    matcher = Matcher(whole(key_node(ANY_TEXT - listed(names), book), book))
    for name in names:
        assert not matcher.accepts(spelled(name)), name
    for other in ["n", "nam", "names", "q", 'q"', "new\n", "nul", "\0", "e", "back\\", *ODD[1:]]:
        if other not in names:
            assert matcher.accepts(spelled(other)), other
    assert not matcher.accepts(r'"\u006eame"')
    assert not matcher.accepts(r'"nul\u0000"')


def test_keys_of_a_language() -> None:
    book = Book()
    language = pattern_language("^x-") & lengths(0, 5)
    matcher = Matcher(whole(key_node(language, book), book))
    assert matcher.accepts('"x-"') and matcher.accepts('"x-\\"b\\n"')
    assert not matcher.accepts('"x-abcd"') and not matcher.accepts('"y-"')


# Formats

FORMATS = [name.removesuffix("-text") for name in FORMAT_RULES if name.endswith("-text")]
PYDANTIC: dict[str, Any] = {
    "date": datetime.date,
    "time": datetime.time,
    "date-time": datetime.datetime,
    "duration": datetime.timedelta,
    "uuid": uuid.UUID,
    **{f"uuid{n}": getattr(pydantic, f"UUID{n}") for n in (1, 3, 4, 5, 6, 7, 8)},
    "ipv4": ipaddress.IPv4Address,
    "ipv6": ipaddress.IPv6Address,
    "ipv4interface": ipaddress.IPv4Interface,
    "ipv6interface": ipaddress.IPv6Interface,
    "ipvanyaddress": pydantic.IPvAnyAddress,
    "ipvanyinterface": pydantic.IPvAnyInterface,
    "uri": pydantic.AnyUrl,
    "base64": pydantic.Base64Bytes,
    "base64url": pydantic.Base64UrlBytes,
}


@pytest.mark.parametrize("name", [*FORMATS, "json-pointer"])
def test_texts_of_formats_are_valid(name: str) -> None:
    rules, reports = converted({"format": name})
    assert rules is not None and not reports
    checker = Draft202012Validator.FORMAT_CHECKER
    adapter = pydantic.TypeAdapter(PYDANTIC[name]) if name in PYDANTIC else None
    texts = sample(rules, 150, 5)
    assert len(set(texts)) > 50
    for text in texts:
        value = json.loads(text)
        if name in checker.checkers:
            checker.check(value, name)
        if adapter is not None:
            adapter.validate_json(text)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "uri"])
def test_a_format_has_one_language_and_one_rule(name: str) -> None:
    rule, language = format_rule(name), format_language(name)
    assert rule is not None and language is not None
    rules = with_built_in([("root", rule)])
    check(rules)
    shortest, longest = format_span(name)
    matcher = Matcher(rules)
    for text in sample(rules, 12, 2):
        assert language.accepts(text)
        assert shortest <= len(text) <= (longest or len(text))
        for at in range(0, len(text), 1 + len(text) // 12):
            changed = text[:at] + "9:"[text[at] == "9"] + text[at + 1 :]
            assert language.accepts(changed) == matcher.accepts(changed), changed


def accepted_by(name: str) -> Any:
    language = format_language(name)
    assert isinstance(language, Automaton)
    return language.accepts


def test_the_calendar_is_exact() -> None:
    accepts = accepted_by("date")
    days = list(itertools.product(range(14), range(33)))
    for year in (0, 1, 4, 96, 100, 400, 1582, 1900, 2000, 2023, 2024, 2100, 9999):
        for month, day in days:
            text = f"{year:04}-{month:02}-{day:02}"
            try:
                datetime.date.fromisoformat(text)
                valid = True
            except ValueError:
                valid = False
            assert accepts(text) == valid, text
    for year in range(1, 10_000):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        assert accepts(f"{year:04}-02-29") == leap


def test_what_python_and_pydantic_write_is_accepted() -> None:
    rnd = random.Random(11)
    zones = [datetime.timezone(datetime.timedelta(minutes=m)) for m in (0, 330, -300, 1439, -1439)]

    def moment() -> datetime.datetime:
        days = datetime.timedelta(days=rnd.randrange(3_650_000), seconds=rnd.randrange(86_400))
        fraction = datetime.timedelta(
            microseconds=rnd.choice([0, 0, 500_000, rnd.randrange(10**6)])
        )
        naive = datetime.datetime(2, 1, 1) + days + fraction
        return naive.replace(tzinfo=rnd.choice(zones))

    def span() -> datetime.timedelta:
        days = rnd.choice([0, 0, 7, 365, rnd.randrange(-10_000, 10_000), 300_000_000])
        return datetime.timedelta(
            days, rnd.randrange(86_400), rnd.choice([0, rnd.randrange(10**6)])
        )

    values: dict[str, list[Any]] = {
        "date-time": [moment() for _ in range(100)],
        "date": [moment().date() for _ in range(100)],
        "time": [moment().timetz() for _ in range(100)],
        "duration": [datetime.timedelta(), *[span() for _ in range(100)]],
        "uuid": [uuid.UUID(int=rnd.getrandbits(128)) for _ in range(20)],
        "uuid4": [uuid.UUID(int=rnd.getrandbits(128), version=4) for _ in range(20)],
        "ipv4": [ipaddress.IPv4Address(rnd.getrandbits(32)) for _ in range(50)],
        "ipv6": [ipaddress.IPv6Address(rnd.getrandbits(128) & rnd.getrandbits(128) << 64
                                       & ((1 << 128) - 1)) for _ in range(50)]
                + [ipaddress.IPv6Address(sum(rnd.choice([0, 0, 0xAB]) << 16 * n for n in range(8)))
                   for _ in range(100)],
        "ipv4interface": [ipaddress.IPv4Interface((rnd.getrandbits(32), n)) for n in range(33)],
        "ipv6interface": [ipaddress.IPv6Interface((rnd.getrandbits(128), n)) for n in range(129)],
        "ipv4network": [ipaddress.IPv4Network((0, n)) for n in range(33)],
    }  # fmt: skip
    for name, listed_values in values.items():
        accepts = accepted_by(name)
        for value in listed_values:
            text = pydantic.TypeAdapter(type(value)).dump_python(value, mode="json")
            assert accepts(text), (name, text)
            if hasattr(value, "isoformat"):
                assert accepts(value.isoformat()), (name, value.isoformat())
            if name.startswith(("uuid", "ip")):
                assert accepts(str(value)), (name, str(value))
    for size in range(50):
        data = rnd.randbytes(size)
        for name, kind in (
            ("base64", pydantic.Base64Bytes),
            ("base64url", pydantic.Base64UrlBytes),
        ):
            text = pydantic.TypeAdapter(kind).dump_python(data, mode="json")
            assert accepted_by(name)(text), text


@pytest.mark.parametrize(
    ("name", "valid", "invalid"),
    [
        ("time", ["00:00:00Z", "23:59:59.5+23:59", "12:00:00z"],
         ["24:00:00Z", "12:60:00Z", "12:00:60Z", "12:00:00", "12:00:00+24:00", "12:00:00.Z"]),
        ("date-time", ["2024-02-29T12:00:00Z"], ["2023-02-29T12:00:00Z", "2024-02-29 12:00:00Z"]),
        ("duration", ["P1Y2M3DT4H5M6S", "PT0S", "-P1DT5.5S", "P4W", "P1Y35DT5.000003S"],
         ["P", "PT", "P1DT", "P1H", "1D", "P1W2D", "PT1.S"]),
        ("uuid", ["123E4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000"]),
        ("uuid4", ["123e4567-e89b-42d3-a456-426614174000"],
         ["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-42d3-c456-426614174000"]),
        ("ipv4", ["0.0.0.0", "255.255.255.255"], ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]),
        ("ipv6", ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
                  "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "fe80::1:2"],
         ["", ":", "1:2:3:4:5:6:7", "1::2::3", "1:2:3:4:5:6:7:8:9", "::12345",
          "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7:8::", ":1", "1:", "fe80::1%eth0"]),
        ("email", ["a@b.de", "first.last+tag@sub-domain.example.org"],
         ["a", "a@b", ".a@b.de", "a..b@c.de", "a@-b.de", "a@b-.de", "a b@c.de", "a@b.1"]),
        ("hostname", ["localhost", "a-b.c", "1.2", "xn--mnchen-3ya.de", "a" * 63],
         ["", ".", "-a", "a-", "a..b", "a_b", "a" * 64]),
        ("uri", ["http://localhost:8000/a%20b?q=1#x", "https://[::1]/", "file:///etc/hosts",
                 "postgres://user:pw@db:5432/x", "mailto:a@b.de", "urn:isbn:123", "ftp://1.2.3.4"],
         ["", "a", "http://", "http://a b", "http://a:99999", "http://1.2.3.256", "//a", "file://h:1/"]),
        ("json-pointer", ["", "/", "/a/b~0~1/é"], ["a", "/~", "/~2"]),
        ("base64", ["", "aGk=", "aA==", "aGkh"], ["a", "aGk", "a===", "aGk=aGk=", "a_=="]),
    ],
)  # fmt: skip
def test_formats_by_example(name: str, valid: list[str], invalid: list[str]) -> None:
    accepts = accepted_by(name)
    assert [text for text in valid if not accepts(text)] == []
    assert [text for text in invalid if accepts(text)] == []


def test_formats_are_small() -> None:
    for name in FORMATS:
        rules, _ = converted({"format": name})
        assert len(str(rules)) < 2500, name
