"""Our events on their way to LangChain's callbacks."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForLLMRun,
    CallbackManagerForLLMRun,
)
from langchain_core.callbacks.manager import ahandle_event, handle_event

from .events import Event

EVENT = "gba_jupyter"
"""Name under which our events reach LangChain's callbacks (``on_custom_event``)."""


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


def _origin(run: CallbackManagerForLLMRun | AsyncCallbackManagerForLLMRun) -> dict[str, Any]:
    return {"run_id": run.run_id, "tags": run.tags, "metadata": run.metadata}
