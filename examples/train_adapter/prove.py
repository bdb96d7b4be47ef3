"""Prove that the exported adapter does in the server what the trained one does in PyTorch.

    python -m examples.train_adapter.prove --checkpoint … --adapter … --data rendered.npz

At some places of the training data both tell the probabilities of the next token. The server
rounds what flows through the model to 8 bits, so "equal" is as near as both are without adapter.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import httpx
import torch

import gba_jupyter as gba
from gba_jupyter.llama import lora, models

from .model import learned, with_adapter
from .render import load

_BEST = 10  # tokens that are compared at each place

LogProbs = dict[int, float]


def places(data: Path, count: int) -> list[tuple[int, ...]]:
    """Prompts that end where the model begins a thought, and has a choice."""
    examples, _ = load(data)
    return [example.ids[: example.own.index(True)] for example in examples[:count]]


def of_server(url: str, key: str, prompts: Sequence[Sequence[int]], scale: float) -> list[LogProbs]:
    """The most probable next tokens, as the server has them."""
    found = []
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=url, headers=headers, timeout=120, trust_env=False) as http:
        for prompt in prompts:
            body = {
                "prompt": list(prompt),
                "n_predict": 1,
                "n_probs": _BEST,
                "temperature": 0,
                "cache_prompt": False,
                "lora": [{"id": 0, "scale": scale}],
            }
            answer = http.post("/completion", json=body).raise_for_status().json()
            best = answer["completion_probabilities"][0]["top_logprobs"]
            found.append({each["id"]: each["logprob"] for each in best})
    return found


def of_torch(model: Any, prompts: Sequence[Sequence[int]]) -> list[torch.Tensor]:
    """The logarithms of the probabilities of all next tokens."""
    found = []
    with torch.no_grad():
        for prompt in prompts:
            logits = model(input_ids=torch.tensor([list(prompt)]), use_cache=False).logits
            found.append(logits[0, -1].log_softmax(-1))
    return found


def told(name: str, server: Sequence[LogProbs], torch_: Sequence[torch.Tensor]) -> None:
    """Print how far two are apart."""
    far = [
        abs(float(mine[token]) - logprob)
        for theirs, mine in zip(server, torch_, strict=True)
        for token, logprob in theirs.items()
        if logprob > -7  # less than one in a thousand is noise
    ]
    same = [
        max(theirs, key=lambda token: theirs[token]) == int(mine.argmax())
        for theirs, mine in zip(server, torch_, strict=True)
    ]
    print(f"{name:44} same best token {sum(same)}/{len(same)}, ", end="")
    print(f"log-probability off by {mean(far):.3f} on average, {max(far):.3f} at most")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--adapter", type=Path, default=lora.shipped(models.DEFAULT))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--places", type=int, default=8)
    options = parser.parse_args()
    prompts = places(options.data, options.places)
    with gba.serve(adapter=options.adapter) as host:
        with_it = of_server(host.url, host.api_key, prompts, 1.0)
        without = of_server(host.url, host.api_key, prompts, 0.0)
    torch.set_num_threads(1)  # more of them wait for one another on a busy machine
    state = torch.load(options.checkpoint, weights_only=True)
    model = with_adapter(int(state["options"]["rank"]), int(state["options"]["alpha"]))
    with torch.no_grad():
        for name, parameter in learned(model).items():
            parameter.copy_(state["adapter"][name])
    model.eval()
    trained = of_torch(model, prompts)
    with model.disable_adapter():
        plain = of_torch(model, prompts)
    told("server without adapter, PyTorch without", without, plain)
    told("server with adapter, PyTorch with", with_it, trained)
    told("server without adapter, PyTorch with", without, trained)


if __name__ == "__main__":
    main()
