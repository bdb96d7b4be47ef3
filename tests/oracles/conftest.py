"""What the oracles share: one process of the engine for all tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import Engine, missing

# Schemas and instances of other tests are judged here too.
sys.path.append(str(Path(__file__).parents[1] / "unit"))


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """llama.cpp's grammar engine."""
    if why := missing():
        if os.environ.get("CI") and sys.platform == "linux":
            pytest.fail(f"no engine to compare with: {why}")
        pytest.skip(f"no engine to compare with: {why}")
    engine = Engine()
    yield engine
    engine.close()
