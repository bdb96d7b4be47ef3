"""Messages become turns, and the machine asks for the right ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from gba_jupyter.conversation import TURNS, converse, keep
from gba_jupyter.descriptions import describe, form
from gba_jupyter.errors import PromptError
from gba_jupyter.events import Timings
from gba_jupyter.grammar import Grammar
from gba_jupyter.llama.protocol import Completion
from gba_jupyter.llama.transcript import Prompt, Turn, llama2_template
from gba_jupyter.phases import Answer, Limits, Machine, Step, phases
from gba_jupyter.prompts import AgentPrompts, fill
from gba_jupyter.tasks import Task, call_task, chat_task, for_thinker, form_task

PROMPTS = AgentPrompts()
TOOL = {
    "name": "find",
    "description": "Finds\n things.",
    "parameters": {
        "type": "object",
        "properties": {
            "query": {"type": "string", "description": "what to find"},
            "kind": {"enum": ["a", "b"]},
            "n": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "of": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["query", "kind"],
    },
}


CALL = call_task(PROMPTS, [TOOL], True)
CHAT = chat_task(PROMPTS)


def test_a_tool_is_described_with_its_parameters():
    assert describe(TOOL) == (
        'find(query: string, kind: "a" | "b", n: integer | null (optional), '
        "of: list of string (optional)) - Finds things.\n    query: what to find"
    )


def test_the_users_system_message_comes_after_ours():
    turns = converse([SystemMessage("Be brief."), HumanMessage("Hi")], CALL).turns
    assert turns[0].role == "system"
    assert turns[0].text.endswith("\n\nBe brief.")
    assert "find(query: string" in turns[0].text


def test_what_the_model_wrote_goes_back_as_its_ids():
    said = [
        Turn("assistant", "thought", (1, 2)),
        Turn("user", "act"),
        Turn("assistant", "{}", (3,)),
    ]
    ours = AIMessage("", response_metadata={TURNS: keep(said), "model": "m"})
    result = ToolMessage("4", tool_call_id="x")
    messages = [HumanMessage("Q"), ours, result]
    conversation = converse(messages, CALL, "m")
    assert list(conversation.turns[2:5]) == said
    other = converse(messages, CALL, "another model")
    assert [t.text for t in other.turns] == [t.text for t in conversation.turns]
    assert all(t.tokens is None for t in other.turns)
    assert conversation.turns[5].text.startswith("The result of call 1 is: 4")
    assert conversation.step == 2


def test_a_new_request_starts_counting_anew():
    ours = AIMessage("answer")
    messages = [HumanMessage("Q"), AIMessage("a"), ToolMessage("r", tool_call_id="x"), ours]
    assert converse([*messages, HumanMessage("Q2")], CALL).step == 1


def test_calls_of_another_model_are_written_out():
    call = {"name": "find", "args": {"query": "ü"}, "id": "1", "type": "tool_call"}
    other = AIMessage("", tool_calls=[call])
    messages = [HumanMessage("Q"), other, ToolMessage("r", tool_call_id="1")]
    turns = converse(messages, CALL).turns
    assert turns[2].text == '{"tool":"find","arguments":{"query":"ü"}}'


def test_roles_alternate_whatever_comes():
    messages = [HumanMessage("a"), HumanMessage("b"), ToolMessage("r", tool_call_id="1")]
    assert [t.role for t in converse(messages, CHAT).turns] == ["user"]


@pytest.mark.parametrize(
    ("messages", "what"),
    [
        ([], "does not end"),
        ([HumanMessage("a"), AIMessage("b")], "does not end"),
        ([HumanMessage([{"type": "image_url", "image_url": "x"}])], "'image_url'"),
    ],
)
def test_what_cannot_be_sent_is_said(messages, what: str):
    with pytest.raises(PromptError, match=what):
        converse(messages, CHAT)


def test_placeholders_in_values_stay():
    assert fill("<A> and <B>", A="<B>", B="<A>") == "<B> and <A>"
    assert fill("{x} <A>", A="{y}") == "{x} {y}"


def grammar(open_line: bool) -> Grammar:
    return Grammar.from_gbnf('root ::= "x"')


def answer(text: str, ids: tuple[int, ...], stop: str = "eos") -> Answer:
    timings = Timings(generated=len(ids))
    return Answer(
        Prompt((9,), "prompt", False),
        Completion(text, ids, stop, False, timings),  # type: ignore[arg-type]
    )


def task(reason: bool = True, act: str = "act!") -> Task:
    return replace(CHAT, act=act, act_thinking=f"think, {act}", grammar=grammar, reason=reason)


def result(machine: Machine, last: Answer) -> Step:
    with pytest.raises(StopIteration) as done:
        machine.send(last)
    step = done.value.value
    assert isinstance(step, Step)
    return step


def test_phase_two_goes_on_from_phase_one():
    turns = (Turn("user", "Q"),)
    machine = phases(turns, task(), Limits(5, 7), stop=("\n",))
    first = next(machine)
    assert (first.phase, first.turns, first.n_predict, first.grammar) == ("reason", turns, 5, None)
    assert first.stop == ("\n",)
    second = machine.send(answer(" thought ", (1, 2)))
    assert second.turns == (*turns, Turn("assistant", " thought ", (1, 2)), Turn("user", "act!"))
    assert (second.phase, second.n_predict, second.stop) == ("act", 7, ())
    step = result(machine, answer("{}", (3,), "limit"))
    assert (step.thought, step.call, step.stop) == ("thought", "{}", "limit")
    assert step.said == (*second.turns[1:], Turn("assistant", "{}", (3,)))


def test_without_reasoning_there_is_one_request_and_the_next_prompt_begins_with_it():
    asked = Turn("user", "Q\n\nact!")
    machine = phases((Turn("user", "Q"),), task(reason=False), Limits())
    assert next(machine).turns == (asked,)
    step = result(machine, answer("{}", (3,)))
    assert step.said == (asked, Turn("assistant", "{}", (3,)))
    ours = AIMessage("", response_metadata={TURNS: keep(step.said), "model": "m"})
    messages = [HumanMessage("Q"), ours, ToolMessage("4", tool_call_id="x")]
    turns = converse(messages, task(reason=False), "m").turns
    assert turns[:2] == (asked, Turn("assistant", "{}", (3,)))


def test_a_model_that_thinks_by_itself_does_both_phases_in_one_turn():
    machine = phases((Turn("user", "Q"),), task(), Limits(5, 7), ("stop",), thinks=True)
    first = next(machine)
    assert first.turns == (Turn("user", "Q\n\nthink, act!"),)
    assert (first.begun, first.stop) == (("<think>\n",), ("</think>", "stop"))
    second = machine.send(answer("hm", (1, 2)))
    assert second.turns == first.turns
    assert second.begun == ("<think>\n", Turn("assistant", "hm", (1, 2)), "\n</think>\n\n")
    begun = Prompt((9, 7, 1, 2, 8), "…", False, (7, 1, 2, 8), "<think>\nhm\n</think>\n\n")
    step = result(machine, replace(answer("{}", (3,)), prompt=begun))
    assert step.said[1] == Turn("assistant", "<think>\nhm\n</think>\n\n{}", (7, 1, 2, 8, 3))
    assert (step.thought, step.call) == ("hm", "{}")


def test_a_model_that_thinks_can_be_told_not_to():
    machine = phases((Turn("user", "Q"),), task(reason=False), Limits(), thinks=True)
    only = next(machine)
    assert only.begun == ("<think>\n\n</think>\n\n",)
    assert only.turns == (Turn("user", "Q\n\nact!"),)


def test_nobody_asks_a_model_that_thinks_by_itself_to_think():
    thinker = for_thinker(CALL, PROMPTS, True)
    assert thinker.request("Q") == "Q" and thinker.reason
    shaped = call_task(PROMPTS, [TOOL], lambda text, calls: f"{calls}: {text}?")
    assert for_thinker(shaped, PROMPTS, lambda text, calls: "x").request("Q") == "0: Q?"


def test_how_to_think_is_asked_for():
    assert "one sentence" in CALL.request("Q")
    assert "step by step" in call_task(PROMPTS, [TOOL], "free").request("Q")
    assert call_task(PROMPTS, [TOOL], False).request("Q") == "Q"
    assert call_task(PROMPTS, [TOOL], lambda text, calls: f"{calls}{text}").result(2, "R") == "2R"


def test_an_answer_of_a_form_is_described():
    schema = {
        "properties": {
            "winner": {"$ref": "#/$defs/Team", "description": "who won"},
            "score": {"type": "array", "items": {"type": "integer"}},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["winner", "score"],
        "$defs": {
            "Team": {
                "type": "object",
                "properties": {"name": {"type": "string", "description": "its full name"}},
            }
        },
    }
    assert form(schema).splitlines() == [
        "winner: {name: string} - who won",
        "    name: its full name",
        "score: list of integer",
        "note: string | null (optional)",
    ]
    asked = form_task(PROMPTS, schema, True)
    assert "its full name" in asked.system
    assert form_task(PROMPTS, schema, True, described=False).system == ""


def test_the_built_in_llama_2_template():
    from gba_jupyter.llama.protocol import Message

    chat = [Message("system", "S"), Message("user", "U"), Message("assistant", "A")]
    assert llama2_template([*chat, Message("user", "V")]) == (
        "[INST] <<SYS>>\nS\n<</SYS>>\n\nU [/INST] A </s><s>[INST] V [/INST]"
    )
