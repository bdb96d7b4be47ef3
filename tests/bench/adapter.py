"""What the adapter costs: the server's own times with it and without it, taking turns.

python tests/bench/adapter.py [REPETITIONS]
"""

from __future__ import annotations

import statistics
import sys

import gba_jupyter as gba
from gba_jupyter.events import Timings
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import CompletionRequest, Sampling

_WORDS = "The weather in the north is colder than in the south, and the rivers are longer. " * 24


def measured(server: LlamaServer, scale: float, number: int) -> Timings:
    """A prompt that was never seen before, and 64 tokens behind it."""
    prompt = server.tokenize(f"Story {number} of {scale}. {_WORDS}")
    sampling = Sampling(temperature=1.0, seed=number, lora_scale=scale, min_p=0.0)
    return server.complete(CompletionRequest(prompt, 64, sampling=sampling)).timings


def told(name: str, ratios: list[float]) -> None:
    """Print the ratio's median and its range."""
    print(
        f"{name:22} with / without the adapter: median {statistics.median(ratios):.3f}, "
        f"{min(ratios):.3f} to {max(ratios):.3f} in {len(ratios)} repetitions"
    )


def main(repetitions: int = 10) -> None:
    """Print what a token of the prompt and a sampled one cost."""
    prompt, sampled = [], []
    with gba.serve() as host:
        server = LlamaServer(host.url, host.api_key)
        measured(server, 0.0, 0), measured(server, 1.0, 0)
        for number in range(1, repetitions + 1):
            without, with_it = measured(server, 0.0, number), measured(server, 1.0, number)
            per = [t.prompt_ms / max(1, t.evaluated) for t in (without, with_it)]
            prompt.append(per[1] / per[0])
            per = [t.generate_ms / max(1, t.generated) for t in (without, with_it)]
            sampled.append(per[1] / per[0])
    told("a token of the prompt", prompt)
    told("a sampled token", sampled)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
