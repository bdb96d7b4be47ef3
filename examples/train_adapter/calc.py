# ruff: noqa: E501 - tables are read by the line
"""Calculations in words, as expressions, with their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from .pools import Pools
from .tables import Family, families
from .templates import expand, fill, slots

FAMILY: Family = families("""
calculate math
n calculate compute eval evaluate solve ; expression math formula calculation
d Works out a mathematical expression or question exactly. / Calculates an expression. / Evaluates arithmetic.
a expression:expression,formula,expr,input=word
q {expression}
w a calculation
v value=int(0,9)
r {value}
f The result is {value}.
""")[0]  # fmt: skip

TRAINING: tuple[tuple[str, str], ...] = (
    ("(What is|Calculate|Compute|How much is) {a} (times|multiplied by) {b}", "{a} * {b}"),
    ("(What is|Calculate|Work out) {a} plus {b}", "{a} + {b}"),
    ("(What is|Calculate) {a} minus {b}", "{a} - {b}"),
    ("(What is|Compute) {a} divided by {b}", "{a} / {b}"),
    ("(What is|Calculate) {a} (raised |)to the (power of {p}|{p} power)", "{a} ** {p}"),
    ("(What is|Compute|) {a}^{p}", "{a}^{p}"),
    ("(What is|Compute|) {a} ** {p}", "{a} ** {p}"),
    ("(What is|Compute|) {a} * {b} + {c}", "{a} * {b} + {c}"),
    ("(What is|Compute|Calculate) <{a} + {b}> * {c}", "({a} + {b}) * {c}"),
    ("(What is|Calculate) <{a} * {b}> raised to power of {p} divided by {c}",
     "({a} * {b}) ** {p} / {c}"),
    ("(What is|Calculate) {a} times {b}, then divided by {c}", "{a} * {b} / {c}"),
    ("(Add|Sum up) {a} and {b} and (multiply|then multiply) by {c}", "({a} + {b}) * {c}"),
    ("(Take|Subtract) {a} from {b}", "{b} - {a}"),
    ("the square root of {a}", "sqrt({a})"),
    ("(What is|How much is) {b} percent of {a}", "{b} / 100 * {a}"),
    ("the sum of {a}, {b} and {c}", "{a} + {b} + {c}"),
    ("the product of {a} and {b}", "{a} * {b}"),
    ("the average of {a} and {b}", "({a} + {b}) / 2"),
    ("(What is|Compute) <{a} - {b}> raised to the power of {p}", "({a} - {b}) ** {p}"),
    ("{a}/{b} + {c}", "{a} / {b} + {c}"),
    ("half of {a}", "{a} / 2"),
    ("the square of {a}", "{a} ** 2"),
    ("the cube of {a} minus {b}", "{a} ** 3 - {b}"),
    ("{a} boxes hold {b} things each, how many things", "{a} * {b}"),
)  # fmt: skip
"""Wordings, and their expressions; ``<>`` stand for parentheses."""

HELD_OUT: tuple[tuple[str, str], ...] = (
    ("If I multiply {a} with {b}, what do I get", "{a} * {b}"),
    ("{a} less {b} makes what", "{a} - {b}"),
    ("I share {a} between {b} friends: how much has each", "{a} / {b}"),
    ("Put {a} to the exponent {p}", "{a} ** {p}"),
    ("Please evaluate <{a} - {b}> / {c}", "({a} - {b}) / {c}"),
    ("{a} and {b} together, times {c}", "({a} + {b}) * {c}"),
)

AFTER: tuple[tuple[str, str], ...] = (
    ("raised to the {p} power", "{n}^{p}"),
    ("raised to the power of {p}", "{n} ** {p}"),
    ("times {c}", "{n} * {c}"),
    ("multiplied by {c}", "{n} * {c}"),
    ("divided by {c}", "{n} / {c}"),
    ("plus {c}", "{n} + {c}"),
    ("minus {c}", "{n} - {c}"),
    ("squared", "{n} ** 2"),
)
"""What may be done with a number that a search gave."""

AFTER_HELD_OUT: tuple[tuple[str, str], ...] = (
    ("after adding {c}", "{n} + {c}"),
    ("taken {c} times", "{n} * {c}"),
    ("to the exponent {p}", "{n} ** {p}"),
)


@dataclass(frozen=True)
class Sum:
    """A calculation: how it is asked, its expression and its value."""

    template: str
    text: str
    expression: str
    value: str


def calculation(pools: Pools) -> Sum:
    """A calculation of its own."""
    template, form = pools.rng.choice(HELD_OUT if pools.held_out else TRAINING)
    return _sum(pools, template, form, {})


def after(pools: Pools, number: str) -> Sum:
    """A calculation with a number that is known already."""
    template, form = pools.rng.choice(AFTER_HELD_OUT if pools.held_out else AFTER)
    return _sum(pools, template, form, {"n": number})


def _sum(pools: Pools, template: str, form: str, known: dict[str, str]) -> Sum:
    values = dict(known)
    for name in sorted(set(slots(template) + slots(form)) - set(known)):
        values[name] = _number(name, pools)
    text = fill(expand(template, pools.rng), values).replace("<", "(").replace(">", ")").strip()
    expression = fill(form, values)
    return Sum(template, text, expression, value_of(expression))


def _number(name: str, pools: Pools) -> str:
    rng: Random = pools.rng
    if name == "p":
        return rng.choice([str(rng.randint(2, 4)), pools.draw("num(0,3,2)").text])
    if rng.random() < 0.3:
        return pools.draw("num(1,90,2)").text
    return str(pools.number(2, rng.choice((30, 400, 9000))))


def value_of(expression: str) -> str:
    """The value, to six digits; the expressions are our own."""
    code = re.sub(r"sqrt\((.*?)\)", r"(\1) ** 0.5", expression.replace("^", "**"))
    value = eval(code)
    if isinstance(value, complex):
        return f"{value.real:.6g} + {value.imag:.6g}*I"
    if isinstance(value, int):
        return str(value)
    exact = f"{value:.10g}"
    rounded = exact if len(exact) <= 10 else f"{value:.6g}"
    return f"{value:.2f}" if "e" in rounded and abs(value) > 1 else rounded
