"""The runs that can be shown again: this session's own, and those out of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from .events import Event

Story = tuple[Event, ...]
"""What a run told."""

OWN, OPENED = 100, 200
"""How many are kept."""


class History(Sequence[Story]):
    """Earlier runs, the last one last.

    The session's own runs and those that were opened don't push out one another.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[bool, Story]] = []

    def __len__(self) -> int:
        return len(self._runs)

    @overload
    def __getitem__(self, at: int) -> Story: ...
    @overload
    def __getitem__(self, at: slice) -> list[Story]: ...
    def __getitem__(self, at: int | slice) -> Story | list[Story]:
        if isinstance(at, slice):
            return [story for _, story in self._runs[at]]
        return self._runs[at][1]

    def __iter__(self) -> Iterator[Story]:
        return iter([story for _, story in self._runs])

    def append(self, story: Story) -> None:
        """Keep a run of this session; beyond a hundred the oldest of them is forgotten."""
        self._runs.append((True, story))
        self._keep(True, OWN)

    def open(self, stories: Sequence[Story]) -> int:
        """Take runs out of a file; gives how many opened ones had no more room, the oldest."""
        self._runs += [(False, story) for story in stories]
        return self._keep(False, OPENED)

    def clear(self) -> None:
        """Forget them all."""
        self._runs.clear()

    def _keep(self, own: bool, most: int) -> int:
        places = [place for place, (is_own, _) in enumerate(self._runs) if is_own == own]
        surplus = places[: max(0, len(places) - most)]
        for place in reversed(surplus):
            del self._runs[place]
        return len(surplus)
