"""One renderer: a block or the status as plain text."""

from __future__ import annotations

import json
from typing import Any, assert_never

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
)

_RESULT_CHARACTERS = 600  # of a result that is shown; the run holds what the model saw
_RULE_LINES = 12  # of a grammar that a terminal shows


def status_line(status: Status) -> str:
    """One line: the state, and what was spent."""
    parts = [status.state]
    if status.step and not status.finished:
        parts[0] = f"step {status.step}: {status.state}"
    if status.total:
        parts.append(_counted(status))
    if status.seconds:
        parts.append(f"{status.seconds:.1f} s")
    if status.finished and status.steps > 1:
        parts.append(count(status.steps, "step"))
    spent = status.spent
    if spent.generated:
        speed = f" ({spent.tokens_per_second:.0f}/s)" if spent.generate_ms else ""
        parts.append(count(spent.generated, "token") + speed)
    if spent.cached:
        share = 100 * spent.cached // (spent.cached + spent.evaluated)
        parts.append(f"{share} % of the prompts from the cache")
    if status.model:
        parts.append(status.model.removesuffix(".gguf"))
    return " · ".join(parts)


def _counted(status: Status) -> str:
    if status.unit == "bytes":
        return f"{status.done / 1e6:.0f} of {status.total / 1e6:.0f} MB"
    return f"{status.done} of {status.total} {status.unit}"


def render(block: Block) -> str:
    """One block."""
    match block:
        case Reasoning(step, thought):
            return f"[step {step}: reasoning]\n{thought.strip()}"
        case Call():
            call = block.text
            if block.arguments is not None:
                call = call_line(block.name, block.arguments)
            return _joined(f"[step {block.step}: call]", call, grammar(block.gbnf))
        case Program(_, gbnf, _, program):
            given = "" if block.value is None else value(block.value)
            return _joined(given, "[program]", program, grammar(gbnf))
        case Result(step, name, content, is_error):
            more = len(content) - _RESULT_CHARACTERS
            shown = content if more <= 0 else f"{content[:_RESULT_CHARACTERS]} … ({more:,} more)"
            return f"[step {step}: {'error' if is_error else 'result'} of {name}]\n{shown}"
        case Sentence():
            return f"[the model answers under the grammar]\n{block.text}"
        case Check(what, holds):
            return f"[check] {what}: {OUTCOMES[holds]}"
        case Picture(picture):
            return f"[picture] {caption(picture)}"
        case Reply(reply):
            return f"[answer]\n{reply}"
        case Remark(remark):
            return f"[note] {remark}"
        case _:
            assert_never(block)


OUTCOMES = {True: "✓ it holds", False: "✗ it does NOT hold", None: "it cannot be told"}
"""What a check found."""


def value(given: Value) -> str:
    """What a program gave."""
    if given.is_error:
        return f"[the program failed]\n{given.text}"
    return f"[answer]\n{given.text}{f' ≈ {given.approx}' if given.approx else ''}"


def caption(picture: dict[str, Any]) -> str:
    """What a picture shows, in words."""
    curves = [str(curve.get("label", "")) for curve in picture.get("curves", ())]
    marks = [str(mark.get("label", "")) for mark in picture.get("marks", ())]
    shown = ", ".join(curves) or str(picture.get("label", ""))
    return f"{shown}; marked: {', '.join(marks)}" if marks else shown


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def grammar(gbnf: str) -> str:
    """The beginning of a grammar; the whole of it is in the run's record."""
    if not gbnf:
        return ""
    lines = gbnf.strip().splitlines()
    more = len(lines) - _RULE_LINES
    shown = [f"    {line}" for line in lines[:_RULE_LINES]]
    if more > 0:
        shown.append(f"    … {count(more, 'line')} more")
    return "\n".join(["[GBNF]", *shown])


def call_line(name: str, arguments: dict[str, Any]) -> str:
    """A call as Python would write it."""
    inside = ", ".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in arguments.items())
    return f"{name}({inside})"


def count(number: int, noun: str) -> str:
    """``1 token``, ``2 tokens``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
