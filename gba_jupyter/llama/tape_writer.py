"""A tape that is being recorded."""

from __future__ import annotations

import json
import os
import threading
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import Any

from ..errors import OptionError, TapeError
from .tape import FORMAT, VERSION, Entry
from .tape_reader import is_tape


class TapeWriter:
    """A tape that is being recorded; each line is on the disk as soon as it is written.

    It holds prompts, so nobody else may read the file.

    Raises:
        OptionError: the file cannot be written, or is there and is no tape.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.completions = 0
        self._lock = threading.Lock()
        self._roles: dict[str, str] = {}
        self._fault = ""
        self._last: dict[tuple[str, str], list[Any]] = {}
        try:
            self.kept = _set_aside(path)
            """Where the tape that was there has gone."""
            self._file = open(path, "x", encoding="utf-8", newline="\n", opener=_private)  # noqa: SIM115
        except OSError as error:
            raise OptionError(
                f"{path} cannot be written: {error.strerror}.", "Name a file in another folder."
            ) from error
        self._line({"format": FORMAT, "version": VERSION, "by": f"gba_jupyter {_our_version()}"})

    def role(self, name: str, url: str) -> None:
        """From now on a role goes to the server at `url`."""
        if self._roles.get(name) != url:
            self._roles[name] = url
            self._line({"role": name, "server": url})

    def write(self, entry: Entry) -> None:
        """Put a request and its answer on the tape; a fault is told by `require_well`.

        An answer that is the same as last time is only pointed to: each cell asks for `/props`.
        """
        key = (entry.server, entry.digest)
        said = [entry.status, entry.answer]
        if entry.events is None and self._last.get(key) == said:
            line = {"server": entry.server, "digest": entry.digest, "seconds": entry.seconds}
            self._line({**line, "again": True})
            return
        if entry.events is None:
            self._last[key] = said
        self._line(entry.to_json())
        self.completions += entry.is_completion

    def require_well(self) -> None:
        """Make sure that all has been written.

        Raises:
            TapeError: it has not.
        """
        if self._fault:
            raise TapeError(
                f"The tape {self.path} cannot be written: {self._fault}.",
                "Make another on another disk; `%gba record off` ends this one.",
            )

    def close(self) -> None:
        """End the tape."""
        with self._lock:
            self._file.close()

    def _line(self, data: dict[str, Any]) -> None:
        with self._lock:
            if self._fault or self._file.closed:  # a request may end after the tape
                return
            try:
                self._file.write(json.dumps(data, separators=(",", ":")) + "\n")
                self._file.flush()
            except OSError as error:
                self._fault = error.strerror or "no reason given"


def _set_aside(path: Path) -> Path | None:
    """Make room for a new tape; an old one is kept beside it."""
    if not path.exists():
        return None
    empty = path.is_file() and not path.stat().st_size
    if not (empty or is_tape(path)):
        raise OptionError(
            f"{path} is there already, and is not a tape.", "Name another file to record on."
        )
    return path.rename(_free(path))


def _free(path: Path) -> Path:
    """A name beside the path that nothing has."""
    beside = path.with_name(f"{path.name}~")
    numbers = count(2)
    while os.path.lexists(beside):
        beside = path.with_name(f"{path.name}~{next(numbers)}")
    return beside


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _our_version() -> str:
    try:
        return version("gba-jupyter")
    except PackageNotFoundError:
        return "from source"
