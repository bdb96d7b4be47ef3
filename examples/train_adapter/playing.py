"""Cases played for real: what the model calls and answers, with tools that return the script."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.tools import BaseTool, StructuredTool

import gba_jupyter as gba
from gba_jupyter import background
from gba_jupyter.bindings import task_for
from gba_jupyter.chat_model import ChatLlamaGBNF
from gba_jupyter.conversation import TURNS, converse, keep
from gba_jupyter.llama.transcript import Transcriber
from gba_jupyter.phases import Limits, Step, drive, two_phases
from gba_jupyter.tasks import Task

from .cases import ANSWER_TOOL, AgentCase, MathCase, Request

MOST_STEPS = 5
NOTHING = "nothing found"
Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Played:
    """What became of one request."""

    calls: tuple[Call, ...]
    answer: str
    broken: str = ""
    """What went wrong, if something did."""


def result_for(request: Request, call: Call, before: Sequence[Call]) -> str:
    """What a tool returns: the script's result for a call of the script.

    The script may make a call again, after an error; `before` are the calls that were made.
    """
    results = [step.result for step in request.steps if (step.tool, step.arguments) == call]
    return results[min(before.count(call), len(results) - 1)] if results else NOTHING


# -- under the grammar, with the package's own agent -------------------------------------------


class _Script:
    """The tools of a case; they answer for the request that is being played."""

    def __init__(self, case: AgentCase) -> None:
        self.request = case.requests[0]
        self.calls: list[Call] = []
        self.tools: list[BaseTool] = [self._tool(tool) for tool in case.tools]

    def _tool(self, tool: dict[str, Any]) -> BaseTool:
        name = tool["name"]

        def called(**arguments: Any) -> str:
            call = (name, arguments)
            result = result_for(self.request, call, self.calls)
            self.calls.append(call)
            return result

        return StructuredTool(
            name=name,
            description=tool["description"],
            args_schema=tool["parameters"],
            func=called,
        )


def play(model: ChatLlamaGBNF, case: AgentCase) -> list[Played]:
    """The requests of a case, one after the other, by `gba.Agent`."""
    script = _Script(case)
    agent = gba.Agent(model, script.tools, MOST_STEPS)
    history: tuple[BaseMessage, ...] = ()
    played: list[Played] = []
    for request in case.requests:
        script.request, script.calls = request, []
        try:
            run = agent.run(request.text, history=history)
        except gba.GbaError as error:
            return [*played, Played(tuple(script.calls), "", error.what)]
        history = run.messages
        played.append(Played(tuple(script.calls), run.answer))
    return played


# -- without a grammar: the same two phases, and the call read as it happens to be written ------


def play_free(model: ChatLlamaGBNF, case: AgentCase) -> list[Played]:
    """The requests of a case, without a grammar."""
    return background.run(_play_free(model, case))


async def _play_free(model: ChatLlamaGBNF, case: AgentCase) -> list[Played]:
    task = task_for(model.prompts, True, tools=case.tools)
    messages: list[BaseMessage] = []
    played = []
    for request in case.requests:
        messages.append(HumanMessage(request.text))
        calls: list[Call] = []
        answer = broken = ""
        for number in range(1, MOST_STEPS + 1):
            try:
                step = await _free_step(model, task, messages, number)
            except gba.GbaError as error:
                broken = error.what
                break
            said = {TURNS: keep(step.said), "model": model.server.model}
            messages.append(AIMessage(content=step.call, response_metadata=said))
            call = lenient(step.call)
            if call is None or call[0] == ANSWER_TOOL:
                answer = step.call if call is None else str(call[1].get("answer", ""))
                break
            result = result_for(request, call, calls)
            calls.append(call)
            messages.append(ToolMessage(result, tool_call_id=f"call{number}"))
        played.append(Played(tuple(calls), answer, broken))
        if broken or not answer:
            break
    return played


async def _free_step(
    model: ChatLlamaGBNF, task: Task, messages: list[BaseMessage], number: int
) -> Step:
    server = model.server
    turns = converse(messages, task, server.model).turns
    machine = two_phases(turns, replace(task, grammar=None), Limits(act=model.max_tokens))
    items: AsyncGenerator[Any, None] = drive(
        machine, server, Transcriber(server), model.sampling, number
    )
    done: Step | None = None
    async for item in items:
        done = item if isinstance(item, Step) else done
    assert done is not None
    return done


def lenient(text: str) -> Call | None:
    """The first call in a text, in any of the usual spellings; None when there is none."""
    for place in re.finditer(r"\{", text):
        with suppress(ValueError):
            data, _ = json.JSONDecoder().raw_decode(text, place.start())
            name = next((data[k] for k in ("tool", "name", "function") if k in data), None)
            keys = [k for k in ("arguments", "parameters", "args") if k in data]
            arguments: Any = data[keys[0]] if keys else {}
            if isinstance(name, str) and isinstance(arguments, dict):
                return name, arguments
    return None


# -- mathematics ----------------------------------------------------------------------------------


def solve(model: ChatLlamaGBNF, case: MathCase, free: bool) -> str:
    """The value of the program that the model writes; "" when there is none."""
    try:
        result = gba.MathInterpreter(model, free=free).solve(case.question)
    except gba.GbaError:
        return ""
    return str(result)
