"""A tape: what servers were asked and what they said, as JSON lines.

The first line tells the format and its version. Then one line per request, in the order in which
they ended, and one line whenever a role goes to another server::

    {"format": "gba_jupyter tape", "version": 1, "by": "gba_jupyter 0.1.0"}
    {"role": "agent", "server": "http://127.0.0.1:8080"}
    {"server": …, "method": "GET", "path": "/health", "seconds": 0.001, "answer": {…}}
    {"server": …, "method": "POST", "path": "/completion", "digest": …, "body": {…}, "prompt": …,
     "events": [[0.012, {…}], …], "ended": "whole"}
    {"server": …, "digest": …, "seconds": 0.001, "again": true}

The last of these lines stands for an answer that was the same as before. There are no headers, so
no API key; where a server or a prompt repeats one, it is blotted out. A key of fewer than 8
characters is taken for a plain word, and blotted out only behind "Bearer".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from .protocol import PROBE

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

    @property
    def is_completion(self) -> bool:
        """Whether it is a completion, and not just the proof that grammars work."""
        return is_completion(self.path, self.body)

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

    @property
    def completions(self) -> int:
        """How many completions it holds."""
        return sum([entry.is_completion for entry in self.entries])


def is_completion(path: str, body: Any) -> bool:
    """Whether this request is a completion, and not just the proof that grammars work."""
    return path == "/completion" and not (isinstance(body, dict) and body.get("grammar") == PROBE)


def digest_of(method: str, path: str, body: Any) -> str:
    """What two requests have in common that get the same answer."""
    if isinstance(body, dict) and path == "/completion":
        body = {k: v for k, v in body.items() if k not in NO_MATTER}
    told = json.dumps([method, path, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
