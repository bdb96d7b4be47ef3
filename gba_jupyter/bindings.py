"""What users of LangChain's chat models bind to one, in all spellings, as a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_json_schema

from .errors import GrammarError, OptionError
from .grammar import Grammar
from .grammar.tools import as_function, chosen
from .prompts import AgentPrompts
from .tasks import Reason, Task, call_task, chat_task, form_task

Tool = dict[str, Any] | type | Callable[..., Any] | BaseTool

_MOST_CALLS = 8
"""Calls that may be made at once when several may be."""


def task_for(
    prompts: AgentPrompts,
    reason: Reason,
    tools: Sequence[Tool] = (),
    tool_choice: Any = None,
    parallel_tool_calls: bool | None = None,
    response_format: Any = None,
) -> Task:
    """The task for a call of the model with these arguments.

    Raises:
        OptionError: the choice or the format is none.
        GrammarError: a tool or a schema cannot become a grammar.
    """
    functions = [as_function(tool) for tool in tools]
    choice = choice_name(tool_choice)
    form = form_of(response_format)
    if functions or choice is not None:
        schema = form[0] if form else None
        most = _MOST_CALLS if parallel_tool_calls else 1
        return call_task(prompts, functions, reason, choice, most, schema)
    if form is not None:
        schema, described = form
        return form_task(prompts, schema, reason, described)
    return chat_task(prompts)


def choice_name(choice: Any) -> str | None:
    """A tool choice as `Grammar.from_tools` takes it, from any of its spellings.

    Args:
        choice: None, a word or a name; True (any tool) or False (none of them); or a dict that
            names the tool, as OpenAI and Anthropic have it.
    """
    match choice:
        case None | "":
            return None
        case bool():
            return "any" if choice else "none"
        case str():
            return choice
        case {"function": {"name": str(name)}} | {"name": str(name)}:
            return name
        case {"type": "auto" | "any" | "none" | "required" as word}:
            return str(word)
    raise OptionError(
        f"The tool choice {choice!r} is not understood.",
        'Use "auto", "any", "none", or the name of a tool.',
    )


def form_of(response_format: Any) -> tuple[dict[str, Any], bool] | None:
    """The JSON Schema of an answer, and whether the prompt describes it; None for any text.

    Args:
        response_format: OpenAI's ``{"type": "json_schema", "json_schema": {"schema": …}}``,
            ``{"type": "json_object"}`` or ``{"type": "text"}``; a schema, or a pydantic model.
    """
    match response_format:
        case None | {"type": "text"}:
            return None
        case {"type": "json_object", **rest}:
            schema = rest.get("schema")
            return dict(schema) if isinstance(schema, Mapping) else {"type": "object"}, False
        case {"type": "json_schema", "json_schema": {"schema": schema}}:
            return dict(schema), True
        case Mapping() | type():
            return json_schema(response_format), True
    raise OptionError(
        f"The response format {response_format!r} is not understood.",
        "Use a JSON Schema, a pydantic model, or OpenAI's response_format.",
    )


def json_schema(schema: Any) -> dict[str, Any]:
    """The JSON Schema of a pydantic model, a TypedDict, a function or an OpenAI description."""
    try:
        if hasattr(schema, "model_json_schema"):  # LangChain would write its references out
            found: Mapping[str, Any] = schema.model_json_schema()
        elif isinstance(schema, Mapping) and not ({"name", "function"} & schema.keys()):
            found = schema
        else:
            found = convert_to_json_schema(schema)
    except Exception as error:
        raise GrammarError(
            f"{schema!r} does not describe an answer: {error}.",
            "Use a pydantic model, a TypedDict or a JSON Schema.",
        ) from error
    return dict(found)


def require_enforced(functions: Sequence[dict[str, Any]]) -> None:
    """With ``strict=True`` the grammar has to hold everything that the schemas ask for.

    Raises:
        GrammarError: it does not; names the first thing that it lacks.
    """
    unheld = Grammar.from_tools(functions).not_enforced
    if unheld:
        raise GrammarError(
            f"strict=True asks for more than a grammar can hold. {unheld[0]}",
            "Leave strict out: then the arguments are checked after they are written.",
        )


def checked(tools: Sequence[Tool], tool_choice: Any) -> list[dict[str, Any]]:
    """The tools as functions; a wrong choice is told at once."""
    functions = [as_function(tool) for tool in tools]
    chosen(functions, choice_name(tool_choice))
    return functions
