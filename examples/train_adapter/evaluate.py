"""How often the model is right: as it is, with the grammar, and with grammar and adapter.

    python -m examples.train_adapter.evaluate --cases 60 [--adapter FILE] [--modes … --kinds …]

The cases are those of `held_out.py`: tools, words and values that the training never saw.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gba_jupyter as gba
from gba_jupyter.chat_model import ChatLlamaGBNF
from gba_jupyter.llama.client import LlamaServer

from .cases import AgentCase, MathCase
from .held_out import KINDS, evaluation
from .playing import Played, play, play_free, solve

Case = AgentCase | MathCase
MODES = {
    "free": "raw model, no grammar",
    "grammar": "raw model, grammar",
    "adapter": "adapter, grammar",
}


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval for a share."""
    if not n:
        return 0.0, 1.0
    share, scale = hits / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def same_value(found: str, wanted: str) -> bool:
    """Whether two values are equal, however they are written.

    Compared in the sandbox: what a model computes may be monstrous.
    """
    if found == wanted or not found:
        return found == wanted
    try:
        return str(gba.evaluate(f"simplify(({found}) - ({wanted})) == 0")) == "True"
    except gba.GbaError:  # of different kinds, or beyond comparing
        return False


def measured(kind: str, case: AgentCase, played: list[Played]) -> dict[str, bool]:
    """What was right about a case; of follow-ups, the last request counts."""
    whole = len(played) == len(case.requests)
    last = played[-1] if whole else Played((), "")
    request = case.requests[-1]
    wanted = [(step.tool, step.arguments) for step in request.steps[:-1]]
    answer = last.answer.lower()
    facts = bool(answer) and all(fact.lower() in answer for fact in request.facts)
    if kind == "direct":
        return {"answered without a tool": bool(answer) and not last.calls}
    measures = {
        "right tool first": bool(last.calls) and last.calls[0][0] == wanted[0][0],
        "exact arguments": bool(last.calls) and last.calls[0] == wanted[0],
    }
    if kind == "two_steps":
        measures["both calls exact"] = all(call in last.calls for call in wanted)
    return {**measures, "facts in the answer": facts}


@dataclass(frozen=True)
class Outcome:
    """What was right about a case, how long it took, and what happened, for a reader."""

    right: dict[str, bool]
    seconds: float
    told: str


def outcome(mode: str, kind: str, model: ChatLlamaGBNF, case: Case) -> Outcome:
    """Play a case."""
    began = time.monotonic()
    if isinstance(case, MathCase):
        found = solve(model, case, mode == "free")
        right = {"right value": same_value(found, case.answer)}
        told: Any = (case.question, found, case.answer)
    else:
        played = (play_free if mode == "free" else play)(model, case)
        right = measured(kind, case, played)
        told = ([r.text for r in case.requests], played, case.requests[-1].steps)
    return Outcome(right, time.monotonic() - began, f"{mode} {kind} {right} {told}")


def evaluate(
    mode: str,
    kind: str,
    model: ChatLlamaGBNF,
    cases: Sequence[AgentCase | MathCase],
    pool: Executor,
) -> Iterator[Outcome]:
    """Play the cases of one kind in one mode, several at once, and print what was right."""
    made: list[Outcome] = []
    for done in pool.map(partial(outcome, mode, kind, model), cases):
        made.append(done)
        yield done
    seconds = statistics.median([each.seconds for each in made])
    for name in made[0].right:
        count, of = sum([each.right[name] for each in made]), len(made)
        low, high = wilson(count, of)
        print(
            f"{MODES[mode]:22} {kind:10} {name:24} {count:4}/{of:<4} {count / of:6.1%}  "
            f"[{low:.1%}, {high:.1%}]  median {seconds:.1f} s",
            flush=True,
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60, help="of each kind")
    parser.add_argument("--kinds", nargs="+", default=KINDS, choices=KINDS)
    parser.add_argument("--modes", nargs="+", default=list(MODES), choices=list(MODES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--adapter", type=Path, help="in place of the shipped one")
    parser.add_argument("--at-once", type=int, default=4, help="cases that are played together")
    parser.add_argument("--show", action="store_true", help="what went wrong, on stderr")
    options = parser.parse_args()
    host = gba.serve(adapter=options.adapter or True, slots=options.at_once, context=4096)
    with host, ThreadPoolExecutor(options.at_once) as pool:
        server = LlamaServer(host.url, host.api_key)
        if "adapter" in options.modes and not server.adapters():
            sys.exit("This server has no adapter; export one first, or name it with --adapter.")
        for kind in options.kinds:
            cases = evaluation(kind, options.seed, options.cases)
            for mode in options.modes:
                model = ChatLlamaGBNF.on(server, adapter=1.0 if mode == "adapter" else 0.0)
                for done in evaluate(mode, kind, model, cases, pool):
                    if options.show and not all(done.right.values()):
                        sys.stderr.write(f"{done.told}\n")


if __name__ == "__main__":
    main()
