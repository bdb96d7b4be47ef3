"""The one seam where httpx's and the server's errors become ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import httpx_sse

from ..errors import (
    BadRequest,
    ContextOverflow,
    NotSupported,
    ServerError,
    ServerLoading,
    ServerTimeout,
    ServerUnreachable,
    StreamBroken,
    Unauthorized,
)
from ..grammar import Grammar

_START = (
    "Start a server there, name another with `%gba connect ROLE URL`, "
    "or let `%gba serve` start the embedded one."
)
_AGAIN = "Run the cell again; if it happens again, look at the server's log."


@contextmanager
def transport_faults(url: str) -> Iterator[None]:
    """Map what goes wrong on the wire to `ServerError` and its kind."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise ServerUnreachable(
            f"{url!r} is not the address of a server.", "Write it like http://localhost:8080."
        ) from error
    except httpx.ConnectTimeout as error:
        raise ServerUnreachable(f"No answer from {url} within 5 seconds.", _START) from error
    except httpx.ConnectError as error:
        raise ServerUnreachable(f"Nothing listens at {url}.", _START) from error
    except httpx.TimeoutException as error:
        raise ServerTimeout(f"The server at {url} did not answer in time.", _AGAIN) from error
    except (httpx.TransportError, httpx.StreamError) as error:
        # httpx's own words may quote a header, and so the key.
        kind = type(error).__name__
        raise StreamBroken(f"The connection to {url} broke off ({kind}).", _AGAIN) from None
    except (httpx_sse.SSEError, httpx.DecodingError, UnicodeDecodeError) as error:
        raise StreamBroken(
            f"{url} answered with something that is not a llama.cpp stream.",
            "Check that the address is that of a llama.cpp server.",
        ) from error


def status_fault(url: str, status: int, body: str) -> ServerError:
    """The error for an HTTP status of 400 or more."""
    try:
        detail = json.loads(body).get("error")
    except (ValueError, AttributeError):
        detail = None
    if not isinstance(detail, dict):
        detail = {"message": detail if isinstance(detail, str) else f"HTTP {status}"}
    return answer_fault(url, {"code": status, **detail})


def answer_fault(url: str, detail: dict[str, Any]) -> ServerError:
    """The error for the server's own ``{"code", "message", "type"}``."""
    kind = str(detail.get("type", ""))
    message = str(detail.get("message") or "no reason given").strip()
    try:
        code = int(detail.get("code") or 0)
    except (TypeError, ValueError):
        code = 0
    if kind == "authentication_error":
        return Unauthorized(
            f"The server at {url} wants an API key, or another one.",
            "Set GBA_API_KEY, or connect again with `%gba connect ROLE URL --api-key KEY`.",
        )
    if kind == "exceed_context_size_error":
        return _overflow(url, detail)
    if kind == "unavailable_error":
        return ServerLoading(
            f"The server at {url} is not ready: {message}.", "Wait a little and try again."
        )
    if code in (401, 403, 404, 405, 501) or kind == "not_supported_error":
        return NotSupported(
            f"The server at {url} does not offer this ({message}).",
            "Check that the address is that of a llama.cpp server, and that it is recent.",
        )
    if 400 <= code < 500:
        return BadRequest(f"The server at {url} refused the request: {message}.", _refused(message))
    return ServerError(f"The server at {url} failed: {message}.", _AGAIN)


def _refused(message: str) -> str:
    if "grammar" in message:
        return "The server's log says at which place of the grammar."
    return "Check the prompt and the settings (`%gba status` shows them)."


def _overflow(url: str, detail: dict[str, Any]) -> ContextOverflow:
    used = int(detail.get("n_prompt_tokens") or 0)
    room = int(detail.get("n_ctx") or 0)
    return ContextOverflow(
        f"The conversation needs {used} tokens and a slot of the server at {url} holds {room}.",
        "Start afresh with `%gba reset`, or serve with a larger context.",
        used,
        room,
    )


def require_allowed(grammar: Grammar, text: str, url: str) -> None:
    """Never trust that a server applied the grammar: check what it wrote.

    Raises:
        NotSupported: the grammar does not allow the text.
    """
    if not grammar.accepts(text):
        raise NotSupported(
            f"The server at {url} wrote something that its grammar does not allow.",
            "Serve the model with a recent llama.cpp (`llama-server`).",
        )
