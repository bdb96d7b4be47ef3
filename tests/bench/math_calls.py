"""What a math program costs, and how exactly its limits are kept.

    python tests/bench/math_calls.py [--rounds N]

The alternative, taken in the same run: a fresh ``python -c`` per program, with ``sympify`` in it,
which is safe in no way. Figures are medians, with the least and the greatest.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import psutil

from gba_jupyter.errors import LimitExceeded
from gba_jupyter.symbolic.limits import Limits
from gba_jupyter.symbolic.sandbox import Sandbox

PROGRAMS = ["2+2", "diff(sin(x)*exp(x), x)", "solve(x**2 - x - 1, x)"]
HUNGRY = {
    "a loop in Python": "while True: pass",
    "one product of integers, in C": "n = 7**100000\nwhile True: n = n * n",
    "one number to text, in C": "n = 7**100000\nfor i in range(7): n = n * n\nstr(n)",
    "a sum over a range, in C": "sum(range(10**15))",
    "factorint": "factorint(10**120 + 7)",
    "a determinant in SymPy": "Matrix(60, 60, lambda i, j: x**(i * j) + i + y**j).det()",
    "a list that grows": "a = [0]\nwhile True: a += [0] * 1000",
}
FRESH = "import sys, sympy; print(sympy.sympify(sys.argv[1]))"
TIMEOUT = 1.0


def spread(values: list[float], unit: str = "ms", scale: float = 1000) -> str:
    """Median, least and greatest."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle * scale:8.1f} {unit}  ({least * scale:.1f} to {most * scale:.1f})"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fresh(program: str) -> None:
    """The alternative: a process of its own for each program."""
    subprocess.run([sys.executable, "-c", FRESH, program], check=True, capture_output=True)


def cold() -> None:
    """The first program of a kernel: the child starts, loads SymPy, and runs it."""
    sandbox = Sandbox()
    sandbox.run("2+2", Limits())
    sandbox.close()


def overshoot(sandbox: Sandbox, program: str) -> float:
    """Seconds beyond the limit after which the call returns."""
    began = time.perf_counter()
    try:
        sandbox.run(program, Limits(TIMEOUT, memory=8192))
    except LimitExceeded:
        return time.perf_counter() - began - TIMEOUT
    raise SystemExit(f"within its limit: {program}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    rounds = options.parse_args().rounds
    sandbox = Sandbox()
    sandbox.run("1", Limits())
    print(f"{rounds} rounds\n\nwarm call                    sandbox" + " " * 29 + "fresh process")
    for program in PROGRAMS:
        ours, theirs = [], []
        for number in range(rounds):  # interleaved, so that they meet the same machine
            ours += [seconds(partial(sandbox.run, program, Limits())) for _ in range(5)]
            if program in PROGRAMS[:2] and number % 4 == 0:
                theirs.append(seconds(partial(fresh, program)))
        print(f"{program:24} {spread(ours):38} {spread(theirs) if theirs else ''}")
    print(
        f"\nfirst call, all included {spread([seconds(cold) for _ in range(max(3, rounds // 4))])}"
    )
    used = psutil.Process(sandbox.pid).memory_full_info()
    print(f"the child's memory       {used.rss / 2**20:8.1f} MB, its own {used.uss / 2**20:.1f} MB")
    print(f"\nreturns after its limit of {TIMEOUT:g} s by")
    for name, program in HUNGRY.items():
        late = [overshoot(sandbox, program) for _ in range(max(3, rounds // 4))]
        print(f"{name:32} {spread(late)}")
    sandbox.close()


if __name__ == "__main__":
    main()
