"""What one kernel keeps from cell to cell: settings, servers, conversations, earlier runs."""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import cassettes
from .events import Event, RunStarted, is_kept
from .files import path_of
from .history import History
from .names import Names
from .servers import Servers
from .settings import Settings

if TYPE_CHECKING:  # LangChain takes a second to import: only when a cell needs it
    from langchain_core.messages import BaseMessage


@dataclass
class State:
    """One kernel's state.

    `namespace` is the notebook's, where tools are looked up by name; names in `hidden` are not
    the user's own.
    """

    namespace: Mapping[str, Any] = field(default_factory=dict)
    hidden: Container[str] = ()
    settings: Settings = field(default_factory=Settings)
    servers: Servers = field(default_factory=Servers)
    tool_names: tuple[str, ...] = ("calculate",)
    threads: MutableMapping[str, list[BaseMessage]] = field(default_factory=dict)
    history: History = field(default_factory=History)
    """What earlier runs told, whether they came to an end or not; the last one last."""

    def close(self) -> None:
        """Leave the embedded server and end the sandbox's process, where they are in use."""
        cassettes.end(self.servers)
        self.servers.stop()
        self._close_store()
        if symbolic := sys.modules.get("gba_jupyter.symbolic"):
            symbolic.shut_down()

    @property
    def names(self) -> Names:
        """What the notebook has under a name."""
        return Names(self.namespace, self.hidden)

    def known_tools(self) -> list[str]:
        """Names that could be offered: `calculate`, and the notebook's documented functions."""
        return ["calculate", *(n for n in self.names.tools() if n != "calculate")]

    def change(self, settings: Settings) -> None:
        """Take other settings; conversations go along to another store, and stay in the old one.

        Raises:
            OptionError: the store cannot be opened; nothing is changed then.
        """
        if settings.store != self.settings.store:
            threads: MutableMapping[str, list[BaseMessage]] = {}
            if settings.store:
                from .memory import StoredThreads

                threads = StoredThreads(path_of(settings.store))
            threads.update(self.threads)
            self._close_store()
            self.threads = threads
        self.settings = settings

    def _close_store(self) -> None:
        if close := getattr(self.threads, "close", None):
            close()

    def remember(self, events: Sequence[Event]) -> None:
        """Keep what a run told, to be shown again; news that are of no run are forgotten."""
        if any(isinstance(event, RunStarted) for event in events):
            self.history.append(tuple(filter(is_kept, events)))

    def reset(self, thread: str | None = None) -> None:
        """Forget one conversation, or all of them."""
        if thread is None:
            self.threads.clear()
        else:
            self.threads.pop(thread, None)
