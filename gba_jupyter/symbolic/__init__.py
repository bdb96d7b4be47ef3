"""The safe math language: a program in, an exact value out, nothing else happens.

`evaluate` runs a program in the sandbox; `program_gbnf` is the grammar under which a model
writes one; `check` says whether a program is one at all.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import EvaluationError, LimitExceeded, ProgramRefused
from .forms import decode
from .language import check, check_length, program_gbnf
from .sandbox import Sandbox

__all__ = [
    "Evaluation",
    "EvaluationError",
    "LimitExceeded",
    "ProgramRefused",
    "aevaluate",
    "check",
    "evaluate",
    "program_gbnf",
    "shut_down",
    "warm_up",
]

_sandbox = Sandbox()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_sandbox.forget)


@dataclass(frozen=True)
class Evaluation:
    """What a program computed. ``str()`` is what it printed if it printed, else the value."""

    program: str
    text: str
    """The value as plain text; empty when the program only printed."""
    latex: str
    """The value typeset; empty when there is none."""
    approx: str
    """Decimal digits when the text is not itself a decimal; else empty."""
    printed: str
    """What the program printed, as it is."""
    form: Any = field(default=None, repr=False, compare=False)
    """The value as plain JSON, from which `value` is built."""
    has_form: bool = field(default=True, repr=False)

    @cached_property
    def value(self) -> Any:
        """The value: a SymPy object or a Python container; None when the program only printed.

        Raises:
            EvaluationError: it is too large, or of a kind that does not cross.
        """
        if not self.has_form:
            raise EvaluationError("This value is available as text only.", "Use .text or .latex.")
        value = decode(self.form)
        if isinstance(value, int) and not isinstance(value, bool):
            import sympy

            return sympy.Integer(value)
        return value

    def __str__(self) -> str:
        return self.printed.rstrip("\n") if self.printed else self.text


def evaluate(program: str, timeout: float = 5.0) -> Evaluation:
    """Run a program of the math language in the sandbox.

    The answer is the variable `result`, else the last expression, else what was printed.

    Raises:
        ProgramRefused: the program uses what the language does not have.
        LimitExceeded: it hit a limit of time, memory, output or recursion.
        EvaluationError: it failed.
    """
    check_length(program)
    return Evaluation(program=program, **_sandbox.run(program, timeout))


async def aevaluate(program: str, timeout: float = 5.0) -> Evaluation:  # noqa: ASYNC109
    """`evaluate` for coroutines; cancelling it kills the program."""
    try:
        return await asyncio.to_thread(evaluate, program, timeout)
    except asyncio.CancelledError:
        _sandbox.abort()
        raise


def shut_down() -> None:
    """End the sandbox's process; the next program starts another."""
    _sandbox.close()


def warm_up() -> None:
    """Start the sandbox's process in the background, so that the first program finds it ready."""
    _sandbox.warm_up()
