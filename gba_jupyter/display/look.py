"""How much of a run is shown: its whole story, its main lines, or the answer alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .blocks import (
    Block,
    Call,
    Check,
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

ViewName: TypeAlias = Literal["full", "compact", "answer"]


@dataclass(frozen=True)
class Look:
    """How a run is shown.

    Attributes:
        view: "full" has the reasoning, the grammar, calls, results and the answer; "compact" a
            line for each call and each result, and the answer; "answer" just that. What failed
            or was noticed is told in each of them.
        whole: grammars with all their rules, and nothing cut.
    """

    view: ViewName = "full"
    whole: bool = False

    def shows(self, block: Block) -> bool:
        """Whether the block is to be seen at all."""
        match block:
            case Reply() | Sentence() | Picture() | Check() | Remark() | Trials():
                return True
            case Program():
                return self.view != "answer" or block.value is not None or _broke(block.stop)
            case Result():
                return self.view != "answer" or block.is_error
            case Call():
                if self.view == "answer":
                    return _broke(block.stop)
                return self.view == "full" or not block.answers or _broke(block.stop)
            case Lens():
                return self.view == "full"
            case Reasoning():
                return self.view == "full" or block.stop == "broken"


def _broke(stop: str) -> bool:
    return stop in ("limit", "broken")
