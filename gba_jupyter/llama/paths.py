"""Where the embedded server keeps its files, and how two processes take turns there."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from ..errors import ModelError, OptionError

OnProgress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is going on, bytes done and bytes in all (0, 0 when nothing is counted).

It is called at least twice a second, and whatever it raises stops the work and leaves
nothing half done behind: that is how a caller on another thread cancels.
"""

LOCK_POLL = 0.25  # seconds


def no_progress(stage: str, done: int, total: int) -> None:
    """An `OnProgress` that shows nothing."""


def cache_dir() -> Path:
    """Our folder in the user's cache; the environment variable ``GBA_CACHE_DIR`` overrides it."""
    override = os.environ.get("GBA_CACHE_DIR")
    if override:
        return Path(override).expanduser().absolute()
    import platformdirs

    return platformdirs.user_cache_path("gba_jupyter")


def models_dir() -> Path:
    """The folder of fetched models; created if need be."""
    return _made(cache_dir() / "models", 0o755)


def servers_dir() -> Path:
    """The folder of running servers; created if need be, for this user alone: it holds API keys."""
    return _made(cache_dir() / "servers", 0o700)


def logs_dir() -> Path:
    """The folder of the servers' logs; created if need be, for this user alone."""
    return _made(cache_dir() / "logs", 0o700)


def _made(folder: Path, mode: int) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "no permission to write")
    except OSError as error:
        raise OptionError(
            f"The folder {folder} cannot be used: {error.strerror}.",
            "Set the environment variable GBA_CACHE_DIR to a folder that you may write to.",
        ) from error
    return folder


@contextmanager
def locked(path: Path, waiting: str, on_progress: OnProgress) -> Iterator[None]:
    """Hold the file lock `path`; while another process holds it, report `waiting`.

    The operating system frees the lock of a process that dies, by kill -9 too.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=LOCK_POLL)
            break
        except Timeout:
            on_progress(waiting, 0, 0)
    try:
        yield
    finally:
        lock.release()


def child_environment() -> dict[str, str]:
    """An environment in which ``python -P -m gba_jupyter…`` finds what this process finds.

    The notebook's own folder (the empty entry) is left out: a file ``json.py`` there must not
    be imported by our helpers.
    """
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}


def require_room(folder: Path, needed: int, setting: str = "GBA_CACHE_DIR") -> None:
    """Make sure that `needed` bytes are free in `folder`.

    Raises:
        ModelError: they are not; names both figures and the variable that moves the folder.
    """
    if shutil.disk_usage(folder).free < needed:
        raise no_room(folder, needed, setting)


def no_room(folder: Path, needed: int, setting: str = "GBA_CACHE_DIR") -> ModelError:
    """The error for a disk that is too full for `needed` bytes in `folder`."""
    free = shutil.disk_usage(folder).free
    return ModelError(
        f"Fetching the model needs {needed / 1e6:,.0f} MB, and only {free / 1e6:,.0f} MB are "
        f"free in {folder}.",
        f"Free some room there, or set {setting} to a folder on another disk.",
    )
