"""What the notebook has under a name: tools, functions, schemas."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .errors import OptionError


@dataclass(frozen=True)
class Names:
    """The notebook's namespace; names in `hidden` are not the user's own."""

    namespace: Mapping[str, Any]
    hidden: Container[str]

    def tool(self, name: str) -> Any:
        """The function or tool of that name; None when there is none."""
        thing = self.namespace.get(name)
        # A LangChain tool is not callable.
        return thing if callable(thing) or hasattr(thing, "args_schema") else None

    def tools(self) -> list[str]:
        """Names of the notebook's tools and documented functions."""
        return [
            name
            for name, thing in self.namespace.items()
            if not name.startswith("_")
            and name not in self.hidden
            and (hasattr(thing, "args_schema") or _is_documented_function(thing))
        ]

    def notebook(self, environment: Mapping[str, str]) -> Path | None:
        """The notebook's own file, where the front end tells it: VS Code here, Jupyter there."""
        told = (self.namespace.get("__vsc_ipynb_file__"), environment.get("JPY_SESSION_NAME"))
        names = [name for name in told if isinstance(name, str) and name.endswith(".ipynb")]
        if not names:
            return None
        path = Path(names[0])
        # Jupyter may tell it from its own root; a kernel begins in the notebook's folder.
        return path if path.is_absolute() and path.is_file() else Path.cwd() / path.name

    def thing(self, name: str) -> Any:
        """What stands under a name such as ``Person`` or ``models.Person``.

        Raises:
            OptionError: nothing does.
        """
        first, *rest = name.split(".")
        own = [n for n in self.namespace if n not in self.hidden and not n.startswith("_")]
        if first not in self.namespace:
            fix = did_you_mean(first, own, "Define it first, in a cell above.")
            raise OptionError(f"There is nothing called {first!r} here.", fix)
        thing = self.namespace[first]
        for part in rest:
            if not hasattr(thing, part):
                fix = did_you_mean(part, dir(thing), "Define it first, in a cell above.")
                raise OptionError(f"{name!r} is not to be had: there is no {part!r}.", fix)
            thing = getattr(thing, part)
        return thing


def did_you_mean(name: str, known: Sequence[str], otherwise: str) -> str:
    """What to do about a name that is not known."""
    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else otherwise


def _is_documented_function(thing: Any) -> bool:
    if not (callable(thing) and hasattr(thing, "__code__") and thing.__doc__):
        return False
    parameters = thing.__code__.co_varnames[: thing.__code__.co_argcount]
    return set(parameters) <= set(thing.__annotations__)
