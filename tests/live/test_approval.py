"""Somebody decides about each call: approve, edit, reject, and stop while it waits."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import gba_jupyter as gba
from gba_jupyter import events as e
from gba_jupyter.approval import APPROVE, Decision, Proposal, rejected
from gba_jupyter.event_json import to_json
from gba_jupyter.llama.client import LlamaServer

CALLED: list[str] = []


def look_up(word: str) -> str:
    """Looks a word up in the dictionary."""
    CALLED.append(word)
    return f"{word} means something"


class Caller(gba.ChatLlamaGBNF):
    """Calls the tool in the first step, so that the test does not hang on the model's mood."""

    def bind_tools(self, tools: Any, *, tool_choice: Any = None, **kwargs: Any) -> Any:
        return super().bind_tools(tools, tool_choice=tool_choice or "look_up", **kwargs)


def run(server: LlamaServer, approve: Any, tell: Any = None) -> gba.AgentRun:
    CALLED.clear()
    model = Caller.on(server, reason=False, max_tokens=60)
    agent = gba.Agent(model, [look_up], max_steps=2, approve=approve)
    return agent.run("Use look_up to look up the word tree.", tell)


def decided(found: gba.AgentRun) -> list[str]:
    return [event.decision for event in found.events if isinstance(event, e.ApprovalGiven)]


def test_an_approved_call_is_made_in_the_thread_of_the_caller(server: LlamaServer) -> None:
    seen: list[tuple[Proposal, str]] = []

    def approve(proposal: Proposal) -> Decision:
        seen.append((proposal, threading.current_thread().name))
        return APPROVE

    found = run(server, approve)
    ((proposal, thread),) = seen
    assert thread == threading.current_thread().name
    assert proposal.name == "look_up"
    assert [proposal.arguments["word"]] == CALLED
    assert decided(found) == ["approve"]
    assert found.answer


def test_an_edited_call_is_made_with_the_edited_arguments(server: LlamaServer) -> None:
    found = run(server, lambda proposal: proposal.edited('{"word": "edited"}'))
    assert CALLED == ["edited"]
    assert decided(found) == ["edit"]
    assert "edited means something" in found.steps[0].result.content  # type: ignore[union-attr]


def test_a_rejected_call_is_not_made_and_the_model_is_told(server: LlamaServer) -> None:
    found = run(server, lambda _: rejected("Not today."))
    assert CALLED == []
    assert decided(found) == ["reject"]
    assert any("Not today." in message.text for message in found.messages)
    assert found.answer


def test_stop_while_it_waits_for_the_decision(server: LlamaServer) -> None:
    told: list[e.Event] = []

    def stop(proposal: Proposal) -> Decision:
        raise KeyboardInterrupt

    with pytest.raises(gba.errors.Interrupted):
        run(server, stop, told.append)
    assert CALLED == []
    assert isinstance(told[-1], e.RunFinished) and told[-1].status == "interrupted"
    assert not any(slot.busy for slot in server.slots())


async def test_an_async_caller_is_asked_too(server: LlamaServer) -> None:
    model = Caller.on(server, reason=False, max_tokens=60)
    agent = gba.Agent(model, [look_up], max_steps=2, approve=lambda _: rejected())
    items = [item async for item in agent.astream("Look up the word tree.")]
    assert isinstance(items[-1], gba.AgentRun)
    assert any(isinstance(item, e.ApprovalAsked) for item in items)


def test_whatever_a_tool_gives_the_model_sees_a_bounded_text(server: LlamaServer) -> None:
    class Picture:
        def _repr_png_(self) -> bytes:
            return b"png"

        def __str__(self) -> str:
            return "a picture" + "=" * 10_000

    def look_up(word: str) -> Any:
        """Looks a word up in the dictionary."""
        return Picture()

    agent = gba.Agent(Caller.on(server, reason=False, max_tokens=60), [look_up], max_steps=2)
    found = agent.run("Look up the word tree.")
    result = found.steps[0].result
    assert result is not None and isinstance(result.value, Picture)
    assert result.content.startswith("a picture=") and len(result.content) < 4100
    assert "value" not in to_json(result)
