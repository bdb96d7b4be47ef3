"""Asks the user about a call, in the cell."""

from __future__ import annotations

from IPython.core.error import StdinNotImplementedError

from .approval import APPROVE, Decision, Proposal, rejected
from .errors import GrammarError, OptionError
from .grammar.schema.json_rules import json_text

_MOST_SHOWN = 500


def decide(proposal: Proposal) -> Decision:
    """Approve, edit or reject a call, as the user says.

    Raises:
        OptionError: there is nobody to ask, as when a notebook is executed by a program.
    """
    arguments = json_text(dict(proposal.arguments))
    shown = arguments if len(arguments) <= _MOST_SHOWN else f"{arguments[:_MOST_SHOWN]} …"
    word = _asked(f"Call {proposal.name} with {shown}? [y]es, [e]dit, [n]o: ").lower()
    while True:
        match word[:1]:
            case "y":
                return APPROVE
            case "n":
                return rejected(_asked("Why? (the model is told; may be empty): "))
            case "e":
                try:
                    return proposal.edited(_asked("Arguments, as JSON: "))
                except GrammarError as error:
                    word = _asked(f"{error.what} {error.fix} [e]dit again, [y]es, [n]o: ").lower()
            case _:
                word = _asked("Please say y, e or n: ").lower()


def _asked(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except (EOFError, StdinNotImplementedError):
        raise OptionError(
            "--approve asks before each call, and here nobody can answer.",
            "Run the cell by hand, or leave --approve out.",
        ) from None
