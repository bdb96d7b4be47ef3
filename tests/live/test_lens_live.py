"""The lens and the comparison on the real server and model."""

from __future__ import annotations

from typing import Literal

import pytest

import gba_jupyter as gba
from gba_jupyter import events as e
from gba_jupyter.compare import compare
from gba_jupyter.errors import OptionError
from gba_jupyter.event_json import from_json, to_json
from gba_jupyter.lens import N_PROBS, look, totals
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import CompletionRequest, Sampling
from gba_jupyter.readings import END, LensToken


def find(query: str, kind: str = "any") -> str:
    """Finds things."""
    return f"found {query}"


def weather(city: str, unit: Literal["celsius", "fahrenheit"] = "celsius", days: int = 1) -> str:
    """Tells the weather in a city."""
    return "sunny"


TOOLS = {
    "one": [find],
    "two": [find, weather],
}


@pytest.fixture
def model(server: LlamaServer) -> gba.ChatLlamaGBNF:
    return gba.ChatLlamaGBNF.on(server, reason_tokens=12, max_tokens=64, lens=True)


def text_of(tokens: tuple[LensToken, ...]) -> str:
    return "".join([token.text for token in tokens])


@pytest.mark.parametrize(("tools", "seed"), [("one", 1), ("two", 2)])
def test_every_sampled_token_is_legal_by_our_matcher(model, tools: str, seed: int):
    warm = model.model_copy(update={"temperature": 1.0, "seed": seed})
    told: list[e.Event] = []
    gba.Agent(warm, TOOLS[tools], max_steps=2).run("The weather in 東京 😀?", told.append)
    seen = [x for x in told if isinstance(x, e.LensRead)]
    written = {(x.step, x.phase): x for x in told if isinstance(x, e.PhaseFinished)}
    assert {x.phase for x in seen} == {"reason", "act"}
    for x in seen:
        ended = written[x.step, x.phase]
        assert text_of(x.tokens) == ended.text
        assert x.totals == totals(x.tokens)
        assert x.totals.tokens in (ended.timings.generated, ended.timings.generated - 1)
        assert from_json(to_json(x)) == x
        if x.phase == "act":
            assert all(token.legal for token in x.tokens)
            assert all(token.rule for token in x.tokens if token.text != END)
            assert x.totals.illegal == 0 < x.totals.forced


@pytest.mark.parametrize(
    "gbnf",
    [
        'root ::= "a😀" [à-ÿ] "日本" [一-三]+ "."',
        r'root ::= "\"" ([^"\\\x00-\x1f] | "\\" ["\\/bfnrt]){3,40} "\""',
        'root ::= ("ja" | "jaja" | "nein") " "? root?',
    ],
)
def test_every_sampled_token_is_legal_in_other_grammars(server: LlamaServer, gbnf: str):
    grammar = gba.Grammar.from_gbnf(gbnf)
    prompt = server.tokenize("Write something in Japanese and with emoji:")
    for seed in range(2):
        sampling = Sampling(1.5, top_k=0, top_p=1.0, min_p=0.0, seed=seed)
        request = CompletionRequest(prompt, 40, gbnf, (), sampling, N_PROBS)
        done = server.complete(request)
        tokens = look(done, grammar)
        assert text_of(tokens) == done.text
        assert all(token.legal for token in tokens), tokens


def test_the_lens_is_kept_with_the_message_and_changes_nothing(model):
    bound = model.bind_tools([find], tool_choice="find")
    answer = bound.invoke("Find a brown dog")
    kept = answer.response_metadata["lens"]
    assert set(kept) == {"reason", "act"}
    assert kept["act"]["totals"]["forced"] > 0
    without = model.bind_tools([find], tool_choice="find", lens=False).invoke("Find a brown dog")
    assert "lens" not in without.response_metadata
    assert without.tool_calls[0]["args"] == answer.tool_calls[0]["args"]


def test_a_comparison_of_all_four_ways(model):
    update = {"lens": False, "reason_tokens": 6, "max_tokens": 30}
    plain = model.model_copy(update=update)
    told: list[e.Event] = []
    made = compare(
        plain, [find], "Find a brown dog", expect="find", phases=True, on_event=told.append
    )
    ways = {(t.grammar, t.reason) for t in made.trials}
    assert len(made.trials) == len(ways) == 4
    held = [t for t in made.trials if t.grammar and "cut off" not in t.fault]
    assert all(t.is_json and t.is_call for t in held)
    assert isinstance(told[-1], e.RunFinished) and told[-1].status == "done"
    assert [x.number for x in told if isinstance(x, e.TrialMade)] == [1, 2, 3, 4]
    with pytest.raises(OptionError, match="no such tool"):
        compare(plain, [find], "q", expect="fnd")
    with pytest.raises(OptionError, match="no tools"):
        compare(plain, [], "q")
