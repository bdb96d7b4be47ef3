"""The chat model, the agent and the interpreter against the real server and model.

What the model says is its own affair; what is asserted is the form.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Literal

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

import gba_jupyter as gba
from gba_jupyter import events as e
from gba_jupyter.conversation import TURNS
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.symbolic.calculate import calculate_tool


def find(query: str, kind: str = "any") -> str:
    """Finds things."""
    return f"found {query}"


def fail(reason: str) -> str:
    """Always fails."""
    raise ValueError(f"because {reason}")


@pytest.fixture
def model(server: LlamaServer) -> gba.ChatLlamaGBNF:
    return gba.ChatLlamaGBNF.on(server, reason_tokens=24, max_tokens=200)


def test_plain_chat(model: gba.ChatLlamaGBNF):
    answer = model.invoke("Say hello.")
    assert answer.text
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["output_tokens"] > 0
    assert model.invoke([("system", "Be brief."), ("user", "Hi")]).text


def test_a_call_under_the_grammar(model: gba.ChatLlamaGBNF):
    answer = model.bind_tools([find], tool_choice="any").invoke("Find a brown dog")
    (call,) = answer.tool_calls
    assert call["name"] == "find"
    assert set(call["args"]) <= {"query", "kind"}
    assert "query" in call["args"]
    metadata = answer.response_metadata
    assert gba.Grammar.from_gbnf(metadata["gbnf"]).accepts(metadata[TURNS][-1][1].strip())
    assert metadata["finish_reason"] == "tool_calls"
    assert set(metadata["timings"]) == {"reason", "act"}
    assert answer.content_blocks[0]["type"] == "reasoning"


@pytest.mark.parametrize("choice", ["none", "respond_to_user"])
def test_an_answer_under_the_grammar(model: gba.ChatLlamaGBNF, choice: str):
    answer = model.bind_tools([find], tool_choice=choice).invoke("Say hello.")
    assert not answer.tool_calls
    assert answer.text


def test_the_call_reads_only_what_is_new(model: gba.ChatLlamaGBNF):
    bound = model.bind_tools([find, fail])
    messages = [HumanMessage("Find a brown dog, and then a red one, if you can.")]
    for step in range(3):
        answer = bound.invoke(messages)
        cost = answer.response_metadata["timings"]
        assert cost["act"]["cached"] > 0
        assert cost["act"]["evaluated"] < 40, cost
        if step:
            assert cost["reason"]["evaluated"] < 80, cost
        messages.append(answer)
        if not answer.tool_calls:
            messages.append(HumanMessage("Go on."))
        else:
            messages.append(ToolMessage("nothing", tool_call_id=answer.tool_calls[0]["id"]))


def test_streaming_adds_up_to_the_same_message(model: gba.ChatLlamaGBNF):
    bound = model.bind_tools([find], tool_choice="find")
    whole = None
    for chunk in bound.stream("Find a brown dog"):
        whole = chunk if whole is None else whole + chunk
    assert whole is not None
    once = bound.invoke("Find a brown dog")
    assert [(c["name"], c["args"]) for c in whole.tool_calls] == [
        (c["name"], c["args"]) for c in once.tool_calls
    ]
    assert whole.response_metadata["gbnf"] == once.response_metadata["gbnf"]


async def test_the_async_doors(model: gba.ChatLlamaGBNF):
    bound = model.bind_tools([find], tool_choice="find")
    assert (await bound.ainvoke("Find a dog")).tool_calls
    assert [c async for c in bound.astream("Find a dog")]
    await model.server.aclose()


def test_a_call_that_is_cut_off_is_said_to_be(model: gba.ChatLlamaGBNF):
    short = model.model_copy(update={"max_tokens": 5})
    answer = short.bind_tools([find], tool_choice="find").invoke("Find a brown dog")
    assert answer.response_metadata["finish_reason"] == "length"
    assert not answer.tool_calls
    assert "cut off" in str(answer.invalid_tool_calls[0]["error"])
    with pytest.raises(gba.errors.RunError, match="cut off"):
        gba.Agent(short, [find], max_steps=1).run("Find a brown dog")


def test_an_answer_that_is_cut_off_is_kept_and_said_to_be(model: gba.ChatLlamaGBNF):
    short = model.model_copy(update={"max_tokens": 48})
    run = gba.Agent(short, [find], max_steps=1).run("Write a long poem about the sea.")
    if run.messages[-1].response_metadata["finish_reason"] == "length":
        assert run.answer
        assert any("cut off" in x.text for x in run.events if isinstance(x, e.Notice))


def test_after_a_call_that_is_cut_off_the_run_goes_on(server: LlamaServer):
    model = OneTool.on(server, reason=False, max_tokens=12)
    told: list[e.Event] = []
    with suppress(gba.errors.RunError):
        gba.Agent(model, [fail], max_steps=3).run("Fail, please", told.append)
    assert sum(isinstance(x, e.GrammarUsed) for x in told) == 3
    notices = [x.text for x in told if isinstance(x, e.Notice)]
    assert sum("another is asked for" in n for n in notices) == 2


def test_a_tool_that_is_not_there_cannot_be_chosen(model: gba.ChatLlamaGBNF):
    with pytest.raises(gba.errors.OptionError, match="fnd"):
        model.bind_tools([find], tool_choice="fnd")


def test_an_argument_that_is_not_known_is_not_dropped(model: gba.ChatLlamaGBNF):
    with pytest.raises(gba.errors.OptionError, match="temprature"):
        model.invoke("Hi", temprature=1)


def test_a_run_tells_its_story(model: gba.ChatLlamaGBNF):
    told: list[e.Event] = []
    run = gba.Agent(model, [find, fail], max_steps=3).run("Find a brown dog", told.append)
    assert tuple(told) == run.events
    assert isinstance(told[0], e.RunStarted)
    assert [type(x) for x in told[-2:]] == [e.Answered, e.RunFinished]
    assert str(run) == run.answer == run.messages[-1].text
    assert 1 <= len(run.steps) <= 3
    assert all(step.gbnf for step in run.steps)
    for event in run.events:
        if isinstance(event, e.PhaseFinished):
            pieces = [
                x.text
                for x in run.events
                if isinstance(x, e.TextDelta) and (x.step, x.phase) == (event.step, event.phase)
            ]
            assert "".join(pieces) == event.text
    record = json.loads(json.dumps(run.to_json()))
    again = gba.AgentRun.from_json(record)
    assert again.events == tuple(filter(e.is_kept, run.events))
    assert (again.steps, again.answer, again.usage) == (run.steps, run.answer, run.usage)
    used = [x.rules for x in run.events if isinstance(x, e.RulesUsed)]
    assert len(used) == len(run.steps) and all(rules["root"] == 1 for rules in used)


def test_the_last_step_answers(model: gba.ChatLlamaGBNF):
    run = gba.Agent(model, [find], max_steps=1).run("Find a brown dog")
    (step,) = run.steps
    assert step.call is None
    assert run.answer


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ('{"tool":"respond_to_user","arguments":{"answer":"ab', "ab"),
        ('{"tool":"respond_to_user","arguments":{"answer":"a\\', "a"),
        ('{"tool":"respond_to_user","arguments":{"answer":"a\\ud83d\\ude', "a"),
        ('{"tool":"respond_to_user","arguments":{"answer":"', ""),
        ('{"tool":"find","arguments":{"query":"x', ""),
    ],
)
def test_the_beginning_of_an_answer(call: str, answer: str):
    from gba_jupyter.answers import _begun_answer

    assert _begun_answer(call) == answer


class OneTool(gba.ChatLlamaGBNF):
    """Calls `fail` in the first step, so that the test does not hang on the model's mood."""

    def bind_tools(self, tools, *, tool_choice=None, **kwargs):
        return super().bind_tools(tools, tool_choice=tool_choice or "fail", **kwargs)


