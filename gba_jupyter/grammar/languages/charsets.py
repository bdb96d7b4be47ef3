"""Sets of characters: sorted ranges of code points that neither overlap nor touch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from ..nodes import MAX_CODE_POINT

CharSet: TypeAlias = tuple[tuple[int, int], ...]
"""First and last code point of each range, both included."""

ALL: CharSet = ((0, MAX_CODE_POINT),)
SURROGATES: CharSet = ((0xD800, 0xDFFF),)
"""Halves of characters, and no text on their own."""


def union(*sets: Iterable[tuple[int, int]]) -> CharSet:
    """What is in any of the sets, or of any ranges in any order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted([pair for ranges in sets for pair in ranges]):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: CharSet) -> CharSet:
    """All other characters."""
    edges = [(-1, -1), *ranges, (MAX_CODE_POINT + 1, MAX_CODE_POINT + 1)]
    return tuple(
        [(left + 1, right - 1) for (_, left), (right, _) in pairwise(edges) if left + 1 < right]
    )


def intersection(one: CharSet, two: CharSet) -> CharSet:
    """What is in both sets."""
    shared: list[tuple[int, int]] = []
    at = other = 0
    while at < len(one) and other < len(two):
        low, high = max(one[at][0], two[other][0]), min(one[at][1], two[other][1])
        if low <= high:
            shared.append((low, high))
        if one[at][1] < two[other][1]:
            at += 1
        else:
            other += 1
    return tuple(shared)


def difference(one: CharSet, two: CharSet) -> CharSet:
    """What is in the first set and not in the second."""
    return intersection(one, complement(two))


def of(text: str) -> CharSet:
    """The characters of a text."""
    return union([(ord(char), ord(char)) for char in text])


def has(ranges: CharSet, char: str) -> bool:
    """Whether a character is in the set."""
    code = ord(char)
    place = bisect_right(ranges, (code, MAX_CODE_POINT))
    return place > 0 and code <= ranges[place - 1][1]


def parted(sets: Iterable[CharSet]) -> list[CharSet]:
    """The coarsest disjoint sets of which each of the given sets is made."""
    return [chars for chars, _ in overlaid(list(dict.fromkeys(sets)))]


def overlaid(sets: Sequence[CharSet]) -> list[tuple[CharSet, list[int]]]:
    """The coarsest disjoint sets of which the given ones are made, each with their places."""
    turns: dict[int, list[int]] = {}
    for place, ranges in enumerate(sets):
        for low, high in ranges:
            turns.setdefault(low, []).append(place)
            turns.setdefault(high + 1, []).append(place)
    blocks: dict[frozenset[int], list[tuple[int, int]]] = {}
    members: set[int] = set()
    for start, following in pairwise(sorted(turns)):
        members.symmetric_difference_update(turns[start])
        if members:
            blocks.setdefault(frozenset(members), []).append((start, following - 1))
    return [(union(ranges), sorted(members)) for members, ranges in blocks.items()]
