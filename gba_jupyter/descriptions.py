"""Tools and forms in words, for the prompt: what the grammar enforces, the model should also know.

A grammar forbids what is wrong, but it cannot tell the model what a field is for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_MAX_DEPTH = 4
"""Levels of objects inside objects that are described; recursive ones have no end."""
_MAX_VALUES = 12
"""Listed values that are shown of one enumeration."""


def describe(tool: Mapping[str, Any]) -> str:
    """A tool for the system prompt: its signature, description and parameters."""
    schema = tool.get("parameters") or {}
    required = set(schema.get("required") or ())
    signature = ", ".join(
        f"{name}: {_type_name(part, schema)}{'' if name in required else ' (optional)'}"
        for name, part in _properties(schema, schema).items()
    )
    head = f"{tool['name']}({signature}) - {_line(tool.get('description', ''))}"
    return "\n".join([head, *_descriptions(schema, schema, "    ", 0)])


def form(schema: Mapping[str, Any]) -> str:
    """The parts of an answer for the system prompt: name, type and description of each."""
    lines: list[str] = []
    target = _resolved(schema, schema)
    if about := _line(target.get("description", "")):
        lines.append(about)
    properties = _properties(schema, schema)
    if not properties:
        lines.append(_type_name(schema, schema))
    required = set(target.get("required") or ())
    for name, part in properties.items():
        optional = "" if name in required else " (optional)"
        about = _line(_resolved(part, schema).get("description", part.get("description", "")))
        lines.append(f"{name}: {_type_name(part, schema)}{optional}{about and f' - {about}'}")
        lines += _inner(part, schema, "    ", 1)
    return "\n".join(lines)


def _descriptions(
    schema: Mapping[str, Any], root: Mapping[str, Any], indent: str, depth: int
) -> Iterator[str]:
    """A line for each property that has a description, and for those inside of it."""
    for name, part in _properties(schema, root).items():
        if about := _line(part.get("description") or ""):
            yield f"{indent}{name}: {about}"
        yield from _inner(part, root, f"{indent}    ", depth + 1)


def _inner(
    part: Mapping[str, Any], root: Mapping[str, Any], indent: str, depth: int
) -> Iterator[str]:
    """What is to be said of the objects in a value."""
    if depth > _MAX_DEPTH:
        return
    for inner in _objects(part, root):
        yield from _descriptions(inner, root, indent, depth)


def _objects(part: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    pending: list[Any] = [part]
    for _ in range(20):  # a schema may refer to itself
        if not pending:
            return
        target = _resolved(pending.pop(0), root)
        if target.get("properties"):
            yield target
        pending += [s for key in ("anyOf", "oneOf", "allOf") for s in target.get(key) or ()]
        pending += [target["items"]] if isinstance(target.get("items"), Mapping) else []


def _properties(schema: Any, root: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    properties = _resolved(schema, root).get("properties")
    if not isinstance(properties, Mapping):
        return {}
    return {str(k): v if isinstance(v, Mapping) else {} for k, v in properties.items()}


def _resolved(schema: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema behind a reference to ``#/$defs/NAME``, or the schema itself."""
    for _ in range(10):
        if not isinstance(schema, Mapping):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        place, _, name = reference.rpartition("/")
        found = root.get(place.removeprefix("#/"))
        schema = found.get(name) if isinstance(found, Mapping) else None
    return {}


def _type_name(schema: Any, root: Mapping[str, Any], depth: int = 0) -> str:
    target = _resolved(schema, root)
    if depth > _MAX_DEPTH:
        return "any"
    if "const" in target:
        return json.dumps(target["const"], ensure_ascii=False, default=str)
    if isinstance(target.get("enum"), list):
        shown = [json.dumps(v, ensure_ascii=False, default=str) for v in target["enum"]]
        more = ["…"] if len(shown) > _MAX_VALUES else []
        return " | ".join(shown[:_MAX_VALUES] + more)
    if target.get("type") == "array":
        return f"list of {_type_name(target.get('items'), root, depth + 1)}"
    for key in ("anyOf", "oneOf"):
        if isinstance(target.get(key), list):
            names = [_type_name(s, root, depth + 1) for s in target[key]]
            return " | ".join(dict.fromkeys(names))
    if isinstance(target.get("allOf"), list) and len(target["allOf"]) == 1:
        return _type_name(target["allOf"][0], root, depth + 1)
    if target.get("properties"):
        parts = [f"{k}: {_type_name(v, root, depth + 1)}" for k, v in target["properties"].items()]
        return f"{{{', '.join(parts)}}}"
    kind = target.get("type", "any")
    return " | ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _line(text: Any) -> str:
    return " ".join(str(text).split())
