"""Recording what the servers of a session say, and playing it again without them."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import ModelError, OptionError, ServerStartError, TapeError
from .events import Notice, OnEvent
from .llama.client import LlamaServer
from .llama.replaying import Replaying
from .llama.tape import Tape, read
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


def replay(servers: Servers, path: Path, speed: float = 1.0) -> Tape:
    """Let a tape answer for both roles; no server is asked, and none is started.

    Args:
        servers: whose roles go to the tape.
        path: what `record` has made.
        speed: 1 as it was recorded, 2 twice as fast; 0 at once.

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
    every = tuple(dict.fromkeys(entry.server for entry in tape.entries))
    clients: dict[tuple[str, ...], LlamaServer] = {}
    if servers.lent is None:
        servers.lent = dict(servers.roles)
    for name in ROLES:
        heard = tape.servers.get(name) or every
        if heard not in clients:  # roles with one server share it, and the order of its answers
            carrier = Replaying(tape, heard, speed)
            clients[heard] = LlamaServer(heard[-1], quiet=_NEVER, log=servers.log, carrier=carrier)
        servers.roles[name] = Role(heard[-1], chosen=True, server=clients[heard])
    servers.replaying = f"{path}{_pace(speed)}"
    return tape


def stop_replaying(servers: Servers) -> None:
    """Give the roles back to their servers.

    Raises:
        OptionError: nothing is replayed.
    """
    if servers.lent is None:
        raise OptionError("Nothing is being replayed.", "Begin with `%gba replay FILE`.")
    servers.roles.update(servers.lent)
    servers.lent, servers.replaying = None, ""


def server(servers: Servers, role: RoleName, tell: OnEvent) -> LlamaServer:
    """The server of a role; where there is none and none can be started, the tape that the
    environment variable ``GBA_TAPE`` names, if it does.

    Raises:
        ServerError: there is neither.
    """
    try:
        return servers.server(role, tell)
    except (ServerStartError, ModelError):
        name = os.environ.get("GBA_TAPE")
        if not name or servers.lent is not None or servers.tape is not None:
            raise
        tape = replay(servers, Path(name).expanduser())
        tell(Notice(f"No server is at hand, so the tape {tape.path.name} answers."))
        return servers.server(role, tell)


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
