"""Grammars written by hand: each feature of GBNF's syntax, with texts of both kinds."""

from __future__ import annotations

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A grammar, and texts on either side of it."""

    gbnf: str
    accepted: tuple[str, ...]
    rejected: tuple[str, ...]


CASES = [
    # Comments, white space, line ends
    Case('# top\n\nroot ::= "a" # end\n# last', ("a",), ("", "a#", "aa")),
    Case('root ::= # a comment first\n  "a"', ("a",), ("", "b")),
    Case('\troot\t::=\t"a"\t|\n# between\n\t"b"\r\n', ("a", "b"), ("ab", "\t")),
    Case('root ::= a\ra ::= "x"\r\nb ::= "y"', ("x",), ("y", "a")),
    Case('root::="a"b\nb::="b"', ("ab",), ("a", "b", "abb")),
    Case('root ::= ( # one\n  "a" # two\n  | # three\n  "b"\n)', ("a", "b"), ("", "ab")),
    Case('root ::= ("a"\n  "b"\n  *\n)', ("a", "abb"), ("", "b")),
    Case('root ::= "#" "# no comment" [#]', ("## no comment#",), ("#", "")),
    Case("root ::=", ("",), ("a", " ")),
    Case('root ::= "a" |', ("", "a"), ("|", "aa")),
    Case('root ::= | "a"', ("", "a"), ("|", "aa")),
    # Literals and escapes
    Case(r'root ::= "\n\r\t\\\"\[\]"', ('\n\r\t\\"[]',), ("\\n", "\n\r\t")),
    Case(r'root ::= "a\-b"', ("a-b",), ("a\\-b", "ab")),
    Case(r'root ::= "\x41\u00e9\U0001F600"', ("Aé😀",), ("A", "Aé", "aé😀")),
    Case(r'root ::= "\x7f\x80\xff\u0100\uffff"', ("\x7f\x80\xff\u0100\uffff",), ("\x7f\x80",)),
    Case('root ::= "é☃😀" "\x01\x7f"', ("é☃😀\x01\x7f",), ("é☃", "é☃😀")),
    Case('root ::= "two\nlines"', ("two\nlines",), ("two lines", "two\r\nlines")),
    Case('root ::= "[a]" "(b)|*+?{2}."', ("[a](b)|*+?{2}.",), ("a", "[a]b")),
    Case('root ::= "" "a" ""', ("a",), ("", '""a')),
    Case("root ::= ()", ("",), ("a",)),
    # Classes
    Case("root ::= [a-z0-9_]", ("a", "m", "z", "0", "9", "_"), ("", "A", "-", "ab", "`")),
    Case("root ::= [-a]", ("-", "a"), ("b", "", "-a")),
    Case("root ::= [a-]", ("-", "a"), ("b", "")),
    Case(r"root ::= [a\-z]", ("a", "-", "z"), ("b", "\\")),
    Case("root ::= [--/]", ("-", ".", "/"), (",", "0")),
    Case("root ::= [a^]", ("a", "^"), ("b",)),
    Case("root ::= [^^]", ("a", "é", "\n", "😀"), ("^", "")),
    Case(r"root ::= [^^\]\x00-\x1F-]", ("a", "[", " "), ("^", "]", "\x1f", "-")),
    Case(r"root ::= [\[\]\\]", ("[", "]", "\\"), ("a", "[]")),
    Case('root ::= ["[(]', ('"', "[", "("), (")", "")),
    Case("root ::= [é-í☃😀-😂]", ("é", "ë", "í", "☃", "😁"), ("è", "î", "☂", "😃")),
    Case(r"root ::= [\u00e9-\U0001F600]", ("é", "\ud7ff", "\ud800", "😀"), ("è", "😁")),
    Case(r"root ::= [^\x00-\U0010FFFE]", ("\U0010ffff",), ("a", "\U0010fffe")),
    Case("root ::= [a-cb-d]", ("a", "b", "d"), ("e",)),
    Case("root ::= [a\nb]", ("\n", "b"), ("\r",)),
    Case("root ::= .", ("a", "\n", "é", "😀", "\x00", "\ud800"), ("", "ab", "😀😀")),
    Case('root ::= . "b".', ("abc", "\nb\n", "bbb"), ("b", "ab", "aab")),
    # Sequences, alternatives, groups
    Case('root ::= "a" "b" | "c"', ("ab", "c"), ("a", "abc", "ac", "")),
    Case('root ::= "a" ("b" | "c") "d"', ("abd", "acd"), ("ad", "abcd", "ab")),
    Case('root ::= ("a" "b") "c"', ("abc",), ("ab", "c")),
    Case('root ::= (("a" | ("b")) | "c" ("d" | "e"))', ("a", "b", "cd", "ce"), ("c", "ac")),
    Case('root ::= "ab" | "abc" | "a"', ("ab", "abc", "a"), ("abcd", "b", "")),
    Case('root ::= "a" (| "b")', ("a", "ab"), ("abb", "b")),
    # Repeats
    Case('root ::= "ab"*', ("", "ab", "abab"), ("a", "aba", "abb", "ba")),
    Case('root ::= "a"+ "b"?', ("a", "aab"), ("", "b", "abb")),
    Case('root ::= "a"{0}', ("",), ("a",)),
    Case('root ::= "a"{0,} "b"{1} "c"{0,1}', ("b", "aab", "bc"), ("bb", "a", "bcc")),
    Case('root ::= "a"{3}', ("aaa",), ("aa", "aaaa")),
    Case('root ::= "a"{2,}', ("aa", "aaaaa"), ("a", "")),
    Case('root ::= "a"{2,4}', ("aa", "aaaa"), ("a", "aaaaa")),
    Case('root ::= "a"{ 2 , 4 } "b"{ 1 , }', ("aab", "aaaabb"), ("ab", "aa")),
    Case('root ::= ("a"{ # two\n 2\n,\n4 })', ("aa", "aaaa"), ("a", "aaaaa")),
    Case('root ::= "a"{0002,00000004}', ("aa", "aaaa"), ("a", "aaaaa")),
    Case('root ::= "a"{999} "b"', ("a" * 999 + "b",), ("a" * 998 + "b", "a" * 1000 + "b")),
    Case("root ::= [ab]{0,1000}", ("", "ab" * 500), ("ab" * 500 + "a", "c")),
    Case('root ::= ("a" "b"?){2}', ("aa", "aba", "abab"), ("a", "aaa", "abb")),
    Case('root ::= ("a"{2} | "b"){2,3}', ("aab", "bb", "aaaaaa"), ("b", "aa", "aaabb")),
    Case('root ::= (("a"{10} "b"){10} "c"){10}', ((("a" * 10 + "b") * 10 + "c") * 10,), ("a",)),
    Case('root ::= "a"{2}{3} "b"+?', ("aaaaaa", "aaaaaab"), ("aa", "aaaaab")),
    Case('root ::= ("a"{0})? "b"', ("b",), ("ab", "")),
    Case('root ::= [a-z]+ [0-9]* ("." [0-9]+)?', ("a", "ab12.5", "z.0"), ("1", "a.", "a1b")),
    # Rules and recursion
    Case('a-1 ::= "x"\nroot ::= a-1 B 0\nB ::= a-1\n0 ::= "0"', ("xx0",), ("x0", "xx")),
    Case('root ::= "(" root ")" | "x"', ("x", "((x))"), ("(x", "x)", "()")),
    Case('root ::= "a" root | "b"', ("b", "aaab"), ("a", "ba")),
    Case('root ::= x x\nx ::= "a" | "ab" | ""', ("", "a", "abab", "aab"), ("b", "aaa", "abb")),
    Case('root ::= n n "x" | n "y"\nn ::= k | ""\nk ::= "k"?', ("x", "kkx", "ky"), ("kkkx", "k")),
    Case(
        'root ::= s\ns ::= "(" s ")" s | ""',
        ("", "()", "(())()", "(" * 40 + ")" * 40),
        ("(", ")(", "(()"),
    ),
    Case(
        'root ::= e\ne ::= t ([+-] t)*\nt ::= f ("*" f)*\nf ::= [0-9]+ | "(" e ")"',
        ("1", "1+2*3", "(1-23)*4", "((5))"),
        ("", "1+", "(1", "1)", "+1", "a"),
    ),
    Case(
        'root ::= "[" (v ("," v)*)? "]"\nv ::= root | "1"',
        ("[]", "[1]", "[[],[1,[1]]]"),
        ("[", "[,]", "[1,]", "1"),
    ),
    Case(
        'root ::= (word " ")* word "."\nword ::= [A-Za-zÀ-ÿ]+ ("\'" [a-z]+)?',
        ("Yes.", "It's très bien."),
        ("", ".", "no", "two  spaces.", "' ."),
    ),
    Case('root ::= "x"\nunused ::= "y" unused | root', ("x",), ("y", "yx")),
    # A name with another one in it, and names that differ in case
    Case('root ::= roo ro\nroo ::= "1"\nro ::= "2"\nroot-2 ::= "3"', ("12",), ("3", "1")),
    Case('root ::= a A\na ::= "x"\nA ::= "y"', ("xy",), ("xx", "yy", "yx")),
]  # fmt: skip

REFUSED_BY_ALL = [
    "",
    'a ::= "x"',
    "root",
    'root_a ::= "x"',
    'root ::= "a"\n| "b"',
    'root ::= "a',
    "root ::= [a",
    "root ::= [a-",
    'root ::= ("a"',
    'root ::= "a")',
    'root ::= * "a"',
    'root ::= ""*',
    'root ::= "a" ""?',
    'root ::= "a"{0}?',
    'root ::= ("a" "b"{0,0}*)',
    'root ::= "a"{,2}',
    'root ::= "a"{}',
    'root ::= "a"{-1}',
    'root ::= "a"{2',
    'root ::= "a"{2;3}',
    'root ::= "a"{2 3}',
    'root ::= "a"{\n2}',
    'root ::= "a"{2001}',
    'root ::= "a"{99999999999999999999999}',
    'root ::= (a b c d){700}\na ::= "a"\nb ::= "b"\nc ::= "c"\nd ::= "d"',
    r'root ::= "a\q"',
    r"root ::= [\d]",
    r'root ::= "\x1"',
    r'root ::= "\x1g"',
    r"root ::= [\u12G4]",
    r'root ::= "\U0000"',
    "root ::= 'a'",
    "root ::= a_b\na_b ::= \"x\"",
    "root = \"a\"",
    "root ::= missing",
    'root ::= "x" a\na ::= "y"? a "z" | "w"',
    'root ::= a\na ::= b "x"\nb ::= a "y"',
    'root ::= root | "x"',
    "<root> ::= \"a\"",
    'root ::= "a"; ',
    'root ::= "a" ::= "b"',
]  # fmt: skip
"""Texts that neither our parser nor the engine takes for a grammar."""

STRICTER = {
    "root ::= []": "a class with at least one character",
    "root ::= [^]": "a class with at least one character",
    "root ::= [z-a]": "a range from a lower to a higher character",
    'root ::= "a"\nroot ::= "b"': "not yet defined",
    'root ::= "a"{0,2001}': "at most 2000",
    r'root ::= "\U00110000"': "a code point up to",
    'root ::= <[12]> "a"': "a literal, a class",
    'root ::= !<[12]> "a"': "a literal, a class",
    'root ::= "a"\0': "a NUL written as",
    "root ::= " + "(" * 101 + '"a"' + ")" * 101: "at most 100 parentheses",
}
"""Texts that the engine takes and our parser refuses on purpose, and what it says."""


_HALVES = [f'r{n} ::= r{n + 1} "a" | r{n + 1} "b"' for n in range(30)]

HANGING = [
    'root ::= "a"{5,2}',
    'root ::= a\na ::= b | "x"\nb ::= e a "y"\ne ::= n\nn ::= "n"?',
    "\n".join(["root ::= r0", *_HALVES, 'r30 ::= "x"']),
    "root ::= " + "(" * 60_000,
]
"""Texts that the engine never comes back from: it hangs, or its process dies."""


def _call(name: str, **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": [*properties][:1]}
    return {"name": name, "description": "", "parameters": schema}


_INT, _STR = {"type": "integer"}, {"type": "string"}
_WHERE = {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}}

TOOLS: list[list[dict[str, Any]]] = [
    [_call("calculate", expression=_STR)],
    [_call("calculate", expression=_STR, digits=_INT), _call("calendar"), _call("cal", day=_INT)],
    [_call('quo"te', a=_STR), _call("new\nline", b={"enum": [1, "b"]}), _call("😀é", c=_WHERE)],
    [_call(f"tool_{n}", **{f"argument_{n}": _INT, "where": _WHERE}) for n in range(40)],
]

SCHEMAS: list[Any] = [
    {"type": "string", "pattern": "^[a-z]+$"},
    {"type": "string", "pattern": r"\d{3}-\d{4}"},
    {"type": "string", "pattern": r"^\w+\s?(a|b)*$", "maxLength": 8},
    {"type": "string", "pattern": "^(foo|bar|fo)+[^x]?$"},
    {"type": "string", "pattern": "a.c$", "minLength": 4},
    {"type": "string", "pattern": "^\\u00e9[\"\\\\/]$"},
    *(
        {"type": "string", "format": name}
        for name in ("date", "time", "date-time", "duration", "uuid", "ipv4", "ipv6", "email")
    ),
    {"type": "number", "minimum": 0, "maximum": 1},
    {"type": "number", "minimum": -2.5, "exclusiveMaximum": 0.75},
    {"type": "number", "exclusiveMinimum": 0},
    {"type": "number", "maximum": -12.25},
    {"type": "integer", "minimum": -20, "maximum": 1234},
    {"type": "integer", "multipleOf": 3},
    {"type": "integer", "multipleOf": 25, "minimum": 0, "maximum": 1000},
    {"type": "number", "multipleOf": 0.5},
    {"type": "object", "additionalProperties": _INT, "minProperties": 2},
    {"type": "object", "additionalProperties": _INT, "maxProperties": 2},
    {"type": "object", "properties": {"a": _INT, "b": _STR, "c": {}}, "minProperties": 2},
    {"type": "object", "properties": {"a": _INT, "b": _STR, "c": {}}, "maxProperties": 2},
    {"type": "object", "propertyNames": {"pattern": "^[a-c]{2}$"}, "additionalProperties": _INT},
    {"type": "object", "propertyNames": {"enum": ["a", "ab", "é"]}},
    {"type": "object", "patternProperties": {"^x-": _INT}, "additionalProperties": False},
    {"type": "object", "properties": {"b": _INT, "b/c": _INT, 'b"': _STR}, "required": ["b/c"]},
    {"type": "array", "items": _INT, "uniqueItems": True, "maxItems": 3},
    {"type": "array", "contains": {"const": 1}},
    {"type": "array", "items": {"anyOf": [_INT, _STR, _WHERE]}, "maxItems": 1000},
    {"type": "array", "prefixItems": [_INT, _STR], "items": {"type": "null"}, "minItems": 1},
    {"enum": ["a", "ab", "abc", "b\n", 'q"', 1, 10, 100, -1, 1.5, None, True, [], {"a": 1}]},
    {"enum": list(range(300))},
    {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}, _INT]},
    {"allOf": [{"type": "string", "minLength": 2}, {"pattern": "^a"}, {"maxLength": 5}]},
    {"not": {"type": "string"}},
    {"type": "object", "properties": {"next": {"$ref": "#"}, "v": _INT}, "required": ["v"]},
    {"$ref": "#/$defs/t", "$defs": {"t": {"type": "array", "items": {"$ref": "#/$defs/t"}}}},
    {"type": "string", "minLength": 3, "maxLength": 1000},
    {"type": "object", "additionalProperties": {"anyOf": [_INT, _STR]}, "maxProperties": 700},
]  # fmt: skip
"""Schemas of every keyword that may become part of a grammar."""
