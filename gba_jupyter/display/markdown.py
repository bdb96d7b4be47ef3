"""One renderer: a block or the status as Markdown."""

from __future__ import annotations

import re
from typing import assert_never

from . import compare, lens, text
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
from .escape import code, fence, folded, literal, prose
from .gbnf import marked
from .look import Look
from .tex import is_plain, spelled

_OPEN_CHARACTERS = 600  # a longer result is folded
_FULL = Look()


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


def render(block: Block, look: Look = _FULL) -> str:
    """One block, as far as the look shows it."""
    match block:
        case Reasoning():
            return _reasoning(block, look)
        case Call():
            return _call(block, look)
        case Program():
            return _program(block, look)
        case Sentence():
            return _sentence(block)
        case Result():
            return _result(block, look)
        case Lens():
            return lens.markdown(block)
        case Trials():
            return compare.markdown(block)
        case Check(what, holds):
            return f"*Check: {literal(what)}* · **{text.OUTCOMES[holds]}**"
        case Picture(picture):
            return f"*{literal(text.caption(picture))}*"
        case Reply(reply):
            return f"**Answer**\n\n{_quoted(prose(text.shown(reply, look, text.LONG)))}"
        case Remark(remark):
            return f"*{literal(remark)}*"
        case _:
            assert_never(block)


def _reasoning(block: Reasoning, look: Look) -> str:
    title = f"Step {block.step} · reasoning"
    if not block.done:
        return f"**{title}**\n\n{literal(text.tail(block.text))}"
    count = f" · {text.count(block.tokens, 'token')}" if block.tokens else ""
    # What a reader was following when it broke off stays in sight.
    body = prose(text.shown(block.text, look, text.LONG)) or "&nbsp;"
    return folded(title + count + _ending(block.stop), body, is_open=block.stop == "broken")


def _call(block: Call, look: Look) -> str:
    kind = "answer" if block.answers else "call"
    title = f"**Step {block.step} · {kind}**{_ending(block.stop)}"
    if block.arguments is not None:
        most = text.LINE if look.view == "compact" else text.SHORT
        line = text.call_line(block.name, block.arguments)
        title += f" · {code(text.shown(line, look, most))}"
    if look.view != "full":
        return title if block.arguments is not None or not block.done else _written(title, block)
    if not block.answers and block.arguments is None:
        return _written(title, block, _grammar(block, look))
    written = fence(text.shown(block.text, look, text.LONG), "json")
    return f"{title}\n\n{_grammar(block, look, written)}"


def _program(block: Program, look: Look) -> str:
    """While it is written, the program; once it ran, the answer with the program folded below."""
    full = look.view == "full"
    if block.value is None:
        grammar = _grammar(block, look) if full else ""
        return _written(f"**Program**{_ending(block.stop)}", block, grammar)
    if look.view == "answer" and not block.value.is_error:
        return _value(block.value, look)
    inside = fence(block.text, "python") + (f"\n\n{_grammar(block, look)}" if full else "")
    title = f"Program · {text.count(len(block.text.splitlines()), 'line')}{_ending(block.stop)}"
    program = folded(title, inside.rstrip(), is_open=block.value.is_error)
    return f"{_value(block.value, look)}\n\n{program}"


def _sentence(block: Sentence) -> str:
    # The grammar stands above, and the ending is told with what the matcher says.
    broken = " · broken off" if block.stop == "broken" else ""
    written = block.text if block.done else text.tail(block.text)
    return f"**The model answers under the grammar**{broken}\n\n{fence(written)}"


def _written(title: str, block: Call | Program, grammar: str = "") -> str:
    """A call or a program as far as it has come, above its grammar."""
    language = "python" if isinstance(block, Program) else "json"
    words = text.shown(block.text, _FULL, text.LONG) if block.done else text.tail(block.text)
    return "\n\n".join(
        part for part in (title, fence(words, language) if words else "", grammar) if part
    )


def _grammar(block: Call | Program, look: Look, written: str = "") -> str:
    if not block.gbnf:
        return written
    parts = [fence(marked(block.gbnf, block.used, look.whole), "text")]
    if block.not_enforced:
        items = "\n".join(f"- {literal(n)}" for n in block.not_enforced)
        parts.append(f"What the grammar cannot hold, and is checked afterwards:\n\n{items}")
    if written:
        parts.append(f"What the model wrote under it:\n\n{written}")
    rules = text.count(block.gbnf.count("::="), "rule")
    used = f" · {len(block.used)} used" if block.used else ""
    unheld = f" · {len(block.not_enforced)} not enforced" if block.not_enforced else ""
    return folded(f"GBNF · {rules}{used}{unheld}", "\n\n".join(parts))


def _ending(stop: str) -> str:
    """What is odd about the end of a text, if anything is."""
    return {"limit": " · cut off by the token limit", "broken": " · broken off"}.get(stop, "")


def _result(block: Result, look: Look) -> str:
    title = f"Step {block.step} · {'error' if block.is_error else 'result'}"
    size = len(block.content)
    if look.view == "compact" and not block.is_error:
        return f"**{title}** · {code(text.first_line(block.content))}"
    if size <= _OPEN_CHARACTERS:
        return f"**{title}** · {code(block.name)}\n\n{fence(block.content)}"
    inside = fence(text.shown(block.content, look, text.RESULT))
    return folded(f"{title} · {code(block.name)} · {size:,} characters", inside)


def _value(value: Value, look: Look) -> str:
    if value.is_error:
        return f"**The program failed** · {literal(value.text)}"
    if not is_plain(value.latex):
        return f"**Answer**\n\n{fence(text.shown(value.text, look, text.LONG))}"
    digits = re.fullmatch(r"[-+\d.eE, iI*()\[\]]+", value.approx)
    approx = rf" \approx {value.approx}" if digits else ""
    return rf"**Answer** · $\displaystyle {spelled(value.latex)}{approx}$"


def _quoted(shown: str) -> str:
    return "\n".join(f"> {line}" for line in shown.split("\n"))
