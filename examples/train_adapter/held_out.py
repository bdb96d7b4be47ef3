"""The evaluation sets: families, names, wordings and values that training never uses."""

from __future__ import annotations

from random import Random

from .agent import Maker
from .cases import AgentCase, MathCase
from .direct import direct
from .held_families import TABLE
from .math_cases import cases
from .pools import Pools
from .steps import follow_up, two_steps
from .tables import families

KINDS = ("tool", "direct", "two_steps", "follow_up", "math")


def maker(seed: int) -> Maker:
    """The held-out families and pools."""
    return Maker(Pools(Random(seed), held_out=True), families(TABLE), [])


def evaluation(kind: str, seed: int, count: int) -> list[AgentCase] | list[MathCase]:
    """So many different cases of a kind, one of `KINDS`."""
    made = maker(seed)
    if kind == "math":
        endless = cases(made.pools)
        return [next(endless) for _ in range(count)]
    makers = {"tool": Maker.one, "direct": direct, "two_steps": two_steps, "follow_up": follow_up}
    return [makers[kind](made) for _ in range(count)]
