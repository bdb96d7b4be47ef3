"""Print a run in a terminal while it happens: it cannot go back, so only what is new."""

from __future__ import annotations

import sys
from typing import TextIO

from ..events import Event
from . import text
from .blocks import Block, Call, Program, Reasoning, Sentence, Status, View
from .escape import printable
from .view import fold


class TerminalRecorder:
    """Prints deltas; a line that counts is rewritten in place where `out` is a terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self.view = View()
        self._counting = ""
        self._gbnf = ""

    def show(self, event: Event) -> None:
        """Fold the event in and print what it added."""
        before, self.view = self.view, fold(self.view, event)
        self._show_status(before.status, self.view.status)
        old, new = before.blocks, self.view.blocks
        if len(new) > len(old):
            self._print(("\n" if old else "") + _begun(new[-1]))
        for was, now in zip(old, new, strict=False):
            if was is not now:
                self._print(self._added(was, now))
        if self.view.status.finished:
            self._print(f"\n— {text.status_line(self.view.status)}\n")

    def _show_status(self, old: Status, new: Status) -> None:
        if new.step or new.finished or new == old:
            return  # once the model writes, its words are the status
        line = f"… {text.status_line(new)}"
        if new.total and self._out.isatty():
            self._out.write("\r" + line.ljust(len(self._counting)))
            self._out.flush()
            self._counting = line
        elif new.state != old.state:
            self._print(f"{line}\n")

    def _added(self, old: Block, new: Block) -> str:
        if isinstance(old, Call | Program) and isinstance(new, type(old)) and old.gbnf != new.gbnf:
            known, self._gbnf = new.gbnf == self._gbnf, new.gbnf
            return ("[GBNF] as before" if known else text.grammar(new.gbnf)) + "\n"
        if isinstance(old, Program) and isinstance(new, Program) and old.value != new.value:
            return "" if new.value is None else f"\n{text.value(new.value)}\n"
        if isinstance(old, Reasoning | Call | Program | Sentence) and isinstance(new, type(old)):
            end = "\n" if new.done and not old.done else ""
            return new.text[len(old.text) :] + end
        return ""

    def _print(self, words: str) -> None:
        if words:
            end = "\n" if self._counting else ""
            self._counting = ""
            self._out.write(end + printable(words))
            self._out.flush()


def _begun(block: Block) -> str:
    match block:
        case Reasoning(step):
            return f"[step {step}: reasoning]\n"
        case Call(step):
            return f"[step {step}: call]\n"
        case Program():
            return "[program]\n"
        case Sentence():
            return "[the model answers under the grammar]\n"
        case _:
            return text.render(block) + "\n"
