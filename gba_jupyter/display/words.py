"""Words that are shown: how many of them, and in which form.

Limits are bytes of UTF-8, so that a notebook stays as small in any script.
"""

from __future__ import annotations

from collections.abc import Sequence

from .look import MOST, Look

LINE, SHORT, RESULT, LONG = 160, 600, 2_000, MOST
"""Most bytes that are shown of a text, by its weight; the run holds all of it."""

_LIVE = 3_000  # characters of a block that still grows: each update carries the whole text
_ITEMS = 20
_SLACK = 40  # so much more is not worth the words that say so


def size(words: str) -> int:
    """Bytes of a text."""
    return len(words.encode("utf-8", "surrogatepass"))


def shown(words: str, look: Look, most: int) -> str:
    """The words; of a longer text its beginning and its end, unless all of it is wanted."""
    most = min(most, look.most)
    if look.whole or len(words) * 4 <= most or size(words) <= most + _SLACK:
        return words
    data, end = words.encode("utf-8", "surrogatepass"), most // 4
    first = data[: most - end].decode("utf-8", "ignore")
    last = data[-end:].decode("utf-8", "ignore")
    more = len(words) - len(first) - len(last)
    return f"{first} … ({more:,} characters left out) … {last}"


def items(sentences: Sequence[str], look: Look) -> list[str]:
    """The sentences of a list, as many and as much of each as the look shows."""
    kept = sentences if look.whole else sentences[:_ITEMS]
    more = len(sentences) - len(kept)
    told = [shown(each, look, SHORT) for each in kept]
    return [*told, f"… {more:,} more"] if more else told


def first_line(words: str) -> str:
    """The first line of a text, and how much more there is."""
    line = words.strip().partition("\n")[0][:LINE]
    more = len(words.strip()) - len(line)
    return f"{line} … ({more:,} characters more)" if more > 0 else line


def tail(words: str) -> str:
    """The end of a text that still grows."""
    more = len(words) - _LIVE
    return words if more <= 0 else f"… {words[more:]}"


def count(number: int, noun: str) -> str:
    """``1 token``, ``2 tokens``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def ending(stop: str) -> str:
    """What is odd about the end of a text, if anything is."""
    return {"limit": " · cut off by the token limit", "broken": " · broken off"}.get(stop, "")
