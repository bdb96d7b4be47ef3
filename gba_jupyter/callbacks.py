"""Our events on their way to LangChain's callbacks."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForLLMRun,
    CallbackManagerForLLMRun,
    adispatch_custom_event,
)
from langchain_core.callbacks.manager import ahandle_event, handle_event

from .events import Event

EVENT = "gba_jupyter"
"""Name under which our events reach LangChain's callbacks (``on_custom_event``)."""

NEWS = "gba_jupyter_news"
"""The same for what our own tools have to say to the reader of the run that calls them."""


def tell(run: CallbackManagerForLLMRun | None, event: Event) -> None:
    """Tell the callbacks of a call of the model."""
    if run is not None:
        handle_event(
            run.handlers, "on_custom_event", "ignore_custom_event", EVENT, event, **_origin(run)
        )


async def atell(run: AsyncCallbackManagerForLLMRun | None, event: Event) -> None:
    """The same, from async code."""
    if run is not None:
        await ahandle_event(
            run.handlers, "on_custom_event", "ignore_custom_event", EVENT, event, **_origin(run)
        )


async def atell_reader(event: Event) -> None:
    """Tell the callbacks of the run that calls the tool that we are in."""
    with suppress(RuntimeError):  # the tool was called by hand
        await adispatch_custom_event(NEWS, event)


def _origin(run: CallbackManagerForLLMRun | AsyncCallbackManagerForLLMRun) -> dict[str, Any]:
    return {"run_id": run.run_id, "tags": run.tags, "metadata": run.metadata}
