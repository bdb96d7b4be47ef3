"""Addresses of servers."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..errors import OptionError


def host_of(url: str) -> str:
    """The host in the address of a server.

    Raises:
        OptionError: it is no such address, or holds a password.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # a ValueError when it is no number
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OptionError(
            "That is not the address of a server.", "Write it like http://localhost:8080."
        )
    if parts.username or parts.password:
        raise OptionError(
            "The address of the server holds a name or a password.",
            "Leave it out: it would stand in every record. A key goes into --api-key.",
        )
    return parts.hostname