def test_a_tool_that_raises_is_told_to_the_model(server: LlamaServer):
    model = OneTool.on(server, reason=False, max_tokens=100)
    run = gba.Agent(model, [fail], max_steps=2).run("Fail, please")
    result = run.steps[0].result
    assert result is not None
    assert result.is_error
    assert "because" in result.content
    assert "Traceback" not in result.content
    assert run.steps[-1].call is None


async def slow(reason: str) -> str:
    """Always waits a moment."""
    await asyncio.sleep(0.01)
    return "waited"


class SlowTool(gba.ChatLlamaGBNF):
    """Calls `slow` or `ask` in the first step."""

    def bind_tools(self, tools, *, tool_choice=None, **kwargs):
        return super().bind_tools(tools, tool_choice=tool_choice or tools[0].name, **kwargs)


def test_an_async_tool_is_awaited(server: LlamaServer):
    model = SlowTool.on(server, reason=False, max_tokens=100)
    run = gba.Agent(model, [slow], max_steps=2).run("Wait, please")
    assert run.steps[0].result is not None
    assert run.steps[0].result.content == "waited"


def test_a_model_inside_a_tool_is_not_part_of_the_story(server: LlamaServer):
    def ask(question: str) -> str:
        """Asks another model."""
        return gba.ChatLlamaGBNF.on(server, max_tokens=8).invoke("Hi").text

    model = SlowTool.on(server, reason=False, max_tokens=100)
    run = gba.Agent(model, [ask], max_steps=2).run("Ask, please")
    finished = [x for x in run.events if isinstance(x, e.PhaseFinished)]
    assert [(x.step, x.phase) for x in finished] == [(1, "act"), (2, "act")]


