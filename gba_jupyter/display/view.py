"""Fold the events of a run into what is to be seen: a status and a row of blocks.

Pure: `fold` takes a view and an event and gives the next view. A block that did not change is
the same object, so a renderer knows what to draw again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

from ..events import (
    Answered,
    ApprovalAsked,
    ApprovalGiven,
    Checked,
    Evaluated,
    Event,
    GrammarUsed,
    Notice,
    Phase,
    PhaseFinished,
    PhaseStarted,
    Plotted,
    PromptProgress,
    RunFinished,
    RunStarted,
    ServerStarting,
    TextDelta,
    ToolCalled,
    ToolReturned,
)
from .blocks import (
    Block,
    Call,
    Check,
    Picture,
    Program,
    Reasoning,
    Remark,
    Reply,
    Result,
    Sentence,
    Status,
    Value,
    View,
)

_WAITING = "waiting for the server"
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
            state = _WAITING if event.url else "running the program"
            return replace(status, state=state, model=event.model, total=0)
        case PhaseStarted(step):
            steps = max(step, status.steps)
            state = _WAITING if status.model else status.state
            return replace(status, state=state, step=step, steps=steps, total=0)
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
        case GrammarUsed() | ToolReturned() | ApprovalGiven() | Evaluated() | Checked():
            return status
        case Plotted() | Answered() | Notice():
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
        case Evaluated(_, program, text, latex, approx, is_error):
            value = Value(text, latex, approx, is_error)
            return _change(blocks, (Program,), value=value, text=program, done=True)
        case Answered(text):
            call = _last(blocks, (Call,))
            if isinstance(call, Call) and call.arguments is None:
                blocks = _change(blocks, (Call,), answers=True)
            return (*blocks, Reply(text))
        case ToolReturned() | Checked() | Plotted() | ApprovalGiven() | Notice():
            return (*blocks, _whole(event))
        case RunFinished():
            return tuple(b if b.done else replace(b, done=True) for b in blocks)
        case ServerStarting() | RunStarted() | PromptProgress():
            return blocks
        case _:
            assert_never(event)


def _whole(event: ToolReturned | Checked | Plotted | ApprovalGiven | Notice) -> Block:
    """The block of an event that needs no other."""
    match event:
        case ToolReturned(step, name, content, is_error):
            return Result(step, name, content, is_error)
        case Checked(_, what, holds):
            return Check(what, holds)
        case Plotted(_, picture):
            return Picture(picture)
        case ApprovalGiven(_, name, decision, why):
            return Remark(_decided(name, decision, why))
        case Notice(text):
            return Remark(text)


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
