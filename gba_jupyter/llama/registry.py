"""What the processes of one machine know of the servers that they share.

Each combination of model and settings has a folder: ``state.json`` says which server runs,
``leases/`` holds one file per user of it, and ``lock`` is held while a server is started,
joined or given up. A lease counts as long as the process that took it lives.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .paths import cache_dir, servers_dir
from .processes import ProcessId


@dataclass(frozen=True)
class ServerState:
    """A server that was started here: where it answers and which processes it is."""

    url: str
    api_key: str
    model: str
    """Short name of the model."""
    model_path: str
    backend: str
    """ "llama-server" or "xllamacpp"."""
    log_path: str
    slots: int
    context: int
    """Context of one slot, in tokens."""
    notices: tuple[str, ...]
    keeper: ProcessId
    server: ProcessId
    adapter: str = ""
    """Path of the LoRA adapter; empty when there is none."""

    def is_alive(self) -> bool:
        """Whether both its processes run."""
        return self.keeper.is_alive() and self.server.is_alive()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ServerState:
        """The state that ``asdict`` gave, after a way through JSON."""
        return cls(
            **{
                **data,
                "notices": tuple(data["notices"]),
                "keeper": ProcessId(**data["keeper"]),
                "server": ProcessId(**data["server"]),
            }
        )


@dataclass(frozen=True)
class Folder:
    """The folder of one combination of model and settings."""

    path: Path

    @classmethod
    def of(cls, settings: dict[str, Any]) -> Folder:
        """The folder of these settings on this machine; created if need be.

        The name of the machine is part of it: home directories are shared between machines.
        """
        text = json.dumps(settings, sort_keys=True)
        key = hashlib.sha256(text.encode()).hexdigest()[:12]
        folder = cls(servers_dir() / f"{_machine()}-{key}")
        folder.leases.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    @classmethod
    def all(cls) -> Iterator[Folder]:
        """The folders of this machine; creates none."""
        for path in sorted((cache_dir() / "servers").glob(f"{_machine()}-*")):
            yield cls(path)

    @property
    def lock(self) -> Path:
        """The lock of whoever starts, joins or gives up the server."""
        return self.path / "lock"

    @property
    def leases(self) -> Path:
        """The folder of leases."""
        return self.path / "leases"

    @property
    def _state(self) -> Path:
        return self.path / "state.json"

    def read(self) -> ServerState | None:
        """The server that was started last and not given up; None when there is none."""
        try:
            return ServerState.from_json(json.loads(self._state.read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, state: ServerState) -> None:
        """Make this server the folder's."""
        _write_private(self._state, asdict(state))

    def forget(self, keeper: ProcessId) -> None:
        """Remove the state, unless another keeper has taken the folder over."""
        state = self.read()
        if state is None or state.keeper == keeper:
            self._state.unlink(missing_ok=True)

    def add_lease(self) -> Path:
        """Say that this process uses the server, until the file is gone or the process is."""
        lease = self.leases / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        _write_private(lease, asdict(ProcessId.current()))
        return lease

    def users(self, tidy: bool = False) -> set[int]:
        """The processes that use the server; `tidy` removes the leases of dead ones."""
        users = set()
        for lease in self.leases.glob("*.json"):
            try:
                process = ProcessId(**json.loads(lease.read_text("utf-8")))
            except (OSError, ValueError, TypeError):
                continue  # removed between the two calls
            if process.is_alive():
                users.add(process.pid)
            elif tidy:
                lease.unlink(missing_ok=True)
        return users


def _machine() -> str:
    return "".join(c if c.isalnum() else "_" for c in platform.node()) or "here"


def _write_private(path: Path, data: dict[str, Any]) -> None:
    """Write JSON that only this user may read, all at once."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(data, file)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
