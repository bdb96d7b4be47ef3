"""The model that is trained: the weights of the GGUF file that is served, with an adapter on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from gba_jupyter.llama import models
from gba_jupyter.llama.download import fetch
from gba_jupyter.llama.paths import no_progress

LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def gguf_path() -> Path:
    """The file of the embedded default, fetched if need be."""
    return fetch(models.DEFAULT, no_progress)


def base() -> Any:
    """The served weights, dequantised: what the adapter will be added to.

    In float32: measured on a CPU with AVX512, bfloat16 takes half as long again.
    """
    path = gguf_path()
    return AutoModelForCausalLM.from_pretrained(
        str(path.parent), gguf_file=path.name, dtype=torch.float32, attn_implementation="sdpa"
    )


def with_adapter(rank: int, alpha: int) -> Any:
    """The model with a fresh adapter on all its linear layers; only that one learns."""
    config = LoraConfig(
        r=rank, lora_alpha=alpha, lora_dropout=0.0, target_modules=list(LAYERS), bias="none"
    )
    return get_peft_model(base(), config)


def learned(model: Any) -> dict[str, torch.nn.Parameter]:
    """The adapter's parameters, by name."""
    return {name: p for name, p in model.named_parameters() if p.requires_grad}
