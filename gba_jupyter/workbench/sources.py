"""Where a grammar comes from: a GBNF text, or a schema, a model or a function of the notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_origin

from ..errors import GrammarError, OptionError
from ..findings import Origin
from ..grammar import Grammar
from ..grammar.tools import as_function
from .excerpt import pointed
from .side_by_side import as_json, rows
from .signatures import Signature, of_function, of_type

_LINE_END = re.compile(r"\r\n|\r|\n")


def read(text: str) -> Grammar:
    """The grammar of a GBNF text.

    Raises:
        GrammarError: it is none; its excerpt shows the place.
    """
    try:
        return Grammar.from_gbnf(text)
    except GrammarError as error:
        if error.line:
            error.excerpt = _excerpt(text, error)
        raise


def _excerpt(text: str, error: GrammarError) -> str:
    """The line of an error with a caret under the column, or under the name of the rule."""
    line = _LINE_END.split(text)[error.line - 1]
    at, length = error.column - 1, 1
    if not error.column:
        at, length = max(line.find(error.rule), 0), len(error.rule)
    shown, caret = pointed(line, at, length)
    gutter = f"  {error.line} | "
    return f"{gutter}{shown}\n{' ' * (len(gutter) - 2)}| {caret}"


def convert(thing: Any, name: str) -> tuple[Grammar, Origin]:
    """The grammar of a JSON Schema, of a pydantic model or of calls of a function.

    Args:
        thing: a schema, a type that pydantic knows, a function, a LangChain tool, or the
            OpenAI description of one.
        name: what the user calls it.

    Raises:
        OptionError: it is none of these.
        GrammarError: it cannot become a grammar.
        ToolError: it is a function that cannot be offered as a tool.
    """
    if isinstance(thing, Mapping) and ("function" in thing or {"name", "parameters"} <= {*thing}):
        grammar = Grammar.from_tools([thing])
        schema = as_function(thing)["parameters"]
        return grammar, _origin(None, schema, grammar, of_call=True)
    if isinstance(thing, Mapping | bool):
        grammar = Grammar.from_json_schema(thing)
        return grammar, _origin(None, thing, grammar)
    if isinstance(thing, type) or get_origin(thing) is not None:
        from pydantic import TypeAdapter

        grammar = Grammar.from_pydantic(thing)
        return grammar, _origin(of_type(thing), TypeAdapter(thing).json_schema(), grammar)
    if callable(thing) or hasattr(thing, "args_schema"):  # a LangChain tool is not callable
        from ..tools import as_tool

        tool = as_tool(thing)
        grammar = Grammar.from_tools([tool])
        function = getattr(tool, "func", None) or getattr(tool, "coroutine", None)
        schema = as_function(tool)["parameters"]
        return grammar, _origin(of_function(function, tool.name), schema, grammar, of_call=True)
    raise OptionError(
        f"{name} is of type {type(thing).__name__}, and has no JSON Schema.",
        "Name a JSON Schema (a dict), a pydantic model or a function.",
    )


def _origin(
    signature: Signature | None, schema: Any, grammar: Grammar, *, of_call: bool = False
) -> Origin:
    parameters = signature.parameters if signature else {}
    return Origin(
        str(signature or ""),
        as_json(schema, indent=2),
        rows(schema, parameters, grammar.rules, of_call=of_call),
    )
