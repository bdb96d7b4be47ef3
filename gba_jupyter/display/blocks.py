"""What is to be seen of a run: a status and a row of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..events import Phase, Timings
from ..readings import LensToken, LensTotals, Trial


@dataclass(frozen=True)
class Reasoning:
    """What the model thinks before a call."""

    step: int
    text: str = ""
    tokens: int = 0
    stop: str = ""
    done: bool = False


@dataclass(frozen=True)
class Result:
    """What a tool gave."""

    step: int
    name: str
    content: str
    is_error: bool
    done: bool = True


@dataclass(frozen=True)
class Constrained:
    """A text that is written under a grammar, as it streams; `used` are the rules it used."""

    step: int
    gbnf: str = ""
    not_enforced: tuple[str, ...] = ()
    used: dict[str, int] = field(default_factory=dict)
    text: str = ""
    tokens: int = 0
    stop: str = ""
    done: bool = False


@dataclass(frozen=True)
class Call(Constrained):
    """A call under its grammar: the text as it streams, then the call itself.

    `answers` when it was the call that gives the user the answer.
    """

    name: str = ""
    arguments: dict[str, Any] | None = None
    answers: bool = False


@dataclass(frozen=True)
class Value:
    """What a math program gave."""

    text: str
    latex: str
    approx: str
    is_error: bool


@dataclass(frozen=True)
class Program(Constrained):
    """A math program, and what it gave once it ran."""

    value: Value | None = None


@dataclass(frozen=True)
class Sentence(Constrained):
    """An answer under the user's own grammar."""


@dataclass(frozen=True)
class Lens:
    """What the lens saw of the text above it."""

    step: int
    phase: Phase
    tokens: tuple[LensToken, ...]
    totals: LensTotals
    done: bool = True


@dataclass(frozen=True)
class Trials:
    """A comparison; it grows with every trial."""

    trials: tuple[Trial, ...]
    of: int
    expected: str = ""
    done: bool = False


@dataclass(frozen=True)
class Check:
    """How an answer was verified."""

    what: str
    holds: bool | None
    done: bool = True


@dataclass(frozen=True)
class Picture:
    """A picture of an answer, as plain numbers."""

    picture: dict[str, Any]
    done: bool = True


@dataclass(frozen=True)
class Reply:
    """The agent's final answer."""

    text: str
    done: bool = True


@dataclass(frozen=True)
class Remark:
    """Something the reader should know."""

    text: str
    done: bool = True


@dataclass(frozen=True)
class Fault:
    """Why a run failed, and what to do."""

    text: str
    done: bool = True


Block: TypeAlias = (
    Reasoning
    | Call
    | Lens
    | Trials
    | Result
    | Program
    | Sentence
    | Check
    | Picture
    | Reply
    | Remark
    | Fault
)


@dataclass(frozen=True)
class Status:
    """The status line.

    Attributes:
        trial: which one of a comparison is made, in words.
        state: in words; "done", "failed" or "interrupted" at the end.
        done: how much of `total` is done, when something is being counted.
        total: 0 when nothing is being counted.
        unit: what is counted, "tokens" or "bytes".
        written: pieces of text that came since the last request was sent, tokens mostly.
        rate: of these in a second, as far as somebody has looked at a clock.
    """

    trial: str = ""
    state: str = "starting"
    model: str = ""
    step: int = 0
    steps: int = 0
    spent: Timings = field(default_factory=Timings)
    seconds: float = 0.0
    done: int = 0
    total: int = 0
    unit: str = "tokens"
    written: int = 0
    rate: float = 0.0
    error: str = ""
    finished: bool = False


@dataclass(frozen=True)
class View:
    """All that is to be seen of a run so far."""

    status: Status = Status()
    blocks: tuple[Block, ...] = ()
