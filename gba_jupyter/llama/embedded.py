"""The embedded default: a real llama.cpp server on this machine, shared by its notebooks.

`serve` joins the server that another notebook started for the same model and settings, or
starts one. It ends with the last process that uses it, however that process ends.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..errors import OptionError
from . import gguf, launch, lora, models
from .backend import Settings
from .download import fetch
from .paths import OnProgress, locked, logs_dir, no_progress
from .registry import Folder, ServerState

CONTEXT = 8192  # tokens per slot, unless the model was trained with fewer
_OLD_LOG = 14 * 24 * 3600  # seconds


class EmbeddedServer:
    """This process's share in a running server; a context manager that gives it back.

    Attributes:
        url: where it answers, as ``http://127.0.0.1:PORT``.
        api_key: what it wants as ``Authorization: Bearer …``.
        model: short name of the model.
        model_path: its GGUF file.
        log_path: the server's log.
        pid: the server's process.
        backend: "llama-server" or "xllamacpp".
        slots: number of slots.
        context: context of one slot, in tokens.
        adapter: the file of its LoRA adapter; None when it has none.
        joined: whether another process had started it.
        notices: what the user should know of this server, one sentence each.
    """

    def __init__(self, state: ServerState, lease: Path, joined: bool) -> None:
        self.url = state.url
        self.api_key = state.api_key
        self.model = state.model
        self.model_path = Path(state.model_path)
        self.log_path = Path(state.log_path)
        self.pid = state.server.pid
        self.backend = state.backend
        self.slots = state.slots
        self.context = state.context
        self.adapter = Path(state.adapter) if state.adapter else None
        self.joined = joined
        self.notices = state.notices
        self._state = state
        self._lease = lease
        self._owner = os.getpid()
        atexit.register(self.stop)

    @property
    def running(self) -> bool:
        """Whether the server's process is alive; cheap, asks no server."""
        return self._state.is_alive()

    def stop(self) -> None:
        """Give the share back; the last one to do so ends the server, within some 2 seconds.

        May be called again; does nothing in a fork of the process that called `serve`.
        """
        if os.getpid() == self._owner:
            self._lease.unlink(missing_ok=True)
            atexit.unregister(self.stop)

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<EmbeddedServer {self.model} at {self.url}>"


def serve(
    model: str | Path = models.DEFAULT,
    *,
    port: int = 0,
    slots: int = 2,
    context: int | None = None,
    api_key: str | None = None,
    adapter: bool | Path = True,
    on_progress: OnProgress | None = None,
) -> EmbeddedServer:
    """Start a llama.cpp server on this machine, or join the one that serves this already.

    Args:
        model: a name of the catalogue, the path of a GGUF file, or ``hf:OWNER/REPO/FILE``;
            fetched first if need be.
        port: 0 for any free one.
        slots: how many conversations are kept and answered side by side.
        context: tokens per slot; by default what the model was trained with, at most 8192.
        api_key: by default a random one.
        adapter: whether the model gets the LoRA adapter that ships for it, if there is one; or the
            file of another.
        on_progress: told what is going on; what it raises stops the start.

    Raises:
        OptionError: a number that makes no sense.
        ModelError: the model is not to be had.
        ServerStartError: no program, the port is in use, or the server died while loading.
    """
    if not 0 <= port <= 65535 or slots < 1 or (context is not None and context < 256):
        raise OptionError(
            f"port={port}, slots={slots}, context={context} is not a server's setting.",
            "Give a port from 0 to 65535, at least one slot and at least 256 tokens of context.",
        )
    report = on_progress or no_progress
    path = Path(
        os.path.abspath(fetch(model, report))
    )  # links stay: the hub's targets have no names
    context = context or min(gguf.context_length(path) or CONTEXT, CONTEXT)
    settings = Settings(path, slots, context, lora.adapter_of(model, adapter))
    folder = Folder.of(_identity(settings, port, api_key))
    order = launch.Order(
        settings=settings,
        model=models.name_of(model),
        port=port,
        api_key=api_key or secrets.token_urlsafe(24),
        log=logs_dir() / f"{path.stem[:60]}-{folder.path.name[-12:]}.log",
    )
    with locked(folder.lock, "waiting for another notebook that starts the server", report):
        return _join_or_start(folder, order, report)


def _join_or_start(folder: Folder, order: launch.Order, report: OnProgress) -> EmbeddedServer:
    lease = None
    try:
        lease = folder.add_lease()
        state = _join(folder, report)
        joined = state is not None
        if state is None:
            _remove_old_logs()
            state = launch.start(folder, order, report)
        return EmbeddedServer(state, lease, joined)
    except BaseException:
        if lease:
            lease.unlink(missing_ok=True)
        raise


def _join(folder: Folder, report: OnProgress) -> ServerState | None:
    """The folder's server if it works; one that does not is ended first."""
    state = folder.read()
    if state is None:
        return None
    log = Path(state.log_path)
    if (
        state.is_alive()
        and launch.is_responsive(state, report)
        and launch.await_ready(state.url, state.is_alive, log, report)
    ):
        return state
    # Hung, or half dead. SIGTERM is ignored by a hung one.
    state.server.kill()
    if not state.keeper.wait(3.0):
        state.keeper.kill()
    folder.forget(state.keeper)
    return None


def _identity(settings: Settings, port: int, api_key: str | None) -> dict[str, object]:
    """What two calls must have in common to share a server; a changed file is another model."""
    return {
        "model": _stamp(settings.model_path),
        "adapter": _stamp(settings.adapter) if settings.adapter else [],
        "settings": [port, settings.slots, settings.context],
        "api_key": hashlib.sha256(api_key.encode()).hexdigest() if api_key else "",
    }


def _stamp(file: Path) -> list[object]:
    status = file.stat()
    return [str(file), status.st_size, status.st_mtime_ns]


def _remove_old_logs() -> None:
    limit = time.time() - _OLD_LOG
    used = {server.log_path for server in find_running()}
    for log in set(logs_dir().glob("*.log*")) - used:
        try:
            if log.stat().st_mtime < limit:
                log.unlink()
        except OSError:
            continue  # another notebook was quicker, or is still using it


@dataclass(frozen=True)
class RunningServer:
    """A server of this user on this machine, as ``%gba status`` shows it."""

    url: str
    model: str
    model_path: Path
    backend: str
    pid: int
    log_path: Path
    slots: int
    context: int
    """Context of one slot, in tokens."""
    users: tuple[int, ...]
    """The processes that use it."""


def find_running() -> tuple[RunningServer, ...]:
    """The embedded servers that run on this machine; reads files only, changes nothing."""
    found = []
    for folder in Folder.all():
        state = folder.read()
        if state and state.is_alive():
            found.append(
                RunningServer(
                    url=state.url,
                    model=state.model,
                    model_path=Path(state.model_path),
                    backend=state.backend,
                    pid=state.server.pid,
                    log_path=Path(state.log_path),
                    slots=state.slots,
                    context=state.context,
                    users=tuple(sorted(folder.users())),
                )
            )
    return tuple(found)
