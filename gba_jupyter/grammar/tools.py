"""Tools to the grammar of one tool call: ``{"tool":"NAME","arguments":{…}}``."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import GrammarError
from .json_rules import factored, json_text
from .nodes import Literal, Node, optional, seq
from .place import NotEnforced, rule_name
from .rules import Rules
from .schema import Converter

_NO_PARAMETERS: Mapping[str, Any] = {"type": "object", "properties": {}}


def tools_to_rules(
    tools: Iterable[Any], *, leading_space: bool = False
) -> tuple[Rules, tuple[NotEnforced, ...]]:
    """The grammar of one call of any of the tools, and what it does not enforce.

    Args:
        tools: OpenAI tool descriptions, or whatever LangChain can turn into one.
        leading_space: whether one space may come first. A prompt must not end in a space, so
            the space that a model likes to write there belongs to the grammar.

    Raises:
        GrammarError: no tools, two of one name, or parameters that cannot become a grammar.
    """
    converter = Converter(closed=True)
    calls: dict[str, Node] = {}
    for tool in tools:
        function = as_function(tool)
        name, parameters = function["name"], function["parameters"]
        if name in calls:
            raise GrammarError(f"Two tools are named {name!r}.", "Rename one of them.")
        base = f"{rule_name(name)}-args"
        calls[name] = converter.top(parameters, label=name, name=base)
    if not calls:
        raise GrammarError("There are no tools to call.", "Offer at least one tool.")
    endings = [
        (json_text(name)[1:], seq(Literal(',"arguments":'), args)) for name, args in calls.items()
    ]
    call = seq(Literal('{"tool":"'), factored(endings), Literal("}"))
    converter.start(seq(optional(Literal(" ")), call) if leading_space else call)
    return converter.rules(), tuple(converter.not_enforced)


def as_function(tool: Any) -> dict[str, Any]:
    """A tool as an OpenAI-style function: its ``name``, ``description`` and ``parameters``.

    Args:
        tool: a description with or without the ``function`` wrapper, a LangChain tool, a pydantic
            model, or a function with type hints.

    Raises:
        GrammarError: it is none of these, or its parameters do not describe an object.
    """
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
