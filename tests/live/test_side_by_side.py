"""Conversations side by side: each on a slot of its own, and nothing is read twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

import gba_jupyter as gba
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.embedded import serve
from gba_jupyter.options import AgentOptions
from gba_jupyter.servers import Role, Servers
from gba_jupyter.session import Session

TURNS = 4
STORY = "The story so far, of which nothing may be read twice: " + "a dog ran on, and " * 60


@pytest.fixture
def server(own_cache: Path) -> Iterator[LlamaServer]:
    """A server that nobody else uses, whatever runs on this machine."""
    with serve() as embedded:
        client = LlamaServer(embedded.url, embedded.api_key)
        yield client
        client.close()


def find(query: str) -> str:
    """Finds things."""
    return f"found {query}"


async def test_conversations_that_run_at_once_don_t_read_anything_again(
    server: LlamaServer,
) -> None:
    model = gba.ChatLlamaGBNF.on(server, reason_tokens=8, max_tokens=24)
    bound = model.bind_tools([find], tool_choice="respond_to_user")

    async def talk(name: str) -> list[int]:
        messages: list[BaseMessage] = [HumanMessage(f"I am {name}. {STORY}")]
        evaluated = []
        for _ in range(TURNS):
            answer: AIMessage = await bound.ainvoke(messages)
            timings = answer.response_metadata["timings"].values()
            evaluated.append(sum(t["evaluated"] for t in timings))
            messages += [answer, HumanMessage("Go on.")]
        return evaluated

    slots = (await server.aconnect()).total_slots
    costs = await asyncio.gather(*[talk(f"number {n}") for n in range(slots)])
    await server.aclose()
    for first, *later in costs:
        assert first > 200
        assert max(later) < 100, costs


def test_cells_of_one_thread_read_only_what_is_new(server: LlamaServer) -> None:
    role = Role(server.base_url, chosen=True, server=server)
    servers = Servers(roles={"agent": role, "math": role})
    session = Session({"find": find}, servers=servers, tool_names=("find",))
    options = AgentOptions(max_steps=1, max_tokens=96)
    first = session.ask(STORY, options, lambda _: None)
    second = session.ask("Go on.", options, lambda _: None)
    assert first.usage.evaluated > 200
    assert second.usage.evaluated < 100
    assert second.usage.cached > 400
