"""Programs that want out: all contained, and the next program unharmed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gba_jupyter.errors import EvaluationError, LimitExceeded, ProgramRefused
from gba_jupyter.symbolic import evaluate
from gba_jupyter.symbolic.forms import decode

REFUSED = [
    "import os",
    "import os as math",
    "from os import system",
    "from sympy import sympify",
    "from sympy.parsing.sympy_parser import parse_expr",
    "from . import x",
    "import sympy.parsing",
    "__import__('os')",
    "open('/etc/passwd')",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "getattr(x, 'args')",
    "globals()",
    "vars()",
    "type(x)",
    "breakpoint()",
    "input()",
    "().__class__.__bases__[0].__subclasses__()",
    "sqrt.__globals__",
    "(lambda: 0).__code__",
    "x.__reduce__()",
    "x._eval_subs",
    "math.__dict__",
    "sympy.utilities",
    "sympy.core.sympify",
    "sp.lambdify(x, x)",
    "(n for n in [1]).gi_frame",
    "_gba_get(x, 'func')",
    "__builtins__",
    "def _gba_power(a, b): return 0",
    "def f(__x): return 0",
    "import math as _gba_get",
    "f = lambda **k: k\nf(**{'__x': 1})",
    "x.args = 1",
    "del x",
    "class A: pass",
    "try:\n    1\nexcept Exception:\n    2",
    "with x: pass",
    "async def f(): pass",
    "@print\ndef f(): pass",
    "(yield)",
    "sympify('1')",
    "parse_expr('1')",
    "S('1+1')",
    "solve('x**2-1')",
    "solve(['x**2-1'])",
    "x.subs(x, '__import__(\"os\")')",
    "x.subs({x: 'y'})",
    "Matrix(['1'])",
    "Eq('x', 1)",
    "simplify('1+1')",
    "N('1+1')",
    "t = '1' + '+1'\nsqrt(t)",
    "list(map(sqrt, ['1+1']))",
    "Symbol('__import__(\"os\")')",
    "symbols('x:100000000')",
    "Function('f(x)')",
    "Function('f')('1+1')",
    "Lambda(x, sin(x))('1+1')",
    "Poly('x**2')",
    "'{0.__class__}'.format(x)",
    "'{x.__class__}'.format_map({'x': x})",
    "f'{x.__class__}'",
    "f'{x:{1000000000}}'",
    "f'{1:1000000000}'",
    "x.func",
    "x.lambdify",
    "[].__iadd__",
    "b'x'",
    "1e999999999",
    "(" * 150 + "1" + ")" * 150 + "._x",
    "-" * 15_000 + "1",
    "+".join(["1"] * 9_000),
    "1\0",
    "x" * 30_000,
    "x" * 10_000_000,
    "'\ud800'",
    "Sure! The answer is 4.",
]


@pytest.mark.parametrize("program", REFUSED, ids=range(len(REFUSED)))
def test_refused_with_a_reason_and_a_way_out(program: str) -> None:
    with pytest.raises((ProgramRefused, EvaluationError)) as caught:
        evaluate(program)
    assert caught.value.what and caught.value.fix
    assert not isinstance(caught.value, LimitExceeded)


LIMITED = [
    "10**10**10",
    "Rational(3, 2)**(10**9)",
    "factorial(10**9)",
    "binomial(10**7, 5 * 10**6)",
    "fibonacci(10**9)",
    "while True: pass",
    "sum(range(10**12))",
    "max(range(10**12))",
    "list(range(10**10))",
    "'a' * 10**11",
    "[0] * 10**11",
    "s = 'a'\nwhile True: s += s",
    "n = 3\nwhile True: n = n * n",
    "a = [1]\nfor i in range(64): a = a + a",
    "f = lambda n: f(n + 1)\nf(0)",
    "l = []\nl.append(l)\nprint(l)",
    "while True: print('flood')",
    "print('a' * 10**6)",
    "'a' * 10**6",
    "'%1000000000d' % 1",
    "expand((x + y + z + a + b)**200)",
    "factorint(10**120 + 7)",
    "(x**1000000000).subs(x, 3)",
    "pow(3, 10**9)",
    "Matrix(200, 200, lambda i, j: Symbol('x') + i * j).det()",
    "result = list(range(10**8))",
]


@pytest.mark.parametrize("program", LIMITED, ids=range(len(LIMITED)))
def test_limits_hold_on_time_and_the_next_program_is_unharmed(program: str) -> None:
    began = time.monotonic()
    with pytest.raises(EvaluationError) as caught:
        evaluate(program, timeout=0.2)
    assert time.monotonic() - began < 0.75
    assert caught.value.what and caught.value.fix
    assert str(evaluate("2+2")) == "4"


def test_a_limit_says_which_and_how_to_raise_it() -> None:
    with pytest.raises(LimitExceeded) as caught:
        evaluate("while True: pass", timeout=0.2)
    assert "0.2 s" in caught.value.what
    assert "timeout=0.4" in caught.value.fix


@pytest.mark.parametrize(
    ("first", "then", "answer"),
    [
        ("sqrt = 5\nsqrt", "sqrt(4)", "2"),
        ("leak = 41\nleak", "leak = 1\nleak", "1"),
        ("def print(v): pass\nresult = 1", "print(7)", "7"),
        ("0.5", "1/2", "1/2"),
    ],
)
def test_nothing_leaks_into_the_next_program(first: str, then: str, answer: str) -> None:
    evaluate(first)
    assert str(evaluate(then)) == answer


def test_a_name_of_an_earlier_program_is_gone() -> None:
    evaluate("leak = 41\nleak")
    with pytest.raises(ProgramRefused):
        evaluate("leak + 1")


def test_text_never_becomes_tex() -> None:
    assert evaluate(r"[r'\href{javascript:alert(1)}{x}', {'a': r'\x'}]").latex == ""


@pytest.mark.parametrize(
    "form",
    [
        ["Popen", "ls"],
        ["Symbol", 5, {}],
        ["Symbol", "x\n", {}],
        ["Symbol", "x", 3],
        ["Rational", "0x1"],
        ["int", "nonsense"],
        ["int"],
        ["Float", 0, "0x1", 1, 10**9],
        ["Matrix", 2, 2],
        ["Matrix", 10**9, 10**9],
        ["Add", "os.system('x')"],
        ["sympify", "1+1"],
        ["function", "__import__('os')\n"],
        ["dict", 1],
        ["Integer"],
        [[]],
        [],
        5.5,
        {"a": 1},
    ],
)
def test_a_made_up_form_does_no_harm(form: object) -> None:
    with pytest.raises(EvaluationError):
        decode(form)


def test_reading_a_form_computes_nothing() -> None:
    giant = ["factorial", ["Pow", ["Rational", "0xa", "0x1"], ["Rational", hex(10**9), "0x1"]]]
    began = time.monotonic()
    assert str(decode(giant)) == "factorial(10**1000000000)"
    assert time.monotonic() - began < 0.5


def test_a_form_nested_beyond_reason_is_damaged() -> None:
    form: list[object] = ["Rational", "0x1", "0x1"]
    for _ in range(100_000):
        form = ["sin", form]
    with pytest.raises(EvaluationError):
        decode(form)
    while form[0] == "sin":  # a plain drop would recurse
        form = form[1]  # type: ignore[assignment]


FENCED = {
    "read": "open('/etc/passwd').read()",
    "write": "open('made', 'w')",
    "shell": "__import__('os').system('true')",
    "spawn": "__import__('subprocess').run(['true'])",
    "connect": "__import__('socket').socket()",
    "kill the parent": "__import__('os').kill(1, 0)",
    "fork": "__import__('os').fork()",
    "ctypes": "__import__('ctypes').CDLL(None)",
    "remove": "__import__('os').remove('x')",
    "evaluate text": "__import__('sympy').sympify('1+1')",
}


def test_the_second_fence_stands_where_the_language_would_fail() -> None:
    """Code that got out of the language, in a process closed as a program's is."""
    script = f"""if True:
        import json, os
        from gba_jupyter.symbolic import fence
        fence.preload()
        fence.close(5.0, 1 << 30)
        outcome = {{}}
        for name, code in {FENCED!r}.items():
            try:
                exec(code)
                outcome[name] = "done"
            except Exception as error:
                outcome[name] = type(error).__name__
        print(json.dumps(outcome))
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    outcome = json.loads(done.stdout)
    assert outcome.pop("evaluate text") == "TypeError"
    assert set(outcome.values()) == {"PermissionError"}, outcome
    assert len(outcome) == len(FENCED) - 1


def test_no_file_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evaluate("2+2")
    assert os.listdir(tmp_path) == []


def test_errors_cross_as_plain_sentences() -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate("x = 1\ny = x / 0")
    assert json.dumps([caught.value.what, caught.value.fix])
    assert caught.value.what == "Line 2: division by zero."
