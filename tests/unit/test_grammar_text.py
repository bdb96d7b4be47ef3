"""GBNF text: printing, reading back, and what is said about text that is not GBNF."""

from __future__ import annotations

import random

import pytest

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.nodes import (
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
)
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules

ALPHABET = 'ab-^[]"\\|(){}*+?.#:= \n\r\t\0\x1f\x7f\xa0é☃😀\ud800\U0010ffff'


def random_node(rnd: random.Random, depth: int) -> Node:
    kind = rnd.randrange(4 if depth == 0 else 8)
    if kind == 0:
        return Literal("".join(rnd.choices(ALPHABET, k=rnd.randint(1, 4))))
    if kind == 1:
        ranges = [sorted(ord(c) for c in rnd.choices(ALPHABET, k=2)) for _ in range(3)]
        singles = [(ord(c), ord(c)) for c in rnd.choices(ALPHABET, k=rnd.randint(1, 4))]
        mixed = [(a, b) for a, b in ranges[: rnd.randint(0, 3)]] + singles
        rnd.shuffle(mixed)
        return CharClass(tuple(mixed), rnd.random() < 0.4)
    if kind == 2:
        return AnyChar()
    if kind == 3:
        return Ref("other-Rule-2")
    if kind in (4, 5):
        size = rnd.choice([0, 2, 3])
        return Seq(tuple(random_node(rnd, depth - 1) for _ in range(size)))
    if kind == 6:
        return Alt(tuple(random_node(rnd, depth - 1) for _ in range(rnd.randint(2, 9))))
    least = rnd.randint(0, 3)
    most = rnd.choice([None, least, least + rnd.randint(0, 3), 1 if least < 2 else least])
    return Repeat(random_node(rnd, depth - 1), least, most)


def random_rules(rnd: random.Random) -> Rules:
    # The second rule refers to nothing, so that there is no left recursion.
    return Rules([("root", random_node(rnd, 4)), ("other-Rule-2", Literal("z"))])


def test_printed_trees_read_back_as_they_were() -> None:
    rnd = random.Random(20)
    for _ in range(1000):
        rules = random_rules(rnd)
        assert parse(str(rules)) == rules


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"a" # a comment', Literal("a")),
        (r'"\x41\u00e9\U0001F600\n\r\t\\\"\[\]"', Literal('Aé😀\n\r\t\\"[]')),
        ('"two\nlines"', Literal("two\nlines")),
        ("[a-z0-9_]", CharClass(((97, 122), (48, 57), (95, 95)))),
        ("[-a]", CharClass(((45, 45), (97, 97)))),
        ("[a-]", CharClass(((97, 97), (45, 45)))),
        (r"[a\-c]", CharClass(((97, 97), (45, 45), (99, 99)))),
        (r'"a\-c"', Literal("a-c")),
        (r"[^^\]\x00-\x1F]", CharClass(((94, 94), (93, 93), (0, 31)), True)),
        (".", AnyChar()),
        ('"a"?', Repeat(Literal("a"), 0, 1)),
        ('"ab"*', Repeat(Literal("ab"), 0, None)),
        ('"a" + ', Repeat(Literal("a"), 1, None)),
        ('"a"{3}', Repeat(Literal("a"), 3, 3)),
        ('"a"{3,}', Repeat(Literal("a"), 3, None)),
        ('"a"{ 3 , 5 }', Repeat(Literal("a"), 3, 5)),
        ('("a"{ # at least\n 3\n,\n})', Repeat(Literal("a"), 3, None)),
        ('"a"{0003,0000000005}', Repeat(Literal("a"), 3, 5)),
        ('"a"{0,0}', Repeat(Literal("a"), 0, 0)),
        ('("a"{0})*', Repeat(Repeat(Literal("a"), 0, 0), 0, None)),
        ('"a"?*', Repeat(Repeat(Literal("a"), 0, 1), 0, None)),
        ('"a" | ', Alt((Literal("a"), Seq(())))),
        ('""', Seq(())),
        ("()", Seq(())),
        ('("a" "b") "c"', Seq((Seq((Literal("a"), Literal("b"))), Literal("c")))),
        ('(\n "a" # one\n | "b"\n)', Alt((Literal("a"), Literal("b")))),
        ('\n  "a" |\n  "b"', Alt((Literal("a"), Literal("b")))),
    ],
)
def test_reads_what_llama_cpp_reads(text: str, node: Node) -> None:
    assert parse(f"# top\n\nroot ::= {text}\r\n")["root"] == node


def test_printed_text_is_what_a_reader_expects() -> None:
    text = 'root ::= "a" (b | [^-a-z\\]])+ "c"{2,5} | ""\nb ::= "\\"" .?\n'
    assert str(parse(text)) == text


