"""Tools to the grammar of tool calls: ``{"tool":"NAME","arguments":{…}}``."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import GrammarError, OptionError
from .lint import MAX_COUNT
from .nodes import Literal, Node, alt, optional, repeat, seq
from .rules import Rules
from .schema.converter import Converter
from .schema.json_rules import factored, json_text
from .schema.place import NotEnforced, rule_name

ANSWER_TOOL = "respond_to_user"
"""Name of the call that answers the user instead of calling a tool."""
ANSWER: dict[str, Any] = {
    "name": ANSWER_TOOL,
    "description": "",
    "parameters": {
        "type": "object",
        "properties": {"answer": {"type": "string", "minLength": 1}},
        "required": ["answer"],
    },
}
"""The answering tool, as `as_function` gives functions."""

_NO_PARAMETERS: Mapping[str, Any] = {"type": "object", "properties": {}}


def tools_to_rules(
    tools: Iterable[Any],
    choice: str | None = None,
    *,
    most_calls: int = 1,
    leading_space: bool = False,
) -> tuple[Rules, tuple[NotEnforced, ...]]:
    """The grammar of a call of the tools, and what it does not enforce.

    Args:
        tools: OpenAI tool descriptions, or whatever LangChain can turn into one.
        choice: which of them are open; see `chosen`.
        most_calls: with more than 1, a JSON array of 1 to so many calls. An answer to the user
            stays alone, outside of an array.
        leading_space: whether one space may come first. A prompt must not end in a space, so
            the space that a model likes to write there belongs to the grammar.

    Raises:
        GrammarError: no tools, two of one name, or parameters that cannot become a grammar.
        OptionError: the choice is no tool's name, or the number of calls makes no sense.
    """
    if not 1 <= most_calls <= MAX_COUNT:
        raise OptionError(
            f"most_calls is {most_calls!r}.", f"Choose a whole number from 1 to {MAX_COUNT}."
        )
    converter = Converter(closed=True)
    calls: dict[str, Node] = {}
    for function in chosen(_functions(tools), choice):
        name = function["name"]
        if name in calls:
            raise GrammarError(f"Two tools are named {name!r}.", "Rename one of them.")
        base = f"{rule_name(name)}-args"
        calls[name] = converter.top(function["parameters"], label=name, name=base)
    if not calls:
        raise GrammarError("There are no tools to call.", "Offer at least one tool.")
    node = _call(calls) if most_calls == 1 else _calls(calls, most_calls, converter)
    converter.start(seq(optional(Literal(" ")), node) if leading_space else node)
    return converter.rules(), tuple(converter.not_enforced)


def chosen(functions: Iterable[dict[str, Any]], choice: str | None) -> list[dict[str, Any]]:
    """The functions that a choice leaves open.

    Args:
        functions: as `as_function` gives them; `ANSWER_TOOL` may be among them.
        choice: None (all that are given), "auto" (these and answering the user), "any" (all
            but answering), "none" (only answering), or the name of the one to call.

    Raises:
        OptionError: there is no function of that name.
    """
    given = list(functions)
    others = [each for each in given if each["name"] != ANSWER_TOOL]
    answer = [each for each in given if each["name"] == ANSWER_TOOL] or [ANSWER]
    match choice:
        case None:
            return given
        case "auto":
            return [*others, *answer]
        case "any" | "required":
            return others
        case "none":
            return answer
        case name:
            if named := [each for each in [*others, *answer] if each["name"] == name]:
                return named
            known = ", ".join([str(each["name"]) for each in [*others, *answer]])
            raise OptionError(
                f"The tool choice names {name!r}, and there is no such tool.",
                f"Choose one of {known}, auto, any or none.",
            )


def _functions(tools: Iterable[Any]) -> list[dict[str, Any]]:
    if isinstance(tools, Mapping | str | type) or not isinstance(tools, Iterable):
        raise GrammarError(
            f"The tools are not a list: {reprlib.repr(tools)}.", "Put them into one: [tool]."
        )
    return [as_function(tool) for tool in tools]


def _call(calls: Mapping[str, Node]) -> Node:
    """One call of one of the tools, given the rules of their arguments."""
    endings = [
        (json_text(name)[1:], seq(Literal(',"arguments":'), args)) for name, args in calls.items()
    ]
    return seq(Literal('{"tool":"'), factored(endings), Literal("}"))


def _calls(calls: Mapping[str, Node], most: int, converter: Converter) -> Node:
    """An array of calls; or an answer, which ends the conversation, and so stays alone."""
    answer = {name: args for name, args in calls.items() if name == ANSWER_TOOL}
    others = {name: args for name, args in calls.items() if name != ANSWER_TOOL}
    options = [_call(answer)] if answer else []
    if others:
        call = converter.add("call", _call(others), "#")
        more = repeat(seq(Literal(","), call), 0, most - 1)
        options.append(seq(Literal("["), call, more, Literal("]")))
    return alt(*options)


def as_function(tool: Any) -> dict[str, Any]:
    """A tool as an OpenAI-style function: its ``name``, ``description`` and ``parameters``.

    Args:
        tool: a description with or without the ``function`` wrapper, a LangChain tool, a pydantic
            model, or a function with type hints.

    Raises:
        GrammarError: it is none of these, or its parameters do not describe an object.
    """
    if isinstance(tool, str):
        raise GrammarError(
            f"{reprlib.repr(tool)} is a text, not a tool.", "Offer the function itself."
        )
    function = tool.get("function", tool) if isinstance(tool, Mapping) else None
    if not isinstance(function, Mapping) or "name" not in function or "input_schema" in function:
        function = _converted(tool)
    name = function.get("name")
    if not isinstance(name, str) or not name:
        raise GrammarError(f"A tool has no name: {reprlib.repr(tool)}.", "Give it a `name`.")
    parameters = function.get("parameters")
    if parameters is None:
        parameters = _NO_PARAMETERS
    elif not isinstance(parameters, Mapping) or parameters.get("type", "object") != "object":
        raise GrammarError(
            f"The parameters of the tool {name} do not describe a JSON object.",
            "Describe them as {'type': 'object', 'properties': {…}}.",
        )
    elif "$ref" not in parameters:
        # Arguments are always an object, whether or not the description says so.
        parameters = {**_NO_PARAMETERS, **parameters}
    description = str(function.get("description") or "")
    return {"name": name, "description": description, "parameters": dict(parameters)}


def _converted(tool: Any) -> Mapping[str, Any]:
    """Name, description and parameters of what is no such description yet."""
    from langchain_core.utils.function_calling import convert_to_openai_tool

    try:
        # LangChain writes references out, and recursive models lose their meaning.
        if isinstance(tool, type) and hasattr(tool, "model_json_schema"):
            schema = tool.model_json_schema()
            about = schema.get("description")
            return {"name": tool.__name__, "description": about, "parameters": schema}
        schema = getattr(tool, "tool_call_schema", None)
        if schema is not None and hasattr(schema, "model_json_schema"):
            parameters = schema.model_json_schema()
            return {"name": tool.name, "description": tool.description, "parameters": parameters}
        function: Mapping[str, Any] = convert_to_openai_tool(tool)["function"]
    except Exception as error:
        raise GrammarError(
            f"This cannot be offered as a tool: {reprlib.repr(tool)} ({error}).",
            "Use a function with type hints and a docstring, a LangChain tool, or a description.",
        ) from error
    return function
