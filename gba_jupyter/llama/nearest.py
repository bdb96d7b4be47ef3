"""A request that is not on a tape: which one comes nearest, in a sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from ..errors import NotOnTape
from .slots import common_prefix
from .tape import NO_MATTER, Entry, Tape

_COMPARED = 300  # characters; what is new in a conversation stands at its end
_QUOTED = 80
_FIX = (
    "Ask just what was recorded, after `%gba reset` where a conversation began; or leave the tape "
    "with `%gba replay off`, and make another with `%gba record FILE`."
)


def not_on_tape(
    tape: Tape, entries: Sequence[Entry], method: str, path: str, body: Any, prompt: str
) -> NotOnTape:
    """The error for a request without an answer on the tape."""
    same = [e for e in entries if (e.method, e.path) == (method, path)]
    asked = f"The tape {tape.path.name} has no answer to {method} {path}"
    if not same:
        return NotOnTape(f"{asked}, and nothing like it.", _FIX)
    if path == "/completion":
        near = max(same, key=lambda e: _likeness(e.body, body))
        said = f" after {_quoted(prompt)}" if prompt else ""
        differs = _differences(near.body, body)
        return NotOnTape(f"{asked}{said}; the nearest, on line {near.line}, {differs}.", _FIX)
    text = _text(body)
    by_text = {_text(e.body)[-_COMPARED:]: e for e in same}
    found = get_close_matches(text[-_COMPARED:], by_text, n=1, cutoff=0.0)
    near = by_text[found[0]]
    here, there = _apart(text, _text(near.body))
    return NotOnTape(f"{asked} of {here}; the nearest, on line {near.line}, is {there}.", _FIX)


def _likeness(recorded: Any, asked: Any) -> tuple[int, int]:
    """How much of the prompt is the same, and how many of the other fields."""
    if not isinstance(recorded, dict) or not isinstance(asked, dict):
        return (0, 0)
    shared = common_prefix(recorded.get("prompt") or (), asked.get("prompt") or ())
    return shared, -len(_different(recorded, asked))


def _different(recorded: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    names = [*asked, *(name for name in recorded if name not in asked)]
    return [n for n in names if n not in NO_MATTER and recorded.get(n) != asked.get(n)]


def _differences(recorded: Any, asked: Any) -> str:
    if not isinstance(recorded, dict) or not isinstance(asked, dict):
        return "is of another kind"
    told = []
    for name in _different(recorded, asked):
        if name == "prompt":
            shared = common_prefix(recorded.get(name) or (), asked.get(name) or ())
            told.append(f"another prompt after {shared} tokens")
        elif isinstance(asked.get(name), int | float | None):
            told.append(f"{name} {_plain(recorded.get(name))} for {_plain(asked.get(name))}")
        else:
            told.append(f"another {name}")
    # Equal, then: another server's.
    return f"has {', '.join(told)}" if told else "was for another server"


def _plain(value: Any) -> str:
    return "none" if value is None else f"{value!r:.40}"


def _text(body: Any) -> str:
    """What a reader would call the request: its text, or else its JSON."""
    if isinstance(body, dict) and isinstance(body.get("content"), str):
        return str(body["content"]).strip("\n")
    if isinstance(body, dict) and isinstance(body.get("messages"), list):  # their texts are marks
        return " ".join(str(m.get("role")) for m in body["messages"] if isinstance(m, dict))
    return json.dumps(body)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two texts within quotes, from a little before where they part."""
    shared = common_prefix([*map(ord, one)], [*map(ord, other)])
    start = max(0, shared - _QUOTED // 2)
    return _quoted(one[start : start + _QUOTED]), _quoted(other[start : start + _QUOTED])


def _quoted(text: str) -> str:
    """The end of a text within quotes: what is new stands there."""
    text = " ".join(text.split())
    return repr(text if len(text) <= _QUOTED else f"… {text[-_QUOTED:]}")
