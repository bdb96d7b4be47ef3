"""LangChain's messages as the turns of the two-phase protocol.

One message of the agent stands for up to three turns: its reasoning, our request to make the
call, and the call. They travel with the message, ids and all, so the next prompt begins with
exactly what the server has seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    SystemMessage,
    ToolMessage,
)

from .errors import PromptError
from .llama.transcript import Turn
from .tasks import Task

# Blocks of other models' messages: their calls come as `tool_calls`, and thoughts are not kept.
_SAID_ELSEWHERE = {"reasoning", "thinking", "tool_call", "tool_use", "invalid_tool_call"}
TURNS = "gba_turns"  # key in AIMessage.response_metadata


@dataclass(frozen=True)
class Conversation:
    """What the model is shown, and where it stands.

    Attributes:
        turns: ends with the user's turn.
        step: which step of the run comes now, from 1.
    """

    turns: tuple[Turn, ...]
    step: int


def converse(messages: Sequence[BaseMessage], task: Task, model: str = "") -> Conversation:
    """Turn messages into turns.

    Args:
        messages: system messages (kept, after ours), then the conversation.
        task: how the user's turns are put.
        model: name of the model; token ids that another one sampled mean nothing to it.

    Raises:
        PromptError: a message holds something that is not text, or the last word is not the
            user's or a tool's.
    """
    system = [task.system] if task.system else []
    system += [text for m in messages if isinstance(m, SystemMessage) and (text := _text(m))]
    turns = [Turn("system", "\n\n".join(system))] if system else []
    calls = 0
    for message in messages:
        if isinstance(message, SystemMessage):
            continue
        if isinstance(message, AIMessage):
            said = _said(message, model)
            if said[0].role == "user" and turns and turns[-1].role == "user":
                turns.pop()  # it was put in other words then
            turns += said
            continue
        if isinstance(message, ToolMessage):
            calls += 1
            text = task.result(calls, _result_text(message))
        else:
            calls = 0
            text = task.request(_text(message))
        turns = _user_turn(turns, text)
    if not turns or turns[-1].role != "user":
        raise PromptError(
            "The conversation does not end with a message of the user or the result of a tool.",
            "Put the question last, as a HumanMessage.",
        )
    return Conversation(tuple(turns), calls + 1)


def _result_text(message: ToolMessage) -> str:
    text = _text(message)
    failed = message.status == "error" and not text.lower().startswith("error")
    return f"error: {text}" if failed else text


def _user_turn(turns: list[Turn], text: str) -> list[Turn]:
    if turns and turns[-1].role == "user":  # templates want the roles to alternate
        return [*turns[:-1], Turn("user", f"{turns[-1].text}\n\n{text}")]
    return [*turns, Turn("user", text)]


def _said(message: AIMessage, model: str) -> list[Turn]:
    kept = message.response_metadata.get(TURNS)
    if kept:
        same = message.response_metadata.get("model") == model
        return [Turn(r, text, tuple(ids) if same and ids else None) for r, text, ids in kept]
    calls = [call_text(c["name"], c["args"]) for c in message.tool_calls]
    text = "\n".join(part for part in (_text(message), *calls) if part)
    return [Turn("assistant", text)]


def keep(turns: Sequence[Turn]) -> list[list[Any]]:
    """The turns as plain values, for `AIMessage.response_metadata`."""
    return [[t.role, t.text, None if t.tokens is None else list(t.tokens)] for t in turns]


def call_text(name: str, arguments: dict[str, Any]) -> str:
    """A tool call as the compact JSON that the grammar allows."""
    call = {"tool": name, "arguments": arguments}
    return json.dumps(call, ensure_ascii=False, separators=(",", ":"))


def _text(message: BaseMessage) -> str:
    if isinstance(message.content, str):
        return message.content
    parts: list[str] = []
    for block in message.content:
        if isinstance(block, str):
            parts.append(block)
        elif block.get("type") == "text":
            parts.append(str(block.get("text", "")))
        elif block.get("type") not in _SAID_ELSEWHERE:
            raise PromptError(
                f"A message holds content of type {block.get('type')!r}; only text can be sent.",
                "Describe it in words, or leave it out.",
            )
    return "".join(parts)
