"""What a step produced, as LangChain's messages and chunks."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.ai import InputTokenDetails, OutputTokenDetails, UsageMetadata
from langchain_core.messages.tool import invalid_tool_call, tool_call
from langchain_core.outputs import ChatGenerationChunk

from .conversation import TURNS, call_text, keep
from .errors import NotSupported
from .events import Event, TextDelta, Timings
from .grammar.tools import ANSWER_TOOL
from .phases import Step


def message_of(step: Step, model: str, url: str) -> AIMessage:
    """The message for a step; without a grammar it is plain text.

    Raises:
        NotSupported: the call is not one that the grammar allows.
    """
    metadata: dict[str, Any] = {
        "model": model,
        "finish_reason": "length" if step.stop == "limit" else "stop",
        "prompt": step.prompt,
        "timings": {phase: vars(t) for phase, t in step.timings.items()},
        TURNS: keep(step.said),
    }
    usage = _usage(step.timings)
    grammar = step.grammar
    if grammar is None:
        return AIMessage(content=step.call, response_metadata=metadata, usage_metadata=usage)
    metadata |= {"gbnf": str(grammar), "not_enforced": [str(n) for n in grammar.not_enforced]}
    content: list[str | dict[str, Any]] = (
        [{"type": "reasoning", "reasoning": step.thought}] if step.thought else []
    )
    message = AIMessage(content=content, response_metadata=metadata, usage_metadata=usage)
    if step.stop == "limit":
        if answer := _begun_answer(step.call):  # cut off like any chat model's answer
            message.content = [*content, {"type": "text", "text": answer}]
            return message
        cut = invalid_tool_call(
            args=step.call, id=_call_id(), error="The call was cut off by the token limit."
        )
        message.invalid_tool_calls = [cut]
        return message
    # Never trust that the server applied the grammar.
    if not grammar.accepts(step.call):
        raise NotSupported(
            f"The server at {url} answered with a call that its grammar does not allow.",
            "Serve the model with a recent llama.cpp (`llama-server`).",
        )
    call = json.loads(step.call)
    if call["tool"] == ANSWER_TOOL:
        content.append({"type": "text", "text": call["arguments"]["answer"]})
        message.content = content
    else:
        message.tool_calls = [tool_call(name=call["tool"], args=call["arguments"], id=_call_id())]
        message.response_metadata["finish_reason"] = "tool_calls"
    return message


_ANSWER_BEGINS = call_text(ANSWER_TOOL, {"answer": ""}).removesuffix('"}}')
_LONGEST_ESCAPE = 12  # characters of a surrogate pair


def _begun_answer(call: str) -> str:
    """The answer in a call that was cut off; "" when it is not the answering tool's."""
    if not call.startswith(_ANSWER_BEGINS):
        return ""
    body = call.removeprefix(_ANSWER_BEGINS)
    for end in range(len(body), max(len(body) - _LONGEST_ESCAPE, 0), -1):
        with suppress(ValueError):
            text = str(json.loads(f'"{body[:end]}"'))
            return text.encode(errors="ignore").decode()  # half a surrogate pair is no text
    return ""


def _call_id() -> str:
    return f"call_{uuid4().hex[:12]}"


def _usage(timings: dict[Any, Timings]) -> UsageMetadata:
    total = sum(timings.values(), Timings())
    prompt = total.cached + total.evaluated
    return UsageMetadata(
        input_tokens=prompt,
        output_tokens=total.generated,
        total_tokens=prompt + total.generated,
        input_token_details=InputTokenDetails(cache_read=total.cached),
        output_token_details=OutputTokenDetails(
            reasoning=timings["reason"].generated if "act" in timings and "reason" in timings else 0
        ),
    )


def chunk_of(item: Event | AIMessage, plain: bool) -> ChatGenerationChunk | None:
    """The chunk to stream for an event or for the final message; None if there is none."""
    if isinstance(item, AIMessage):
        return ChatGenerationChunk(message=_last_chunk(item, plain))
    if isinstance(item, TextDelta) and plain:
        return ChatGenerationChunk(message=AIMessageChunk(content=item.text))
    if isinstance(item, TextDelta) and item.phase == "reason":
        block: dict[str, Any] = {"type": "reasoning", "reasoning": item.text, "index": 0}
        return ChatGenerationChunk(message=AIMessageChunk(content=[block]))
    return None


def _last_chunk(message: AIMessage, plain: bool) -> AIMessageChunk:
    """What the deltas did not bring yet: the call or the answer, and the metadata."""
    text: list[str | dict[str, Any]] = (
        [{"type": "text", "text": message.text, "index": 1}] if message.text else []
    )
    calls: list[tuple[str, str, str | None]] = [
        (c["name"], json.dumps(c["args"]), c["id"]) for c in message.tool_calls
    ]
    calls += [(c["name"] or "", c["args"] or "", c["id"]) for c in message.invalid_tool_calls]
    return AIMessageChunk(
        content="" if plain else text,
        tool_call_chunks=[
            {"name": name, "args": args, "id": id_, "index": i, "type": "tool_call_chunk"}
            for i, (name, args, id_) in enumerate(calls)
        ],
        response_metadata=message.response_metadata,
        usage_metadata=message.usage_metadata,
        chunk_position="last",
    )
