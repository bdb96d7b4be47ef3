"""Requests that need no tool, and threads in which they stand among others."""

from __future__ import annotations

from . import talk
from .agent import Call, Maker
from .cases import ANSWER_TOOL, AgentCase, Request, Step
from .knowledge import RELATIONS
from .pools import Pools
from .tables import Tool
from .templates import expand, fill, slots
from .wordings import dressed


def direct(maker: Maker) -> AgentCase:
    """Talk, or a wish that no tool can fulfil, or thanks after a call."""
    chance = maker.rng.random()
    pools, rng = maker.pools, maker.rng
    if chance < 0.15 and not pools.held_out:
        call = maker.any_call()
        want = rng.choice(call.tool.family.wants)
        step = Step(talk.NO_TOOL.format(want=want), ANSWER_TOOL,
                    {"answer": rng.choice(talk.NO_TOOL_ANSWER).format(want=want)})  # fmt: skip
        blocked = {call.tool.family.group, "search"}
        tools = tuple(_unrelated(maker, blocked))
        return AgentCase("no_tool", call.template, tools, (Request(call.text, (step,)),))
    talked, template = small_talk(pools)
    if chance < 0.35 and not pools.held_out:
        call = maker.any_call()
        first = Request(
            call.text, (maker.step(call), maker.last(call.answer, call.facts)), call.facts
        )
        if rng.random() < 0.4:
            answer = f"You wrote: {call.text}"
            step = Step(talk.THOUGHT, ANSWER_TOOL, {"answer": answer})
            talked = Request(rng.choice(MEMORY), (step,))
        return AgentCase("talk", template, maker.offer(call.tool), (first, talked))
    return AgentCase("talk", template, maker.offer(), (talked,))


MEMORY = ("What did I ask before?", "what was my question?", "Repeat my last question.",
          "What did I just write?", "do you remember what I asked")  # fmt: skip


def small_talk(pools: Pools) -> tuple[Request, str]:
    """A request that is answered at once, and its template."""
    rng = pools.rng
    template, answer, values = _related(pools) if rng.random() < 0.4 else _talked(pools)
    text = expand(template, rng)
    polite = rng.random() < 0.25 and not pools.held_out
    text = fill(dressed(text, rng) if polite else text, values)
    said = fill(answer, values)
    if "a" in values:  # only there: what is to be echoed stays as it was written
        text, said = (t[:1].upper() + t[1:] for t in (text, said))
    step = Step(talk.THOUGHT, ANSWER_TOOL, {"answer": said})
    facts = tuple(values[s] for s in slots(answer) if s != "a" and values[s] in said)
    return Request(text, (step,), facts), template


def _talked(pools: Pools) -> tuple[str, str, dict[str, str]]:
    template, answer = pools.rng.choice(talk.HELD_OUT if pools.held_out else talk.TALK)
    return template, answer, {slot: pools.draw(kind).text for slot, kind in talk.SLOTS.items()}


def _related(pools: Pools) -> tuple[str, str, dict[str, str]]:
    relation = pools.rng.choice(RELATIONS)
    a, b = pools.rng.choice(relation.known(pools.held_out))
    asks = relation.asks_held_out if pools.held_out else relation.asks
    return pools.rng.choice(asks), relation.answer, {"a": a, "b": b}


def _unrelated(maker: Maker, blocked: set[str]) -> list[dict[str, object]]:
    made: list[Tool] = []
    while len(made) < maker.rng.choice((2, 3, 4)):
        family = maker.family()
        if family.group not in blocked and family.key not in [m.family.key for m in made]:
            made.append(maker.tool(family))
    made = list({m.name: m for m in made}.values())
    return [m.described(False) for m in made]


def mixed(maker: Maker) -> AgentCase:
    """A thread of unrelated requests over the same tools, with talk in between."""
    rng = maker.rng
    calls: list[Call] = []
    requests: list[Request] = []
    while len(requests) < rng.choice((2, 3, 4)):
        if rng.random() < 0.3:
            requests.append(small_talk(maker.pools)[0])
            continue
        made = maker.any_call()
        if calls and rng.random() < 0.25 and calls[-1].tool.family.asks:
            made = maker.call(calls[-1].tool)
        known = {c.tool.name: c.tool for c in calls}
        if known.get(made.tool.name, made.tool) != made.tool or _twin(made, calls):
            continue
        calls.append(made)
        steps = (maker.step(made), maker.last(made.answer, made.facts))
        requests.append(Request(made.text, steps, made.facts))
    tools = list({c.tool.name: c.tool for c in calls}.values())
    return AgentCase("mixed", "mixed", maker.offer(*tools), tuple(requests))


def _twin(made: Call, calls: list[Call]) -> bool:
    """Whether another tool does the same."""
    key = made.tool.family.key
    return any(c.tool.family.key == key and c.tool != made.tool for c in calls)
