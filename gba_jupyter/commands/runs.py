"""Commands about earlier runs."""

from __future__ import annotations

from .. import recall
from ..display import Look
from ..display.words import count
from ..errors import OptionError
from ..events import OnEvent
from ..history import OPENED
from ..option_values import ViewName, read_view
from ..session import Session
from .words import Said, switch, take, value


def show(session: Session, words: list[str], tell: OnEvent) -> Said:
    """``%gba show``."""
    whole = switch(words, "--whole")
    view = value(words, "--view")
    chosen = session.settings.view if view is None else _view(view)
    number = take(words, "%gba show [N] [--view full|compact|answer] [--whole]", 0, 1)
    return recall.Again(recall.pick(session.history, *number), Look(chosen, whole))


def _view(word: str) -> ViewName:
    try:
        return read_view(word)
    except ValueError as error:
        raise OptionError(f"--view cannot be {word!r}.", f"Give {error}.") from None


def listing(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba runs``."""
    take(words, "%gba runs", 0, 0)
    return recall.listing(session.history)


def open_file(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba open``."""
    (name,) = take(words, "%gba open FILE.ipynb", 1, 1)
    found, faults = recall.read(name)
    pushed_out = session.history.open(found)
    said = [f"{name} holds {count(len(found), 'run')}."]
    if faults:
        said.append(recall.unread(faults))
    if pushed_out:
        said.append(f"There was no room for {pushed_out} of the opened runs, the oldest.")
    if found:
        said += ["", recall.listing(found[-OPENED:]), "", "%gba show N shows one of them."]
    return "\n".join(said)


def export(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba export``."""
    force = switch(words, "--force")
    name, *number = take(words, "%gba export FILE.md|.html|.json [N] [--force]", 1, 2)
    return recall.write(recall.pick(session.history, *number), name, force)
