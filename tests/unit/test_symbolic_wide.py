"""Failures that programs catch, formats, and how exact numbers stay and read."""

import time

import pytest
import sympy

from gba_jupyter.errors import EvaluationError, LimitExceeded, ProgramRefused
from gba_jupyter.symbolic import evaluate
from gba_jupyter.symbolic.inside.arithmetic import power


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    result = 'caught'", "caught"),
        ("try:\n    int('x')\nexcept (TypeError, ValueError) as e:\n    print('no number')",
         "no number"),
        ("try:\n    [][0]\nexcept Exception as e:\n    print(e)", "list index out of range"),
        ("try:\n    {}['k']\nexcept:\n    print('bare')\nelse:\n    print('none')", "bare"),
        ("def f(n):\n    if n < 0:\n        raise ValueError('negative')\n    return n\n"
         "try:\n    f(-1)\nexcept ValueError as e:\n    print(f'Error: {e}')", "Error: negative"),
        ("try:\n    x = 4 / 2\nfinally:\n    y = 1\nx + y", "3"),
        ("try:\n    assert 1 > 2, 'odd'\nexcept AssertionError as e:\n    print(e)", "odd"),
    ],
)  # fmt: skip
def test_failures_are_caught(program: str, text: str) -> None:
    assert str(evaluate(program)) == text


@pytest.mark.parametrize("catch", ["except Exception", "except", "except RuntimeError"])
@pytest.mark.parametrize(
    "body",
    ["10**10**10", "f = lambda n: f(n + 1)\n    f(0)", "S('1+1')", "[0] * 10**11", "x.args.q"],
)
def test_no_program_swallows_a_limit_or_a_refusal(catch: str, body: str) -> None:
    with pytest.raises((LimitExceeded, ProgramRefused)):
        evaluate(f"try:\n    {body}\n{catch}:\n    print('swallowed')", timeout=2.0)


@pytest.mark.parametrize("leave", ["return 1", "break", "continue"])
def test_finally_cannot_hide_a_failure(leave: str) -> None:
    program = f"def f():\n  for i in [1]:\n    try:\n      i\n    finally:\n      {leave}\nf()"
    with pytest.raises(ProgramRefused, match="finally"):
        evaluate(program)


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("'{} {1}'.format(1, 2) if False else '{0} {1} {{}}'.format(1, 2)", "1 2 {}"),
        ("'{:.3f} {:>4} {!r}'.format(pi, 7, 'a')", "3.142    7 'a'"),
        ("'%s %d %.2f %5s|%-5s|' % ('a', 7.9, 1 / 3, 'b', 'c')", "a 7 0.33     b|c    |"),
        ("'%(n)03d' % {'n': 5}", "005"),
        ("f'{pi:.40f}'", "3.1415926535897932384626433832795028841972"),
        ("f'{2.675:.2f} {0.5:.0f} {1.5:.0f} {-2.5:.0f}'", "2.68 0 2 -2"),
        ("f'{10**30 + 0.125:,.2f}'", "1,000,000,000,000,000,000,000,000,000,000.12"),
        ("f'{1/3:.3e} {12345:.2e} {1/3:.3g}'", "3.333e-01 1.23e+04 0.333"),
        ("w = 6\nf'{3:>{w}}|{3:*^5}|{7:b}|{255:#x}'", "     3|**3**|111|0xff"),
    ],
)
def test_formats(program: str, text: str) -> None:
    assert str(evaluate(program)) == text


