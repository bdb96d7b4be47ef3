"""What a llama.cpp server says of itself and of text: every endpoint but the completions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from ..errors import (
    BadRequest,
    NotOnTape,
    NotSupported,
    ServerLoading,
    ServerTimeout,
    ServerUnreachable,
    StreamBroken,
)
from .carrier import Carrier
from .protocol import (
    Adapter,
    Message,
    Props,
    Slot,
    adapters_from_json,
    props_from_json,
    slots_from_json,
)
from .remembered import Remembered
from .streaming import understood
from .wire import ANSWER, Wire

if TYPE_CHECKING:  # only when there is a tape
    from .tape_writer import TapeWriter

Health = Literal["ok", "loading"]


class Endpoints:
    """The questions that a server answers at once, with JSON.

    Args:
        base_url: such as ``http://localhost:8080``.
        api_key: sent as a bearer token; never shown in errors or records.
        carrier: brings the answers; HTTP, if none is given.
    """

    def __init__(self, base_url: str, api_key: str | None, carrier: Carrier | None) -> None:
        self.base_url = base_url.rstrip("/")
        self._wire = Wire(self.base_url, api_key, carrier)
        self._props: Props | None = None
        self._adapters: tuple[Adapter, ...] | None = None
        self._remembered = Remembered(self._json)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    @property
    def model(self) -> str:
        """The file name of the model, once connected; "" before."""
        return self._props.model if self._props else ""

    @property
    def has_key(self) -> bool:
        """Whether requests carry an API key."""
        return self._wire.has_key

    def record(self, tape: TapeWriter | None) -> None:
        """Put all that is said from now on onto a tape; None ends that.

        What was known of the server is asked anew, or the tape would lack it.
        """
        self._wire.record(tape)
        if tape is not None:
            self.forget()

    async def ahealth(self) -> Health:
        """``"ok"``, or ``"loading"`` while the model is being loaded."""
        try:
            await self._json("GET", "/health")
        except ServerLoading:
            return "loading"
        return "ok"

    async def aprops(self) -> Props:
        """The server's properties, asked anew."""
        data = await self._json("GET", "/props")
        with understood(self.base_url):
            return props_from_json(data)

    async def aslots(self, patience: float = ANSWER) -> tuple[Slot, ...]:
        """The server's slots; the real sign of life (`/health` answers while it hangs)."""
        data = await self._json("GET", "/slots", patience=patience)
        with understood(self.base_url):
            return slots_from_json(data)

    async def aadapters(self) -> tuple[Adapter, ...]:
        """The LoRA adapters that the server has loaded; none when it does not know of any."""
        if self._adapters is None:
            try:
                data = await self._json("GET", "/lora-adapters")
                with understood(self.base_url):
                    self._adapters = adapters_from_json(data)
            except (NotSupported, BadRequest, NotOnTape):  # a tape may be older than the question
                self._adapters = ()
        return self._adapters

    async def arecheck(self) -> None:
        """Ask whether the same model is still served there; forget all of it if not."""
        if self._props is not None and await self.aprops() != self._props:
            self.forget()

    def forget(self) -> None:
        """Ask everything anew at the next use: the server may have been restarted."""
        self._props = self._adapters = None
        self._remembered.forget()

    # -- text and tokens -----------------------------------------------------------------

    async def atokenize(
        self, text: str, *, add_special: bool = False, parse_special: bool = False
    ) -> tuple[int, ...]:
        """Token ids of `text`.

        Args:
            text: what to tokenise.
            add_special: put the model's begin-of-text first, if it has one.
            parse_special: read ``<|…|>`` as control tokens. False for text that is not ours.
        """
        text = text.encode(errors="replace").decode()  # half a surrogate pair cannot be sent
        body = {"content": text, "add_special": add_special, "parse_special": parse_special}
        data = await self._remembered.post("/tokenize", body)
        with understood(self.base_url):
            return tuple(int(t) for t in data.get("tokens", ()))

    async def adetokenize(self, tokens: Sequence[int]) -> str:
        """The text of token ids, control tokens included."""
        data = await self._remembered.post("/detokenize", {"tokens": list(tokens)})
        with understood(self.base_url):
            return str(data.get("content", ""))

    async def aapply_template(self, messages: Sequence[Message]) -> str:
        """The prompt that the model's own chat template makes of the messages."""
        body = {"messages": [{"role": m.role, "content": m.content} for m in messages]}
        data = await self._remembered.post("/apply-template", body)
        with understood(self.base_url):
            return str(data.get("prompt", ""))

    async def _json(
        self, method: str, path: str, body: Any = None, patience: float = ANSWER
    ) -> Any:
        with self._doubting():
            return await self._wire.json(method, path, body, patience)

    @contextmanager
    def _doubting(self) -> Iterator[None]:
        try:
            yield
        except (ServerUnreachable, ServerLoading, ServerTimeout, StreamBroken):
            self.forget()
            raise

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        await self._wire.aclose()
