"""What the lens saw: the tokens as a strip with marks, a table of them, and the totals.

The marks are characters, so nothing depends on colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from ..readings import END, Choice, LensToken
from .blocks import Lens
from .escape import code, folded, literal

_STRIP, _ROWS, _LINES = 400, 150, 12  # tokens in the strip, in the table, and listed in plain text
_CHOICES = 3  # of a token in the table
_RULES = 8
_LONGEST = 40  # characters of one token
_UNSURE = 0.5
_END = "␃"
_LEGEND = {
    "⟦": "⟦ ⟧ the only text that the grammar allowed",
    "✗": "✗ the grammar forbade the model's first choice",
    "?": "? below 50 %",
    _END: f"{_END} the end",
    "⚠": "⚠ our matcher does not allow it: please report this",
}
_VISIBLE = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍"})


def markdown(block: Lens) -> str:
    """The lens as Markdown: totals, strip and legend, and the table behind a fold."""
    tokens = block.tokens
    parts = [
        f"**{_title(block)}** · {literal(_totals(block))}",
        _strip(tokens[:_STRIP], lambda token: code(_visible(token.text)), " "),
        f"*{literal(_legend(tokens))}*" if _legend(tokens) else "",
        folded(f"Tokens · {len(tokens):,}", _table(tokens)),
    ]
    return "\n\n".join(part for part in parts if part)


def plain(block: Lens) -> str:
    """The lens as plain text: totals, strip and legend, and where the grammar overrode."""
    tokens = block.tokens
    head = f"[step {block.step}: lens] {_totals(block)}"
    strip = _strip(tokens[:_STRIP], lambda token: _visible(token.text), "|")
    overridden = [token for token in tokens if token.overridden]
    lines = [f"    {_override(token)}" for token in overridden[:_LINES]]
    if more := len(overridden) - len(lines):
        lines.append(f"    … {more:,} more")
    legend = _legend(tokens)
    return "\n".join(part for part in (head, strip, legend, *lines) if part)


def _title(block: Lens) -> str:
    what = "the reasoning" if block.phase == "reason" else "the call"
    return f"Step {block.step} · lens on {what}"


# -- the totals ----------------------------------------------------------------------------


def _totals(block: Lens) -> str:
    totals = block.totals
    parts = [f"{totals.tokens:,} token{'' if totals.tokens == 1 else 's'}"]
    if totals.mass is not None:
        share = f" ({_percent(totals.forced / totals.tokens)})" if totals.tokens else ""
        parts += [
            f"{totals.forced} forced{share}",
            f"{totals.overridden} overridden",
            f"mean legal mass {_percent(totals.mass)}",
        ]
    else:
        unsure = sum([token.p < _UNSURE for token in block.tokens])
        parts.append(f"{unsure} of them below {_percent(_UNSURE)}")
    if totals.illegal:
        parts.append(f"{totals.illegal} that our matcher does not allow")
    if totals.rules:
        rules = [f"{rule} {count}" for rule, count in totals.rules[:_RULES]]
        more = ["…"] if len(totals.rules) > _RULES else []
        parts.append(f"by rule: {', '.join([*rules, *more])}")
    return " · ".join(parts)


def _percent(p: float) -> str:
    if 0 < p < 0.01:
        return f"{100 * p:.1g} %" if p >= 0.0001 else "<0.01 %"
    return f"{100 * p:.0f} %"


# -- the strip -----------------------------------------------------------------------------


def _strip(tokens: Sequence[LensToken], show: Callable[[LensToken], str], between: str) -> str:
    runs = []
    for forced, run in groupby(tokens, lambda token: token.forced):
        shown = between.join([_marks(token) + show(token) for token in run])
        runs.append(f"⟦{shown}⟧" if forced else shown)
    more = [" …"] if len(tokens) == _STRIP else []
    return between.join([*runs, *more])


def _marks(token: LensToken) -> str:
    if token.legal is False:
        return "⚠"
    unsure = token.legal is None and token.p < _UNSURE
    return "✗" if token.overridden else "?" if unsure else ""


def _legend(tokens: Sequence[LensToken]) -> str:
    used = {_marks(token) for token in tokens} | {"⟦" for token in tokens if token.forced}
    used |= {_END for token in tokens if token.text == END}
    return " · ".join([words for mark, words in _LEGEND.items() if mark in used])


def _visible(words: str) -> str:
    """A token on one line, its white space to be seen."""
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return _END if words == END else shown.translate(_VISIBLE)


# -- the table -----------------------------------------------------------------------------


def _table(tokens: Sequence[LensToken]) -> str:
    constrained = any([token.legal is not None for token in tokens])
    heads = ["", "Token", "Before the grammar", "The model's best"]
    heads += ["Rule", "Legal mass"] if constrained else []
    rows = [_row(number, token, constrained) for number, token in enumerate(tokens[:_ROWS], 1)]
    lines = [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]
    if (more := len(tokens) - _ROWS) > 0:
        lines.append(f"\n*{more:,} more are in the record.*")
    return "\n".join(lines)


def _row(number: int, token: LensToken, constrained: bool) -> list[str]:
    forced = " forced" if token.forced else ""
    cells = [
        str(number),
        f"{_marks(token)}{code(_visible(token.text))}{forced}",
        _percent(token.p),
        ", ".join([_choice(choice) for choice in token.choices[:_CHOICES]]),
    ]
    if constrained:
        mass = "" if token.mass is None else _percent(token.mass)
        cells += [code(_visible(token.rule)) if token.rule else "", mass]
    return cells


def _choice(choice: Choice) -> str:
    shown = f"{code(_visible(choice.text))} {_percent(choice.p)}"
    return f"~~{shown}~~" if choice.legal is False else shown


def _override(token: LensToken) -> str:
    wanted = token.choices[0]
    place = f", in {token.rule}" if token.rule else ""
    return (
        f"✗ wanted {_visible(wanted.text)} ({_percent(wanted.p)}), "
        f"took {_visible(token.text)} ({_percent(token.p)}){place}"
    )
