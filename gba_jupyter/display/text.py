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
from .look import Look

LINE, SHORT, RESULT, LONG = 160, 600, 2_000, 6_000
"""Most characters that are shown of a text; the run holds all of it."""

_LIVE = 3_000  # of a block that still grows: each update carries the whole text
_RULE_LINES = 12  # of a grammar
_FULL = Look()


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
    if tokens := spent.generated + status.written:
        rate = status.rate or spent.tokens_per_second
        parts.append(count(tokens, "token") + (f" ({rate:.0f}/s)" if rate else ""))
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


def render(block: Block, look: Look = _FULL) -> str:
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
            words = block.text if block.done else tail(block.text)
            return f"[the model answers under the grammar]\n{words}"
        case Lens():
            return lens.plain(block)
        case Trials():
            return compare.plain(block)
        case Check(what, holds):
            return f"[check] {what}: {OUTCOMES[holds]}"
        case Picture(picture):
            return f"[picture] {caption(picture)}"
        case Reply(reply):
            return f"[answer]\n{shown(reply, look, LONG)}"
        case Remark(remark):
            return f"[note] {remark}"
        case _:
            assert_never(block)


def _call(block: Call, look: Look) -> str:
    if block.arguments is None:
        call = shown(block.text, look, LONG) if block.done else tail(block.text)
    else:
        line = call_line(block.name, block.arguments)
        call = shown(line, look, LINE if look.view == "compact" else SHORT)
    rules = grammar(block.gbnf, block.used, look) if look.view == "full" else ""
    return _joined(f"[step {block.step}: call]", call, rules)


def _program(block: Program, look: Look) -> str:
    given = "" if block.value is None else value(block.value)
    if block.value is not None and not block.value.is_error and look.view == "answer":
        return given
    rules = grammar(block.gbnf, block.used, look) if look.view == "full" else ""
    return _joined(given, "[program]", block.text if block.done else tail(block.text), rules)


def _result(block: Result, look: Look) -> str:
    if look.view == "compact" and not block.is_error:
        return f"[step {block.step}: result of {block.name}] {first_line(block.content)}"
    kind = "error" if block.is_error else "result"
    return f"[step {block.step}: {kind} of {block.name}]\n{shown(block.content, look, SHORT)}"


def shown(words: str, look: Look, most: int) -> str:
    """The words; of a longer text its beginning and its end, unless all of it is wanted."""
    more = len(words) - most
    if look.whole or more <= 40:
        return words
    end = most // 4
    return f"{words[: most - end]} … ({more:,} characters left out) … {words[-end:]}"


def first_line(words: str) -> str:
    """The first line of a text, and how much more there is."""
    line = words.strip().partition("\n")[0][:LINE]
    more = len(words.strip()) - len(line)
    return f"{line} … ({more:,} characters more)" if more > 0 else line


def tail(words: str) -> str:
    """The end of a text that still grows."""
    more = len(words) - _LIVE
    return words if more <= 0 else f"… {words[more:]}"


OUTCOMES = {True: "✓ it holds", False: "✗ it does NOT hold", None: "it cannot be told"}
"""What a check found."""


def value(given: Value) -> str:
    """What a program gave."""
    if given.is_error:
        return f"[the program failed]\n{given.text}"
    return f"[answer]\n{given.text}{f' ≈ {given.approx}' if given.approx else ''}"


def caption(picture: dict[str, Any]) -> str:
    """What a picture shows, in words."""
    curves, marks = _labels(picture.get("curves")), _labels(picture.get("marks"))
    named = ", ".join(curves) or str(picture.get("label", ""))
    return f"{named}; marked: {', '.join(marks)}" if marks else named


def _labels(parts: Any) -> list[str]:
    known = parts if isinstance(parts, list | tuple) else []
    return [str(part.get("label", "")) for part in known if isinstance(part, dict)]


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def grammar(gbnf: str, used: Mapping[str, int] | None = None, look: Look = _FULL) -> str:
    """A grammar's rules, those that were used marked; the run holds all of it."""
    if not gbnf:
        return ""
    lines = marked(gbnf, used or {}, look.whole).splitlines()
    more = 0 if look.whole else len(lines) - _RULE_LINES
    kept = [f"    {line}" for line in (lines[:_RULE_LINES] if more > 0 else lines)]
    if more > 0:
        kept.append(f"    … {count(more, 'line')} more")
    return "\n".join(["[GBNF]", *kept])


def call_line(name: str, arguments: dict[str, Any]) -> str:
    """A call as Python would write it."""
    inside = ", ".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in arguments.items())
    return f"{name}({inside})"


def count(number: int, noun: str) -> str:
    """``1 token``, ``2 tokens``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
