"""What an agent can call: functions and LangChain tools, and the built-in `calculate`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from inspect import iscoroutinefunction, signature
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool

from .errors import GbaError, ToolError
from .grammar import Grammar
from .grammar.tools import ANSWER_TOOL
from .results import as_text


def as_tools(things: Sequence[Callable[..., Any] | BaseTool]) -> list[BaseTool]:
    """Functions and LangChain tools as LangChain tools, each name once.

    Raises:
        ToolError: something cannot be offered, with the reason.
    """
    tools = [as_tool(thing) for thing in things]
    names = [tool.name for tool in tools]
    for name in names:
        if names.count(name) > 1:
            raise ToolError(f"Two tools are called {name!r}.", "Give one of them another name.")
    return tools


def as_tool(thing: Callable[..., Any] | BaseTool) -> BaseTool:
    """One function or LangChain tool as a LangChain tool.

    A function needs a docstring (the model reads it) and type hints for its parameters (the
    grammar is built from them).
    """
    tool = thing if isinstance(thing, BaseTool) else _from_function(thing)
    if tool.name == ANSWER_TOOL:
        raise ToolError(
            f"A tool cannot be called {ANSWER_TOOL!r}: that is how the agent answers.",
            "Give it another name.",
        )
    return tool


def _from_function(function: Callable[..., Any]) -> BaseTool:
    name = getattr(function, "__name__", type(function).__name__)
    if not callable(function):
        raise ToolError(f"{name} is not a function.", "Offer a function or a LangChain tool.")
    if not (function.__doc__ or "").strip():
        raise ToolError(
            f"{name} has no docstring, so the model cannot know what it does.",
            "Say in its docstring, in one sentence, what it returns.",
        )
    try:
        parameters = signature(function).parameters.values()
    except (TypeError, ValueError):
        raise ToolError(
            f"{name} does not tell its parameters.", "Wrap it in a function with type hints."
        ) from None
    if bare := [p.name for p in parameters if p.annotation is p.empty]:
        raise ToolError(
            f"{name} has no type hint for {', '.join(bare)}, so there is nothing to constrain.",
            f"Give it one, such as {bare[0]}: str.",
        )
    awaited = iscoroutinefunction(function)
    try:
        tool = StructuredTool.from_function(
            func=None if awaited else _with_value(function),
            coroutine=_with_awaited_value(function) if awaited else None,
            parse_docstring=_has_args(function),
            response_format="content_and_artifact",
        )
        Grammar.from_tools([tool])
    except Exception as error:
        reason = error.what if isinstance(error, GbaError) else " ".join(str(error).split())[:300]
        raise ToolError(
            f"{name} cannot be offered as a tool: {reason}",
            "Give each parameter a type that JSON can express, such as str, int or list[str].",
        ) from error
    return tool


def _with_value(function: Callable[..., Any]) -> Callable[..., tuple[str, Any]]:
    """The function with its result as text, for the model, and as it is, for the reader."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> tuple[str, Any]:
        value = function(*args, **kwargs)
        return as_text(value), value

    return called


def _with_awaited_value(
    function: Callable[..., Awaitable[Any]],
) -> Callable[..., Awaitable[tuple[str, Any]]]:
    @wraps(function)
    async def called(*args: Any, **kwargs: Any) -> tuple[str, Any]:
        value = await function(*args, **kwargs)
        return as_text(value), value

    return called


def _has_args(function: Callable[..., Any]) -> bool:
    return "Args:" in (function.__doc__ or "")
