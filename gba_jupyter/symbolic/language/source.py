"""The safe math language: a subset of Python, given by what it allows.

`check` is the first fence. The evaluator is the second (it looks at types, where this looks at
names), the sandbox the third.
"""

from __future__ import annotations

import ast
import contextlib
import io
import tokenize

from ...errors import ProgramRefused
from .checker import refuse_unknown
from .program_grammar import program_gbnf

__all__ = ["MAX_SOURCE", "check", "check_length", "program_gbnf"]

MAX_SOURCE = 20_000
"""Characters; a program for one question has a few hundred."""


def check(source: str) -> ast.Module:
    """The syntax tree of a program of the math language.

    ``^`` has become ``**``, type hints are gone, a test of ``__name__`` has become its body, and
    the ``kind`` of a decimal literal holds its text, so that the evaluator can keep it exact.

    Raises:
        ProgramRefused: the program uses something the language does not have; `what` names the
            line, `fix` what to use instead.
    """
    check_length(source)
    source = _powers(source)
    try:
        tree = ast.parse(source)
        tree.body = _plain(tree.body)
        refuse_unknown(source, tree)
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


def _plain(body: list[ast.stmt]) -> list[ast.stmt]:
    """The program's statements without what only a file or inexact numbers need."""
    plain: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, ast.If) and _is_main_test(statement.test):
            plain += _plain(statement.body)
        elif not _sets_precision(statement):
            plain.append(statement)
    return plain


def _is_main_test(test: ast.expr) -> bool:
    """Whether it is ``__name__ == "__main__"``."""
    if not (isinstance(test, ast.Compare) and isinstance(test.left, ast.Name)):
        return False
    other = test.comparators[0]
    return (
        test.left.id == "__name__"
        and len(test.ops) == 1
        and isinstance(test.ops[0], ast.Eq)
        and isinstance(other, ast.Constant)
        and other.value == "__main__"
    )


def _sets_precision(statement: ast.stmt) -> bool:
    """Whether it is ``getcontext().prec = 50``: numbers are exact without."""
    if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)):
        return False
    target = statement.targets[0]
    if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Call)):
        return False
    called = target.value.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    return name == "getcontext" and target.attr == "prec"
