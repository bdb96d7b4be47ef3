"""A checked program rewritten: inexact, unbounded or reflective operations become calls of ours."""

from __future__ import annotations

import ast

from ..language import libraries

_OPERATIONS: dict[type[ast.operator], str] = {
    ast.Div: "_gba_divide",
    ast.Pow: "_gba_power",
    ast.Mult: "_gba_times",
    ast.Mod: "_gba_modulo",
    ast.LShift: "_gba_shift",
}
_SOLVERS = frozenset({"solve", "solveset", "linsolve", "nonlinsolve", "dsolve", "nsolve"})


LAST_VALUE = "_gba_value"
"""What a program's last expression is bound to."""


def rewritten(tree: ast.Module) -> ast.Module:
    """The tree as one that may be compiled; its last expression gets a name. Changes the tree."""
    if tree.body and isinstance(last := tree.body[-1], ast.Expr):
        target = ast.Name(LAST_VALUE, ast.Store())
        tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
    changed: ast.Module = ast.fix_missing_locations(_Rewriter().visit(tree))
    return changed


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _item(table: str, *keys: str) -> ast.expr:
    found: ast.expr = _load(table)
    for key in keys:
        found = ast.Subscript(found, ast.Constant(key), ast.Load())
    return found


class _Rewriter(ast.NodeTransformer):
    def _call(self, node: ast.AST, name: str, *arguments: ast.expr) -> ast.Call:
        return ast.copy_location(ast.Call(_load(name), list(arguments), []), node)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, float | complex) or node.kind is None:
            return node
        number = self._call(node, "_gba_decimal", ast.Constant(node.kind.rstrip("jJ")))
        if isinstance(node.value, float):
            return number
        return ast.copy_location(ast.BinOp(number, ast.Mult(), _load("_gba_imaginary")), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        name = _OPERATIONS.get(type(node.op))
        if name:
            return self._call(node, name, left, right)
        return ast.copy_location(ast.BinOp(left, node.op, right), node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """SymPy's True cannot be counted, Python's can."""
        self.generic_visit(node)
        if any(isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for sign in node.ops):
            return self._call(node, "_gba_truth", node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        name = _OPERATIONS.get(type(node.op))
        if name is None:
            self.generic_visit(node)
            return node
        value = self.visit(node.value)
        target = node.target
        if isinstance(target, ast.Name):
            call = self._call(node, name, _load(target.id), value)
            return ast.copy_location(ast.Assign([target], call), node)
        assert isinstance(target, ast.Subscript)  # noqa: S101 (attributes were refused)
        key = self.visit(_key(target.slice))
        call = self._call(node, "_gba_update", self.visit(target.value), key, _load(name), value)
        return ast.copy_location(ast.Expr(call), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name == "is_integer" and isinstance(function, ast.Attribute) and not node.args:
            return self._call(node, "_gba_whole", self.visit(function.value))
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

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._call(node, "_gba_get", self.visit(node.value), ast.Constant(node.attr))

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        value = self.visit(node.value)
        if node.conversion == ord("r"):
            value = self._call(node, "_gba_repr", value)
        spec = self.visit(node.format_spec) if node.format_spec else ast.Constant("")
        call = self._call(node, "_gba_format", value, spec)
        return ast.copy_location(ast.FormattedValue(call, -1, None), node)

    def visit_Try(self, node: ast.Try) -> ast.stmt:
        """Limits and refusals pass every ``except`` of the program."""
        self.generic_visit(node)
        if node.handlers:
            passing = ast.ExceptHandler(_load("_gba_never"), None, [ast.Raise()])
            node.handlers.insert(0, ast.copy_location(passing, node))
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt] | ast.stmt:
        """The module's name comes to stand for its table."""
        statements: list[ast.stmt] = []
        for alias in node.names:
            module = alias.name if alias.asname else alias.name.split(".")[0]
            if alias.name not in libraries.DROPPED and module in libraries.MODULES:
                bound = ast.Name(alias.asname or module, ast.Store())
                statements.append(ast.Assign([bound], _item("_gba_modules", module)))
        return self._all(node, statements)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt] | ast.stmt:
        """``from sympy import sqrt as s`` becomes ``s = tables["sympy"]["sqrt"]``."""
        module = node.module or ""
        statements: list[ast.stmt] = []
        for alias in node.names if module not in libraries.DROPPED else []:
            offered = sorted(libraries.LIBRARIES.get(module, ())) if alias.name == "*" else []
            for name in offered or [alias.name] * (alias.name != "*"):
                bound = ast.Name(alias.asname or name, ast.Store())
                statements.append(ast.Assign([bound], _item("_gba_tables", module, name)))
        return self._all(node, statements)

    def _all(self, node: ast.stmt, statements: list[ast.stmt]) -> list[ast.stmt] | ast.stmt:
        return [ast.copy_location(s, node) for s in statements or [ast.Pass()]]


def _key(key: ast.expr) -> ast.expr:
    """A slice as a value that can be handed over."""
    if not isinstance(key, ast.Slice):
        return key
    none = ast.Constant(None)
    parts: list[ast.expr] = [key.lower or none, key.upper or none, key.step or none]
    return ast.Call(_load("_gba_slice"), parts, [])
