"""A grammar as it is shown: the rules that a text went through marked, the rest left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RULE = re.compile(r"^[ \t]*([A-Za-z0-9-]+)[ \t]*::=", re.MULTILINE)
_SHORT = 8  # rules of a grammar that is shown as a whole in any case
_LINE = 400  # characters of a rule
_MOST = 2_000  # characters of a grammar; the run holds all of it


def marked(gbnf: str, used: Mapping[str, int], whole: bool = False) -> str:
    """The GBNF with a comment behind each rule that was used; it stays valid GBNF.

    Args:
        gbnf: the grammar.
        used: how often a rule was used, by its name; empty when that is not known.
        whole: show all rules, however many, and all of each.
    """
    rules = _rules(gbnf.strip())
    if whole or not used or len(rules) <= _SHORT:
        shown = rules
    else:
        shown = [(name, text) for name, text in rules if name in used]
    lines: list[str] = []
    room = _MOST
    for name, text in shown:
        line = _line(text, used.get(name, 0), whole)
        room -= len(line)
        if room < 0 and lines and not whole:
            break
        lines.append(line)
    left_out = len(rules) - len(lines)
    if left_out:
        which = "not used" if used and len(lines) == len(shown) else "not shown"
        lines.append(f"# … {left_out:,} rule{'' if left_out == 1 else 's'} {which}")
    return "\n".join(lines)


def _rules(gbnf: str) -> list[tuple[str, str]]:
    """Names and texts of the rules, in order; what stands before the first belongs to it."""
    begins = list(_RULE.finditer(gbnf))
    if not begins:
        return [("", gbnf)]
    places = [0, *(found.start() for found in begins[1:]), len(gbnf)]
    return [
        (found[1], gbnf[places[i] : places[i + 1]].strip("\n")) for i, found in enumerate(begins)
    ]


def _line(text: str, times: int, whole: bool) -> str:
    if len(text) > _LINE and not whole:
        text = f"{text[:_LINE]} # … {len(text) - _LINE:,} characters more"
    if not times:
        return text
    return f"{text}  # ← used" + (f" {times}\N{MULTIPLICATION SIGN}" if times > 1 else "")
