"""One renderer: a block or the status as Markdown."""

from __future__ import annotations

import re
from typing import assert_never

from . import text
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
from .escape import code, fence, folded, literal

_LIVE_CHARACTERS = 3000  # of a block that still grows: each update carries the whole text
_ACTIVE_TEX = re.compile(r"[$\n<]|\\(href|url|class|cssId|style|data|require|include|unicode|html)")
"""TeX that could do more than typeset."""

_OPEN_CHARACTERS = 600  # a longer result is folded


def render_status(status: Status) -> str:
    """The status line, with a progress bar while something is counted."""
    line = text.status_line(status)
    if status.finished:
        state, _, rest = line.partition(" · ")
        return f"**{literal(state)}** · {literal(rest)}" if rest else f"**{literal(state)}**"
    bar = ""
    if status.total:
        percent = 100 * status.done // status.total
        bar = f" <progress max='{status.total}' value='{status.done}'>{percent}%</progress>"
    return f"*{literal(line)}*{bar}"


def render(block: Block) -> str:
    """One block."""
    match block:
        case Reasoning():
            return _reasoning(block)
        case Call():
            return _call(block)
        case Program():
            return _program(block)
        case Sentence():
            return _sentence(block)
        case Result():
            return _result(block)
        case Check(what, holds):
            return f"*Check: {literal(what)}* · **{text.OUTCOMES[holds]}**"
        case Picture(picture):
            return f"*{literal(text.caption(picture))}*"
        case Reply(reply):
            return f"**Answer**\n\n{_quoted(literal(reply))}"
        case Remark(remark):
            return f"*{literal(remark)}*"
        case _:
            assert_never(block)


def _reasoning(block: Reasoning) -> str:
    title = f"Step {block.step} · reasoning"
    if not block.done:
        return f"**{title}**\n\n{literal(_tail(block.text))}"
    count = f" · {text.count(block.tokens, 'token')}" if block.tokens else ""
    # What a reader was following when it broke off stays in sight.
    body = literal(block.text) or "&nbsp;"
    return folded(title + count + _ending(block.stop), body, is_open=block.stop == "broken")


def _call(block: Call) -> str:
    kind = "answer" if block.answers else "call"
    title = f"**Step {block.step} · {kind}**{_ending(block.stop)}"
    if block.arguments is not None:
        title += f" · {code(text.call_line(block.name, block.arguments))}"
    if not block.answers and block.arguments is None:
        return _written(title, block, "json")
    return "\n\n".join([title, _grammar(block, fence(block.text, "json"))])


def _program(block: Program) -> str:
    """While it is written, the program; once it ran, the answer with the program folded below."""
    if block.value is None:
        return _written(f"**Program**{_ending(block.stop)}", block, "python")
    inside = [fence(block.text, "python"), *([_grammar(block)] if block.gbnf else [])]
    title = f"Program · {text.count(len(block.text.splitlines()), 'line')}{_ending(block.stop)}"
    program = folded(title, "\n\n".join(inside), is_open=block.value.is_error)
    return f"{_value(block.value)}\n\n{program}"


def _sentence(block: Sentence) -> str:
    # The grammar stands above, and the ending is told with what the matcher says.
    broken = " · broken off" if block.stop == "broken" else ""
    written = block.text if block.done else _tail(block.text)
    return f"**The model answers under the grammar**{broken}\n\n{fence(written)}"


def _written(title: str, block: Call | Program, language: str) -> str:
    parts = [title]
    if block.text:
        parts.append(fence(block.text if block.done else _tail(block.text), language))
    if block.gbnf:
        parts.append(_grammar(block))
    return "\n\n".join(parts)


def _grammar(block: Call | Program, written: str = "") -> str:
    parts = [fence(block.gbnf)]
    if block.not_enforced:
        items = "\n".join(f"- {literal(n)}" for n in block.not_enforced)
        parts.append(f"What the grammar cannot hold, and is checked afterwards:\n\n{items}")
    if written:
        parts.append(f"What the model wrote under it:\n\n{written}")
    rules = text.count(block.gbnf.count("::="), "rule")
    return folded(f"GBNF · {rules}", "\n\n".join(parts))


def _ending(stop: str) -> str:
    """What is odd about the end of a text, if anything is."""
    return {"limit": " · cut off by the token limit", "broken": " · broken off"}.get(stop, "")


def _result(block: Result) -> str:
    title = f"Step {block.step} · {'error' if block.is_error else 'result'}"
    if len(block.content) <= _OPEN_CHARACTERS:
        return f"**{title}** · {code(block.name)}\n\n{fence(block.content)}"
    size = f"{len(block.content):,} characters"
    return folded(f"{title} · {code(block.name)} · {size}", fence(block.content))


def _value(value: Value) -> str:
    if value.is_error:
        return f"**The program failed** · {literal(value.text)}"
    if not value.latex or _ACTIVE_TEX.search(value.latex):
        return f"**Answer**\n\n{fence(value.text)}"
    digits = re.fullmatch(r"[-+\d.eE, iI*()\[\]]+", value.approx)
    approx = rf" \approx {value.approx}" if digits else ""
    return rf"**Answer** · $\displaystyle {value.latex}{approx}$"


def _quoted(shown: str) -> str:
    return "\n".join(f"> {line}" for line in shown.split("\n"))


def _tail(content: str) -> str:
    more = len(content) - _LIVE_CHARACTERS
    return content if more <= 0 else f"… {content[more:]}"
