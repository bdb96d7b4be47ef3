"""The little that we read from a GGUF file ourselves: is it one, and its trained context."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from ..errors import ModelError

MAGIC = b"GGUF"
_WIDTH = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # bytes per type
_UINT32, _STRING, _ARRAY, _UINT64 = 4, 8, 9, 10
_MOST_KEYS = 4096


def check_file(path: Path) -> None:
    """Make sure that `path` is a file that begins like GGUF.

    Raises:
        ModelError: it does not exist, cannot be read, or is something else.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
    except FileNotFoundError:
        raise ModelError(
            f"There is no model file {path}.",
            "Check the path; %gba models lists the models that have a name.",
        ) from None
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read: {error.strerror or error}.",
            "Give the path of a GGUF file that you may read.",
        ) from error
    if magic != MAGIC:
        raise ModelError(
            f"{path} is not a GGUF file: it begins with {magic!r} instead of {MAGIC!r}.",
            "Give a model in llama.cpp's GGUF format; a download that broke off or a web page "
            "saved under this name has to be fetched again.",
        )


def context_length(path: Path) -> int:
    """The context that the model was trained with, in tokens; 0 when the file does not say."""
    try:
        with path.open("rb") as file:
            file.seek(16)  # magic, version, number of tensors
            for _ in range(min(_number(file, 8), _MOST_KEYS)):
                key = file.read(_number(file, 8) & 0xFFFF)
                kind = _number(file, 4)
                if key.endswith(b".context_length") and kind in (_UINT32, _UINT64):
                    return _number(file, _WIDTH[kind])
                _skip(file, kind)
    except (OSError, EOFError, KeyError, ValueError, OverflowError, RecursionError):
        pass  # a damaged file: the server will say so, in better words
    return 0


def _number(file: BinaryIO, width: int) -> int:
    data = file.read(width)
    if len(data) < width:
        raise EOFError
    return int(struct.unpack("<I" if width == 4 else "<Q", data)[0])


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        file.seek(_number(file, 8), 1)
    elif kind == _ARRAY:
        of, count = _number(file, 4), _number(file, 8)
        if of in _WIDTH:
            file.seek(_WIDTH[of] * count, 1)
        else:
            for _ in range(count):
                _skip(file, of)
    else:
        file.seek(_WIDTH[kind], 1)
