"""How often the embedded model's programs parse, run and are right, with the grammar and without.

    python tests/bench/math_questions.py [--model NAME] [--questions N]

The six questions of the experiment that this grew out of, and fifty more. Right is an answer
that equals the expected one, exactly or to five digits. Shares come with their 95 % interval
(Wilson).
"""

from __future__ import annotations

import argparse
import math
from collections import Counter

import sympy

import gba_jupyter as gba
from gba_jupyter.errors import EvaluationError, ProgramRefused
from gba_jupyter.events import Evaluated
from gba_jupyter.symbolic import check, evaluate
from gba_jupyter.symbolic.interpreter import MathInterpreter

# A question, and a program of the math language that answers it.
QUESTIONS = [
    ("What is the result of 2 times 5, then raised to the power of 0.8 and divided by 2",
     "(2*5)**0.8/2"),
    ("What is 73 raised to the 0.24 power?", "73**0.24"),
    ("27^0.24", "27**0.24"),
    ("Give me the result of 3*4", "3*4"),
    ("What is (2+17+3) raised to the power of 0.5?", "(2+17+3)**0.5"),
    ("What is the result of three plus four, divided by two, then multiplied by seven point "
     "five-seven and then raised to the power of 1.34", "((3+4)/2*7.57)**1.34"),
    ("What is 17 times 23?", "17*23"),
    ("What is 144 divided by 12?", "144/12"),
    ("Add 125 and 378.", "125+378"),
    ("Subtract 49 from 100.", "100-49"),
    ("What is 2 to the power of 10?", "2**10"),
    ("What is the square root of 144?", "sqrt(144)"),
    ("What is the square root of 2?", "sqrt(2)"),
    ("What is 15 percent of 80?", "80*15/100"),
    ("What is the cube of 7?", "7**3"),
    ("What is 1/3 plus 1/6?", "1/3+1/6"),
    ("What is 10 factorial?", "factorial(10)"),
    ("What is the remainder of 100 divided by 7?", "100 % 7"),
    ("What is the greatest common divisor of 84 and 36?", "gcd(84, 36)"),
    ("What is the least common multiple of 12 and 18?", "lcm(12, 18)"),
    ("Is 97 prime?", "isprime(97)"),
    ("How many ways are there to choose 3 out of 10?", "binomial(10, 3)"),
    ("What is the sine of pi over 6?", "sin(pi/6)"),
    ("What is the cosine of 0?", "cos(0)"),
    ("What is the natural logarithm of 10?", "log(10)"),
    ("What is e squared?", "E**2"),
    ("What is the area of a circle of radius 3?", "pi*9"),
    ("What is the hypotenuse of a right triangle with sides 3 and 4?", "5"),
    ("What is the average of 4, 8 and 15?", "(4+8+15)/3"),
    ("What is 0.1 plus 0.2?", "0.1+0.2"),
    ("What is 7 minus 12?", "7-12"),
    ("What is half of 37?", "37/2"),
    ("Solve x + 3 = 10.", "[7]"),
    ("Solve 2*x = 14.", "[7]"),
    ("Solve x**2 = 9.", "[-3, 3]"),
    ("Solve x**2 - 5*x + 6 = 0.", "[2, 3]"),
    ("Solve 3*x - 7 = 2*x + 5.", "[12]"),
    ("Differentiate x**3.", "3*x**2"),
    ("What is the derivative of sin(x)?", "cos(x)"),
    ("What is the derivative of x**2 + 3*x?", "2*x + 3"),
    ("Integrate x**2 from 0 to 3.", "9"),
    ("What is the integral of cos(x)?", "sin(x)"),
    ("What is the integral of 2*x?", "x**2"),
    ("What is the limit of sin(x)/x as x goes to 0?", "1"),
    ("Expand (x + 1)**2.", "x**2 + 2*x + 1"),
    ("Factor x**2 - 9.", "(x - 3)*(x + 3)"),
    ("Simplify sin(x)**2 + cos(x)**2.", "1"),
    ("What is the sum of the numbers from 1 to 100?", "5050"),
    ("What is the sum of k**2 for k from 1 to 10?", "385"),
    ("A shirt costs 40 dollars and is reduced by 25 percent. What does it cost now?", "30"),
    ("A train goes 60 km per hour for 2.5 hours. How far does it go?", "150"),
    ("If 5 apples cost 4 dollars, what do 8 apples cost?", "32/5"),
    ("How many minutes are there in 3 hours and 20 minutes?", "200"),
    ("A rectangle is 7 by 12. What is its area?", "84"),
    ("What is 1000 at 5 percent interest for 3 years, compounded yearly?", "1000*1.05**3"),
    ("What is 5 plus 3 times 2?", "11"),
]  # fmt: skip


def same(answer: str, expected: str) -> bool:
    """Whether an answer equals the expected one, exactly or to five digits.

    It is compared in the sandbox: what a model computes may be monstrous.
    """
    answers, wanted = _list(answer), _list(expected)
    differences = f"[N(simplify(a - b)) for a, b in zip(sorted({answers}), sorted({wanted}))]"
    program = f"len({answers}) == len({wanted}) and max(map(abs, {differences} + [0])) < 1e-5"
    try:
        return bool(evaluate(program).value == sympy.true) or answer == str(evaluate(expected))
    except EvaluationError:  # of different kinds, or beyond comparing
        return False


def _list(text: str) -> str:
    return text if text.startswith("[") else f"[{text}]"


def outcome(interpreter: MathInterpreter, question: str, expected: str) -> list[str]:
    """What became of the first program, and of the answer in the end."""
    told: list[Evaluated] = []
    try:
        result = interpreter.solve(
            question, lambda e: told.append(e) if isinstance(e, Evaluated) else None
        )
        found = ["answered", *(["right"] if same(str(result), expected) else [])]
    except EvaluationError:
        found = []
    try:
        check(told[0].program)
        found.append("first parses")
    except ProgramRefused:
        pass
    return [*found, *([] if told[0].is_error else ["first runs"])]


def interval(hits: int, of: int) -> str:
    """The share and its 95 % interval."""
    z, p = 1.96, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = 100 * (middle - half), 100 * (middle + half)
    return f"{hits}/{of} = {100 * p:.0f} % ({low:.0f} to {high:.0f})"


def main() -> None:
    """Run on the embedded server."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=len(QUESTIONS))
    given = parser.parse_args()
    asked = QUESTIONS[: given.questions]
    with gba.serve() as server:
        model = gba.ChatLlamaGBNF(base_url=server.url, api_key=server.api_key)
        for name, free in (("under the grammar", False), ("free", True)):
            interpreter = MathInterpreter(model, free=free)
            counts: Counter[str] = Counter()
            for question, expected in asked:
                found = outcome(interpreter, question, expected)
                counts.update(found)
                print(f"  {'+' if 'right' in found else '-'} {question[:60]}: {', '.join(found)}")
            print(name, flush=True)
            for what in ("first parses", "first runs", "answered", "right"):
                print(f"  {what:12} {interval(counts[what], len(asked))}", flush=True)


if __name__ == "__main__":
    main()
