"""What a program asked of SymPy, remembered so that it can be checked or drawn. Child only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from ..language.names import words

_MOST = 50
RECORDED = words(
    "solve solveset nsolve integrate diff limit summation dsolve expand factor simplify"
)
"""The functions whose calls are noted."""


@dataclass(frozen=True)
class Call:
    """One call of a function of SymPy, and what it gave."""

    name: str
    arguments: tuple[Any, ...]
    result: Any


class Calls:
    """The calls of one program, in order."""

    def __init__(self) -> None:
        self.made: list[Call] = []

    def recording(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, which now remembers its calls."""

        @wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            # With options we could not say what was asked for.
            if len(self.made) < _MOST and not kwargs.keys() - {"dict", "domain"}:
                self.made.append(Call(name, args, result))
            return result

        return called
