"""A checked program → what it computes. Imported by the child process only.

The checked tree is rewritten so that decimals stay exact, divisions and powers are ours, and
every attribute is looked up by type; then it is compiled and run with no builtins but those of
the table.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import io
import traceback
from typing import Any

import sympy

from ..errors import EvaluationError, GbaError, LimitExceeded
from . import functions, names
from .forms import TooLarge, encode
from .language import check
from .texts import Style, approximation, latex, plain_text

MAX_TEXT = 100_000
"""Characters that a program may print, and that its value may have as text."""
_FILE = "<program>"
_VALUE = "_gba_value"
_SOLVERS = frozenset({"solve", "solveset", "linsolve", "nonlinsolve", "dsolve"})
_TOO_LONG = "Print less, or make the answer smaller."


def run(source: str) -> dict[str, Any]:
    """Run a program: its value in every form in which it is shown, or the error."""
    try:
        return _Run(source).outcome()
    except GbaError as error:
        return failure(error)
    except RecursionError:
        what = "The program's functions call each other too deeply."
        return failure(LimitExceeded(what, "Write the recursion as a loop."))
    except MemoryError:
        what = "The program needs more memory than it is given."
        return failure(LimitExceeded(what, "Use smaller numbers or fewer elements."))
    except Exception as error:
        return failure(_explained(error))


def failure(error: GbaError) -> dict[str, Any]:
    """An error as the child sends it."""
    return {"error": type(error).__name__, "what": error.what, "fix": error.fix}


def _explained(error: Exception) -> EvaluationError:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == _FILE]
    place = f"Line {lines[-1]}: " if lines else ""
    reason = " ".join(str(error).split())[:200].rstrip(".")
    if isinstance(error, ZeroDivisionError):
        return EvaluationError(f"{place}division by zero.", "Check what the divisor becomes.")
    what = f"{place}{type(error).__name__}: {reason}." if reason else f"{place}it failed."
    return EvaluationError(what, "Change that line and run the program again.")


class _Run:
    def __init__(self, source: str) -> None:
        self.printed = io.StringIO()
        tree = check(source)
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        literals = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        Style.decimals = bool(used & {"round", "float", "Decimal"}) or any(
            isinstance(value, float) for value in literals
        )
        if tree.body and isinstance(last := tree.body[-1], ast.Expr):
            target = ast.Name(_VALUE, ast.Store())
            tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
        self.code = compile(ast.fix_missing_locations(_Rewriter().visit(tree)), _FILE, "exec")

    def outcome(self) -> dict[str, Any]:
        namespace = _namespace(self._print)
        exec(self.code, namespace)  # noqa: S102 (checked, rewritten, without builtins)
        value = namespace.get("result", namespace.get(_VALUE))
        solution = namespace.get("solution")
        if value is None and callable(solution):  # models write one and leave the call to others
            value = solution()
        printed = self.printed.getvalue()
        if value is None:
            if not printed:
                what = "The program ends without an answer."
                raise EvaluationError(what, "Assign the answer to result.")
            return {"printed": printed, "text": "", "latex": "", "approx": "", "form": None}
        return {"printed": printed, **_shown(value)}

    def _print(self, *values: Any, sep: Any = " ", end: Any = "\n") -> None:
        text = str(" " if sep is None else sep).join(map(plain_text, values))
        self.printed.write(text + str("\n" if end is None else end))
        if self.printed.tell() > MAX_TEXT:
            raise LimitExceeded(f"The program printed over {MAX_TEXT} characters.", _TOO_LONG)


def _shown(value: Any) -> dict[str, Any]:
    if isinstance(value, range | map | filter | zip | enumerate) or hasattr(value, "send"):
        value = list(value)
    if callable(value) and not isinstance(value, sympy.Basic):
        raise EvaluationError("The answer is a function, not a value.", "Call the function.")
    value = _tidied(value)
    text = plain_text(value)
    if len(text) > MAX_TEXT:
        raise LimitExceeded(f"The answer has over {MAX_TEXT} characters.", _TOO_LONG)
    typeset = latex(value)
    try:
        form = encode(value)
        has_form = True
    except TooLarge:
        form, has_form = None, False
    return {
        "text": text,
        "latex": typeset if len(typeset) <= MAX_TEXT else "",
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


def _named(name: str) -> Any:
    """What a name of the table stands for."""
    if name in names.FUNCTIONS:
        target = names.FUNCTIONS[name].target
        if target.startswith("our."):
            return functions.OUR.get(target[4:])
        return functions.guarded(getattr(sympy, target))
    if name in names.BUILTINS:
        return getattr(builtins, name)
    if name in names.CONSTANTS:
        target = names.CONSTANTS[name]
        return functions.OUR["tau"] if target == "our.tau" else getattr(sympy, target)
    return sympy.Symbol(name)


@functools.cache
def table() -> dict[str, Any]:
    """What every name stands for; made once, in the warm process."""
    made = {name: _named(name) for name in names.NAMES if name != "S"}
    members = {}
    for name, target in names.S_MEMBERS.items():
        members[name] = getattr(sympy.S if hasattr(sympy.S, target) else sympy, target)
    made["S"] = functions.Module(members)
    return made


def _namespace(printer: Any) -> dict[str, Any]:
    known = {**table(), "print": printer}
    module = functions.Module(known)
    modules = {name: module for name in (*names.MODULES, "sp") if "." not in name}
    ours = {
        "_gba_power": functions.power,
        "_gba_divide": functions.divide,
        "_gba_get": functions.attribute,
        "_gba_format": functions.formatted,
        "_gba_equation": known["Eq"],
        "_gba_decimal": sympy.Rational,
        "_gba_imaginary": sympy.I,
        "_gba_table": known,
    }
    return {**known, **modules, **ours, "__builtins__": {}}


class _Rewriter(ast.NodeTransformer):
    """Python's inexact, unbounded or reflective operations become calls of ours."""

    _OPERATIONS = {ast.Div: "_gba_divide", ast.Pow: "_gba_power", ast.BitXor: "_gba_power"}  # noqa: RUF012

    def _call(self, node: ast.AST, name: str, *arguments: ast.expr) -> ast.Call:
        call = ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
        return ast.copy_location(call, node)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, float | complex) or node.kind is None:
            return node
        number = self._call(node, "_gba_decimal", ast.Constant(node.kind.rstrip("jJ")))
        if isinstance(node.value, float):
            return number
        imaginary = ast.Name("_gba_imaginary", ast.Load())
        return ast.copy_location(ast.BinOp(number, ast.Mult(), imaginary), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        name = self._OPERATIONS.get(type(node.op))
        if name:
            return self._call(node, name, left, right)
        return ast.copy_location(ast.BinOp(left, node.op, right), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _SOLVERS and node.args:
            node.args[0] = self._equation(node.args[0])
        self.generic_visit(node)
        return node

    def _equation(self, node: ast.expr) -> ast.expr:
        """``x**2 == 4`` given to a solver is meant as an equation; Python would say False."""
        if isinstance(node, ast.List | ast.Tuple):
            node.elts = [self._equation(element) for element in node.elts]
        elif (
            isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)
        ):
            return self._call(node, "_gba_equation", node.left, node.comparators[0])
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        if type(node.op) not in self._OPERATIONS:
            self.generic_visit(node)
            return node
        current = copy.deepcopy(node.target)
        current.ctx = ast.Load()
        value = ast.copy_location(ast.BinOp(current, node.op, node.value), node)
        assign = ast.copy_location(ast.Assign([node.target], value), node)
        return self.visit(ast.fix_missing_locations(assign))  # type: ignore[no-any-return]

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._call(node, "_gba_get", self.visit(node.value), ast.Constant(node.attr))

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        spec = node.format_spec
        text = spec.values[0] if isinstance(spec, ast.JoinedStr) and spec.values else None
        value = self.visit(node.value)
        call = self._call(node, "_gba_format", value, text or ast.Constant(""))
        return ast.copy_location(ast.FormattedValue(call, -1, None), node)

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """The module's name comes to stand for the one table there is."""
        load = ast.Name("math", ast.Load())
        bound = [alias.asname or alias.name.split(".")[0] for alias in node.names]
        return [
            ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], load), node)
            for name in bound
            if name not in names.MODULES
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """``from sympy import sqrt as s`` becomes ``s = table["sqrt"]``."""
        return [
            ast.copy_location(ast.Assign([ast.Name(alias.asname or alias.name, ast.Store())],
                ast.Subscript(ast.Name("_gba_table", ast.Load()), ast.Constant(alias.name),
                              ast.Load())), node)
            for alias in node.names
            if alias.name != "*"
        ]  # fmt: skip
