"""The commands of `%gba`: words in, a text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from . import cassettes, recall, reports
from .display import Look
from .errors import OptionError
from .events import OnEvent
from .findings import Sent
from .options import parse_settings
from .session import Session

Said: TypeAlias = str | tuple[Sent, ...] | recall.Again
"""What a command answers: a text, requests as they went over, or a run to be shown again."""

Command = Callable[[Session, list[str], OnEvent], Said]


def run(session: Session, words: list[str], tell: OnEvent) -> Said:
    """Carry out one command and say what it did.

    Raises:
        OptionError: there is no such command, or its words are wrong.
    """
    name, *rest = words or ["help"]
    command = _COMMANDS.get(name)
    if command is None:
        near = get_close_matches(name, _COMMANDS, n=1)
        fix = f"Did you mean {near[0]}?" if near else f"Commands are {', '.join(_COMMANDS)}."
        raise OptionError(f"%gba has no command {name!r}.", fix)
    return command(session, rest, tell)


def _status(session: Session, words: list[str], tell: OnEvent) -> str:
    _take(words, "%gba status", 0, 0)
    return reports.status(session)


def _connect(session: Session, words: list[str], tell: OnEvent) -> str:
    key = _value(words, "--api-key")
    role, url = _take(words, "%gba connect ROLE URL [--api-key KEY]", 2, 2)
    props = session.servers.connect(role, url, key, tell)
    slots = f"{props.total_slots} slots of {props.n_ctx} tokens"
    return f"{role} now goes to {url}: {props.model}, {slots}."


def _serve(session: Session, words: list[str], tell: OnEvent) -> str:
    port = _value(words, "--port")
    if port is not None and not (re.fullmatch("[0-9]{1,5}", port) and int(port) < 65536):
        raise OptionError(f"--port cannot be {port!r}.", "Give a whole number below 65536.")
    model = _take(words, "%gba serve [MODEL] [--port N]", 0, 1)
    server = session.servers.serve(model[0] if model else None, int(port or 0), tell)
    return f"{server.model_path.name} is served at {server.url} for agent and math."


def _stop(session: Session, words: list[str], tell: OnEvent) -> str:
    _take(words, "%gba stop", 0, 0)
    if session.servers.stop():
        return "Left the embedded server; it ends when no other notebook uses it."
    return "No embedded server is in use here."


def _models(session: Session, words: list[str], tell: OnEvent) -> str:
    from .llama import models

    name = _take(words, "%gba models [NAME]", 0, 1)
    return models.describe(name[0]) if name else models.catalogue_text()


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
    thread = _take(words, "%gba reset [THREAD]", 0, 1)
    if not thread:
        session.reset()
        return "All conversations are forgotten."
    if thread[0] not in session.threads:
        known = ", ".join(session.threads) or "none yet"
        raise OptionError(f"There is no thread {thread[0]!r}.", f"Threads are: {known}.")
    session.reset(thread[0])
    return f"The conversation {thread[0]!r} is forgotten."


def _show(session: Session, words: list[str], tell: OnEvent) -> Said:
    whole = _switch(words, "--whole")
    view = _value(words, "--view")
    settings = parse_settings(session.settings, f"view={view}" if view is not None else "")
    number = _take(words, "%gba show [N] [--view full|compact|answer] [--whole]", 0, 1)
    return recall.Again(recall.pick(session.history, *number), Look(settings.view, whole))


def _runs(session: Session, words: list[str], tell: OnEvent) -> str:
    _take(words, "%gba runs", 0, 0)
    return recall.listing(session.history)


def _open(session: Session, words: list[str], tell: OnEvent) -> str:
    (name,) = _take(words, "%gba open FILE.ipynb", 1, 1)
    found, damaged = recall.read(name)
    session.history.extend(found)
    said = [f"{name} holds {len(found)} run{'' if len(found) == 1 else 's'}."]
    if damaged:
        said.append(f"{damaged} more cannot be read: damaged, or of another version.")
    if found:
        said += ["", recall.listing(found), "", "%gba show N shows one of them."]
    return "\n".join(said)


def _export(session: Session, words: list[str], tell: OnEvent) -> str:
    force = _switch(words, "--force")
    name, *number = _take(words, "%gba export FILE.md|.html|.json [N] [--force]", 1, 2)
    return recall.write(recall.pick(session.history, *number), name, force)


def _set(session: Session, words: list[str], tell: OnEvent) -> str:
    session.change(parse_settings(session.settings, " ".join(words)))
    return "\n".join(f"{name}={value}" for name, value in vars(session.settings).items())


def _wire(session: Session, words: list[str], tell: OnEvent) -> Said:
    step = _take(words, "%gba wire [STEP]", 0, 1)
    if not step:
        return reports.wire(session)
    if not re.fullmatch("[0-9]{1,6}", step[0]):
        raise OptionError(f"{step[0]!r} is not the number of a step.", "%gba wire lists them.")
    return reports.wire_of(session, int(step[0]))


def _record(session: Session, words: list[str], tell: OnEvent) -> str:
    (name,) = _take(words, "%gba record FILE, or %gba record off", 1, 1)
    if name == "off":
        tape = cassettes.stop_recording(session.servers)
        requests = "1 request" if tape.count == 1 else f"{tape.count} requests"
        return f"{tape.path} holds {requests}; play it with %gba replay {tape.path}."
    tape = cassettes.record(session.servers, _path(name))
    kept = f" The tape that was there is now {tape.kept}." if tape.kept else ""
    return f"All that the servers say goes to {tape.path}, until %gba record off.{kept}"


def _replay(session: Session, words: list[str], tell: OnEvent) -> str:
    speed = _value(words, "--speed")
    if speed is not None and not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", speed):
        raise OptionError(
            f"--speed cannot be {speed!r}.",
            "Give 1 for as it was, 2 for twice as fast, 0 for at once.",
        )
    (name,) = _take(words, "%gba replay FILE [--speed N], or %gba replay off", 1, 1)
    if name == "off":
        cassettes.stop_replaying(session.servers)
        return "The servers answer again."
    tape = cassettes.replay(session.servers, _path(name), float(speed or 1))
    return (
        f"{tape.path} answers for agent and math, with {len(tape.entries)} requests; "
        "no server is asked until %gba replay off."
    )


def _path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # ~nobody
        return Path(name)


def _help(session: Session, words: list[str], tell: OnEvent) -> str:
    topic = _take(words, "%gba help [TOPIC]", 0, 1)
    text = reports.help_on(topic[0] if topic else "")
    if text is None:
        raise OptionError(f"There is no help on {topic[0]!r}.", "Try %gba help.")
    return text


_COMMANDS: dict[str, Command] = {
    "status": _status,
    "connect": _connect,
    "serve": _serve,
    "stop": _stop,
    "models": _models,
    "tools": _tools,
    "reset": _reset,
    "runs": _runs,
    "show": _show,
    "open": _open,
    "export": _export,
    "set": _set,
    "wire": _wire,
    "record": _record,
    "replay": _replay,
    "help": _help,
}


def _take(words: list[str], usage: str, least: int, most: int) -> list[str]:
    for word in words:
        if word.startswith("--"):
            raise OptionError(f"There is no option {word} here.", f"Usage: {usage}")
    if not least <= len(words) <= most:
        raise OptionError(
            "There are too many words." if len(words) > most else "Something is missing.",
            f"Usage: {usage}",
        )
    return words


def _switch(words: list[str], name: str) -> bool:
    """Take ``--name`` out of `words`."""
    given = name in words
    words[:] = [word for word in words if word != name]
    return given


def _value(words: list[str], name: str) -> str | None:
    """Take ``--name VALUE`` or ``--name=VALUE`` out of `words`."""
    for i, word in enumerate(words):
        if word.startswith(name + "="):
            del words[i]
            return word[len(name) + 1 :]
        if word == name:
            if i + 1 == len(words):
                raise OptionError(f"{name} lacks its value.", f"Write {name} VALUE.")
            value = words[i + 1]
            del words[i : i + 2]
            return value
    return None
