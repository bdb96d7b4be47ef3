"""The newest checkpoint as the GGUF file of an adapter, which llama.cpp loads with `--lora`.

    python -m examples.train_adapter.export --checkpoint adapter/checkpoint.pt --out adapter.gguf

Without `--out` it becomes the adapter that the package ships.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch

from gba_jupyter.llama import lora, models

_LARGEST = 10_000_000  # bytes, of what the package may ship
_HEADS = {"q_proj": 9, "k_proj": 3}  # of the model; its rotation wants their rows in pairs
_NAMES = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
_PARAMETER = re.compile(r"layers\.(\d+)\.\w+\.(\w+_proj)\.lora_([AB])\.")


def tensors(adapter: dict[str, torch.Tensor]) -> dict[str, np.ndarray[Any, Any]]:
    """The parameters by llama.cpp's names and in its order of rows."""
    named = {}
    for name, parameter in adapter.items():
        found = _PARAMETER.search(name)
        if found is None:
            raise ValueError(f"{name} is no parameter of an adapter")
        layer, part, side = found.groups()
        values = parameter.float().numpy()
        if side == "B" and part in _HEADS:
            values = permuted(values, _HEADS[part])
        named[f"blk.{layer}.{_NAMES[part]}.weight.lora_{side.lower()}"] = values.astype(np.float16)
    return named


def permuted(rows: np.ndarray[Any, Any], heads: int) -> np.ndarray[Any, Any]:
    """The rows of each head with its two halves interleaved, as the GGUF file has the weights."""
    split = rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:])
    return split.swapaxes(1, 2).reshape(rows.shape)


def export(checkpoint: Path, out: Path) -> int:
    """Write the file; gives its size in bytes."""
    state = torch.load(checkpoint, weights_only=True)
    options, progress = state["options"], state["progress"]
    out.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_type("adapter")
    writer.add_name("SmolLM2-135M-Instruct for gba_jupyter")
    writer.add_description(
        "LoRA adapter for the two-phase protocol of gba_jupyter, trained on generated cases; "
        "see examples/train_adapter."
    )
    writer.add_license("apache-2.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(options["alpha"]))
    writer.add_string("gba.base_sha256", models.CATALOGUE[models.DEFAULT].sha256)
    for key in ("rank", "lr", "batch", "seed"):
        writer.add_string(f"gba.train.{key}", options[key])
    for key in ("step", "seen", "tokens"):
        writer.add_uint32(f"gba.train.{key}", progress[key])
    for key, value in state["data"].items():
        writer.add_string(f"gba.data.{key}", value)
    for name, values in tensors(state["adapter"]).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    size = out.stat().st_size
    if size > _LARGEST:
        raise ValueError(f"{out} takes {size:,} bytes; the package has room for {_LARGEST:,}")
    return size


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=lora.shipped(models.DEFAULT))
    options = parser.parse_args()
    print(f"{options.out}: {export(options.checkpoint, options.out):,} bytes")


if __name__ == "__main__":
    main()
