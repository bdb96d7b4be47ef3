"""JSON values made to fit: what is too long is cut where it is, and says how much is missing."""

from __future__ import annotations

import json
import math
from itertools import accumulate
from typing import Any

_EXACT = 2**53  # JavaScript has no whole numbers beyond
_SLACK = 50  # so much more is not worth the words that say so


def size(value: Any) -> int:
    """Bytes of a value as JSON."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def cut(text: str, most: int, room: int | None = None) -> str:
    """The text, cut to `most` characters, and to so many bytes of JSON if `room` is given."""
    kept = text[:most]
    if room is not None and size(kept) > room:
        ends = accumulate([size(character) - 2 for character in kept])
        kept = kept[: sum([end <= room for end in ends])]
    more = len(text) - len(kept)
    return text if more <= _SLACK else f"{kept} … ({more:,} characters are not stored)"


def fitted(value: Any, room: int) -> Any:
    """The value in about `room` bytes of JSON; the names of a dict stay, and each its value."""
    if size(value) <= room:
        return value
    match value:
        case str():
            return cut(value, room, room)
        case dict():
            return _fitted_dict(value, room)
        case list():
            return _fitted_list(value, room)
        case _:  # a number of hundreds of digits
            return cut(json.dumps(value), room)


def _fitted_dict(values: dict[str, Any], room: int) -> dict[str, Any]:
    names = _that_fit(list(values), room // 2)
    left = room - size(names)
    shares: dict[str, int] = {}
    # The small ones get what they need, the large ones share what they leave.
    for i, (need, name) in enumerate(sorted([(size(values[name]), name) for name in names])):
        shares[name] = min(need, max(0, left) // (len(names) - i))
        left -= shares[name]
    kept = {name: fitted(values[name], shares[name]) for name in names}
    more = len(values) - len(names)
    return {**kept, "…": f"{more:,} more are not stored"} if more else kept


def _fitted_list(values: list[Any], room: int) -> list[Any]:
    kept = _that_fit(values, room)
    if not kept and room > _SLACK:
        kept = [fitted(values[0], room - _SLACK)]
    return [*kept, f"… ({len(values) - len(kept):,} more are not stored)"]


def _that_fit(values: list[Any], room: int) -> list[Any]:
    """The first ones, as far as there is room."""
    ends = accumulate([size(value) + 2 for value in values])
    return values[: sum([end <= room for end in ends])]


def survives(value: Any, reserved: str) -> bool:
    """Whether a value stays what it is in a front end; no key of a dict may be `reserved`."""
    match value:
        case bool() | None | str():
            return True
        case int():
            return abs(value) < _EXACT
        case float():
            return math.isfinite(value)
        case dict():
            odd = value.keys() & {"__proto__", reserved}
            in_order = list(value) == sorted(value)  # Jupyter sorts them when it saves
            return in_order and not odd and all(survives(v, reserved) for v in value.values())
        case list():
            return all(survives(v, reserved) for v in value)
        case _:
            return False
