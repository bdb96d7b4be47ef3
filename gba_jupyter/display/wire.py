"""A request as it went over, as plain text and as Markdown.

In a prompt each line of somebody's words has a bar before it, and our marks have none: so no
words can pass for a mark.
"""

from __future__ import annotations

import json
from itertools import groupby

from ..findings import Sent, Stretch
from .escape import fence, folded, literal
from .gbnf import rules_in
from .words import count

_OPEN_LINES = 60  # a longer prompt is folded
_GRAMMAR = 2_000  # characters that are shown by themselves; the command holds all of it


def summary(sent: Sent) -> str:
    """One request in a line or two: a notebook keeps it beside the Markdown, which holds all."""
    grammar = f"\n[GBNF · {_rules(sent)}]" if sent.grammar else ""
    return f"[{_title(sent)}]{grammar}"


def plain(sent: Sent) -> str:
    """One request as plain text."""
    parts = [f"[{_title(sent)}]", "", _prompt(sent), "", "[the other fields]", _fields(sent)]
    if sent.grammar:
        parts += ["", f"[GBNF · {_rules(sent)}]", sent.grammar.rstrip()]
    return "\n".join([*parts, "", "[the same as a command]", sent.curl])


def markdown(sent: Sent) -> str:
    """One request as Markdown."""
    prompt = _prompt(sent)
    lines = prompt.count("\n") + 1
    is_open = lines <= _OPEN_LINES
    parts = [
        f"**{literal(_title(sent))}**",
        folded(f"Prompt · {count(sent.tokens, 'token')}", fence(prompt), is_open),
        folded(f"Fields · {len(sent.fields)}", fence(_fields(sent), "json")),
    ]
    if sent.grammar:
        parts.append(folded(f"GBNF · {_rules(sent)}", fence(_grammar(sent))))
    parts.append(folded("The same as a curl command", fence(sent.curl, "bash")))
    return "\n\n".join(parts)


def _title(sent: Sent) -> str:
    cost = "not answered to its end"
    if sent.cached is not None and sent.generated is not None:
        cost = f"{sent.cached:,} cached · {sent.generated:,} sampled"
    prompt = count(sent.tokens, "prompt token")
    return f"#{sent.number} · Step {sent.step} · {sent.phase} · {prompt} · {cost} · {sent.url}"


def _rules(sent: Sent) -> str:
    return count(rules_in(sent.grammar), "rule")


def _grammar(sent: Sent) -> str:
    more = len(sent.grammar) - _GRAMMAR
    if more <= 0:
        return sent.grammar
    return f"{sent.grammar[:_GRAMMAR]} …\n… ({more:,} characters more, in the command below)"


def _fields(sent: Sent) -> str:
    inside = (f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in sent.fields.items())
    return "{\n" + ",\n".join(inside) + "\n}"


def _prompt(sent: Sent) -> str:
    """The prompt, marked: whose words, control tokens, and where the cache ended."""
    lines: list[str] = []
    marked = not sent.cached
    for role, stretches in groupby(sent.prompt, key=lambda stretch: stretch.role):
        lines.append(f"{role or 'template'}:")
        for stretch in stretches:
            if not (marked or stretch.is_cached):
                lines.append(_mark(sent))
                marked = True
            lines += _lines(stretch)
    if not marked:
        lines.append(_mark(sent))
    return "\n".join(lines)


def _mark(sent: Sent) -> str:
    place = "up to here" if sent.exact else "up to here, or a little further"
    return f"──── {place} from the cache: {sent.cached:,} of {sent.tokens:,} tokens ────"


def _lines(stretch: Stretch) -> list[str]:
    if stretch.is_control:
        return [f"  ⟨{' '.join(stretch.text.split())}⟩"]
    # Where a stretch ends is where tokens are torn: a line end there is shown.
    shown = f"{stretch.text[:-1]}⏎" if stretch.text.endswith("\n") else stretch.text
    return [f"  │ {line}" for line in shown.split("\n")]
