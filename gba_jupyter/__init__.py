"""Agents in Jupyter whose tool calls are constrained by a grammar, on a llama.cpp server.

``%load_ext gba_jupyter`` gives the magics ``%%agent``, ``%%math``, ``%%gbnf`` and ``%gba``. The
names below are for Python; each is imported when it is first used, so that loading costs next to
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import errors
from .errors import GbaError

if TYPE_CHECKING:
    from .agent import Agent as Agent
    from .chat_model import ChatLlamaGBNF as ChatLlamaGBNF
    from .grammar import Grammar as Grammar
    from .llama.client import LlamaServer as LlamaServer
    from .llama.embedded import serve as serve
    from .runs import AgentRun as AgentRun
    from .symbolic import Evaluation as Evaluation
    from .symbolic import evaluate as evaluate
    from .symbolic.interpreter import MathInterpreter as MathInterpreter
    from .symbolic.result import MathResult as MathResult

_HOMES = {
    "Agent": ".agent",
    "AgentRun": ".runs",
    "ChatLlamaGBNF": ".chat_model",
    "Evaluation": ".symbolic",
    "Grammar": ".grammar",
    "LlamaServer": ".llama.client",
    "MathInterpreter": ".symbolic.interpreter",
    "MathResult": ".symbolic.result",
    "evaluate": ".symbolic",
    "serve": ".llama.embedded",
}

__all__ = ["GbaError", "errors", *_HOMES]

# What the magics give, and which of their hooks shows it as a cell's value.
_RESULTS = {
    ("gba_jupyter.runs", "AgentRun"): "show_result",
    ("gba_jupyter.compare", "Comparison"): "show_result",
    ("gba_jupyter.symbolic.result", "MathResult"): "show_result",
    ("gba_jupyter.grammar.grammar", "Grammar"): "show_grammar",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext gba_jupyter``: add the magics, and the way in which their results are shown."""
    from .magics import GbaMagics, LineQuestion

    magics = GbaMagics(shell)
    shell.register_magics(magics)
    shell.input_transformer_manager.token_transformers.insert(0, LineQuestion)
    if type(shell).__name__ == "TerminalInteractiveShell":
        return  # there the result's repr stands after the prompt that IPython prints anyway
    formatter = shell.display_formatter.ipython_display_formatter
    for (module, name), show in _RESULTS.items():
        formatter.for_type_by_name(module, name, getattr(magics, show))


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext gba_jupyter``: take away what loading added, and leave the embedded server."""
    from .magics import LineQuestion

    shell.input_transformer_manager.token_transformers.remove(LineQuestion)
    magics = shell.magics_manager.registry.pop("GbaMagics", None)
    for kind, name in (
        ("line", "agent"),
        ("line", "math"),
        ("line", "gbnf"),
        ("line", "gba"),
        ("cell", "agent"),
        ("cell", "math"),
        ("cell", "gbnf"),
    ):
        shell.magics_manager.magics[kind].pop(name, None)
    formatter = shell.display_formatter.ipython_display_formatter
    for module, name in _RESULTS:
        formatter.deferred_printers.pop((module, name), None)
    for kind in [k for k in formatter.type_printers if (k.__module__, k.__name__) in _RESULTS]:
        formatter.type_printers.pop(kind)
    if magics is not None:
        magics.close()
