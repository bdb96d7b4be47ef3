"""The numbers of an event that anybody may have written: counts that are counts.

What shows events divides by them, draws bars of their length and makes floats of them. So they
are looked at once, where a record is read, and nowhere else.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from .events import Event, RulesUsed

_MOST = 10**15
_SIGNED = {"seed"}


def require_in_range(event: Event) -> None:
    """Pass an event whose numbers can be ones that we counted.

    Raises:
        ValueError: one of them is negative, without bounds, or no number.
    """
    for part in fields(event):
        value = getattr(event, part.name)
        if isinstance(value, dict) and not isinstance(event, RulesUsed):
            continue  # of a tool or a picture: any JSON
        if not _is_in_range(value):
            raise ValueError(f"no such {part.name} can have been counted")


def _is_in_range(value: Any) -> bool:
    if is_dataclass(value):
        parts = [(part.name, getattr(value, part.name)) for part in fields(value)]
        return all([_is_in_range(abs(p) if name in _SIGNED else p) for name, p in parts])
    match value:
        case bool() | None | str():
            return True
        case int() | float():
            return 0 <= value <= _MOST  # which no NaN is
        case dict():
            return all([_is_in_range(part) for part in value.values()])
        case tuple():
            return all([_is_in_range(part) for part in value])
        case _:
            return True
