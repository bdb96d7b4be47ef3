"""A run as a file of its own: Markdown, or an HTML page that needs and runs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from html import escape

from ..events import Event, RunStarted
from . import compare, lens, markdown, text
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
    Trials,
    View,
)
from .escape import literal, printable
from .gbnf import marked
from .look import Look
from .outputs import picture_png
from .readable import readable
from .tex import parts
from .view import fold
from .words import SHORT, count, ending

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
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .1rem .5rem; text-align: left; }
.answer { border-left: .25rem solid var(--line); padding-left: .75rem; }
img { max-width: 100%; }
"""


def as_markdown(events: Sequence[Event]) -> str:
    """The run as a Markdown document, in which nothing that a model wrote is Markdown."""
    view = reduce(fold, events, View())
    head = [f"# {literal(_question(events)) or 'A run'}", markdown.render_status(view.status)]
    return "\n\n".join([*head, *map(_markdown_block, view.blocks)]) + "\n"


def _markdown_block(block: Block) -> str:
    shown = markdown.render(block, _WHOLE)
    if isinstance(block, Picture) and (drawn := picture_png(block.picture)):
        return f"![](data:image/png;base64,{drawn})\n\n{shown}"
    return shown


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
        case Reasoning(step, thought, tokens, stop):
            told = f" · {count(tokens, 'token')}" if tokens else ""
            return _folded(f"Step {step} · reasoning{told}{ending(stop)}", _words(thought))
        case Call():
            return _call(block)
        case Result(step, name, content, is_error):
            title = f"Step {step} · {'error' if is_error else 'result'} · {name}"
            if len(content) <= SHORT:
                return _section(title, _pre(content))
            return _folded(f"{title} · {len(content):,} characters", _pre(content))
        case Program():
            return _program(block)
        case Sentence():
            title = f"The model answers under the grammar{ending(block.stop)}"
            return _section(title, _pre(block.text))
        case Picture(picture):
            return _picture(text.caption(picture), picture_png(picture))
        case Reply(reply):
            return _section("Answer", f'<div class="answer">{_words(reply)}</div>')
        case Fault(error):
            return _section("The run failed", _words(error))
        case Lens():
            return _lens(block)
        case Trials():
            return _trials(block)
        case Check() | Remark():
            return f"<p><em>{_safe(text.render(block, _WHOLE))}</em></p>"


def _call(block: Call) -> str:
    kind = "answer" if block.answers else "call"
    if block.arguments is None:
        shown = _pre(block.text)
    else:
        shown = "" if block.answers else _pre(text.call_line(block.name, block.arguments))
    return _section(f"Step {block.step} · {kind}{ending(block.stop)}", shown + _grammar(block))


def _program(block: Program) -> str:
    program = _folded(f"Program{ending(block.stop)}", _pre(block.text) + _grammar(block))
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
    written = f"<p>What the model wrote under it:</p>{_pre(block.text)}"
    inside = _pre(marked(block.gbnf, block.used, _WHOLE)) + told + written
    return _folded(markdown.grammar_title(block), inside)


def _picture(caption: str, drawn: str) -> str:
    if drawn:
        return f'<p><img src="data:image/png;base64,{drawn}" alt="{_safe(caption)}"></p>'
    return f"<p><em>{_safe(caption)}</em></p>"


def _lens(block: Lens) -> str:
    strip = _pre(text.render(block, _WHOLE).partition("\n")[2])
    rows = lens.rows(block.tokens, lambda words: f"<code>{_safe(words)}</code>", _struck)
    tokens = _folded(f"Tokens · {len(block.tokens):,}", _table(rows)) if block.tokens else ""
    return _section(f"{lens.title(block)} · {lens.totals(block)}", strip + tokens)


def _trials(block: Trials) -> str:
    rows = [[_safe(cell) for cell in row] for row in compare.cells(block, _WHOLE)]
    shown = f"{_table(rows)}<p><em>{_safe(compare.NOTE)}</em></p>"
    if failed := compare.failures(block, _WHOLE):
        told = [
            _section(f"{compare.made_how(trial)}: {trial.tool} {trial.fault}", _pre(words))
            for trial, words in failed
        ]
        shown += _folded(compare.failures_title(block), "".join(told))
    return _section(compare.title(block), shown)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A table, its heads first; each cell is HTML."""
    heads, *rest = rows
    lines = [f"<th>{'</th><th>'.join(heads)}</th>"]
    lines += [f"<td>{'</td><td>'.join(cells)}</td>" for cells in rest]
    return f"<table><tr>{'</tr><tr>'.join(lines)}</tr></table>"


def _struck(shown: str) -> str:
    return f"<s>{shown}</s>"


def _section(title: str, inside: str) -> str:
    return f"<section><strong>{_safe(title)}</strong>{inside}</section>"


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{_safe(title)}</summary>{inside}</details>"


def _words(words: str) -> str:
    """Words as they are, but for their formulas, which are written without TeX."""
    shown = [f"<em>{_safe(readable(part))}</em>" if kind else _safe(part)
             for kind, part in parts(words)]  # fmt: skip
    return f'<p class="words">{"".join(shown)}</p>'


def _pre(words: str) -> str:
    return f"<pre>{_safe(words)}</pre>"


def _safe(words: str) -> str:
    return escape(printable(words))
