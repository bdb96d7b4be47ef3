"""Print a run in a terminal while it happens: it cannot go back, so only what is new."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TextIO

from ..events import Event
from . import text
from .blocks import Block, Call, Program, Reasoning, Sentence, Status, Trials, View
from .escape import printable
from .look import FULL, Look
from .view import fold
from .words import LONG, SHORT, shown


class TerminalRecorder:
    """Prints deltas; a line that counts is rewritten in place where `out` is a terminal."""

    def __init__(self, out: TextIO | None = None, look: Look = FULL) -> None:
        self._out = out or sys.stdout
        self._look = look
        self.view = View()
        self.events: list[Event] = []
        self._counting = ""
        self._gbnf = ""

    def show(self, event: Event) -> None:
        """Fold the event in and print what it added."""
        before, self.view = self.view, fold(self.view, event)
        self.events.append(event)
        self._show_status(before.status, self.view.status)
        old, new = before.blocks, self.view.blocks
        if self._look.view != "full":
            self._show_lines(old, new)
        elif len(new) > len(old):
            if self._look.shows(new[-1]):
                self._print(("\n" if old else "") + _begun(new[-1], self._look))
        else:
            for was, now in zip(old, new, strict=False):
                if was is not now:
                    self._print(self._added(was, now))
        if self.view.status.finished:
            self._print(f"\n— {text.status_line(self.view.status)}\n")

    def tick(self) -> None:
        """What was printed stays as it is."""

    def _show_status(self, old: Status, new: Status) -> None:
        if (new.step and not new.total) or new.finished or new == old:
            return  # once the model writes, its words are the status
        line = printable(" ".join(f"… {text.status_line(new)}".split()))
        line = line[: get_terminal_size().columns - 1]  # a line that wraps cannot be rewritten
        if new.total and self._out.isatty():
            self._out.write("\r" + line.ljust(len(self._counting)))
            self._out.flush()
            self._counting = line
        elif (new.trial or new.state) != (old.trial or old.state) and not new.step:
            self._print(f"{line}\n")

    def _show_lines(self, old: tuple[Block, ...], new: tuple[Block, ...]) -> None:
        """What is complete by now, of a view that does not stream."""
        for i, block in enumerate(new):
            was = old[i] if i < len(old) else None
            if self._tells(block) and not (was and self._tells(was)):
                self._print(text.render(block, self._look) + "\n")

    def _tells(self, block: Block) -> bool:
        return self._look.shows(block) and _is_complete(block)

    def _added(self, old: Block, new: Block) -> str:
        if isinstance(old, Call | Program) and isinstance(new, type(old)) and old.gbnf != new.gbnf:
            known, self._gbnf = new.gbnf == self._gbnf, new.gbnf
            whole = text.grammar(new.gbnf, new.used, self._look)
            rules = "[GBNF] as before" if known else whole
            return "\n".join([*text.unheld(new, self._look), rules, ""])
        if isinstance(old, Call | Program) and isinstance(new, type(old)) and old.used != new.used:
            return _used(new.used, self._look)
        if isinstance(old, Program) and isinstance(new, Program) and old.value != new.value:
            return "" if new.value is None else f"\n{text.value(new.value, self._look)}\n"
        if isinstance(new, Trials) and new.done:
            return text.render(new, self._look) + "\n"
        if isinstance(old, Reasoning | Call | Program | Sentence) and isinstance(new, type(old)):
            end = "\n" if new.done and not old.done else ""
            return shown(new.text[len(old.text) :], self._look, LONG) + end
        return ""

    def _print(self, words: str) -> None:
        if words:
            # What was read of a prompt need not stay; what was fetched may.
            blank = "\r" + " " * len(self._counting) + "\r" if self.view.status.step else "\n"
            end, self._counting = blank if self._counting else "", ""
            self._out.write(end + printable(words))
            self._out.flush()


def _is_complete(block: Block) -> bool:
    match block:
        case Call():
            return True  # it is seen once it is complete
        case Program():
            return block.value is not None or block.stop in ("broken", "limit")
        case _:
            return block.done


def _used(rules: dict[str, int], look: Look) -> str:
    names = [f"{name} ({times} times)" if times > 1 else name for name, times in rules.items()]
    return f"[rules used] {shown(', '.join(names), look, SHORT)}\n"


def _begun(block: Block, look: Look) -> str:
    match block:
        case Reasoning(step):
            return f"[step {step}: reasoning]\n"
        case Call(step):
            return f"[step {step}: call]\n"
        case Program():
            return "[program]\n"
        case Sentence():
            return "[the model answers under the grammar]\n"
        case Trials():
            return ""  # the table comes when it is whole; until then the trials are counted
        case _:
            return text.render(block, look) + "\n"
