"""The adapters that the package ships: little weights that teach a model our protocol."""

from __future__ import annotations

from pathlib import Path

from . import models

_FOLDER = Path(__file__).parent / "adapters"


def shipped(name: str) -> Path:
    """Where the adapter for a model of the catalogue lies, or would lie."""
    return _FOLDER / f"{name}.gguf"


def adapter_of(model: str | Path, wanted: bool | Path) -> Path | None:
    """The adapter that a model is served with.

    Args:
        model: as for `serve`.
        wanted: a file; or whether the shipped one is, where there is one for this model.
    """
    if isinstance(wanted, Path):
        return wanted.expanduser().absolute()
    file = shipped(models.name_of(model))
    return file if wanted and file.is_file() else None
