"""Messages become turns, and the machine asks for the right ones."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from gba_jupyter.conversation import TURNS, converse, describe, keep
from gba_jupyter.errors import PromptError
from gba_jupyter.events import Timings
from gba_jupyter.grammar import Grammar
from gba_jupyter.llama.protocol import Completion
from gba_jupyter.llama.transcript import Prompt, Turn, llama2_template
from gba_jupyter.phases import Answer, Limits, two_phases
from gba_jupyter.prompts import AgentPrompts, fill

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


def test_a_tool_is_described_with_its_parameters():
    assert describe(TOOL) == (
        'find(query: string, kind: "a" | "b", n: integer | null (optional), '
        "of: list of string (optional)) - Finds things.\n    query: what to find"
    )


def test_the_users_system_message_comes_after_ours():
    turns = converse([SystemMessage("Be brief."), HumanMessage("Hi")], [TOOL], PROMPTS, True).turns
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
    conversation = converse(messages, [TOOL], PROMPTS, True, "m")
    assert list(conversation.turns[2:5]) == said
    other = converse(messages, [TOOL], PROMPTS, True, "another model")
    assert [t.text for t in other.turns] == [t.text for t in conversation.turns]
    assert all(t.tokens is None for t in other.turns)
    assert conversation.turns[5].text.startswith("The result of call 1 is: 4")
    assert conversation.step == 2


def test_a_new_request_starts_counting_anew():
    ours = AIMessage("answer")
    messages = [HumanMessage("Q"), AIMessage("a"), ToolMessage("r", tool_call_id="x"), ours]
    assert converse([*messages, HumanMessage("Q2")], [TOOL], PROMPTS, True).step == 1


def test_calls_of_another_model_are_written_out():
    call = {"name": "find", "args": {"query": "ü"}, "id": "1", "type": "tool_call"}
    other = AIMessage("", tool_calls=[call])
    messages = [HumanMessage("Q"), other, ToolMessage("r", tool_call_id="1")]
    turns = converse(messages, [TOOL], PROMPTS, True).turns
    assert turns[2].text == '{"tool":"find","arguments":{"query":"ü"}}'


def test_roles_alternate_whatever_comes():
    messages = [HumanMessage("a"), HumanMessage("b"), ToolMessage("r", tool_call_id="1")]
    assert [t.role for t in converse(messages, [], PROMPTS, True).turns] == ["user"]


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
        converse(messages, [], PROMPTS, True)


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


def test_phase_two_goes_on_from_phase_one():
    turns = (Turn("user", "Q"),)
    machine = two_phases(turns, grammar, "act!", Limits(5, 7), stop=("\n",))
    first = next(machine)
    assert (first.phase, first.turns, first.n_predict, first.grammar) == ("reason", turns, 5, None)
    assert first.stop == ("\n",)
    second = machine.send(answer(" thought ", (1, 2)))
    assert second.turns == (*turns, Turn("assistant", " thought ", (1, 2)), Turn("user", "act!"))
    assert (second.phase, second.n_predict, second.stop) == ("act", 7, ())
    with pytest.raises(StopIteration) as done:
        machine.send(answer("{}", (3,), "limit"))
    step = done.value.value
    assert (step.thought, step.call, step.stop) == ("thought", "{}", "limit")
    assert step.said == (*second.turns[1:], Turn("assistant", "{}", (3,)))


def test_without_reasoning_there_is_one_request():
    machine = two_phases((Turn("user", "Q"),), grammar, "act!", Limits(), reason=False)
    assert next(machine).turns == (Turn("user", "Q\n\nact!"),)


def test_the_built_in_llama_2_template():
    from gba_jupyter.llama.protocol import Message

    chat = [Message("system", "S"), Message("user", "U"), Message("assistant", "A")]
    assert llama2_template([*chat, Message("user", "V")]) == (
        "[INST] <<SYS>>\nS\n<</SYS>>\n\nU [/INST] A </s><s>[INST] V [/INST]"
    )
