"""From a question to an exact answer: the code model writes a program, the sandbox runs it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from ..errors import EvaluationError
from ..events import (
    Evaluated,
    Event,
    Notice,
    OnEvent,
    RulesUsed,
    RunStarted,
    ServerStarting,
)
from ..grammar import Grammar
from ..grammar.usage import rules_used
from ..lens import N_PROBS, seen
from ..llama.client import LlamaServer
from ..llama.narrate import connected, narrated
from ..llama.protocol import Completion, CompletionRequest, Sampling
from ..llama.transcript import Transcriber, Turn
from ..prompts import MathPrompts, fill
from ..running import play, told
from . import Evaluation, aevaluate, program_gbnf, warm_up
from .evidence import Wanted
from .language.written_code import code_in
from .limits import Limits
from .result import MathResult, elected
from .telling import evaluated, result_of, shown_with

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

_PROGRAM_TOKENS = 256
_FREE_TOKENS = 768  # with prose around the program
_VOTING_TEMPERATURE = 0.7  # at 0 all programs would be the same


class CodeModel(Protocol):
    """What the interpreter needs of a model; `ChatLlamaGBNF` is one."""

    @property
    def server(self) -> LlamaServer:
        """The client to talk through."""

    @property
    def sampling(self) -> Sampling:
        """How tokens are drawn."""


class MathInterpreter:
    """Answers questions by programs.

    Args:
        model: the code model, such as ``ChatLlamaGBNF(base_url="http://localhost:8088")``.
        prompts: the texts sent to it.
        timeout: seconds that a program may run.
        memory: MB that it may use.
        repair: how often the model may write another program after one that failed.
        vote: how many programs are written; the answer that most of them give counts.
        check: whether the answer is verified by another way, as far as that is possible.
        plot: whether what was found is drawn.
        free: let the model write without a grammar, and take the program out of what it wrote.
        lens: whether to tell what the model thought of each token.
    """

    def __init__(
        self,
        model: CodeModel,
        prompts: MathPrompts | None = None,
        timeout: float = Limits.seconds,
        repair: int = 1,
        *,
        memory: int = Limits.memory,
        vote: int = 1,
        check: bool = False,
        plot: bool = False,
        free: bool = False,
        lens: bool = False,
    ) -> None:
        self.model = model
        self.prompts = prompts or MathPrompts()
        self.timeout = timeout
        self.memory = memory
        self.repair = repair
        self.vote = vote
        self.free = free
        self.lens = lens
        self._wanted = Wanted(check, plot)

    def solve(self, question: str, on_event: OnEvent | None = None) -> MathResult:
        """Answer a question.

        Raises:
            EvaluationError: the program was refused, failed or hit a limit.
            ServerError: the server failed.
        """
        return play(self.astream(question), on_event)

    def astream(self, question: str) -> AsyncGenerator[Event | MathResult, None]:
        """The events of a run as they happen, and the `MathResult` last."""
        return told(self._happenings(question), result_of(question))

    def as_tool(self, name: str = "calculate") -> BaseTool:
        """A LangChain tool that answers mathematical questions: expressions, or words."""
        from .calculate import calculate_tool

        return calculate_tool(lambda _: self, self.timeout, name)

    async def _happenings(self, question: str) -> AsyncGenerator[Event | Evaluation, None]:
        server = self.model.server
        async for news in connected(server):
            if isinstance(news, ServerStarting):
                yield news
            else:
                props = news
        yield RunStarted("math", question, props.model, server.base_url)
        warm_up()  # the sandbox gets ready while the model writes
        step, found, fault = 1, list[Evaluation](), EvaluationError("No program was written.")
        for ballot in range(self.vote):
            attempts = self._attempts(question, step, self._sampling(ballot))
            try:
                async with aclosing(attempts) as items:
                    async for item in items:
                        if isinstance(item, Evaluation):
                            found.append(item)
                        else:
                            step += isinstance(item, Evaluated)
                            yield item
            except EvaluationError as error:
                fault = error
        if not found:
            raise fault
        place, agreeing = elected([str(each) for each in found])
        best = found[place]
        if self.vote > 1:
            yield Notice(f"{agreeing} of {self.vote} programs give this answer.")
        for event in shown_with(best, step - 1):
            yield event
        yield best

    def _sampling(self, ballot: int) -> Sampling:
        sampling = self.model.sampling
        if self.vote == 1:
            return sampling
        temperature = sampling.temperature or _VOTING_TEMPERATURE
        return replace(sampling, temperature=temperature, seed=sampling.seed + ballot)

    async def _attempts(
        self, question: str, step: int, sampling: Sampling
    ) -> AsyncGenerator[Event | Evaluation, None]:
        """Programs until one runs: after a fault the model is told and writes another."""
        system = self.prompts.system_free if self.free else self.prompts.system
        asked = fill(self.prompts.question, QUESTION=question)
        turns = [Turn("system", system), Turn("user", asked)]
        for attempt in range(step, step + self.repair + 1):
            async with aclosing(self._write(turns, attempt, sampling)) as items:
                async for item in items:
                    if isinstance(item, Completion):
                        written = item
                    else:
                        yield item
            program = code_in(written.text) if self.free else written.text.strip()
            try:
                _require_whole(written)
                evaluation = await aevaluate(program, self.timeout, self.memory, self._wanted)
            except EvaluationError as error:
                yield Evaluated(attempt, program, error.what, is_error=True)
                if attempt == step + self.repair:
                    raise
                turns += [
                    Turn("assistant", written.text, written.tokens),
                    Turn("user", fill(self.prompts.repair, ERROR=error.what)),
                ]
                continue
            yield evaluated(attempt, evaluation)
            yield evaluation
            return

    async def _write(
        self, turns: list[Turn], attempt: int, sampling: Sampling
    ) -> AsyncGenerator[Event | Completion, None]:
        prompt = await Transcriber(self.model.server).encode(turns)
        grammar, most = ("", _FREE_TOKENS) if self.free else (program_gbnf(), _PROGRAM_TOKENS)
        request = CompletionRequest(
            prompt.tokens,
            most,
            grammar,
            sampling=sampling,
            n_probs=N_PROBS if self.lens else 0,
            parts=prompt.parts,
        )
        rules = _grammar() if grammar else None
        async with aclosing(narrated(self.model.server, request, attempt, "program")) as items:
            async for item in items:
                yield item
                if not isinstance(item, Completion):
                    continue
                if rules and (used := rules_used(rules, item.text)):
                    yield RulesUsed(attempt, used)
                if read := await seen(item, rules, attempt, "program"):
                    yield read


@lru_cache
def _grammar() -> Grammar:
    return Grammar.from_gbnf(program_gbnf())


def _require_whole(written: Completion) -> None:
    if written.stop == "limit":
        raise EvaluationError(
            f"The program was cut off after {written.timings.generated} tokens.",
            "Ask in simpler words, or in several questions.",
        )
