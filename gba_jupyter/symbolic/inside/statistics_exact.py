"""Python's ``statistics``, with exact results: rationals and roots. Child process only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import sympy

from .arithmetic import divide, power, times
from .guards import refuse_text


def _numbers(data: Iterable[Any], least: int = 1) -> list[Any]:
    values = list(data)
    refuse_text(values)
    if len(values) < least:
        raise ValueError(f"at least {least} value{'s' * (least > 1)} needed")
    return values


def mean(data: Iterable[Any]) -> Any:
    """The average."""
    values = _numbers(data)
    return divide(sum(values), len(values))


def _squares(values: list[Any]) -> Any:
    middle = mean(values)
    return sum(power(value - middle, 2) for value in values)


def pvariance(data: Iterable[Any]) -> Any:
    """Variance of all there is."""
    values = _numbers(data)
    return divide(_squares(values), len(values))


def variance(data: Iterable[Any]) -> Any:
    """Variance of a sample."""
    values = _numbers(data, 2)
    return divide(_squares(values), len(values) - 1)


def _root_of(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda data: sympy.sqrt(function(data))


def _middle(pick: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def median(data: Iterable[Any]) -> Any:
        values = sorted(_numbers(data))
        return pick(values[(len(values) - 1) // 2], values[len(values) // 2])

    return median


def multimode(data: Iterable[Any]) -> list[Any]:
    """The most frequent values, first seen first."""
    counts = Counter(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def mode(data: Iterable[Any]) -> Any:
    """The most frequent value, the first of several."""
    found = multimode(data)
    if not found:
        raise ValueError("at least 1 value needed")
    return found[0]


def geometric_mean(data: Iterable[Any]) -> Any:
    """The root of the product."""
    values = _numbers(data)
    return power(reduce(times, values), sympy.Rational(1, len(values)))


def harmonic_mean(data: Iterable[Any]) -> Any:
    """The reciprocal of the mean reciprocal."""
    values = _numbers(data)
    return divide(len(values), sum(divide(1, value) for value in values))


def quantiles(data: Iterable[Any], n: Any = 4) -> list[Any]:
    """Cut points of `n` groups of equal size, by the exclusive method."""
    values, groups = sorted(_numbers(data, 2)), int(n)
    cuts = []
    for index in range(1, groups):
        place, part = divmod(index * (len(values) + 1), groups)
        place = min(max(place, 1), len(values) - 1)
        part = index * (len(values) + 1) - place * groups
        low, high = values[place - 1], values[place]
        cuts.append(divide(low * (groups - part) + high * part, groups))
    return cuts


def covariance(first: Iterable[Any], second: Iterable[Any]) -> Any:
    """Covariance of two samples."""
    xs, ys = _numbers(first, 2), _numbers(second, 2)
    mx, my = mean(xs), mean(ys)
    products = (times(x - mx, y - my) for x, y in zip(xs, ys, strict=True))
    return divide(sum(products), len(xs) - 1)


def correlation(first: Iterable[Any], second: Iterable[Any]) -> Any:
    """Pearson's coefficient."""
    xs, ys = _numbers(first, 2), _numbers(second, 2)
    return divide(covariance(xs, ys), sympy.sqrt(variance(xs) * variance(ys)))


STATISTICS: dict[str, Any] = {
    "StatisticsError": ValueError,
    "correlation": correlation,
    "covariance": covariance,
    "fmean": mean,
    "geometric_mean": geometric_mean,
    "harmonic_mean": harmonic_mean,
    "mean": mean,
    "median": _middle(lambda low, high: divide(low + high, 2)),
    "median_high": _middle(lambda low, high: high),
    "median_low": _middle(lambda low, high: low),
    "mode": mode,
    "multimode": multimode,
    "pstdev": _root_of(pvariance),
    "pvariance": pvariance,
    "quantiles": quantiles,
    "stdev": _root_of(variance),
    "variance": variance,
}
