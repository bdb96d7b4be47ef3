"""One step of the agent: reason freely, then call under a grammar.

`two_phases` is a generator of requests and answers that does no I/O; `drive` runs it against a
server and turns what happens on the way into events.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from .errors import ContextOverflow
from .events import Event, LensRead, Phase, RulesUsed, Timings
from .grammar import Grammar
from .grammar.usage import rules_used
from .lens import N_PROBS, seen
from .llama.client import LlamaServer
from .llama.narrate import narrated, retried
from .llama.protocol import ENDS_THINKING, Completion, CompletionRequest, Sampling
from .llama.transcript import Prompt, Transcriber, Turn
from .tasks import GrammarFor, Task

_LEAST_ROOM = 16  # tokens; with less context left there is no point in asking


_THINK, _THOUGHT = "<think>", ENDS_THINKING  # what models that think put around it


@dataclass(frozen=True)
class Limits:
    """Most tokens that each phase may sample."""

    reason: int = 128
    act: int = 512


@dataclass(frozen=True)
class Step:
    """What one step produced.

    Attributes:
        thought: the reasoning; "" when phase 1 was off.
        call: the text of the call.
        said: the turns to be kept with the message.
        prompt: the last prompt as text.
        grammar: the grammar of the call; None in plain chat.
        timings: by phase.
        stop: why the last phase ended.
        lens: what the lens saw, by phase, if it was on.
    """

    thought: str
    call: str
    said: tuple[Turn, ...]
    prompt: str
    grammar: Grammar | None = None
    timings: dict[Phase, Timings] = field(default_factory=dict)
    stop: str = "eos"
    lens: tuple[LensRead, ...] = ()


@dataclass(frozen=True)
class Ask:
    """A request of the machine: complete these turns, the last of which may be `begun`."""

    phase: Phase
    turns: tuple[Turn, ...]
    n_predict: int
    grammar: GrammarFor | None = None
    stop: tuple[str, ...] = ()
    begun: tuple[Turn | str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The server's answer to an `Ask`."""

    prompt: Prompt
    completion: Completion
    grammar: Grammar | None = None


Machine: TypeAlias = Generator[Ask, Answer, Step]


def phases(
    turns: tuple[Turn, ...],
    task: Task,
    limits: Limits,
    stop: tuple[str, ...] = (),
    thinks: bool = False,
) -> Machine:
    """The machine for a task; `thinks` says whether the model thinks by itself."""
    if thinks:
        return thinking(turns, task, limits, stop)
    if task.grammar is None:
        return plain_chat(turns, limits, stop)
    return two_phases(turns, task, limits, stop)


def two_phases(
    turns: tuple[Turn, ...], task: Task, limits: Limits, stop: tuple[str, ...] = ()
) -> Machine:
    """Reason (unless the task says not to), then act under the task's grammar.

    `stop` ends the reasoning.
    """
    said: list[Turn] = []
    timings: dict[Phase, Timings] = {}
    thought = ""
    if task.reason:
        answer = yield Ask("reason", turns, limits.reason, stop=stop)
        timings["reason"] = answer.completion.timings
        thought = answer.completion.text.strip()
        said = [_spoken(answer), Turn("user", task.act)]
    else:
        turns, said = _with_last_words(turns, task.act)
    answer = yield Ask("act", (*turns, *said), limits.act, task.grammar)
    timings["act"] = answer.completion.timings
    said.append(_spoken(answer))
    return _step(answer, thought, said, timings)


def thinking(
    turns: tuple[Turn, ...], task: Task, limits: Limits, stop: tuple[str, ...] = ()
) -> Machine:
    """The same for a model that thinks by itself: both phases are one turn of it.

    `stop` ends the thinking, or a free answer.
    """
    timings: dict[Phase, Timings] = {}
    thought = ""
    before, said = _with_last_words(turns, task.act_thinking if task.reason else task.act)
    turns = (*before, *said)
    begun: tuple[Turn | str, ...] = (f"{_THINK}\n\n{_THOUGHT}\n\n",)
    if task.reason:
        opened, ends = f"{_THINK}\n", (_THOUGHT, *stop)
        answer = yield Ask("reason", turns, limits.reason, stop=ends, begun=(opened,))
        timings["reason"] = answer.completion.timings
        written = answer.completion
        thought = written.text.strip()
        line_end = "" if written.text.endswith("\n") else "\n"
        own = Turn("assistant", written.text, written.tokens)
        begun = (opened, own, f"{line_end}{_THOUGHT}\n\n")
    free_stop = () if task.grammar else stop
    answer = yield Ask("act", turns, limits.act, task.grammar, free_stop, begun)
    timings["act"] = answer.completion.timings
    return _step(answer, thought, [*said, _spoken(answer)], timings)


