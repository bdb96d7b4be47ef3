"""Fetch a model file from the Hugging Face hub (the extra `hub`).

The hub's library runs in a child process: it prints to the notebook and cannot be stopped
from outside. The file stays in the hub's own cache, shared with other tools; the library
locks, resumes and renames by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..errors import ModelError
from .children import follow
from .models import HubSource
from .paths import OnProgress, child_environment, require_room

STAGE = "fetching the model from the hub"
_DENIED = ("GatedRepoError", "RepositoryNotFoundError")  # a private one counts as not found


def fetch_from_hub(source: HubSource, report: OnProgress) -> Path:
    """The path of the file in the hub's cache, fetched if it is not there yet.

    Raises:
        ModelError: huggingface-hub is not installed, no such file, no access, no network,
            or no room.
    """
    try:
        from huggingface_hub import constants, try_to_load_from_cache
    except ImportError:
        raise ModelError(
            f"{source} is on the Hugging Face hub, and the package huggingface-hub that fetches "
            "it is not installed.",
            'Install the extra `hub`: pip install "gba-jupyter[hub]"',
        ) from None
    cached = try_to_load_from_cache(source.repo, source.file)
    if isinstance(cached, str):
        return Path(cached)
    cache = Path(constants.HF_HUB_CACHE)
    blobs = cache / f"models--{source.repo.replace('/', '--')}" / "blobs"
    answers: dict[str, str] = {}
    total = 0

    def on_line(line: str) -> None:
        nonlocal total
        kind, _, text = line.partition("\t")
        answers[kind] = text
        if kind == "total":
            total = int(text)
            cache.mkdir(parents=True, exist_ok=True)
            require_room(cache, total - _arrived(blobs), "HF_HOME")

    report(STAGE, 0, 0)
    code = follow(
        [sys.executable, "-P", "-m", __name__, source.repo, source.file],
        env={**child_environment(), "HF_HUB_DISABLE_PROGRESS_BARS": "1"},
        on_line=on_line,
        on_beat=lambda: report(STAGE, min(_arrived(blobs), total), total),
    )
    if code or "path" not in answers:
        raise _failure(source, answers.get("error", f"the download ended with code {code}"))
    return Path(answers["path"])


def _arrived(blobs: Path) -> int:
    """Bytes of unfinished downloads of this repository."""
    sizes = 0
    for part in blobs.glob("*.incomplete"):
        try:
            sizes += part.stat().st_size
        except FileNotFoundError:
            continue  # finished between the two calls
    return sizes


def _failure(source: HubSource, said: str) -> ModelError:
    if said.startswith(_DENIED):
        fix = "Check the name; if the licence must be accepted, do so there, then: hf auth login"
    elif "EntryNotFound" in said:
        fix = "Check the name of the file: case counts."
    else:
        fix = "Check the network, then run it again: it goes on where it stopped."
    return ModelError(f"{source} could not be fetched: {said}", fix)


def main(repo: str, file: str) -> int:
    """In the child process: fetch, and write what happened as lines for `fetch_from_hub`."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url

    try:
        size = get_hf_file_metadata(hf_hub_url(repo, file)).size
        if size:
            sys.stdout.write(f"total\t{size}\n")
        sys.stdout.write(f"path\t{hf_hub_download(repo, file)}\n")
    except Exception as error:  # whatever it is, it becomes one sentence for the user
        first = (str(error).strip() or "no reason given").splitlines()[0]
        sys.stdout.write(f"error\t{type(error).__name__}: {first}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
