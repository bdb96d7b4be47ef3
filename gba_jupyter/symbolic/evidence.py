"""What goes with an answer when it is asked for: how it was verified, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_MOST = 8
_LONGEST = 500
_DEEPEST = 6
_MOST_ITEMS = 4000


@dataclass(frozen=True)
class Wanted:
    """What is wanted with an answer."""

    check: bool = False
    plot: bool = False


@dataclass(frozen=True)
class Check:
    """One way in which an answer was verified, other than the way that found it."""

    what: str
    """What was done."""
    holds: bool | None
    """Whether it came out right; None: it could not be told."""


def read_checks(data: Any) -> tuple[Check, ...]:
    """The checks that a child sent; a hostile program may have made them up."""
    if not isinstance(data, list):
        return ()
    found = [each for each in data[:_MOST] if isinstance(each, dict)]
    return tuple(
        Check(str(each.get("what", ""))[:_LONGEST], holds if isinstance(holds, bool) else None)
        for each in found
        for holds in [each.get("holds")]
    )


def read_pictures(data: Any) -> tuple[dict[str, Any], ...]:
    """The pictures that a child sent: numbers, short texts, lists and dicts of them."""
    pictures = [_plain(each, 0) for each in data[:_MOST]] if isinstance(data, list) else []
    return tuple(each for each in pictures if isinstance(each, dict))


def _plain(data: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(data, dict):
        return {
            str(k)[:_LONGEST]: _plain(v, depth + 1) for k, v in list(data.items())[:_MOST_ITEMS]
        }
    if isinstance(data, list):
        return [_plain(each, depth + 1) for each in data[:_MOST_ITEMS]]
    return data[:_LONGEST] if isinstance(data, str) else data
