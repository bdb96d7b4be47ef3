"""What carries a request to a server and brings its answer: HTTP, or a tape (`replaying`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Protocol

import httpx
import httpx_sse

_CONNECT = 5.0  # seconds to open a connection
_KEEP_ALIVE = 4.0  # seconds; the server closes idle connections after 5


class Refused(Exception):
    """The answer to a request had an HTTP status of 400 or more."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status)
        self.status = status
        self.text = text


class Carrier(Protocol):
    """Brings answers as the texts that the server sent; `Refused` when it sent a bad status."""

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        """The text that answers a request, within `patience` seconds."""

    def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        """The data of each event of a streamed answer; `prompt` is what was asked, to be read."""

    async def aclose(self) -> None:
        """Let go of what belongs to the running loop."""


class Http:
    """HTTP; one set of connections per event loop, as they belong to their loop."""

    def __init__(self, url: str, headers: dict[str, str], local: bool) -> None:
        self._url = url
        self._headers = headers
        self._local = local
        self._clients: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        """See `Carrier`; raises httpx's own errors."""
        timeout = httpx.Timeout(patience, connect=min(patience, _CONNECT))
        response = await self._client().request(method, path, json=body, timeout=timeout)
        if response.status_code >= 400:
            raise Refused(response.status_code, response.text)
        return response.text

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        """See `Carrier`; closing this closes the connection, which stops the server."""
        connection = httpx_sse.aconnect_sse(
            self._client(),
            "POST",
            path,
            json=body,
            # The server closes it after a stream, a moment too late for the next request.
            headers={"Connection": "close"},
            timeout=httpx.Timeout(None, connect=_CONNECT),
        )
        async with connection as source:
            if source.response.status_code >= 400:
                text = (await source.response.aread()).decode(errors="replace")
                raise Refused(source.response.status_code, text)
            async with aclosing(source.aiter_sse()) as messages:
                async for message in messages:
                    yield message.data

    def _client(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        for ended in [other for other in self._clients if other.is_closed()]:
            del self._clients[ended]
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = httpx.AsyncClient(
                base_url=self._url,
                headers=self._headers,
                limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
                trust_env=not self._local,  # a proxy has no business on this machine
            )
        return client

    async def aclose(self) -> None:
        """See `Carrier`."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()
