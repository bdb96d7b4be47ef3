"""What a program may use, and what is said when it wants more."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from ..errors import LimitExceeded, OptionError

TIME_ONLY = sys.platform == "win32"
"""Whether this system lets us limit nothing but a program's time, output and recursion."""
_MAX_SECONDS = 3600.0
_MEMORY = range(128, (1 << 20) + 1)
_OUTPUT = range(1, 1_000_001)


@dataclass(frozen=True)
class Limits:
    """What one program may use; on Windows nothing holds it to the memory."""

    seconds: float = 5.0
    memory: int = 1024
    """MB, with the 100 that SymPy takes."""
    output: int = 100_000
    """Characters that it may print, and that its value may have as text."""

    def check(self) -> None:
        """Make sure that these are limits.

        Raises:
            OptionError: one of them is not possible.
        """
        if not 0 < self.seconds <= _MAX_SECONDS:
            what = f"A timeout of {self.seconds:g} s is not possible."
            raise OptionError(what, f"Give a number above 0 and up to {_MAX_SECONDS:g}.")
        for name, value, allowed in (
            ("memory", self.memory, _MEMORY),
            ("output", self.output, _OUTPUT),
        ):
            if value not in allowed:
                what = f"A limit of {value} for {name} is not possible."
                raise OptionError(what, f"Give a whole number from {allowed[0]} to {allowed[-1]}.")
        if TIME_ONLY and self.memory != Limits.memory:
            what = "This system cannot limit the memory of a program, only its time."
            raise OptionError(what, "Leave memory out; Linux and macOS have that limit.")

    def out_of_time(self) -> LimitExceeded:
        """The program ran too long."""
        more = f"{min(2 * self.seconds, _MAX_SECONDS):g}"
        return LimitExceeded(
            f"The program ran longer than {self.seconds:g} s.",
            "Ask for something smaller, or give it more time: "
            f"timeout={more}, in a cell --timeout {more}.",
        )

    def out_of_memory(self) -> LimitExceeded:
        """The program needs too much memory."""
        more = min(2 * self.memory, _MEMORY[-1])
        return LimitExceeded(
            f"The program needs more than {self.memory} MB of memory.",
            "Use smaller numbers or fewer elements, or give it more: "
            f"memory={more}, in a cell --memory {more}.",
        )

    def out_of_output(self, what: str) -> LimitExceeded:
        """The program prints or answers too much."""
        return LimitExceeded(
            f"{what} more than {self.output} characters.",
            "Print less, or make the answer smaller; this limit is fixed.",
        )


def too_deep() -> LimitExceeded:
    """The program's functions call each other beyond what Python's stack holds."""
    return LimitExceeded(
        "The program's functions call each other too deeply.",
        "Write the recursion as a loop; this limit is fixed.",
    )
