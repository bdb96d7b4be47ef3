"""Which rule made which characters of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Span:
    """The characters that one use of a rule made, and the uses of rules inside it.

    A tree can be as deep as its text is long, so nothing here recurses.
    """

    rule: str
    start: int
    """Place of the first character."""
    end: int
    """Place behind the last character: the start, when the rule made the empty text."""
    children: tuple[Span, ...] = ()
    """The uses of rules directly inside, in order; characters between them are the rule's own."""

    def walk(self) -> Iterator[Span]:
        """The span and all spans inside it, outer ones first, in the order of the text."""
        pending = [self]
        while pending:
            span = pending.pop()
            yield span
            pending.extend(reversed(span.children))

    def __eq__(self, other: object) -> bool:
        """Same rules with the same places, all the way in."""
        if not isinstance(other, Span):
            return NotImplemented
        return self._flat() == other._flat()

    def __hash__(self) -> int:
        return hash((self.rule, self.start, self.end, len(self.children)))

    def __repr__(self) -> str:
        return f"<Span {self.rule} {self.start}:{self.end}, {len(self.children)} inside>"

    def _flat(self) -> list[tuple[str, int, int, int]]:
        return [(span.rule, span.start, span.end, len(span.children)) for span in self.walk()]
