"""The characters that a grammar tells apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..nodes import CharClass, Literal, Node, walk

_ASCII = 128


class Alphabet:
    """One character for all that some rules never tell apart. ASCII stays as it is.

    What is remembered for each character then stays small, whatever the language of a text.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        bounds = {bound for node in nodes for bound in _bounds(node) if bound > _ASCII}
        self._bounds = [*range(_ASCII + 1), *sorted(bounds)]

    def canonical(self, text: str) -> str:
        """The text, as long as it was, in characters of the alphabet."""
        if text.isascii():
            return text
        bounds = self._bounds
        return "".join([chr(bounds[bisect_right(bounds, ord(char)) - 1]) for char in text])


def _bounds(node: Node) -> Iterator[int]:
    """Code points from which on the node may treat characters in another way."""
    for inner in walk(node):
        match inner:
            case Literal(text) if not text.isascii():
                for char in text:
                    yield ord(char)
                    yield ord(char) + 1
            case CharClass(ranges):
                for low, high in ranges:
                    yield low
                    yield high + 1
