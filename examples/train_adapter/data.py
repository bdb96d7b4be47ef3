"""The training data: cases without end, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from . import families_daily, families_things, families_work, families_world
from .agent import Maker
from .cases import AgentCase, MathCase
from .direct import direct, mixed
from .math_cases import cases
from .pools import Pools
from .steps import follow_up, two_steps
from .tables import families
from .troubles import error

MIXTURE = {"one": 14, "mixed": 18, "direct": 7, "two": 13, "follow": 9, "error": 2, "math": 37}
"""Shares of the kinds of cases, in percent."""


def maker(seed: int) -> Maker:
    """The training's families and pools."""
    daily, world, work = families_daily.TABLE, families_world.TABLE, families_work.TABLE
    things = families_things.expanded(families_things.TABLE, families_things.THINGS)
    known = families("\n\n".join(t.strip() for t in (daily, world, work, things)))
    return Maker(Pools(Random(seed)), known, families(families_work.OURS))


def training(seed: int, count: int) -> Iterator[AgentCase | MathCase]:
    """So many cases of all kinds, mixed."""
    made = maker(seed)
    math = cases(made.pools)
    makers = {
        "mixed": mixed, "direct": direct, "two": two_steps, "follow": follow_up, "error": error,
    }  # fmt: skip
    for _ in range(count):
        kind = made.rng.choices(list(MIXTURE), list(MIXTURE.values()))[0]
        if kind == "math":
            yield next(math)
        else:
            yield made.one() if kind == "one" else makers[kind](made)
