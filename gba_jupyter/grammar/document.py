"""A JSON Schema document: `$ref` lookup, and schemas that must all hold made into one."""

from __future__ import annotations

import re
import reprlib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote

from ..errors import GrammarError

Schema: TypeAlias = Mapping[str, Any] | bool
Report: TypeAlias = Callable[[str, str], None]
"""Takes a keyword that the grammar does not enforce, and why."""

ANNOTATIONS = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "readOnly"}
    | {"writeOnly", "discriminator", "contentEncoding", "contentMediaType", "contentSchema"}
    | {"$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "$vocabulary"}
)
"""Keywords that allow and forbid nothing."""

_OWN_ONLY = {"additionalProperties": "properties", "items": "prefixItems"}
"""Keywords that apply to what another keyword of the same schema leaves over."""


@dataclass(frozen=True, eq=False)
class Document:
    """A whole schema, in which references are looked up."""

    root: Any
    label: str
    """What the document is called in messages; empty, or a tool's name."""

    def resolve(self, reference: Any, path: str) -> Any:
        """The schema that a `$ref` at a path refers to.

        Raises:
            GrammarError: it refers to nothing, or to another document.
        """
        if not isinstance(reference, str):
            raise refusal(path, f"`$ref` is not a text but {reprlib.repr(reference)}")
        if not re.match(r"(#(/|$)|$)", reference):
            raise refusal(path, f"`$ref` leads out of the schema: {reprlib.repr(reference)}")
        found = self.root
        for part in unquote(reference).split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            try:
                found = found[int(key)] if isinstance(found, list) else found[key]
            except (KeyError, IndexError, TypeError, ValueError):
                raise refusal(path, f"`$ref` leads to nothing: {reprlib.repr(reference)}") from None
        return found


def refusal(path: str, what: str, fix: str = "Correct the schema.") -> GrammarError:
    """The error for a schema that cannot become a grammar."""
    return GrammarError(f"The schema at {path} cannot become a grammar: {what}.", fix)


def constraints(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords that allow or forbid something."""
    return {
        str(key): value
        for key, value in schema.items()
        if key not in ANNOTATIONS and not str(key).startswith("x-")
    }


def flattened(schema: Any, document: Document, path: str, report: Report) -> Schema:
    """The schema with its `$ref` and `allOf` merged in: neither is left.

    Raises:
        GrammarError: it is not a schema, or is made of itself.
    """
    merged: dict[str, Any] = {}
    seen: set[str] = set()
    pending: deque[tuple[Any, frozenset[str]]] = deque([(schema, frozenset())])
    while pending:
        part, inside = pending.popleft()
        if part is False:
            return False
        if part is True:
            continue
        if not isinstance(part, Mapping):
            raise refusal(path, f"a schema is an object, true or false, not {reprlib.repr(part)}")
        parts: list[tuple[Any, frozenset[str]]] = []
        if "$ref" in part:
            reference = str(part["$ref"])
            if reference in inside:
                raise refusal(path, f"{reference} is made of itself")
            if reference not in seen:
                seen.add(reference)
                target = document.resolve(part["$ref"], path)
                parts.append((target, inside | {reference}))
        parts += [(each, inside) for each in _all_of(part, path)]
        pending.extendleft(reversed(parts))
        own = {k: v for k, v in constraints(part).items() if k not in ("$ref", "allOf")}
        merged = _merge(merged, own, path, report)
    return merged


def _all_of(part: Mapping[str, Any], path: str) -> list[Any]:
    parts = part.get("allOf", [])
    if not isinstance(parts, list):
        raise refusal(path, "`allOf` is not a list")
    return parts


def _merge(
    first: dict[str, Any], second: dict[str, Any], path: str, report: Report
) -> dict[str, Any]:
    """The keywords of both: what holds for both schemas."""
    if not first or not second:
        return first or second
    merged = {**second, **first}
    for keyword, other in _OWN_ONLY.items():
        for here, there in ((first, second), (second, first)):
            if here.get(keyword, True) is not True and other in there:
                report(keyword, "it holds for one part of an allOf, the grammar takes all parts")
    for keyword in first.keys() & second.keys():
        one, two = first[keyword], second[keyword]
        if one == two and type(one) is type(two):
            continue
        merge = _MERGES.get(keyword)
        try:
            if merge is None:
                raise TypeError
            merged[keyword] = merge(one, two)
        except (TypeError, AttributeError):
            report(keyword, "two parts of an allOf have it, and only the first is kept")
    return merged


def _both(one: Any, two: Any) -> Any:
    if isinstance(one, bool):
        return two if one else False
    if isinstance(two, bool):
        return one if two else False
    return {"allOf": [one, two]}


def _both_each(one: Any, two: Any) -> dict[str, Any]:
    shared = {name: _both(one[name], two[name]) for name in one if name in two}
    return {**one, **two, **shared}


def _union(one: Any, two: Any) -> list[Any]:
    return list(dict.fromkeys([*one, *two]))


def _shared_types(one: Any, two: Any) -> list[Any]:
    ones, twos = ([each] if isinstance(each, str) else list(each) for each in (one, two))
    wide = [{*types, *(["integer"] if "number" in types else [])} for types in (ones, twos)]
    return [each for each in dict.fromkeys([*ones, *twos]) if each in wide[0] & wide[1]]


def _shared_values(one: Any, two: Any) -> list[Any]:
    return [value for value in one if any([same_value(value, other) for other in two])]


def same_value(one: Any, two: Any) -> bool:
    """Whether two JSON values are equal; true is not 1."""
    return bool(one == two) and isinstance(one, bool) == isinstance(two, bool)


_MERGES: dict[str, Callable[[Any, Any], Any]] = {
    "type": _shared_types,
    "enum": _shared_values,
    "required": _union,
    "properties": _both_each,
    "items": _both,
    "additionalProperties": _both,
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), min),
    "uniqueItems": lambda one, two: one or two,
}
