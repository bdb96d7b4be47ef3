"""The tables of a running program: what each name and each module stands for. Child only."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable
from typing import Any

import sympy

from ...errors import LimitExceeded, ProgramRefused
from ..language import libraries, names
from . import arithmetic, attributes, dates, formats, functions, months, numbers_exact
from .calls import RECORDED, Calls
from .guards import Module, guarded, to_sympy
from .kinds import isinstance_of
from .sequences import TOOLS
from .statistics_exact import STATISTICS

_NUMPY = {
    "absolute": "Abs", "arccos": "acos", "arcsin": "asin", "arctan": "atan", "arctan2": "atan2",
    "power": "Pow", "rad2deg": "deg", "deg2rad": "rad",
}  # fmt: skip
NEVER_CAUGHT = (ProgramRefused, LimitExceeded, MemoryError, RecursionError, OSError)
"""What a program's own ``except`` must let pass."""


def _named(name: str) -> Any:
    """What a name of the table stands for."""
    if name in names.FUNCTIONS:
        target = names.FUNCTIONS[name].target
        if target.startswith("our."):
            return functions.OUR.get(target[4:])
        return _settled(guarded(getattr(sympy, target)))
    if name in names.BUILTINS | names.EXCEPTIONS:
        return getattr(builtins, name)
    if name in names.CONSTANTS:
        target = names.CONSTANTS[name]
        return functions.OUR["tau"] if target == "our.tau" else getattr(sympy, target)
    return sympy.Symbol(name)


def _settled(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function.__wrapped__, updated=())  # type: ignore[attr-defined]
    def call(*args: Any, **kwargs: Any) -> Any:
        return arithmetic.settled(function(*args, **kwargs))

    return call


@functools.cache
def table() -> dict[str, Any]:
    """What every name stands for; made once, in the warm process."""
    made = {name: _named(name) for name in names.NAMES if name != "S"}
    made["isinstance"] = isinstance_of(made)
    members = {}
    for name, target in names.S_MEMBERS.items():
        members[name] = getattr(sympy.S if hasattr(sympy.S, target) else sympy, target)
    made["S"] = Module(members, to_sympy)
    return made


def _refuse_context() -> Any:
    raise ProgramRefused("There is no context here: numbers are exact.", "Leave getcontext out.")


def _decimal() -> dict[str, Any]:
    constants: dict[str, Any] = {name: name for name in libraries.DECIMAL}
    return {**constants, "getcontext": _refuse_context, "InvalidOperation": ValueError}


def _numpy(known: dict[str, Any]) -> dict[str, Any]:
    offered = {
        name: known[_NUMPY.get(name, name)]
        for name in libraries.LIBRARIES["numpy"]
        if _NUMPY.get(name, name) in known
    }
    own = ("mean", "median", ("std", "pstdev"), ("var", "pvariance"))
    for name, source in [(n, n) if isinstance(n, str) else n for n in own]:
        offered[name] = STATISTICS[source]
    steps = TOOLS["itertools"]["accumulate"]
    return {
        **offered,
        "cumsum": lambda values: list(steps(values)),
        "dot": functions.OUR["sumprod"],
        "mod": formats.modulo,
        "square": lambda value: arithmetic.power(value, 2),
    }


def modules(printer: Any, plotter: Any, calls: Calls) -> dict[str, dict[str, Any]]:
    """The table of every module."""
    own = {name: calls.recording(name, table()[name]) for name in RECORDED}
    known = {**table(), **own, "print": printer, "pprint": printer, "plot": plotter}
    found = dict.fromkeys(libraries.COMMON, known)
    found["decimal"] = {**known, **_decimal()}
    found |= TOOLS
    found["statistics"] = STATISTICS
    found["datetime"] = dates.DATETIME
    found["calendar"] = dates.CALENDAR
    found["dateutil.relativedelta"] = {"relativedelta": months.relativedelta}
    found["numpy"] = _numpy(known)
    return found


def namespace(printer: Any, plotter: Any, calls: Calls) -> dict[str, Any]:
    """The globals of a program: what it prints and draws goes to these, its calls are noted."""
    tables = modules(printer, plotter, calls)
    objects = {name: Module(tables[name]) for name in tables}
    for name in ("sympy", *(name for name in tables if name.startswith("sympy."))):
        objects[name] = Module({**tables[name], **_parts(tables[name])})
    objects |= {alias: objects[name] for alias, name in libraries.ALIASES.items()}
    ours = {
        "_gba_power": arithmetic.power,
        "_gba_times": arithmetic.times,
        "_gba_divide": arithmetic.divide,
        "_gba_shift": arithmetic.shift_left,
        "_gba_modulo": formats.modulo,
        "_gba_update": update,
        "_gba_slice": slice,
        "_gba_get": attributes.attribute,
        "_gba_format": formats.formatted,
        "_gba_truth": arithmetic.truth,
        "_gba_repr": formats.quoted,
        "_gba_whole": numbers_exact.is_whole,
        "_gba_equation": tables["sympy"]["Eq"],
        "_gba_decimal": sympy.Rational,
        "_gba_imaginary": sympy.I,
        "_gba_tables": tables,
        "_gba_modules": objects,
        "_gba_never": NEVER_CAUGHT,
    }
    plain = {name: module for name, module in objects.items() if "." not in name}
    return {**plain, **tables["sympy"], **ours, "__builtins__": {}}


def _parts(table: dict[str, Any]) -> dict[str, Any]:
    """``sympy.ntheory`` and its like: the same functions again."""
    return {name: Module(table) for name in libraries.SUBMODULES - set(table)}


def update(container: Any, key: Any, function: Callable[[Any, Any], Any], value: Any) -> None:
    """``container[key] /= value`` and its like."""
    container[key] = function(container[key], value)
