"""Keywords of strings: lengths and patterns."""

from __future__ import annotations

from .cases import INT, STR, Case, Section

MIN_LENGTH = Section(
    "`minLength`",
    "in characters, up to 1,000",
    [
        Case({"minLength": 2}, ["foo", "fo", "💩💩", "\n\t"], ["f", "💩", ""], unwritten=[1, None]),
        Case({"type": "string", "minLength": 2.0}, ["foo"], ["f"]),
        Case({"type": "string", "minLength": 0}, ["", "a"], [1]),
        Case({"type": ["string", "integer"], "minLength": 1}, ["a", 1], [""]),
        Case({"type": "string", "minLength": 1000}, ["a" * 1000], ["a" * 999]),
        Case(
            {"type": "string", "minLength": 1001},
            ["a" * 1001],
            ["a" * 10],
            slips=["a" * 1000],
            listed="minLength",
        ),
        Case({"type": "string", "minLength": -1}, refused="#", judged=False),
        Case({"type": "string", "minLength": 2.5}, refused="#", judged=False),
        Case({"type": "string", "minLength": True}, refused="#", judged=False),
        Case({"type": "string", "minLength": 2, "maxLength": 1}, invalid=["", "ab"], refused="#"),
    ],
    listed="over 1,000",
    refused="more than `maxLength`",
)

MAX_LENGTH = Section(
    "`maxLength`",
    "in characters, up to 1,000",
    [
        Case({"maxLength": 2}, ["f", "fo", "", "💩💩", '"\\'], ["foo", "💩💩💩"], unwritten=[100]),
        Case({"type": "string", "maxLength": 2.0}, ["f"], ["foo"]),
        Case({"type": "string", "maxLength": 0}, [""], ["a"]),
        Case({"type": "string", "minLength": 3, "maxLength": 3}, ["abc"], ["ab", "abcd"]),
        Case({"type": "string", "maxLength": 1000}, ["a" * 1000], ["a" * 1001]),
        Case(
            {"type": "string", "maxLength": 1001},
            ["a" * 1001],
            slips=["a" * 1002],
            listed="maxLength",
        ),
        Case({"type": "string", "maxLength": "3"}, refused="#", judged=False),
    ],
    listed="over 1,000",
    refused="less than `minLength`",
)

