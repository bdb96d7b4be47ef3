"""A comparison: a table with a bar for each count, and what was wrong with the texts."""

from __future__ import annotations

from collections.abc import Sequence

from ..readings import Trial
from .blocks import Trials
from .escape import code, fence, folded, literal, table
from .look import FULL, Look
from .words import SHORT, count, shown

_WIDTH = 10  # characters of a bar
_SHOWN = 6  # failed texts
NOTE = (
    "Same prompt and seeds; a free text counts as a call if the first JSON object in it is one. "
    "Tokens and seconds are those of writing, on average."
)


def markdown(block: Trials, look: Look = FULL) -> str:
    """The comparison as Markdown: its table, and the texts that failed behind a fold."""
    rows = [[literal(" ".join(cell.split())) for cell in row] for row in cells(block, look)]
    parts = [f"**{literal(title(block))}**", table(rows), f"*{literal(NOTE)}*"]
    if failed := failures(block, look):
        texts = [f"{_failure(trial, look)}\n\n{fence(words)}" for trial, words in failed]
        parts.append(folded(failures_title(block), "\n\n".join(texts)))
    return "\n\n".join(parts)


def plain(block: Trials, look: Look = FULL) -> str:
    """The comparison as plain text: its table."""
    rows = cells(block, look)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join([cell.ljust(width) for cell, width in zip(row, widths, strict=True)]).rstrip()
        for row in rows
    ]
    return "\n".join([f"[{title(block).lower()}]", *lines, NOTE])


def title(block: Trials) -> str:
    """What was compared, and how far it has come."""
    made = len(block.trials)
    return f"Why a grammar · {count(made, 'step') if block.done else f'{made} of {block.of} steps'}"


def cells(block: Trials, look: Look) -> list[list[str]]:
    """The table as plain text, its heads first."""
    expected = [f"Calls {shown(block.expected, look, SHORT // 6)}"] if block.expected else []
    heads = ["", "All of it JSON", "Valid call", *expected, "Tokens", "Seconds"]
    longest = max([_mean([t.tokens for t in made]) for _, made in _ways(block)], default=0.0)
    slowest = max([_mean([t.seconds for t in made]) for _, made in _ways(block)], default=0.0)
    rows = []
    for way, made in _ways(block):
        counts = [sum([t.is_json for t in made]), sum([t.is_call for t in made])]
        if block.expected:
            counts.append(sum([t.is_call and t.tool == block.expected for t in made]))
        tokens = _mean([t.tokens for t in made])
        seconds = _mean([t.seconds for t in made])
        rows.append(
            [
                way,
                *[f"{_bar(count, len(made))} {count}/{len(made)}" for count in counts],
                f"{_bar(tokens, longest)} {tokens:.0f}",
                f"{_bar(seconds, slowest)} {seconds:.1f}",
            ]
        )
    return [heads, *rows]


def _ways(block: Trials) -> list[tuple[str, list[Trial]]]:
    """Each way that was tried, in words, with its trials; free ones first."""
    found: dict[tuple[bool, bool], list[Trial]] = {}
    for trial in block.trials:
        found.setdefault((trial.grammar, trial.reason), []).append(trial)
    return [
        (f"{'grammar' if grammar else 'free'}{', reasoning first' if reason else ''}", made)
        for (grammar, reason), made in sorted(found.items())
    ]


def _bar(part: float, whole: float) -> str:
    full = round(_WIDTH * min(1.0, max(0.0, part / whole))) if whole > 0 else 0
    return "█" * full + "░" * (_WIDTH - full)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


# -- what failed ---------------------------------------------------------------------------


def failures_title(block: Trials) -> str:
    """How many texts hold no valid call."""
    failed = sum([not trial.is_call for trial in block.trials])
    return f"Without a valid call: {failed} of {len(block.trials)}"


def failures(block: Trials, look: Look) -> list[tuple[Trial, str]]:
    """The trials without a valid call, as many as are shown, and what is shown of their texts."""
    failed = [trial for trial in block.trials if not trial.is_call]
    kept = failed if look.whole else failed[:_SHOWN]
    return [(trial, shown(trial.text, look, SHORT)) for trial in kept]


def _failure(trial: Trial, look: Look) -> str:
    tool = f" {code(shown(trial.tool, look, SHORT // 6))}:" if trial.tool else ""
    return f"{made_how(trial)}:{tool} {literal(shown(trial.fault, look, SHORT))}"


def made_how(trial: Trial) -> str:
    """How a trial was made."""
    return f"{'under the grammar' if trial.grammar else 'free'}, seed {trial.seed}"
