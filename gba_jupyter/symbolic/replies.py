"""What the child replies, which a hostile program may have made up."""

from __future__ import annotations

import re
from typing import Any

from ..errors import EvaluationError, LimitExceeded, ProgramRefused
from .evidence import read_checks, read_pictures

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ERRORS = {error.__name__: error for error in (ProgramRefused, LimitExceeded, EvaluationError)}


def checked(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply in the types that we expect.

    Raises:
        EvaluationError: that is what it says.
    """
    if "error" in reply:
        kind = _ERRORS.get(_text(reply, "error"), EvaluationError)
        raise kind(_text(reply, "what")[:1000], _text(reply, "fix")[:1000])
    texts = {key: _text(reply, key) for key in ("text", "latex", "approx", "printed")}
    return {
        **texts,
        "form": reply.get("form"),
        "has_form": reply.get("has_form") is not False,
        "checks": read_checks(reply.get("checks")),
        "pictures": read_pictures(reply.get("pictures")),
    }


def _text(reply: dict[str, Any], key: str) -> str:
    """A text of the reply, without halves of characters, which nothing could store, and without
    where things lie in memory, which is nobody's business."""
    value = reply.get(key, "")
    text = value if isinstance(value, str) else ""
    return without_addresses(text).encode("utf-8", "replace").decode()


def without_addresses(text: str) -> str:
    """The text without where things lie in memory."""
    return _ADDRESS.sub("", text)
