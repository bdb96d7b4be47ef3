"""The vocabulary of a run: the only thing that crosses from doing to showing.

Each event is a frozen dataclass; `event_json` takes it to JSON and back. Values have no identity
and no clock: an event tells what happened, its place in the sequence tells when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .readings import LensToken, LensTotals, Trial

Phase: TypeAlias = Literal["reason", "act", "program", "answer"]
Status: TypeAlias = Literal["done", "failed", "interrupted"]


@dataclass(frozen=True)
class Timings:
    """What one completion cost, as the server counted it. Tokens and milliseconds."""

    cached: int = 0
    """Prompt tokens reused from the slot's cache."""
    evaluated: int = 0
    """Prompt tokens evaluated."""
    generated: int = 0
    """Tokens sampled."""
    prompt_ms: float = 0.0
    generate_ms: float = 0.0

    def __add__(self, other: Timings) -> Timings:
        return Timings(
            self.cached + other.cached,
            self.evaluated + other.evaluated,
            self.generated + other.generated,
            self.prompt_ms + other.prompt_ms,
            self.generate_ms + other.generate_ms,
        )

    @property
    def tokens_per_second(self) -> float:
        """Speed of generation; 0.0 when nothing was generated."""
        return 1000 * self.generated / self.generate_ms if self.generate_ms else 0.0


@dataclass(frozen=True)
class ServerStarting:
    """The embedded server is being brought up."""

    stage: str
    """What is going on, in a few words: "fetching the model", "loading the model"."""
    done: int = 0
    """Bytes so far; 0 when there is nothing to count."""
    total: int = 0
    """Bytes in all; 0 when not known."""


@dataclass(frozen=True)
class RunStarted:
    """A run begins."""

    kind: Literal["agent", "math", "gbnf"]
    question: str
    model: str
    url: str
    tools: tuple[str, ...] = ()
    thread: str = ""


@dataclass(frozen=True)
class PhaseStarted:
    """A request is about to be sent to the server."""

    step: int
    """Counted from 1."""
    phase: Phase


@dataclass(frozen=True)
class PromptProgress:
    """The server is evaluating the prompt."""

    step: int
    phase: Phase
    processed: int
    """Prompt tokens done, the cached ones included."""
    total: int
    cached: int


@dataclass(frozen=True)
class TextDelta:
    """The model wrote a little more."""

    step: int
    phase: Phase
    text: str


@dataclass(frozen=True)
class GrammarUsed:
    """The grammar under which the next call or program is written."""

    step: int
    gbnf: str
    not_enforced: tuple[str, ...] = ()
    """What the schemas ask for and a grammar cannot hold, one sentence each."""
    same_as: int = 0
    """In a stored record, whose `gbnf` is empty then: the step that used the same grammar."""


@dataclass(frozen=True)
class RulesUsed:
    """The rules of the grammar that a text went through."""

    step: int
    rules: dict[str, int]
    """How often each was used, by its name."""


@dataclass(frozen=True)
class PhaseFinished:
    """A request is answered."""

    step: int
    phase: Phase
    text: str
    """All that the model wrote in this phase."""
    timings: Timings
    stop: str = "eos"
    """Why it ended: "eos", "word", "limit", "none", or "broken" when it was stopped or failed."""


@dataclass(frozen=True)
class LensRead:
    """What the lens saw of the tokens of a phase that is finished."""

    step: int
    phase: Phase
    tokens: tuple[LensToken, ...]
    totals: LensTotals


@dataclass(frozen=True)
class TrialStarted:
    """A comparison begins one of its trials."""

    number: int
    """Counted from 1."""
    of: int


@dataclass(frozen=True)
class TrialMade:
    """A comparison has made one more of its trials."""

    number: int
    """Counted from 1."""
    of: int
    trial: Trial
    expected: str = ""
    """The tool that should be called; "" when none was named."""


@dataclass(frozen=True)
class ToolCalled:
    """The model called a tool."""

    step: int
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class ToolReturned:
    """A tool gave its result, or failed."""

    step: int
    name: str
    content: str
    """The text that the model sees."""
    is_error: bool = False
    value: Any = field(default=None, compare=False, repr=False, metadata={"live": True})
    """What the tool really gave, while the run lives; a stored record does not have it."""


@dataclass(frozen=True)
class ApprovalAsked:
    """The run waits until somebody has decided about a call."""

    step: int
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class ApprovalGiven:
    """Somebody has decided about a call."""

    step: int
    name: str
    decision: Literal["approve", "edit", "reject"]
    why: str = ""


@dataclass(frozen=True)
class Evaluated:
    """A math program ran."""

    step: int
    program: str
    text: str
    """The value as plain text, or the error."""
    latex: str = ""
    approx: str = ""
    """Decimal digits when the exact value is not itself a decimal; else empty."""
    is_error: bool = False


@dataclass(frozen=True)
class Checked:
    """The answer of a math program was verified by another way than the one that found it."""

    step: int
    what: str
    """What was done, such as "putting -2, 2 back into x**2 - 4"."""
    holds: bool | None
    """None: it could not be told."""


@dataclass(frozen=True)
class Plotted:
    """A picture of what a math program found."""

    step: int
    picture: dict[str, Any]
    """Plain numbers and labels; see `gba_jupyter.symbolic.pictures`."""


@dataclass(frozen=True)
class Answered:
    """The final answer, as text."""

    text: str


@dataclass(frozen=True)
class Notice:
    """Something the reader should know; nothing failed."""

    text: str


@dataclass(frozen=True)
class RunFinished:
    """The run is over."""

    status: Status
    timings: Timings
    """Sum over all completions."""
    seconds: float
    error: str = ""
    """When `status` is "failed": what happened and what to do."""


Event: TypeAlias = (
    ServerStarting
    | RunStarted
    | PhaseStarted
    | PromptProgress
    | TextDelta
    | GrammarUsed
    | RulesUsed
    | PhaseFinished
    | LensRead
    | TrialStarted
    | TrialMade
    | ToolCalled
    | ToolReturned
    | ApprovalAsked
    | ApprovalGiven
    | Evaluated
    | Checked
    | Plotted
    | Answered
    | Notice
    | RunFinished
)
OnEvent: TypeAlias = Callable[[Event], None]


def is_kept(event: Event) -> bool:
    """Whether a stored record keeps this event: deltas and progress are for the live view."""
    return not isinstance(event, TextDelta | PromptProgress | ServerStarting | TrialStarted)


def unfinished(events: Sequence[Event]) -> tuple[Event, ...]:
    """What closes the phase that a stop or a fault left open: a record keeps its text."""
    deltas: list[str] = []
    for event in reversed(events):
        match event:
            case TextDelta(_, _, text):
                deltas.append(text)
            case PhaseStarted(step, phase):
                text = "".join(reversed(deltas))
                return (PhaseFinished(step, phase, text, Timings(), "broken"),)
            case PhaseFinished():
                return ()
    return ()


def spent(events: Iterable[Event]) -> Timings:
    """What the completions among the events cost together."""
    costs = (event.timings for event in events if isinstance(event, PhaseFinished))
    return sum(costs, Timings())
