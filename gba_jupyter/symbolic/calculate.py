"""The tool `calculate`: an expression is worked out at once, words go to the code model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Annotated

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import Field

from .. import background
from ..callbacks import atell_reader
from ..errors import ProgramRefused
from ..events import Event, OnEvent, is_kept
from . import aevaluate
from .interpreter import MathInterpreter
from .result import MathResult


def calculate_tool(
    interpreter: Callable[[OnEvent], MathInterpreter], timeout: float = 5.0, name: str = "calculate"
) -> BaseTool:
    """The built-in `calculate`: an expression is worked out exactly; words go to the code model.

    Args:
        interpreter: gives the interpreter when it is needed; what it tells is for the reader.
        timeout: seconds that an expression may take.
        name: what the model calls it by.
    """

    async def acalculate(
        expression: Annotated[
            str, Field(min_length=1, description="such as (2 * 5) ** 0.8 / 2, or words")
        ],
    ) -> str:
        """Works out a mathematical expression or question exactly."""
        try:
            result = await aevaluate(expression, timeout)
        except ProgramRefused:
            news: list[Event] = []
            try:
                solver = await asyncio.to_thread(interpreter, news.append)
            finally:
                for event in filter(is_kept, news):
                    await atell_reader(event)
            async with aclosing(solver.astream(expression)) as items:
                async for item in items:
                    if isinstance(item, MathResult):
                        result = item.evaluation
        return result.approx or str(result)

    def calculate(expression: str) -> str:
        return background.run(acalculate(expression))

    tool = StructuredTool.from_function(coroutine=acalculate, name=name)
    tool.func = calculate
    return tool
