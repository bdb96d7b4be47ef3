"""The conversations of a session: in memory, or in a file that outlives the kernel."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import OptionError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_MESSAGES = "messages"


class StoredThreads(MutableMapping[str, "list[BaseMessage]"]):
    """Conversations by name, in a SQLite file, as checkpoints of LangGraph.

    One checkpoint a thread: only whole runs are kept, never half a step.

    Raises:
        OptionError: the extra is not installed, or the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            from langgraph.checkpoint.sqlite import SqliteSaver
        except ImportError:
            raise OptionError(
                "Keeping conversations in a file needs a package that is not installed.",
                "Run `pip install 'gba-jupyter[store]'`.",
            ) from None
        import sqlite3

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False)
            self._saver = SqliteSaver(connection)
            self._saver.setup()
        except (OSError, sqlite3.Error) as error:
            raise OptionError(
                f"Conversations cannot be kept in {path}: {error}.", "Choose another file."
            ) from error

    def __getitem__(self, thread: str) -> list[BaseMessage]:
        found = self._saver.get_tuple(_config(thread))
        if found is None:
            raise KeyError(thread)
        return list(found.checkpoint["channel_values"][_MESSAGES])

    def __setitem__(self, thread: str, messages: Sequence[BaseMessage]) -> None:
        from langgraph.checkpoint.base import empty_checkpoint

        checkpoint = empty_checkpoint()
        version = self._saver.get_next_version(None, None)
        checkpoint["channel_values"] = {_MESSAGES: list(messages)}
        checkpoint["channel_versions"] = {_MESSAGES: version}
        before = self._saver.get_tuple(_config(thread))
        self._saver.put(
            _config(thread),
            checkpoint,
            {"source": "update", "step": 0, "parents": {}},
            {_MESSAGES: version},
        )
        if before is not None:
            self._drop(before.config)

    def __delitem__(self, thread: str) -> None:
        if thread not in self:
            raise KeyError(thread)
        self._saver.delete_thread(thread)

    def __iter__(self) -> Iterator[str]:
        names = [each.config["configurable"]["thread_id"] for each in self._saver.list(None)]
        return iter(dict.fromkeys(names))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def close(self) -> None:
        """Close the file."""
        self._saver.conn.close()

    def _drop(self, config: Any) -> None:
        """Forget an earlier state of a thread: the newer one holds all of it."""
        place = config["configurable"]
        with self._saver.lock, closing(self._saver.conn.cursor()) as cursor:
            cursor.execute(
                "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id = ?",
                (place["thread_id"], place["checkpoint_id"]),
            )
            self._saver.conn.commit()


def _config(thread: str) -> Any:
    return {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
