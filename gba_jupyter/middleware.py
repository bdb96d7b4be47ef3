"""What our protocol adds to LangChain's agent: counted steps, a last one that answers, faults told.

The middleware and the callbacks turn what the graph does into events.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    InvalidToolCall,
    ToolMessage,
)
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.types import Command

from .callbacks import EVENT, NEWS
from .errors import GbaError
from .events import Event, Notice, ToolCalled, ToolReturned
from .grammar.tools import ANSWER_TOOL
from .results import bounded


@dataclass
class Context:
    """What one run hands to our middleware."""

    tell: Callable[[Event], None]
    calls: int = 0  # of the model in this run


class Protocol(AgentMiddleware[Any, Context]):
    """Counts steps, makes the last one an answer, and turns tools' faults into results."""

    def __init__(self, max_steps: int) -> None:
        super().__init__()
        self._max_steps = max_steps

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """One step of the model; the last one, or one that goes in circles, must answer."""
        context = cast(Context, request.runtime.context)
        messages = list(request.messages)
        while True:
            context.calls += 1
            repeated = _is_repeated(messages)
            if repeated:
                context.tell(Notice("The same call was made twice, so now it must answer."))
            last = repeated or context.calls >= self._max_steps
            choice = ANSWER_TOOL if last else request.tool_choice
            settings = {**request.model_settings, "step": context.calls}
            response = await handler(
                request.override(messages=messages, tool_choice=choice, model_settings=settings)
            )
            message = response.result[-1]
            if last or not (isinstance(message, AIMessage) and message.invalid_tool_calls):
                return response
            # The model's mistake: it sees it and goes on.
            for call in message.invalid_tool_calls:
                context.tell(Notice(f"{call['error']} So another is asked for."))
            messages += [message, *[_invalid(call) for call in message.invalid_tool_calls]]

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """One call of a tool, told; what it raises becomes its result."""
        context = cast(Context, request.runtime.context)
        name = request.tool_call["name"]
        context.tell(ToolCalled(context.calls, name, dict(request.tool_call["args"])))
        try:
            result = await handler(request)
        except Exception as error:  # the model's mistake or the tool's: the model sees it
            what = error.what if isinstance(error, GbaError) else f"{type(error).__name__}: {error}"
            result = ToolMessage(
                bounded(f"error: {what}"),
                name=name,
                tool_call_id=request.tool_call["id"] or "",
                status="error",
            )
        if isinstance(result, ToolMessage):
            result.content = bounded(result.text)
            failed = result.status == "error"
            shown, result.artifact = result.artifact, None  # for the reader, not for the memory
            context.tell(ToolReturned(context.calls, name, result.text, failed, shown))
        return result


def _is_repeated(messages: Sequence[BaseMessage]) -> bool:
    """Whether the last two calls of this run are the same: a third would be, too."""
    calls: list[object] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            calls.clear()
        elif isinstance(message, AIMessage):
            calls += [(call["name"], call["args"]) for call in message.tool_calls]
    return len(calls) > 1 and calls[-1] == calls[-2]


def _invalid(call: InvalidToolCall) -> ToolMessage:
    """What the model is told of a call that cannot be made."""
    fix = "Make a shorter call." if call["name"] is None else f"Correct the call of {call['name']}."
    return ToolMessage(
        f"error: {call['error']} {fix}", tool_call_id=call["id"] or "", status="error"
    )


class Callbacks(AsyncCallbackHandler):
    """Passes the chat model's events on, in their order."""

    run_inline = True

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    async def on_custom_event(
        self, name: str, data: Any, *, metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """LangChain's hook for our events."""
        # A tool may use a model of its own: that is not this run's story.
        inside = str((metadata or {}).get("langgraph_checkpoint_ns", ""))
        own = name == EVENT and inside.startswith("model:") and "|" not in inside
        if own or name == NEWS:
            self._tell(data)
