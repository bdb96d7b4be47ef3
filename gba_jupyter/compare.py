"""Why a grammar: the same step with the grammar and without it, again and again, judged.

Both ways get the same prompt, the same tokens to spend and the same seeds; only the grammar
differs. What a free text holds is judged generously: the first JSON object in it is its call.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.tools import BaseTool

from .bindings import checked, task_for
from .chat_model import ChatLlamaGBNF
from .conversation import converse
from .errors import OptionError
from .events import (
    Event,
    Notice,
    OnEvent,
    PromptProgress,
    RunStarted,
    ServerStarting,
    TextDelta,
    TrialMade,
    TrialStarted,
)
from .grammar.tools import ANSWER_TOOL
from .llama.narrate import connected
from .llama.protocol import Props
from .llama.transcript import Transcriber
from .one_step import limits_of, thinks_itself
from .phases import Step, drive, thinking, two_phases
from .readings import Trial
from .running import play, told
from .tasks import Task, for_thinker
from .tools import as_tools
from .validation import fault

_WARM = 0.7  # without some chance all repetitions are the same


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison. ``str()`` is one line for each way.

    Attributes:
        question: what the user asked.
        trials: one after the other; ways with and without the grammar take turns.
        expected: the tool that should be called; "" when none was named.
        events: all that was told.
    """

    question: str
    trials: tuple[Trial, ...]
    expected: str
    events: tuple[Event, ...]

    def __str__(self) -> str:
        lines = []
        for grammar, reason in sorted({(t.grammar, t.reason) for t in self.trials}):
            way = "constrained" if grammar else "free"
            made = self.of(grammar=grammar, reason=reason)
            valid = sum([trial.is_call for trial in made])
            thought = "reasoning first" if reason else "without reasoning"
            lines.append(f"{way}, {thought}: {valid} of {len(made)} are valid calls")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Comparison({self.question!r}: {len(self.trials)} trials)"

    def of(self, *, grammar: bool, reason: bool) -> tuple[Trial, ...]:
        """The trials of one way."""
        chosen = (grammar, reason)
        return tuple([t for t in self.trials if (t.grammar, t.reason) == chosen])


def compare(
    model: ChatLlamaGBNF,
    tools: Sequence[Callable[..., Any] | BaseTool],
    question: str,
    *,
    runs: int = 1,
    expect: str = "",
    phases: bool = False,
    history: Sequence[BaseMessage] = (),
    on_event: OnEvent | None = None,
) -> Comparison:
    """Make the same step with the grammar and without it.

    Args:
        model: says how; a temperature of 0 becomes 0.7 when there are several `runs`.
        tools: to choose from, besides answering.
        question: the request.
        runs: repetitions of each way, with one seed after the other.
        expect: the tool that should be called, or ``respond_to_user``.
        phases: whether to try each way with reasoning and without it.
        history: messages before the question.
        on_event: called in this thread with each event as it happens.

    Raises:
        OptionError: `expect` is none of the tools.
        Interrupted: the user pressed stop.
        ServerError: the server failed.
    """
    functions = checked(as_tools(tools), None)
    if not functions:
        raise OptionError("There are no tools to call.", "Offer at least one: --tools calculate.")
    known = [*[function["name"] for function in functions], ANSWER_TOOL]
    if expect and expect not in known:
        raise OptionError(
            f"--expect names {expect!r}, and no such tool is offered.",
            f"Name one of {', '.join(known)}.",
        )
    if runs > 1 and not model.temperature:
        model = model.model_copy(update={"temperature": _WARM})
    messages = [*history, HumanMessage(question)]
    reasons = (True, False) if phases else (model.reason is not False,)
    items = _happenings(model, functions, messages, runs, expect, reasons)

    def made(trials: list[Trial], events: tuple[Event, ...]) -> Comparison:
        return Comparison(question, tuple(trials), expect, events)

    return play(told(items, made), on_event)


async def _happenings(
    model: ChatLlamaGBNF,
    functions: list[dict[str, Any]],
    messages: list[BaseMessage],
    runs: int,
    expect: str,
    reasons: Sequence[bool],
) -> AsyncGenerator[Event | list[Trial], None]:
    async for news in connected(model.server):
        if isinstance(news, ServerStarting):
            yield news
        else:
            props = news
    names = tuple([function["name"] for function in functions])
    yield RunStarted("agent", messages[-1].text, props.model, model.base_url, names)
    if runs > 1:
        yield Notice(
            f"Temperature {model.temperature:g}; seeds {model.seed} to {model.seed + runs - 1}."
        )
    trials: list[Trial] = []
    plan = list(product(range(model.seed, model.seed + runs), reasons, (False, True)))
    for seed, reason, grammar in plan:
        asked = model.model_copy(update={"seed": seed, "reason": model.reason if reason else False})
        if reason and asked.reason is False:
            asked.reason = True
        yield TrialStarted(len(trials) + 1, len(plan))
        async with aclosing(_step(asked, functions, messages, props, grammar)) as items:
            async for item in items:
                if isinstance(item, tuple):
                    step, task = item
                elif isinstance(item, PromptProgress | TextDelta):
                    yield item
        trials.append(judged(step, task, grammar=grammar, reason=reason, seed=seed))
        yield TrialMade(len(trials), len(plan), trials[-1], expect)
    yield trials


async def _step(
    model: ChatLlamaGBNF,
    functions: list[dict[str, Any]],
    messages: list[BaseMessage],
    props: Props,
    grammar: bool,
) -> AsyncGenerator[Event | tuple[Step, Task], None]:
    """One step: its events, and last the step with what was asked."""
    task = task_for(model.prompts, model.reason, tools=functions)
    thinks = thinks_itself(model, props)
    if thinks:
        task = for_thinker(task, model.prompts, model.reason)
    asked = task if grammar else replace(task, grammar=None)
    turns = converse(messages, task, props.model).turns
    machine = (thinking if thinks else two_phases)(turns, asked, limits_of(model, thinks))
    transcriber = Transcriber(model.server, model.chat_template)
    run = drive(machine, model.server, transcriber, model.sampling, 1, model.max_retries)
    async with aclosing(run):
        async for item in run:
            yield (item, task) if isinstance(item, Step) else item


def judged(step: Step, task: Task, *, grammar: bool, reason: bool, seed: int) -> Trial:
    """What came of a step."""
    call = first_object(step.call)
    name, why = call_in(call, task.schemas)
    if why and step.stop == "limit":
        why = "It was cut off by the token limit."
    costs = step.timings.values()
    return Trial(
        grammar=grammar,
        reason=reason,
        seed=seed,
        text=step.call,
        is_json=_is_json(step.call),
        is_call=not why,
        tool=name,
        fault=why,
        tokens=sum([cost.generated for cost in costs]),
        seconds=round(sum([cost.generate_ms for cost in costs]) / 1000, 3),
    )


def call_in(call: Any, schemas: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """The tool that a JSON value calls, and why it is no valid call; "" where there is none."""
    if not isinstance(call, dict):
        return "", "It holds no JSON object."
    name = call.get("tool")
    if not isinstance(name, str):
        return "", "It names no tool."
    if name not in schemas:
        return name, "It names a tool that there is not."
    if call.keys() != {"tool", "arguments"}:
        return name, "It has other parts than tool and arguments."
    return name, fault(schemas[name], call["arguments"])


def first_object(text: str) -> Any:
    """The first JSON object in a text; None when there is none."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            return decoder.raw_decode(text, at)[0]
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
