"""`Agent`: LangChain's `create_agent` over the chat model, told as events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    HumanInTheLoopMiddleware,
    InterruptOnConfig,
)
from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.tools import BaseTool
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from .approval import Approver, Decision, Desk, Proposal, as_resume
from .chat_model import ChatLlamaGBNF
from .errors import RunError
from .events import (
    Answered,
    ApprovalAsked,
    ApprovalGiven,
    Event,
    Notice,
    OnEvent,
    RunStarted,
    ServerStarting,
)
from .llama.narrate import connected
from .middleware import Callbacks, Context, Protocol
from .running import play, told
from .runs import AgentRun
from .tools import as_tools

Ask: TypeAlias = Callable[[Proposal], Awaitable[Decision]]


class Agent:
    """Answers a request in steps; each step calls a tool or gives the answer.

    Args:
        model: the chat model; by default the one at http://localhost:8080.
        tools: functions with docstrings and type hints, or LangChain tools.
        max_steps: the last of them always answers.
        approve: asked before each call: run it, run it with other arguments, or don't. In
            `run` it is called in the caller's thread, so it may ask the user.
    """

    def __init__(
        self,
        model: ChatLlamaGBNF | None = None,
        tools: Sequence[Callable[..., Any] | BaseTool] = (),
        max_steps: int = 8,
        approve: Approver | None = None,
    ) -> None:
        self.model = model or ChatLlamaGBNF()
        self.tools = as_tools(tools)
        self.max_steps = max(1, max_steps)
        self.approve = approve
        middleware: list[AgentMiddleware[Any, Any]] = [Protocol(self.max_steps)]
        if approve is not None:
            asked: dict[str, bool | InterruptOnConfig] = {t.name: True for t in self.tools}
            middleware.insert(0, HumanInTheLoopMiddleware(asked))
        self._middleware = middleware

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
        tell = on_event or (lambda _: None)
        if self.approve is None:
            return play(self.astream(text, history, thread), tell)
        desk = Desk(self.approve)
        items = told(self._happenings(text, history, thread, desk.ask), _result(text))
        return play(items, desk.between(tell))

    def astream(
        self, text: str, history: Sequence[BaseMessage] = (), thread: str = ""
    ) -> AsyncGenerator[Event | AgentRun, None]:
        """The events of a run as they happen, and the `AgentRun` last."""

        ask: Ask | None = None
        if approve := self.approve:

            async def ask(proposal: Proposal) -> Decision:
                return await asyncio.to_thread(approve, proposal)

        return told(self._happenings(text, history, thread, ask), _result(text))

    async def _happenings(
        self, text: str, history: Sequence[BaseMessage], thread: str, ask: Ask | None
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
        context = Context(inbox.put_nowait)
        messages: list[BaseMessage] = [*history, HumanMessage(text)]
        run = asyncio.ensure_future(self._invoked(messages, context, ask))
        run.add_done_callback(lambda _: inbox.put_nowait(None))
        try:
            while (event := await inbox.get()) is not None:
                yield event
            messages = await run
        finally:
            run.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await run
        for event in _ending(messages[-1]):
            yield event
        yield messages

    async def _invoked(
        self, messages: list[BaseMessage], context: Context, ask: Ask | None
    ) -> list[BaseMessage]:
        """The graph's run; where it waits for a decision, somebody is asked."""
        graph: Any = create_agent(
            self.model,
            self.tools,
            middleware=self._middleware,
            context_schema=Context,
            # A run waits where it is interrupted; when it is over, that is forgotten.
            checkpointer=InMemorySaver() if ask else None,
        )
        config = {
            "callbacks": [Callbacks(context.tell)],
            "recursion_limit": 6 * self.max_steps + 6,
            "configurable": {"thread_id": "run"},
        }
        given: Any = {"messages": messages}
        while True:
            state = await graph.ainvoke(given, config=config, context=context)
            interrupts = state.get("__interrupt__")
            if not interrupts or ask is None:
                return list(state["messages"])
            requests = interrupts[0].value["action_requests"]
            given = Command(
                resume={"decisions": [await self._decided(r, context, ask) for r in requests]}
            )

    async def _decided(self, request: Any, context: Context, ask: Ask) -> dict[str, Any]:
        tool = next(tool for tool in self.tools if tool.name == request["name"])
        proposal = Proposal(context.calls, tool, request["args"])
        answer = ask(proposal)
        context.tell(ApprovalAsked(proposal.step, proposal.name, dict(proposal.arguments)))
        decision = await answer
        context.tell(ApprovalGiven(proposal.step, proposal.name, decision.kind, decision.why))
        return as_resume(decision, proposal)


def _result(text: str) -> Callable[[list[BaseMessage], tuple[Event, ...]], AgentRun]:
    def result(messages: list[BaseMessage], events: tuple[Event, ...]) -> AgentRun:
        return AgentRun(text, messages[-1].text, tuple(messages), events)

    return result


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
