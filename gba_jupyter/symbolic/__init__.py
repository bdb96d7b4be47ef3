"""The safe math language: a program in, an exact value out, nothing else happens.

`evaluate` runs a program in the sandbox; `program_gbnf` is the grammar under which a model
writes one; `check` says whether a program is one at all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import EvaluationError, LimitExceeded, ProgramRefused
from .evidence import Check, Wanted
from .forms import decode
from .language.source import check, check_length, program_gbnf
from .limits import Limits
from .sandbox import Sandbox, Ticket

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
    checks: tuple[Check, ...] = ()
    """How it was verified by another way, when that was wanted."""
    pictures: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    """What it looks like, as plain numbers and labels; see `pictures`."""

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


def evaluate(
    program: str,
    timeout: float = Limits.seconds,
    memory: int = Limits.memory,
    *,
    check: bool = False,
    plot: bool = False,
) -> Evaluation:
    """Run a program of the math language in the sandbox.

    The answer is the variable `result`, else the last expression; when nothing was printed, also
    `ans`, `answer`, what the last line assigned, or what a function `solution()` gives.

    Args:
        program: in the math language.
        timeout: seconds that it may run.
        memory: MB that it may use, with the 100 that SymPy takes; Windows does not hold it to that.
        check: verify the answer by another way, where there is one.
        plot: find a picture of what was found, where there is one.

    Raises:
        ProgramRefused: the program uses what the language does not have.
        LimitExceeded: it hit a limit of time, memory, output or recursion.
        EvaluationError: it failed.
    """
    return _evaluate(program, Limits(timeout, memory), Wanted(check, plot), Ticket())


async def aevaluate(
    program: str,
    timeout: float = Limits.seconds,  # noqa: ASYNC109
    memory: int = Limits.memory,
    wanted: Wanted | None = None,
) -> Evaluation:
    """`evaluate` for coroutines; cancelling it ends the program."""
    import asyncio  # not above: the child, which never needs it, is to start quickly

    ticket = Ticket()
    limits, wanted = Limits(timeout, memory), wanted or Wanted()
    try:
        return await asyncio.to_thread(_evaluate, program, limits, wanted, ticket)
    except asyncio.CancelledError:
        _sandbox.abort(ticket)
        raise


def _evaluate(program: str, limits: Limits, wanted: Wanted, ticket: Ticket) -> Evaluation:
    check_length(program)
    return Evaluation(program=program, **_sandbox.run(program, limits, ticket, wanted))


def shut_down() -> None:
    """End the sandbox's process; the next program starts another."""
    _sandbox.close()


def warm_up() -> None:
    """Start the sandbox's process in the background, so that the first program finds it ready."""
    _sandbox.warm_up()
