"""Commands about what goes over: the wire, and the tapes of it."""

from __future__ import annotations

import re

from .. import cassettes, reports
from ..display.words import count
from ..errors import OptionError
from ..events import OnEvent
from ..files import path_of
from ..session import Session
from .words import Said, take, value


def wire(session: Session, words: list[str], tell: OnEvent) -> Said:
    """``%gba wire``."""
    asked = take(words, "%gba wire [N], or %gba wire step N", 0, 2)
    match asked:
        case []:
            return reports.wire(session)
        case [number] if number != "step":
            return reports.wire_of(session, _number(number))
        case ["step", number]:
            return reports.wire_step(session, _number(number))
    raise OptionError("That is no request.", "Usage: %gba wire [N], or %gba wire step N")


def _number(word: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", word):
        raise OptionError(f"{word!r} is not the number of a request.", "%gba wire lists them.")
    return int(word)


def record(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba record``."""
    (name,) = take(words, "%gba record FILE, or %gba record off", 1, 1)
    if name == "off":
        tape = cassettes.stop_recording(session.servers)
        held = count(tape.completions, "completion")
        return f"{tape.path} holds {held}; play it with %gba replay {tape.path}."
    tape = cassettes.record(session.servers, path_of(name))
    kept = f" The tape that was there is now {tape.kept}." if tape.kept else ""
    return f"All that the servers say goes to {tape.path}, until %gba record off.{kept}"


def replay(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba replay``."""
    speed = value(words, "--speed")
    if speed is not None and not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", speed):
        raise OptionError(
            f"--speed cannot be {speed!r}.",
            "Give 1 for as it was, 2 for twice as fast, 0 for at once.",
        )
    (name,) = take(words, "%gba replay FILE [--speed N], or %gba replay off", 1, 1)
    if name == "off":
        cassettes.stop_replaying(session.servers)
        return "The servers answer again."
    tape = cassettes.replay(session.servers, path_of(name), float(speed or 1))
    return (
        f"{tape.path} answers for agent and math, with {count(tape.completions, 'completion')}; "
        "no server is asked until %gba replay off."
    )
