"""Checks an answer by another way than the one that found it. Child only.

Solutions are put back, integrals differentiated or summed up numerically, limits approached,
and a mere number is computed again with 40 digits instead of exactly.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import sympy

from .calls import Call
from .rerun import computed_again
from .texts import plain_text

_DIGITS = 30
_TINY = sympy.Float("1e-18", _DIGITS)
_POINTS = [sympy.Rational(*pair) for pair in ((3, 7), (5, 3), (-4, 11), (17, 5), (1, 29))]
_MOST_CHECKS = 8
_MOST_TERMS = 10_000
_LONGEST = 120  # characters of a formula in a sentence

Verdict = tuple[str, bool | None]
"""What was done, as a sentence without its end; whether it came out right, None if unknown."""


def checks(calls: Sequence[Call], value: Any, tree: ast.Module) -> list[dict[str, Any]]:
    """The checks of one program: ``what`` was done, and whether it ``holds`` (None: unknown)."""
    found: list[Verdict] = []
    for call in calls[-_MOST_CHECKS:]:
        verifier = _VERIFIERS.get(call.name)
        if verifier is None:
            continue
        try:
            verdict = verifier(call)
        except Exception:  # a check that cannot be made says nothing of the answer
            verdict = None
        if verdict is not None and verdict not in found:
            found.append(verdict)
    if not found and (again := _computed(value, tree)) is not None:
        found.append(again)
    return [{"what": what, "holds": holds} for what, holds in found]


def _computed(value: Any, tree: ast.Module) -> Verdict | None:
    number = sympy.sympify(value) if isinstance(value, int) else value
    if not isinstance(number, sympy.Expr) or not number.is_number:
        return None
    other = computed_again(tree, _DIGITS + 10)
    if other is None:
        return None
    return f"computing it again with {_DIGITS + 10} digits", _same(number, other)


def _short(value: Any) -> str:
    text = plain_text(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _same(left: Any, right: Any) -> bool | None:
    """Whether two expressions agree, exactly or at several points; None: it cannot be told."""
    difference = sympy.sympify(left) - sympy.sympify(right)
    if difference == 0:
        return True
    symbols = sorted(difference.free_symbols, key=str)
    if not symbols:
        return _is_zero(difference, left)
    verdicts = []
    for shift in range(len(_POINTS)):
        point = {s: _POINTS[(shift + i) % len(_POINTS)] for i, s in enumerate(symbols)}
        verdict = _is_zero(difference.subs(point), sympy.sympify(left).subs(point))
        if verdict is not None:
            verdicts.append(verdict)
    return all(verdicts) if verdicts else None


def _is_zero(difference: Any, size: Any) -> bool | None:
    number, scale = sympy.N(difference, _DIGITS), sympy.N(size, _DIGITS)
    if number.is_number and number.is_finite is not False and not number.has(sympy.nan, sympy.zoo):
        bound = _TINY * (1 + (abs(scale) if scale.is_finite else 0))
        return bool(abs(number) < bound)
    return None


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts or not verdicts else True


def _put_back(call: Call) -> Verdict | None:
    equations = call.arguments[0]
    many = isinstance(equations, list | tuple)
    equations = [_as_difference(each) for each in (equations if many else [equations])]
    if any(each is None for each in equations):
        return None
    solutions = list(_as_points(call, equations))
    if not solutions:
        return None
    verdicts = [_same(equation.subs(point), 0) for point in solutions for equation in equations]
    said = ", ".join(_short(call.result).splitlines())
    return f"putting {said} back into {_short(call.arguments[0])}", _all(verdicts)


def _as_difference(equation: Any) -> Any:
    if isinstance(equation, sympy.Equality):
        return equation.lhs - equation.rhs
    return equation if isinstance(equation, sympy.Expr) else None


def _as_points(call: Call, equations: Sequence[Any]) -> Iterator[dict[Any, Any]]:
    """Each solution as symbols and their values."""
    wanted = [a for a in call.arguments[1:] if isinstance(a, sympy.Symbol)]
    if len(call.arguments) > 1 and isinstance(call.arguments[1], list | tuple):
        wanted = list(call.arguments[1])
    wanted = wanted or sorted(set().union(*(e.free_symbols for e in equations)), key=str)
    result = call.result
    if isinstance(result, dict):
        yield result
    elif isinstance(result, list | tuple | sympy.FiniteSet):
        for each in result:
            if isinstance(each, dict):
                yield each
            elif isinstance(each, tuple | sympy.Tuple):
                yield dict(zip(wanted, each, strict=True))
            else:
                yield {wanted[0]: each}
    elif isinstance(result, sympy.Expr):  # a single root, as nsolve gives it
        yield {wanted[0]: result}


def _nearly_put_back(call: Call) -> Verdict | None:
    equation, root = _as_difference(call.arguments[0]), call.result
    if equation is None or not isinstance(root, sympy.Expr):
        return None
    (symbol,) = equation.free_symbols
    left = abs(sympy.N(equation.subs(symbol, root), _DIGITS))
    return f"putting {_short(root)} back into {_short(call.arguments[0])}", bool(left < 1e-9)


def _integral(call: Call) -> Verdict | None:
    function, *over = call.arguments
    if len(over) != 1 or sympy.sympify(call.result).has(sympy.Integral):
        return None
    if isinstance(over[0], sympy.Symbol):
        what = f"differentiating {_short(call.result)}"
        return what, _same(sympy.diff(call.result, over[0]), function)
    area = sympy.Integral(function, over[0])
    if area.free_symbols:
        return None
    what = f"adding up {_short(function)} numerically from {over[0][1]} to {over[0][2]}"
    return what, _close(area.evalf(15), call.result)


def _close(left: Any, right: Any) -> bool | None:
    """Whether two numbers agree as far as numerical methods go."""
    one, other = sympy.N(left, 15), sympy.N(right, 15)
    if not (one.is_number and other.is_number and one.is_finite and other.is_finite):
        return None
    return bool(abs(one - other) <= 1e-6 * (1 + abs(other)))


def _derivative(call: Call) -> Verdict | None:
    function, *by = call.arguments
    if len(by) != 1 or not isinstance(by[0], sympy.Symbol):
        return None
    if sympy.sympify(function).free_symbols - {by[0]}:
        return None
    step = sympy.Rational(1, 10**6)
    verdicts = []
    for point in _POINTS:
        low, high = (function.evalf(_DIGITS, subs={by[0]: point + d}) for d in (-step, step))
        verdicts.append(_close((high - low) / 2 / step, call.result.subs(by[0], point)))
    known = [v for v in verdicts if v is not None]
    what = f"measuring the slope of {_short(function)} at {len(known)} points"
    return what, all(known) if known else None


def _limit(call: Call) -> Verdict | None:
    function, symbol, at, *side = call.arguments
    sign = -1 if side and side[0] == "-" else 1
    if at in (sympy.oo, -sympy.oo):
        points = [(1 if at == sympy.oo else -1) * 10**k for k in (4, 6, 8)]
    else:
        points = [at + sign * sympy.Rational(1, 10**k) for k in (4, 6, 8)]
    values = [function.evalf(_DIGITS, subs={symbol: point}) for point in points]
    what = f"letting {symbol} come near {at}"
    if call.result in (sympy.oo, -sympy.oo):
        toward = 1 if call.result == sympy.oo else -1
        return what, bool(toward * values[2] > toward * values[1] > toward * values[0])
    misses = [abs(value - call.result) for value in values]
    if not all(miss.is_finite for miss in map(sympy.N, misses)):
        return what, None
    return what, bool(sympy.N(misses[2]) <= 1e-3 * (1 + abs(sympy.N(call.result))))


def _sum(call: Call) -> Verdict | None:
    term, (index, first, last) = call.arguments
    if sympy.sympify(term).free_symbols - {index}:
        return None
    if last == sympy.oo:
        return "adding up its terms numerically", _close(
            sympy.Sum(term, (index, first, last)).evalf(15), call.result
        )
    count = int(last) - int(first) + 1
    if not 0 < count <= _MOST_TERMS:
        return None
    total = sum(term.subs(index, number) for number in range(int(first), int(last) + 1))
    return f"adding up its {count} terms", _same(total, call.result)


def _differential(call: Call) -> Verdict | None:
    results = call.result if isinstance(call.result, list) else [call.result]
    outcomes = [sympy.checkodesol(call.arguments[0], each)[0] for each in islice(results, 4)]
    return "putting the solution back into the differential equation", all(outcomes)


def _rewritten(call: Call) -> Verdict | None:
    before, after = call.arguments[0], call.result
    if not (isinstance(before, sympy.Expr) and isinstance(after, sympy.Expr)):
        return None
    what = f"comparing {_short(before)} and {_short(after)} at {len(_POINTS)} points"
    return what, _same(before, after)


_VERIFIERS: dict[str, Callable[[Call], Verdict | None]] = {
    "solve": _put_back,
    "solveset": _put_back,
    "nsolve": _nearly_put_back,
    "integrate": _integral,
    "diff": _derivative,
    "limit": _limit,
    "summation": _sum,
    "dsolve": _differential,
    "expand": _rewritten,
    "factor": _rewritten,
    "simplify": _rewritten,
}
