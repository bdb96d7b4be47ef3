"""The commands of `%gba`: words in, a text out."""

from __future__ import annotations

from .. import reports
from ..errors import OptionError
from ..events import OnEvent
from ..names import did_you_mean
from ..session import Session
from ..settings import parse_settings
from . import runs, servers, tapes
from .words import Command, Said, take


def run(session: Session, words: list[str], tell: OnEvent) -> Said:
    """Carry out one command and say what it did.

    Raises:
        OptionError: there is no such command, or its words are wrong.
    """
    name, *rest = words or ["help"]
    command = _COMMANDS.get(name)
    if command is None:
        fix = did_you_mean(name, list(_COMMANDS), f"Commands are {', '.join(_COMMANDS)}.")
        raise OptionError(f"%gba has no command {name!r}.", fix)
    return command(session, rest, tell)


def _tools(session: Session, words: list[str], tell: OnEvent) -> str:
    names = [name for word in words for name in word.split(",") if name]
    match names:
        case ["add", *more] if more:
            session.use_tools([*session.tool_names, *more])
        case ["remove", *less] if less:
            if strange := [name for name in less if name not in session.tool_names]:
                raise OptionError(
                    f"{strange[0]} is not among the tools.",
                    f"These are: {', '.join(session.tool_names) or 'none'}.",
                )
            session.use_tools([name for name in session.tool_names if name not in less])
        case [_, *_]:
            session.use_tools(names)
    return reports.tools(session)


def _reset(session: Session, words: list[str], tell: OnEvent) -> str:
    thread = take(words, "%gba reset [THREAD]", 0, 1)
    if not thread:
        session.reset()
        return "All conversations are forgotten."
    if thread[0] not in session.threads:
        known = ", ".join(session.threads) or "none yet"
        raise OptionError(f"There is no thread {thread[0]!r}.", f"Threads are: {known}.")
    session.reset(thread[0])
    return f"The conversation {thread[0]!r} is forgotten."


def _set(session: Session, words: list[str], tell: OnEvent) -> str:
    session.change(parse_settings(session.settings, " ".join(words)))
    return "\n".join(f"{name}={value}" for name, value in vars(session.settings).items())


def _help(session: Session, words: list[str], tell: OnEvent) -> str:
    topic = take(words, "%gba help [TOPIC]", 0, 1)
    text = reports.help_on(topic[0] if topic else "")
    if text is None:
        raise OptionError(f"There is no help on {topic[0]!r}.", "Try %gba help.")
    return text


_COMMANDS: dict[str, Command] = {
    "status": servers.status,
    "connect": servers.connect,
    "serve": servers.serve,
    "stop": servers.stop,
    "models": servers.models,
    "tools": _tools,
    "reset": _reset,
    "runs": runs.listing,
    "show": runs.show,
    "open": runs.open_file,
    "export": runs.export,
    "set": _set,
    "wire": tapes.wire,
    "record": tapes.record,
    "replay": tapes.replay,
    "help": _help,
}
