"""Schemas that must all hold made into one: `$ref` and `allOf` are followed, keywords merged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from .place import refusal, shown
from .subschema import NoValueError, Schemas, Subschema
from .vocabulary import BOUNDS, COUNTS, TYPES

Report: TypeAlias = Callable[[Subschema, str, str], None]
"""Takes a schema, one of its keywords that the grammar does not enforce, and why."""


MAX_PATTERN = 5000
"""Characters of the longest pattern that is looked at."""

_MAX_COUNT = 10**9
_MAX_PARTS = 45_000
_COLLECTED = ("multipleOf", "pattern", "format")


@dataclass(slots=True)
class Joined:
    """Several schemas as one, without `$ref` and `allOf`."""

    given: Schemas
    """The schemas that were joined."""
    parts: list[Subschema] = field(default_factory=list)
    """What each of the schemas that they are made of says itself."""
    keys: dict[str, Any] = field(default_factory=dict)
    """The keywords about types, numbers, texts and counts, as they hold together. Of `pattern`,
    `format` and `multipleOf` there is a tuple where there are several."""
    owners: dict[str, Subschema] = field(default_factory=dict)
    """By such a keyword: the first schema that has it."""
    nots: list[tuple[Subschema, Subschema]] = field(default_factory=list)
    """The schemas that must not hold, each after the one that has it in its `not`."""

    @property
    def path(self) -> str:
        """The path of the first schema."""
        return self.given[0].path

    @property
    def listed(self) -> list[Any] | None:
        """The values of the first part that lists some; None when none does."""
        for part in self.parts:
            if "enum" in part.keywords:
                return part.list_at("enum")
            if "const" in part.keywords:
                return [part.keywords["const"]]
        return None

    @property
    def names(self) -> set[str]:
        """All keywords of all parts."""
        return {keyword for part in self.parts for keyword in part.keywords}

    def having(self, keyword: str) -> list[Subschema]:
        """The parts with a keyword."""
        return [part for part in self.parts if keyword in part.keywords]


def join(schemas: Schemas, report: Report) -> Joined:
    """The schemas as one.

    Raises:
        GrammarError: one of them is no schema, is made of itself, or has an impossible keyword.
        NoValueError: no value is valid.
    """
    joined = Joined(schemas)
    seen: set[tuple[int, frozenset[str]]] = set()
    around: set[tuple[int, frozenset[str]]] = set()
    pending = [(schema, False) for schema in reversed(schemas)]
    while pending:
        part, is_done = pending.pop()
        if is_done:
            around.discard(part.key)
        elif part.value is False:
            raise NoValueError(joined.given[0], "no value is valid")
        elif part.key in around:
            raise refusal(joined.path, f"{part.path} is made of itself")
        elif part.key not in seen and part.keywords:
            seen.add(part.key)
            if len(seen) > _MAX_PARTS:
                what = f"it is made of more than {_MAX_PARTS:,} parts"
                raise refusal(joined.path, what, "Use a smaller schema.")
            around.add(part.key)
            inner, own = _followed(part, report)
            if own.keywords:
                joined.parts.append(own)
                _merge_part(joined, own, report)
            pending.append((part, True))
            pending += [(each, False) for each in reversed(inner)]
    return joined


def tried(schemas: Schemas) -> tuple[Joined | None, list[tuple[Subschema, str]]]:
    """The schemas as one, or None when no value is valid; and the keywords that cannot be held.

    Raises:
        GrammarError: as in `join`.
    """
    unheld: list[tuple[Subschema, str]] = []

    def note(schema: Subschema, keyword: str, why: str) -> None:
        if keyword != "nullable":  # it is held, as something else than it says
            unheld.append((schema, keyword))

    try:
        return join(schemas, note), unheld
    except NoValueError:
        return None, unheld


def _followed(part: Subschema, report: Report) -> tuple[list[Subschema], Subschema]:
    """The schemas that a schema makes hold, and what it says besides."""
    inner: list[Subschema] = []
    done: set[str] = {"allOf"}
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        if keyword in part.keywords:
            done.add(keyword)
            if target := part.document.resolve(part, keyword):
                inner.append(target)
            else:
                report(
                    part, keyword, "it leads to different schemas, depending on who refers to it"
                )
    inner += part.children("allOf")
    if "if" in part.keywords and (holds := truth(part.child("if"))) is not None:
        done |= {"if", "then", "else"}
        branch = "then" if holds else "else"
        inner += [part.child(branch)] if branch in part.keywords else []
    if "not" in part.keywords and part.child("not").has_only("not"):
        done.add("not")
        inner.append(part.child("not").child("not"))
    return inner, part.less(*(done & part.keywords.keys()))


def truth(schema: Subschema) -> bool | None:
    """Whether a schema holds for all values or for none; None when it is neither, as is plain."""
    if schema.value is False:
        return False
    return None if schema.keywords else True


def count_of(part: Subschema, keyword: str, value: Any) -> int:
    """The value of a keyword that bounds a count; of very large ones, a large one.

    Raises:
        GrammarError: it is no whole number from 0 on.
    """
    number = _number(part, keyword, value)
    if number < 0 or number != number // 1:
        raise refusal(part.path, f"`{keyword}` is {shown(value)}")
    return int(min(number, _MAX_COUNT))


def _merge_part(joined: Joined, part: Subschema, report: Report) -> None:
    """Add what a schema says itself."""
    for keyword, value in _own(part, report):
        if keyword not in joined.keys:
            joined.keys[keyword] = value
            joined.owners[keyword] = part
        elif joined.keys[keyword] != value:
            joined.keys[keyword] = _merged(keyword, joined.keys[keyword], value)
    if "not" in part.keywords:
        joined.nots += [(part, each) for each in _denied(part.child("not"), joined)]
    if "type" in joined.keys and not joined.keys["type"]:
        raise NoValueError(joined.given[0], "no type is left that all its parts allow")


def _denied(schema: Subschema, joined: Joined) -> Iterator[Subschema]:
    """The schemas that must not hold, so that the given one does not."""
    pending = [schema]
    while pending:
        at = pending.pop()
        if truth(at) is True:
            raise NoValueError(joined.given[0], "its `not` leaves no value")
        if at.has_only("anyOf"):
            pending += reversed(at.children("anyOf"))
        elif at.value is not False:
            yield at


def _own(part: Subschema, report: Report) -> Iterator[tuple[str, Any]]:
    """The keywords of a schema that are merged by their values, checked."""
    keys = part.keywords
    for keyword, value in keys.items():
        if keyword == "type":
            yield "type", _types(part, report)
        elif keyword in COUNTS:
            yield keyword, count_of(part, keyword, value)
        elif keyword in BOUNDS:
            # In draft 4, a boolean makes the bound beside it exclusive.
            bound = keyword.replace("exclusiveM", "m")
            exclusive = f"exclusiveM{bound[1:]}"
            if keyword == bound and keys.get(exclusive) is True:
                yield exclusive, _number(part, bound, value)
            elif not isinstance(value, bool) or bound not in keys:
                yield keyword, _number(part, keyword, value)
        elif keyword == "pattern" and isinstance(value, str) and len(value) > MAX_PATTERN:
            report(part, keyword, f"it has more than {MAX_PATTERN:,} characters")
        elif keyword in _COLLECTED:
            yield keyword, value
    if keys.get("nullable") is True and "type" not in keys:
        report(part, "nullable", "it means something beside `type` only")


def _types(part: Subschema, report: Report) -> tuple[str, ...]:
    given = part.keywords["type"]
    types = given if isinstance(given, list) else [given]
    if not types or not all([isinstance(each, str) and each in TYPES for each in types]):
        raise refusal(part.path, f"`type` is {shown(given)}")
    if part.keywords.get("nullable") is True and "null" not in types:
        report(part, "nullable", "it is taken as OpenAPI means it, so null is accepted")
        types = [*types, "null"]
    return tuple([k for k in dict.fromkeys(types) if k != "integer" or "number" not in types])


def _number(part: Subschema, keyword: str, value: Any) -> int | float | Decimal:
    numeric = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not numeric or not (isinstance(value, int) or math.isfinite(value)):
        raise refusal(part.path, f"`{keyword}` is {shown(value)}")
    number: int | float | Decimal = value
    return number


def _shared_types(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    wide = [{*types, *(["integer"] if "number" in types else [])} for types in (one, two)]
    shared = [each for each in dict.fromkeys([*one, *two]) if each in wide[0] & wide[1]]
    return tuple([each for each in shared if each != "integer" or "number" not in shared])


def _collected(one: Any, two: Any) -> tuple[Any, ...]:
    """Several things that must all hold."""
    ones = one if isinstance(one, tuple) else (one,)
    return ones if two in ones else (*ones, two)


def _merged(keyword: str, one: Any, two: Any) -> Any:
    """What holds when a keyword has two values."""
    if keyword == "type":
        return _shared_types(one, two)
    if keyword in (*COUNTS, *BOUNDS):
        return max(one, two) if "min" in keyword.lower() else min(one, two)
    return _collected(one, two)
