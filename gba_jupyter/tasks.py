"""What one step asks of the model: chat, a tool call, or an answer of a given form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, Literal, TypeAlias

from .descriptions import describe, form
from .grammar import Grammar
from .grammar.tools import ANSWER
from .prompts import AgentPrompts, fill

GrammarFor: TypeAlias = Callable[[bool], Grammar]
"""The grammar, given whether the prompt ends within a line (a space may begin the call then)."""

Reason: TypeAlias = bool | Literal["short", "free"] | Callable[[str, int], str]
"""How the model reasons before it acts. True is "short": in one sentence. "free": as long as it
likes. False: not at all. A function takes the request (or a tool's result) and the number of
calls made so far, and gives the turn that asks the model to think."""


FORM = ""
"""The key of the one schema of an answer that is no call."""


@dataclass(frozen=True)
class Task:
    """What one step asks of the model.

    Attributes:
        request: the user's turn, for what the user wrote.
        result: the user's turn, for the number of a call (from 1) and what the tool gave.
        system: our part of the system turn; "" when there is none.
        act: the turn between the phases; "" when there is one phase only.
        act_thinking: the same for models that think by themselves; it ends the user's turn.
        grammar: what constrains the second phase; None in plain chat.
        reason: whether the first phase runs.
        schemas: of the arguments, by tool; for an answer of a given form, by `FORM`.
    """

    request: Callable[[str], str]
    result: Callable[[int, str], str]
    system: str = ""
    act: str = ""
    act_thinking: str = ""
    grammar: GrammarFor | None = None
    reason: bool = False
    schemas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def chat_task(prompts: AgentPrompts) -> Task:
    """Plain chat: the model just answers."""
    return Task(
        request=lambda text: fill(prompts.request_only, REQUEST=text),
        result=lambda number, text: fill(prompts.result_only, NUMBER=str(number), RESULT=text),
    )


def call_task(
    prompts: AgentPrompts,
    functions: Sequence[dict[str, Any]],
    reason: Reason,
    choice: str | None = None,
    most_calls: int = 1,
    answer: Mapping[str, Any] | None = None,
) -> Task:
    """A tool call, or the answer.

    Args:
        prompts: the texts.
        functions: the tools, OpenAI-style. The prompt names them all whatever the choice, so
            that it begins the same in every step.
        reason: how the model reasons first.
        choice: which of them are open, as for `Grammar.from_tools`; None is "auto".
        most_calls: with more than 1, so many calls may be made at once.
        answer: the JSON Schema of the answer; None: it is text.
    """
    answering = ANSWER["parameters"] if answer is None else _answering(answer)
    offers = [
        *functions,
        {**ANSWER, "description": prompts.answer_tool, "parameters": answering},
    ]
    act = prompts.act if most_calls == 1 else prompts.act_several
    return Task(
        request=_request(prompts, prompts.reason_first, reason),
        result=_result(prompts, reason),
        system=fill(prompts.system, TOOLS="\n".join(map(describe, offers))),
        act=act,
        act_thinking=fill(prompts.thinker_act, ACT=act),
        grammar=partial(_call_grammar, json.dumps(offers), choice, most_calls),
        reason=reason is not False,
        schemas={offer["name"]: offer["parameters"] for offer in offers},
    )


def form_task(
    prompts: AgentPrompts, schema: dict[str, Any], reason: Reason, described: bool = True
) -> Task:
    """An answer in JSON.

    Args:
        prompts: the texts.
        schema: the JSON Schema of the answer.
        reason: how the model reasons first.
        described: whether the prompt tells the parts of the answer.
    """
    return Task(
        request=_request(prompts, prompts.form_first, reason),
        result=_result(prompts, reason),
        system=fill(prompts.form_system, FORM=form(schema)) if described else "",
        act=prompts.form_act,
        act_thinking=fill(prompts.thinker_act, ACT=prompts.form_act),
        grammar=partial(_form_grammar, json.dumps(schema)),
        reason=reason is not False,
        schemas={FORM: schema},
    )


def for_thinker(task: Task, prompts: AgentPrompts, reason: Reason) -> Task:
    """The task for a model that thinks by itself: nobody needs to ask it to."""
    plain = chat_task(prompts)
    asked = task if callable(reason) else plain
    return replace(task, request=asked.request, result=asked.result, reason=reason is not False)


def _answering(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of the answering tool, when the answer has a form."""
    inner = dict(schema)
    shared: dict[str, Any] = {
        key: inner.pop(key) for key in ("$defs", "definitions") if key in inner
    }
    return {
        "type": "object",
        "properties": {"answer": inner},
        "required": ["answer"],
        **shared,
    }


def _request(prompts: AgentPrompts, template: str, reason: Reason) -> Callable[[str], str]:
    if callable(reason):
        return lambda text: reason(text, 0)
    if reason is False:
        return lambda text: fill(prompts.request_only, REQUEST=text)
    return lambda text: fill(template, REQUEST=text, THINK=_think(prompts, reason))


def _result(prompts: AgentPrompts, reason: Reason) -> Callable[[int, str], str]:
    if callable(reason):
        return lambda number, text: reason(text, number)
    if reason is False:
        return chat_task(prompts).result
    return lambda number, text: fill(
        prompts.reason_next, NUMBER=str(number), RESULT=text, THINK=_think(prompts, reason)
    )


def _think(prompts: AgentPrompts, reason: Reason) -> str:
    return prompts.think_free if reason == "free" else prompts.think_short


@lru_cache(maxsize=64)
def _call_grammar(
    functions: str, choice: str | None, most_calls: int, leading_space: bool
) -> Grammar:
    """Remembered: the same tools come in every step. They are JSON so that they can be."""
    return Grammar.from_tools(
        json.loads(functions), choice, most_calls=most_calls, leading_space=leading_space
    )


@lru_cache(maxsize=64)
def _form_grammar(schema: str, leading_space: bool) -> Grammar:
    return Grammar.from_json_schema(json.loads(schema), closed=True, leading_space=leading_space)
