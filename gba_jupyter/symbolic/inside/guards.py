"""What stands between a program and SymPy. Imported by the child process only.

Every function of SymPy is wrapped by `guarded`: SymPy would evaluate text as Python, so no text
reaches it, neither directly nor inside a container nor from a function that it calls.
"""

from __future__ import annotations

import functools
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, KeysView, ValuesView
from typing import Any

import sympy

from ...errors import ProgramRefused
from ..language import names

_DEEPEST = 20


class Module:
    """What a name before a dot may be asked for: ``math``, ``S``, ``date``.

    Args:
        members: what it offers.
        make: what calling it does, if anything.
    """

    def __init__(self, members: dict[str, Any], make: Callable[..., Any] | None = None) -> None:
        self.members = members
        self.make = make

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the name does when it is called."""
        if self.make is None:
            raise TypeError("a module cannot be called")
        return self.make(*args, **kwargs)


def refuse_text(values: Iterable[Any], depth: int = 0) -> None:
    """Refuse text among the values or inside them.

    Raises:
        ProgramRefused: there is some.
    """
    if depth > _DEEPEST:
        raise ProgramRefused("This list is nested too deeply.", "Use a flat one.")
    for value in values:
        if isinstance(value, str) and value not in names.DIRECTIONS:
            raise ProgramRefused(
                "SymPy's functions cannot be given text.",
                "Write the expression itself, without quotes.",
            )
        if isinstance(value, dict):
            refuse_text([*value, *value.values()], depth + 1)
        elif isinstance(value, list | tuple | set | frozenset | deque):
            refuse_text(value, depth + 1)


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, refusing text."""

    @functools.wraps(function, updated=())
    def call(*args: Any, **kwargs: Any) -> Any:
        args = tuple(map(_plain, args))
        kwargs = {name: _plain(value) for name, value in kwargs.items()}
        refuse_text(args)
        refuse_text(kwargs.values())
        return function(*args, **kwargs)

    return call


def _plain(value: Any) -> Any:
    """The value as SymPy is to see it: nothing that makes text only once it is asked."""
    if isinstance(value, Iterator | KeysView | ValuesView | deque):
        return list(value)
    if not callable(value) or isinstance(value, type | sympy.Basic | sympy.MatrixBase):
        return value
    if isinstance(value, types.FunctionType) and hasattr(value, "__wrapped__"):
        return value.__wrapped__  # SymPy's own class, for calls such as f.rewrite(exp)

    def call(*args: Any) -> Any:
        made = value(*args)
        refuse_text([made])
        return made

    return call


def to_sympy(value: Any) -> Any:
    """A number as SymPy's: ``S(1) / 3``."""
    value = _plain(value)
    refuse_text([value])
    return sympy.sympify(value)
