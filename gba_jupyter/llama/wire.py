"""The way to one server, and the seam to our errors."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from ..errors import OptionError
from .address import host_of
from .carrier import Carrier, Http, Refused
from .faults import status_fault, transport_faults
from .streaming import decoded

if TYPE_CHECKING:  # only when there is a tape
    from .tape_writer import TapeWriter

ANSWER = 30.0
"""Seconds for everything but a completion."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Wire:
    """Requests to one server: over HTTP, unless another carrier is given."""

    def __init__(self, url: str, api_key: str | None, carrier: Carrier | None = None) -> None:
        self.url = url
        self.local = host_of(url) in _LOOPBACK
        key = (api_key or "").strip()
        if not (key.isascii() and key.isprintable()):
            raise OptionError(
                "The API key holds characters that no key can have.",
                "Set GBA_API_KEY, or --api-key, to the key alone.",
            )
        self._key = key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._plain = carrier or Http(url, headers, self.local)
        self._carrier: Carrier = self._plain

    @property
    def has_key(self) -> bool:
        """Whether requests carry an API key."""
        return bool(self._key)

    def record(self, tape: TapeWriter | None) -> None:
        """Put all that is said from now on onto a tape; None ends that."""
        if tape is None:
            self._carrier = self._plain
            return
        from .recording import Recording

        self._carrier = Recording(self._plain, tape, self.url, self._key)

    async def json(self, method: str, path: str, body: Any = None, patience: float = ANSWER) -> Any:
        """The JSON that answers a request within `patience` seconds.

        Raises:
            ServerError: and its kind, for everything that can go wrong.
        """
        try:
            with transport_faults(self.url):
                text = await self._carrier.ask(method, path, body, patience)
        except Refused as refused:
            raise status_fault(self.url, refused.status, refused.text) from None
        return decoded(self.url, text)

    async def events(
        self, body: dict[str, Any], prompt: str = ""
    ) -> AsyncGenerator[dict[str, Any], None]:
        """The events of a streamed completion; closing this closes the connection."""
        try:
            with transport_faults(self.url):
                stream = self._carrier.stream("/completion", body, prompt)
                async with aclosing(stream) as items:
                    async for data in items:
                        if data == "[DONE]":
                            return
                        event = decoded(self.url, data)
                        yield event if isinstance(event, dict) else {}
        except Refused as refused:
            raise status_fault(self.url, refused.status, refused.text) from None

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        await self._carrier.aclose()
