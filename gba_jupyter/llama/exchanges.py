"""What the last run sent to its servers, and how much of it they had in their cache."""

from __future__ import annotations

import json
import shlex
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..events import Phase, Timings
from .protocol import CompletionRequest

if TYPE_CHECKING:
    from .client import LlamaServer

_MOST = 200  # requests of one run that are kept


@dataclass
class Exchange:
    """One completion of a run.

    Attributes:
        server: the client that sent it.
        slot: the one asked for; -1 when the server chose.
        step: of the run; a program that a tool had written belongs to the step of its call.
        timings: what it cost; None while it is not answered, or when it broke off.
        model: that was served there then.
        number: among the requests of the run, from 1.
    """

    server: LlamaServer
    request: CompletionRequest
    slot: int
    step: int
    phase: Phase
    timings: Timings | None = None
    model: str = ""
    number: int = 0

    @property
    def body(self) -> dict[str, Any]:
        """What was sent."""
        return self.request.to_json(self.slot)


class Exchanges:
    """The completions of the last run, the oldest left out when there are many."""

    def __init__(self) -> None:
        self._kept: deque[Exchange] = deque(maxlen=_MOST)
        self.question = ""
        """What the run was asked; empty before the first."""
        self.count = 0
        """How many requests it has sent; the first of many are not kept."""
        self._step = 0  # of the agent

    def begin(self, question: str) -> None:
        """A run begins: forget the one before."""
        self.question = question
        self.count = self._step = 0
        self._kept = deque(maxlen=_MOST)

    def add(self, exchange: Exchange) -> None:
        """A request goes over."""
        self.count += 1
        exchange.number = self.count
        if exchange.phase != "program":
            self._step = exchange.step
        elif self._step:  # a tool of the agent counts programs of its own
            exchange.step = self._step
        self._kept.append(exchange)

    def all(self) -> tuple[Exchange, ...]:
        """The requests in order."""
        return tuple(self._kept)


def curl(exchange: Exchange) -> str:
    """A command that sends the same request again; the key stays in the environment."""
    url = shlex.quote(f"{exchange.server.base_url}/completion")
    lines = [f"curl -N {url} \\", "  -H 'Content-Type: application/json' \\"]
    if exchange.server.has_key:
        lines.append('  -H "Authorization: Bearer $GBA_API_KEY" \\')
    # JSON in ASCII, a field to a line: a text is within quotes and has no line ends, so none of
    # the lines can be the one that ends the document.
    fields = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in exchange.body.items()]
    return "\n".join([*lines, "  -d @- <<'EOF'", "{" + ",\n ".join(fields) + "}", "EOF"])
