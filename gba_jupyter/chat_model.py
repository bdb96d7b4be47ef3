"""`ChatLlamaGBNF`: a LangChain chat model that reasons freely, then calls under a grammar."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForLLMRun,
    CallbackManagerForLLMRun,
)
from langchain_core.callbacks.manager import ahandle_event, handle_event
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict, Field, PrivateAttr, SecretStr

from . import background
from .answers import chunk_of, message_of
from .choices import call_grammar, offered
from .conversation import converse
from .errors import OptionError
from .events import Event
from .grammar.tools import as_function, chosen
from .llama.client import LlamaServer
from .llama.protocol import Sampling
from .llama.transcript import Transcriber
from .phases import Limits, Step, drive, plain_chat, two_phases
from .prompts import AgentPrompts

EVENT = "gba_jupyter"
"""Name under which our events reach LangChain's callbacks (``on_custom_event``)."""

_IDENTITY = {
    "base_url",
    "reason",
    "temperature",
    "top_k",
    "top_p",
    "repeat_penalty",
    "seed",
    "reason_tokens",
    "max_tokens",
}

Tool = dict[str, Any] | type | Callable[..., Any] | BaseTool


class ChatLlamaGBNF(BaseChatModel):
    """A chat model on a llama.cpp server.

    Without tools it chats. With tools each answer has two phases: the model reasons freely,
    then makes exactly one call under a GBNF grammar built from the tools, so that the call
    always parses. The answering tool ``respond_to_user`` is one of the alternatives; taking it
    gives a message without tool calls, which ends LangChain's agent loop.

    ``response_metadata`` of an answer holds ``gbnf``, ``not_enforced``, ``prompt``,
    ``timings`` (by phase), ``model`` and ``finish_reason``; the reasoning is a standard
    ``reasoning`` content block. Errors are those of `gba_jupyter.errors`.
    """

    base_url: str = "http://localhost:8080"
    api_key: SecretStr | None = None
    reason: bool = True
    """Whether phase 1 runs."""
    temperature: float = Field(default=0.0, ge=0.0)
    top_k: int = 40
    top_p: float = 0.95
    repeat_penalty: float = 1.1
    """Above 1, small models are kept from repeating themselves."""
    seed: int = 0
    reason_tokens: int = Field(default=128, ge=1)
    """Most tokens of the reasoning."""
    max_tokens: int = Field(default=512, ge=1)
    """Most tokens of the call, or of the answer when there are no tools."""
    prompts: AgentPrompts = AgentPrompts()
    model_config = ConfigDict(extra="forbid")  # a misspelt setting is told
    _server: LlamaServer | None = PrivateAttr(default=None)
    _transcriber: Transcriber | None = PrivateAttr(default=None)

    @classmethod
    def on(cls, server: LlamaServer, **settings: Any) -> ChatLlamaGBNF:
        """A model on a server that is at hand, sharing its connections and slots."""
        model = cls(base_url=server.base_url, **settings)
        model._server = server
        return model

    @property
    def server(self) -> LlamaServer:
        """The client that this model talks through."""
        if self._server is None:
            key = self.api_key.get_secret_value() if self.api_key else None
            self._server = LlamaServer(self.base_url, key)
        return self._server

    @property
    def _llm_type(self) -> str:
        return "llama-gbnf"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        # All that changes an answer: LangChain's cache tells models apart by it.
        return {"prompts": repr(self.prompts), **self.model_dump(include=_IDENTITY)}

    def bind_tools(
        self,
        tools: Sequence[Tool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools to the model.

        Args:
            tools: functions, LangChain tools, pydantic models or OpenAI-style dicts.
            tool_choice: "auto" (call or answer), "any" (call), "none" (answer), or the name of
                the tool to call. The grammar is built from just those alternatives.
            kwargs: passed on to `bind`.
        """
        functions = [as_function(tool) for tool in tools]
        chosen(offered(functions, self.prompts), tool_choice)  # a wrong name is told now
        return self.bind(tools=functions, tool_choice=tool_choice, **kwargs)

    # -- one step -------------------------------------------------------------------------

    async def _step(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        tools: Sequence[dict[str, Any]] | None = None,
        tool_choice: str | None = None,
        step: int | None = None,
        **unknown: Any,
    ) -> AsyncGenerator[Event | AIMessage, None]:
        """Events as they happen, and the message last."""
        if unknown:
            raise OptionError(
                f"This model takes no argument {', '.join(unknown)}.",
                "Set temperature, seed, max_tokens and the like where the model is made.",
            )
        if self._transcriber is None:
            self._transcriber = Transcriber(self.server)
        props = await self.server.aconnect()
        # The prompt names all tools, whatever the choice: it begins the same in every step.
        offers = offered(tools or (), self.prompts) if tools or tool_choice else []
        conversation = converse(messages, offers, self.prompts, self.reason, props.model)
        limits = Limits(self.reason_tokens, self.max_tokens)
        stops = tuple(stop or ())
        if offers:
            machine = two_phases(
                conversation.turns,
                partial(call_grammar, json.dumps(offers), tool_choice),
                self.prompts.act,
                limits,
                self.reason,
                stops,
            )
        else:
            machine = plain_chat(conversation.turns, limits, stops)
        number = step or conversation.step
        run = drive(machine, self.server, self._transcriber, self.sampling, number)
        async with aclosing(run):
            async for item in run:
                if isinstance(item, Step):
                    yield message_of(item, props.model, self.base_url)
                else:
                    yield item

    @property
    def sampling(self) -> Sampling:
        """How this model draws its tokens."""
        return Sampling(
            temperature=self.temperature,
            top_k=self.top_k,
            top_p=self.top_p,
            repeat_penalty=self.repeat_penalty,
            seed=self.seed,
        )

    # -- LangChain's four doors: thin drivers of `_step` ------------------------------------

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        async with aclosing(self._step(messages, stop, **kwargs)) as items:
            async for item in items:
                if isinstance(item, AIMessage):
                    return _result(item)
                await _atell(run_manager, item)
        raise AssertionError("a step ends with its message or raises")

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        for item in background.iterate(self._step(messages, stop, **kwargs)):
            if isinstance(item, AIMessage):
                return _result(item)
            _tell(run_manager, item)
        raise AssertionError("a step ends with its message or raises")

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        plain = not (kwargs.get("tools") or kwargs.get("tool_choice"))
        async with aclosing(self._step(messages, stop, **kwargs)) as items:
            async for item in items:
                if not isinstance(item, AIMessage):
                    await _atell(run_manager, item)
                if chunk := chunk_of(item, plain):
                    yield chunk

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        plain = not (kwargs.get("tools") or kwargs.get("tool_choice"))
        for item in background.iterate(self._step(messages, stop, **kwargs)):
            if not isinstance(item, AIMessage):
                _tell(run_manager, item)
            if chunk := chunk_of(item, plain):
                yield chunk


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])


def _tell(run: CallbackManagerForLLMRun | None, event: Event) -> None:
    if run is not None:
        handle_event(
            run.handlers, "on_custom_event", "ignore_custom_event", EVENT, event, **_origin(run)
        )


async def _atell(run: AsyncCallbackManagerForLLMRun | None, event: Event) -> None:
    if run is not None:
        await ahandle_event(
            run.handlers, "on_custom_event", "ignore_custom_event", EVENT, event, **_origin(run)
        )


def _origin(run: CallbackManagerForLLMRun | AsyncCallbackManagerForLLMRun) -> dict[str, Any]:
    return {"run_id": run.run_id, "tags": run.tags, "metadata": run.metadata}
