"""Fold the events of a run into what is to be seen: a status and a row of blocks.

Pure: `fold` takes a view and an event and gives the next view. A block that did not change is
the same object, so a renderer knows what to draw again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, assert_never

from ..events import (
    Answered,
    ApprovalAsked,
    ApprovalGiven,
    Evaluated,
    Event,
    GrammarUsed,
    Notice,
    Phase,
    PhaseFinished,
    PhaseStarted,
    PromptProgress,
    RunFinished,
    RunStarted,
    ServerStarting,
    TextDelta,
    Timings,
    ToolCalled,
    ToolReturned,
)


@dataclass(frozen=True)
class Reasoning:
    """What the model thinks before a call."""

    step: int
    text: str = ""
    tokens: int = 0
    stop: str = ""
    done: bool = False


@dataclass(frozen=True)
class Call:
    """A call under its grammar: the text as it streams, then the call itself.

    `answers` when it was the call that gives the user the answer.
    """

    step: int
    gbnf: str = ""
    not_enforced: tuple[str, ...] = ()
    text: str = ""
    name: str = ""
    arguments: dict[str, Any] | None = None
    answers: bool = False
    tokens: int = 0
    stop: str = ""
    done: bool = False


@dataclass(frozen=True)
class Result:
    """What a tool gave."""

    step: int
    name: str
    content: str
    is_error: bool
    done: bool = True


@dataclass(frozen=True)
class Constrained:
    """A text that is written under a grammar, as it streams."""

    step: int
    gbnf: str = ""
    not_enforced: tuple[str, ...] = ()
    text: str = ""
    tokens: int = 0
    stop: str = ""
    done: bool = False


@dataclass(frozen=True)
class Program(Constrained):
    """A math program."""


@dataclass(frozen=True)
class Sentence(Constrained):
    """An answer under the user's own grammar."""


@dataclass(frozen=True)
class Value:
    """What a math program gave."""

    text: str
    latex: str
    approx: str
    is_error: bool
    done: bool = True


@dataclass(frozen=True)
class Reply:
    """The agent's final answer."""

    text: str
    done: bool = True


@dataclass(frozen=True)
class Remark:
    """Something the reader should know."""

    text: str
    done: bool = True


Block: TypeAlias = Reasoning | Call | Result | Program | Sentence | Value | Reply | Remark


@dataclass(frozen=True)
class Status:
    """The status line.

    Attributes:
        state: in words; "done", "failed" or "interrupted" at the end.
        done: how much of `total` is done, when something is being counted.
        total: 0 when nothing is being counted.
        unit: what is counted, "tokens" or "bytes".
    """

    state: str = "starting"
    model: str = ""
    step: int = 0
    steps: int = 0
    spent: Timings = field(default_factory=Timings)
    seconds: float = 0.0
    done: int = 0
    total: int = 0
    unit: str = "tokens"
    error: str = ""
    finished: bool = False


@dataclass(frozen=True)
class View:
    """All that is to be seen of a run so far."""

    status: Status = Status()
    blocks: tuple[Block, ...] = ()


_STATES: dict[Phase, str] = {
    "reason": "reasoning",
    "act": "writing the call",
    "program": "writing the program",
    "answer": "writing the answer",
}


def fold(view: View, event: Event) -> View:
    """The view after one more event."""
    return View(_status(view.status, event), _blocks(view.blocks, event))


def _status(status: Status, event: Event) -> Status:
    match event:
        case ServerStarting(stage, done, total):
            return replace(status, state=stage, done=done, total=total, unit="bytes")
        case RunStarted():
            return replace(status, state="waiting for the server", model=event.model, total=0)
        case PhaseStarted(step):
            steps = max(step, status.steps)
            return replace(status, state="waiting for the server", step=step, steps=steps, total=0)
        case PromptProgress(_, phase, processed, total, _):
            if processed >= total:
                return replace(status, state=_STATES[phase], total=0)
            return replace(
                status, state="reading the prompt", done=processed, total=total, unit="tokens"
            )
        case TextDelta(_, phase):
            return replace(status, state=_STATES[phase], total=0)
        case PhaseFinished():
            return replace(status, spent=status.spent + event.timings)
        case ToolCalled(_, name):
            return replace(status, state=f"running {name}")
        case ApprovalAsked(_, name):
            return replace(status, state=f"waiting for your decision about {name}")
        case RunFinished():
            return replace(
                status,
                state=event.status,
                spent=event.timings,
                seconds=event.seconds,
                error=event.error,
                total=0,
                finished=True,
            )
        case GrammarUsed() | ToolReturned() | ApprovalGiven() | Evaluated() | Answered() | Notice():
            return status
        case _:
            assert_never(event)


def _blocks(blocks: tuple[Block, ...], event: Event) -> tuple[Block, ...]:
    match event:
        case PhaseStarted(step, phase):
            return (*blocks, _OPENED[phase](step))
        case GrammarUsed(_, gbnf, not_enforced):
            return _change(blocks, _WRITTEN, gbnf=gbnf, not_enforced=not_enforced)
        case TextDelta(_, _, text):
            written = _last(blocks, _WRITTEN)
            return _change(blocks, _WRITTEN, text=getattr(written, "text", "") + text)
        case PhaseFinished(_, _, text, timings, stop):
            return _change(
                blocks, _WRITTEN, text=text, tokens=timings.generated, stop=stop, done=True
            )
        case ToolCalled(_, name, arguments) | ApprovalAsked(_, name, arguments):
            return _change(blocks, (Call,), name=name, arguments=arguments)
        case ToolReturned(step, name, content, is_error):
            return (*blocks, Result(step, name, content, is_error))
        case Evaluated(_, _, text, latex, approx, is_error):
            return (*blocks, Value(text, latex, approx, is_error))
        case Answered(text):
            call = _last(blocks, (Call,))
            if isinstance(call, Call) and call.arguments is None:
                blocks = _change(blocks, (Call,), answers=True)
            return (*blocks, Reply(text))
        case ApprovalGiven(_, name, decision, why):
            return (*blocks, Remark(_decided(name, decision, why)))
        case Notice(text):
            return (*blocks, Remark(text))
        case RunFinished():
            return tuple(b if b.done else replace(b, done=True) for b in blocks)
        case ServerStarting() | RunStarted() | PromptProgress():
            return blocks
        case _:
            assert_never(event)


def _decided(name: str, decision: str, why: str) -> str:
    match decision:
        case "edit":
            return f"You changed the arguments of {name}."
        case "reject":
            return f"You rejected the call of {name}: {why}"
        case _:
            return f"You approved the call of {name}."


_OPENED: dict[Phase, type[Reasoning | Call | Program | Sentence]] = {
    "reason": Reasoning,
    "act": Call,
    "program": Program,
    "answer": Sentence,
}


_WRITTEN = (Reasoning, Call, Program, Sentence)


def _last(blocks: tuple[Block, ...], kinds: tuple[type[Block], ...]) -> Block | None:
    return next((b for b in reversed(blocks) if isinstance(b, kinds)), None)


def _change(
    blocks: tuple[Block, ...], kinds: tuple[type[Block], ...], **values: Any
) -> tuple[Block, ...]:
    """Change the last block of these kinds: a remark may have come after it."""
    old = _last(blocks, kinds)
    return tuple(replace(b, **values) if b is old else b for b in blocks)
