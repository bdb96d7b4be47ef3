"""A comparison: a table with a bar for each count, and what was wrong with the texts."""

from __future__ import annotations

from collections.abc import Sequence

from ..readings import Trial
from .blocks import Trials
from .escape import code, fence, folded, literal

_WIDTH = 10  # characters of a bar
_SHOWN, _LONGEST = 6, 600  # failed texts, and characters of each
_NOTE = (
    "Same prompt and seeds; a free text counts as a call if the first JSON object in it is one. "
    "Tokens and seconds are those of writing, on average."
)


def markdown(block: Trials) -> str:
    """The comparison as Markdown: its table, and the texts that failed behind a fold."""
    heads, *rows = [[literal(" ".join(cell.split())) for cell in row] for row in _cells(block)]
    lines = [heads, ["---"] * len(heads), *rows]
    table = "\n".join([f"| {' | '.join(cells)} |" for cells in lines])
    parts = [f"**{_title(block)}**", table, f"*{literal(_NOTE)}*", _failures(block)]
    return "\n\n".join(part for part in parts if part)


def plain(block: Trials) -> str:
    """The comparison as plain text: its table."""
    rows = _cells(block)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join([cell.ljust(width) for cell, width in zip(row, widths, strict=True)]).rstrip()
        for row in rows
    ]
    return "\n".join([f"[{_title(block).lower()}]", *lines, _NOTE])


def _title(block: Trials) -> str:
    done = "" if block.done else f" of {block.of}"
    return f"Why a grammar · {len(block.trials)}{done} steps"


def _cells(block: Trials) -> list[list[str]]:
    """The table as plain text, its heads first."""
    expected = [f"Calls {block.expected}"] if block.expected else []
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
    full = round(_WIDTH * part / whole) if whole else 0
    return "█" * full + "░" * (_WIDTH - full)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _failures(block: Trials) -> str:
    failed = [trial for trial in block.trials if not trial.is_call]
    if not failed:
        return ""
    shown = [_failure(trial) for trial in failed[:_SHOWN]]
    title = f"Without a valid call: {len(failed)} of {len(block.trials)}"
    return folded(title, "\n\n".join(shown))


def _failure(trial: Trial) -> str:
    way = "under the grammar" if trial.grammar else "free"
    written = trial.text if len(trial.text) <= _LONGEST else f"{trial.text[:_LONGEST]} …"
    tool = f" {code(trial.tool)}:" if trial.tool else ""
    return f"{way}, seed {trial.seed}:{tool} {literal(trial.fault)}\n\n{fence(written)}"
