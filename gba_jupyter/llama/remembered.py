"""Answers of a server that stay the same while it serves the same model."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

_MOST = 2048  # questions; the one that was not asked for the longest time goes first


class Remembered:
    """Asks each question once.

    Args:
        ask: sends a path and a body, and gives the JSON that came back.
    """

    def __init__(self, ask: Callable[[str, str, Any], Awaitable[Any]]) -> None:
        self._ask = ask
        self._answers: OrderedDict[str, Any] = OrderedDict()

    async def post(self, path: str, body: Any) -> Any:
        """The server's answer, or what it answered before."""
        key = json.dumps([path, body])
        if key not in self._answers:
            self._answers[key] = await self._ask("POST", path, body)
        self._answers.move_to_end(key)
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
        return self._answers[key]

    def forget(self) -> None:
        """Another model may be served by now."""
        self._answers.clear()
