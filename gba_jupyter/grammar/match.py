"""Match text against a grammar, character by character, in about linear time.

A state holds all the ways in which the text so far can be read. Ways that begin the same rule at
the same place share one `_Frame`, so an ambiguous grammar makes a graph of frames, never an
exponential number of stacks. Nothing recurses: text may be nested as deep as it likes.
"""

from __future__ import annotations

from dataclasses import dataclass

from .network import ACCEPT, Edge, Network
from .nodes import AnyChar, Literal
from .printer import node_text
from .rules import START, Rules

_MAX_EXPECTED = 6
_MAX_LABEL = 40


@dataclass(frozen=True)
class Explanation:
    """How far a text follows a grammar."""

    accepted: bool
    position: int
    """Characters that follow the grammar: the place of the first that does not, or the length."""
    expected: str
    """What the grammar has at that place, in GBNF; empty when the text is accepted."""


class _Frame:
    """One rule begun at one place: where to go on when it ends."""

    __slots__ = ("callers",)

    def __init__(self) -> None:
        self.callers: dict[tuple[int, _Frame], None] = {}


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """All the ways to read the text so far. Made by a `Matcher`, and only good for its rules."""

    ways: tuple[tuple[int, _Frame], ...]
    is_complete: bool
    """Whether the text so far is a whole text of the grammar."""


class Matcher:
    """Tests texts against one grammar. Its states are immutable: go on from any of them."""

    def __init__(self, rules: Rules) -> None:
        self._network = Network(rules)
        self._start: State | None = None

    @property
    def start(self) -> State:
        """The state before the first character."""
        if self._start is None:
            step = _Step(self._network)
            step.begin(START, (ACCEPT, _Frame()))
            self._start = State(tuple(step.ways), self._network.is_nullable(START))
        return self._start

    def advance(self, state: State, text: str) -> State | None:
        """The state after more text; None when the grammar has no such text."""
        reached, position = self._run(state, text)
        return reached if position == len(text) else None

    def accepts(self, text: str) -> bool:
        """Whether the text is a whole text of the grammar."""
        reached = self.advance(self.start, text)
        return reached is not None and reached.is_complete

    def explain(self, text: str) -> Explanation:
        """Whether the text is accepted; if not, where it fails and what is expected there."""
        state, position = self._run(self.start, text)
        if position == len(text) and state.is_complete:
            return Explanation(True, position, "")
        return Explanation(False, position, self.expected(state))

    def expected(self, state: State) -> str:
        """What may follow, as a short list in GBNF, such as ``"," or [0-9]``."""
        reach = self._network.reach
        edges = [edge for at, _ in state.ways for edge in reach(at).edges]
        labels = list(dict.fromkeys([_label(edge) for edge in edges]))
        if state.is_complete:
            labels.append("the end of the text")
        more = " or …" if len(labels) > _MAX_EXPECTED else ""
        return " or ".join(labels[:_MAX_EXPECTED]) + more

    def _run(self, state: State, text: str) -> tuple[State, int]:
        """The last state that the text reaches, and the number of characters up to there."""
        for position, char in enumerate(text):
            following = self._follow(state, char)
            if following is None:
                return state, position
            state = following
        return state, len(text)

    def _follow(self, state: State, char: str) -> State | None:
        step = _Step(self._network)
        for at, frame in state.ways:
            for target in self._network.targets(at, char):
                step.arrive(target, frame)
        if not step.ways and not step.is_complete:
            return None
        return State(tuple(step.ways), step.is_complete)


class _Step:
    """What one character leads to. Frames made here get their callers here, and never later."""

    __slots__ = ("_frames", "_network", "_seen", "_tails", "is_complete", "ways")

    def __init__(self, network: Network) -> None:
        self._network = network
        self._frames: dict[str, _Frame] = {}
        self._tails: dict[_Frame, list[_Frame]] = {}
        self._seen: set[tuple[int, _Frame]] = set()
        self.ways: list[tuple[int, _Frame]] = []
        self.is_complete = False

    def arrive(self, at: int, frame: _Frame) -> None:
        """Take up a state behind a character, and all that follows from it."""
        pending = [(at, frame)]
        while pending:
            way = pending.pop()
            if way in self._seen:
                continue
            self._seen.add(way)
            at, frame = way
            self.is_complete |= at == ACCEPT
            if self._network.reach(at).final:
                pending.extend(frame.callers)
            self._look_ahead(at, frame)

    def begin(self, name: str, caller: tuple[int, _Frame]) -> None:
        """Begin a rule here for its first caller."""
        frame = self._frames[name] = _Frame()
        self._add_caller(frame, caller)
        self._look_ahead(self._network.start(name), frame)

    def _look_ahead(self, at: int, frame: _Frame) -> None:
        """Keep a state that waits for a character, and begin the rules that it calls."""
        pending = [(at, frame)]
        while pending:
            at, frame = pending.pop()
            reach = self._network.reach(at)
            if reach.edges:
                self.ways.append((at, frame))
            # Backwards onto the stack: what is expected is listed in the grammar's order.
            for name, back in reversed(reach.calls):
                callee = self._frames.get(name)
                if callee is None:
                    callee = self._frames[name] = _Frame()
                    # An empty match of the rule is no concern here: the network skips it.
                    pending.append((self._network.start(name), callee))
                if self._network.reach(back).only_final:
                    # Nothing is left to do after the call: its end is the end of the caller.
                    self._tails.setdefault(frame, []).append(callee)
                    for caller in frame.callers:
                        self._add_caller(callee, caller)
                else:
                    self._add_caller(callee, (back, frame))

    def _add_caller(self, frame: _Frame, caller: tuple[int, _Frame]) -> None:
        """Let the frame, and those begun here whose end is its end, return to the caller."""
        pending = [frame]
        while pending:
            frame = pending.pop()
            if caller not in frame.callers:
                frame.callers[caller] = None
                pending.extend(self._tails.get(frame, ()))


def _label(edge: Edge) -> str:
    if isinstance(edge.node, AnyChar):
        return "any character"
    if isinstance(edge.node, Literal):
        return node_text(Literal(edge.node.text[edge.offset :][:_MAX_LABEL]))
    return node_text(edge.node)
