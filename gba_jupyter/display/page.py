"""A run as a file of its own: Markdown, or an HTML page that needs and runs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from html import escape

from ..events import Event, RunStarted
from . import markdown, text
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
    View,
)
from .escape import literal, printable
from .gbnf import marked
from .live import picture_png
from .look import Look
from .view import fold

_WHOLE = Look("full", whole=True)
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2329; --paper: #fff; --box: #f4f5f7; --line: #d3d7dc; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dfe3e8; --paper: #14171b; --box: #1f242a; --line: #3a424b; }
}
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre, .words { white-space: pre-wrap; overflow-wrap: anywhere; }
pre, code { font: .875rem/1.45 ui-monospace, monospace; background: var(--box); }
pre { padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .25rem; }
section, details { margin: .75rem 0; }
.answer { border-left: .25rem solid var(--line); padding-left: .75rem; }
img { max-width: 100%; }
"""


def as_markdown(events: Sequence[Event]) -> str:
    """The run as a Markdown document, in which nothing that a model wrote is Markdown."""
    view = reduce(fold, events, View())
    parts = [f"# {literal(_question(events)) or 'A run'}", markdown.render_status(view.status)]
    return "\n\n".join([*parts, *(markdown.render(b, _WHOLE) for b in view.blocks)]) + "\n"


def as_html(events: Sequence[Event]) -> str:
    """The run as a page that needs nothing else and runs nothing."""
    view = reduce(fold, events, View())
    question = _question(events) or "A run"
    title = _safe(" ".join(question.split())[:80])
    body = "\n".join(map(_block, view.blocks))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_safe(question)}</h1>\n<p>{_safe(text.status_line(view.status))}</p>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _question(events: Sequence[Event]) -> str:
    return next((event.question for event in events if isinstance(event, RunStarted)), "")


def _block(block: Block) -> str:
    match block:
        case Reasoning(step, thought, tokens):
            count = f" · {text.count(tokens, 'token')}" if tokens else ""
            return _folded(f"Step {step} · reasoning{count}", _words(thought))
        case Call():
            return _section(
                f"Step {block.step} · {'answer' if block.answers else 'call'}", _call(block)
            )
        case Result(step, name, content, is_error):
            title = f"Step {step} · {'error' if is_error else 'result'} · {name}"
            if len(content) <= text.SHORT:
                return _section(title, _pre(content))
            return _folded(f"{title} · {len(content):,} characters", _pre(content))
        case Program():
            return _program(block)
        case Sentence():
            return _section("The model answers under the grammar", _pre(block.text))
        case Picture(picture):
            caption = _safe(text.caption(picture))
            if drawn := picture_png(picture):
                return f'<p><img src="data:image/png;base64,{drawn}" alt="{caption}"></p>'
            return f"<p><em>{caption}</em></p>"
        case Reply(reply):
            return _section("Answer", f'<div class="answer">{_words(reply)}</div>')
        case Check() | Remark():
            return f"<p><em>{_safe(text.render(block))}</em></p>"
        case _:
            return _pre(text.render(block, _WHOLE))


def _call(block: Call) -> str:
    if block.arguments is None:
        shown = _pre(block.text)
    else:
        shown = "" if block.answers else _pre(text.call_line(block.name, block.arguments))
    return shown + _grammar(block)


def _program(block: Program) -> str:
    program = _folded("Program", _pre(block.text) + _grammar(block))
    if block.value is None:
        return program
    title = "The program failed" if block.value.is_error else "Answer"
    approx = f" ≈ {block.value.approx}" if block.value.approx else ""
    return _section(title, _pre(f"{block.value.text}{approx}")) + program


def _grammar(block: Call | Program) -> str:
    if not block.gbnf:
        return ""
    unheld = "".join(f"<li>{_safe(each)}</li>" for each in block.not_enforced)
    told = f"<p>What the grammar cannot hold:</p><ul>{unheld}</ul>" if unheld else ""
    rules = text.count(block.gbnf.count("::="), "rule")
    used = f" · {len(block.used)} used" if block.used else ""
    written = f"<p>What the model wrote under it:</p>{_pre(block.text)}"
    inside = _pre(marked(block.gbnf, block.used, whole=True)) + told + written
    return _folded(f"GBNF · {rules}{used}", inside)


def _section(title: str, inside: str) -> str:
    return f"<section><strong>{_safe(title)}</strong>{inside}</section>"


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{_safe(title)}</summary>{inside}</details>"


def _words(words: str) -> str:
    return f'<p class="words">{_safe(words)}</p>'


def _pre(words: str) -> str:
    return f"<pre>{_safe(words)}</pre>"


def _safe(words: str) -> str:
    return escape(printable(words))
