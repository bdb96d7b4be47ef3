"""A run as it is stored: without deltas, each grammar once, and within a size.

A record is plain JSON, ``{"version": 1, "events": […]}``. It passes through front ends, whose
JavaScript loses digits of large numbers, through Jupyter, which sorts the keys of what it saves,
and through files that hold no half of a surrogate pair: what would not survive is stored as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from .event_json import from_json, to_json
from .events import Event, GrammarUsed, LensRead, Notice, is_kept
from .fitting import cut, fitted, size, survives
from .ranges import require_in_range

VERSION = 1
STORED_BYTES = 56_000
"""Most of a record in a notebook: with what is shown beside it, ten steps stay below 200 kB."""

_LENS_BYTES = 256_000
"""What the lens saw comes on top; more than that is not stored."""

_CAPS = (20_000, 8_000, 3_000, 1_200, 400, 100)  # characters of one text, tried in this order
_LEAST = 8_000  # characters, and half of the bytes, of a text that tells what a run is about
_ABOUT = {("RunStarted", "question"), ("Answered", "text"), ("RunFinished", "error")}
_LISTS = ("tools", "not_enforced")
_MOST_EVENTS = 20_000  # each costs a little more than the one before it
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
    if limit is None or size(stored) <= limit:
        return {"version": VERSION, "events": stored}
    told, seen = _with_less_lens(told)
    limit += seen
    for cap in _CAPS:
        stored = _stored(told, cap)
        if size(stored) <= limit:
            return {"version": VERSION, "events": stored}
    return {"version": VERSION, "events": _ends(told, limit)}


class OtherVersion(ValueError):
    """A record that another version of gba_jupyter has written."""


def unpack(record: Any) -> tuple[Event, ...]:
    """The events of a record, which may come from anywhere.

    Raises:
        OtherVersion: another version of gba_jupyter wrote it.
        ValueError: it is not such a record.
    """
    stored = record.get("events") if isinstance(record, dict) else None
    if not isinstance(stored, list) or not stored:
        raise ValueError("this is no record of a run")
    if record.get("version") != VERSION:
        version = json.dumps(record.get("version"))[:20]
        raise OtherVersion(f"it is of version {version}, and this gba_jupyter reads {VERSION}")
    if len(stored) > _MOST_EVENTS:
        raise ValueError("the record has too many events")
    grammars: dict[int, str] = {}
    events: list[Event] = []
    for data in stored:
        try:
            event = from_json(_restored(data))
            require_in_range(event)
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


def _with_less_lens(told: list[Event]) -> tuple[list[Event], int]:
    """The events with as much of the lens as is stored, and how many bytes that takes.

    What costs most for what it tells goes first: the tokens of the reasoning, then what else
    could have been taken, then all tokens. The totals stay.
    """
    for lighter in (_as_it_is, _without_reasoning, _without_choices, _without_tokens):
        told = [lighter(event) if isinstance(event, LensRead) else event for event in told]
        seen = size([to_json(event) for event in told if isinstance(event, LensRead)])
        if seen <= _LENS_BYTES:
            return told, seen
    return told, 0


def _as_it_is(event: LensRead) -> LensRead:
    return event


def _without_reasoning(event: LensRead) -> LensRead:
    return replace(event, tokens=()) if event.phase == "reason" else event


def _without_choices(event: LensRead) -> LensRead:
    return replace(event, tokens=tuple([t._replace(choices=()) for t in event.tokens]))


def _without_tokens(event: LensRead) -> LensRead:
    return replace(event, tokens=())


def _stored(told: Sequence[Event], cap: int | None) -> list[dict[str, Any]]:
    """The events' JSON as it is stored, its texts of no more than `cap` characters."""
    return [
        {key: _part(data["event"], key, part, cap) for key, part in data.items()}
        for data in map(to_json, _each_grammar_once(told))
    ]


def _part(event: str, key: str, part: Any, cap: int | None) -> Any:
    if isinstance(part, dict):
        return _dict(key, part, cap)
    if cap is None or not isinstance(part, str | list):
        return _value(part, cap)
    if (event, key) in _ABOUT:
        least = max(cap, _LEAST)
        return cut(_value(part, None), least, 2 * least)
    if key in _LISTS:
        return fitted(_value(part, cap), 4 * max(cap, _CAPS[3]))
    return _value(part, cap)


def _dict(key: str, values: dict[str, Any], cap: int | None) -> dict[str, Any]:
    kept: dict[str, Any] = _value(values, cap)
    if cap is not None and size(kept) > (room := 2 * max(cap, _CAPS[3])):
        kept = _LIGHTER[key](kept, room) if key in _LIGHTER else fitted(kept, room)
    return kept if survives(kept, _AS_TEXT) else {_AS_TEXT: json.dumps(kept)}


def _no_rules(values: dict[str, Any], room: int) -> dict[str, Any]:
    return {}


def _no_picture(values: dict[str, Any], room: int) -> dict[str, Any]:
    label = values.get("label")
    return {"label": label if isinstance(label, str) else "a picture that is not stored"}


def _fewer_rules(values: dict[str, Any], room: int) -> dict[str, Any]:
    return {**values, "rules": values["rules"][: room // 200]}


_LIGHTER: dict[str, Callable[[dict[str, Any], int], dict[str, Any]]] = {
    "rules": _no_rules,
    "picture": _no_picture,
    "totals": _fewer_rules,
}
"""What becomes of a large part of an event, where its values have to keep their types."""


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
            return whole if cap is None else cut(whole, cap)
        case dict():
            return {_value(str(k), cap): _value(v, cap) for k, v in value.items()}
        case list() | tuple():
            return [_value(v, cap) for v in value]
        case _:
            return value


def _ends(told: Sequence[Event], limit: int) -> list[dict[str, Any]]:
    """The first event, and of the last ones as many as there is room for."""
    first, last = told[0], told[1:]
    while True:
        last = last[len(last) // 8 + 1 :]
        left_out = Notice(
            f"{len(told) - len(last) - 1:,} events of the first steps are not stored."
        )
        stored = _stored([first, left_out, *last], _CAPS[-1])
        if not last or size(stored) <= limit:
            return stored
