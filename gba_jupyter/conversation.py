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
from .prompts import AgentPrompts, fill

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


def converse(
    messages: Sequence[BaseMessage],
    tools: Sequence[dict[str, Any]],
    prompts: AgentPrompts,
    reason: bool,
    model: str = "",
) -> Conversation:
    """Turn messages into turns.

    Args:
        messages: system messages (kept, after ours), then the conversation.
        tools: OpenAI-style functions, the answering tool included; empty for plain chat.
        prompts: the texts of the protocol.
        reason: whether phase 1 comes next, which decides how the user's turn is put.
        model: name of the model; token ids that another one sampled mean nothing to it.

    Raises:
        PromptError: a message holds something that is not text, or the last word is not the
            user's or a tool's.
    """
    system = [_text(m) for m in messages if isinstance(m, SystemMessage)]
    if tools:
        system.insert(0, fill(prompts.system, TOOLS="\n".join(map(describe, tools))))
    turns = [Turn("system", "\n\n".join(system))] if system else []
    calls = 0
    for message in messages:
        if isinstance(message, SystemMessage):
            continue
        if isinstance(message, AIMessage):
            turns += _said(message, model)
            continue
        if isinstance(message, ToolMessage):
            calls += 1
            template = prompts.reason_next if reason else prompts.result_only
            text = fill(template, NUMBER=str(calls), RESULT=_text(message))
        else:
            calls = 0
            template = prompts.reason_first if reason and tools else prompts.request_only
            text = fill(template, REQUEST=_text(message))
        turns = _user_turn(turns, text)
    if not turns or turns[-1].role != "user":
        raise PromptError(
            "The conversation does not end with a message of the user or the result of a tool.",
            "Put the question last, as a HumanMessage.",
        )
    return Conversation(tuple(turns), calls + 1)


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


def describe(tool: dict[str, Any]) -> str:
    """A tool for the system prompt: its signature, description and parameters."""
    schema = tool.get("parameters") or {}
    properties: dict[str, Any] = schema.get("properties") or {}
    required = set(schema.get("required") or ())
    signature = ", ".join(
        f"{name}: {_type_name(p)}{'' if name in required else ' (optional)'}"
        for name, p in properties.items()
    )
    lines = [f"{tool['name']}({signature}) - {' '.join(str(tool.get('description', '')).split())}"]
    for name, parameter in properties.items():
        if isinstance(parameter, dict) and parameter.get("description"):
            lines.append(f"    {name}: {' '.join(str(parameter['description']).split())}")
    return "\n".join(lines)


def _type_name(schema: Any) -> str:
    if not isinstance(schema, dict):
        return "any"
    if "enum" in schema:
        return " | ".join(json.dumps(v, ensure_ascii=False) for v in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_name(schema.get('items'))}"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(_type_name(s) for s in schema[key])
    kind = schema.get("type", "any")
    return " | ".join(kind) if isinstance(kind, list) else str(kind)


def _text(message: BaseMessage) -> str:
    if isinstance(message.content, str):
        return message.content
    parts: list[str] = []
    for block in message.content:
        if isinstance(block, str):
            parts.append(block)
        elif block.get("type") == "text":
            parts.append(str(block.get("text", "")))
        elif block.get("type") not in ("reasoning", "tool_call"):
            raise PromptError(
                f"A message holds content of type {block.get('type')!r}; only text can be sent.",
                "Describe it in words, or leave it out.",
            )
    return "".join(parts)
