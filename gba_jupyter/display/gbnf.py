"""A grammar as it is shown: the rules that a text went through marked, the rest left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .look import FULL, Look
from .words import count

_RULE = re.compile(r"^[ \t]*([A-Za-z0-9-]+)[ \t]*::=", re.MULTILINE)
_WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\[(?:[^\]\\\n]|\\.)*+\]?|#[^\n]*')
_SHORT = 8  # rules of a grammar that is shown as a whole in any case


def rules_in(gbnf: str) -> int:
    """How many rules a grammar has."""
    return len(_RULE.findall(_bare(gbnf)))


def _bare(gbnf: str) -> str:
    """The text with blanks for literals, classes of characters and comments."""
    return _WORDS.sub(lambda found: " " * len(found[0]), gbnf)


def marked(gbnf: str, used: Mapping[str, int], look: Look = FULL) -> str:
    """The GBNF with a comment behind each rule that was used; it stays valid GBNF.

    Args:
        gbnf: the grammar.
        used: how often a rule was used, by its name; empty when that is not known.
        look: how much is shown; the run holds all of it.
    """
    rules = _rules(gbnf.strip())
    if look.whole or not used or len(rules) <= _SHORT:
        shown = rules
    else:
        shown = [(name, text) for name, text in rules if name in used]
    lines: list[str] = []
    room = look.most // 3  # characters of the grammar
    for name, text in shown:
        line = _line(text, used.get(name, 0), look)
        room -= len(line)
        if room < 0 and lines and not look.whole:
            break
        lines.append(line)
    if left_out := len(rules) - len(lines):
        which = "not used" if used and len(lines) == len(shown) else "not shown"
        lines.append(f"# … {count(left_out, 'rule')} {which}")
    return "\n".join(lines)


def _rules(gbnf: str) -> list[tuple[str, str]]:
    """Names and texts of the rules, in order; what stands before the first belongs to it."""
    begins = list(_RULE.finditer(_bare(gbnf)))
    if not begins:
        return [("", gbnf)]
    places = [0, *(found.start() for found in begins[1:]), len(gbnf)]
    return [
        (found[1], gbnf[places[i] : places[i + 1]].strip("\n")) for i, found in enumerate(begins)
    ]


def _line(text: str, times: int, look: Look) -> str:
    most = look.most // 15  # characters of a rule
    if len(text) > most and not look.whole:
        text = f"{text[:most]} # … {len(text) - most:,} characters more"
    if not times:
        return text
    return f"{text}  # ← used" + (f" {times}\N{MULTIPLICATION SIGN}" if times > 1 else "")
