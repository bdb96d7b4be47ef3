"""HTTP to one server: connections, time-outs, and the seam to our errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any
from urllib.parse import urlsplit

import httpx

from ..errors import OptionError
from .faults import status_fault, transport_faults
from .streaming import decoded, events

ANSWER = 30.0
"""Seconds for everything but a completion."""

_CONNECT = 5.0  # seconds to open a connection
_KEEP_ALIVE = 4.0  # seconds; the server closes idle connections after 5
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Wire:
    """The connections to one server, one set per event loop: they belong to their loop."""

    def __init__(self, url: str, api_key: str | None) -> None:
        self.url = url
        self.local = _host(url) in _LOOPBACK
        key = (api_key or "").strip()
        if not (key.isascii() and key.isprintable()):
            raise OptionError(
                "The API key holds characters that no key can have.",
                "Set GBA_API_KEY, or --api-key, to the key alone.",
            )
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._clients: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}

    async def json(self, method: str, path: str, body: Any = None, patience: float = ANSWER) -> Any:
        """The JSON that answers a request within `patience` seconds.

        Raises:
            ServerError: and its kind, for everything that can go wrong.
        """
        timeout = httpx.Timeout(patience, connect=min(patience, _CONNECT))
        with transport_faults(self.url):
            response = await self._http().request(method, path, json=body, timeout=timeout)
        if response.status_code >= 400:
            raise status_fault(self.url, response.status_code, response.text)
        return decoded(self.url, response.text)

    async def events(self, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        """The events of a streamed completion; closing this closes the connection."""
        with transport_faults(self.url):
            http = self._http()
        async with aclosing(events(http, self.url, body, _CONNECT)) as items:
            async for item in items:
                yield item

    def _http(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        for ended in [other for other in self._clients if other.is_closed()]:
            del self._clients[ended]
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = httpx.AsyncClient(
                base_url=self.url,
                headers=self._headers,
                limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
                trust_env=not self.local,  # a proxy has no business on this machine
            )
        return client

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()


def _host(url: str) -> str:
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
