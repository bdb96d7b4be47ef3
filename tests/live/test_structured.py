"""Structured output and agents in plain LangChain code, on the real server and model."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import pytest
from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware
from langchain.agents.structured_output import ProviderStrategy
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.exceptions import OutputParserException
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from pydantic import BaseModel, Field, field_validator
from typing_extensions import TypedDict

import gba_jupyter as gba
from gba_jupyter.conversation import TURNS
from gba_jupyter.llama.client import LlamaServer


class Player(BaseModel):
    """Somebody who plays."""

    name: str = Field(max_length=20)
    goals: int = Field(ge=0, le=9)


class Game(BaseModel):
    """The result of a game."""

    home: str = Field(description="the team that plays at home", max_length=20)
    result: Literal["won", "lost", "drawn"]
    players: list[Player] = Field(max_length=2)


class Score(TypedDict):
    """A score."""

    home: int
    away: int


QUESTION = "Reds against Blues: the Reds won at home. Ann scored two goals."


@pytest.fixture
def model(server: LlamaServer) -> gba.ChatLlamaGBNF:
    return gba.ChatLlamaGBNF.on(server, reason_tokens=16, max_tokens=200)


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
def test_every_method_gives_the_object(model: gba.ChatLlamaGBNF, method: Any) -> None:
    game = model.with_structured_output(Game, method=method).invoke(QUESTION)
    assert isinstance(game, Game)


async def test_dicts_stream_as_they_grow(model: gba.ChatLlamaGBNF) -> None:
    chain = model.with_structured_output(Game.model_json_schema())
    parts = [part async for part in chain.astream(QUESTION)]
    assert len(parts) > 2
    assert Game.model_validate(parts[-1])
    assert model.with_structured_output(Score).invoke("3:2").keys() == {"home", "away"}


def test_the_prompt_tells_what_the_fields_are_for(model: gba.ChatLlamaGBNF) -> None:
    raw = model.with_structured_output(Game, include_raw=True).invoke(QUESTION)
    assert isinstance(raw["parsed"], Game) and raw["parsing_error"] is None
    prompt = raw["raw"].response_metadata["prompt"]
    assert "home: string - the team that plays at home" in prompt
    assert 'result: "won" | "lost" | "drawn"' in prompt
    blind = model.with_structured_output(Game, method="json_mode", include_raw=True)
    assert "plays at home" not in blind.invoke(QUESTION)["raw"].response_metadata["prompt"]


def test_what_the_grammar_cannot_hold_is_checked_afterwards(model: gba.ChatLlamaGBNF) -> None:
    class Impossible(BaseModel):
        """A number."""

        number: int = Field(ge=0, le=3)

        @field_validator("number")
        @classmethod
        def no_number_will_do(cls, value: int) -> int:
            raise ValueError("none of them")

    with pytest.raises(OutputParserException, match="none of them"):
        model.with_structured_output(Impossible).invoke("One?")
    raw = model.with_structured_output(Impossible, include_raw=True).invoke("One?")
    assert raw["parsed"] is None and "none of them" in str(raw["parsing_error"])

    tool = {
        "name": "pick",
        "description": "Picks a colour.",
        "parameters": {
            "type": "object",
            "properties": {"colour": {"enum": ["red"]}},
            "required": ["colour"],
            "not": {"required": ["colour"], "properties": {"colour": {"type": "string"}}},
        },
    }
    answer = model.bind_tools([tool], tool_choice="pick").invoke("Pick.")
    assert answer.tool_calls == []
    (wrong,) = answer.invalid_tool_calls
    assert wrong["name"] == "pick" and wrong["error"]
    with pytest.raises(gba.GbaError, match="strict=True"):
        model.bind_tools([tool], strict=True)


def test_several_calls_at_once(model: gba.ChatLlamaGBNF) -> None:
    def weather(city: Literal["Rome", "Oslo"]) -> str:
        """Tells the weather."""
        return "sunny"

    bound = model.bind_tools([weather], tool_choice="any", parallel_tool_calls=True)
    calls = bound.invoke("The weather in Rome and in Oslo?").tool_calls
    assert 1 <= len(calls) <= 8
    assert {call["args"]["city"] for call in calls} <= {"Rome", "Oslo"}
    assert len({call["id"] for call in calls}) == len(calls)


def test_a_single_call_may_bring_its_own_settings(model: gba.ChatLlamaGBNF) -> None:
    short = model.invoke("Tell a story.", max_tokens=4)
    assert short.usage_metadata and short.usage_metadata["output_tokens"] == 4
    assert model.max_tokens == 200
    quick = model.bind_tools([Player], tool_choice="Player", reason=False).invoke("Ann, 2")
    assert set(quick.response_metadata["timings"]) == {"act"}
    with pytest.raises(gba.GbaError, match="temperature cannot be -1"):
        model.invoke("Hi", temperature=-1)


@pytest.mark.parametrize("reason", ["short", "free"])
def test_the_reasoning_can_be_shaped(model: gba.ChatLlamaGBNF, reason: Any) -> None:
    asked = model.bind_tools([Player], tool_choice="Player", reason=reason).invoke("Ann, 2")
    said = asked.response_metadata["prompt"]
    assert ("one sentence" in said) == (reason == "short")
    shaped = model.bind_tools(
        [Player], tool_choice="Player", reason=lambda text, n: f"{n}: {text}!"
    )
    assert "0: Ann, 2!" in shaped.invoke("Ann, 2").response_metadata["prompt"]


def test_without_reasoning_the_next_step_reads_only_what_is_new(model: gba.ChatLlamaGBNF) -> None:
    bound = model.bind_tools([Player], tool_choice="Player", reason=False)
    first = bound.invoke("Ann has scored two goals.")
    (call,) = first.tool_calls
    messages = [HumanMessage("Ann has scored two goals."), first]
    second = bound.invoke([*messages, ToolMessage("stored", tool_call_id=call["id"])])
    held = len(second.response_metadata[TURNS][-1][2])
    timings = second.response_metadata["timings"]["act"]
    before = first.response_metadata["timings"]["act"]
    assert timings["cached"] >= before["cached"] + before["evaluated"] + before["generated"] - 2
    assert held


def test_an_agent_of_langchain_s_with_an_answer_of_a_given_form(model: gba.ChatLlamaGBNF) -> None:
    def score(team: str) -> int:
        """Tells how many goals a team has scored."""
        return 2

    limit = ModelCallLimitMiddleware(run_limit=2, exit_behavior="end")
    plain = create_agent(model, [score], middleware=[limit])
    messages = plain.invoke({"messages": [HumanMessage("How many goals?")]})
    assert isinstance(messages["messages"][-1], AIMessage)
    formed = create_agent(model, [], response_format=ProviderStrategy(Player))
    state = formed.invoke({"messages": [HumanMessage("Ann has scored two goals.")]})
    assert isinstance(state["structured_response"], Player)


def test_batches_answer_in_order(model: gba.ChatLlamaGBNF) -> None:
    chain = model.with_structured_output(Player, reason=False)
    players = chain.batch(["Ann scored two goals.", "Bob scored one goal.", "Eve scored none."])
    assert [type(player) for player in players] == [Player] * 3


def test_callbacks_hear_each_token_once(model: gba.ChatLlamaGBNF) -> None:
    class Listener(BaseCallbackHandler):
        heard: ClassVar[list[Any]] = []

        def on_llm_new_token(self, token: Any, **_: Any) -> None:
            self.heard.append(token)

    chunks = list(model.stream("Say hello.", config={"callbacks": [Listener()]}))
    assert [token for token in Listener.heard if token] == [c.content for c in chunks if c.content]
