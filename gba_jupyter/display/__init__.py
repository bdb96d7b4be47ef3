"""Showing a run: events in, Markdown and plain text out. Nothing here does anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..errors import OptionError
from ..events import Event, RunFinished, Status
from ..findings import Report, Sent, Tried
from ..option_values import ViewName
from . import wire, workbench
from .blocks import View
from .escape import fence, printable
from .live import NotebookRecorder, Recorder, replay, show_data
from .look import FULL, Look
from .outputs import MIME
from .terminal import TerminalRecorder

__all__ = [
    "MIME",
    "Look",
    "NotebookRecorder",
    "Recorder",
    "TerminalRecorder",
    "ViewName",
    "as_damaged",
    "recording",
    "say",
    "show_again",
    "show_attempt",
    "show_report",
    "show_wire",
]


def is_terminal(shell: Any) -> bool:
    """Whether `shell` (an IPython shell, or None) writes to a terminal."""
    return shell is None or type(shell).__name__ == "TerminalInteractiveShell"


def recorder_for(shell: Any, look: Look = FULL) -> Recorder:
    """The recorder that fits where `shell` shows its output."""
    return TerminalRecorder(look=look) if is_terminal(shell) else NotebookRecorder(look)


@contextmanager
def recording(shell: Any, look: Look = FULL) -> Iterator[Recorder]:
    """A recorder whose status comes to its end however the block ends.

    It does not tell why a run failed: the error that leaves the block does.
    """
    recorder = recorder_for(shell, replace(look, fault=False))
    status: Status = "failed"
    try:
        yield recorder
        status = "done"
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    finally:
        shown = recorder.view.status
        if recorder.view != View() and not shown.finished:
            recorder.show(RunFinished(status, shown.spent, 0.0))


def show_again(shell: Any, events: Sequence[Event], look: Look = FULL) -> None:
    """Show a finished run.

    Raises:
        OptionError: it is of a damaged record.
    """
    with as_damaged():
        if is_terminal(shell):
            recorder = TerminalRecorder(look=look)
            for event in events:
                recorder.show(event)
        else:
            replay(events, look)


@contextmanager
def as_damaged() -> Iterator[None]:
    """Takes what cannot be drawn of a run for damage of its record, which anybody may have written.

    Raises:
        OptionError: something in the block failed.
    """
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as e:
        raise OptionError(
            f"This run is damaged and cannot be shown ({type(e).__name__}).",
            "Show another; %gba runs lists them.",
        ) from e


def say(shell: Any, words: str) -> None:
    """Show a text of ours, such as help or the status."""
    _show(shell, words, [{"text/plain": printable(words), "text/markdown": fence(words)}])


def show_report(shell: Any, report: Report) -> None:
    """Show what the workbench found."""
    _show(shell, workbench.plain(report), workbench.bundles(report))


def show_attempt(shell: Any, tried: Tried) -> None:
    """Show a text that was tried against a grammar."""
    words = workbench.plain_attempt(tried)
    shown = {"text/plain": printable(words), "text/markdown": workbench.attempt(tried)}
    _show(shell, words, [shown])


def show_wire(shell: Any, requests: tuple[Sent, ...]) -> None:
    """Show requests as they went over."""
    words = "\n\n".join(map(wire.plain, requests))
    _show(
        shell,
        words,
        [
            {"text/plain": printable(wire.summary(sent)), "text/markdown": wire.markdown(sent)}
            for sent in requests
        ],
    )


def _show(shell: Any, words: str, bundles: list[dict[str, str]]) -> None:
    """Print the words in a terminal; elsewhere show the bundles, by MIME type."""
    if is_terminal(shell):
        print(printable(words))  # noqa: T201  this is what a terminal is for
        return
    for bundle in bundles:
        show_data(bundle)
