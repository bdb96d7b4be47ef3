"""Text of models, tools and users as Markdown that shows it literally.

Fresh outputs are trusted in JupyterLab: a tag or an image inside Markdown would act. So every
character that Markdown or HTML could act upon is written as an entity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .tex import parts

_SPECIAL = re.compile(r"[\\`*_\[\]<>&$~|@]|:(?=//)|(?<=\bwww)\.")
_LINE_START = re.compile(r"^( *)(#|\+|-|=|:|\d+[.)])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile("[\ue000\ue001]")  # of private use: they stand for a formula meanwhile
_MARKED = re.compile("\ue000([0-9]+)\ue001")
_FENCE = re.compile(r"`{3,}|~{3,}")


def literal(text: str) -> str:
    """Markdown that shows `text` as it is, its lines kept."""
    return "<br>\n".join(_line(line) for line in printable(text).strip("\n").split("\n"))


def prose(text: str) -> str:
    """Markdown that shows `text` as it is, but for its mathematics, which is typeset."""
    formulas: list[str] = []

    def marked(kind: str, part: str) -> str:
        if not kind:
            return _MARKS.sub("\N{REPLACEMENT CHARACTER}", part)
        formulas.append(f"{kind}{part}{kind}")
        return f"\ue000{len(formulas) - 1}\ue001"

    shown = literal("".join([marked(kind, part) for kind, part in parts(text)]))
    return _MARKED.sub(lambda found: formulas[int(found[1])], shown)


def _line(line: str) -> str:
    start = _LINE_START.match(line)
    head, body = (line[: start.end()], line[start.end() :]) if start else ("", line)
    indent = len(line) - len(line.lstrip(" "))
    shown = "".join(map(_entity, head.lstrip(" "))) + _SPECIAL.sub(_escaped, body)
    return "&nbsp;" * indent + shown.lstrip(" ")


def _escaped(match: re.Match[str]) -> str:
    # MathJax reads the rendered page, where an entity is a plain character again: keep it apart.
    entity = _entity(match[0])
    return f"<span>{entity}</span>" if match[0] in "$\\" else entity


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def code(text: str) -> str:
    """`text` as code within a line."""
    return f"<code>{literal(text)}</code>"


def struck(shown: str) -> str:
    """Markdown that is struck out."""
    return f"~~{shown}~~"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table, its heads first; each cell is Markdown of one line."""
    heads, *rest = rows
    lines = [heads, ["---"] * len(heads), *rest]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def fence(text: str, language: str = "") -> str:
    """`text` as a block of code; the fence is longer than any inside."""
    longest = max((len(m) for m in _FENCE.findall(text)), default=2)
    bar = "`" * (longest + 1)
    return f"{bar}{language}\n{printable(text).rstrip()}\n{bar}"


def folded(summary: str, body: str, is_open: bool = False) -> str:
    """A section that opens and closes; `summary` is HTML, `body` is Markdown."""
    state = " open" if is_open else ""
    return f"<details{state}><summary>{summary}</summary>\n\n{body}\n\n</details>"


def printable(text: str) -> str:
    """Without what could drive a terminal, turn a line around, or break a notebook's JSON."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
