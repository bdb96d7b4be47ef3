"""The whole way of an adapter, small: cases, training, stop and resumption, export, service.

Needs the extra `train`: ``pytest tests/live/test_training.py -m campaign -s``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.embedded import serve
from gba_jupyter.llama.protocol import CompletionRequest, Sampling

pytest.importorskip("torch", reason="the extra `train` is not installed")
ROOT = Path(__file__).parents[2]


def command(module: str, *arguments: object) -> str:
    """Run a module of the training as its README says."""
    line = [sys.executable, "-m", f"examples.train_adapter.{module}", *map(str, arguments)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env={**os.environ})
    assert done.returncode == 0, done.stderr
    return done.stdout


def losses(told: str) -> list[float]:
    return [float(found) for found in re.findall(r"loss ([\d.]+)", told)]


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_short_training_teaches_and_is_served(tmp_path: Path):
    data, out = tmp_path / "r.npz", tmp_path / "adapter"
    command("render", "--count", 16, "--seed", 5, "--out", data)
    ways = ("--data", data, "--out", out, "--batch", 4)
    first = losses(command("train", *ways, "--examples", 40))
    again = losses(command("train", *ways, "--examples", 80, "--resume"))
    print(f"loss per token, every five steps: {first} and, resumed, {again}")
    assert again[-1] < 0.5 * first[0]
    adapter = tmp_path / "small.gguf"
    command("export", "--checkpoint", out / "checkpoint.pt", "--out", adapter)
    assert adapter.stat().st_size <= 10_000_000
    prove = command(
        *("prove", "--checkpoint", out / "checkpoint.pt", "--adapter", adapter),
        *("--data", data, "--places", 2),
    )
    print(prove)
    with serve(adapter=adapter) as host:
        server = LlamaServer(host.url, host.api_key)
        assert [each.name for each in server.adapters()] == ["small.gguf"]
        sampling = Sampling(lora_scale=1.0)
        assert server.complete(CompletionRequest((1, 2, 3), 4, sampling=sampling)).tokens
