"""A JSON Schema document: a copy of its own, in which references are looked up."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from .place import refusal, rule_name, shown, too_large
from .subschema import Subschema, joined_uri
from .vocabulary import ONE_SCHEMA, SCHEMA_LISTS, SCHEMA_MAPS

MAX_PARTS = 300_000
"""Largest number of objects and lists in a schema."""

_PLAIN = frozenset({str, int, float, bool, type(None)})


class Document:
    """A whole schema. Its references lead to places within it: nothing is fetched.

    Args:
        schema: the schema, which is copied.
        label: what the document is called in paths; empty, or a tool's name.
        name: base of the names of its rules.

    Raises:
        GrammarError: the schema has too many parts.
    """

    def __init__(self, schema: Any, label: str = "", name: str = "") -> None:
        self.label = label
        value = plain(schema, f"{label}#")
        uri = value.get("$id") if isinstance(value, dict) else None
        base = joined_uri("", uri) if isinstance(uri, str) else ""
        self.top = Subschema(value, self, name, base=base)
        self._found: dict[tuple[str, str], Subschema] = {}

    def resolve(self, source: Subschema, keyword: str) -> Subschema | None:
        """The schema that a reference leads to; None if that depends on who refers to `source`.

        Args:
            source: the schema with the reference.
            keyword: ``$ref``, ``$dynamicRef`` or ``$recursiveRef``.

        Raises:
            GrammarError: it leads to nothing, or to another document.
        """
        reference = source.keywords[keyword]
        if not isinstance(reference, str):
            raise refusal(source.path, f"`{keyword}` is not a text but {shown(reference)}")
        known = self._found.get((source.base, reference))
        if known is None:
            known = self._found[source.base, reference] = self._target(source, keyword, reference)
        if keyword != "$ref" and self._index.is_dynamic(known, reference):
            return None
        return known

    def _target(self, source: Subschema, keyword: str, reference: str) -> Subschema:
        uri, fragment = joined_uri(source.base, reference), unquote(reference.partition("#")[2])
        resource = self.top if uri == self.top.base else self._index.resources.get(uri)
        if resource is None:
            raise refusal(
                source.path,
                f"`{keyword}` leads out of the schema: {shown(reference)}",
                "Nothing is fetched: copy the other schema into `$defs` and refer to it there.",
            )
        target: Subschema | None = resource
        if fragment.startswith("/"):
            target = self._pointed(resource, fragment)
        elif fragment:
            target = self._index.anchors.get((uri, fragment))
        if target is None:
            raise refusal(source.path, f"`{keyword}` leads to nothing: {shown(reference)}")
        return target

    def _pointed(self, resource: Subschema, pointer: str) -> Subschema | None:
        """What a JSON pointer leads to from the top of a resource."""
        value, base = resource.value, resource.base
        steps: list[str | int] = []
        for part in pointer.split("/")[1:]:
            step: str | int = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list):
                step = int(part) if part.isascii() and part.isdecimal() and len(part) < 9 else -1
                if not 0 <= step < len(value):
                    return None
            elif not isinstance(value, dict) or step not in value:
                return None
            value = value[step]
            steps.append(step)
            if isinstance(value, dict) and isinstance(value.get("$id"), str):
                base = joined_uri(base, value["$id"])
        # The name of a definition says more than the place where it is used.
        name = rule_name(f"{self.label}-{steps[-1]}" if self.label else str(steps[-1]))
        return Subschema(value, self, name, resource, tuple(steps), base)

    @cached_property
    def _index(self) -> _Index:
        return _Index(self.top)


class _Index:
    """The names that a document gives to its schemas, by `$id` and by anchors."""

    def __init__(self, top: Subschema) -> None:
        self.resources: dict[str, Subschema] = {}
        self.anchors: dict[tuple[str, str], Subschema] = {}
        self._dynamic: Counter[str] = Counter()
        for schema in _walk(top):
            keys = schema.value
            uri = keys.get("$id")
            if isinstance(uri, str) and not uri.startswith("#"):
                self.resources.setdefault(schema.base, schema)
            self._dynamic[""] += keys.get("$recursiveAnchor") is True
            for keyword in ("$anchor", "$dynamicAnchor", "$id"):
                anchor = keys.get(keyword)
                # Before 2019, `$id` gave anchors too.
                if isinstance(anchor, str) and (keyword != "$id" or anchor.startswith("#")):
                    self.anchors.setdefault((schema.base, anchor.removeprefix("#")), schema)
                    self._dynamic[anchor] += keyword == "$dynamicAnchor"

    def is_dynamic(self, target: Subschema, reference: str) -> bool:
        """Whether a dynamic reference to the target may lead elsewhere, too."""
        keys = target.value if isinstance(target.value, dict) else {}
        anchor = unquote(reference.partition("#")[2])
        if not anchor:
            return keys.get("$recursiveAnchor") is True and self._dynamic[""] > 1
        return keys.get("$dynamicAnchor") == anchor and self._dynamic[anchor] > 1


def plain(schema: Any, path: str) -> Any:
    """A copy made of dicts and lists: a tree, in which each object has one place only.

    Raises:
        GrammarError: it has more than `MAX_PARTS` objects and lists, or is inside itself.
    """
    top: list[Any] = [schema]
    pending: list[Any] = [top]
    for container in pending:
        items = container.items() if isinstance(container, dict) else enumerate(container)
        for key, value in items:
            if type(value) in _PLAIN:
                continue
            container[key] = copied = _copied(value)
            if isinstance(copied, dict | list):
                pending.append(copied)
                if len(pending) > MAX_PARTS:
                    raise too_large(path)
    return top[0]


def _copied(value: Any) -> Any:
    """A container as a dict or a list; a text or number as itself and not as an enum's member."""
    if isinstance(value, Mapping):
        return {str.__str__(k) if isinstance(k, str) else k: value[k] for k in value}
    if isinstance(value, list | tuple):
        return [*value]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else value


def _walk(top: Subschema) -> Iterator[Subschema]:
    """All schemas of a document, outer ones first; not what only looks like a schema."""
    pending = deque([top])
    while pending:
        at = pending.popleft()
        if not isinstance(at.value, dict):
            continue
        yield at
        for keyword, value in at.value.items():
            if isinstance(value, dict) and keyword in ONE_SCHEMA:
                pending.append(at.child(keyword))
            elif isinstance(value, list) and keyword in SCHEMA_LISTS:
                pending.extend([at.child(keyword, place) for place in range(len(value))])
            elif isinstance(value, dict) and keyword in SCHEMA_MAPS:
                pending.extend([at.child(keyword, name, name=str(name)) for name in value])
