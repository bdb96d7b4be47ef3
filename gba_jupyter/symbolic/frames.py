"""Length-prefixed JSON over pipes, as parent and child exchange it."""

from __future__ import annotations

import json
import os
import struct
from typing import Any

MAX_FRAME = 4 << 20
"""Bytes of one frame; what is longer is refused unread."""
_HEAD = struct.Struct(">I")


def pack(message: dict[str, Any]) -> bytes:
    """The message as one frame."""
    body = json.dumps(message).encode()
    return _HEAD.pack(len(body)) + body


def write(descriptor: int, frame: bytes) -> None:
    """Write all of a frame."""
    view = memoryview(frame)
    while view:
        view = view[os.write(descriptor, view) :]


def last_whole(received: bytearray) -> bytes:
    """The last frame of which all bytes are there; empty if there is none."""
    start, found = 0, b""
    while len(received) - start >= _HEAD.size:
        (length,) = _HEAD.unpack_from(received, start)
        end = start + _HEAD.size + length
        if length > MAX_FRAME or end > len(received):
            break
        found, start = bytes(received[start:end]), end
    return found


def read(descriptor: int) -> dict[str, Any] | None:
    """The next message; None when the pipe has ended.

    Raises:
        ValueError: what came is no message.
    """
    head = _read_exactly(descriptor, _HEAD.size)
    if head is None:
        return None
    (length,) = _HEAD.unpack(head)
    if length > MAX_FRAME:
        raise ValueError("frame too long")
    body = _read_exactly(descriptor, length)
    return None if body is None else unpack(body)


def unpack(body: bytes) -> dict[str, Any]:
    """The message of a frame's body.

    Raises:
        ValueError: it is not JSON, or not an object.
    """
    try:
        message = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(message, dict):
        raise ValueError("not an object")
    return message


def _read_exactly(descriptor: int, count: int) -> bytes | None:
    parts = []
    while count:
        part = os.read(descriptor, min(count, 1 << 16))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
