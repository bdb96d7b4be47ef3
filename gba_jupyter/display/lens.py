"""What the lens saw: the tokens as a strip with marks, a table of them, and the totals.

The marks are characters, so nothing depends on colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from ..readings import END, UNSURE, Choice, LensToken
from .blocks import Lens
from .escape import code, folded, literal, struck, table
from .look import FULL, MOST, Look
from .words import count

_STRIP, _ROWS, _LINES = 400, 150, 12  # tokens in the strip, in the table, and listed in plain text
_CHOICES = 3  # of a token in the table
_RULES = 8
_LONGEST = 40  # characters of one token
_END = "■"
_LEGEND = {
    "⟦": "⟦ ⟧ the only text that the grammar allowed",
    "✗": "✗ the grammar forbade the model's first choice",
    "?": "? below 50 %",
    _END: f"{_END} the end",
    "⚠": "⚠ our matcher does not allow it: please report this",
}
_VISIBLE = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍"})
_NOT_STORED = "The tokens are not stored: there were too many."

Marked = Callable[[str], str]
"""Puts a mark-up around a text."""


def markdown(block: Lens, look: Look = FULL) -> str:
    """The lens as Markdown: totals, strip and legend, and the table behind a fold."""
    tokens = block.tokens
    head = f"**{title(block)}** · {literal(totals(block))}"
    if not tokens:
        return f"{head}\n\n*{_NOT_STORED}*"
    parts = [
        head,
        strip(tokens, look, lambda token: code(_visible(token.text)), " "),
        f"*{literal(legend(tokens))}*" if legend(tokens) else "",
        folded(f"Tokens · {len(tokens):,}", _table(tokens, look)),
    ]
    return "\n\n".join(part for part in parts if part)


def plain(block: Lens, look: Look = FULL) -> str:
    """The lens as plain text: totals, strip and legend, and where the grammar overrode."""
    tokens = block.tokens
    head = f"[step {block.step}: lens] {totals(block)}"
    if not tokens:
        return f"{head}\n{_NOT_STORED}"
    overridden = [token for token in tokens if token.overridden]
    most = len(overridden) if look.whole else _scaled(_LINES, look)
    lines = [f"    {_override(token)}" for token in overridden[:most]]
    if more := len(overridden) - len(lines):
        lines.append(f"    … {more:,} more")
    parts = (head, words_strip(tokens, look), legend(tokens), *lines)
    return "\n".join(part for part in parts if part)


def title(block: Lens) -> str:
    """What the lens looked at."""
    what = "the reasoning" if block.phase == "reason" else "the call"
    return f"Step {block.step} · lens on {what}"


def _scaled(most: int, look: Look) -> int:
    """How many of so many are shown where texts are cut shorter, too."""
    return max(1, most * look.most // MOST)


# -- the totals ----------------------------------------------------------------------------


def totals(block: Lens) -> str:
    """All tokens, counted."""
    totals = block.totals
    parts = [count(totals.tokens, "token")]
    if totals.mass is not None:
        share = f" ({_percent(totals.forced / totals.tokens)})" if totals.tokens else ""
        parts += [
            f"{totals.forced} forced{share}",
            f"{totals.overridden} overridden",
            # Of what is legal only the best tokens are known.
            f"mean legal mass ≥ {_percent(totals.mass)}",
        ]
    else:
        counted = sum([_is_unsure(token) for token in block.tokens])
        parts.append(f"{totals.unsure or counted} of them below {_percent(UNSURE)}")
    if totals.illegal:
        parts.append(f"{totals.illegal} that our matcher does not allow")
    if totals.rules:
        rules = [f"{_visible(rule)} {number}" for rule, number in totals.rules[:_RULES]]
        more = ["…"] if len(totals.rules) > _RULES else []
        parts.append(f"by rule: {', '.join([*rules, *more])}")
    return " · ".join(parts)


def _percent(p: float) -> str:
    if 0 < p < 0.01:
        return f"{100 * p:.1g} %" if p >= 0.0001 else "<0.01 %"
    return f"{100 * p:.0f} %"


# -- the strip -----------------------------------------------------------------------------


def words_strip(tokens: Sequence[LensToken], look: Look) -> str:
    """The tokens in a row, as plain text."""
    return strip(tokens, look, lambda token: _visible(token.text), "|")


def strip(
    tokens: Sequence[LensToken], look: Look, show: Callable[[LensToken], str], between: str
) -> str:
    """The tokens in a row, with their marks."""
    kept = tokens if look.whole else tokens[: _scaled(_STRIP, look)]
    runs = []
    for forced, run in groupby(kept, lambda token: token.forced):
        shown = between.join([_marks(token) + show(token) for token in run])
        runs.append(f"⟦{shown}⟧" if forced else shown)
    more = [" …"] if len(tokens) > len(kept) else []
    return between.join([*runs, *more])


def _is_unsure(token: LensToken) -> bool:
    return token.legal is None and token.p < UNSURE


def _marks(token: LensToken) -> str:
    if token.legal is False:
        return "⚠"
    return "✗" if token.overridden else "?" if _is_unsure(token) else ""


def legend(tokens: Sequence[LensToken]) -> str:
    """What the marks mean that these tokens have."""
    used = {_marks(token) for token in tokens} | {"⟦" for token in tokens if token.forced}
    used |= {_END for token in tokens if token.text == END}
    return " · ".join([words for mark, words in _LEGEND.items() if mark in used])


def _visible(words: str) -> str:
    """A token on one line, its white space to be seen."""
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return _END if words == END else shown.translate(_VISIBLE)


# -- the table -----------------------------------------------------------------------------


def _table(tokens: Sequence[LensToken], look: Look) -> str:
    kept = tokens if look.whole else tokens[: _scaled(_ROWS, look)]
    shown = table(rows(kept, code, struck))
    more = len(tokens) - len(kept)
    return f"{shown}\n\n*{more:,} more are in the record.*" if more else shown


def rows(tokens: Sequence[LensToken], code: Marked, struck: Marked) -> list[list[str]]:
    """The table of the tokens, its heads first; the columns that none has are left out.

    Args:
        tokens: for a row each.
        code: how something of a model is marked up.
        struck: how it is if the grammar forbids it.
    """
    constrained = any([token.legal is not None for token in tokens])
    chosen = any([token.choices for token in tokens])
    heads = ["", "Token", "Before the grammar"]
    heads += ["The model's best"] if chosen else []
    heads += ["Rule", "Legal mass"] if constrained else []
    made = [heads]
    for number, token in enumerate(tokens, 1):
        forced = " forced" if token.forced else ""
        cells = [str(number), f"{_marks(token)}{code(_visible(token.text))}{forced}"]
        cells.append(_percent(token.p))
        if chosen:
            cells.append(", ".join([_choice(c, code, struck) for c in token.choices[:_CHOICES]]))
        if constrained:
            mass = "" if token.mass is None else f"≥ {_percent(token.mass)}"
            cells += [code(_visible(token.rule)) if token.rule else "", mass]
        made.append(cells)
    return made


def _choice(choice: Choice, code: Marked, struck: Marked) -> str:
    shown = f"{code(_visible(choice.text))} {_percent(choice.p)}"
    return struck(shown) if choice.legal is False else shown


def _override(token: LensToken) -> str:
    place = f", in {_visible(token.rule)}" if token.rule else ""
    took = f"took {_visible(token.text)} ({_percent(token.p)}){place}"
    if not token.choices:  # they were too many to be stored
        return f"✗ {took}"
    wanted = token.choices[0]
    return f"✗ wanted {_visible(wanted.text)} ({_percent(wanted.p)}), {took}"
