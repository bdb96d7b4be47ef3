"""Tools that fail: called again, called with mended arguments, or the user is told."""

from __future__ import annotations

from typing import Any

from .agent import Call, Maker
from .cases import ANSWER_TOOL, AgentCase, Request, Step
from .wordings import told

ERRORS = ("error: service unavailable", "error: timeout after 10 seconds", "error: server busy",
          "error: connection lost", "error: internal error", "error: too many calls")  # fmt: skip
REFUSALS = ("error: {name}: no such value {bad}; write {good}", "error: unknown {name}, use {good}",
            "error: {bad} is not valid, did you mean {good}?")  # fmt: skip


def error(maker: Maker) -> AgentCase:
    """A tool fails: it is called again, or the user is told."""
    call = maker.any_call()
    if maker.rng.random() < 0.4 and (mended := _mended(maker, call)):
        steps = mended
    elif maker.rng.random() < 0.5:
        first = maker.step(call, maker.rng.choice(ERRORS))
        again = Step(f"The call failed, so I call {call.tool.name} once more.", call.tool.name,
                     call.arguments, call.result)  # fmt: skip
        steps = (first, again, maker.last(call.answer, call.facts))
    else:
        first = maker.step(call, maker.rng.choice(ERRORS))
        problem = first.result.removeprefix("error: ")
        thought = "The tool failed, so I tell the user with respond_to_user."
        answer = f"I am sorry, that did not work: {problem}."
        steps = (first, Step(thought, ANSWER_TOOL, {"answer": answer}))
    request = Request(call.text, steps)
    return AgentCase(call.tool.family.key, call.template, maker.offer(call.tool), (request,))


def _mended(maker: Maker, call: Call) -> tuple[Step, ...]:
    """The tool names the value that it wants, and is called with that one."""
    texts = {name: value for name, value in call.arguments.items() if isinstance(value, str)}
    names = [name for name, value in texts.items() if len(value.split()) <= 3]
    if not names or call.tool.family.key == "calculator":
        return ()
    name = maker.rng.choice(names)
    if any(a.kind.startswith("enum") and call.tool.names[a.slot] == name
           for a in call.tool.family.arguments):  # fmt: skip
        return ()
    good = maker.pools.name()
    words = {"name": name, "bad": texts[name], "good": good}
    first = maker.step(call, maker.rng.choice(REFUSALS).format(**words))
    arguments: dict[str, Any] = {**call.arguments, name: good}
    thought = f"The call failed, so I call {call.tool.name} again with {told({name: good})}."
    again = Step(thought, call.tool.name, arguments, call.result)
    return (first, again, maker.last(call.answer, call.facts))
