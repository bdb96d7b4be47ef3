"""Checks by another way, and pictures, as the child makes them."""

import pytest

from gba_jupyter.symbolic import Evaluation, evaluate, evidence

HOLD = [
    "solve(x**2 - 4, x)",
    "solve(x**2 == 4, x)",
    "solve([x + y - 3, x - y - 1], [x, y])",
    "solve(x**3 - 2, x)",
    "solveset(x**2 - 1, x, domain=S.Reals)",
    "nsolve(cos(x) - x, x, 1)",
    "integrate(x**2 * exp(x), x)",
    "integrate(sin(x), (x, 0, pi))",
    "integrate(exp(-x**2), (x, -oo, oo))",
    "diff(sin(x)**3 / x, x)",
    "limit(sin(x) / x, x, 0)",
    "limit((1 + 1/n)**n, n, oo)",
    "limit(1 / x, x, 0, '-')",
    "summation(k**2, (k, 1, 10))",
    "summation(1 / k**2, (k, 1, oo))",
    "expand((x + 1)**5)",
    "factor(x**4 - 1)",
    "simplify(sin(x)**2 + cos(x)**2)",
    "27**0.24",
    "result = (2 * 5)**0.8 / 2",
    "total = 0\nfor i in range(10):\n    total += i / 3\nresult = total",
    "import math\nmath.sqrt(2) + math.factorial(5)",
    "f = Function('f')\ndsolve(f(x).diff(x) - f(x), f(x))",
]


def run(program: str, **wanted: bool) -> Evaluation:
    return evaluate(program, **wanted)


@pytest.mark.parametrize("program", HOLD)
def test_a_right_answer_is_found_right(program: str) -> None:
    checks = run(program, check=True).checks
    assert checks and all(check.holds for check in checks), checks


def test_nothing_is_checked_unless_it_is_wanted() -> None:
    assert run("solve(x**2 - 4, x)").checks == ()


@pytest.mark.parametrize("program", ["'text'", "isprime(97)", "[1, 2]", "x + 1", "print(3)"])
def test_what_cannot_be_checked_is_not_claimed_to_be(program: str) -> None:
    assert run(program, check=True).checks == ()


def test_a_wrong_answer_is_found_wrong() -> None:
    # SymPy is right in all of these; so the program takes its name for something wrong.
    import ast

    import sympy

    from gba_jupyter.symbolic.inside.calls import Call
    from gba_jupyter.symbolic.inside.verify import checks

    x, k = sympy.symbols("x k")
    wrong = [
        Call("solve", (x**2 - 4, x), [1, 2]),
        Call("solve", ([x + k - 3, x - k - 1], [x, k]), {x: 2, k: 2}),
        Call("integrate", (x**2, x), x**3),
        Call("integrate", (x**2, (x, 0, 1)), sympy.Rational(1, 2)),
        Call("diff", (x**2, x), x),
        Call("limit", (sympy.sin(x) / x, x, 0), sympy.Integer(0)),
        Call("summation", (k, (k, 1, 10)), sympy.Integer(50)),
        Call("expand", ((x + 1) ** 2,), x**2 + 1),
        Call("nsolve", (sympy.cos(x) - x, 1), sympy.Float(1)),
    ]
    for call in wrong:
        (check,) = checks([call], call.result, ast.parse("0"))
        assert check["holds"] is False, call
    (check,) = checks([], sympy.sqrt(2), ast.parse("result = sqrt(3)"))
    assert check["holds"] is False


PICTURES = [
    ("x**2 - 3", "curves"),
    ("[sin(x), cos(x)]", "curves"),
    ("solve(x**2 - 4, x)", "marks"),
    ("solve(Eq(x**2, x + 2), x)", "marks"),
    ("solve([x + y - 3, x - y - 1], [x, y])", "marks"),
    ("integrate(x**2, (x, 0, 2))", "area"),
    ("diff(x**3, x)", "curves"),
    ("solveset(x**2 > 4, x, domain=S.Reals)", "spans"),
    ("x**2 + y**2 < 25", "plane"),
    ("Interval(0, 2)", "spans"),
]


@pytest.mark.parametrize(("program", "part"), PICTURES)
def test_what_was_found_is_drawn(program: str, part: str) -> None:
    from gba_jupyter.display.figures import png

    pictures = run(program, plot=True).pictures
    assert any(part in picture for picture in pictures), pictures
    for picture in pictures:
        assert png(picture).startswith(b"\x89PNG")


def test_a_program_may_ask_for_a_picture_itself() -> None:
    found = run("plot(sin(x), (x, -3, 3))\nresult = 2 + 2")
    (picture,) = found.pictures
    assert str(found) == "4"
    points = picture["curves"][0]["points"]
    assert points[0][0] == -3 and points[-1][0] == 3
    assert run("plot(x**2)").pictures


@pytest.mark.parametrize("program", ["42", "'text'", "solve(x**2 + 1, x)[0]", "[1, 2]"])
def test_where_nothing_can_be_drawn_nothing_is(program: str) -> None:
    assert len(run(program, plot=True).pictures) <= 1


def test_what_a_child_sends_is_bounded() -> None:
    deep: list[object] = []
    for _ in range(50):
        deep = [deep]
    assert evidence.read_pictures([{"curves": deep}, "no", 3]) != ()
    assert evidence.read_pictures("no") == ()
    (check,) = evidence.read_checks([{"what": "a" * 9999, "holds": "yes"}])
    assert len(check.what) == 500 and check.holds is None
