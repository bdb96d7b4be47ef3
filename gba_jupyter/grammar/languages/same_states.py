"""Which states of an automaton mean the same: the same texts may follow them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias

from .charsets import CharSet, intersection, parted, union

Moves: TypeAlias = Sequence[Mapping[int, CharSet]]
"""By state: its targets, each with the characters that lead there. No character leads to two."""

_SELF = -1
"""Stands for a state itself among its targets."""


def same_states(edges: Moves, finals: set[int], alive: set[int]) -> dict[int, int]:
    """By state from which a text can end, a number that all states of its meaning share.

    Args:
        edges: the moves to such states only; state 0 is the start, and all can be reached.
        finals: the states in which a text may end.
        alive: the states from which a text can end, `finals` included.
    """
    return _merged_from_ends(edges, finals) or _refined(edges, finals, alive)


def leading_to(finals: Iterable[int], edges: Sequence[Iterable[int]]) -> set[int]:
    """The states from which one of some states can be reached."""
    sources: dict[int, list[int]] = {}
    for source, targets in enumerate(edges):
        for to in targets:
            sources.setdefault(to, []).append(source)
    found = set(finals)
    pending = list(found)
    while pending:
        for source in sources.get(pending.pop(), ()):
            if source not in found:
                found.add(source)
                pending.append(source)
    return found


def _merged_from_ends(edges: Moves, finals: set[int]) -> dict[int, int] | None:
    """By state, one state of the same meaning; None when there are ways back but from a state to
    itself.

    Much faster than `_refined`: a state's meaning is known as soon as those of its targets are.
    """
    order = _last_first(edges)
    if order is None:
        return None
    block: dict[int, int] = {}
    known: dict[Hashable, int] = {}
    looping: set[int] = set()
    for state in order:
        targets: dict[int, CharSet] = {}
        for to, chars in edges[state].items():
            at = _SELF if to == state else block[to]
            targets[at] = union(targets.get(at, ()), chars)
        is_final = state in finals
        # A state whose target loops can be the same as that target, a step earlier.
        for to in [to for to in targets if to in looping]:
            rest = {at: chars for at, chars in targets.items() if at not in (to, _SELF)}
            rest[_SELF] = union(targets[to], targets.get(_SELF, ()))
            if known.get((is_final, frozenset(rest.items()))) == to:
                block[state] = to
                break
        else:
            block[state] = known.setdefault((is_final, frozenset(targets.items())), state)
            if _SELF in targets:
                looping.add(block[state])
    return block


def _last_first(edges: Moves) -> list[int] | None:
    """The states from the start, each after its targets; None when there are ways back."""
    order: list[int] = []
    done: set[int] = set()
    path = {0: iter(edges[0])}
    while path:
        state, ahead = next(reversed(path.items()))
        following = next((to for to in ahead if to not in done and to != state), None)
        if following is None:
            order.append(state)
            done.add(state)
            del path[state]
        elif following in path:
            return None
        else:
            path[following] = iter(edges[following])
    return order


def _refined(edges: Moves, finals: set[int], alive: set[int]) -> dict[int, int]:
    """Hopcroft's algorithm: by state, the number of its class of states of one meaning."""
    letters = parted([chars for state in alive for chars in edges[state].values()])
    letters_of: dict[CharSet, list[int]] = {}
    before: dict[tuple[int, int], list[int]] = {}
    for state in alive:
        for to, chars in edges[state].items():
            if chars not in letters_of:
                letters_of[chars] = [
                    at for at, letter in enumerate(letters) if intersection(letter, chars)
                ]
            for letter in letters_of[chars]:
                before.setdefault((to, letter), []).append(state)
    members = [part for part in (alive & finals, alive - finals) if part]
    block = {state: number for number, part in enumerate(members) for state in part}
    pending = {(number, letter) for number in range(len(members)) for letter in range(len(letters))}
    while pending:
        number, letter = pending.pop()
        touched: dict[int, set[int]] = {}
        for state in [s for to in members[number] for s in before.get((to, letter), ())]:
            touched.setdefault(block[state], set()).add(state)
        for old, inside in touched.items():
            outside = members[old] - inside
            if not outside:
                continue
            members[old], new = inside, outside
            if len(inside) < len(outside):
                members[old], new = outside, inside
            members.append(new)
            block.update(dict.fromkeys(new, len(members) - 1))
            # The smaller part is enough: what leads to the whole is known or still pending.
            pending.update([(len(members) - 1, each) for each in range(len(letters))])
    return block
