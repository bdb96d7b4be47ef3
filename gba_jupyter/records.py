"""A run as it is stored: without deltas, each grammar once, and within a size.

A record is plain JSON, ``{"version": 1, "events": […]}``. It passes through front ends, whose
JavaScript loses digits of large numbers, through Jupyter, which sorts the keys of what it saves,
and through files that hold no half of a surrogate pair: what would not survive is stored as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from .event_json import from_json, to_json
from .events import Event, GrammarUsed, LensRead, Notice, is_kept

VERSION = 1
STORED_BYTES = 56_000
"""Most of a record in a notebook: with what is shown beside it, ten steps stay below 200 kB."""

_LENS_BYTES = 256_000
"""What the lens saw comes on top; more than that is not stored."""

_CAPS = (20_000, 8_000, 3_000, 1_200, 400, 100)  # characters of one text, tried in this order
_EXACT = 2**53  # JavaScript has no whole numbers beyond
_AS_TEXT = "application/json"
"""The only key of a dict that is stored as JSON text, because its values would not survive."""


def pack(events: Iterable[Event], limit: int | None = None) -> dict[str, Any]:
    """The record of a run.

    Args:
        events: of the run; what only the live view needs is left out.
        limit: most bytes; longer texts are cut then, and say how much is missing.
    """
    told = [event for event in events if is_kept(event)]
    stored = _stored(told, None)
    if limit is None or _size(stored) <= limit:
        return {"version": VERSION, "events": stored}
    seen = [to_json(event) for event in told if isinstance(event, LensRead)]
    if (size := _size(seen)) <= _LENS_BYTES:
        limit += size
    else:
        told = [replace(e, tokens=()) if isinstance(e, LensRead) else e for e in told]
    for cap in _CAPS:
        stored = _stored(told, cap)
        if _size(stored) <= limit:
            return {"version": VERSION, "events": stored}
    return {"version": VERSION, "events": _ends(told, limit)}


def unpack(record: Any) -> tuple[Event, ...]:
    """The events of a record, which may come from anywhere.

    Raises:
        ValueError: it is not such a record.
    """
    stored = record.get("events") if isinstance(record, dict) else None
    if not isinstance(stored, list) or not stored:
        raise ValueError("this is no record of a run")
    if record.get("version") != VERSION:
        raise ValueError("the record is of another version of gba_jupyter")
    grammars: dict[int, str] = {}
    events: list[Event] = []
    for data in stored:
        try:
            event = from_json(_restored(data))
        except RecursionError:
            raise ValueError("the record is nested too deeply") from None
        if isinstance(event, GrammarUsed):
            if event.same_as:
                event = replace(event, gbnf=grammars.get(event.same_as, ""), same_as=0)
            grammars[event.step] = event.gbnf
        events.append(event)
    return tuple(events)


def _each_grammar_once(events: Sequence[Event]) -> list[Event]:
    steps: dict[str, int] = {}
    told: list[Event] = []
    for event in events:
        if isinstance(event, GrammarUsed) and event.gbnf:
            first = steps.get(event.gbnf)
            # Another grammar of the same step may have come between: then it is told again.
            if first is not None and first != event.step:
                told.append(replace(event, gbnf="", same_as=first))
                continue
            steps = {text: step for text, step in steps.items() if step != event.step}
            steps[event.gbnf] = event.step
        told.append(event)
    return told


def _stored(told: Sequence[Event], cap: int | None) -> list[dict[str, Any]]:
    """The events' JSON as it is stored, its texts of no more than `cap` characters."""
    return [
        {
            key: _dict(key, part, cap) if isinstance(part, dict) else _value(part, cap)
            for key, part in to_json(event).items()
        }
        for event in _each_grammar_once(told)
    ]


def _dict(key: str, values: dict[str, Any], cap: int | None) -> dict[str, Any]:
    kept: dict[str, Any] = _value(values, cap)
    text = json.dumps(kept)
    if cap is not None and len(text) > 2 * max(cap, _CAPS[3]):  # long lists, or many names
        return {} if key == "rules" else {"label": _cut(text, cap)}
    return kept if _survives(kept) else {_AS_TEXT: text}


def _restored(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {
        key: json.loads(part[_AS_TEXT])
        if isinstance(part, dict) and list(part) == [_AS_TEXT] and isinstance(part[_AS_TEXT], str)
        else part
        for key, part in data.items()
    }


def _value(value: Any, cap: int | None) -> Any:
    match value:
        case str():
            whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return whole if cap is None else _cut(whole, cap)
        case dict():
            return {_value(str(k), cap): _value(v, cap) for k, v in value.items()}
        case list() | tuple():
            return [_value(v, cap) for v in value]
        case _:
            return value


def _survives(value: Any) -> bool:
    """Whether a value stays what it is in a front end."""
    match value:
        case bool() | None | str():
            return True
        case int():
            return abs(value) < _EXACT
        case float():
            return math.isfinite(value)
        case dict():
            odd = value.keys() & {"__proto__", _AS_TEXT}
            in_order = list(value) == sorted(value)  # Jupyter sorts them when it saves
            return in_order and not odd and all(_survives(v) for v in value.values())
        case list():
            return all(_survives(v) for v in value)
        case _:
            return False


def _cut(text: str, cap: int) -> str:
    more = len(text) - cap
    return text if more <= 50 else f"{text[:cap]} … ({more:,} characters are not stored)"


def _ends(told: Sequence[Event], limit: int) -> list[dict[str, Any]]:
    """The first event, and of the last ones as many as there is room for."""
    first, last = told[0], told[1:]
    while True:
        last = last[len(last) // 8 + 1 :]
        left_out = Notice(
            f"{len(told) - len(last) - 1:,} events of the first steps are not stored."
        )
        stored = _stored([first, left_out, *last], _CAPS[-1])
        if not last or _size(stored) <= limit:
            return stored


def _size(stored: list[dict[str, Any]]) -> int:
    return len(json.dumps(stored, ensure_ascii=False).encode())
