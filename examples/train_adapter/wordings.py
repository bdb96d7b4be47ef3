"""How a request is dressed, and how the reasoning names the call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any

from .templates import lowered, typo

BEFORE = (
    "Please ", "Hi, ", "Hello! ", "Hey, ", "Quick question: ", "One more thing: ", "Sorry to ask: ",
    "Okay, ", "For my trip: ", "My boss asks: ", "Good morning. ", "Um, ", "Be so kind: ", "So: ",
    "I am in a hurry. ", "Listen: ", "A favour: ", "Now then, ",
)  # fmt: skip
BEHIND = (" Thanks!", " Thank you.", " please", " It is urgent.", " asap", " Thanks a lot")
BEFORE_HELD_OUT = ("Good evening. ", "Dear agent: ", "Excuse me, ", "Right, ")

WANT = "The user wants {want}, so I must call {tool} with {args}."


def dressed(template: str, rng: Random, held_out: bool = False) -> str:
    """A request's template with manners, slips and haste; its slots stay."""
    if held_out:
        return rng.choice(BEFORE_HELD_OUT) + template if rng.random() < 0.2 else template
    if rng.random() < 0.22:
        head = rng.choice(BEFORE)
        tame = template[:1] if template[:2].isupper() else template[:1].lower()
        template = head + (tame + template[1:] if head[-2] in ",:e" else template)
    if template[-1] not in "?.!}" and rng.random() < 0.12:
        template += rng.choice(BEHIND)
    if rng.random() < 0.1:
        template = typo(template, rng)
    if rng.random() < 0.15:
        template = lowered(template)
    if rng.random() < 0.12:
        template = template.rstrip("?.!") or template
    return template


def told(arguments: Mapping[str, Any]) -> str:
    """Arguments in a thought: short ones with their value."""
    parts = []
    for name, value in arguments.items():
        text = json.dumps(value, ensure_ascii=False)
        parts.append(f"{name} {text}" if len(text.split()) <= 6 else f"the given {name}")
    return " and ".join(parts) or "no arguments"


def first_thought(want: str, tool: str, arguments: Mapping[str, Any]) -> str:
    """What is wanted, then which tool gives it; at most 22 words.

    Always in the same words: a small model should spend its weights on what to call, not on how
    to say so; and what needs no tool begins with other words than what does.
    """
    args = told(arguments)
    for thought in (
        WANT.format(want=want, tool=tool, args=args),
        f"I must call {tool} with {args}.",
    ):
        if len(thought.split()) <= 22:
            return thought
    return f"The user wants {want}, so I must call {tool}."


def last_thought(facts: tuple[str, ...]) -> str:
    """That the result is enough."""
    shown = ", ".join(fact for fact in facts if len(fact.split()) <= 4)
    if shown:
        return f"The result is {shown}, so I can answer with respond_to_user."
    return "This is done, so I can answer with respond_to_user."
