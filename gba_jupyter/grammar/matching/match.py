"""Match text against a grammar, character by character, in about linear time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..rules import START, Rules
from .derivation import derive, derive_begun, open_rules
from .lazy_dfa import LazyDfa
from .lookahead import Lookahead
from .network import Network
from .openings import expected, only_char, openings
from .partial import legal_bytes
from .points import Point
from .recognize import Recognizer, Ways
from .spans import Span

MAX_FORCED = 10_000
"""Longest text that `State.forced` gives: a grammar may force a text without end."""

_History: TypeAlias = "tuple[_History | None, str]"


@dataclass(frozen=True, slots=True)
class Explanation:
    """How far a text follows a grammar."""

    accepted: bool
    position: int
    """Characters that follow the grammar: the place of the first that does not, or the length."""
    expected: str
    """What the grammar has at that place, in GBNF; empty when the text is accepted."""
    spans: Span | None = None
    """Which rule made which characters, if the text is accepted."""
    path: tuple[str, ...] = ()
    """The rules that are open at that place, as in `State.path`, if the text is not accepted."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class State:
    """All the ways to read the text so far. Immutable: go on from any state, as often as needed."""

    matcher: Matcher
    """The matcher that the state is of."""
    position: int
    """Length of the text so far."""
    is_complete: bool
    """Whether the text so far is a whole text of the grammar."""
    _ways: Ways
    _history: _History | None

    @property
    def text(self) -> str:
        """The text so far."""
        pieces = []
        history = self._history
        while history:
            history, piece = history
            pieces.append(piece)
        return "".join(reversed(pieces))

    def advance(self, text: str) -> State | None:
        """The state after more text; None when the grammar has no such text."""
        reached = self.matcher.follow(self, text)
        return reached if reached.position == self.position + len(text) else None

    def legal(self, token: str) -> bool:
        """Whether the text may come next."""
        return self.advance(token) is not None

    def legal_bytes(self, data: bytes) -> bool:
        """Whether the bytes may come next, the last of which may be half a character."""
        return legal_bytes(self, data)

    def openings(self) -> Iterator[Point]:
        """The points of characters that may come next."""
        return self.matcher.openings(self._ways)

    @property
    def must_end(self) -> bool:
        """Whether the text so far is whole, and no character may follow."""
        return self.is_complete and not any(True for _ in self.openings())

    def expected(self) -> str:
        """What may come next, as a short list in GBNF, such as ``"," or [0-9]``."""
        return expected(self.openings(), may_end=self.is_complete)

    def forced(self) -> str:
        """The longest text that is the only legal continuation, of at most `MAX_FORCED` characters.

        It stops where several characters are legal, or the text may end.
        """
        chars: list[str] = []
        ways, is_complete = self._ways, self.is_complete
        while not is_complete and len(chars) < MAX_FORCED:
            char = only_char(self.matcher.openings(ways))
            following = self.matcher.recognizer.step(ways, char) if char else None
            if not char or not following:
                break
            ways, is_complete = following
            chars.append(char)
        return "".join(chars)

    def path(self) -> tuple[str, ...]:
        """The rules that are open here, from ``root`` inwards.

        Rules that have to begin here are open, rules that may begin here are not. Of several ways
        to read the text so far, it is the first one in the order of the alternatives.
        """
        return open_rules(self.matcher.lookahead, self.text)

    def spans(self) -> Span:
        """The rules that made the text so far; those that are still open end where it ends."""
        return derive_begun(self.matcher.lookahead, self.text)


class Matcher:
    """Tests texts against one grammar.

    Raises:
        GrammarError: the grammar is left-recursive, or too large.
    """

    def __init__(self, rules: Rules) -> None:
        self._network = Network(rules)
        dfa = LazyDfa(self._network)
        self.recognizer = Recognizer(dfa)
        """Reads texts character by character."""
        self.lookahead = Lookahead(dfa)
        """Finds out how a text was made."""

    @property
    def start(self) -> State:
        """The state before the first character."""
        is_complete = self._network.starts[START].final
        return State(self, 0, is_complete, self.recognizer.start(), None)

    def accepts(self, text: str) -> bool:
        """Whether the text is a whole text of the grammar."""
        state = self.start.advance(text)
        return state is not None and state.is_complete

    def explain(self, text: str) -> Explanation:
        """Which rule made which characters; or where the text fails, and what is expected there."""
        state = self.follow(self.start, text)
        if state.position == len(text) and state.is_complete:
            return Explanation(True, state.position, "", derive(self.lookahead, text))
        return Explanation(False, state.position, state.expected(), path=state.path())

    def follow(self, state: State, text: str) -> State:
        """The state after as many characters of a text as are legal."""
        step = self.recognizer.step
        ways, is_complete = state._ways, state.is_complete
        count = 0
        for char in self._network.alphabet.canonical(text):
            following = step(ways, char)
            if following is None:
                break
            ways, is_complete = following
            count += 1
        if not count:
            return state
        history = (state._history, text[:count])
        return State(self, state.position + count, is_complete, ways, history)

    def openings(self, ways: Ways) -> Iterator[Point]:
        """The points of characters that may come next."""
        return openings([point for point, _ in ways], self._network.starts)
