"""Grammars that hang a server are refused; harmless ones that look alike are not."""

from __future__ import annotations

import pytest

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

ABCD = 'a ::= "a"\nb ::= "b"\nc ::= "c"\nd ::= "d"'


def doubling(count: int) -> str:
    """Each rule begins with the next one in two ways: the last one, with 2 to the power of that."""
    rules = [f'r{n} ::= r{n + 1} "a" | r{n + 1} "b"' for n in range(count)]
    return "\n".join(["root ::= r0", *rules, f'r{count} ::= "x"'])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("root ::= ([a-z ]{0,10}){0,10}", "can be empty"),
        ('root ::= ("a"?)*', "can be empty"),
        ('root ::= ("a"?)+', "can be empty"),
        ('root ::= (x y)* "b"\nx ::= "a"?\ny ::= x*', "can be empty"),
        ('root ::= "a"{1001}', "repeats up to 1,001 times"),
        ('root ::= "a"{1001,}', "repeats up to 1,001 times"),
        ('root ::= ("a" | "b" "c"{40}){1,40}', "repeats up to 1,600 times"),
        ('root ::= (("a"{11} "b"){11} "c"){11}', "repeats up to 1,331 times"),
        ("root ::= [a-z]* [a-f]+", "neighbouring repeats"),
        ('root ::= [a-z]* "-"? [m-p]+', "neighbouring repeats"),
        ('root ::= .{0,9} "x"*', "neighbouring repeats"),
        ('root ::= word* rest\nrest ::= letter* [0-9]* letter{2}\nword ::= letter "!"\n'
         'letter ::= [a-z] | "_"', "neighbouring repeats"),
        ("root ::= [^a]* [^b]*", "neighbouring repeats"),
        (r'root ::= "a\x00"', "NUL"),
        ('root ::= "x" root', "can never end"),
        ('root ::= a | "b"\na ::= "(" b ")"\nb ::= a a', "can never end"),
        (f"root ::= (a b c d){{400}}\n{ABCD}", "a group of many parts up to 400 times"),
        (f'root ::= (a (b | c)? ("x" | "y")? [0-9]{{1,4}} "."){{250,}}\n{ABCD}', "of many parts"),
        (doubling(13), "The rule r0 can begin in more than 5,000 ways"),
        (doubling(200), "can begin in more than 5,000 ways"),
        ("\n".join(["root ::= a0", *(f'a{n} ::= "{"x" * 30}"' for n in range(4000))]), "bytes"),
    ],
)  # fmt: skip
def test_refuses(text: str, reason: str) -> None:
    with pytest.raises(GrammarError, match=reason):
        Grammar.from_gbnf(text)


@pytest.mark.parametrize(
    ("text", "accepted", "refused"),
    [
        ("root ::= [a-z ]{0,1000}", "ab c", "A"),
        ('root ::= "a"? "a"?', "aa", "aaa"),
        ("root ::= [a-z]+ [0-9]*", "a1", "1"),
        ("root ::= [0-9]{4} [0-9]{2}", "202411", "20241"),
        ('root ::= [a-z]* "." [a-z]*', "a.b", "ab"),
        ("root ::= [^a]* [a]*", "bba", "ab"),
        ('root ::= (("a"{10} "b"){10} "c"){10}', ("a" * 10 + "b") * 10 + "c", ""),
        ('root ::= ("a" "b"?)*', "aab", "b"),
        ('root ::= word (" " word)*\nword ::= [a-z]+', "ab cd", "ab  cd"),
        ('root ::= (x)?\nx ::= "a"?', "", "aa"),
        (f"root ::= (a b c d){{2,399}}\n{ABCD}", "abcdabcd", "abcd"),
        (f"root ::= a b c d (a b c d){{2,999}}\n{ABCD}", "abcdabcdabcd", "abcdabcd"),
        (f"root ::= x{{2,999}}\nx ::= a b c d\n{ABCD}", "abcdabcd", "abcd"),
        (doubling(12), "x" + "ab" * 6, "x" + "ab" * 5),
    ],
)
def test_lets_pass(text: str, accepted: str, refused: str) -> None:
    grammar = Grammar.from_gbnf(text)
    if "{10}" in text:
        accepted *= 10
    assert grammar.accepts(accepted)
    assert not grammar.accepts(refused)


def test_the_rule_is_named() -> None:
    with pytest.raises(GrammarError, match="The rule inner repeats"):
        Grammar.from_gbnf('root ::= inner\ninner ::= ("a"?)*')
