"""How much of a run is shown: its whole story, its main lines, or the answer alone."""

from __future__ import annotations

from dataclasses import dataclass

from ..option_values import ViewName
from .blocks import (
    Block,
    Call,
    Check,
    Fault,
    Lens,
    Picture,
    Program,
    Reasoning,
    Remark,
    Reply,
    Result,
    Sentence,
    Trials,
)

MOST = 6_000
"""Bytes of a text, in UTF-8; a longer one is shown in part."""


@dataclass(frozen=True)
class Look:
    """How a run is shown.

    Attributes:
        view: "full" has the reasoning, the grammar, calls, results and the answer; "compact" a
            line for each call and each result, and the answer; "answer" just that. What failed
            or was noticed is told in each of them.
        whole: grammars with all their rules, and nothing cut.
        most: bytes of one text; of less important ones less.
        fault: tell why a run failed; a cell that raises the error has it once already.
    """

    view: ViewName = "full"
    whole: bool = False
    most: int = MOST
    fault: bool = True

    def shows(self, block: Block) -> bool:
        """Whether the block is to be seen at all; what was, stays to be seen."""
        match block:
            case Reply() | Sentence() | Picture() | Check() | Remark() | Trials():
                return True
            case Fault():
                return self.fault
            case Program():
                return self.view != "answer" or block.value is not None or _broke(block.stop)
            case Result():
                return self.view != "answer" or block.is_error
            case Call():
                # Until it is known what is called, it may be the call that gives the answer.
                known = self.view == "compact" and block.arguments is not None
                return self.view == "full" or known or _broke(block.stop)
            case Lens():
                return self.view == "full"
            case Reasoning():
                return self.view == "full" or block.stop == "broken"


FULL = Look()


def _broke(stop: str) -> bool:
    return stop in ("limit", "broken")
