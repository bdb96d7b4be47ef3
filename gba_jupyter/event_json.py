"""Events as JSON, and back: ``from_json(to_json(event)) == event``."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, cast

from .events import Event

_TYPES: dict[str, type[Any]] = {t.__name__: t for t in Event.__args__}


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain JSON values; the class name is under ``"event"``."""
    live = {part.name for part in fields(event) if part.metadata.get("live")}
    values = {part.name: getattr(event, part.name) for part in fields(event)}
    values = {k: _plain(v) for k, v in values.items()}
    values = {k: v for k, v in values.items() if k not in live}
    return {"event": type(event).__name__, **values}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def from_json(data: dict[str, Any]) -> Event:
    """The event that `to_json` wrote, or that JSON gave back. What it holds is checked.

    Raises:
        ValueError: the data is not one of our events.
    """
    if not isinstance(data, dict):
        raise ValueError(f"not an event of gba_jupyter: {data!r:.80}")
    values = dict(data)
    kind = _TYPES.get(str(values.pop("event", "")))
    if kind is None:
        raise ValueError(f"not an event of gba_jupyter: {data!r:.80}")
    known = {part.name for part in fields(kind) if not part.metadata.get("live")}
    if strange := values.keys() - known:
        raise ValueError(f"not an event of gba_jupyter: it has {min(strange)!r:.80}")
    try:
        # Strict JSON: a list is a tuple, but a number is no text.
        return cast("Event", _reader(kind.__name__).validate_json(json.dumps(values), strict=True))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"not an event of gba_jupyter: {error}") from error


@lru_cache
def _reader(name: str) -> Any:
    from pydantic import TypeAdapter  # not above: live events need no check

    return TypeAdapter(_TYPES[name])
