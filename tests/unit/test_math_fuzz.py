"""Mutated programs in the warm sandbox: none escapes, hangs beyond the limit, or harms us.

``GBA_CAMPAIGN`` is how many the campaign runs (``-m campaign``), ``GBA_CAMPAIGN_SEED`` the first.
"""

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from math_mutations import mutated

from gba_jupyter.errors import EvaluationError
from gba_jupyter.symbolic.forms import decode
from gba_jupyter.symbolic.limits import Limits
from gba_jupyter.symbolic.sandbox import Sandbox

COUNT = int(os.environ.get("GBA_CAMPAIGN", "100000"))
FIRST = int(os.environ.get("GBA_CAMPAIGN_SEED", "1000000"))
LIMITS = Limits(seconds=0.2, memory=512, output=20_000)
LATEST = LIMITS.seconds + 10  # a hang, not a busy machine
SECRET = "canary-b81c77"


@dataclass
class Trials:
    """Runs of mutated programs, and what went wrong."""

    sandbox: Sandbox
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def run(self, seed: int) -> None:
        """One program; now and then a good one after it."""
        program = mutated(seed)
        began = time.monotonic()
        try:
            outcome = self._answer(program)
        except EvaluationError as error:
            outcome = str(error)
            self.counts[type(error).__name__] += 1
            if not (error.what and error.fix) or "died" in error.what:
                self.faults.append(f"{seed}: an error without a reason: {error!r}")
        except Exception as error:
            self.faults.append(f"{seed}: {error!r}")
            return
        seconds = time.monotonic() - began
        self.slowest = max(self.slowest, seconds)
        if seconds > LATEST:
            self.faults.append(f"{seed}: took {seconds:.2f} s")
        if SECRET in outcome or " at 0x" in outcome:
            self.faults.append(f"{seed}: says what it must not know: {outcome[:200]!r}")
        if seed % 50 == 0 and self.sandbox.run("2+2", Limits())["text"] != "4":
            self.faults.append(f"{seed}: 2+2 is no longer 4")

    def _answer(self, program: str) -> str:
        answer: dict[str, Any] = self.sandbox.run(program, LIMITS)
        self.counts["answers"] += 1
        texts = "".join(answer[kind] for kind in ("printed", "text", "latex", "approx"))
        texts.encode()  # it can be stored
        if answer["has_form"]:
            decode(answer["form"])
        return texts


def check(first: int, count: int, room: Path, monkeypatch: pytest.MonkeyPatch) -> Trials:
    monkeypatch.chdir(room)
    monkeypatch.setenv("GBA_CANARY", SECRET)
    sandbox = Sandbox()
    decode(sandbox.run("sqrt(2)", Limits(60))["form"])  # which loads SymPy here, too
    trials = Trials(sandbox)
    began = time.monotonic()
    for seed in range(first, first + count):
        trials.run(seed)
        if seed % 1000 == 999:  # a campaign is long
            print(seed, dict(trials.counts), *trials.faults[-5:], sep="\n", flush=True)
    seconds = time.monotonic() - began
    print(f"\n{count} programs from {first}: {dict(trials.counts)}")
    print(f"{count / seconds:.0f} a second, the slowest {trials.slowest:.2f} s")
    print(*trials.faults, sep="\n")
    child = psutil.Process(sandbox.pid)
    assert child.children() == []
    assert sandbox.run("2+2", Limits())["text"] == "4"
    sandbox.close()
    assert not child.is_running()
    assert list(room.iterdir()) == []
    return trials


def test_a_seed_gives_the_same_program() -> None:
    assert [mutated(seed) for seed in range(50)] == [mutated(seed) for seed in range(50)]


def test_mutated_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trials = check(0, 300, tmp_path, monkeypatch)
    assert trials.faults == []
    assert min(trials.counts[kind] for kind in ("answers", "ProgramRefused")) > 20


@pytest.mark.campaign
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(24 * 3600)
def test_many_mutated_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(FIRST, COUNT, tmp_path, monkeypatch).faults == []
