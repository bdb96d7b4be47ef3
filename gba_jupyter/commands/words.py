"""The words behind `%gba`, and what its commands answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ..errors import OptionError
from ..events import OnEvent
from ..findings import Sent
from ..recall import Again
from ..session import Session

Said: TypeAlias = str | tuple[Sent, ...] | Again
"""What a command answers: a text, requests as they went over, or a run to be shown again."""

Command: TypeAlias = Callable[[Session, list[str], OnEvent], Said]


def take(words: list[str], usage: str, least: int, most: int) -> list[str]:
    """The words, which must be so many, and no options."""
    for word in words:
        if word.startswith("--"):
            raise OptionError(f"There is no option {word} here.", f"Usage: {usage}")
    if not least <= len(words) <= most:
        raise OptionError(
            "There are too many words." if len(words) > most else "Something is missing.",
            f"Usage: {usage}",
        )
    return words


def switch(words: list[str], name: str) -> bool:
    """Take ``--name`` out of `words`."""
    given = name in words
    words[:] = [word for word in words if word != name]
    return given


def value(words: list[str], name: str) -> str | None:
    """Take ``--name VALUE`` or ``--name=VALUE`` out of `words`."""
    for i, word in enumerate(words):
        if word.startswith(name + "="):
            del words[i]
            return word[len(name) + 1 :]
        if word == name:
            if i + 1 == len(words):
                raise OptionError(f"{name} lacks its value.", f"Write {name} VALUE.")
            value = words[i + 1]
            del words[i : i + 2]
            return value
    return None
