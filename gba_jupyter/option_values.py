"""What stands after an option: a word in, a value out, or a ValueError that says what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

ViewName: TypeAlias = Literal["full", "compact", "answer"]


def read_names(text: str) -> tuple[str, ...]:
    """Names with commas between them."""
    names = tuple(name for name in re.split(r"[,\s]+", text.strip()) if name)
    if not names:
        raise ValueError("names with commas between them")
    return names


def read_whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers in a range."""

    def read(text: str) -> int:
        if not (re.fullmatch(r"\d+", text) and low <= int(text) <= high):
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return read


def read_temperature(text: str) -> float:
    """A temperature for sampling."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 5.0:
        raise ValueError("a number from 0 to 5")
    return value


def read_identifier(text: str) -> str:
    """A name for a variable."""
    if not text.isidentifier():
        raise ValueError("a name that Python allows")
    return text


def read_question(text: str) -> str:
    """Words for a model."""
    if not text.strip():
        raise ValueError("a question")
    return text


def read_reason(text: str) -> bool | Literal["free"]:
    """Whether a model reasons before it acts, and how."""
    match text.lower():
        case "on" | "true" | "yes" | "1" | "short":
            return True
        case "off" | "false" | "no" | "0":
            return False
        case "free":
            return "free"
    raise ValueError("on, off or free")


def read_switch(text: str) -> bool:
    """Whether something is on."""
    match text.lower():
        case "on" | "true" | "yes" | "1":
            return True
        case "off" | "false" | "no" | "0":
            return False
    raise ValueError("on or off")


def read_view(text: str) -> ViewName:
    """How much of a run is shown."""
    match text.lower():
        case "full" | "compact" | "answer" as view:
            return view
    raise ValueError("full, compact or answer")


def read_seconds(text: str) -> float:
    """A time limit."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 3600:
        raise ValueError("seconds from 0.1 to 3600")
    return value
