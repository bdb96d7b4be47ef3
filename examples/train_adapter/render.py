"""Cases as the token ids that the model will see, and which of them it is to write itself.

A case is played through the package's own machine with scripted answers, so that the ids are
exactly those of a run: same prompts, same history, same seams between the pieces.

    python -m examples.train_adapter.render --count 3500 --seed 1 --out rendered.npz
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

import gba_jupyter as gba
from gba_jupyter import background, symbolic
from gba_jupyter.answers import message_of
from gba_jupyter.bindings import task_for
from gba_jupyter.conversation import call_text, converse
from gba_jupyter.events import Timings
from gba_jupyter.grammar.tools import as_function
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import Completion
from gba_jupyter.llama.transcript import Transcriber, Turn
from gba_jupyter.phases import Answer, Ask, Limits, Step, phases
from gba_jupyter.prompts import AgentPrompts, MathPrompts, fill
from gba_jupyter.results import bounded
from gba_jupyter.tasks import Task

from .cases import AgentCase, MathCase, Request
from .cases import Step as CaseStep

_AT_ONCE = 8
END = "<|im_end|>"  # with which the model ends each of its turns

Case = AgentCase | MathCase


class CannotRender(ValueError):
    """The case is not one that a run could take."""


@dataclass(frozen=True)
class Rendered:
    """One training example.

    Attributes:
        ids: the whole conversation.
        own: for each id, whether the model writes it.
        prompts: what a run would have sent, request by request.
        family: of the case.
    """

    ids: tuple[int, ...]
    own: tuple[bool, ...]
    prompts: tuple[tuple[int, ...], ...] = ()
    family: str = ""


class Renderer:
    """Renders cases with the tokeniser and the chat template of one server."""

    def __init__(self, server: LlamaServer) -> None:
        self._server = server
        self._transcriber = Transcriber(server)
        self._model = server.connect().model
        self._end = server.tokenize(END, parse_special=True)

    def render(self, case: Case) -> Rendered:
        """The case as ids.

        Raises:
            CannotRender: the grammar forbids a call or a program of it.
        """
        spoken = self._math(case) if isinstance(case, MathCase) else self._agent(case)
        return _joined(background.run(spoken), self._end, case.family)

    async def _math(self, case: MathCase) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        prompts = MathPrompts()
        asked = fill(prompts.question, QUESTION=case.question)
        turns = [Turn("system", prompts.system), Turn("user", asked)]
        prompt = await self._transcriber.encode(turns)
        program = case.program.strip()
        try:
            symbolic.check(program)
        except gba.GbaError as error:
            raise CannotRender(f"{program!r}: {error}") from error
        return [(prompt.tokens, await self._server.atokenize(program))]

    async def _agent(self, case: AgentCase) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        task = task_for(AgentPrompts(), True, tools=case.tools)
        orders = {t["name"]: list(t["parameters"]["properties"]) for t in map(_plain, case.tools)}
        messages: list[BaseMessage] = []
        spoken: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        for request in case.requests:
            _require_answer(request)
            messages.append(HumanMessage(request.text))
            for step in request.steps:
                said = await self._step(messages, task, step, orders)
                spoken += said[1]
                messages += said[0]
        return spoken

    async def _step(
        self, messages: list[BaseMessage], task: Task, step: CaseStep, orders: dict[str, list[str]]
    ) -> tuple[list[BaseMessage], list[tuple[tuple[int, ...], tuple[int, ...]]]]:
        """The messages that one step adds, and what the model was sent and wrote."""
        conversation = converse(messages, task, self._model)
        machine = phases(conversation.turns, task, Limits())
        words = {"reason": step.thought.strip(), "act": written(step, orders)}
        spoken: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        ask: Ask = next(machine)
        while True:
            prompt = await self._transcriber.encode(ask.turns, ask.begun)
            text = words[ask.phase]
            ids = await self._server.atokenize(text)
            spoken.append((prompt.tokens, ids))
            done = Completion(text, ids, "eos", False, Timings())
            grammar = ask.grammar(prompt.open_line) if ask.grammar else None
            try:
                ask = machine.send(Answer(prompt, done, grammar))
            except StopIteration as stop:
                return self._messages(stop.value, task, step), spoken

    def _messages(self, done: Step, task: Task, step: CaseStep) -> list[BaseMessage]:
        try:
            message = message_of(done, task, self._model, self._server.base_url)
        except gba.GbaError as error:
            raise CannotRender(f"{done.call}: {error}") from error
        if message.invalid_tool_calls:
            raise CannotRender(str(message.invalid_tool_calls))
        if not message.tool_calls:
            return [message]
        called = message.tool_calls[0]["id"] or ""
        return [message, ToolMessage(bounded(step.result), tool_call_id=called)]


def written(step: CaseStep, orders: dict[str, list[str]]) -> str:
    """The call as the grammar has it: compact, the arguments in the order of the schema."""
    order = orders.get(step.tool, [])
    known = {name: step.arguments[name] for name in order if name in step.arguments}
    return call_text(step.tool, {**known, **step.arguments})


def _plain(tool: dict[str, Any]) -> dict[str, Any]:
    return as_function(tool)


def _require_answer(request: Request) -> None:
    tools = [step.tool for step in request.steps]
    if not tools or tools[-1] != "respond_to_user" or "respond_to_user" in tools[:-1]:
        raise CannotRender(f"the steps of {request.text!r} do not end with the answer: {tools}")


def _joined(
    spoken: list[tuple[tuple[int, ...], tuple[int, ...]]], end: tuple[int, ...], family: str
) -> Rendered:
    """One sequence of all requests: each prompt begins with the one before and its answer."""
    last_prompt, last_written = spoken[-1]
    ids = (*last_prompt, *last_written, *end)
    own = np.zeros(len(ids), dtype=bool)
    for prompt, answer in spoken:
        begin, stop = len(prompt), len(prompt) + len(answer) + len(end)
        if ids[:begin] != prompt or ids[begin:stop] != (*answer, *end):
            raise CannotRender("a prompt does not begin with the one before it")
        own[begin:stop] = True
    prompts = tuple(prompt for prompt, _ in spoken)
    return Rendered(ids, tuple(own.tolist()), prompts, family)


def rendered(cases: Iterable[Case], renderer: Renderer) -> Iterator[Rendered]:
    """The cases that can be rendered, in their order; the others are named on stderr."""

    def attempt(case: Case) -> Rendered | str:
        try:
            return renderer.render(case)
        except CannotRender as error:
            return f"left out a case of {case.family}/{case.template}: {error}\n"

    with ThreadPoolExecutor(_AT_ONCE) as pool:  # most of the time goes into waiting for the server
        for done in pool.map(attempt, cases):
            if isinstance(done, Rendered):
                yield done
            else:
                sys.stderr.write(done)


def save(examples: list[Rendered], path: Path, **about: Any) -> None:
    """Keep the examples, ragged arrays end to end."""
    np.savez_compressed(
        path,
        ids=np.concatenate([np.array(e.ids, dtype=np.int32) for e in examples]),
        own=np.concatenate([np.array(e.own, dtype=bool) for e in examples]),
        lengths=np.array([len(e.ids) for e in examples], dtype=np.int32),
        families=np.array([e.family for e in examples]),
        about=np.array([f"{key}={value}" for key, value in about.items()]),
    )


def load(path: Path) -> tuple[list[Rendered], dict[str, str]]:
    """What `save` kept, and what it said about it."""
    data = np.load(path)
    ends = np.cumsum(data["lengths"])[:-1]
    parts = zip(
        np.split(data["ids"], ends), np.split(data["own"], ends), data["families"], strict=True
    )
    examples = [Rendered(tuple(i.tolist()), tuple(o.tolist()), family=str(f)) for i, o, f in parts]
    return examples, dict(str(line).split("=", 1) for line in data["about"])


def main() -> None:
    """Render the training data."""
    from .data import training

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=1600, help="tokens; longer ones are left")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with gba.serve() as host:
        renderer = Renderer(LlamaServer(host.url, host.api_key))
        examples = list(rendered(training(options.seed, options.count), renderer))
    kept = [e for e in examples if len(e.ids) <= options.longest]
    save(kept, options.out, seed=options.seed, cases=options.count)
    total = sum(len(e.ids) for e in kept)
    own = sum(sum(e.own) for e in kept)
    print(f"{len(kept)} of {len(examples)} examples, {total:,} tokens, {own:,} of them learned")


if __name__ == "__main__":
    main()
