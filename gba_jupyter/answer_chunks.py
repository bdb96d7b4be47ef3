"""A step as it happens, as LangChain's chunks."""

from __future__ import annotations

import json
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.tool import ToolCallChunk
from langchain_core.outputs import ChatGenerationChunk

from .events import Event, TextDelta
from .tasks import FORM, Task


class Chunks:
    """Turns what one step yields into chunks that add up to its message."""

    def __init__(self) -> None:
        self._in_blocks = False  # else the content is one text
        self._is_told = True  # what the last phase writes is the answer itself
        self._begun = False

    def chunk(self, item: Task | Event | AIMessage) -> ChatGenerationChunk | None:
        """The chunk for what came, if there is one."""
        match item:
            case Task():
                self._in_blocks = item.reason
                self._is_told = item.grammar is None or FORM in item.schemas
                return None
            case AIMessage():
                return ChatGenerationChunk(message=self._last(item))
            case TextDelta(_, phase, text):
                content = self._content(phase, text)
                if not content:
                    return None
                return ChatGenerationChunk(message=AIMessageChunk(content=content))
            case _:
                return None

    def _content(self, phase: str, text: str) -> str | list[str | dict[str, Any]]:
        reasons = self._in_blocks and phase == "reason"
        if not reasons and not self._is_told:
            return ""
        if not self._begun and not reasons:
            text = text.lstrip()  # the message has none in front either
            self._begun = bool(text)
        if not text or not self._in_blocks:
            return text
        if reasons:
            return [{"type": "reasoning", "reasoning": text, "index": 0}]
        return [{"type": "text", "text": text, "index": 1}]

    def _last(self, message: AIMessage) -> AIMessageChunk:
        """What the deltas did not bring yet: the call or the answer, and the metadata."""
        text: str | list[str | dict[str, Any]] = "" if self._is_told else message.text
        if text and self._in_blocks:
            text = [{"type": "text", "text": text, "index": 1}]
        made = [(c["name"], json.dumps(c["args"]), c["id"]) for c in message.tool_calls]
        wrong = [(c["name"], c["args"], c["id"]) for c in message.invalid_tool_calls]
        return AIMessageChunk(
            content=text,
            tool_call_chunks=[
                ToolCallChunk(name=name, args=args, id=id_, index=at, type="tool_call_chunk")
                for at, (name, args, id_) in enumerate([*made, *wrong])
            ],
            response_metadata=message.response_metadata,
            usage_metadata=message.usage_metadata,
            chunk_position="last",
        )
