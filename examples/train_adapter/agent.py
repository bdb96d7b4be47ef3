"""Threads about one tool: the offer, a request, the call and the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .calc import FAMILY as CALCULATOR
from .calc import Sum, calculation
from .cases import ANSWER_TOOL, AgentCase, Request, Step
from .pools import Pools, Value
from .tables import Family, Tool, tool
from .templates import expand, fill, slots
from .wordings import dressed, first_thought, last_thought

CALCULATE = ("calculate", "Works out a mathematical expression or question exactly.")


@dataclass(frozen=True)
class Call:
    """A drawn call: the tool, the values of its slots, and what came of it."""

    tool: Tool
    template: str
    text: str
    values: dict[str, Value]
    result: str
    answer: str
    facts: tuple[str, ...]

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments in the schema's order."""
        family = self.tool.family
        given = [a for a in family.arguments if a.slot in self.values]
        return {self.tool.names[a.slot]: self.values[a.slot].value for a in given}


class Maker:
    """Draws tools, calls and threads from a list of families."""

    def __init__(self, pools: Pools, families: list[Family], ours: list[Family]) -> None:
        self.pools, self.rng = pools, pools.rng
        self.families, self.ours = families, ours

    def family(self) -> Family:
        """Any family; those made by program are many, so they get their share only."""
        things = [f for f in self.families if f.group.startswith("thing")]
        if things and self.rng.random() < 0.2:
            return self.rng.choice(things)
        return self.rng.choice([f for f in self.families if not f.group.startswith("thing")])

    def tool(self, family: Family) -> Tool:
        """A tool of the family, under names of its own."""
        if family in self.ours:
            return tool(family, Random(0), True)
        made = tool(family, self.rng, self.rng.random() > 0.05)
        if self.pools.held_out and made.name[-1].isdigit():
            made = replace(made, name=f"z{made.name}")
        return made

    def calculator(self) -> Tool:
        """The calculator, half of the time under our own name."""
        if self.rng.random() < 0.5 and not self.pools.held_out:
            return Tool(CALCULATOR, *CALCULATE, {"expression": "expression"})
        made = tool(CALCULATOR, self.rng)
        return replace(made, name=f"math_{made.name}") if self.pools.held_out else made

    def offer(self, *needed: Tool, without: str = "") -> tuple[dict[str, Any], ...]:
        """The needed tools among others, similar ones first."""
        rng = self.rng
        most = rng.choices([2, 3, 4, 5, 6, 7, 8], [22, 32, 24, 12, 5, 3, 2])[0]
        offered = list(needed)
        groups = {each.family.group for each in needed}
        near = [f for f in self.families if f.group in groups]
        if any(each.family in self.ours for each in needed):
            offered += [self.tool(f) for f in self.ours if rng.random() < 0.7]
            if rng.random() < 0.6:
                offered.append(Tool(CALCULATOR, *CALCULATE, {"expression": "expression"}))
        offered = _distinct(offered, without)
        while len(offered) < most:
            family = rng.choice(near) if near and rng.random() < 0.5 else self.family()
            extra = self.calculator() if rng.random() < 0.06 else self.tool(family)
            offered = _distinct([*offered, extra], without)
        rng.shuffle(offered)
        helpful = rng.random() < 0.25
        return tuple(each.described(helpful) for each in offered)

    def call(self, made: Tool, known: dict[str, Value] | None = None) -> Call:
        """A request for a tool, with values; `known` ones are kept."""
        family = made.family
        raw = self.rng.choice(family.asks)
        template = expand(raw, self.rng)
        values: dict[str, Value] = {}
        lower = not self.pools.held_out and self.rng.random() < 0.06
        for each in family.arguments:
            if each.slot in slots(template):
                value = (known or {}).get(each.slot) or self.draw(each.kind, values)
                text = isinstance(value.value, str) and not each.kind.startswith("enum")
                if lower and text and not known:
                    value = Value(value.text.lower(), value.value.lower())
                values[each.slot] = value
        shown = {slot: value.text for slot, value in values.items()}
        dress = dressed(template, self.rng, self.pools.held_out)
        return self.answered(made, raw, fill(dress, shown), values)

    def answered(self, made: Tool, raw: str, text: str, values: dict[str, Value]) -> Call:
        """The call with a result and an answer."""
        family, rng = made.family, self.rng
        drawn = {name: self.pools.draw(kind) for name, kind in family.values}
        shown = {name: value.text for name, value in {**values, **drawn}.items()}
        result = fill(rng.choice(family.results), shown)
        if drawn and rng.random() < 0.25:
            found = {name: value.value for name, value in drawn.items()}
            result = json.dumps(found, ensure_ascii=False)
        template = rng.choice(family.answers)
        used = slots(template)
        facts = tuple(drawn[n].text for n in used if n in drawn)
        return Call(made, raw, text, values, result, fill(template, shown), facts)

    def sum_call(self, made: Tool, drawn: Sum, text: str) -> Call:
        """A call of the calculator."""
        values = {"expression": Value(drawn.expression, drawn.expression)}
        answer = f"The result is {drawn.value}."
        return Call(made, drawn.template, text, values, drawn.value, answer, (drawn.value,))

    def any_call(self) -> Call:
        """A call of any tool: often ours, now and then the calculator."""
        chance = self.rng.random()
        if chance < 0.08:
            drawn = calculation(self.pools)
            text = dressed(drawn.text + self.rng.choice("??."), self.rng, self.pools.held_out)
            return self.sum_call(self.calculator(), drawn, text)
        if chance < 0.2 and self.ours:
            return self.call(self.tool(self.rng.choice(self.ours)))
        return self.call(self.tool(self.family()))

    def step(self, call: Call, result: str | None = None) -> Step:
        """The step that makes a call first."""
        want = self.rng.choice(call.tool.family.wants)
        thought = first_thought(want, call.tool.name, call.arguments)
        return Step(
            thought, call.tool.name, call.arguments, call.result if result is None else result
        )

    def last(self, answer: str, facts: tuple[str, ...]) -> Step:
        """The step that answers."""
        return Step(last_thought(facts), ANSWER_TOOL, {"answer": answer})

    def one(self) -> AgentCase:
        """One request, one call, one answer."""
        call = self.any_call()
        request = Request(
            call.text, (self.step(call), self.last(call.answer, call.facts)), call.facts
        )
        return AgentCase(call.tool.family.key, call.template, self.offer(call.tool), (request,))

    def draw(self, kind: str, values: dict[str, Value]) -> Value:
        """A value of a kind; other than these, if there is one."""
        value = self.pools.draw(kind)
        for _ in range(20):
            if value not in values.values():
                break
            value = self.pools.draw(kind)
        return value


def _distinct(tools: list[Tool], without: str) -> list[Tool]:
    kept: list[Tool] = []
    for each in tools:
        same = any(each.name == k.name or each.family.key == k.family.key for k in kept)
        if not same and each.family.key != without:
            kept.append(each)
    return kept
