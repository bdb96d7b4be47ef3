"""What a math program gave, as the events of a run; and a run of a program written by hand."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable

from ..events import (
    Checked,
    Evaluated,
    Event,
    OnEvent,
    PhaseFinished,
    PhaseStarted,
    Plotted,
    RunStarted,
    TextDelta,
    Timings,
)
from ..running import play, told
from . import Evaluation, aevaluate
from .evidence import Wanted
from .result import MathResult


def run_program(
    program: str, timeout: float, memory: int, wanted: Wanted, on_event: OnEvent | None = None
) -> MathResult:
    """Run a program as it was written by hand, told as the same events.

    Raises:
        EvaluationError: it was refused, failed or hit a limit.
    """

    async def happenings() -> AsyncGenerator[Event | Evaluation, None]:
        yield RunStarted("math", program, "", "")
        yield PhaseStarted(1, "program")
        yield TextDelta(1, "program", program)
        yield PhaseFinished(1, "program", program, Timings(), "given")
        evaluation = await aevaluate(program, timeout, memory, wanted)
        yield evaluated(1, evaluation)
        for event in shown_with(evaluation, 1):
            yield event
        yield evaluation

    return play(told(happenings(), result_of(program)), on_event)


def result_of(question: str) -> Callable[[Evaluation, tuple[Event, ...]], MathResult]:
    """Makes the result of a run."""

    def made(evaluation: Evaluation, events: tuple[Event, ...]) -> MathResult:
        return MathResult(question, evaluation, events)

    return made


def evaluated(step: int, evaluation: Evaluation) -> Evaluated:
    """A program's answer as an event."""
    return Evaluated(step, evaluation.program, str(evaluation), evaluation.latex, evaluation.approx)


def shown_with(evaluation: Evaluation, step: int) -> list[Event]:
    """The checks of an answer, and its pictures."""
    checked = [Checked(step, check.what, check.holds) for check in evaluation.checks]
    return [*checked, *(Plotted(step, picture) for picture in evaluation.pictures)]
