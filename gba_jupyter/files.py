"""Files that the user names."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from .errors import OptionError


def path_of(name: str) -> Path:
    """The path of that name; ``~`` is the user's own folder.

    Raises:
        OptionError: no file can have that name.
    """
    try:
        possible = b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:  # half a surrogate pair
        possible = False
    if not possible:
        raise OptionError(f"No file can be named {name!r}.", "Give another name.")
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError:  # ~nobody
        return path


def read_bytes(path: Path, most: int, fix: str) -> bytes:
    """What a file holds.

    Args:
        path: the file.
        most: bytes that it may have.
        fix: what to do where it cannot be read.

    Raises:
        OptionError: there is no such file, it is too large, or it is no plain file.
    """
    try:
        if stat.S_ISREG(path.stat().st_mode):  # to open a pipe would wait for its writer
            with path.open("rb") as file:
                data = file.read(most + 1)
            if len(data) <= most:
                return data
            why = f"it has more than {most // 1_000_000:,} MB"
        else:
            why = "it is no plain file"
    except OSError as error:
        why = error.strerror or type(error).__name__
    raise OptionError(f"{path} cannot be read: {why}.", fix)


def write_whole(path: Path, text: str, replace: bool) -> None:
    """Write a file; it is there as a whole, or as it was before.

    Args:
        path: the file; where it is a link, what it leads to.
        text: what it is to hold.
        replace: whether a file of that name is replaced.

    Raises:
        FileExistsError: there is one, and it is not to be replaced.
        OSError: it cannot be written.
    """
    if not replace and os.path.lexists(path):
        raise FileExistsError(path)
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
