"""What a run of the agent leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from .events import (
    Event,
    GrammarUsed,
    PhaseFinished,
    Timings,
    ToolCalled,
    ToolReturned,
    is_kept,
    spent,
    to_json,
)


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
        """The record as plain JSON values; live deltas are left out."""
        return {
            "version": 1,
            "question": self.question,
            "answer": self.answer,
            "events": [to_json(event) for event in self.events if is_kept(event)],
        }
