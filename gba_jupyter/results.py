"""What a tool gave, as a text for the model: short, whatever it was."""

from __future__ import annotations

import json
from typing import Any

MOST_CHARACTERS = 4000
"""Of a result, as the model sees it."""


def as_text(value: Any) -> str:
    """A tool's result as text.

    Args:
        value: anything that Python can return.
    """
    match value:
        case None:
            return "The tool returned nothing."
        case str():
            return value
        case bool() | int() | float():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return _bytes_text(bytes(value))
        case BaseException():
            return f"{type(value).__name__}: {value}"
        case dict() | list() | tuple():
            return _json_or_str(value)
        case _:
            return _shown(value)


def bounded(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text, cut where it becomes too long for a model; says how much is missing."""
    more = len(text) - most
    return text if more <= 0 else f"{text[:most]} … ({more:,} characters more)"


def _bytes_text(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    if text and all(char.isprintable() or char in "\r\n\t" for char in text[:1000]):
        return text
    return f"{len(data):,} bytes that are no text"


def _json_or_str(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=as_text)
    except (TypeError, ValueError, RecursionError):
        return _shown(value)


def _shown(value: Any) -> str:
    """How the object shows itself; what raises there is no reason to fail."""
    try:
        return str(value)
    except Exception as error:
        return f"a {type(value).__name__} that cannot be shown ({type(error).__name__})"