@pytest.mark.parametrize(
    "program",
    [
        "'{0.real}'.format(1)",
        "'{0[0]}'.format([1])",
        "'{:{}}'.format(1, 5)",
        "'{:1000000000}'.format(1)",
        "'%1000000000d' % 1",
        "'%*d' % (5, 3)",
        "'%(a.b)s' % {'a': 1}",
        "w = 10**9\nf'{1:{w}}'",
        "f'{1:.1000000000f}'",
        "f'{2.5:d}'",
        "'{} {}'.format(1)",
        "'%d' % (1, 2)",
        "'{' .format(1)",
        "x = '{0.__class__}'\nx.format(1)",
    ],
)
def test_formats_that_are_refused(program: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(program)
    assert not isinstance(caught.value, LimitExceeded) and caught.value.fix


@pytest.mark.parametrize(
    ("program", "text", "latex"),
    [
        ("27**0.24", "27**(6/25)", r"27^{\frac{6}{25}}"),
        ("27**0.24 / 2", "27**(6/25)/2", r"\frac{27^{\frac{6}{25}}}{2}"),
        ("5**2.3", "5**(23/10)", r"5^{\frac{23}{10}}"),
        ("16**(1/3)", "16**(1/3)", r"\sqrt[3]{16}"),
        ("8**(1/3)", "2", "2"),
        ("8**0.5", "2*sqrt(2)", r"2 \sqrt{2}"),
        ("27**0.24 * 27**0.76", "27", "27"),
    ],
)
def test_powers_read_as_they_were_written(program: str, text: str, latex: str) -> None:
    found = evaluate(program)
    assert (found.text, found.latex) == (text, latex)


def test_reading_a_power_changes_no_value() -> None:
    assert evaluate("27**0.24").value == sympy.Integer(27) ** sympy.Rational(6, 25)
    assert evaluate("27**0.24 == 3**0.72").text == "True"
    assert evaluate("(27**0.24)**25 - 27**6").text == "0"


@pytest.mark.parametrize(
    ("program", "begins"),
    [
        ("x = 0.1\nfor i in range(2000):\n    x = x * 1.05\nx", "2.391"),
        ("x = 2.0\nfor i in range(60):\n    x = (x + 3 / x) / 2\nx", "1.7320508075688"),
        ("x = 0.3\nfor i in range(60):\n    x = 3.9 * x * (1 - x)\nx", "0."),
        ("x = 0.5\nfor i in range(300):\n    x = cos(x)\nx", "0.7390851332151"),
    ],
)
def test_long_iterations_with_decimals_end(program: str, begins: str) -> None:
    began = time.monotonic()
    text = evaluate(program).text
    assert text.startswith(begins) and len(text) < 60
    assert time.monotonic() - began < 2


def test_numbers_stay_exact_where_it_can_be_read() -> None:
    assert evaluate("sum(1 / k for k in range(1, 1001)).q > 10**400").text == "True"
    assert evaluate("x = 1.0\nfor i in range(50):\n    x = x * 1.05\nx.p == 21**50").text == "True"
    assert evaluate("0.5 + 2**20000 - 2**20000").text == "0.5"


@pytest.mark.parametrize(
    "program", ["1 << 10**9", "x = 1\nx <<= 10**9", "round(pi, 10**8)", "stirling(10**9, 5)"]
)
def test_enormous_numbers_are_refused_at_once(program: str) -> None:
    with pytest.raises(LimitExceeded, match="more digits"):
        evaluate(program)


def test_our_square_root_is_sympy_s() -> None:
    for number in [*range(1, 2000), 97**2 * 101, 9973**2, 2 * 9973**2 // 3, 10**8 - 1]:
        assert sympy.srepr(power(number, sympy.S.Half)) == sympy.srepr(sympy.sqrt(number))


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("int(sqrt(3 + 2*sqrt(2)) - sqrt(2))", "1"),
        ("int(cos(2)**2 + sin(2)**2)", "1"),
        ("int(-3*sqrt(2)), int(10**20 * pi)", "(-4, 314159265358979323846)"),
        ("int(99**0.5), int(exp(10)), int(-pi)", "(9, 22026, -3)"),
    ],
)
def test_whole_parts_are_exact(program: str, text: str) -> None:
    assert evaluate(program).text == text


def test_an_index_is_asked_for_once() -> None:
    program = "n = iter([0, 1])\na = [3, 4]\na[next(n)] *= 5\na"
    assert evaluate(program).text == "[15, 4]"


@pytest.mark.parametrize("program", ["[sqrt]", "print(math)", "str(lambda: 0)", "str(iter([1]))"])
def test_no_address_is_ever_shown(program: str) -> None:
    with pytest.raises(EvaluationError, match="has no text"):
        evaluate(program)


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("ans = 5", "5"),
        ("answer = 2\nother = 3", "2"),
        ("total = 1\ntotal += 4", "5"),
        ("def solution():\n    return 7", "7"),
        ("def of_any_name():\n    return 8", "8"),
        ("def solution():\n    print(9)", "9"),
        ("result = 1\n2", "1"),
        ("if __name__ == '__main__':\n    x = 3\n    x + 1", "4"),
    ],
)
def test_where_the_answer_is(program: str, text: str) -> None:
    assert str(evaluate(program)) == text
