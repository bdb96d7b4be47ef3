"""Which calls are open to the model, and the grammar of just these."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from .conversation import ANSWER_TOOL
from .errors import OptionError
from .grammar import Grammar
from .prompts import AgentPrompts


def offered(tools: Sequence[dict[str, Any]], prompts: AgentPrompts) -> list[dict[str, Any]]:
    """All that the prompt names: the tools, and the answering tool.

    Args:
        tools: OpenAI-style functions.
        prompts: describes the answering tool.
    """
    answer = {
        "name": ANSWER_TOOL,
        "description": prompts.answer_tool,
        "parameters": {
            "type": "object",
            "properties": {"answer": {"type": "string", "minLength": 1}},
            "required": ["answer"],
        },
    }
    return [*tools, answer]


def chosen(offers: Sequence[dict[str, Any]], choice: str | None) -> list[dict[str, Any]]:
    """The alternatives that the grammar allows.

    Args:
        offers: the tools, the answering tool last.
        choice: "auto" or None (any of them), "any" (not the answering tool), "none" (only that),
            or a name.

    Raises:
        OptionError: there is no tool of that name.
    """
    match choice:
        case None | "auto":
            return list(offers)
        case "any" | "required":
            return list(offers[:-1])
        case "none":
            return [offers[-1]]
        case name:
            named = [tool for tool in offers if tool["name"] == name]
            if not named:
                known = ", ".join(tool["name"] for tool in offers)
                raise OptionError(
                    f"tool_choice names {name!r}, and there is no such tool.",
                    f"Choose one of {known}, auto, any or none.",
                )
            return named


@lru_cache(maxsize=64)
def call_grammar(tools: str, leading_space: bool) -> Grammar:
    """The grammar of one call of the tools, given as JSON so that it can be remembered."""
    return Grammar.from_tools(json.loads(tools), leading_space=leading_space)
