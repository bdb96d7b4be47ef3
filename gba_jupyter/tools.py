"""What an agent can call: functions and LangChain tools, and the built-in `calculate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import signature
from typing import Annotated, Any

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import Field

from .conversation import ANSWER_TOOL
from .errors import EvaluationError, GbaError, ProgramRefused, ToolError
from .grammar import Grammar
from .symbolic import evaluate
from .symbolic.interpreter import MathInterpreter


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
    bare = [p.name for p in signature(function).parameters.values() if p.annotation is p.empty]
    if bare:
        raise ToolError(
            f"{name} has no type hint for {', '.join(bare)}, so there is nothing to constrain.",
            f"Give it one, such as {bare[0]}: str.",
        )
    try:
        tool = StructuredTool.from_function(function, parse_docstring=_has_args(function))
        Grammar.from_tools([tool])
    except Exception as error:
        reason = error.what if isinstance(error, GbaError) else " ".join(str(error).split())[:300]
        raise ToolError(
            f"{name} cannot be offered as a tool: {reason}",
            "Give each parameter a type that JSON can express, such as str, int or list[str].",
        ) from error
    return tool


def _has_args(function: Callable[..., Any]) -> bool:
    return "Args:" in (function.__doc__ or "")


def calculate_tool(interpreter: Callable[[], MathInterpreter]) -> BaseTool:
    """The built-in `calculate`: an expression is worked out exactly; words go to the code model.

    Args:
        interpreter: gives the interpreter when it is first needed.
    """

    def calculate(
        expression: Annotated[
            str, Field(min_length=1, description="such as (2 * 5) ** 0.8 / 2, or words")
        ],
    ) -> str:
        """Works out a mathematical expression or question exactly."""
        try:
            result = evaluate(expression)
        except ProgramRefused:
            result = interpreter().solve(expression).evaluation
        except EvaluationError as error:
            raise ToolError(error.what, error.fix) from error
        return result.approx or str(result)

    return StructuredTool.from_function(calculate)
