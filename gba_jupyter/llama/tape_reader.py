"""Reading a tape, which anybody may have written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import OptionError, TapeError
from ..files import read_bytes
from .address import host_of
from .tape import FORMAT, VERSION, Entry, Tape, digest_of

_MOST_BYTES = 200_000_000
_NAME_A_TAPE = "Name a file that `%gba record` has made."


def read(path: Path) -> Tape:
    """Read a tape. A last line that was cut off, as by a crash, is left out.

    Raises:
        OptionError: there is no such file, or it is too large.
        TapeError: it is no tape, a newer one, or damaged; names the line.
    """
    try:
        text = read_bytes(path, _MOST_BYTES, _NAME_A_TAPE).decode()
    except UnicodeDecodeError as error:
        raise _foreign(path) from error
    first, *lines = text.split("\n")
    _require_format(path, first)
    del lines[-1:]  # what follows the last line end: nothing, or a line that was cut off
    reading = _Reading()
    for number, line in enumerate(lines, 2):
        try:
            reading.take(json.loads(line), number)
        except OptionError as error:
            raise TapeError(
                f"Line {number} of the tape {path} names no server: {error.what}",
                "Take that line out, or record the tape again.",
            ) from error
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise TapeError(
                f"Line {number} of the tape {path} is damaged.",
                "Take that line out, or record the tape again.",
            ) from error
    return Tape(path, tuple(reading.entries), reading.servers)


class _Reading:
    """What was found on a tape so far."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.servers: dict[str, tuple[str, ...]] = {}
        self._latest: dict[tuple[str, str], Entry] = {}
        self._known: set[str] = set()

    def take(self, data: Any, number: int) -> None:
        """One more line; raises `OptionError` for a bad address, else as `_entry` does."""
        if not isinstance(data, dict):
            raise TypeError("a line is an object")
        server = str(data["server"])
        if server not in self._known:
            host_of(server)
            self._known.add(server)
        if "role" in data:
            role = str(data["role"])
            self.servers[role] = (*self.servers.get(role, ()), server)
            return
        if data.get("again"):
            same = self._latest[server, str(data["digest"])]
            entry = replace(same, seconds=_seconds(data.get("seconds", 0.0)), line=number)
        else:
            entry = _entry(data, number)
            if entry.events is None:
                self._latest[server, entry.digest] = entry
        self.entries.append(entry)


def is_tape(path: Path) -> bool:
    """Whether a file begins as a tape does, of whatever version."""
    try:
        if not path.is_file():  # to open a pipe would wait for its writer
            return False
        with path.open("rb") as file:
            data = json.loads(file.readline(4096))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("format") == FORMAT


def _require_format(path: Path, first: str) -> None:
    try:
        data = json.loads(first)
    except (ValueError, RecursionError):
        data = None
    if not (isinstance(data, dict) and data.get("format") == FORMAT):
        raise _foreign(path)
    if data.get("version") != VERSION:
        raise TapeError(
            f"Line 1 of the tape {path} says version {data.get('version')!r:.20}, "
            f"and this gba_jupyter reads version {VERSION}.",
            "Update gba_jupyter, or record the tape again.",
        )


def _foreign(path: Path) -> TapeError:
    return TapeError(
        f"{path} is not a tape: its line 1 does not say so.",
        _NAME_A_TAPE,
    )


def _entry(data: dict[str, Any], line: int) -> Entry:
    """What a line says; raises `KeyError`, `TypeError`, `ValueError` or `OverflowError` if it is
    no such line."""
    events = data.get("events")
    if events is not None:
        events = tuple((_seconds(at), _said(said)) for at, said in events)
    elif not isinstance(data["answer"], dict | list | str):
        raise TypeError("an answer is an object, an array or a text")
    method, path, body = str(data["method"]), str(data["path"]), data.get("body")
    ended = data.get("ended", "whole")
    if ended not in ("whole", "stopped", "broken"):
        raise ValueError(ended)
    return Entry(
        str(data["server"]),
        method,
        path,
        body,
        str(data.get("digest") or digest_of(method, path, body)),
        str(data.get("prompt", "")),
        _status(data.get("status", 200)),
        _seconds(data.get("seconds", 0.0)),
        data.get("answer"),
        events,
        ended,
        line,
    )


def _seconds(value: Any) -> float:
    seconds = float(value)
    if not 0 <= seconds < 1e9:  # else a replay would wait for ever
        raise ValueError(seconds)
    return seconds


def _status(value: Any) -> int:
    status = int(value)
    if not 100 <= status < 600:
        raise ValueError(status)
    return status


def _said(said: Any) -> Any:
    if not isinstance(said, dict | list | str):
        raise TypeError("an event is an object, an array or a text")
    return said
