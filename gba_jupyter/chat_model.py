"""`ChatLlamaGBNF`: a LangChain chat model that reasons freely, then calls under a grammar."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForLLMRun,
    CallbackManagerForLLMRun,
)
from langchain_core.language_models import (
    BaseChatModel,
    LangSmithParams,
    LanguageModelInput,
)
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import ConfigDict, Field, PrivateAttr, SecretStr

from . import background
from .answer_chunks import Chunks
from .bindings import Tool, checked, require_enforced
from .callbacks import atell, tell
from .llama.client import PATIENCE, LlamaServer
from .llama.protocol import Sampling
from .one_step import SETTINGS, one_step
from .prompts import AgentPrompts
from .structured import Method, structured
from .tasks import Reason, Task


class ChatLlamaGBNF(BaseChatModel):
    """A chat model on a llama.cpp server.

    Without tools it chats. With tools each answer has two phases: the model reasons freely,
    then makes exactly one call under a GBNF grammar built from the tools, so that the call
    always parses. The answering tool ``respond_to_user`` is one of the alternatives; taking it
    gives a message without tool calls, which ends LangChain's agent loop.

    ``response_metadata`` of an answer holds ``gbnf``, ``not_enforced``, ``prompt``,
    ``timings`` (by phase), ``model`` and ``finish_reason``, and with the lens on ``lens`` (by
    phase); the reasoning is a standard
    ``reasoning`` content block. Errors are those of `gba_jupyter.errors`.
    """

    base_url: str = "http://localhost:8080"
    api_key: SecretStr | None = None
    reason: Reason = True
    """How phase 1 goes: True or "short" (one sentence), "free", False (not at all), or a function
    of the request (or result) and the number of calls so far that gives the turn which asks the
    model to think. A model that thinks by itself (``<think>``) is left to it, unless False."""
    temperature: float = Field(default=0.0, ge=0.0)
    top_k: int = 40
    top_p: float = 0.95
    repeat_penalty: float | None = None
    """Above 1, small models are kept from repeating themselves; None: 1.1, or 1 where an adapter
    counts, which copies by purpose."""
    seed: int = 0
    adapter: float | None = Field(default=None, ge=0)
    """How strongly the server's LoRA adapter counts, where it has one: 0 switches it off, 1 is
    as it was trained; None: as the server has it."""
    reason_tokens: int | None = Field(default=None, ge=1)
    """Most tokens of the reasoning; None: 128, or 1024 when it is free."""
    max_tokens: int = Field(default=512, ge=1)
    """Most tokens of the call, or of the answer when there are no tools."""
    stop: list[str] = Field(default_factory=list)
    """Texts that end the reasoning, or a free answer; a call ends by its grammar."""
    timeout: float | None = Field(default=None, gt=0)
    """Seconds that a server may be silent before it is given up; None: 300."""
    max_retries: int = Field(default=2, ge=0)
    """How often a request is made again that failed before anything was written."""
    streaming: bool = False
    """Whether `invoke`, too, streams to callbacks."""
    lens: bool = False
    """Whether to tell what the model thought of each token, and what the grammar did about it:
    by `LensRead` events, and as ``lens`` in ``response_metadata``."""
    prompts: AgentPrompts = AgentPrompts()
    chat_template: str | None = None
    """A Jinja text that is used instead of the model's own chat template."""
    # A misspelt setting is told, and so is a wrong one, also with a single call.
    model_config = ConfigDict(extra="forbid", validate_assignment=True)
    _server: LlamaServer | None = PrivateAttr(default=None)

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
            patience = PATIENCE if self.timeout is None else self.timeout
            self._server = LlamaServer(self.base_url, key, patience=patience)
        return self._server

    @property
    def _llm_type(self) -> str:
        return "llama-gbnf"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        # All that changes an answer: LangChain's cache tells models apart by it.
        settings = self.model_dump(include={*SETTINGS, "base_url", "chat_template"})
        return {"prompts": repr(self.prompts), **settings}

    def _get_ls_params(self, stop: list[str] | None = None, **kwargs: Any) -> LangSmithParams:
        known = super()._get_ls_params(stop=stop, **kwargs)
        model = kwargs.get("model") or self.server.model or "llama.cpp"
        return {**known, "ls_provider": "llama.cpp", "ls_model_name": model}

    def bind_tools(
        self,
        tools: Sequence[Tool],
        *,
        tool_choice: str | dict[str, Any] | bool | None = None,
        strict: bool | None = None,
        parallel_tool_calls: bool | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools to the model.

        Args:
            tools: functions, LangChain tools, pydantic models or OpenAI-style dicts.
            tool_choice: "auto" (call or answer), "any" (call), "none" (answer), or the name of
                the tool to call. The grammar is built from just those alternatives.
            strict: True refuses tools of which a grammar cannot hold everything. The grammar
                always holds what it can, and the rest is checked after the call is written.
            parallel_tool_calls: True lets the model make several calls at once; else it is one.
            kwargs: settings for the calls of this binding, such as ``temperature``.

        Raises:
            GrammarError: a tool cannot become a grammar, or not all of it can (`strict`).
            OptionError: the choice is none of the tools.
        """
        functions = checked(tools, tool_choice)
        if strict:
            require_enforced(functions)
        return self.bind(
            tools=functions,
            tool_choice=tool_choice,
            parallel_tool_calls=parallel_tool_calls,
            **kwargs,
        )

    def with_structured_output(
        self,
        schema: dict[str, Any] | type,
        *,
        method: Method = "json_schema",
        include_raw: bool = False,
        strict: bool | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, Any]:
        """A model whose answers are objects of a schema.

        Args:
            schema: a pydantic model, a TypedDict, a JSON Schema or an OpenAI function.
            method: "json_schema": the answer is written under the grammar of the schema, and
                the prompt describes its parts. "function_calling": the same as a call of a tool.
                "json_mode": under the grammar, with no word about it in the prompt.
            include_raw: whether to give a dict of ``raw`` (the message), ``parsed`` and
                ``parsing_error`` instead of raising.
            strict: as for `bind_tools`.
            kwargs: settings for the calls, such as ``temperature``.

        Raises:
            GrammarError: the schema cannot become a grammar.
            OptionError: there is no such method.
        """
        return structured(self, schema, method, include_raw, strict, kwargs)

    @property
    def sampling(self) -> Sampling:
        """How this model draws its tokens."""
        return Sampling(
            temperature=self.temperature,
            top_k=self.top_k,
            top_p=self.top_p,
            repeat_penalty=self.repeat_penalty,
            seed=self.seed,
            lora_scale=self.adapter,
        )

    # -- LangChain's four doors: thin drivers of `one_step` ------------------------------------

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        async with aclosing(one_step(self, messages, stop, **kwargs)) as items:
            async for item in items:
                if isinstance(item, AIMessage):
                    return _result(item)
                if not isinstance(item, Task):
                    await atell(run_manager, item)
        raise AssertionError("a step ends with its message or raises")

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        for item in background.iterate(one_step(self, messages, stop, **kwargs)):
            if isinstance(item, AIMessage):
                return _result(item)
            if not isinstance(item, Task):
                tell(run_manager, item)
        raise AssertionError("a step ends with its message or raises")

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        streamed = Chunks()
        async with aclosing(one_step(self, messages, stop, **kwargs)) as items:
            async for item in items:
                if not isinstance(item, Task | AIMessage):
                    await atell(run_manager, item)
                if chunk := streamed.chunk(item):
                    yield chunk

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        streamed = Chunks()
        for item in background.iterate(one_step(self, messages, stop, **kwargs)):
            if not isinstance(item, Task | AIMessage):
                tell(run_manager, item)
            if chunk := streamed.chunk(item):
                yield chunk


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])
