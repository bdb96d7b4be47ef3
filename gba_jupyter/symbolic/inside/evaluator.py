"""A checked program → what it computes. Imported by the child process only.

The checked tree is rewritten so that decimals stay exact, divisions and powers are ours, and
every attribute is looked up by type; then it is compiled and run with no builtins but those of
the table.
"""

from __future__ import annotations

import ast
import io
import itertools
import traceback
import types
from collections import deque
from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from typing import Any

import sympy

from ...errors import EvaluationError, GbaError
from ..evidence import Wanted
from ..forms import TooLarge, encode
from ..language.source import check
from ..limits import Limits, too_deep
from . import pictures
from .calls import Calls
from .guards import Module, refuse_text
from .months import Step
from .namespace import namespace, table
from .rewriter import LAST_VALUE, rewritten
from .texts import Style, approximation, latex, message, plain_text
from .verify import checks

__all__ = ["failure", "run", "table"]

_FILE = "<program>"
_NOT_CHECKED = {"checks": [{"what": "checking it before the limit was reached", "holds": None}]}


def run(source: str, limits: Limits, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Run a program: its value in every form in which it is shown, or the error; and the same
    with its checks and pictures, where they are wanted."""
    try:
        run = _Run(source, limits)
        outcome = run.outcome()
    except GbaError as error:
        error.what = _place(error, error.what) + error.what
        yield failure(error)
    except RecursionError:
        yield failure(too_deep())
    except MemoryError:
        yield failure(limits.out_of_memory())
    except Exception as error:
        yield failure(_explained(error))
    else:
        yield outcome | (_NOT_CHECKED if wanted.check else {})
        try:
            evidence = run.evidence(wanted)
        except Exception:  # the answer stands without it
            return
        if evidence:
            yield outcome | evidence


def failure(error: GbaError) -> dict[str, Any]:
    """An error as the child sends it."""
    return {"error": type(error).__name__, "what": error.what, "fix": error.fix}


def _place(error: Exception, what: str) -> str:
    """Where in the program it happened, unless that is said already."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == _FILE]
    return f"Line {lines[-1]}: " if lines and not what.startswith("Line ") else ""


def _explained(error: Exception) -> EvaluationError:
    place = _place(error, "")
    reason = message(error)[:200].rstrip(".")
    if isinstance(error, ZeroDivisionError):
        return EvaluationError(f"{place}division by zero.", "Check what the divisor becomes.")
    what = f"{place}{type(error).__name__}: {reason}." if reason else f"{place}it failed."
    return EvaluationError(what, "Change that line and run the program again.")


class _Run:
    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.printed = io.StringIO()
        tree = check(source)
        Style.begin(_writes_decimals(tree))
        self.last = _bound(tree.body[-1]) if tree.body else ""
        self.code = compile(rewritten(tree), _FILE, "exec")
        self.calls = Calls()
        self.pictures: list[pictures.Picture] = []
        self.value: Any = None

    def outcome(self) -> dict[str, Any]:
        known = namespace(self._print, self._plot, self.calls)
        begun = dict(known)
        exec(self.code, known)  # noqa: S102 (checked, rewritten, without builtins)
        value = self._answer({k: v for k, v in known.items() if v is not begun.get(k)})
        printed = self.printed.getvalue()
        if value is None:
            if not printed and self.pictures:
                printed = "drawn below\n"
            if not printed:
                what = "The program ends without an answer."
                raise EvaluationError(what, "Assign the answer to result.")
            return {"printed": printed, "text": "", "latex": "", "approx": "", "form": None}
        self.value = value
        return {"printed": printed, **_shown(value, self.limits)}

    def evidence(self, wanted: Wanted) -> dict[str, Any]:
        """What goes with the answer."""
        found: dict[str, Any] = {"pictures": self.pictures} if self.pictures else {}
        if wanted.plot and not self.pictures:
            found["pictures"] = pictures.suggested(self.calls.made, self.value)
        if wanted.check:
            found["checks"] = checks(self.calls.made, self.value, check(self.source))
        return found

    def _plot(self, *things: Any) -> None:
        refuse_text(things)
        if len(self.pictures) < pictures.MOST:
            self.pictures.append(pictures.asked_for(*things))

    def _answer(self, made: dict[str, Any]) -> Any:
        """The value that the program leaves: ``result``, its last expression, or, if it printed
        nothing, what models mean to be asked for."""
        value = made.get("result", made.get(LAST_VALUE))
        if value is not None or self.printed.tell():
            return value
        for name in ("ans", "answer", self.last, "solution"):
            value = made.get(name)
            if isinstance(value, types.FunctionType):  # written, and the call left to others
                value = value()
            if value is not None or self.printed.tell():
                return value
        return None

    def _print(self, *values: Any, sep: Any = " ", end: Any = "\n", flush: Any = False) -> None:
        text = str(" " if sep is None else sep).join(map(plain_text, values))
        self.printed.write(text + str("\n" if end is None else end))
        if self.printed.tell() > self.limits.output:
            raise self.limits.out_of_output("The program prints")


def _writes_decimals(tree: ast.Module) -> bool:
    """Whether the program's numbers are meant to read as decimals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ("round", "float", "Decimal"):
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            return True
    return False


def _bound(statement: ast.stmt) -> str:
    """The one name that a program's last statement binds; of a function, one without
    parameters."""
    if isinstance(statement, ast.FunctionDef):
        needed = len(statement.args.args) - len(statement.args.defaults)
        return "" if needed or statement.args.kwonlyargs else statement.name
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
    elif isinstance(statement, ast.AugAssign | ast.AnnAssign):
        target = statement.target
    else:
        return ""
    return target.id if isinstance(target, ast.Name) else ""


def _shown(value: Any, limits: Limits) -> dict[str, Any]:
    if isinstance(value, range | Iterator | KeysView | ValuesView | ItemsView | deque):
        value = list(itertools.islice(value, limits.output))
    if isinstance(value, Module | Step) or (callable(value) and not isinstance(value, sympy.Basic)):
        raise EvaluationError(
            "The answer is a function or a module, not a value.", "Call the function."
        )
    value = _tidied(value)
    text = plain_text(value)
    if len(text) > limits.output:
        raise limits.out_of_output("The answer has")
    typeset = latex(value)
    try:
        form = encode(value)
        has_form = True
    except TooLarge:
        form, has_form = None, False
    return {
        "text": text,
        "latex": typeset if len(typeset) <= limits.output else "",
        "approx": _digits(value),
        "form": form,
        "has_form": has_form,
    }


def _digits(value: Any) -> str:
    try:
        return approximation(value)
    except Exception:  # an exact answer is one also if SymPy cannot put digits to it
        return ""


def _tidied(value: Any) -> Any:
    """Complex numbers with rational parts are multiplied out: SymPy leaves them as products."""
    if isinstance(value, sympy.Add | sympy.Mul | sympy.Pow) and value.has(sympy.I):
        numbers = value.atoms(sympy.Number, sympy.NumberSymbol, sympy.Symbol, sympy.Function)
        whole_powers = all(power.exp.is_Integer for power in value.atoms(sympy.Pow))
        if whole_powers and all(number.is_Rational for number in numbers):
            return sympy.expand_complex(value)
    return value
