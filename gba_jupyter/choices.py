"""What is offered to the model, and the grammar of what is open to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from .grammar import Grammar
from .grammar.tools import ANSWER
from .prompts import AgentPrompts


def offered(tools: Sequence[dict[str, Any]], prompts: AgentPrompts) -> list[dict[str, Any]]:
    """All that the prompt names: the tools, and the answering tool.

    Args:
        tools: OpenAI-style functions.
        prompts: describes the answering tool.
    """
    answer = {**ANSWER, "description": prompts.answer_tool}
    return [*tools, answer]


@lru_cache(maxsize=64)
def call_grammar(tools: str, choice: str | None, leading_space: bool) -> Grammar:
    """The grammar of one call of the tools, given as JSON so that it can be remembered."""
    return Grammar.from_tools(json.loads(tools), choice=choice, leading_space=leading_space)
