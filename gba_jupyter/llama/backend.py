"""Which program serves, with which settings, and what its last words mean.

``llama-server`` from PATH comes first, then the wheel `xllamacpp`. Both get the same
settings; the reasons for them are measured ones.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import ServerStartError
from .paths import child_environment

HOST = "127.0.0.1"
_BATCH = 256  # tokens: smooth progress, and a stop is heard within a second
_SPIN = "1000"  # with more, one busy kernel cell starves the server's threads
_TAIL = 6  # lines of a log that an error shows

# What an older build may not know: each is dropped, or replaced, when it says so.
_OPTIONAL: tuple[tuple[str, ...], ...] = (
    ("--no-ui",),
    ("--cache-ram", "0"),  # else up to 8 GiB of other conversations' prompts
    ("--slots",),
    ("--metrics",),
    ("--cors-origins", "localhost"),  # else any web page may call it
)
_REPLACED: dict[str, tuple[str, ...]] = {"--no-ui": ("--no-webui",)}
_UNKNOWN = re.compile(r"(?:invalid|unknown) argument: (--[a-z-]+)")

_NO_ADAPTER = re.compile(
    "(?:failed to (?:load|apply)|unable to load|error loading) (?:the )?lora|lora adapter .*fail"
    "|argument: --lora",
    re.IGNORECASE,
)
_UNFIT = re.compile(
    "killed by SIG(?:ILL|SEGV|ABRT|BUS)|exit code 12[67]|Exec format error|Permission denied"
)


@dataclass(frozen=True)
class Settings:
    """What a server is started with."""

    model_path: Path
    slots: int
    context: int
    """Context of one slot, in tokens."""
    adapter: Path | None = None
    """A LoRA adapter for the model."""


@dataclass(frozen=True)
class Backend:
    """A program that serves."""

    kind: Literal["llama-server", "xllamacpp"]
    program: str

    def command(self, settings: Settings, port: int, unknown: tuple[str, ...] = ()) -> list[str]:
        """The command line; `unknown` are flags that this build refused."""
        model, threads = str(settings.model_path), str(threads_to_use())
        lora = ("--lora", str(settings.adapter)) if settings.adapter else ()
        if self.kind == "xllamacpp":
            return [
                *(self.program, "-P", "-m", "gba_jupyter.llama.wheel_server"),
                *("--model", model, "--port", str(port)),
                *("--slots", str(settings.slots), "--context", str(settings.context)),
                *("--threads", threads, "--batch", str(_BATCH)),
                *lora,
            ]
        return [
            *(self.program, "--host", HOST, "--port", str(port), "--model", model),
            *("-np", str(settings.slots), "-c", str(settings.slots * settings.context)),
            *("-b", str(_BATCH), "-ub", str(_BATCH), "-t", threads),
            *lora,
            *_optional_flags(unknown),
        ]


def _optional_flags(unknown: tuple[str, ...]) -> list[str]:
    flags: list[str] = []
    for flag in _OPTIONAL:
        while flag and flag[0] in unknown:
            flag = _REPLACED.get(flag[0], ())
        flags += flag
    return flags


def find_backends() -> tuple[Backend, ...]:
    """The programs that can serve, in the order in which they are tried; at least one.

    Raises:
        ServerStartError: there is none; names the three ways out.
    """
    found = []
    on_path = shutil.which("llama-server")
    if on_path:
        found.append(Backend("llama-server", on_path))
    if importlib.util.find_spec("xllamacpp"):
        found.append(Backend("xllamacpp", sys.executable))
    if found:
        return tuple(found)
    raise ServerStartError(
        "There is no llama.cpp server on this machine.",
        'Install the extra with pip install "gba-jupyter[local]", or put llama-server on PATH '
        "(brew install llama.cpp, conda install -c conda-forge llama.cpp), or run one with "
        "docker: %gba models NAME prints the command. Without any, `%gba replay FILE` answers "
        "from a tape.",
    )


def environment(api_key: str) -> dict[str, str]:
    """The server's environment; the key goes here, since everybody can read a command line."""
    return {**child_environment(), "LLAMA_API_KEY": api_key, "GOMP_SPINCOUNT": _SPIN}


def threads_to_use() -> int:
    """All cores but one: with all of them, one busy cell slows generation a hundredfold."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)) - 1)
    return max(1, (os.cpu_count() or 1) - 1)


def free_port(port: int) -> int:
    """`port` if it can be had, or any free one for 0.

    Raises:
        ServerStartError: the port is in use, or not ours to use.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there it would let us take a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            why = "is in use by another program" if in_use else f"cannot be had: {error.strerror}"
            raise ServerStartError(
                f"Port {port} {why}.",
                "Leave the port out to get a free one, choose another, or, if a llama.cpp server "
                f"runs there, use it: %gba connect agent http://localhost:{port}",
            ) from None
        return int(probe.getsockname()[1])


def unknown_flag(log: Path) -> str:
    """The flag that an older build refused, by its log; empty when that was not its trouble."""
    found = _UNKNOWN.findall(_text(log))
    known = {flag[0] for flag in _OPTIONAL} | {flag[0] for flag in _REPLACED.values()}
    return found[-1] if found and found[-1] in known else ""


def refused_adapter(log: Path) -> bool:
    """Whether a server died of its adapter, by its log."""
    return bool(_NO_ADAPTER.search(_text(log)))


def cannot_run(log: Path) -> str:
    """How a program failed that does not fit this machine; empty when it was something else."""
    found = _UNFIT.findall(_text(log))
    return str(found[-1]) if found else ""


def last_words(log: Path) -> str:
    """The last lines of a log, those that speak of errors first of all."""
    lines = [line.rstrip() for line in _text(log).splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"\bE \b|error|fail|killed by", line, re.I)]
    return "\n".join(f"  {line[:300]}" for line in (telling or lines)[-_TAIL:])


def _text(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 20_000))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
