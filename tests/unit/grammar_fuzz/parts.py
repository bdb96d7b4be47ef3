"""Reading a schema as the converter does: what holds together, and the order of properties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from .judge import Judge, ecma

Pick = Callable[[list[Any]], Iterable[Any]]
"""Chooses among alternatives."""


def resolve(root: Any, reference: str) -> Any:
    """The schema that a local pointer leads to."""
    found = root
    for part in unquote(reference).split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def parts_of(schemas: Iterable[Any], root: Any, pick: Pick) -> list[dict[str, Any]]:
    """All that holds for a value: the schemas, their references and parts, then alternatives."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    unions = [[*schemas]]
    while unions:
        pending = [*reversed(unions.pop(0))]
        while pending:
            part = pending.pop()
            if isinstance(part, bool):
                part = {} if part else {"not": {}}
            found.append(part)
            more: list[Any] = []
            if "$ref" in part and part["$ref"] not in seen:
                seen.add(part["$ref"])
                more.append(resolve(root, part["$ref"]))
            more += part.get("allOf", [])
            pending += reversed(more)
            unions += [[*pick(part[union])] for union in ("anyOf", "oneOf") if union in part]
    return found


def inner_schemas(parts: Iterable[dict[str, Any]], name: str) -> list[Any]:
    """The schemas of a property."""
    found = []
    for part in parts:
        own = [part["properties"][name]] if name in part.get("properties", {}) else []
        patterns = part.get("patternProperties", {}).items()
        own += [inner for pattern, inner in patterns if re.search(ecma(pattern), name)]
        found += own or [part.get("additionalProperties", True)]
    return found


def item_schemas(parts: Iterable[dict[str, Any]], at: int) -> list[Any]:
    """The schemas of an item."""
    found = []
    for part in parts:
        prefix = part.get("prefixItems", [])
        found.append(prefix[at] if at < len(prefix) else part.get("items", True))
    return found


def in_order(value: Any, schemas: list[Any], judge: Judge, root: Any) -> Any:
    """The value with its properties in the order of their definition."""

    def pick(branches: list[Any]) -> list[Any]:
        return [each for each in branches if judge.holds(each, value)][:1] or branches

    if isinstance(value, list):
        parts = parts_of(schemas, root, pick)
        return [
            in_order(item, item_schemas(parts, at), judge, root) for at, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    parts = parts_of(schemas, root, pick)
    names = [name for part in parts for name in part.get("properties", {})]
    names += [name for part in parts for name in part.get("required", [])]
    for part in parts:
        for name, needed in part.get("dependentRequired", {}).items():
            names += [name, *needed]
    return {
        name: in_order(value[name], inner_schemas(parts, name), judge, root)
        for name in dict.fromkeys([*names, *value])
        if name in value
    }
