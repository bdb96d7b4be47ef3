"""Somebody looks at each call before it is made: approve, edit or reject."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from .errors import GrammarError
from .events import ApprovalAsked, Event, OnEvent
from .grammar import Grammar
from .grammar.schema.json_rules import json_text
from .grammar.tools import as_function


@dataclass(frozen=True)
class Proposal:
    """A call that the model wants to make."""

    step: int
    tool: Any
    """The LangChain tool."""
    arguments: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The tool's name."""
        return str(self.tool.name)

    def edited(self, text: str) -> Decision:
        """The decision to make the call with other arguments.

        Args:
            text: the arguments, as JSON; spaces and the order of the names don't matter.

        Raises:
            GrammarError: the grammar of the call does not allow them; says where and why.
        """
        try:
            arguments = json.loads(text)
        except ValueError as error:
            raise GrammarError(
                f"The arguments are not JSON: {error}.",
                f"Write them like this: {json_text(dict(self.arguments))}",
            ) from None
        function = as_function(self.tool)
        if isinstance(arguments, dict):
            arguments = _in_order(arguments, function["parameters"])
        call = json_text({"tool": self.name, "arguments": arguments})
        found = Grammar.from_tools([function]).explain(call)
        if not found.accepted:
            before = len(json_text({"tool": self.name, "arguments": ""})) - 3
            done = call[before : found.position]
            raise GrammarError(
                f"{self.name} cannot be called so: after `{done}` comes {found.expected}.",
                f"Write arguments such as {json_text(dict(self.arguments))}",
            )
        return Decision("edit", arguments)


@dataclass(frozen=True)
class Decision:
    """What is to become of a call."""

    kind: Literal["approve", "edit", "reject"]
    arguments: Mapping[str, Any] | None = None
    """The arguments to call it with instead, when it is edited."""
    why: str = ""
    """What the model is told when it is rejected."""


Approver: TypeAlias = Callable[[Proposal], Decision]
"""Decides about a call; in `Agent.run` it is called in the thread that runs the agent."""

APPROVE = Decision("approve")


def rejected(why: str = "") -> Decision:
    """The decision not to make the call."""
    return Decision("reject", why=why or "The user does not want this call. Answer without it.")


class Desk:
    """Where a run on the background loop and the thread that started it meet for decisions."""

    def __init__(self, approve: Approver) -> None:
        self._approve = approve
        self._open: deque[tuple[Proposal, Future[Decision]]] = deque()

    def ask(self, proposal: Proposal) -> Awaitable[Decision]:
        """Lay a proposal on the desk; the decision comes when the other thread has made it."""
        answer: Future[Decision] = Future()
        self._open.append((proposal, answer))
        return asyncio.wrap_future(answer)

    def between(self, tell: OnEvent) -> OnEvent:
        """Tell events, and decide what lies on the desk after each."""

        def told_and_decided(event: Event) -> None:
            tell(event)
            while isinstance(event, ApprovalAsked) and self._open:
                proposal, answer = self._open.popleft()
                answer.set_result(self._approve(proposal))

        return told_and_decided


def as_resume(decision: Decision, proposal: Proposal) -> dict[str, Any]:
    """The decision as LangChain's human-in-the-loop middleware takes it."""
    match decision.kind:
        case "edit":
            action = {"name": proposal.name, "args": dict(decision.arguments or {})}
            return {"type": "edit", "edited_action": action}
        case "reject":
            return {"type": "reject", "message": decision.why}
        case _:
            return {"type": "approve"}


def _in_order(arguments: dict[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments in the order of their definition, which is that of the grammar."""
    known = [name for name in parameters.get("properties", {}) if name in arguments]
    return {name: arguments[name] for name in [*known, *arguments]}
