"""Earlier runs: of this session, and of notebook files, which anybody may have written."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .display import MIME, Look, as_damaged
from .display.page import as_html, as_markdown
from .errors import OptionError
from .events import Answered, Evaluated, Event, RunFinished, RunStarted
from .files import path_of, write_whole
from .records import OtherVersion, pack, unpack

_MOST_BYTES = 200_000_000  # of a file
_WORDS = 56  # of a question in the list


@dataclass(frozen=True)
class Again:
    """A run that is to be shown again."""

    events: tuple[Event, ...]
    look: Look


def pick(history: Sequence[tuple[Event, ...]], number: str = "1") -> tuple[Event, ...]:
    """The run of a number, counted from the last.

    Raises:
        OptionError: there is no such run.
    """
    if not history:
        raise OptionError(
            "There is no run yet.", "Ask something, or read a notebook: %gba open FILE.ipynb"
        )
    if not (re.fullmatch("[0-9]{1,4}", number) and 1 <= int(number) <= len(history)):
        raise OptionError(
            f"There is no run number {number!r}.",
            f"Give a number from 1, the last, to {len(history)}; %gba runs lists them.",
        )
    return history[-int(number)]


def listing(history: Sequence[tuple[Event, ...]]) -> str:
    """The runs by number, the last one first."""
    if not history:
        return "No runs yet."
    return "\n".join(
        f"{number:3}  {_line(events)}" for number, events in enumerate(reversed(history), start=1)
    )


def _line(events: tuple[Event, ...]) -> str:
    started = next((e for e in events if isinstance(e, RunStarted)), None)
    finished = next((e for e in reversed(events) if isinstance(e, RunFinished)), None)
    kind = started.kind if started else "run"
    state = f"{finished.status:11} {finished.seconds:6.1f} s" if finished else "unfinished"
    question = _short(started.question) if started else ""
    return f"{kind:5}  {state:20}  {question}  →  {_short(answer(events)) or '–'}"  # noqa: RUF001


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WORDS else f"{line[:_WORDS]}…"


def answer(events: Sequence[Event]) -> str:
    """What the run came to; empty if it came to nothing."""
    for event in reversed(events):
        match event:
            case Answered(text) | Evaluated(text=text, is_error=False):
                return text
    return ""


# -- files ---------------------------------------------------------------------------------


def read(name: str) -> tuple[list[tuple[Event, ...]], list[str]]:
    """The runs that a notebook's outputs hold, or a run that was exported; in order, each once.

    Returns:
        The runs, and why records could not be read, for each of them.

    Raises:
        OptionError: the file cannot be read, or is neither.
    """
    path = path_of(name)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise OptionError(f"{name} is too large to be read.", "Clear some outputs in it.")
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise OptionError(f"{name} cannot be read: {error.strerror}.", "Check the name.") from None
    except (ValueError, RecursionError):
        raise OptionError(f"{name} is not a notebook.", "Give a file that Jupyter saved.") from None
    found: list[tuple[Event, ...]] = []
    faults: list[str] = []
    for record in _records(data):
        try:
            events = unpack(record)
        except OtherVersion as error:
            faults.append(str(error))
            continue
        except ValueError:
            faults.append("it is damaged")
            continue
        # A cell that only started a server has told something, too, and is no run.
        if events not in found and any([isinstance(event, RunStarted) for event in events]):
            found.append(events)
    return found, faults


def unread(faults: Sequence[str]) -> str:
    """What is said of records that could not be read."""
    counted = Counter(faults).most_common()
    why = "; ".join(
        [f"{fault} ({times} times)" if times > 1 else fault for fault, times in counted]
    )
    return f"{len(faults)} more cannot be read: {why}."


def _records(data: Any) -> Iterator[Any]:
    """What stands where a notebook has our records; the data may be anything."""
    if isinstance(data, dict) and "events" in data:
        yield data
        return
    for cell in _items(data, "cells"):
        for output in _items(cell, "outputs"):
            bundle = output.get("data") if isinstance(output, dict) else None
            if isinstance(bundle, dict) and MIME in bundle:
                yield bundle[MIME]


def _items(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []


def write(events: tuple[Event, ...], name: str, force: bool) -> str:
    """Write a run to a file of its own; says so.

    Raises:
        OptionError: the ending of the name is none that we write, the file exists, or it cannot
            be written.
    """
    path = path_of(name)
    match path.suffix.lower():
        case ".md":
            with as_damaged():
                text = as_markdown(events)
        case ".html":
            with as_damaged():
                text = as_html(events)
        case ".json":
            text = json.dumps(pack(events), indent=1) + "\n"
        case _:
            raise OptionError(f"{name} is no name for an export.", "End it in .md, .html or .json.")
    try:
        write_whole(path, text, force)
    except FileExistsError:
        raise OptionError(f"{name} exists.", "Give another name, or add --force.") from None
    except OSError as error:
        raise OptionError(
            f"{name} cannot be written: {error.strerror}.", "Give another place."
        ) from None
    return f"The run is in {name} ({path.stat().st_size:,} bytes)."
