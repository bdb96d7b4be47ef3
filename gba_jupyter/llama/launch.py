"""Start a keeper and its server and wait until it answers; or see whether one still does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from ..errors import ServerStartError
from . import backend
from .backend import Backend, Settings
from .paths import OnProgress, child_environment
from .processes import PATIENCE, ProcessId
from .registry import Folder, ServerState

LOADING = "loading the model"
LOAD_TIMEOUT = 900.0  # seconds; a 70B model from a slow disk takes minutes
_POLL = 0.05  # seconds
_PROBE_TIMEOUT = 2.0  # seconds
_BYTES_PER_SECOND = 250e6  # a batch of a large model blocks its main loop for longer
_ATTEMPTS = 8  # a free port may be taken before the server binds; a flag may be unknown

_keepers: list[subprocess.Popen[bytes]] = []  # ours, to be reaped when they end


@dataclass(frozen=True)
class Order:
    """What is to be started."""

    settings: Settings
    model: str
    """Short name of the model."""
    port: int
    """0 for any free one."""
    api_key: str
    log: Path


def start(folder: Folder, order: Order, report: OnProgress) -> ServerState:
    """Start a server and wait until it is ready; only under the folder's lock.

    A llama-server that crashes on this machine gives way to the wheel; flags that an older
    one refuses are left out, and so is an adapter that cannot be used. All leave a notice.

    Raises:
        ServerStartError: no program, no port, or it died; with the last lines of its log.
    """
    notices: list[str] = []
    programs = backend.find_backends()
    for program in programs:
        state = _start_program(folder, order, program, notices, report)
        if state:
            return state
        crash = backend.cannot_run(order.log)
        if not crash or program is programs[-1]:
            break
        notices.append(f"{program.program} does not run here ({crash}): using the wheel instead")
        report(notices[-1], 0, 0)
    raise _died(order, program)


def _start_program(
    folder: Folder, order: Order, program: Backend, notices: list[str], report: OnProgress
) -> ServerState | None:
    """Start this program, again where that can help; None when it died."""
    unknown: tuple[str, ...] = ()
    for _ in range(_ATTEMPTS):
        port = backend.free_port(order.port)
        state = _start_once(folder, order, program, port, unknown, tuple(notices), report)
        if state:
            return state
        flag = backend.unknown_flag(order.log)
        if flag:
            unknown += (flag,)
            notices.append(f"this llama-server does not know {flag}: started without it")
            report(notices[-1], 0, 0)
        elif order.settings.adapter and backend.refused_adapter(order.log):
            name = order.settings.adapter.name
            notices.append(f"The adapter {name} cannot be used here: the model runs without it.")
            order = replace(order, settings=replace(order.settings, adapter=None))
            report(notices[-1], 0, 0)
        elif order.port or not _lost_its_port(order.log):
            break
    return None


def _start_once(
    folder: Folder,
    order: Order,
    program: Backend,
    port: int,
    unknown: tuple[str, ...],
    notices: tuple[str, ...],
    report: OnProgress,
) -> ServerState | None:
    """One try; None when the server died while it came up."""
    report(LOADING, 0, 0)
    _begin_log(order.log)
    url = f"http://{backend.HOST}:{port}"
    orders = {
        "folder": str(folder.path),
        "command": program.command(order.settings, port, unknown),
        "environment": backend.environment(order.api_key),
        "state": {
            "url": url,
            "api_key": order.api_key,
            "model": order.model,
            "model_path": str(order.settings.model_path),
            "backend": program.kind,
            "log_path": str(order.log),
            "slots": order.settings.slots,
            "context": order.settings.context,
            "notices": notices,
            "adapter": str(order.settings.adapter or ""),
        },
    }
    keeper = _spawn_keeper(folder, order.log)
    try:
        _give_orders(keeper, orders)
        ready = await_ready(url, lambda: keeper.poll() is None, order.log, report)
        return folder.read() if ready else None
    except BaseException:
        _end_keeper(keeper)
        raise


def _spawn_keeper(folder: Folder, log: Path) -> subprocess.Popen[bytes]:
    _keepers[:] = [old for old in _keepers if old.poll() is None]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with log.open("ab") as file:
        keeper = subprocess.Popen(
            [sys.executable, "-P", "-m", "gba_jupyter.llama.keeper"],
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=folder.path,  # not the notebook's: that one may be removed or unmounted
            env=child_environment(),
            start_new_session=True,  # an interrupt of the kernel is none of its business
            creationflags=flags,
        )
    _keepers.append(keeper)
    return keeper


def _give_orders(keeper: subprocess.Popen[bytes], orders: Mapping[str, object]) -> None:
    with suppress(BrokenPipeError):  # it died: the log says why
        if keeper.stdin:
            with keeper.stdin as pipe:
                pipe.write(json.dumps(orders).encode())


def _end_keeper(keeper: subprocess.Popen[bytes]) -> None:
    identity = ProcessId.of(keeper.pid)
    if identity:
        identity.end(2 * PATIENCE)
    keeper.wait()


def await_ready(url: str, is_alive: Callable[[], bool], log: Path, report: OnProgress) -> bool:
    """Wait until ``/health`` answers 200; False when the server died first.

    Raises:
        ServerStartError: it still loads after `LOAD_TIMEOUT`.
    """
    began = told = time.monotonic()
    with httpx.Client(timeout=_PROBE_TIMEOUT, trust_env=False) as client:
        while is_alive():
            if _status(client, f"{url}/health") == 200:
                return is_alive()
            now = time.monotonic()
            if now - told > 0.4:
                told = now
                report(LOADING, 0, 0)
            if now - began > LOAD_TIMEOUT:
                raise ServerStartError(
                    f"The server is not ready after {LOAD_TIMEOUT:.0f} seconds; its log is {log}.",
                    "Try a smaller model, or start llama-server by hand and connect to it.",
                )
            time.sleep(_POLL)
    return False


def is_responsive(state: ServerState, report: OnProgress) -> bool:
    """Whether a running server still works: its main loop answers ``/slots`` within its patience.

    ``/health`` answers 200 even while the main loop hangs for good. A large model evaluates
    a batch for seconds, and answers nothing meanwhile: it gets more time.
    """
    patience = _PROBE_TIMEOUT + Path(state.model_path).stat().st_size / _BYTES_PER_SECOND
    headers = {"Authorization": f"Bearer {state.api_key}"}
    with httpx.Client(timeout=patience, headers=headers, trust_env=False) as client:
        for _ in range(2):
            if _status(client, f"{state.url}/slots") is not None:
                return True
            report("waiting for the server, which does not answer", 0, 0)
    return False


def _status(client: httpx.Client, url: str) -> int | None:
    try:
        return client.get(url).status_code
    except httpx.HTTPError:
        return None


def _begin_log(log: Path) -> None:
    """A log for each start; the one before is kept."""
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
    os.close(os.open(log, os.O_WRONLY | os.O_CREAT, 0o600))


def _lost_its_port(log: Path) -> bool:
    words = backend.last_words(log)
    return "HTTP server error" in words or "couldn't bind" in words


def _died(order: Order, program: Backend) -> ServerStartError:
    if program.kind == "llama-server":
        fix = (
            f"{program.program} was used; if the model is fine, put a newer llama-server on PATH, "
            "or take that one off it to use the wheel of the extra `local`."
        )
    else:
        fix = "Check that the model file is whole and fits into the memory of this machine."
    return ServerStartError(
        f"The server died while loading {order.model}; the last lines of its log {order.log}:\n"
        f"{backend.last_words(order.log)}",
        fix,
    )
