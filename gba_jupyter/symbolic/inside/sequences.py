"""Python's own tools for sequences, as they are: they call what they are given, and no more."""

from __future__ import annotations

import bisect
import functools
import heapq
import itertools
import operator
import string
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

from .arithmetic import divide, power, times
from .formats import modulo
from .guards import Module


def _cached(function: Any = None, maxsize: Any = None, typed: Any = False) -> Any:
    """``@cache``, ``@lru_cache`` and ``@lru_cache(maxsize=None)``."""
    return functools.cache(function) if callable(function) else functools.cache


def _whole_steps(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with SymPy's whole numbers turned into Python's."""

    def call(first: Any, *args: Any, **kwargs: Any) -> Any:
        whole = [_index(value) for value in args]
        return function(first, *whole, **{name: _index(value) for name, value in kwargs.items()})

    return call


def _index(value: Any) -> Any:
    return value if value is None or not hasattr(value, "__index__") else operator.index(value)


def _product(*iterables: Any, repeat: Any = 1) -> Any:
    return itertools.product(*iterables, repeat=int(repeat))


def _itertools() -> dict[str, Any]:
    plain = (
        "accumulate compress count cycle dropwhile filterfalse groupby pairwise starmap takewhile "
        "zip_longest"
    )
    counted = "combinations combinations_with_replacement islice permutations repeat"
    tools = {name: getattr(itertools, name) for name in plain.split()}
    tools |= {name: _whole_steps(getattr(itertools, name)) for name in counted.split()}
    chained = Module({"from_iterable": itertools.chain.from_iterable}, itertools.chain)
    return {**tools, "product": _product, "chain": chained}


_OPERATORS = "add sub floordiv neg abs eq ne lt le gt ge itemgetter"

TOOLS: dict[str, dict[str, Any]] = {
    "itertools": _itertools(),
    "functools": {
        "cache": _cached,
        "lru_cache": _cached,
        "partial": functools.partial,
        "reduce": functools.reduce,
    },
    "collections": {
        "Counter": Counter,
        "OrderedDict": OrderedDict,
        "defaultdict": defaultdict,
        "deque": deque,
    },
    "operator": {
        **{name: getattr(operator, name) for name in _OPERATORS.split()},
        "mod": modulo,
        "mul": times,
        "truediv": divide,
        "pow": power,
    },
    "heapq": {
        name: getattr(heapq, name)
        for name in ("heapify", "heappop", "heappush", "nlargest", "nsmallest")
    },
    "bisect": {
        name: getattr(bisect, name) for name in ("bisect", "bisect_left", "bisect_right", "insort")
    },
    "string": {
        name: getattr(string, name)
        for name in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits")
    },
}