def test_a_call_that_is_made_twice_must_be_followed_by_an_answer(server: LlamaServer):
    class Stubborn(gba.ChatLlamaGBNF):
        def bind_tools(self, tools, *, tool_choice=None, **kwargs):
            choice = tool_choice or "weather"
            return super().bind_tools(tools, tool_choice=choice, **kwargs)

    def weather(city: Literal["Paris"]) -> str:
        """Tells the weather."""
        return "sunny"

    model = Stubborn.on(server, reason=False, max_tokens=100)
    run = gba.Agent(model, [weather], max_steps=8).run("How is the weather?")
    assert [step.call is None for step in run.steps] == [False, False, True]
    assert any("made twice" in x.text for x in run.events if isinstance(x, e.Notice))


def test_a_misspelt_setting_is_told():
    with pytest.raises(ValueError, match="max_token"):
        gba.ChatLlamaGBNF(max_token=3)


def test_settings_tell_models_apart():
    keys = {str(gba.ChatLlamaGBNF(seed=s, max_tokens=m)._identifying_params)
            for s in (1, 2) for m in (3, 4)}  # fmt: skip
    assert len(keys) == 4


def test_the_interpreter_is_a_tool_of_langchain_s(model: gba.ChatLlamaGBNF):
    tool = gba.MathInterpreter(model).as_tool("sums")
    assert (tool.name, tool.invoke({"expression": "2 + 2"})) == ("sums", "4")
    assert model.bind_tools([tool], tool_choice="sums").invoke("What is 2 + 2?").tool_calls


def test_calculate_knows_expressions_and_its_limit():
    tool = calculate_tool(lambda _: pytest.fail("no model is needed"), timeout=0.5)
    assert tool.invoke({"expression": "25^0.24"}) == "2.16524"
    with pytest.raises(gba.errors.LimitExceeded):
        tool.invoke({"expression": "factorial(10**6) % 7 + sum(range(10**9))"})


async def test_cancelling_calculate_ends_the_program():
    tool = calculate_tool(lambda _: pytest.fail("no model is needed"), timeout=30)
    task = asyncio.ensure_future(tool.ainvoke({"expression": "sum(range(10**10))"}))
    await asyncio.sleep(1.0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await tool.ainvoke({"expression": "2+2"})) == "4"  # at once, not after 30 s


def test_a_conversation_goes_on(model: gba.ChatLlamaGBNF):
    agent = gba.Agent(model, [find], max_steps=2)
    first = agent.run("Find a brown dog")
    second = agent.run("It should be running too", history=first.messages)
    assert second.messages[: len(first.messages)] == first.messages
    costs = [x for x in second.events if isinstance(x, e.PhaseFinished)]
    assert costs[0].timings.cached > len(first.question)


def test_plain_langchain(model: gba.ChatLlamaGBNF):
    from langchain.agents import create_agent
    from langchain.agents.middleware import ModelCallLimitMiddleware

    agent = create_agent(
        model, [find], middleware=[ModelCallLimitMiddleware(run_limit=2, exit_behavior="end")]
    )
    messages = agent.invoke({"messages": [("user", "Find a brown dog")]})["messages"]
    assert isinstance(messages[-1], AIMessage)


@pytest.mark.parametrize("question", ["What is 73 raised to the 0.24 power?", "Give me 3*4"])
def test_a_question_becomes_a_program_that_runs(model: gba.ChatLlamaGBNF, question: str):
    told: list[e.Event] = []
    try:
        result = gba.MathInterpreter(model).solve(question, told.append)
    except gba.errors.EvaluationError as error:
        # A program may divide by zero or be cut off; it is never refused by our own check.
        assert not isinstance(error, gba.errors.ProgramRefused)
        assert isinstance(told[-1], e.RunFinished)
        assert told[-1].status == "failed"
    else:
        assert "result = " in result.program
        assert str(result)
        assert gba.evaluate(result.program).value == result.value
        assert isinstance(told[-1], e.RunFinished)
        assert told[-1].status == "done"
    programs = [x for x in told if isinstance(x, e.Evaluated)]
    assert [x.is_error for x in programs[:-1]] == [True] * (len(programs) - 1)
    assert sum(isinstance(x, e.GrammarUsed) for x in told) == len(programs) <= 2