def plain_chat(turns: tuple[Turn, ...], limits: Limits, stop: tuple[str, ...] = ()) -> Machine:
    """One free completion."""
    answer = yield Ask("reason", turns, limits.act, stop=stop)
    return _step(answer, "", [_spoken(answer)], {"reason": answer.completion.timings})


def _with_last_words(turns: tuple[Turn, ...], words: str) -> tuple[tuple[Turn, ...], list[Turn]]:
    """The turns before the user's last one, and that one with our words behind it.

    It is kept with the answer: without the words the next prompt would not begin with this one.
    """
    last = turns[-1]
    return turns[:-1], [Turn("user", f"{last.text}\n\n{words}")] if words else [last]


def _step(answer: Answer, thought: str, said: list[Turn], timings: dict[Phase, Timings]) -> Step:
    return Step(
        thought=thought,
        call=answer.completion.text.strip(),
        said=tuple(said),
        prompt=answer.prompt.text,
        grammar=answer.grammar,
        timings=timings,
        stop=answer.completion.stop,
    )


def _spoken(answer: Answer) -> Turn:
    """The assistant's turn, with what had been begun of it."""
    completion, prompt = answer.completion, answer.prompt
    text = f"{prompt.begun_text}{completion.text}"
    known = completion.tokens is not None
    return Turn("assistant", text, (*prompt.begun, *(completion.tokens or ())) if known else None)


async def drive(
    machine: Machine,
    server: LlamaServer,
    transcriber: Transcriber,
    sampling: Sampling,
    step: int,
    retries: int = 0,
    lens: bool = False,
) -> AsyncGenerator[Event | Step, None]:
    """Run the machine against the server: yields events, and the `Step` last.

    A request that fails before anything was written is made again, `retries` times. With `lens`
    it asks for the tokens' probabilities, too.
    """
    reads: tuple[LensRead, ...] = ()
    ask = next(machine)
    while True:
        prompt = await transcriber.encode(ask.turns, ask.begun)
        room = _room(server.base_url, (await server.aconnect()).n_ctx, len(prompt.tokens))
        grammar = ask.grammar(prompt.open_line) if ask.grammar else None
        request = CompletionRequest(
            prompt.tokens,
            min(ask.n_predict, room),
            "" if grammar is None else str(grammar),
            ask.stop,
            sampling,
            N_PROBS if lens else 0,
            prompt.parts,
        )
        not_enforced = () if grammar is None else tuple(map(str, grammar.not_enforced))
        tell = partial(narrated, server, request, step, ask.phase, not_enforced)
        happenings = retried(tell, retries)
        async with aclosing(happenings):
            async for item in happenings:
                if isinstance(item, Completion):
                    answer = Answer(prompt, item, grammar)
                else:
                    yield item
        if grammar and (used := rules_used(grammar, answer.completion.text.strip())):
            yield RulesUsed(step, used)
        if read := await seen(answer.completion, grammar, step, ask.phase):
            reads += (read,)
            yield read
        try:
            ask = machine.send(answer)
        except StopIteration as done:
            yield replace(done.value, lens=reads)
            return


_UNKNOWN = 1 << 20  # a server that does not tell its context


def _room(url: str, n_ctx: int, used: int) -> int:
    """Tokens that may still be sampled."""
    room = n_ctx - used if n_ctx else _UNKNOWN
    if room < _LEAST_ROOM:
        raise ContextOverflow(
            f"The conversation takes {used} tokens; a slot of the server at {url} holds {n_ctx}.",
            "Start afresh with `%gba reset`, or serve with a larger context.",
            used,
            n_ctx,
        )
    return room
