"""`with_structured_output`: a chain whose answers are objects of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from langchain_core.exceptions import OutputParserException
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.output_parsers import (
    BaseOutputParser,
    JsonOutputParser,
    PydanticOutputParser,
)
from langchain_core.output_parsers.openai_tools import (
    JsonOutputKeyToolsParser,
    PydanticToolsParser,
)
from langchain_core.runnables import Runnable, RunnableLambda, RunnableMap, RunnablePassthrough
from langchain_core.utils.pydantic import is_basemodel_subclass

from .bindings import json_schema, require_enforced
from .errors import OptionError
from .grammar.tools import as_function
from .validation import fault

if TYPE_CHECKING:
    from .chat_model import ChatLlamaGBNF

Method: TypeAlias = Literal["json_schema", "function_calling", "json_mode"]


def structured(
    model: ChatLlamaGBNF,
    schema: dict[str, Any] | type,
    method: Method,
    include_raw: bool,
    strict: bool | None,
    settings: dict[str, Any],
) -> Runnable[LanguageModelInput, Any]:
    """The chain; see `ChatLlamaGBNF.with_structured_output`."""
    traced = {"kwargs": {"method": method, "strict": strict}, "schema": schema}
    settings = {**settings, "ls_structured_output_format": traced}
    asked: Runnable[LanguageModelInput, AIMessage]
    parser: Runnable[Any, Any]
    match method:
        case "function_calling":
            name = as_function(schema)["name"]
            asked = model.bind_tools([schema], tool_choice=name, strict=strict, **settings)
            parser = _call_parser(schema, name)
        case "json_schema" | "json_mode":
            form = json_schema(schema)
            if strict:
                require_enforced([{"name": "answer", "parameters": form}])
            kind: dict[str, Any] = {"type": "json_object", "schema": form}
            if method == "json_schema":
                kind = {"type": "json_schema", "json_schema": {"schema": form}}
            asked = model.bind(response_format=kind, **settings)
            parser = _form_parser(schema, form)
        case _:
            raise OptionError(
                f"There is no method {method!r} of structured output.",
                "Choose json_schema, function_calling or json_mode.",
            )
    return _with_raw(asked, parser) if include_raw else asked | parser


def _call_parser(schema: Any, name: str) -> BaseOutputParser[Any]:
    if is_basemodel_subclass(schema):
        return PydanticToolsParser(tools=[schema], first_tool_only=True)
    return JsonOutputKeyToolsParser(key_name=name, first_tool_only=True)


def _form_parser(schema: Any, form: Mapping[str, Any]) -> Runnable[AIMessage, Any]:
    """Text to an object; a dict streams as it grows, a model comes when it is whole."""
    if is_basemodel_subclass(schema):
        # As a function, so that it waits for the end of a stream.
        return RunnableLambda(PydanticOutputParser(pydantic_object=schema).invoke)
    return _Checked(form=dict(form))


class _Checked(JsonOutputParser):
    """JSON, checked at its end for what the grammar could not hold."""

    form: dict[str, Any]

    def parse_result(self, result: Any, *, partial: bool = False) -> Any:
        value = super().parse_result(result, partial=partial)
        if not partial and (what := fault(self.form, value)):
            raise OutputParserException(what, llm_output=result[0].text)
        return value


def _with_raw(
    asked: Runnable[LanguageModelInput, AIMessage], parser: Runnable[Any, Any]
) -> Runnable[LanguageModelInput, Any]:
    parsed = RunnablePassthrough.assign(
        parsed=itemgetter("raw") | parser, parsing_error=lambda _: None
    )
    failed = RunnablePassthrough.assign(parsed=lambda _: None)
    return RunnableMap(raw=asked) | parsed.with_fallbacks([failed], exception_key="parsing_error")
