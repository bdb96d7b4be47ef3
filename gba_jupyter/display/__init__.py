"""Showing a run: events in, Markdown and plain text out. Nothing here does anything else."""

from __future__ import annotations

from typing import Any

from ..events import Event
from .escape import fence
from .live import NotebookRecorder, Recorder, replay
from .terminal import TerminalRecorder

__all__ = ["NotebookRecorder", "Recorder", "TerminalRecorder", "recorder_for", "say", "show_again"]


def is_terminal(shell: Any) -> bool:
    """Whether `shell` (an IPython shell, or None) writes to a terminal."""
    return shell is None or type(shell).__name__ == "TerminalInteractiveShell"


def recorder_for(shell: Any) -> Recorder:
    """The recorder that fits where `shell` shows its output."""
    return TerminalRecorder() if is_terminal(shell) else NotebookRecorder()


def show_again(shell: Any, events: tuple[Event, ...]) -> None:
    """Show a finished run."""
    if is_terminal(shell):
        recorder = TerminalRecorder()
        for event in events:
            recorder.show(event)
    else:
        replay(events)


def say(shell: Any, words: str) -> None:
    """Show a text of ours, such as help or the status."""
    if is_terminal(shell):
        print(words)  # noqa: T201  this is what a terminal is for
    else:
        from IPython.display import display

        show: Any = display  # untyped in IPython
        show({"text/plain": words, "text/markdown": fence(words)}, raw=True)
