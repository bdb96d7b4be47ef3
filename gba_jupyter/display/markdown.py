"""One renderer: a block or the status as Markdown."""

from __future__ import annotations

import re
from typing import assert_never

from . import compare, lens, text
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
from .escape import code, fence, folded, literal, prose
from .gbnf import marked, rules_in
from .look import FULL, Look
from .tex import is_plain, spelled
from .words import LINE, LONG, RESULT, SHORT, count, ending, first_line, items, shown, size, tail


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


def render(block: Block, look: Look = FULL) -> str:
    """One block, as far as the look shows it."""
    match block:
        case Reasoning():
            return _reasoning(block, look)
        case Call():
            return _call(block, look)
        case Program():
            return _program(block, look)
        case Sentence():
            return _sentence(block, look)
        case Result():
            return _result(block, look)
        case Lens():
            return lens.markdown(block, look)
        case Trials():
            return compare.markdown(block, look)
        case Check(what, holds):
            return f"*Check: {literal(shown(what, look, SHORT))}* · **{text.OUTCOMES[holds]}**"
        case Picture(picture):
            return f"*{literal(text.caption(picture))}*"
        case Reply(reply):
            return f"**Answer**\n\n{_quoted(prose(shown(reply, look, LONG)))}"
        case Remark(remark):
            return f"*{literal(shown(remark, look, SHORT))}*"
        case Fault(error):
            return f"**The run failed** · {literal(shown(error, look, RESULT))}"
        case _:
            assert_never(block)


def _reasoning(block: Reasoning, look: Look) -> str:
    title = f"Step {block.step} · reasoning"
    if not block.done:
        return f"**{title}**\n\n{literal(tail(block.text))}"
    tokens = f" · {count(block.tokens, 'token')}" if block.tokens else ""
    # What a reader was following when it broke off stays in sight.
    body = prose(shown(block.text, look, LONG)) or "&nbsp;"
    return folded(title + tokens + ending(block.stop), body, is_open=block.stop == "broken")


def _call(block: Call, look: Look) -> str:
    kind = "answer" if block.answers else "call"
    title = f"**Step {block.step} · {kind}**{ending(block.stop)}"
    if block.arguments is not None:
        most = LINE if look.view == "compact" else SHORT
        line = text.call_line(block.name, block.arguments)
        title += f" · {code(shown(line, look, most))}"
    if look.view != "full":
        return title if block.arguments is not None else _written(title, block, look)
    if not block.answers and block.arguments is None:
        return _written(title, block, look, _grammar(block, look))
    return f"{title}\n\n{_grammar(block, look, fence(text.written(block, look), 'json'))}"


def _program(block: Program, look: Look) -> str:
    """While it is written, the program; once it ran, the answer with the program folded below."""
    full = look.view == "full"
    if block.value is None:
        grammar = _grammar(block, look) if full else ""
        return _written(f"**Program**{ending(block.stop)}", block, look, grammar)
    if look.view == "answer" and not block.value.is_error:
        return _value(block.value, look)
    parts = [fence(text.written(block, look), "python"), _grammar(block, look) if full else ""]
    title = f"Program · {count(len(block.text.splitlines()), 'line')}{ending(block.stop)}"
    program = folded(title, "\n\n".join(filter(None, parts)), is_open=block.value.is_error)
    return f"{_value(block.value, look)}\n\n{program}"


def _sentence(block: Sentence, look: Look) -> str:
    # The grammar stands above, and the ending is told with what the matcher says.
    broken = " · broken off" if block.stop == "broken" else ""
    written = text.written(block, look)
    return f"**The model answers under the grammar**{broken}\n\n{fence(written)}"


def _written(title: str, block: Call | Program, look: Look, grammar: str = "") -> str:
    """A call or a program as far as it has come, above its grammar."""
    language = "python" if isinstance(block, Program) else "json"
    shown = text.written(block, look)
    parts = (title, fence(shown, language) if shown else "", grammar)
    return "\n\n".join(part for part in parts if part)


def _grammar(block: Call | Program, look: Look, written: str = "") -> str:
    if not block.gbnf:
        return written
    parts = [fence(marked(block.gbnf, block.used, look), "text")]
    if block.not_enforced:
        unheld = "\n".join(f"- {literal(each)}" for each in items(block.not_enforced, look))
        parts.append(f"What the grammar cannot hold, and is checked afterwards:\n\n{unheld}")
    if written:
        parts.append(f"What the model wrote under it:\n\n{written}")
    return folded(grammar_title(block), "\n\n".join(parts))


def grammar_title(block: Constrained) -> str:
    """What there is to be seen of a grammar."""
    used = f" · {len(block.used)} used" if block.used else ""
    unheld = f" · {len(block.not_enforced)} not enforced" if block.not_enforced else ""
    return f"GBNF · {count(rules_in(block.gbnf), 'rule')}{used}{unheld}"


def _result(block: Result, look: Look) -> str:
    title = f"Step {block.step} · {'error' if block.is_error else 'result'}"
    if look.view == "compact" and not block.is_error:
        return f"**{title}** · {code(first_line(block.content))}"
    if size(block.content) <= min(SHORT, look.most):
        return f"**{title}** · {_named(block, look)}\n\n{fence(block.content)}"
    inside = fence(shown(block.content, look, RESULT))
    return folded(f"{title} · {_named(block, look)} · {len(block.content):,} characters", inside)


def _named(block: Result, look: Look) -> str:
    return code(shown(block.name, look, LINE))


def _value(value: Value, look: Look) -> str:
    if value.is_error:
        return f"**The program failed** · {literal(shown(value.text, look, RESULT))}"
    if not is_plain(value.latex) or size(value.latex) > look.most:
        return f"**Answer**\n\n{fence(shown(value.text, look, LONG))}"
    digits = re.fullmatch(r"[-+\d.eE, iI*()\[\]]{1,600}", value.approx)
    approx = rf" \approx {value.approx}" if digits else ""
    return rf"**Answer** · $\displaystyle {spelled(value.latex)}{approx}$"


def _quoted(shown: str) -> str:
    return "\n".join(f"> {line}" for line in shown.split("\n"))
