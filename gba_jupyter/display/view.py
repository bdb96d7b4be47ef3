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
    LensRead,
    Notice,
    Phase,
    PhaseFinished,
    PhaseStarted,
    Plotted,
    PromptProgress,
    RulesUsed,
    RunFinished,
    RunStarted,
    ServerStarting,
    TextDelta,
    ToolCalled,
    ToolReturned,
    TrialMade,
    TrialStarted,
)
from .blocks import (
    Block,
    Call,
    Check,
    Fault,
    Lens,
    Picture,
    Program,
    Reasoning,
    Remark,
    Reply,
    Result,
    Sentence,
    Status,
    Trials,
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
            return replace(status, state=state, step=step, steps=steps, total=0, written=0)
        case PromptProgress(_, phase, processed, total, _):
            if processed >= total:
                return replace(status, state=_STATES[phase], total=0)
            return replace(
                status, state="reading the prompt", done=processed, total=total, unit="tokens"
            )
        case TextDelta(_, phase):
            return replace(status, state=_STATES[phase], total=0, written=status.written + 1)
        case PhaseFinished():
            return replace(status, spent=status.spent + event.timings, written=0)
        case ToolCalled(_, name):
            return replace(status, state=f"running {name}")
        case ApprovalAsked(_, name):
            return replace(status, state=f"waiting for your decision about {name}")
        case TrialStarted(number, of):
            trial = f"step {number} of {of}"
            return replace(status, trial=trial, state=_WAITING, total=0, written=0)
        case TrialMade(number, of):
            return replace(status, trial="", state="comparing", done=number, total=of, unit="steps")
        case RunFinished():
            return replace(
                status,
                trial="",
                state=event.status,
                spent=event.timings,
                seconds=event.seconds,
                error=event.error,
                total=0,
                written=0,
                rate=0.0,
                finished=True,
            )
        case (
            GrammarUsed() | RulesUsed() | ToolReturned() | ApprovalGiven() | Evaluated()
            | Checked() | Plotted() | Answered() | Notice() | LensRead()
        ):  # fmt: skip
            return status
        case _:
            assert_never(event)


def _blocks(blocks: tuple[Block, ...], event: Event) -> tuple[Block, ...]:
    match event:
        case PhaseStarted(step, phase):
            return (*blocks, _OPENED[phase](step))
        case GrammarUsed(_, gbnf, not_enforced):
            return _change(blocks, _CONSTRAINED, gbnf=gbnf, not_enforced=not_enforced)
        case RulesUsed(_, rules):
            return _change(blocks, (Call, Program), used=rules)
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
        case TrialMade(_, of, trial, expected):
            old = blocks[-1] if blocks and isinstance(blocks[-1], Trials) else None
            made = (*(old.trials if old else ()), trial)
            kept = blocks[:-1] if old else blocks
            return (*kept, Trials(made, of, expected, done=len(made) == of))
        case LensRead() | ToolReturned() | Checked() | Plotted() | ApprovalGiven() | Notice():
            return (*blocks, _whole(event))
        case RunFinished():
            whole = tuple(b if b.done else replace(b, done=True) for b in blocks)
            return (*whole, Fault(event.error)) if event.error else whole
        case ServerStarting() | RunStarted() | PromptProgress() | TrialStarted():
            return blocks
        case _:
            assert_never(event)


def _whole(
    event: LensRead | ToolReturned | Checked | Plotted | ApprovalGiven | Notice,
) -> Block:
    """The block of an event that needs no other."""
    match event:
        case LensRead(step, phase, tokens, totals):
            return Lens(step, phase, tokens, totals)
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
_CONSTRAINED = (Call, Program, Sentence)


def _last(blocks: tuple[Block, ...], kinds: tuple[type[Block], ...]) -> Block | None:
    return next((b for b in reversed(blocks) if isinstance(b, kinds)), None)


def _change(
    blocks: tuple[Block, ...], kinds: tuple[type[Block], ...], **values: Any
) -> tuple[Block, ...]:
    """Change the last block of these kinds: a remark may have come after it."""
    for i in range(len(blocks) - 1, -1, -1):
        if isinstance(blocks[i], kinds):
            return (*blocks[:i], replace(blocks[i], **values), *blocks[i + 1 :])
    return blocks
