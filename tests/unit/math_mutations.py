"""Programs that nobody would write: good and hostile ones, cut, mixed and spoilt by a seed."""

from __future__ import annotations

import ast
import contextlib
import io
import random
import tokenize
from collections.abc import Callable

import math_hostile
from math_corpus import CORPUS

from gba_jupyter.symbolic.language import members, names
from gba_jupyter.symbolic.language.names import words

_COSTLY = ("numbers-", "floods-", "deep-")
_GOOD = [program for _, program, _ in CORPUS]
_HOSTILE = [p for name, (p, _) in math_hostile.ALL.items() if not name.startswith(_COSTLY)]
_HEAVY = [p for name, (p, _) in math_hostile.ALL.items() if name.startswith(_COSTLY)]
_HEAVY = [program for program in _HEAVY if len(program) < 2_000]

_HOSTILE_NAMES = sorted(
    words("""
    open eval getattr type object vars globals _ __class__ _gba_get _gba_table __builtins__ self
    __globals__ gi_frame tb_frame __traceback__ with_traceback __init__ __subclasses__ mro
    lambdify sympify parse_expr rep gens func replace match count register dummy_eq
    """)
)
_KNOWN_NAMES = sorted(names.NAMES | {"True", "None", "math", "sympy", "result"})
_METHODS = sorted(members.METHODS)
_LITERALS = [
    "0", "1", "-1", "2", "0.5", "1e400", "1e-400", "10**9", "2**64", "1j", "0x7fffffff", "9" * 40,
    "'x'", "'1+1'", '"__import__(\'os\').system(\'id\')"', "''", "'{0.__class__}'", "'%s'", "b'x'",
    "'\\ud800'", "None", "True", "...", "[]", "()", "{}", "[[]]", "{1: 2}", "lambda v: v",
    "f'{x!r:>9}'", "x", "sqrt", "print", "(n for n in [1])", "range(5)", "S.Half", "oo", "nan",
]  # fmt: skip
_NOISE = (
    "()[]{}.,:;=+-*/%@^&|~<>!'\"#\\ \n\t_aX0\x00\x0c\x1b\u00b2\u2028\u202e\uff3f\ud800\U0001d41e"
)


def mutated(seed: int) -> str:
    """One program; the same for the same seed."""
    dice = random.Random(seed)
    program = _any(dice)
    for _ in range(dice.choice([1, 1, 1, 1, 2, 2, 3])):
        program = dice.choice(_WAYS)(dice, program)
    return program[:20_100]


def _any(dice: random.Random) -> str:
    return dice.choice(dice.choices([_GOOD, _HOSTILE, _HEAVY], [75, 21, 4])[0])


def _name(dice: random.Random) -> str:
    return dice.choice(_HOSTILE_NAMES if dice.random() < 0.1 else _KNOWN_NAMES)


def _tokens(program: str) -> list[str]:
    """Its tokens with the space before each: joined, they are the program again."""
    found, at = [], 0
    lines = program.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    with contextlib.suppress(tokenize.TokenError, SyntaxError, IndexError):
        for token in tokenize.generate_tokens(io.StringIO(program).readline):
            end = starts[token.end[0] - 1] + token.end[1]
            if end > at:
                found.append(program[at:end])
                at = end
    return [*found, program[at:]] if at < len(program) else found or [""]


def _splice(dice: random.Random, program: str) -> str:
    first, second = _tokens(program), _tokens(_any(dice))
    head = first[: dice.randrange(len(first) + 1)]
    return "".join(head + second[dice.randrange(len(second)) :])


def _insert(dice: random.Random, program: str) -> str:
    first, second = _tokens(program), _tokens(_any(dice))
    start = dice.randrange(len(second))
    at = dice.randrange(len(first) + 1)
    piece = second[start : start + dice.randint(1, 8)]
    return "".join(first[:at] + piece + first[at:])


def _cut(dice: random.Random, program: str) -> str:
    tokens = _tokens(program)
    at = dice.randrange(len(tokens))
    return "".join(tokens[:at] + tokens[at + dice.randint(1, 4) :])


def _swap(dice: random.Random, program: str) -> str:
    """Another name for a name, another literal for a literal, another sign for a sign."""
    tokens = _tokens(program)
    at = dice.randrange(len(tokens))
    old = tokens[at].strip()
    space = tokens[at][: len(tokens[at]) - len(tokens[at].lstrip())]
    if old.isidentifier():
        new = dice.choice(_METHODS) if tokens[at - 1].strip() == "." else _name(dice)
    elif old[:1].isdigit() or old[:1] in "'\"":
        new = dice.choice(_LITERALS)
    else:
        new = dice.choice(["+", "-", "*", "/", "**", "%", "@", ".", ",", ":=", "==", "<", ":", "="])
    return "".join([*tokens[:at], space + new, *tokens[at + 1 :]])


def _attribute(dice: random.Random, program: str) -> str:
    """A walk or a call after something."""
    tokens = _tokens(program)
    at = dice.randrange(len(tokens) + 1)
    name = dice.choice(_HOSTILE_NAMES if dice.random() < 0.1 else _METHODS)
    call = dice.choice(["", "()", f"({dice.choice(_LITERALS)})", f"[{dice.choice(_LITERALS)}]"])
    return "".join([*tokens[:at], f".{name}{call}", *tokens[at:]])


def _noise(dice: random.Random, program: str) -> str:
    letters = list(program)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(letters) + 1)
        letters[at : at + dice.randint(0, 2)] = dice.choice(_NOISE)
    return "".join(letters)


def _joined(dice: random.Random, program: str) -> str:
    return program + dice.choice(["\n", "\n", "; ", " if ", " + "]) + _any(dice)


def _graft(dice: random.Random, program: str) -> str:
    """An expression of another program, or a hostile one, in place of one of this program."""
    tree = _parsed(program)
    places = [
        (node, name, at)
        for node in ast.walk(tree)
        for name, value in ast.iter_fields(node)
        for at, part in (enumerate(value) if isinstance(value, list) else [(-1, value)])
        if isinstance(part, ast.expr)
    ]
    grown = [node for node in ast.walk(_parsed(_any(dice))) if isinstance(node, ast.expr)]
    if not places or not grown:
        return _swap(dice, program)
    node, name, at = dice.choice(places)
    own = [part.id for part in ast.walk(tree) if isinstance(part, ast.Name)] or ["x"]
    new = _at_home(dice, dice.choice(grown), own)
    if at < 0:
        setattr(node, name, new)
    else:
        getattr(node, name)[at] = new
    with contextlib.suppress(Exception):  # what cannot be written down is no program
        return ast.unparse(tree)
    return program


def _at_home(dice: random.Random, node: ast.expr, own: list[str]) -> ast.expr:
    """The expression, mostly about the variables of its new program."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id not in names.NAMES and dice.random() < 0.9:
            part.id = dice.choice(own)
        elif isinstance(part, ast.Constant) and dice.random() < 0.1:
            part.value = dice.choice([0, -1, 2, 3.5, 10**9, "x", None, True, 1j, 10**40])
    return node


def _parsed(program: str) -> ast.Module:
    try:
        return ast.parse(program.replace("^", "**"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


_WAYS: list[Callable[[random.Random, str], str]] = [
    _splice, _insert, _cut, _swap, _swap, _attribute, _attribute, _noise, _joined,
    *[_graft] * 16,
]  # fmt: skip
