"""What the lens and a comparison find: plain values that travel in events.

What there is one of per token is a tuple, so that a record of many tokens stays small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

END = ""
"""The text of the token that ends a text."""

UNSURE = 0.5
"""A token of a free text that was less probable is one that the model was not sure of."""


class Choice(NamedTuple):
    """A token that the model could have taken."""

    text: str
    """Bytes that are no character are written as ``\\xNN``; `END` is the end of the text."""
    p: float
    """Its probability, 0 to 1, before the grammar."""
    legal: bool | None = None
    """Whether the grammar allows it; None: there is no grammar, or it cannot be told."""


class LensToken(NamedTuple):
    """One sampled token, and what the model and the grammar thought of it."""

    text: str
    """As in `Choice`."""
    p: float
    """The probability that the model gave it, 0 to 1, before the grammar."""
    legal: bool | None = None
    """Whether our matcher allows it; None: there is no grammar to ask."""
    forced: bool = False
    """Whether its text was the only one that the grammar allowed there."""
    overridden: bool = False
    """Whether the grammar forbade the token that the model thought best."""
    rule: str = ""
    """The innermost rule that made its first character; "" for the end, or without a grammar."""
    mass: float | None = None
    """The probability of all legal tokens together, at least; None when it cannot be told."""
    choices: tuple[Choice, ...] = ()
    """The model's best tokens, best first; this one may be among them."""
    hidden: int = 0
    """Tokens before it that belong to the same character; the server tells only the last."""


@dataclass(frozen=True)
class LensTotals:
    """The tokens of one phase, counted."""

    tokens: int
    """All that were sampled, the hidden ones included."""
    forced: int = 0
    overridden: int = 0
    illegal: int = 0
    """Tokens that our matcher does not allow: 0, unless the server and we disagree."""
    mass: float | None = None
    """Mean legal mass; None where there is none."""
    rules: tuple[tuple[str, int], ...] = ()
    """Tokens by rule, most first."""
    unsure: int = 0
    """Tokens of a free text below `UNSURE`."""


@dataclass(frozen=True)
class Trial:
    """One step of a comparison: how it was made, and what came of it."""

    grammar: bool
    """Whether the call was written under the grammar."""
    reason: bool
    """Whether the model reasoned first."""
    seed: int
    text: str
    """What it wrote as the call."""
    is_json: bool
    """Whether all of the text is JSON."""
    is_call: bool
    """Whether it holds a call of an offered tool with arguments that fit its schema."""
    tool: str = ""
    """The tool that is called; "" when none is."""
    fault: str = ""
    """Why it is no valid call; "" when it is one."""
    tokens: int = 0
    """Sampled in all phases."""
    seconds: float = 0.0
    """Of generation in all phases, as the server counted; reading the prompt is left out, since
    it depends on what is cached."""
