"""What a notebook stores of a run: an output for each block, within a budget.

A run draws on its budget in the order of its blocks, and each may take a quarter of what is left.
So the first ones are shown at length, and a run of ten steps stays small however long its texts
are. The run itself holds all of it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from ..events import Event, RunStarted
from ..records import STORED_BYTES, pack
from . import markdown, text
from .blocks import Block, Fault, Picture, Reply, Sentence, Status
from .escape import fence, literal, printable
from .look import MOST, Look

MIME = "application/vnd.gba-jupyter.run+json"
"""The events of a run travel in the notebook under this type."""

BUDGET = 84_000
"""Bytes of a file that all outputs of a run take; the answer comes on top."""

VALUES = 300_000
"""Bytes that the tables and pictures of a run's tools take."""

_ANSWER = 24_000  # bytes
_LENGTHS = (MOST, 3_000, 1_500, 600, 200)  # of one text, tried in this order
_LINE = 9  # bytes that a line costs in a saved notebook
_PICTURE = 2_000_000  # bytes of one that is drawn

Bundle: TypeAlias = dict[str, Any]
"""One output of a cell, by MIME type."""


def of_blocks(blocks: Sequence[Block], look: Look) -> Iterator[tuple[int, Bundle]]:
    """The number and the output of each block that is seen."""
    spent = 0
    for i, block in enumerate(blocks):
        if look.shows(block):
            drawn = of_block(block, look, spent)
            spent += cost(drawn)
            yield i, drawn


def of_block(block: Block, look: Look, spent: int = 0) -> Bundle:
    """The output of a block, when the ones before it have taken so much of the budget."""
    if look.whole or not block.done:
        return _bundle(block, look, VALUES)
    important = isinstance(block, Reply | Sentence | Fault)
    left = max(0, BUDGET - spent)
    room = _ANSWER if important else left // 4
    for most in _LENGTHS:
        drawn = _bundle(block, replace(look, most=min(most, look.most)), left)
        if isinstance(block, Picture) or cost(drawn) <= room:
            break
    return drawn


def cost(bundle: Bundle) -> int:
    """Bytes of an output in a saved notebook, about."""
    return sum([_cost(value) for value in bundle.values()])


def _cost(value: Any) -> int:
    if isinstance(value, bytes):
        return len(value) * 4 // 3
    lines = value.count("\n") if isinstance(value, str) else 0
    stored = json.dumps(value, ensure_ascii=False, default=str)
    return len(stored.encode(errors="replace")) + _LINE * lines


def of_status(status: Status, events: Sequence[Event]) -> Bundle:
    """The output of the status; with the record, once a run is over."""
    drawn: Bundle = {
        "text/markdown": markdown.render_status(status),
        "text/plain": printable(text.status_line(status)),
    }
    if status.finished and any([isinstance(event, RunStarted) for event in events]):
        drawn[MIME] = pack(events, STORED_BYTES)
    return drawn


def of_value(data: Bundle, room: int) -> Bundle:
    """What is stored of something that a tool gave: what there is room for, else what it was."""
    kept = dict(data)
    left_out = []
    while cost(kept) > room:
        kind = max(kept, key=lambda kind: _cost(kept[kind]))
        left_out.append(f"{kind} ({_cost(kept.pop(kind)):,} bytes)")
    if kept.keys() - {"text/plain"} or not left_out:
        return kept
    words = f"Left out of the notebook, because it is large: {', '.join(left_out)}."
    plain = kept.get("text/plain", "")
    shown = [fence(plain)] if plain else []
    return {
        "text/markdown": "\n\n".join([*shown, f"*{literal(words)}*"]),
        "text/plain": "\n".join(filter(None, [plain, words])),
    }


def _bundle(block: Block, look: Look, room: int) -> Bundle:
    plain = printable(text.render(block, look))
    if isinstance(block, Picture) and (drawn := picture_png(block.picture)):
        if len(drawn) <= room:
            return {"image/png": drawn, "text/plain": plain}
        words = "The picture is left out of the notebook: %gba show --whole draws it."
        return {
            "text/markdown": f"{markdown.render(block, look)}\n\n*{literal(words)}*",
            "text/plain": f"{plain}\n{words}",
        }
    return {"text/markdown": markdown.render(block, look), "text/plain": plain}


def picture_png(picture: dict[str, Any]) -> str:
    """The picture as the notebook stores it; empty where it cannot be drawn."""
    try:
        # A stored picture may hold anything.
        stored = json.dumps(picture)
        known = picture.keys() & {"curves", "plane", "spans"}
        return _png(stored) if known and len(stored) <= _PICTURE else ""
    except ImportError:  # the caption stands for it
        return ""
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        return ""


@lru_cache(maxsize=8)
def _png(stored: str) -> str:
    from .figures import png

    return base64.b64encode(png(json.loads(stored))).decode()
