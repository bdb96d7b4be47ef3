"""The check, and the grammar under which a model writes programs."""

import ast
import functools
import random
import re

import pytest

from gba_jupyter.errors import EvaluationError, ProgramRefused
from gba_jupyter.symbolic import check, evaluate, program_gbnf
from gba_jupyter.symbolic.language import names


class Sampler:
    """Random strings of a GBNF text; knows as much of the notation as our grammar uses."""

    def __init__(self, gbnf: str, seed: int) -> None:
        self.rules = dict(line.split(" ::= ", 1) for line in gbnf.splitlines())
        self.random = random.Random(seed)

    def rule(self, name: str) -> str:
        text, rest = self.choice(self.rules[name])
        assert rest == "", rest
        return text

    def choice(self, rest: str) -> tuple[str, str]:
        """Sample each alternative, take one; also what follows."""
        starts = [rest]
        while True:  # find the alternatives first, so that only one is sampled
            rest = self.skip(rest)
            if not rest.startswith("| "):
                break
            rest = rest[2:]
            starts.append(rest)
        return self.sequence(self.random.choice(starts))[0], rest

    def skip(self, rest: str) -> str:
        while rest and not rest.startswith(("|", ")")):
            _, rest = self.item(rest)
        return rest

    @staticmethod
    @functools.cache
    def item(rest: str) -> tuple[tuple[str, str], str]:
        """One item with its repeat, unsampled; and the rest."""
        if rest[0] == "(":
            depth, at, quoted = 0, 0, False
            while True:
                if rest[at] == '"' and rest[at - 1] != "\\":
                    quoted = not quoted
                depth += (rest[at] == "(") - (rest[at] == ")") if not quoted else 0
                at += 1
                if depth == 0:
                    break
            body, rest = rest[:at], rest[at:]
        else:
            found = re.match(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]|[a-z0-9]+', rest)
            assert found, rest
            body, rest = found.group(), rest[found.end() :]
        repeat = re.match(r"[?*]|\{\d+,\d+\}|", rest)
        assert repeat is not None
        return (body, repeat.group()), rest[repeat.end() :].lstrip(" ")

    def sequence(self, rest: str) -> tuple[str, str]:
        texts = []
        while rest and not rest.startswith(("|", ")")):
            (body, repeat), rest = self.item(rest)
            texts += [self.one(body) for _ in range(self.times(repeat))]
        return "".join(texts), rest

    def times(self, repeat: str) -> int:
        if repeat == "":
            return 1
        if repeat == "?":
            return self.random.randint(0, 1)
        if repeat == "*":
            return self.random.choice([0, 0, 1, 1, 2])
        low, high = map(int, repeat[1:-1].split(","))
        return self.random.randint(low, min(high, low + 3))

    def one(self, body: str) -> str:
        if body[0] == '"':
            return str(ast.literal_eval(body))
        if body[0] == "[":
            spread = re.sub(
                r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), body[1:-1]
            )
            return self.random.choice(spread)
        if body[0] == "(":
            return self.choice(body[1:-1])[0]
        return self.rule(body)


def test_what_the_grammar_lets_through_passes_the_check() -> None:
    gbnf = program_gbnf()
    for seed in range(200):
        program = Sampler(gbnf, seed).rule("root")
        check(program)
        assert program.splitlines()[-1].startswith("result = ")
        assert len(program.splitlines()) <= 8


def test_what_the_grammar_lets_through_runs_or_fails_cleanly() -> None:
    gbnf = program_gbnf()
    for seed in range(1000, 1015):
        try:
            evaluate(Sampler(gbnf, seed).rule("root"), timeout=0.1)
        except EvaluationError as error:
            assert error.what and error.fix


def test_the_grammar_is_small_and_has_no_empty_repeats() -> None:
    gbnf = program_gbnf()
    assert len(gbnf) < 8000
    rules = dict(line.split(" ::= ", 1) for line in gbnf.splitlines())
    used = set(
        re.findall(r"\b[a-z]+\d*[a-z]*\b", re.sub(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]', "", gbnf))
    )
    assert set(rules) == used
    counts = [int(count) for count in re.findall(r"\{\d+,(\d+)\}", gbnf)]
    assert max(counts) <= 14
    assert not re.search(r"[*?}]\)?[*{]", re.sub(r'"(?:\\.|[^"\\])*"', "", gbnf))


def test_every_name_of_the_grammar_is_in_the_table() -> None:
    offered = {f.name for f in names.FUNCTIONS.values() if f.shape}
    assert {"sqrt", "solve", "integrate", "Rational", "symbols"} <= offered <= names.NAMES
    assert set(names.GRAMMAR_CONSTANTS) <= set(names.CONSTANTS)
    assert set(names.VARIABLES) <= names.SYMBOLS


def test_every_name_of_the_table_stands_for_something() -> None:
    known = names.NAMES - {"print"}
    program = f"len([{', '.join(sorted(known))}])"
    assert evaluate(program).text == str(len(known))
    members = ", ".join(f"S.{name}" for name in names.S_MEMBERS)
    assert evaluate(f"len([{members}])").text == str(len(names.S_MEMBERS))


@pytest.mark.parametrize(
    ("program", "what", "fix"),
    [
        ("a = 1\nimport os", "Line 2: os cannot be imported.", "math"),
        ("foo(1)", "Line 1: the name foo is not known here.", "Assign it"),
        ("x = 1\ny = x.__class__", "Line 2: .__class__ is not allowed.", ".subs"),
        ("'{}'.format_map({})", "Line 1: .format_map is not allowed.", "f-string"),
        ("solve('x**2 - 1')", "Line 1: solve cannot be given text.", "without quotes"),
        ("class A: pass", "Line 1: the math language has no a class.", "functions"),
        ("The answer is 4", "Line 1 is not Python: invalid syntax.", "one statement"),
    ],
)
def test_a_refusal_names_the_line_and_what_to_use(program: str, what: str, fix: str) -> None:
    with pytest.raises(ProgramRefused) as caught:
        check(program)
    assert caught.value.what == what.replace("no a class", "no class")
    assert fix in caught.value.fix


def test_a_caret_is_a_power_with_a_power_s_precedence() -> None:
    assert ast.unparse(check("y = 2 * x^2 + '^'\ny ^= 3  # ^")) == "y = 2 * x ** 2 + '^'\ny **= 3"


def test_decimals_keep_their_text() -> None:
    (statement,) = check("0.2400").body
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    assert statement.value.kind == "0.2400"
    assert evaluate("0.1234567890123456789012345").value.q > 10**20
