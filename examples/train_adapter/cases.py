"""What the generators make: cases of the agent's protocol, and of the math language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ANSWER_TOOL = "respond_to_user"


@dataclass(frozen=True)
class Step:
    """One step: what is thought, which call follows, and what the tool returned."""

    thought: str
    tool: str
    arguments: dict[str, Any]
    result: str = ""
    """What the tool returned; "" when the tool is ``respond_to_user``."""


@dataclass(frozen=True)
class Request:
    """What the user wrote, and the steps that answer it; the last calls ``respond_to_user``."""

    text: str
    steps: tuple[Step, ...]
    facts: tuple[str, ...] = ()
    """Texts that the final answer must contain."""


@dataclass(frozen=True)
class AgentCase:
    """A thread: the tools on offer, and one request or several (follow-ups)."""

    family: str
    template: str
    tools: tuple[dict[str, Any], ...]
    """Each with ``name``, ``description`` and ``parameters``; without ``respond_to_user``."""
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class MathCase:
    """A question, and the program of the math language that answers it."""

    family: str
    template: str
    question: str
    program: str
    answer: str
    """``str(evaluate(program))``"""
