"""The same comparisons as long as one likes: ``pytest tests/oracles -m campaign -s``.

``GBA_CAMPAIGN`` is the number of trials of each kind, ``GBA_CAMPAIGN_SEED`` the first seed.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import Any

import pytest
import trials
from engine import Engine

COUNT = int(os.environ.get("GBA_CAMPAIGN", "5000"))
FIRST = int(os.environ.get("GBA_CAMPAIGN_SEED", "1000000"))


@pytest.mark.campaign
@pytest.mark.timeout(24 * 3600)
@pytest.mark.parametrize(
    "trial", [trials.random_grammar, trials.edited_grammar, trials.random_schema]
)
def test_campaign(engine: Engine, trial: Any) -> None:
    counts: Counter[str] = Counter()
    found: list[str] = []
    start = time.monotonic()
    for seed in range(FIRST, FIRST + COUNT):
        found += trial(engine, seed, counts)
    spent = time.monotonic() - start
    print(f"\n{trial.__name__}: {dict(counts)}, {len(found)} disagreements, {spent:.0f} s")
    found.sort(key=len)
    assert found == []
