"""`Agent`: LangChain's `create_agent` over the chat model, told as events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.tools import BaseTool
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.types import Command

from .chat_model import EVENT, ChatLlamaGBNF
from .errors import GbaError, RunError
from .events import (
    Answered,
    Event,
    Notice,
    OnEvent,
    RunStarted,
    ServerStarting,
    ToolCalled,
    ToolReturned,
)
from .grammar.tools import ANSWER_TOOL
from .llama.narrate import connected
from .running import play, told
from .runs import AgentRun
from .tools import as_tools

_RESULT_CHARACTERS = 4000  # of a tool's result that the model sees


@dataclass
class _Context:
    """What one run hands to our middleware."""

    tell: Callable[[Event], None]
    calls: int = 0  # of the model in this run


class _Protocol(AgentMiddleware[Any, _Context]):
    """Counts steps, makes the last one an answer, and turns tools' faults into results."""

    def __init__(self, max_steps: int) -> None:
        super().__init__()
        self._max_steps = max_steps

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        context = cast(_Context, request.runtime.context)
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
            context.tell(Notice("The call was cut off by the token limit; another is asked for."))
            messages += [message, _cut_off(message)]

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        context = cast(_Context, request.runtime.context)
        name = request.tool_call["name"]
        context.tell(ToolCalled(context.calls, name, dict(request.tool_call["args"])))
        try:
            result = await handler(request)
        except Exception as error:  # the model's mistake or the tool's: the model sees it
            what = error.what if isinstance(error, GbaError) else f"{type(error).__name__}: {error}"
            result = ToolMessage(
                _bounded(f"error: {what}"),
                name=name,
                tool_call_id=request.tool_call["id"] or "",
                status="error",
            )
        if isinstance(result, ToolMessage):
            result.content = _bounded(result.text)
            failed = result.status == "error"
            context.tell(ToolReturned(context.calls, name, result.text, failed))
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


def _cut_off(message: AIMessage) -> ToolMessage:
    call = message.invalid_tool_calls[0]
    return ToolMessage(
        "error: the call was too long and was cut off. Make a shorter one.",
        tool_call_id=call["id"] or "",
        status="error",
    )


def _bounded(text: str) -> str:
    more = len(text) - _RESULT_CHARACTERS
    return text if more <= 0 else f"{text[:_RESULT_CHARACTERS]} … ({more} characters more)"


class _Callbacks(AsyncCallbackHandler):
    """Passes the chat model's events on, in their order."""

    run_inline = True

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    async def on_custom_event(
        self, name: str, data: Any, *, metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        # A tool may use a model of its own: that is not this run's story.
        inside = str((metadata or {}).get("langgraph_checkpoint_ns", ""))
        if name == EVENT and inside.startswith("model:") and "|" not in inside:
            self._tell(data)


class Agent:
    """Answers a request in steps; each step calls a tool or gives the answer.

    Args:
        model: the chat model; by default the one at http://localhost:8080.
        tools: functions with docstrings and type hints, or LangChain tools.
        max_steps: the last of them always answers.
    """

    def __init__(
        self,
        model: ChatLlamaGBNF | None = None,
        tools: Sequence[Callable[..., Any] | BaseTool] = (),
        max_steps: int = 8,
    ) -> None:
        self.model = model or ChatLlamaGBNF()
        self.tools = as_tools(tools)
        self.max_steps = max(1, max_steps)
        self._graph: Any = create_agent(
            self.model,
            self.tools,
            middleware=[_Protocol(self.max_steps)],
            context_schema=_Context,
        )

    def run(
        self,
        text: str,
        on_event: OnEvent | None = None,
        history: Sequence[BaseMessage] = (),
        thread: str = "",
    ) -> AgentRun:
        """Answer a request.

        Args:
            text: the request.
            on_event: called in this thread with each event as it happens.
            history: messages of earlier runs that this one goes on from.
            thread: name of the conversation, for the record.

        Raises:
            Interrupted: the user pressed stop; the server stops generating too.
            ServerError: the server failed; what was told before stays told.
            RunError: the answer was cut off before it began, or the run broke down.
        """
        return play(self.astream(text, history, thread), on_event)

    def astream(
        self, text: str, history: Sequence[BaseMessage] = (), thread: str = ""
    ) -> AsyncGenerator[Event | AgentRun, None]:
        """The events of a run as they happen, and the `AgentRun` last."""

        def result(messages: list[BaseMessage], events: tuple[Event, ...]) -> AgentRun:
            return AgentRun(text, messages[-1].text, tuple(messages), events)

        return told(self._happenings(text, history, thread), result)

    async def _happenings(
        self, text: str, history: Sequence[BaseMessage], thread: str
    ) -> AsyncGenerator[Event | list[BaseMessage], None]:
        """The events of the graph's run, and its messages last."""
        server = self.model.server
        async for news in connected(server):
            if isinstance(news, ServerStarting):
                yield news
            else:
                props = news
        names = tuple(tool.name for tool in self.tools)
        yield RunStarted("agent", text, props.model, server.base_url, names, thread)
        inbox: asyncio.Queue[Event | None] = asyncio.Queue()
        run = asyncio.ensure_future(
            self._graph.ainvoke(
                {"messages": [*history, HumanMessage(text)]},
                config={
                    "callbacks": [_Callbacks(inbox.put_nowait)],
                    "recursion_limit": 4 * self.max_steps + 4,
                },
                context=_Context(inbox.put_nowait),
            )
        )
        run.add_done_callback(lambda _: inbox.put_nowait(None))
        try:
            while (event := await inbox.get()) is not None:
                yield event
            messages: list[BaseMessage] = (await run)["messages"]
        finally:
            run.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await run
        for event in _ending(messages[-1]):
            yield event
        yield messages


def _ending(last: BaseMessage) -> list[Event]:
    """The answer as events."""
    if not last.text:
        raise RunError(
            "The model's answer was cut off by the token limit before it began.",
            "Raise the limit with `--max-tokens N`.",
        )
    cut = last.response_metadata.get("finish_reason") == "length"
    notice = Notice("The answer was cut off; raise the limit with `--max-tokens N`.")
    return [*([notice] if cut else []), Answered(last.text)]
