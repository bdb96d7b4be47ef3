"""Every text that we send to a model, named. Replace one with ``dataclasses.replace``.

Placeholders are filled by `fill`, never by ``str.format``: users' texts are full of braces.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AgentPrompts:
    """The texts of the two-phase protocol; ``<NAME>`` marks a placeholder."""

    system: str = (
        "You are an agent that answers in one or more steps. In each step you call exactly one "
        "of these tools:\n\n<TOOLS>\n\n"
        "Call respond_to_user for a direct or final answer. Never guess a tool's result: rely "
        "only on what the tools returned."
    )
    """``<TOOLS>``: one line per tool, its signature and its description."""

    answer_tool: str = "Gives the user the direct or final answer."
    """Description of ``respond_to_user``."""

    reason_first: str = (
        "Here is the user's request: <REQUEST>\n"
        "Can you answer directly, or must you call a tool for more information first? <THINK>"
    )
    """``<REQUEST>``: what the user wrote. ``<THINK>``: `think_short` or `think_free`."""

    reason_next: str = (
        "The result of call <NUMBER> is: <RESULT>\n"
        "Is this enough for the final answer, or must you call another tool? <THINK>"
    )
    """``<NUMBER>``: which call of this run, from 1. ``<RESULT>``: what the tool gave.
    ``<THINK>``: `think_short` or `think_free`."""

    think_short: str = "Think about it in one sentence."
    """How to think, by default."""

    think_free: str = "Think it through step by step before you decide."
    """How to think with ``reason="free"``."""

    request_only: str = "<REQUEST>"
    """The user's turn when phase 1 is switched off."""

    result_only: str = "The result of call <NUMBER> is: <RESULT>"
    """A result's turn when phase 1 is switched off."""

    act: str = "Now make the call as JSON, and write nothing else."
    """The turn between the two phases."""

    act_several: str = "Now make the call, or several as a JSON list, and write nothing else."
    """The same, when several calls may be made at once."""

    form_system: str = "Your answer is read by a program. It is JSON with these parts:\n\n<FORM>"
    """For answers of a given form. ``<FORM>``: a line per part, with its description."""

    form_first: str = (
        "Here is the user's request: <REQUEST>\n"
        "What is asked for, and what belongs into the answer? <THINK>"
    )
    """The request, when the answer has a form. ``<REQUEST>`` and ``<THINK>`` as above."""

    form_act: str = "Now write the answer as JSON, and write nothing else."
    """The turn between the two phases, when the answer has a form."""

    thinker_act: str = "Think first. <ACT>"
    """Added to the user's turn for models that think by themselves, in ``<think>``: there is no
    turn between the phases. ``<ACT>``: the text that would stand there."""


@dataclass(frozen=True)
class MathPrompts:
    """The texts of a math question."""

    system: str = (
        "You write small Python programs with SymPy. Assign the answer to `result`. Keep the "
        "program as simple as possible, and don't compute anything yourself: the program does."
    )
    system_free: str = (
        "You write small Python programs with SymPy. Assign the answer to `result`, and write the "
        "program between ```python and ```. Keep it as simple as possible, and don't compute "
        "anything yourself: the program does."
    )
    """For models that write without a grammar."""

    question: str = "Write a program that answers this: <QUESTION>"
    """``<QUESTION>``: what the user wrote."""

    repair: str = "That program does not work: <ERROR> Write a simpler one."
    """``<ERROR>``: what was wrong with the program before."""


def fill(template: str, **values: str) -> str:
    """Put `values` in the place of ``<NAME>``, once each, in one pass.

    A value that contains a placeholder is left as it is.
    """
    parts = [template]
    for name, value in values.items():
        mark = f"<{name}>"
        parts = [
            piece
            for part in parts
            for piece in ([part] if isinstance(part, _Filled) else _split(part, mark, value))
        ]
    return "".join(parts)


class _Filled(str):
    """Text that came from a value, so that no later placeholder is sought in it."""

    __slots__ = ()


def _split(part: str, mark: str, value: str) -> list[str]:
    before, found, after = part.partition(mark)
    return [before, _Filled(value), after] if found else [part]
