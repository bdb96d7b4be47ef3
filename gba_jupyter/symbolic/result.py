"""What a mathematical question leaves behind."""

from __future__ import annotations

import reprlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import OptionError
from ..events import Checked, Evaluated, Event, Plotted, RunStarted, Timings, spent
from ..records import pack, unpack
from . import Evaluation
from .evidence import Check


def elected(answers: Sequence[str]) -> tuple[int, int]:
    """Which answer was given most often, the first of them among equals; and how often."""
    votes = Counter(answers)
    best = max(answers, key=lambda answer: votes[answer])
    return answers.index(best), votes[best]


@dataclass(frozen=True)
class MathResult:
    """A question, the program that answers it, and what came out. ``str()`` is the answer."""

    question: str
    evaluation: Evaluation
    events: tuple[Event, ...] = ()

    @property
    def program(self) -> str:
        """The program that the model wrote."""
        return self.evaluation.program

    @property
    def value(self) -> Any:
        """The exact value, a SymPy object; see `Evaluation.value`."""
        return self.evaluation.value

    @property
    def latex(self) -> str:
        """The value typeset."""
        return self.evaluation.latex

    @property
    def approx(self) -> str:
        """Decimal digits, where the exact value is not a plain number; else empty."""
        return self.evaluation.approx

    @property
    def printed(self) -> str:
        """What the program printed."""
        return self.evaluation.printed

    @property
    def checks(self) -> tuple[Check, ...]:
        """How the answer was verified, when that was asked for."""
        return self.evaluation.checks

    @property
    def votes(self) -> dict[str, int]:
        """How many programs gave each answer, the most first."""
        counted = Counter(
            e.text for e in self.events if isinstance(e, Evaluated) and not e.is_error
        )
        return dict(counted.most_common())

    @property
    def usage(self) -> Timings:
        """Tokens and milliseconds that the program cost."""
        return spent(self.events)

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values, without live deltas; `AgentRun` has the same."""
        return {"question": self.question, "answer": str(self), **pack(self.events)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MathResult:
        """The result of a record. Its answer is text: the SymPy value is not stored.

        Raises:
            OptionError: the data is no record of a mathematical answer.
        """
        try:
            events = unpack(data)
        except ValueError as error:
            raise OptionError(
                f"This is no record of a run: {error}.", "Give what result.to_json() gave."
            ) from error
        found = [e for e in events if isinstance(e, Evaluated) and not e.is_error]
        asked = [e.question for e in events if isinstance(e, RunStarted) and e.kind == "math"]
        if not found or not asked:
            raise OptionError(
                "This is no record of a mathematical answer.",
                "Show it with %gba open and %gba show.",
            )
        best = found[elected([e.text for e in found])[0]]
        checks = tuple(Check(e.what, e.holds) for e in events if isinstance(e, Checked))
        pictures = tuple(e.picture for e in events if isinstance(e, Plotted))
        evaluation = Evaluation(
            best.program, best.text, best.latex, best.approx, "",
            has_form=False, checks=checks, pictures=pictures,
        )  # fmt: skip
        return cls(asked[0], evaluation, events)

    def __str__(self) -> str:
        return str(self.evaluation)

    def __repr__(self) -> str:
        return f"MathResult({self.question!r}: {reprlib.repr(str(self))})"
