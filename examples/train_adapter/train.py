"""Train the adapter on rendered cases; stop and `--resume` at will.

    python -m examples.train_adapter.train --data rendered.npz --out adapter --minutes 45

Each thread works on a sequence of its own, so nothing is padded and nothing waits at barriers;
with `--examples` in place of `--minutes` the run is the same for the same seed.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F

from .model import learned, with_adapter
from .render import Rendered, load

_SAVE_EVERY = 240.0  # seconds
_TELL_EVERY = 5  # steps


@dataclass
class Progress:
    """How far the training has come."""

    step: int = 0
    seen: int = 0  # examples
    tokens: int = 0
    seconds: float = 0.0  # of training, over all resumptions

    def share(self, options: argparse.Namespace) -> float:
        """What part of the budget is used, from 0 to 1."""
        if options.examples:
            return min(1.0, self.seen / int(options.examples))
        return min(1.0, self.seconds / (60 * float(options.minutes)))


def rate(share: float, highest: float, warm_up: float = 0.03) -> float:
    """The learning rate: a linear rise, then half a cosine down to nearly nothing."""
    if share < warm_up:
        return highest * (share + 0.001) / warm_up
    fallen = (share - warm_up) / (1 - warm_up)
    return highest * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * fallen)))


def batches(examples: list[Rendered], size: int, seed: int, skip: int) -> Iterator[list[Rendered]]:
    """The examples in a random order, again and again; `skip` batches are left out first."""
    epoch = 0
    while True:
        generator = torch.Generator().manual_seed(seed + epoch)
        order = torch.randperm(len(examples), generator=generator).tolist()
        for begin in range(0, len(order) - size + 1, size):
            if skip:
                skip -= 1
                continue
            batch = [examples[i] for i in order[begin : begin + size]]
            # The longest first: then no thread is left with a long one at the end.
            yield sorted(batch, key=lambda e: -len(e.ids))
        epoch += 1


def loss_of(model: Any, example: Rendered) -> torch.Tensor:
    """The summed loss of the model's own tokens; the others are not even looked up."""
    ids = torch.tensor([example.ids])
    own = torch.tensor(example.own[1:])
    inner = model.get_base_model()
    hidden = inner.model(input_ids=ids[:, :-1], use_cache=False).last_hidden_state[0][own]
    return F.cross_entropy(inner.lm_head(hidden), ids[0, 1:][own], reduction="sum")


class Trainer:
    """The model, its optimiser, and where it stands."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self._options = options
        self._model = with_adapter(options.rank, options.alpha)
        self._model.train()
        self._names = learned(self._model)
        self._parameters = list(self._names.values())
        self._optimizer = torch.optim.AdamW(
            self._parameters, lr=0.0, betas=(0.9, 0.99), weight_decay=0.0
        )
        self.progress = Progress()
        self._pool = ThreadPoolExecutor(
            options.threads, initializer=torch.set_num_threads, initargs=(1,)
        )
        options.out.mkdir(parents=True, exist_ok=True)
        if options.resume:
            self._restore()

    @property
    def _file(self) -> Path:
        return Path(self._options.out) / "checkpoint.pt"

    def save(self, about: dict[str, str]) -> None:
        """Keep everything that a resumption needs; never leaves half a file."""
        part = self._file.with_suffix(".part")
        state = {
            "adapter": {name: p.detach().clone() for name, p in self._names.items()},
            "optimizer": self._optimizer.state_dict(),
            "progress": vars(self.progress),
            "options": {k: str(v) for k, v in vars(self._options).items()},
            "data": about,
        }
        torch.save(state, part)
        part.replace(self._file)

    def _restore(self) -> None:
        state = torch.load(self._file, weights_only=True)
        with torch.no_grad():
            for name, parameter in self._names.items():
                parameter.copy_(state["adapter"][name])
        self._optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])

    def _gradients(self, example: Rendered) -> tuple[float, tuple[torch.Tensor, ...]]:
        loss = loss_of(self._model, example)
        return float(loss.detach()), torch.autograd.grad(loss, self._parameters)

    def step(self, batch: list[Rendered]) -> tuple[float, float]:
        """Learn from one batch; the loss per token, and the norm of the gradient."""
        started = time.monotonic()
        own = sum(sum(example.own[1:]) for example in batch)
        lr = rate(self.progress.share(self._options), self._options.lr)
        total, sums = 0.0, [torch.zeros_like(p) for p in self._parameters]
        for loss, gradients in self._pool.map(self._gradients, batch):  # in the batch's order
            total += loss
            torch._foreach_add_(sums, list(gradients))
        for parameter, gradient in zip(self._parameters, sums, strict=True):
            parameter.grad = gradient / own
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = lr
        self._optimizer.step()
        self.progress.step += 1
        self.progress.seen += len(batch)
        self.progress.tokens += sum(len(example.ids) for example in batch)
        self.progress.seconds += time.monotonic() - started
        return total / own, float(norm)


def train(options: argparse.Namespace) -> None:
    """Train until the budget is used up."""
    examples, about = load(options.data)
    trainer = Trainer(options)
    now = trainer.progress
    saved = time.monotonic()
    losses: list[float] = []
    for batch in batches(examples, options.batch, options.seed, now.step):
        if now.share(options) >= 1:
            break
        loss, norm = trainer.step(batch)
        losses.append(loss)
        if now.step % _TELL_EVERY == 0:
            print(_line(now, options, losses, norm), flush=True)
            losses.clear()
        if time.monotonic() - saved > _SAVE_EVERY:
            trainer.save(about)
            saved = time.monotonic()
    trainer.save(about)
    print("done", flush=True)


def _line(now: Progress, options: argparse.Namespace, losses: list[float], norm: float) -> str:
    share = now.share(options)
    left = now.seconds * (1 - share) / max(share, 1e-6)
    return (
        f"step {now.step}  examples {now.seen}  loss {sum(losses) / len(losses):.4f}  "
        f"norm {norm:.2f}  lr {rate(share, options.lr):.1e}  "
        f"{now.tokens / now.seconds:.0f} tokens/s  {left / 60:.1f} minutes left"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="what render.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--examples", type=int, default=0, help="a budget in place of minutes")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--alpha", type=int, default=32)
    parser.add_argument("--lr", type=float, default=8e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
