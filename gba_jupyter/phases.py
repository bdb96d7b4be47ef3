"""One step of the agent: reason freely, then call under a grammar.

`two_phases` is a generator of requests and answers that does no I/O; `drive` runs it against a
server and turns what happens on the way into events.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TypeAlias

from .errors import ContextOverflow
from .events import Event, Phase, Timings
from .grammar import Grammar
from .llama.client import LlamaServer
from .llama.narrate import narrated
from .llama.protocol import Completion, CompletionRequest, Sampling
from .llama.transcript import Prompt, Transcriber, Turn

GrammarFor: TypeAlias = Callable[[bool], Grammar]
"""The grammar, given whether the prompt ends within a line (a space may begin the call then)."""

_LEAST_ROOM = 16  # tokens; with less context left there is no point in asking


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
    """

    thought: str
    call: str
    said: tuple[Turn, ...]
    prompt: str
    grammar: Grammar | None = None
    timings: dict[Phase, Timings] = field(default_factory=dict)
    stop: str = "eos"


@dataclass(frozen=True)
class Ask:
    """A request of the machine: complete these turns."""

    phase: Phase
    turns: tuple[Turn, ...]
    n_predict: int
    grammar: GrammarFor | None = None
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The server's answer to an `Ask`."""

    prompt: Prompt
    completion: Completion
    grammar: Grammar | None = None


Machine: TypeAlias = Generator[Ask, Answer, Step]


def two_phases(
    turns: tuple[Turn, ...],
    grammar: GrammarFor,
    act: str,
    limits: Limits,
    reason: bool = True,
    stop: tuple[str, ...] = (),
) -> Machine:
    """Reason (unless switched off), then act under `grammar`; `stop` ends the reasoning."""
    said: list[Turn] = []
    timings: dict[Phase, Timings] = {}
    thought = ""
    if reason:
        answer = yield Ask("reason", turns, limits.reason, stop=stop)
        timings["reason"] = answer.completion.timings
        thought = answer.completion.text.strip()
        said = [_spoken(answer.completion), Turn("user", act)]
    else:
        turns = (*turns[:-1], Turn("user", f"{turns[-1].text}\n\n{act}"))
    answer = yield Ask("act", (*turns, *said), limits.act, grammar)
    timings["act"] = answer.completion.timings
    said.append(_spoken(answer.completion))
    return Step(
        thought=thought,
        call=answer.completion.text.strip(),
        said=tuple(said),
        prompt=answer.prompt.text,
        grammar=answer.grammar,
        timings=timings,
        stop=answer.completion.stop,
    )


def plain_chat(turns: tuple[Turn, ...], limits: Limits, stop: tuple[str, ...] = ()) -> Machine:
    """No tools: one free completion."""
    answer = yield Ask("reason", turns, limits.act, stop=stop)
    return Step(
        thought="",
        call=answer.completion.text.strip(),
        said=(_spoken(answer.completion),),
        prompt=answer.prompt.text,
        timings={"reason": answer.completion.timings},
        stop=answer.completion.stop,
    )


def _spoken(completion: Completion) -> Turn:
    return Turn("assistant", completion.text, completion.tokens)


async def drive(
    machine: Machine,
    server: LlamaServer,
    transcriber: Transcriber,
    sampling: Sampling,
    step: int,
) -> AsyncGenerator[Event | Step, None]:
    """Run the machine against the server: yields events, and the `Step` last."""
    ask = next(machine)
    while True:
        prompt = await transcriber.encode(ask.turns)
        room = _room(server.base_url, (await server.aconnect()).n_ctx, len(prompt.tokens))
        grammar = ask.grammar(prompt.open_line) if ask.grammar else None
        request = CompletionRequest(
            prompt.tokens,
            min(ask.n_predict, room),
            "" if grammar is None else str(grammar),
            ask.stop,
            sampling,
        )
        not_enforced = () if grammar is None else tuple(map(str, grammar.not_enforced))
        happenings = narrated(server, request, step, ask.phase, not_enforced)
        async with aclosing(happenings):
            async for item in happenings:
                if isinstance(item, Completion):
                    answer = Answer(prompt, item, grammar)
                else:
                    yield item
        try:
            ask = machine.send(answer)
        except StopIteration as done:
            yield done.value
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
