"""What a run of the agent leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from .errors import OptionError
from .events import (
    Answered,
    Event,
    GrammarUsed,
    PhaseFinished,
    RunStarted,
    Timings,
    ToolCalled,
    ToolReturned,
    spent,
)
from .records import pack, unpack


@dataclass(frozen=True)
class RunStep:
    """One step: the reasoning, the grammar, and the call with its result, if it made one."""

    number: int
    reasoning: str = ""
    gbnf: str = ""
    call: ToolCalled | None = None
    result: ToolReturned | None = None


@dataclass(frozen=True)
class AgentRun:
    """A finished run. ``str()`` is its answer.

    Attributes:
        question: what the user asked.
        answer: the final answer.
        messages: LangChain's messages, those of the history included.
        events: all that was told.
    """

    question: str
    answer: str
    messages: tuple[BaseMessage, ...]
    events: tuple[Event, ...]

    def __str__(self) -> str:
        return self.answer

    def __repr__(self) -> str:
        return f"AgentRun({self.question!r}: {self.answer!r})"

    @property
    def usage(self) -> Timings:
        """Tokens and milliseconds, summed over all completions."""
        return spent(self.events)

    @property
    def steps(self) -> tuple[RunStep, ...]:
        """The steps in order."""
        parts: dict[int, dict[str, Any]] = {}
        for event in self.events:
            match event:
                case PhaseFinished(step, "reason", text):
                    parts.setdefault(step, {})["reasoning"] = text
                case GrammarUsed(step, gbnf):
                    parts.setdefault(step, {})["gbnf"] = gbnf
                case ToolCalled(step):
                    parts.setdefault(step, {})["call"] = event
                case ToolReturned(step):
                    parts.setdefault(step, {})["result"] = event
        return tuple(RunStep(number, **part) for number, part in sorted(parts.items()))

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values: whole, but without messages and live deltas."""
        return {"question": self.question, "answer": self.answer, **pack(self.events)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> AgentRun:
        """The run of a record: of `to_json`, of ``%gba export run.json``, or of a notebook.

        It has everything that was told, and so steps, usage and answer; `messages` is empty,
        because a record does not hold what LangChain kept. A run that came to no answer has "".

        Raises:
            OptionError: the data is no record of a run of the agent.
        """
        try:
            events = unpack(data)
        except ValueError as error:
            raise OptionError(
                f"This is no record of a run: {error}.", "Give what run.to_json() gave."
            ) from error
        started = next((e for e in events if isinstance(e, RunStarted)), None)
        if started is None or started.kind != "agent":
            raise OptionError(
                "This is no record of a run of the agent.", "Show it with %gba open and %gba show."
            )
        answers = [event.text for event in events if isinstance(event, Answered)]
        return cls(started.question, answers[-1] if answers else "", (), events)
