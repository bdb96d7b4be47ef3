"""One renderer: a block or the status as plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from . import compare, lens
from .blocks import (
    Block,
    Call,
    Check,
    Constrained,
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
)
from .gbnf import marked
from .look import FULL, MOST, Look
from .words import LINE, LONG, RESULT, SHORT, count, first_line, items, shown, tail

_RULE_LINES = 12  # of a grammar


def status_line(status: Status) -> str:
    """One line: the state, and what was spent."""
    parts = [status.state]
    if status.trial:
        parts[0] = f"{status.trial}: {status.state}"
    elif status.step and not status.finished:
        parts[0] = f"step {status.step}: {status.state}"
    if status.total:
        parts.append(_counted(status))
    if status.seconds:
        parts.append(f"{status.seconds:.1f} s")
    if status.finished and status.steps > 1:
        parts.append(count(status.steps, "step"))
    spent = status.spent
    if tokens := spent.generated + status.written:
        rate = status.rate or spent.tokens_per_second
        parts.append(count(tokens, "token") + (f" ({rate:.0f}/s)" if rate else ""))
    if spent.cached:
        share = 100 * spent.cached // max(1, spent.cached + spent.evaluated)
        parts.append(f"{share} % of the prompts from the cache")
    if status.model:
        parts.append(status.model.removesuffix(".gguf"))
    return " · ".join(parts)


def _counted(status: Status) -> str:
    if status.unit == "bytes":
        return f"{status.done / 1e6:.0f} of {status.total / 1e6:.0f} MB"
    return f"{status.done} of {status.total} {status.unit}"


def render(block: Block, look: Look = FULL) -> str:
    """One block, as far as the look shows it."""
    match block:
        case Reasoning(step, thought):
            words = shown(thought.strip(), look, LONG) if block.done else tail(thought)
            return f"[step {step}: reasoning]\n{words}"
        case Call():
            return _call(block, look)
        case Program():
            return _program(block, look)
        case Result():
            return _result(block, look)
        case Sentence():
            return f"[the model answers under the grammar]\n{written(block, look)}"
        case Lens():
            return lens.plain(block, look)
        case Trials():
            return compare.plain(block, look)
        case Check(what, holds):
            return f"[check] {shown(what, look, SHORT)}: {OUTCOMES[holds]}"
        case Picture(picture):
            return f"[picture] {caption(picture)}"
        case Reply(reply):
            return f"[answer]\n{shown(reply, look, LONG)}"
        case Remark(remark):
            return f"[note] {shown(remark, look, SHORT)}"
        case Fault(error):
            return f"[the run failed]\n{shown(error, look, RESULT)}"
        case _:
            assert_never(block)


def _call(block: Call, look: Look) -> str:
    if block.arguments is None:
        call = written(block, look)
    else:
        line = call_line(block.name, block.arguments)
        call = shown(line, look, LINE if look.view == "compact" else SHORT)
    rules = [*unheld(block, look), grammar(block.gbnf, block.used, look)]
    return _joined(f"[step {block.step}: call]", call, *(rules if look.view == "full" else ()))


def _program(block: Program, look: Look) -> str:
    given = "" if block.value is None else value(block.value, look)
    if block.value is not None and not block.value.is_error and look.view == "answer":
        return given
    rules = grammar(block.gbnf, block.used, look) if look.view == "full" else ""
    return _joined(given, "[program]", written(block, look), rules)


def _result(block: Result, look: Look) -> str:
    if look.view == "compact" and not block.is_error:
        return f"[step {block.step}: result of {block.name}] {first_line(block.content)}"
    kind = "error" if block.is_error else "result"
    return f"[step {block.step}: {kind} of {block.name}]\n{shown(block.content, look, SHORT)}"


OUTCOMES = {True: "✓ it holds", False: "✗ it does NOT hold", None: "it cannot be told"}
"""What a check found."""


def value(given: Value, look: Look = FULL) -> str:
    """What a program gave."""
    words = shown(given.text, look, LONG)
    if given.is_error:
        return f"[the program failed]\n{words}"
    approx = shown(given.approx, look, SHORT)
    return f"[answer]\n{words}{f' ≈ {approx}' if approx else ''}"


def written(block: Constrained, look: Look) -> str:
    """The text as far as it has come, or what is shown of all of it."""
    return shown(block.text, look, LONG) if block.done else tail(block.text)


def unheld(block: Constrained, look: Look) -> list[str]:
    """What the grammar cannot hold, a line each."""
    return [f"[not enforced] {each}" for each in items(block.not_enforced, look)]


def caption(picture: dict[str, Any]) -> str:
    """What a picture shows, in words."""
    curves, marks = _labels(picture.get("curves")), _labels(picture.get("marks"))
    named = ", ".join(curves) or str(picture.get("label", ""))
    return shown(f"{named}; marked: {', '.join(marks)}" if marks else named, FULL, SHORT)


def _labels(parts: Any) -> list[str]:
    known = parts if isinstance(parts, list | tuple) else []
    return [str(part.get("label", "")) for part in known if isinstance(part, dict)]


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def grammar(gbnf: str, used: Mapping[str, int] | None = None, look: Look = FULL) -> str:
    """A grammar's rules, those that were used marked; the run holds all of it."""
    if not gbnf:
        return ""
    lines = marked(gbnf, used or {}, look).splitlines()
    most = _RULE_LINES * look.most // MOST
    more = 0 if look.whole else len(lines) - most
    kept = [f"    {line}" for line in (lines[:most] if more > 0 else lines)]
    if more > 0:
        kept.append(f"    … {count(more, 'line')} more")
    return "\n".join(["[GBNF]", *kept])


def call_line(name: str, arguments: dict[str, Any]) -> str:
    """A call as Python would write it."""
    inside = ", ".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in arguments.items())
    return f"{name}({inside})"
