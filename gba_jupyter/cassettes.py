"""Recording what the servers of a session say, and playing it again without them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .errors import ModelError, OptionError, ServerStartError, TapeError
from .events import Notice, OnEvent
from .files import path_of
from .llama.client import LlamaServer
from .llama.exchanges import Exchanges
from .llama.replaying import Replaying
from .llama.tape import Tape
from .llama.tape_reader import is_tape, read
from .llama.tape_writer import TapeWriter
from .servers import ROLES, Role, RoleName, Servers

_NEVER = 1e8  # seconds; a tape is silent as long as its server was, and cannot hang


def record(servers: Servers, path: Path) -> TapeWriter:
    """Record on a file all that the servers of both roles say from now on.

    A tape that is there already is kept beside it.

    Raises:
        OptionError: a tape is in use, or the file is no tape and stays as it is.
    """
    if servers.tape is not None:
        raise OptionError(
            f"{servers.tape.path} is being recorded already.", "End it with `%gba record off`."
        )
    if servers.lent is not None:
        raise OptionError(
            "A tape is being replayed, and only servers are recorded.",
            "Leave it with `%gba replay off`.",
        )
    tape = TapeWriter(path)
    servers.record(tape)
    return tape


def stop_recording(servers: Servers) -> TapeWriter:
    """End the recording; gives the tape that was made.

    Raises:
        OptionError: nothing is recorded.
        TapeError: not all of it could be written.
    """
    tape = servers.tape
    if tape is None:
        raise OptionError("Nothing is being recorded.", "Begin with `%gba record FILE`.")
    servers.record(None)
    tape.close()
    tape.require_well()
    return tape


def replay(
    servers: Servers, path: Path, speed: float = 1.0, roles: Sequence[RoleName] = ROLES
) -> Tape:
    """Let a tape answer for roles; of these no server is asked, and none is started.

    Args:
        servers: whose roles go to the tape.
        path: what `record` has made.
        speed: 1 as it was recorded, 2 twice as fast; 0 at once.
        roles: that the tape may take; the others stay where they are.

    Raises:
        OptionError: there is no such file, or a tape is being recorded.
        TapeError: the file is no tape, or damaged, or empty; nothing is changed then.
    """
    if servers.tape is not None:
        raise OptionError(
            f"{servers.tape.path} is being recorded.", "End it with `%gba record off` first."
        )
    tape = read(path)
    if not tape.entries:
        raise TapeError(
            f"The tape {path} holds no request.", "Record some cells: `%gba record FILE`."
        )
    taken = _roles_on(tape, servers.log, speed, roles)
    lent = {name: servers.roles[name] for name in roles}
    servers.lent = lent | (servers.lent or {})
    servers.roles.update(taken)
    servers.replaying = f"{path}{_pace(speed)}"
    return tape


def _roles_on(
    tape: Tape, log: Exchanges, speed: float, roles: Sequence[RoleName]
) -> dict[RoleName, Role]:
    every = tuple(dict.fromkeys(entry.server for entry in tape.entries))
    clients: dict[tuple[str, ...], LlamaServer] = {}
    taken: dict[RoleName, Role] = {}
    for name in roles:
        heard = tape.servers.get(name) or every
        if heard not in clients:  # roles with one server share it, and the order of its answers
            carrier = Replaying(tape, heard, speed)
            clients[heard] = LlamaServer(heard[-1], quiet=_NEVER, log=log, carrier=carrier)
        taken[name] = Role(heard[-1], chosen=True, server=clients[heard])
    return taken


def stop_replaying(servers: Servers) -> None:
    """Give the roles back to their servers.

    Raises:
        OptionError: nothing is replayed.
    """
    if servers.lent is None:
        raise OptionError("Nothing is being replayed.", "Begin with `%gba replay FILE`.")
    servers.roles.update(servers.lent)
    servers.lent, servers.replaying = None, ""


def server(
    servers: Servers, role: RoleName, tell: OnEvent, notebook: Path | None = None
) -> LlamaServer:
    """The server of a role; where there is none and none can be started, a tape for that role.

    It is the one that the environment variable ``GBA_TAPE`` names, or else the one of the same
    name beside the `notebook`.

    Raises:
        ServerError: there is neither.
    """
    try:
        return servers.server(role, tell)
    except (ServerStartError, ModelError):
        path = _at_hand(notebook)
        if path is None or role in (servers.lent or {}) or servers.tape is not None:
            raise
        replay(servers, path, roles=(role,))
        tell(Notice(f"No server is at hand, so the tape {path.name} answers for {role}."))
        return servers.server(role, tell)


def _at_hand(notebook: Path | None) -> Path | None:
    if name := os.environ.get("GBA_TAPE"):
        return path_of(name)
    beside = notebook.with_suffix(".jsonl") if notebook else None
    return beside if beside and is_tape(beside) else None


def end(servers: Servers) -> None:
    """End whatever is recorded or replayed."""
    if servers.lent is not None:
        stop_replaying(servers)
    if servers.tape is not None:
        tape = servers.tape
        servers.record(None)
        tape.close()


def _pace(speed: float) -> str:
    return {0.0: ", at once", 1.0: ""}.get(speed, f", {speed:g} times as fast")
