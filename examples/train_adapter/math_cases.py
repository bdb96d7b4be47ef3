# ruff: noqa: E501 - tables are read by the line
"""Questions, and the programs of the math language that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gba_jupyter import evaluate

from .cases import MathCase
from .pools import Pools
from .spoken import spoken
from .templates import expand, fill, slots
from .wordings import dressed

TRAINING: tuple[tuple[str, str, str], ...] = (
    ("times", "(What is|Give me the result of|Calculate|) {a} (times|*|multiplied by) {b}", "{a} * {b}"),
    ("plus", "(What is|Give me the result of|Compute|) {a} (plus|+) {b}", "{a} + {b}"),
    ("minus", "(What is|Calculate|) {a} (minus|-) {b}", "{a} - {b}"),
    ("over", "(What is|Calculate|) {a} (divided by|/) {b}", "{a} / {b}"),
    ("power", "What is {a} raised to the {p} power", "{a}**{p}"),
    ("power", "(What is|Compute|) {a} to the power of {p}", "{a}**{p}"),
    ("power", "(What is |){a}^{p}", "{a}**{p}"),
    ("power", "(Compute |){a} ** {p}", "{a}**{p}"),
    ("mixed", "What is <{a} + {b} + {c}> raised to the power of {p}", "({a} + {b} + {c})**{p}"),
    ("mixed", "What is <{a} * {b}> / {c}", "({a} * {b}) / {c}"),
    ("mixed", "(Calculate |){a} + {b} * {c}", "{a} + {b} * {c}"),
    ("mixed", "(What is|Compute) <{a} - {b}> * {c}", "({a} - {b}) * {c}"),
    ("chain", "What is the result of {a} times {b}, then raised to the power of {p} and divided by {c}",
     "(({a} * {b})**{p}) / {c}"),
    ("chain", "(What is|Give me) the result of {a} plus {b}, divided by {c}, then multiplied by {d}",
     "(({a} + {b}) / {c}) * {d}"),
    ("chain", "(What is|Compute) {a} plus {b}, divided by {c}, then multiplied by {d} and then raised"
     " to the power of {p}", "((({a} + {b}) / {c}) * {d})**{p}"),
    ("chain", "Take {a}, (add|add to it) {b} and multiply by {c}", "({a} + {b}) * {c}"),
    ("chain", "Subtract {b} from {a} and divide (the result |)by {c}", "({a} - {b}) / {c}"),
    ("chain", "{a} minus {b}, then squared", "({a} - {b})**2"),
    ("percent", "(What is|How much is|) {a} (percent|%) of {b}", "{a} / 100 * {b}"),
    ("percent", "(Increase|Raise) {b} by {a} percent", "{b} * (1 + {a} / 100)"),
    ("percent", "A (coat|book|lamp|bike) costs {b} and is {k} percent off: what is the price",
     "{b} * (1 - {k} / 100)"),
    ("percent", "{a} of {b} (people|votes|apples): how many percent is that", "{a} / {b} * 100"),
    ("root", "(What is |)the square root of {a}", "sqrt({a})"),
    ("root", "sqrt<{a}>", "sqrt({a})"),
    ("root", "(What is |)the cube root of {a}", "cbrt({a})"),
    ("words", "{name} has {a} (apples|coins|cards) and (gets|buys) {b} more: how many are there",
     "{a} + {b}"),
    ("words", "{name} had {a} (marbles|eggs) and lost {k}. How many are left", "{a} - {k}"),
    ("words", "A box holds {k} (pens|cups|bolts). How many are in {m} boxes", "{k} * {m}"),
    ("words", "{a} (sweets|coins) are shared by {k} children: how many does each get", "{a} / {k}"),
    ("words", "A (car|train|bus) goes {a} km in {k} hours: how fast is it", "{a} / {k}"),
    ("words", "A (car|train) drives {a} km/h for {k} hours: how far does it get", "{a} * {k}"),
    ("words", "{name} buys {k} (shirts|tickets) for {a} each and pays {d} for shipping: what is the total",
     "{k} * {a} + {d}"),
    ("interest", "{b} at {k} percent interest for {m} years: what is it then",
     "{b} * (1 + {k} / 100)**{m}"),
    ("linear", "Solve {k} * x + {m} = {b}", "solve(Eq({k} * x + {m}, {b}), x)"),
    ("linear", "Solve {k}x - {m} = {b}( for x|)", "solve(Eq({k} * x - {m}, {b}), x)"),
    ("linear", "(For which x|When) is {k} * x equal to {b}", "solve(Eq({k} * x, {b}), x)"),
    ("quadratic", "Solve x^2 - {k} x + {m} = 0", "solve(x**2 - {k} * x + {m}, x)"),
    ("quadratic", "(Find the roots of|What are the roots of) x**2 + {k} * x - {m}",
     "solve(x**2 + {k} * x - {m}, x)"),
    ("quadratic", "Solve x^2 = {b}", "solve(Eq(x**2, {b}), x)"),
    ("system", "Solve x + y = {b} and x - y = {k}", "solve([x + y - {b}, x - y - {k}], [x, y])"),
    ("derivative", "(What is the derivative of|Differentiate) x^{m}", "diff(x**{m}, x)"),
    ("derivative", "(Differentiate|Derive) {k} * x**{m} + {b} * x", "diff({k} * x**{m} + {b} * x, x)"),
    ("derivative", "(What is the derivative of|Differentiate) (sin|the sine)<{k}x>",
     "diff(sin({k} * x), x)"),
    ("derivative", "the derivative of exp<{k} * x>", "diff(exp({k} * x), x)"),
    ("integral", "(Integrate|What is the integral of) x^{m} from {k} to {b}",
     "integrate(x**{m}, (x, {k}, {b}))"),
    ("integral", "(Integrate|Find the antiderivative of) {k} * x**{m}", "integrate({k} * x**{m}, x)"),
    ("integral", "(Integrate|What is the integral of) cos<{k}x>", "integrate(cos({k} * x), x)"),
    ("limit", "(What is the|Find the) limit of sin<{k}x>/x (as|when) x goes to 0",
     "limit(sin({k} * x) / x, x, 0)"),
    ("limit", "limit of <x^2 - {k}>/<x + {m}> for x to {b}", "limit((x**2 - {k}) / (x + {m}), x, {b})"),
    ("gcd", "(What is the|Find the|) (gcd|greatest common divisor) of {i} and {j}", "gcd({i}, {j})"),
    ("lcm", "(What is the|Find the|) (lcm|least common multiple) of {i} and {j}", "lcm({i}, {j})"),
    ("factorial", "(What is |){m}!", "factorial({m})"),
    ("factorial", "(What is the |)factorial of {m}", "factorial({m})"),
    ("factorial", "In how many orders can {m} (books|people) stand", "factorial({m})"),
    ("prime", "Is {i} (a |)prime( number|)", "isprime({i})"),
    ("binomial", "How many ways are there to choose {m} of {i}", "binomial({i}, {m})"),
    ("binomial", "{i} choose {m}", "binomial({i}, {m})"),
    ("sums", "(Sum|Add) (all |)(whole |)numbers from {m} to {i}", "summation(k, (k, {m}, {i}))"),
    ("sums", "the sum of the squares from {m} to {i}", "summation(k**2, (k, {m}, {i}))"),
    ("sums", "the product of the numbers from {k} to {m}", "product(n, (n, {k}, {m}))"),
    ("fraction", "(What is |){k}/{m} + {c}/{d}", "{k} / {m} + {c} / {d}"),
    ("fraction", "(What is |){k}/{i} plus {m}/{j}", "{k} / {i} + {m} / {j}"),
    ("average", "(What is the |)(average|mean) of {a}, {b} and {c}", "({a} + {b} + {c}) / 3"),
    ("average", "(What is the |)(average|mean) of {a} and {b}", "({a} + {b}) / 2"),
    ("most", "(Which|What) is the (largest|biggest) of {a}, {b} and {c}", "Max({a}, {b}, {c})"),
    ("least", "the (smallest|least) of {a}, {b} and {c}", "Min({a}, {b}, {c})"),
    ("area", "(What is the |)area of a circle (of|with) radius {a}", "pi * {a}**2"),
    ("area", "(What is the |)area of a rectangle of {a} (by|times) {b}", "{a} * {b}"),
    ("area", "area of a triangle with base {a} and height {b}", "{a} * {b} / 2"),
    ("area", "the hypotenuse of a right triangle with legs {a} and {b}", "sqrt({a}**2 + {b}**2)"),
    ("volume", "(What is the |)volume of a (cube|die) with side {a}", "{a}**3"),
    ("circumference", "the circumference of a circle with radius {a}", "2 * pi * {a}"),
    ("remainder", "(What is the |)remainder of {i} divided by {m}", "{i} % {m}"),
    ("rounded", "Round {a} / {c} to {r} digits", "round({a} / {c}, {r})"),
    ("log", "(What is the |)natural logarithm of {a}", "log({a})"),
    ("log", "(What is the |)logarithm of {a} to (the |)base {m}", "log({a}, {m})"),
    ("trig", "(What is |)(the |)sine of pi / {m}", "sin(pi / {m})"),
    ("expand", "(Expand|Multiply out) <x + {k}> * <x - {m}>", "expand((x + {k}) * (x - {m}))"),
    ("factor", "Factor x^2 - {i}", "factor(x**2 - {i})"),
    ("abs", "the absolute value of {a} - {b}", "Abs({a} - {b})"),
    ("times", "{name} works {k} days and earns {a} a day: how much is that", "{k} * {a}"),
    ("times", "(Each|Every) of {k} (bags|shelves|pages) holds {a} (beans|books|words). How many in all", "{k} * {a}"),
    ("times", "One (ticket|loaf|liter) costs {a}. What do {k} cost", "{k} * {a}"),
    ("times", "{k} (rooms|tables|cars) with {m} (chairs|seats|windows) each: how many (are there|in all)", "{k} * {m}"),
    ("times", "the product of {a} and {b}", "{a} * {b}"),
    ("times", "{a} multiplied with {b}", "{a} * {b}"),
    ("plus", "(Add|Put together) {a} and {b}", "{a} + {b}"),
    ("plus", "the sum of {a}, {b} and {c}", "{a} + {b} + {c}"),
    ("plus", "{name} walks {a} km, then {b} km and then {c} km. How far is that", "{a} + {b} + {c}"),
    ("plus", "{a} more than {b}", "{b} + {a}"),
    ("minus", "(Take|Subtract) {a} from {b}", "{b} - {a}"),
    ("minus", "the difference between {a} and {b}", "{a} - {b}"),
    ("minus", "{name} has {a} euros and spends {b}. What is left", "{a} - {b}"),
    ("minus", "By how much is {a} larger than {b}", "{a} - {b}"),
    ("over", "(Split|Divide) {a} (by|into) {k}( parts|)", "{a} / {k}"),
    ("over", "the quotient of {a} and {b}", "{a} / {b}"),
    ("over", "What is {a} over {b}", "{a} / {b}"),
    ("over", "one {m}th of {a}", "{a} / {m}"),
    ("chain", "Multiply {a} by {b} and divide that by {c}", "{a} * {b} / {c}"),
    ("chain", "Add {a} to {b}; then take away {c}", "{a} + {b} - {c}"),
    ("chain", "{a} times {b}; (then |)minus {c}", "{a} * {b} - {c}"),
    ("chain", "Divide {a} by {b}, then raise it to the power of {p}", "({a} / {b})**{p}"),
    ("power", "Raise {a} to the power of {p}", "{a}**{p}"),
    ("power", "{a} squared", "{a}**2"),
    ("power", "(the cube of {a}|{a} cubed)", "{a}**3"),
    ("percent", "{k} percent of the {b} (pupils|houses|trees) are (new|old|green). How many are that", "{b} * {k} / 100"),
    ("percent", "A rent of {b} rises by {k} percent. What is the new one", "{b} * (1 + {k} / 100)"),
    ("percent", "Reduce {b} by {k} percent", "{b} * (1 - {k} / 100)"),
    ("linear", "(Find|What is) x if {k}x + {m} = {b}", "solve(Eq({k} * x + {m}, {b}), x)"),
    ("linear", "I double a number and add {m}: it is {b}. What is the number", "solve(Eq(2 * x + {m}, {b}), x)"),
    ("linear", "{k} times a number is {b}. Which number", "solve(Eq({k} * x, {b}), x)"),
    ("linear", "A number plus {m} equals {b}: find it", "solve(Eq(x + {m}, {b}), x)"),
    ("linear", "{k} times which number less {m} gives {b}", "solve(Eq({k} * x - {m}, {b}), x)"),
    ("quadratic", "Where does x^2 - {k}x - {m} (cross|touch) the x axis", "solve(x**2 - {k} * x - {m}, x)"),
    ("quadratic", "(Solve|Find x:) x^2 + {k}x + {m} = 0", "solve(x**2 + {k} * x + {m}, x)"),
    ("quadratic", "the solutions of x^2 + {k}x = {b}", "solve(Eq(x**2 + {k} * x, {b}), x)"),
    ("derivative", "the derivative of x^{m} + {b}x", "diff(x**{m} + {b} * x, x)"),
    ("derivative", "How steep is the curve x^{m} - {k}x^2", "diff(x**{m} - {k} * x**2, x)"),
    ("integral", "the area below the curve x^{m} from {k} to {b}", "integrate(x**{m}, (x, {k}, {b}))"),
    ("gcd", "the biggest number that goes into {i} and {j}", "gcd({i}, {j})"),
    ("lcm", "Two buses come every {i} and every {j} minutes. When do they come together again", "lcm({i}, {j})"),
    ("binomial", "How many teams of {m} can be made of {i} people", "binomial({i}, {m})"),
    ("binomial", "{name} takes {m} of {i} cards: how many hands are possible", "binomial({i}, {m})"),
    ("factorial", "How many ways are there to line up {m} (children|bottles)", "factorial({m})"),
    ("factorial", "{m} runners: in how many orders can they finish", "factorial({m})"),
    ("area", "How big is a round (table|pool|garden) with radius {a}", "pi * {a}**2"),
    ("area", "How long is the diagonal of a rectangle of {a} by {b}", "sqrt({a}**2 + {b}**2)"),
    ("average", "(halfway|the middle) between {a} and {b}", "({a} + {b}) / 2"),
)  # fmt: skip
"""Family, wordings (``<>`` stand for parentheses), expression."""

HELD_OUT: tuple[tuple[str, str, str], ...] = (
    ("product_of", "Find {a} lots of {b}", "{a} * {b}"),
    ("take_away", "If I take {a} away from {b}, what remains", "{b} - {a}"),
    ("altogether", "How much do {a}, {b} and {c} make altogether", "{a} + {b} + {c}"),
    ("exponent", "{a} with the exponent {p} gives what", "{a}**{p}"),
    ("then_over", "Multiply {a} with {b}; what is that over {c}", "{a} * {b} / {c}"),
    ("discount", "The shop takes {k} percent away from {b} dollars. What do I pay", "{b} * (1 - {k} / 100)"),
    ("share_of", "In a town of {b} souls, {k} percent ski. How many ski", "{b} * {k} / 100"),
    ("wages", "Someone earns {a} an hour and works {k} hours. What are the wages", "{a} * {k}"),
    ("rows", "A cinema has {k} rows with {i} seats. How many seats has it", "{k} * {i}"),
    ("unknown", "Which number times {k}, plus {m}, makes {b}", "solve(Eq({k} * x + {m}, {b}), x)"),
    ("zeros", "At which x is x^2 + {k}x + {m} zero", "solve(x**2 + {k} * x + {m}, x)"),
    ("slope", "Give the slope function of x^{m} - {b}x", "diff(x**{m} - {b} * x, x)"),
    ("area_under", "How large is the area under x^{m} between {k} and {b}", "integrate(x**{m}, (x, {k}, {b}))"),
    ("shared_divisor", "Which is the largest number that divides both {i} and {j}", "gcd({i}, {j})"),
    ("meet_again", "Lights blink every {i} and every {j} seconds. After how many do they meet", "lcm({i}, {j})"),
    ("lottery", "Drawing {m} balls out of {i}: how many possible draws", "binomial({i}, {m})"),
    ("seating", "{m} guests, {m} chairs: how many seatings", "factorial({m})"),
    ("pond", "How large is a round pond whose radius is {a} m", "pi * {a}**2"),
    ("midpoint", "Which number lies in the middle of {a} and {b}", "({a} + {b}) / 2"),
    ("ladder", "How long is the diagonal of a {a} by {b} field", "sqrt({a}**2 + {b}**2)"),
)  # fmt: skip

_DRAW = {"i": "int(5,60)", "j": "int(5,90)", "k": "int(2,12)", "m": "int(2,9)", "r": "int(1,4)"}


def cases(pools: Pools) -> Iterator[MathCase]:
    """Math cases without end."""
    rng = pools.rng
    table = HELD_OUT if pools.held_out else TRAINING
    while True:
        family, template, form = rng.choice(table)
        wide = rng.choice(("int(2,20)", "int(2,99)", "int(2,2000)", "num(1,20,2)", "num(1,90,1)"))
        in_words = rng.random() < 0.25
        shown, values = {}, {}
        for name in dict.fromkeys(slots(template) + slots(form)):
            if name == "name":
                shown[name] = pools.draw("first").text
                continue
            kind = _DRAW.get(name, wide if rng.random() < 0.6 else "int(2,60)")
            if name == "p":
                kind = rng.choice(("num(0,2,2)", "num(0,2,1)", "int(2,5)"))
            if family in ("integral", "limit", "area_under", "quadratic") and name not in _DRAW:
                kind = "int(2,60)"
            values[name] = shown[name] = pools.draw(kind).text
            apart = f" {{{name}}} " in f" {re.sub('[,.]', ' ', template)} "
            if apart and rng.random() < (0.5 if in_words else 0.1):
                shown[name] = spoken(shown[name], rng.random() < 0.5)
        question = dressed(expand(template, rng).strip(), rng, pools.held_out)
        question = fill(question, shown).replace("<", "(").replace(">", ")")
        if rng.random() < 0.6 and question[-1] not in "?.!":
            question += rng.choice("??.")
        program = f"result = {fill(form, values)}"
        if answer := _answer(program):
            yield MathCase(family, template, question, program, answer)


def _answer(program: str) -> str:
    try:
        return str(evaluate(program))
    except Exception:
        return ""