def test_no_line_begins_with_a_bar() -> None:
    rules = Rules([("root", Alt(tuple(Literal(f"option {n}") for n in range(40))))])
    lines = str(rules).splitlines()
    assert len(lines) == 40
    assert not any(line.lstrip().startswith("|") for line in lines)
    assert parse(str(rules)) == rules


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, "a rule named root"),
        ('a ::= "x"', 1, 10, "a rule named root"),
        ("root", 1, 5, "`::=` after the name root"),
        ('root_a ::= "x"', 1, 5, "`::=` after the name root"),
        ('root ::= "a"\n| "b"', 2, 1, "the name of a rule"),
        ('root ::= "a"\n\n  root ::= "b"', 3, 3, "not yet defined"),
        ('root ::= "a', 1, 12, "the closing quote of the literal at line 1, column 10"),
        ("root ::= [a", 1, 12, "the `]` of the class at line 1, column 10"),
        ("root ::= []", 1, 10, "a class with at least one character"),
        ("root ::= [^]", 1, 10, "a class with at least one character"),
        ("root ::= [az-b]", 1, 12, "a range from a lower to a higher character"),
        ('root ::= ("a"\n"b"', 2, 4, "the `)` of the `(` at line 1, column 10"),
        ('root ::= "a")', 1, 13, "the end of the line"),
        ("root ::= <think>", 1, 10, "a literal, a class, a rule name"),
        ('root ::= * "a"', 1, 10, "a literal, a class, a rule name"),
        ('root ::= ""*', 1, 12, "something to repeat"),
        ('root ::= "a"{0}?', 1, 16, "something to repeat"),
        ('root ::= "a" ("b"{0,0} +)', 1, 24, "something to repeat"),
        ('root ::= "a"{,2}', 1, 13, "a repeat such as {2}, {2,} or {2,5}"),
        ('root ::= "a"{2;5}', 1, 13, "a repeat such as {2}, {2,} or {2,5}"),
        ('root ::= "a"{\n2}', 1, 13, "a repeat such as {2}, {2,} or {2,5}"),
        ('root ::= "a"{5,2}', 1, 13, "first count is not above its second"),
        ('root ::= "a"{2001}', 1, 13, "at most 2000"),
        ('root ::= "a"{0,2001}', 1, 13, "at most 2000"),
        ('root ::= "a"{99999999999999999999}', 1, 13, "at most 2000"),
        (r'root ::= "a\q"', 1, 12, "one of the escapes"),
        (r'root ::= "\x1"', 1, 11, "2 hexadecimal digits"),
        (r"root ::= [\u12G4]", 1, 11, "4 hexadecimal digits"),
        (r'root ::= "\U00110000"', 1, 11, "a code point"),
        ('root ::= "a\0"', 1, 12, "\\x00"),
        ('root ::= "a"\n  b "c"', 2, 5, "`::=` after the name b"),
        ('root ::= "a" (\n missing)', 2, 2, "there is no `missing ::= …`"),
        ('root ::= "x" a\na ::= "y"? a "z" | "w"', 2, 1, "left recursion"),
        ('root ::= a\na ::= (b)* "x"\nb ::= "y"? a', 2, 1, "left recursion"),
        ("root ::= " + "(" * 60_000, 1, 110, "at most 100 parentheses"),
    ],
)
def test_errors_name_the_place_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(GrammarError) as error:
        Grammar.from_gbnf(text)
    assert f"at line {line}, column {column}: found " in error.value.what
    assert expected in error.value.what.partition("expected")[2]


def test_an_error_shows_the_offending_text() -> None:
    with pytest.raises(GrammarError, match=r"found `<think>`"):
        parse("root ::= <think>")
    with pytest.raises(GrammarError, match=r"found the end of the text"):
        parse('root ::= ("a"')
    with pytest.raises(GrammarError, match=r"found the end of the line"):
        parse('root ::= "a"\nb\n')


def test_a_long_chain_of_rules_does_not_exhaust_the_stack() -> None:
    rules = "".join(f"r{n} ::= r{n + 1}\n" for n in range(5000))
    tree = parse(f'root ::= r0\n{rules}r5000 ::= "x"\n')
    assert len(tree) == 5002
    with pytest.raises(GrammarError, match="left recursion"):
        parse(f"root ::= r0\n{rules}r5000 ::= r0\n")


def test_trees_that_no_text_could_give_are_refused() -> None:
    with pytest.raises(GrammarError, match="cannot be named 'a_b'"):
        Rules([("root", Ref("a_b")), ("a_b", Literal("x"))])
    with pytest.raises(GrammarError, match="no rule named root"):
        Rules([("a", Literal("x"))])
    with pytest.raises(GrammarError, match="defined twice"):
        Rules([("root", Literal("x")), ("root", Literal("y"))])
    node: Node = Literal("x")
    for _ in range(5000):
        node = Seq((Literal("a"), node))
    with pytest.raises(GrammarError, match="nested more than 100 deep"):
        Rules([("root", node)])


def test_nodes_refuse_what_is_not_one() -> None:
    for make in (
        lambda: Literal(""),
        lambda: CharClass(()),
        lambda: CharClass(((98, 97),)),
        lambda: Seq((Literal("a"),)),
        lambda: Alt((Literal("a"),)),
        lambda: Repeat(Literal("a"), 3, 2),
    ):
        with pytest.raises(ValueError):
            make()
