"""The safe math language: a subset of Python, given by what it allows.

`check` is the first fence. The evaluator is the second (it looks at types, where this looks at
names), the sandbox the third.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import tokenize

from ..errors import ProgramRefused
from .names import FUNCTIONS, METHODS, MODULES, NAMES, S_MEMBERS, TEXT_TAKERS
from .program_grammar import program_gbnf

__all__ = ["MAX_SOURCE", "check", "check_length", "program_gbnf"]

MAX_SOURCE = 20_000
"""Characters; a program for one question has a few hundred."""

_NODES: tuple[type[ast.AST], ...] = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If,
    ast.Break, ast.Continue, ast.Pass, ast.FunctionDef, ast.Return, ast.Import, ast.ImportFrom,
    ast.alias, ast.arguments, ast.arg, ast.Lambda, ast.BinOp, ast.UnaryOp, ast.BoolOp,
    ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice,
    ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Starred, ast.JoinedStr,
    ast.FormattedValue, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop,
)  # fmt: skip
_INSTEAD = {
    ast.ClassDef: ("class", "Use plain variables and functions."),
    ast.Try: ("try", "Compute directly; a failure is reported with its line."),
    ast.With: ("with", "Compute directly; files and contexts do not exist here."),
    ast.Assert: ("assert", "Use if, or leave it out."),
    ast.Delete: ("del", "Leave it out."),
    ast.Raise: ("raise", "Assign the answer to result."),
    ast.Global: ("global", "Pass the value as an argument."),
    ast.Yield: ("yield", "Build a list and return it."),
}
_FORMAT = re.compile(r"[<>^]?[+]?\d{0,2},?(\.\d{1,2})?[dfges%]?\Z")
_SIMPLER = "Use arithmetic, SymPy's functions, if, for and def."
_STRING_DOORS = frozenset({"sympify", "parse_expr", "lambdify", "eval", "exec", "compile"})


def check(source: str) -> ast.Module:
    """The syntax tree of a program of the math language.

    ``^`` has become ``**``, type hints are gone, and the ``kind`` of a decimal literal holds
    its text, so that the evaluator can keep it exact.

    Raises:
        ProgramRefused: the program uses something the language does not have; `what` names the
            line, `fix` what to use instead.
    """
    check_length(source)
    source = _powers(source)
    try:
        tree = ast.parse(source)
        _Checker(source, tree).visit(tree)
    except SyntaxError as error:
        what = f"Line {error.lineno or 1} is not Python: {error.msg}."
        raise ProgramRefused(what, "Write one statement per line, without prose.") from None
    except ValueError:
        what = "The program holds a character that Python does not read."
        raise ProgramRefused(what, "Use plain letters, digits and signs.") from None
    except (RecursionError, MemoryError):
        raise ProgramRefused(
            "The program is nested too deeply.", "Split it into several assignments."
        ) from None
    return tree


def check_length(source: str) -> None:
    """Refuse a program too long to be one.

    Raises:
        ProgramRefused: it has more than `MAX_SOURCE` characters.
    """
    if len(source) > MAX_SOURCE:
        what = f"The program has {len(source)} characters."
        raise ProgramRefused(what, f"Write at most {MAX_SOURCE}.")


def _powers(source: str) -> str:
    """The source with ``^`` written as ``**``: here a caret always means a power."""
    if "^" not in source:
        return source
    lines = source.splitlines(keepends=True)
    places: list[tuple[int, int]] = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):  # the parser says it better
        places += [
            token.start
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.OP and token.string in ("^", "^=")
        ]
    for row, column in reversed(places):
        if row <= len(lines):
            line = lines[row - 1]
            lines[row - 1] = line[:column] + "**" + line[column + 1 :]
    return "".join(lines)


def _refuse(node: ast.AST, what: str, fix: str) -> ProgramRefused:
    return ProgramRefused(f"Line {getattr(node, 'lineno', 1)}: {what}.", fix)


class _Checker(ast.NodeVisitor):
    """Walks the tree once; raises at the first thing that is not allowed."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self.source = source
        self.modules = {name for name in MODULES if "." not in name} | {"sp", "S"}
        self.known = NAMES | self.modules
        for node in ast.walk(tree):
            self._learn(node)

    def _learn(self, node: ast.AST) -> None:
        """Names that the program binds somewhere."""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            self.known |= {node.id}
        elif isinstance(node, ast.arg):
            self.known |= {node.arg}
        elif isinstance(node, ast.FunctionDef):
            self.known |= {node.name}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound = {alias.asname or alias.name.split(".")[0] for alias in node.names}
            self.known |= bound
            if isinstance(node, ast.Import):
                self.modules |= bound

    def visit(self, node: ast.AST) -> None:
        if not isinstance(node, _NODES):
            what, fix = _INSTEAD.get(type(node), (type(node).__name__, _SIMPLER))
            raise _refuse(node, f"the math language has no {what}", fix)
        super().visit(node)

    def _name(self, node: ast.AST, name: str) -> None:
        if name.startswith("_") and name != "_":
            raise _refuse(node, f"the name {name} begins with an underscore", "Rename it.")

    def visit_Name(self, node: ast.Name) -> None:
        self._name(node, node.id)
        if node.id in _STRING_DOORS:
            fix = "Write the expression itself, without quotes."
            raise _refuse(node, f"{node.id} is not allowed", fix)
        if node.id not in self.known:
            fix = "Assign it first, or use a function of math or SymPy."
            raise _refuse(node, f"the name {node.id} is not known here", fix)

    def visit_arg(self, node: ast.arg) -> None:
        self._name(node, node.arg)
        node.annotation = None

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._name(node, node.name)
        if node.decorator_list:
            raise _refuse(node, "decorators are not allowed", "Write a plain function.")
        node.returns = None
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            raise _refuse(node, f"{ast.unparse(node.target)} gets no value", "Assign one.")
        node.annotation = ast.copy_location(ast.Constant(value=None), node)
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg is None:
            raise _refuse(node.value, "** in a call is not allowed", "Name each argument.")
        self._name(node.value, node.arg)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load):
            raise _refuse(node, "attributes cannot be assigned", "Assign to a variable.")
        of_module = isinstance(node.value, ast.Name) and node.value.id in self.modules
        if node.attr not in METHODS and not (
            of_module and (node.attr in NAMES or node.attr in S_MEMBERS)
        ):
            fix = (
                'Use an f-string such as f"{x:.2f}".'
                if node.attr.startswith("format")
                else "Use a function of math or SymPy, or a method such as .subs or .evalf."
            )
            raise _refuse(node, f".{node.attr} is not allowed", fix)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else ""
        if isinstance(function, ast.Attribute):
            name = function.attr
        if name in FUNCTIONS and name not in TEXT_TAKERS:
            for argument in node.args:
                if _is_long_text(argument):
                    fix = "Write the expression itself, without quotes."
                    raise _refuse(argument, f"{name} cannot be given text", fix)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._name(node, alias.asname or "")
            if alias.name not in MODULES:
                fix = "Only math, sympy, fractions and decimal are known."
                raise _refuse(node, f"{alias.name} cannot be imported", fix)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or node.module not in MODULES:
            fix = "Only math, sympy, fractions and decimal are known."
            raise _refuse(node, f"{node.module or '.'} cannot be imported", fix)
        for alias in node.names:
            self._name(node, alias.asname or "")
            if alias.name not in NAMES and alias.name != "*":
                fix = "Write the formula out, or use another function of SymPy."
                raise _refuse(node, f"{alias.name} is not available", fix)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, float | complex):
            text = (ast.get_source_segment(self.source, node) or "").replace("_", "")
            exponent = text.lower().rstrip("j").partition("e")[2]
            if not text or abs(int(exponent or 0)) > 400:
                raise _refuse(node, "a decimal's exponent is above 400", "Use smaller numbers.")
            node.kind = text
        elif not (node.value is None or isinstance(node.value, bool | int | str)):
            raise _refuse(node, "bytes and ... are not allowed", "Use numbers.")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        spec = node.format_spec
        if spec is not None and not _is_plain_spec(spec):
            raise _refuse(node, "this format is not allowed", 'Use one such as f"{x:.2f}".')
        self.visit(node.value)


def _is_long_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 2
    )


def _is_plain_spec(spec: ast.expr) -> bool:
    if not isinstance(spec, ast.JoinedStr) or len(spec.values) > 1:
        return False
    texts = [part.value for part in spec.values if isinstance(part, ast.Constant)]
    return len(texts) == len(spec.values) and all(_FORMAT.match(str(text)) for text in texts)