PATTERNS: list[tuple[str, list[str], list[str]]] = [
    ("^a*$", ["aaa", ""], ["abc", "ba"]),
    ("a+", ["xxaayy", "a"], ["xxyy", ""]),
    ("", ["", "abc", '"\\\n'], []),
    ("^", ["", "abc"], []),
    ("^a", ["a", "ab", "a\n"], ["ba", ""]),
    ("a$", ["a", "ba"], ["ab", "a b"]),
    ("^abc$", ["abc"], ["abcd", "xabc", "abc\\n", "abc "]),
    ("^(a|bc)$", ["a", "bc"], ["ab", "abc", ""]),
    ("^a|b$", ["axx", "xxb", "a", "b"], ["xax", "bx"]),
    ("^[a-z_][a-z0-9_]*$", ["a", "_x9"], ["9a", "", "A"]),
    ("^[^0-9]+$", ["abc", "é☃😀", '"'], ["a1", ""]),
    ("^\\d{3}-\\d{4}$", ["555-1234"], ["5555-123", "555-12345"]),
    ("^\\w+\\s\\w+$", ["hello world", "a\tb"], ["hello", "a  b"]),
    ("^[\\w.-]+$", ["a.b-c_d"], ["a b", ""]),
    ("^[\\d\\s]+$", ["1 2\n3"], ["1a"]),
    ("^\\D$", ["a", "é"], ["1", "ab"]),
    ("^\\S+$", ["a", "\x01", "\u2013"], ["a b", "\t", "\u00a0"]),
    ("^\\t$", ["\t"], ["\\t", "t"]),
    ("^\\n\\r\\f\\v$", ["\n\r\f\v"], ["nrfv"]),
    ("^\\x41\\u0042$", ["AB"], ["ab", "x41"]),
    ("^\\.\\*\\+\\?\\$\\^\\(\\)\\[\\]\\{\\}\\|\\\\\\/$", [".*+?$^()[]{}|\\/"], ["a"]),
    ("^.{2,3}$", ["ab", "abc", "💩💩"], ["a", "abcd"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaaa"], ["a", ""]),
    ("^(?:ab)+?c?$", ["ab", "ababc"], ["c", "abb"]),
    ("^(ab?)*$", ["", "aab", "abab"], ["b", "abb"]),
    ("^(a*)*$", ["", "aaa"], ["b"]),
    ("^(a?b?){0,3}$", ["", "ab", "aabb", "ababab"], ["abababa", "c", "aaaa"]),
    ("^(?P<year>\\d{4})$", ["2024"], ["24"]),
    ("^[\\]\\-a]$", ["]", "-", "a"], ["b", "\\"]),
    ("^[a-c-]$", ["b", "-"], ["d"]),
    ('^"[^"\\\\]*"$', ['"x"', '""'], ['"', '"\\"', "x"]),
    ("^é+☃?😀$", ["é😀", "éé☃😀"], ["e😀", "é"]),
    ("^🐲*$", ["", "🐲", "🐲🐲"], ["🐉", "D", "DD"]),
    ("^[😀-😂]$", ["😀", "😁"], ["😃", "a"]),
    ("a.c", ["abc", "xa-cx"], ["ac", "a\nc"]),
    ("^(cat|dog|cow)s?$", ["cat", "cows"], ["cats s", "do"]),
    ("^#[0-9a-fA-F]{6}$", ["#00ffAA"], ["#00ffA", "00ffAA"]),
    ("^[A-Z]{2}\\d{2}( \\d{4}){3}$", ["CH12 3456 7890 1234"], ["CH12 3456"]),
    ("^\\+?[1-9]\\d{1,14}$", ["+41446681800", "12"], ["+0", "abc"]),
    ("(?=.*\\d)[a-z]+", ["a1", "1a1"], ["a", "1"]),
    ("^(?!admin)[a-z]+$", ["user", "a"], ["admin", "administrator", "1"]),
    ("^(?=.{8,}$)(?=.*[A-Z])(?=.*\\d).*$", ["Passw0rd"], ["password", "Pw0", "PASSWORD"]),
    ("\\bcat\\b", ["a cat", "cat", "cat.", "x-cat"], ["cats", "bobcat", "a"]),
    ("\\Bx", ["ax"], ["x", "a x"]),
    ("(foo)?bar|baz$", ["xbarx", "foobar", "baz"], ["bazx", "ba"]),
    ("^\\d$", ["0"], ["\u07c0", "\u09ea", "-"]),
    ("^\\D$", ["\u07c0"], ["0"]),
    ("^\\w$", ["a", "_"], ["é", "-"]),
    ("^\\W$", ["é", "-"], ["a"]),
    (
        "^\\s$",
        [" ", "\t", "\v", "\f", "\u00a0", "\ufeff", "\n", "\u2029", "\u2003"],
        ["\x01", "\u2013"],
    ),
    ("^\\S$", ["\x01", "\u2013"], [" ", "\v", "\u00a0", "\ufeff", "\n", "\u2029", "\u2003"]),
    ("^abc$", ["abc"], ["abc\n"]),
    ("\\wcole", ["l'ecole"], ["l'école", "L'ÉCOLE"]),
]
"""Patterns of ECMA 262, with texts that match and texts that do not."""

STRANGE_PATTERNS: list[tuple[str, list[str], list[str]]] = [
    ("^\\cC$", ["\x03"], ["\\cC", "C"]),
    ("^\\cc$", ["\x03"], ["\\cc"]),
    ("^\\u{1F600}$", ["😀"], ["u{1F600}"]),
    ("^(?<year>\\d{4})$", ["2024"], ["24"]),
]
"""Patterns of ECMA 262 that Python's `re` does not read."""

PATTERN = Section(
    "`pattern`",
    "anchored or not, with lookahead and `\\b`; `\\d \\w \\s` as in ECMA 262; with lengths",
    [
        *(Case({"type": "string", "pattern": p}, good, bad) for p, good, bad in PATTERNS),
        *(
            Case({"type": "string", "pattern": p}, good, bad, judged=False)
            for p, good, bad in STRANGE_PATTERNS
        ),
        Case({"pattern": "^a*$"}, ["aaa"], ["abc"], unwritten=[True, 123, 1.0, {}, [], None]),
        Case({"type": ["string", "null"], "pattern": "a"}, ["xa", None], ["b", 1]),
        Case(
            {"type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 4},
            ["ab", "abcd"],
            ["a", "abcde", "ab1"],
        ),
        Case({"type": "string", "pattern": "b", "maxLength": 2}, ["b", "ab"], ["abc", "aab"]),
        Case(
            {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}]},
            ["ab", "axxb"],
            ["a", "ba", "b"],
        ),
        Case(
            {"type": "string", "pattern": "^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$"},
            ["1.5", "-0.001", "+7", "12."],
            ["", "-", ".", "+.", "1.2.3", "abc"],
        ),
        Case({"type": "string", "pattern": "^(a)\\1$"}, ["aa"], slips=["ab"], listed="pattern"),
        Case({"type": "string", "pattern": "(?<=a)b"}, ["ab"], slips=["cb"], listed="pattern"),
        Case({"type": "string", "pattern": "a{1,2000}"}, ["a"], slips=["b"], listed="pattern"),
        Case(
            {"type": "string", "pattern": "^\\p{Letter}+$"},
            ["é"],
            slips=["1"],
            listed="pattern",
            judged=False,
        ),
        Case({"type": "string", "pattern": "a("}, ["a("], [1], listed="pattern", judged=False),
        Case({"type": "string", "pattern": "[b-a]"}, ["a"], [1], listed="pattern", judged=False),
        Case({"type": "string", "pattern": 3}, refused="#", judged=False),
        Case(
            {"type": "object", "properties": {"a": STR, "n": INT}, "required": ["a"]},
            [{"a": "x"}],
            [{"a": 1}],
        ),
    ],
    listed="lookbehind, back-references, flags, `\\p{…}`, counts over 1,000; what is no pattern",
    refused="what is no text",
)

SECTIONS = [MIN_LENGTH, MAX_LENGTH, PATTERN]
