"""A tape: what servers were asked and what they said, as JSON lines.

The first line tells the format and its version. Then one line per request, in the order in which
they ended, and one line whenever a role goes to another server::

    {"format": "gba_jupyter tape", "version": 1, "by": "gba_jupyter 0.1.0"}
    {"role": "agent", "server": "http://127.0.0.1:8080"}
    {"server": …, "method": "GET", "path": "/health", "seconds": 0.001, "answer": {…}}
    {"server": …, "method": "POST", "path": "/completion", "digest": …, "body": {…}, "prompt": …,
     "events": [[0.012, {…}], …], "ended": "whole"}

There are no headers, so no API key; where a server or a prompt repeats one, it is blotted out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ..errors import OptionError, TapeError

FORMAT, VERSION = "gba_jupyter tape", 1

Ended: TypeAlias = Literal["whole", "stopped", "broken"]
"""How a stream ended: "stopped" by its reader, or "broken" on the way."""

NO_MATTER = ("id_slot", "cache_prompt", "return_progress", "response_fields")
"""Fields of a completion that don't change what is written."""


@dataclass(frozen=True)
class Entry:
    """One request and its answer.

    Attributes:
        digest: of the request; see `digest_of`.
        prompt: a completion's prompt as text, to be read.
        status: HTTP's.
        seconds: from the request to its answer.
        answer: JSON where the server sent JSON, else its text; None for a stream.
        events: of a stream: seconds since the request, and the data likewise.
        line: where in the file, from 1; 0 before it is there.
    """

    server: str
    method: str
    path: str
    body: Any = None
    digest: str = ""
    prompt: str = ""
    status: int = 200
    seconds: float = 0.0
    answer: Any = None
    events: tuple[tuple[float, Any], ...] | None = None
    ended: Ended = "whole"
    line: int = field(default=0, compare=False)

    def to_json(self) -> dict[str, Any]:
        """The line; what has its plain value is left out."""
        values = {k: v for k, v in vars(self).items() if v != _PLAIN.get(k, ...)}
        values.pop("line", None)
        return values


_PLAIN: dict[str, Any] = {"body": None, "prompt": "", "status": 200, "answer": None, "events": None}
_PLAIN |= {"ended": "whole", "line": 0, "seconds": 0.0}


@dataclass(frozen=True)
class Tape:
    """A tape that was read.

    Attributes:
        servers: the addresses that each role went to.
    """

    path: Path
    entries: tuple[Entry, ...]
    servers: Mapping[str, tuple[str, ...]]


def digest_of(method: str, path: str, body: Any) -> str:
    """What two requests have in common that get the same answer."""
    if isinstance(body, dict) and path == "/completion":
        body = {k: v for k, v in body.items() if k not in NO_MATTER}
    told = json.dumps([method, path, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def read(path: Path) -> Tape:
    """Read a tape. A last line that was cut off, as by a crash, is left out.

    Raises:
        OptionError: there is no such file.
        TapeError: it is no tape, a newer one, or damaged; names the line.
    """
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise _foreign(path) from error
    except OSError as error:
        raise OptionError(
            f"{path} cannot be read: {error.strerror}.", "Name a file that %gba record has made."
        ) from error
    first, *lines = text.split("\n")
    _require_format(path, first)
    del lines[-1:]  # what follows the last line end: nothing, or a line that was cut off
    entries: list[Entry] = []
    servers: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 2):
        try:
            data = json.loads(line)
            if "role" in data:
                role = str(data["role"])
                servers[role] = (*servers.get(role, ()), str(data["server"]))
            else:
                entries.append(_entry(data, number))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise TapeError(
                f"Line {number} of the tape {path} is damaged.",
                "Take that line out, or record the tape again.",
            ) from error
    return Tape(path, tuple(entries), servers)


def is_tape(path: Path) -> bool:
    """Whether a file begins as a tape does, of whatever version."""
    try:
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
        "Name a file that `%gba record` has made.",
    )


def _entry(data: dict[str, Any], line: int) -> Entry:
    """What a line says; raises `KeyError`, `TypeError` or `ValueError` if it is no such line."""
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
        int(data.get("status", 200)),
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


def _said(said: Any) -> Any:
    if not isinstance(said, dict | list | str):
        raise TypeError("an event is an object, an array or a text")
    return said
