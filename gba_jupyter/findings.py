"""What the workbench finds out about a grammar: plain values, made by the doing and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """A part of a text, and the rule that made it."""

    rule: str
    quoted: str
    depth: int
    """Rules around it; 0 for the whole text."""


@dataclass(frozen=True)
class Tried:
    """A text that was tried against a grammar."""

    quoted: str
    """The text in quotes, with escapes where it needs them."""
    accepted: bool
    parts: tuple[Part, ...] = ()
    """Of an accepted text: outer ones before inner ones, from left to right."""
    more_parts: int = 0
    """Parts that were left out."""
    pointer: tuple[str, str] = ("", "")
    """Of a refused text: the text and, below it, a caret where it goes wrong."""
    ends_early: bool = False
    """Whether all of a refused text is right, and only its end comes too soon."""
    path: tuple[str, ...] = ()
    """The rules that one is in at that place, ``root`` first."""
    expected: str = ""
    """What would be legal there, in GBNF."""
    cut_off: bool = False
    """Whether a model wrote it, and the token limit ended it."""


@dataclass(frozen=True)
class Row:
    """A property of an object, three times."""

    python: str
    schema: str
    gbnf: str


@dataclass(frozen=True)
class Origin:
    """What a grammar was made from, when it was not from a text."""

    signature: str
    """As Python would write it; empty for a plain JSON Schema."""
    schema: str
    """The JSON Schema as indented JSON."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that is to be shown of a grammar."""

    gbnf: str
    rules: int
    origin: Origin | None = None
    not_enforced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    spelled_out: bool = False
    """Whether to show the GBNF: nobody has written it just above."""
    svg: str = ""
    """The picture; empty when there is none."""
    samples: tuple[str, ...] = ()
    """Texts of the grammar, in quotes."""
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A stretch of a prompt that is all one kind."""

    role: str
    """Whose words; "" for the template's own."""
    text: str
    is_control: bool = False
    """Whether it is one control token, such as ``<|im_start|>``."""
    is_cached: bool = False
    """Whether the server had it already."""


@dataclass(frozen=True)
class Sent:
    """One completion request, as it went over."""

    step: int
    phase: str
    url: str
    prompt: tuple[Stretch, ...]
    tokens: int
    """Of the prompt."""
    cached: int | None
    """Of them; None when the request was not answered to its end."""
    generated: int | None
    exact: bool
    """Whether the place where the cache ended is known to the token."""
    fields: dict[str, Any]
    """All fields of the request but the prompt and the grammar."""
    grammar: str
    curl: str
    """A command that sends the same."""
    number: int = 0
    """Among the requests of the run, from 1."""
