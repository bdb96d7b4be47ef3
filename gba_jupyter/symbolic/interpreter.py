"""From a question to an exact answer: the code model writes a program, the sandbox runs it."""

from __future__ import annotations

import reprlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

from ..errors import EvaluationError
from ..events import (
    Evaluated,
    Event,
    OnEvent,
    RunStarted,
    ServerStarting,
    Timings,
    spent,
)
from ..llama.client import LlamaServer
from ..llama.narrate import connected, narrated
from ..llama.protocol import Completion, CompletionRequest, Sampling
from ..llama.transcript import Transcriber, Turn
from ..prompts import MathPrompts, fill
from ..running import play, told
from . import Evaluation, aevaluate, program_gbnf, warm_up

_PROGRAM_TOKENS = 256


class CodeModel(Protocol):
    """What the interpreter needs of a model; `ChatLlamaGBNF` is one."""

    @property
    def server(self) -> LlamaServer:
        """The client to talk through."""

    @property
    def sampling(self) -> Sampling:
        """How tokens are drawn."""


@dataclass(frozen=True)
class MathResult:
    """A question, the program that answers it, and what came out. ``str()`` is the answer."""

    question: str
    evaluation: Evaluation
    events: tuple[Event, ...] = ()

    @property
    def program(self) -> str:
        """The program that the model wrote."""
        return self.evaluation.program

    @property
    def value(self) -> Any:
        """The exact value, a SymPy object; see `Evaluation.value`."""
        return self.evaluation.value

    @property
    def latex(self) -> str:
        """The value typeset."""
        return self.evaluation.latex

    @property
    def approx(self) -> str:
        """Decimal digits, where the exact value is not a plain number; else empty."""
        return self.evaluation.approx

    @property
    def printed(self) -> str:
        """What the program printed."""
        return self.evaluation.printed

    @property
    def usage(self) -> Timings:
        """Tokens and milliseconds that the program cost."""
        return spent(self.events)

    def __str__(self) -> str:
        return str(self.evaluation)

    def __repr__(self) -> str:
        return f"MathResult({self.question!r}: {reprlib.repr(str(self))})"


class MathInterpreter:
    """Answers questions by programs.

    Args:
        model: the code model, such as ``ChatLlamaGBNF(base_url="http://localhost:8088")``.
        prompts: the texts sent to it.
        timeout: seconds that a program may run.
        repair: how often the model may write another program after one that failed.
    """

    def __init__(
        self,
        model: CodeModel,
        prompts: MathPrompts | None = None,
        timeout: float = 5.0,
        repair: int = 1,
    ) -> None:
        self.model = model
        self.prompts = prompts or MathPrompts()
        self.timeout = timeout
        self.repair = repair
        self._transcriber = Transcriber(model.server)

    def solve(self, question: str, on_event: OnEvent | None = None) -> MathResult:
        """Answer a question.

        Raises:
            EvaluationError: the program was refused, failed or hit a limit.
            ServerError: the server failed.
        """
        return play(self.astream(question), on_event)

    def astream(self, question: str) -> AsyncGenerator[Event | MathResult, None]:
        """The events of a run as they happen, and the `MathResult` last."""

        def result(evaluation: Evaluation, events: tuple[Event, ...]) -> MathResult:
            return MathResult(question, evaluation, events)

        return told(self._attempts(question), result)

    async def _attempts(self, question: str) -> AsyncGenerator[Event | Evaluation, None]:
        """Programs until one runs: after a fault the model is told and writes another."""
        server = self.model.server
        async for news in connected(server):
            if isinstance(news, ServerStarting):
                yield news
            else:
                props = news
        yield RunStarted("math", question, props.model, server.base_url)
        asked = fill(self.prompts.question, QUESTION=question)
        turns = [Turn("system", self.prompts.system), Turn("user", asked)]
        warm_up()  # the sandbox gets ready while the model writes
        for attempt in range(1, self.repair + 2):
            async with aclosing(self._write(turns, attempt)) as items:
                async for item in items:
                    if isinstance(item, Completion):
                        written = item
                    else:
                        yield item
            program = written.text.strip()
            try:
                evaluation = await self._evaluate(program, written)
            except EvaluationError as error:
                yield Evaluated(attempt, program, error.what, is_error=True)
                if attempt > self.repair:
                    raise
                turns += [
                    Turn("assistant", written.text, written.tokens),
                    Turn("user", fill(self.prompts.repair, ERROR=error.what)),
                ]
                continue
            yield Evaluated(attempt, program, str(evaluation), evaluation.latex, evaluation.approx)
            yield evaluation
            return

    async def _write(
        self, turns: list[Turn], attempt: int
    ) -> AsyncGenerator[Event | Completion, None]:
        prompt = await self._transcriber.encode(turns)
        request = CompletionRequest(
            prompt.tokens, _PROGRAM_TOKENS, program_gbnf(), sampling=self.model.sampling
        )
        async with aclosing(narrated(self.model.server, request, attempt, "program")) as items:
            async for item in items:
                yield item

    async def _evaluate(self, program: str, written: Completion) -> Evaluation:
        if written.stop == "limit":
            raise EvaluationError(
                f"The program was cut off after {written.timings.generated} tokens.",
                "Ask in simpler words, or in several questions.",
            )
        return await aevaluate(program, self.timeout)
