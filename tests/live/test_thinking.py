"""Models that think by themselves: the real server, with a template that has `<think>` in it."""

from __future__ import annotations

import pytest

import gba_jupyter as gba
from gba_jupyter.conversation import TURNS
from gba_jupyter.llama.client import LlamaServer

THINKER = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% if m.role == 'assistant' and '</think>' in m.content %}"
    "{{ m.content.split('</think>')[-1].strip() }}{% else %}{{ m.content }}{% endif %}"
    "<|im_end|>\n{% endfor %}<|im_start|>assistant\n<think>\n"
)


def find(query: str) -> str:
    """Finds things."""
    return f"found {query}"


@pytest.fixture
def thinker(server: LlamaServer) -> gba.ChatLlamaGBNF:
    return gba.ChatLlamaGBNF.on(server, chat_template=THINKER, reason_tokens=32, max_tokens=100)


def test_it_thinks_in_its_own_turn_and_the_call_parses(thinker: gba.ChatLlamaGBNF) -> None:
    answer = thinker.bind_tools([find], tool_choice="any").invoke("Find a brown dog")
    assert [call["name"] for call in answer.tool_calls] == ["find"]
    assert answer.content_blocks[0]["type"] == "reasoning"
    (_, said, _) = answer.response_metadata[TURNS][-1]
    assert said.startswith("<think>") and said.count("</think>") == 1
    # One turn for both phases: the call reads nothing again but what closes the thinking.
    assert answer.response_metadata["timings"]["act"]["evaluated"] < 12


def test_without_reasoning_the_thinking_is_closed_at_once(thinker: gba.ChatLlamaGBNF) -> None:
    answer = thinker.bind_tools([find], tool_choice="any").invoke("Find a dog", reason=False)
    assert answer.tool_calls
    assert set(answer.response_metadata["timings"]) == {"act"}
    assert "<think>\n\n</think>" in answer.response_metadata["prompt"]


def test_an_agent_goes_on_over_several_steps(thinker: gba.ChatLlamaGBNF) -> None:
    run = gba.Agent(thinker, [find], max_steps=3).run("Find a brown dog, then a cat.")
    assert run.answer
