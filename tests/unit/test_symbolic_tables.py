"""The tables of names: each name stands for something, and nothing behind them reads text."""

from typing import Any

import pytest
import sympy
from sympy.parsing import sympy_parser

from gba_jupyter.errors import EvaluationError
from gba_jupyter.symbolic import evaluate
from gba_jupyter.symbolic.inside.calls import Calls
from gba_jupyter.symbolic.inside.functions import OUR
from gba_jupyter.symbolic.inside.namespace import modules, table
from gba_jupyter.symbolic.language import libraries, members, names

FROM_PYTHON = names.BUILTINS | names.EXCEPTIONS | {"print", "pprint"}


def test_every_module_offers_what_its_table_says() -> None:
    tables = modules(print, print, Calls())
    assert set(tables) == libraries.MODULES - libraries.DROPPED
    for name, offered in tables.items():
        expected = libraries.LIBRARIES.get(name)
        assert set(offered) >= libraries.members(name) - libraries.SUBMODULES - {"S"}
        assert expected is None or set(offered) == expected, name


def test_our_functions_are_all_used_and_all_there() -> None:
    targets = {f.target[4:] for f in names.FUNCTIONS.values() if f.target.startswith("our.")}
    assert targets - set(OUR) == {"print", "plot", "isinstance"}
    assert set(OUR) - targets == {"tau"}


def test_no_name_is_hidden_or_leads_out() -> None:
    every = names.NAMES | members.METHODS | libraries.SUBMODULES
    every = every.union(*libraries.LIBRARIES.values())
    assert not [name for name in every if name.startswith("_")]
    doors = "sympify parse_expr lambdify eval exec compile open input getattr setattr vars type"
    doors += " globals locals func namedtuple attrgetter methodcaller autowrap preview test"
    assert every & set(doors.split()) == {"open", "eval"}  # Interval.open, Poly.eval
    assert not names.NAMES & set(doors.split())


@pytest.mark.parametrize("name", sorted(set(names.FUNCTIONS) - FROM_PYTHON))
def test_no_function_reads_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []
    monkeypatch.setattr(sympy_parser, "parse_expr", lambda *args, **_: read.append(args))
    function, x, text = table()[name], sympy.Symbol("x"), "x + 1"
    for arguments in (
        [text], [[text]], [(text,), x], [x, text], [x, [text]], [{x: text}], [iter([text])],
        [{text: x}.keys()], [x, x, text], [2, 2, lambda *_: text], [[[text]], x],
    ):  # fmt: skip
        try:
            function(*arguments)
        except Exception:
            continue
    assert not [call for call in read if text in call]


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("from itertools import product\nlist(product([1], [2, 3]))", "[(1, 2), (1, 3)]"),
        ("from itertools import *\nlen(list(product([1, 2], repeat=3)))", "8"),
        ("import itertools as it\nproduct(n, (n, 1, 4)) + len(list(it.product([1])))", "25"),
        ("math = 5\nimport math\nmath.sqrt(4)", "2"),
        ("import sympy.ntheory\nsympy.ntheory.isprime(7)", "True"),
        ("from typing import List, Optional\ndef f(a: List[int]) -> Optional[int]:\n"
         "    return a[0]\nf([4])", "4"),
        ("def f():\n    from math import comb\n    return comb(4, 2)\nf()", "6"),
        ("from datetime import date\nfrom dateutil.relativedelta import relativedelta\n"
         "d = date(2024, 1, 31) + relativedelta(months=1)\nprint(d, d - relativedelta(years=1))",
         "2024-02-29 2023-02-28"),
        ("from dateutil.relativedelta import relativedelta\nfrom datetime import date\n"
         "age = relativedelta(date(2024, 3, 1), date(1990, 5, 17))\n"
         "(age.years, age.months, age.days)", "(33, 9, 13)"),
    ],
)  # fmt: skip
def test_import_lines(program: str, text: str) -> None:
    assert str(evaluate(program)) == text


@pytest.mark.parametrize(
    ("program", "what", "fix"),
    [
        ("import random", "random cannot be imported", "the same in every run"),
        ("import time", "time cannot be imported", "the clock"),
        ("import scipy.optimize", "scipy.optimize cannot be imported", "Use math or SymPy."),
        ("import numpy as np\nnp.array([1])", "Line 2: .array is not allowed", "math or SymPy"),
        ("from numpy import linalg", "linalg is not available", "Use math or SymPy."),
        ("from sympy import lambdify", "lambdify is not available", "SymPy"),
        ("from collections import namedtuple", "namedtuple is not available", "formula"),
        ("from operator import attrgetter", "attrgetter is not available", "formula"),
        ("permutations([1])", "permutations is not known", "from itertools import permutations"),
        ("n = input()", "input is not allowed", "write the number into the program"),
        ("from datetime import date\ndate.today()", "present date", "date(2024, 1, 31)"),
        ("import datetime\ndatetime.datetime.now()", "present date", "date(2024, 1, 31)"),
        ("from datetime import date\ndate(2024, 1, 1).strftime('%Q')", "date format", "%Y-%m-%d"),
        ("@property\ndef f(): pass", "decorators other than cache", "plain function"),
        ("import decimal\ndecimal.getcontext()", "numbers are exact", "Leave getcontext out"),
    ],
)
def test_refusals_say_what_to_do(program: str, what: str, fix: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(program)
    assert what in caught.value.what and caught.value.what.startswith("Line ")
    assert fix in caught.value.fix
