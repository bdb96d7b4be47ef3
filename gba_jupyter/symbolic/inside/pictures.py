"""What a program's answer looks like, as plain numbers that can be drawn. Child only.

A picture is a dict: ``curves`` (points over a variable), ``marks`` (single points), ``area``
(what an integral measures), ``spans`` (parts of the number line), or ``plane`` (a region).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import sympy

from .calls import Call
from .texts import plain_text

_POINTS = 240
_GRID = 41
_MOST_CURVES = 4
MOST = 3
"""Pictures of one program."""
_WIDE = 10  # the range of a variable when nothing says what is of interest
_LONGEST = 60  # characters of a label
_SHORT = 10  # characters of an exact number at a mark

Picture = dict[str, Any]


def asked_for(*things: Any) -> Picture:
    """What ``plot(f, (x, a, b))`` draws; several functions, or lists of them, share a picture.

    Raises:
        ValueError: there is nothing that can be drawn.
    """
    ranges = [thing for thing in things if isinstance(thing, tuple | sympy.Tuple)]
    functions: list[Any] = []
    for thing in things:
        if isinstance(thing, list):
            functions += thing
        elif not isinstance(thing, tuple | sympy.Tuple):
            functions.append(sympy.sympify(thing))
    over = ranges[0] if ranges else None
    picture = _of_functions(functions, over) or next(
        _of_value(functions[0] if functions else 0), None
    )
    if picture is None:
        raise ValueError("plot() needs a function of one variable, such as plot(x**2, (x, -2, 2))")
    return picture


def suggested(calls: Sequence[Call], value: Any) -> list[Picture]:
    """What shows the answer best: the calls that found it, or else the answer itself."""
    found: list[Picture] = []
    for call in calls:
        with suppress(Exception):  # not everything can be drawn
            found += [p for p in _of_call(call) if p not in found]
    if not found:
        with suppress(Exception):
            found += _of_value(value)
    return found[-MOST:]


def _of_call(call: Call) -> Iterator[Picture]:
    match call.name, call.arguments:
        case (("solve" | "solveset" | "nsolve"), (equation, *_)) if not isinstance(
            equation, list | tuple
        ):
            yield from _of_roots(equation, call.result)
        case "solve", ([_, _], *_):
            yield from _of_system(list(call.arguments[0]), call.result)
        case "integrate", (function, (symbol, low, high)):
            yield from _of_area(function, symbol, low, high)
        case (("integrate" | "diff"), (function, sympy.Symbol() as symbol)):
            picture = _of_functions([function, call.result], (symbol, -_WIDE, _WIDE))
            if picture:
                yield picture


def _of_value(value: Any) -> Iterator[Picture]:
    if isinstance(value, sympy.Set):
        yield from _of_set(value)
    elif isinstance(value, sympy.core.relational.Relational | sympy.And | sympy.Or):
        symbols = value.free_symbols
        if len(symbols) == 1 and not isinstance(value, sympy.Equality):
            yield from _of_set(value.as_set())
        elif len(symbols) == 2:
            yield _of_region(value, sorted(symbols, key=str))
    else:
        functions = list(value) if isinstance(value, list | tuple) else [value]
        if picture := _of_functions(functions, None):
            yield picture


def _of_functions(functions: Sequence[Any], over: Any) -> Picture | None:
    exprs = [f for f in functions if isinstance(f, sympy.Expr)][:_MOST_CURVES]
    symbols = set().union(*(f.free_symbols for f in exprs)) if exprs else set()
    if over is None:
        if len(symbols) != 1:
            return None
        over = (next(iter(symbols)), -_WIDE, _WIDE)
    symbol, low, high = over[0], _real(over[1]), _real(over[2])
    if low is None or high is None or not low < high or not exprs or symbols - {symbol}:
        return None
    curves = [_curve(f, symbol, low, high) for f in exprs]
    curves = [c for c in curves if any(y is not None for _, y in c["points"])]
    return {"variable": str(symbol), "curves": curves} if curves else None


def _curve(function: Any, symbol: Any, low: float, high: float) -> Picture:
    step = (high - low) / (_POINTS - 1)
    points = []
    for i in range(_POINTS):
        at = low + i * step
        points.append([at, _real(function.evalf(15, subs={symbol: at}))])
    return {"label": _label(function), "points": points}


def _real(value: Any) -> float | None:
    number = sympy.sympify(value)
    if not number.is_number:
        return None
    number = sympy.N(number, 15)
    if not number.is_real or not number.is_finite:
        return None
    made = float(number)
    return made if abs(made) < 1e12 else None


def _label(value: Any) -> str:
    text = plain_text(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _short(exact: Any, number: float) -> str:
    """An exact number if it is short, else four digits of it."""
    text = plain_text(exact)
    return text if len(text) <= _SHORT else f"{number:.4g}"


def _of_roots(equation: Any, result: Any) -> Iterator[Picture]:
    sides = [equation.lhs, equation.rhs] if isinstance(equation, sympy.Equality) else [equation]
    symbols = set().union(*(side.free_symbols for side in sides))
    if len(symbols) != 1:
        return
    (symbol,) = symbols
    roots = result if isinstance(result, list | tuple | sympy.FiniteSet) else [result]
    reals = [r for root in roots if (r := _real(root)) is not None]
    low, high = (min(reals), max(reals)) if reals else (-1.0, 1.0)
    margin = max((high - low) * 0.4, 2.0)
    picture = _of_functions(sides, (symbol, low - margin, high + margin))
    if picture is not None:
        marks = []
        for root, at in zip([r for r in roots if _real(r) is not None], reals, strict=True):
            height = _real(sides[0].subs(symbol, root))
            if height is not None:
                marks.append({"x": at, "y": height, "label": f"{symbol} = {_short(root, at)}"})
        yield {**picture, "marks": marks}


def _of_area(function: Any, symbol: Any, low: Any, high: Any) -> Iterator[Picture]:
    left, right = _real(low), _real(high)
    left, right = (-_WIDE if left is None else left), (_WIDE if right is None else right)
    margin = (right - left) * 0.2
    picture = _of_functions([function], (symbol, left - margin, right + margin))
    if picture is not None:
        yield {**picture, "area": [left, right]}


def _of_system(equations: list[Any], result: Any) -> Iterator[Picture]:
    symbols = sorted(set().union(*(e.free_symbols for e in equations)), key=str)
    if len(symbols) != 2:
        return
    x, y = symbols
    solutions = result if isinstance(result, list) else [result]
    points = [_point(solution, (x, y)) for solution in solutions]
    marks: list[Picture] = [
        {"x": p[0], "y": p[1], "label": f"({p[0]:.4g}, {p[1]:.4g})"} for p in points if p
    ]
    centre = sum(mark["x"] for mark in marks) / len(marks) if marks else 0.0
    reach = max([4.0] + [1.5 * abs(mark["x"] - centre) for mark in marks])
    over = (x, centre - reach, centre + reach)
    curves = []
    for equation in equations:
        for branch in sympy.solve(equation, y)[:2]:
            picture = _of_functions([branch], over)
            found = picture["curves"] if picture else []
            curves += [{**curve, "label": _label(equation)} for curve in found]
    if curves:
        yield {"variable": str(x), "height": str(y), "curves": curves, "marks": marks}


def _point(solution: Any, symbols: Sequence[Any]) -> tuple[float, float] | None:
    if isinstance(solution, dict):
        values = [_real(solution.get(symbol, sympy.nan)) for symbol in symbols]
    else:
        values = [_real(each) for each in solution]
    first, second = values
    return None if first is None or second is None else (first, second)


def _of_set(found: Any) -> Iterator[Picture]:
    """Intervals and points of the number line."""
    parts = found.args if isinstance(found, sympy.Union) else [found]
    spans: list[Picture] = []
    for part in parts:
        if isinstance(part, sympy.Interval):
            spans.append({"from": _real(part.start), "to": _real(part.end),
                          "open": [bool(part.left_open), bool(part.right_open)]})  # fmt: skip
        elif isinstance(part, sympy.FiniteSet):
            points = [at for each in part if (at := _real(each)) is not None]
            spans += [{"from": at, "to": at, "open": [False, False]} for at in points]
    if spans:
        yield {"spans": spans, "label": _label(found)}


def _of_region(condition: Any, symbols: Sequence[Any]) -> Picture:
    """A grid of numbers that are positive where the condition holds."""
    x, y = symbols
    ticks = [-_WIDE + 2 * _WIDE * i / (_GRID - 1) for i in range(_GRID)]
    rows = [[_holding(condition, {x: a, y: b}) for a in ticks] for b in ticks]
    return {
        "variable": str(x),
        "height": str(y),
        "label": _label(condition),
        "plane": {"ticks": ticks, "rows": rows},
    }


def _holding(condition: Any, point: dict[Any, float]) -> float:
    if isinstance(condition, sympy.core.relational._Inequality):
        amount = _real((condition.gts - condition.lts).evalf(15, subs=point))
        return -1.0 if amount is None else amount
    return 1.0 if condition.subs(point) == sympy.true else -1.0
