"""The walk over a program's syntax tree that refuses what the language does not have."""

from __future__ import annotations

import ast

from ...errors import ProgramRefused
from . import libraries
from .format_specs import is_spec
from .members import METHODS
from .names import FUNCTIONS, NAMES, S_MEMBERS, TEXT_TAKERS

_NODES: tuple[type[ast.AST], ...] = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.For,
    ast.While, ast.If, ast.Break, ast.Continue, ast.Pass, ast.FunctionDef, ast.Return, ast.Import,
    ast.ImportFrom, ast.Try, ast.ExceptHandler, ast.Raise, ast.Assert, ast.Global, ast.Nonlocal,
    ast.Delete, ast.alias, ast.arguments, ast.arg, ast.Lambda, ast.BinOp, ast.UnaryOp, ast.BoolOp,
    ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice,
    ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Starred, ast.JoinedStr,
    ast.FormattedValue, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop,
)  # fmt: skip
_INSTEAD = {
    ast.ClassDef: ("class", "Use plain variables and functions."),
    ast.With: ("with", "Compute directly; files and contexts do not exist here."),
    ast.Yield: ("yield", "Build a list and return it."),
    ast.YieldFrom: ("yield", "Build a list and return it."),
    ast.Match: ("match", "Use if and elif."),
}
_SIMPLER = "Use arithmetic, SymPy's functions, if, for and def."
_QUOTES = "Write the expression itself, without quotes."
_DOORS = {
    **dict.fromkeys(("sympify", "parse_expr", "lambdify", "eval", "exec", "compile"), _QUOTES),
    "input": "Nobody answers: write the number into the program.",
    "open": "There are no files: write the data into the program.",
    "type": "Use isinstance, or leave it out.",
}
_MAY_BE_VARIABLES = frozenset({"input", "open", "type"})
_DECORATORS = frozenset({"cache", "lru_cache"})


def refuse_unknown(source: str, tree: ast.Module) -> None:
    """Refuse what the language does not have; drops type hints, and gives decimals their text.

    Raises:
        ProgramRefused: the first thing that is not allowed.
    """
    _Checker(source, tree).visit(tree)


def _refuse(node: ast.AST, what: str, fix: str) -> ProgramRefused:
    return ProgramRefused(f"Line {getattr(node, 'lineno', 1)}: {what}.", fix)


class _Checker(ast.NodeVisitor):
    """Walks the tree once; raises at the first thing that is not allowed."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self.source = source
        self.modules = {name: name for name in libraries.MODULES if "." not in name}
        self.modules |= libraries.ALIASES
        self.known = NAMES | set(self.modules)
        for node in ast.walk(tree):
            self._learn(node)

    def _learn(self, node: ast.AST) -> None:
        """Names that the program binds somewhere."""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            self.known |= {node.id}
        elif isinstance(node, ast.arg):
            self.known |= {node.arg}
        elif isinstance(node, ast.FunctionDef | ast.ExceptHandler):
            self.known |= {node.name or ""}
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self._learn_module(alias)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self.known |= {alias.asname or alias.name}
                if alias.name == "*":
                    self.known |= libraries.members(node.module or "")

    def _learn_module(self, alias: ast.alias) -> None:
        bound = alias.asname or alias.name.split(".")[0]
        self.known |= {bound}
        self.modules[bound] = alias.name if alias.asname else bound

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
        if node.id in _DOORS and not (node.id in _MAY_BE_VARIABLES and node.id in self.known):
            raise _refuse(node, f"{node.id} is not allowed", _DOORS[node.id])
        if node.id not in self.known:
            home = next((m for m, names in libraries.LIBRARIES.items() if node.id in names), "")
            fix = "Assign it first, or use a function of math or SymPy."
            if home and home != "numpy":
                fix = f"Write from {home} import {node.id} first."
            raise _refuse(node, f"the name {node.id} is not known here", fix)

    def visit_arg(self, node: ast.arg) -> None:
        self._name(node, node.arg)
        node.annotation = None

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._name(node, node.name)
        for decorator in node.decorator_list:
            function = decorator.func if isinstance(decorator, ast.Call) else decorator
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            if name not in _DECORATORS:
                what = "decorators other than cache and lru_cache are not allowed"
                raise _refuse(node, what, "Write a plain function.")
        node.returns = None
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._name(node, node.name or "")
        self.generic_visit(node)

    def visit_Try(self, node: ast.Try) -> None:
        for statement in node.finalbody:
            for inner in ast.walk(statement):
                if isinstance(inner, ast.Return | ast.Break | ast.Continue):
                    what = "finally cannot leave, because that would hide a failure"
                    raise _refuse(inner, what, "Write it after the try.")
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        for name in node.names:
            self._name(node, name)

    visit_Nonlocal = visit_Global

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
        if node.attr not in METHODS and not self._has_member(node.value, node.attr):
            fix = "Use a function of math or SymPy, or a method such as .subs or .evalf."
            if node.attr.startswith("format"):
                fix = 'Use an f-string such as f"{x:.2f}".'
            elif isinstance(node.value, ast.Name) and self.modules.get(node.value.id) == "numpy":
                fix = libraries.NO_NUMPY
            raise _refuse(node, f".{node.attr} is not allowed", fix)
        self.generic_visit(node)

    def _has_member(self, owner: ast.expr, name: str) -> bool:
        if isinstance(owner, ast.Attribute):  # datetime.date.today, sympy.ntheory.isprime
            known = libraries.CLASS_METHODS
            return name in known or (owner.attr in libraries.SUBMODULES and name in NAMES)
        if not isinstance(owner, ast.Name):
            return False
        if owner.id == "S":
            return name in S_MEMBERS
        module = self.modules.get(owner.id, "")
        if module and name in libraries.members(module):
            return True
        return name in libraries.CLASS_METHODS

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else ""
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            name = function.attr if function.value.id in self.modules else ""
        if name in FUNCTIONS and name not in TEXT_TAKERS:
            for argument in node.args:
                if _is_long_text(argument):
                    raise _refuse(argument, f"{name} cannot be given text", _QUOTES)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._name(node, alias.asname or "")
            if alias.name not in libraries.MODULES:
                raise self._no_module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or "."
        if node.level or module not in libraries.MODULES:
            raise self._no_module(node, module)
        for alias in node.names:
            self._name(node, alias.asname or "")
            if module not in libraries.DROPPED and alias.name not in {
                *libraries.members(module), "*"
            }:  # fmt: skip
                fix = "Write the formula out, or use another function of SymPy."
                fix = libraries.NO_NUMPY if module == "numpy" else fix
                raise _refuse(node, f"{alias.name} is not available", fix)

    def _no_module(self, node: ast.AST, name: str) -> ProgramRefused:
        fix = "Use math, sympy, fractions, decimal, itertools, functools, statistics or datetime."
        top = name.split(".")[0]
        return _refuse(node, f"{name} cannot be imported", libraries.INSTEAD.get(top, fix))

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
        if isinstance(spec, ast.JoinedStr):
            texts = [part.value for part in spec.values if isinstance(part, ast.Constant)]
            if len(texts) == len(spec.values) and not is_spec("".join(map(str, texts))):
                raise _refuse(node, "this format is not allowed", 'Use one such as f"{x:.2f}".')
        self.generic_visit(node)


def _is_long_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 2
    )
