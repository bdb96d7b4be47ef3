"""Templates: ``(a|b|)`` chooses, ``[ in {unit}]`` may be left out, ``{slot}`` is filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

_CHOICE = re.compile(r"\(([^()\[\]]*)\)")
_MAYBE = re.compile(r"\[([^\[\]()]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


def expand(template: str, rng: Random) -> str:
    """Make the choices of a template; its slots stay."""
    while True:
        if match := _CHOICE.search(template):
            chosen = rng.choice(match[1].split("|"))
        elif match := _MAYBE.search(template):
            chosen = match[1] if rng.random() < 0.5 else ""
        else:
            return template
        template = template[: match.start()] + chosen + template[match.end() :]


def slots(template: str) -> list[str]:
    """The slots of a template, in order."""
    return SLOT.findall(template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put the values into the slots, in one pass."""
    return SLOT.sub(lambda match: values[match[1]], template)


def typo(text: str, rng: Random) -> str:
    """One slip of the keyboard in a long word outside the slots."""
    spots = [m for m in re.finditer(r"(?<![{\w])[a-z]{5,}(?![}\w])", text)]
    if not spots:
        return text
    word = rng.choice(spots)
    at = rng.randint(word.start() + 1, word.end() - 2)
    swapped = text[at + 1] + text[at]
    kinds = [text[:at] + swapped + text[at + 2 :], text[:at] + text[at + 1 :]]
    return rng.choice([*kinds, text[:at] + text[at] + text[at:]])


def lowered(text: str) -> str:
    """Lower case, but for the slots' names."""
    return "".join(p if p.startswith("{") else p.lower() for p in re.split(r"(\{\w+\})", text))
