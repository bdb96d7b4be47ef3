"""The adapter: what it is trained on is what runs send, and a server lives with or without one."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

import gba_jupyter as gba
from gba_jupyter.chat_model import ChatLlamaGBNF
from gba_jupyter.events import Phase, Timings
from gba_jupyter.llama import lora, models
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.embedded import serve
from gba_jupyter.llama.protocol import Chunk, Completion, CompletionRequest, Piece, Sampling

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))

from train_adapter import evaluate
from train_adapter.cases import AgentCase, MathCase, Request, Step
from train_adapter.data import training
from train_adapter.playing import lenient, play
from train_adapter.render import CannotRender, Renderer, load, save, written

ROOM = {
    "name": "book_room",
    "description": "Books a room.",
    "parameters": {
        "type": "object",
        "properties": {"room": {"type": "string"}, "hours": {"type": "integer"}},
        "required": ["room", "hours"],
    },
}


def answer(text: str, thought: str = "That is enough, so I answer.") -> Step:
    return Step(thought, "respond_to_user", {"answer": text})


def booked(room: str, hours: int) -> Step:
    # The arguments in another order than the schema has them.
    arguments = {"hours": hours, "room": room}
    return Step(
        f"I must book the room “{room}” first.", "book_room", arguments, "done: ☂ <|im_end|>"
    )


CASES = [
    AgentCase("room", "t", (ROOM,), (Request("Hi 😀\n", (answer("Hello! 😀"),)),)),
    AgentCase(
        "room",
        "t",
        (ROOM,),
        (
            Request("Book Ä 1 for 2 h", (booked("Ä 1", 2), answer('Ä 1 is "booked".'))),
            Request("and 3?", (booked("Ä 1", 3), booked("B", 3), answer("Both.")), ("Both",)),
        ),
    ),
]


class Scripted(LlamaServer):
    """The real server, except that the completions are given; remembers the prompts."""

    script: list[str] | None = None
    prompts: list[tuple[int, ...]]

    async def astream(
        self, request: CompletionRequest, step: int = 0, phase: Phase | None = None
    ) -> AsyncGenerator[Chunk, None]:
        if self.script is None:
            async for chunk in super().astream(request, step, phase):
                yield chunk
            return
        text = self.script.pop(0)
        ids = await self.atokenize(text)
        self.prompts.append(request.prompt)
        yield Piece(text, ids, len(ids))
        yield Completion(text, ids, "eos", False, Timings(), request.grammar)


@pytest.fixture
def scripted(embedded: Any) -> Scripted:
    server = Scripted(embedded.url, embedded.api_key)
    server.connect()
    server.prompts = []
    return server


def lines(case: AgentCase) -> list[str]:
    """What the model writes, completion by completion."""
    order = {t["name"]: list(t["parameters"]["properties"]) for t in case.tools}
    steps = [step for request in case.requests for step in request.steps]
    return [text for step in steps for text in (step.thought, written(step, order))]


@pytest.mark.parametrize("number", range(8))
def test_what_is_learned_is_what_a_run_sends(scripted: Scripted, number: int):
    made = [case for case in training(5, 40) if isinstance(case, AgentCase)]
    case = [*CASES, *made][number]
    rendered = Renderer(scripted).render(case)
    scripted.script = lines(case)
    play(ChatLlamaGBNF.on(scripted), case)
    assert scripted.script == []
    assert tuple(scripted.prompts) == rendered.prompts
    own = [i for i, mine in zip(rendered.ids, rendered.own, strict=True) if mine]
    said = [i for text in lines(case) for i in (*scripted.tokenize(text), *end(scripted))]
    assert own == said


def test_a_program_is_learned_as_it_is_asked_for(scripted: Scripted):
    case = MathCase("sum", "t", "What is 1 + 2?", "result = 1 + 2", "3")
    rendered = Renderer(scripted).render(case)
    scripted.script = [case.program]
    result = gba.MathInterpreter(ChatLlamaGBNF.on(scripted)).solve(case.question)
    assert str(result) == "3"
    assert tuple(scripted.prompts) == rendered.prompts
    prompt = rendered.prompts[0]
    assert rendered.ids == (*prompt, *scripted.tokenize(case.program), *end(scripted))
    assert rendered.own == (False,) * len(prompt) + (True,) * (len(rendered.ids) - len(prompt))


def end(server: LlamaServer) -> tuple[int, ...]:
    return server.tokenize("<|im_end|>", parse_special=True)


def test_a_case_that_no_run_could_take_is_refused(server: LlamaServer):
    unknown = Step("So.", "fly", {})
    wrong = Step("So.", "book_room", {"room": 1, "hours": 2})
    for step in (unknown, wrong):
        case = AgentCase("f", "t", (ROOM,), (Request("x", (step, answer("y"))),))
        with pytest.raises(CannotRender):
            Renderer(server).render(case)
    with pytest.raises(CannotRender):
        Renderer(server).render(AgentCase("f", "t", (ROOM,), (Request("x", (booked("a", 1),)),)))


def test_rendered_cases_are_kept(server: LlamaServer, tmp_path: Path):
    examples = [Renderer(server).render(case) for case in CASES]
    save(examples, tmp_path / "r.npz", seed=3)
    kept, about = load(tmp_path / "r.npz")
    assert [(e.ids, e.own, e.family) for e in kept] == [(e.ids, e.own, e.family) for e in examples]
    assert about == {"seed": "3"}


def test_calls_are_read_leniently():
    call = ("a", {"x": 1})
    assert lenient('Sure!\n```json\n{"name": "a", "parameters": {"x": 1}}\n```') == call
    assert lenient('{oops} {"tool":"a","arguments":{"x":1}} {"tool":"b"}') == call
    assert lenient("I cannot.") is None
    assert lenient('{"x": 1}') is None


def test_intervals_hold_the_share():
    assert evaluate.wilson(0, 0) == (0.0, 1.0)
    low, high = evaluate.wilson(24, 28)
    assert (round(low, 3), round(high, 3)) == (0.685, 0.943)  # scipy's binomtest, method wilson


# -- the server ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"no adapter at all", b"GGUF" + bytes(200)])
def test_an_adapter_that_is_none_is_said_and_left_out(own_cache: Path, content: bytes):
    broken = own_cache / "broken.gguf"
    broken.write_bytes(content)
    with serve(adapter=broken) as host:
        assert host.notices == (
            "The adapter broken.gguf cannot be used here: the model runs without it.",
        )
        assert host.adapter is None
        server = LlamaServer(host.url, host.api_key)
        assert server.adapters() == ()
        off = Sampling(lora_scale=0.0)
        assert server.complete(CompletionRequest((1, 2, 3), 2, sampling=off)).text


def test_the_adapter_is_for_its_model_only(own_cache: Path):
    other = own_cache / "other.gguf"
    assert lora.adapter_of(other, True) is None
    assert lora.adapter_of(models.DEFAULT, False) is None
    assert lora.adapter_of(models.DEFAULT, other) == other


shipped = pytest.mark.skipif(
    not lora.shipped(models.DEFAULT).is_file(), reason="the adapter is not trained yet"
)


@shipped
def test_an_adapter_is_switched_without_a_stale_cache(server: LlamaServer):
    """Measured: told nothing, the server goes on with what another scale had computed."""
    assert [each.name for each in server.adapters()] == [lora.shipped(models.DEFAULT).name]
    prompt = Renderer(server).render(CASES[1]).prompts[0]

    def ask(scale: float | None) -> str:
        return server.complete(
            CompletionRequest(prompt, 24, sampling=Sampling(lora_scale=scale))
        ).text

    fresh = {scale: ask(scale) for scale in (1.0, 0.0)}
    assert fresh[0.0] != fresh[1.0]
    for scale in (None, 0.0, None, 1.0, 0.0, 1.0):
        assert ask(scale) == fresh[1.0 if scale is None else scale]
    assert lora.shipped(models.DEFAULT).stat().st_size <= 10_000_000
