"""What each property of an object became: Python, JSON Schema and GBNF beside each other."""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Mapping
from typing import Any

from ..findings import Row
from ..grammar.nodes import EMPTY, Literal, Node, Ref, Seq, children
from ..grammar.printer import node_text, rule_text
from ..grammar.rules import START, Rules
from ..grammar.schema.json_rules import BUILT_IN

_MAX_ROWS = 30
_KEY = re.compile(r'[{,]?("(?:[^"\\]|\\.)*"):')
"""A key in the text of an object."""
_decode = json.JSONDecoder().raw_decode


def rows(
    schema: Any, parameters: Mapping[str, str], rules: Rules, *, of_call: bool
) -> tuple[Row, ...]:
    """A row for each property of an object's schema; none when it is no object's.

    Args:
        schema: a JSON Schema.
        parameters: by name, the property as Python writes it.
        rules: the grammar made from the schema.
        of_call: whether the grammar is that of a call, and the schema that of its arguments.
    """
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping):
        return ()
    nodes = _values(rules, START)
    if of_call:
        arguments = nodes.get("arguments")
        nodes = _values(rules, arguments.name) if isinstance(arguments, Ref) else {}
    return tuple(
        Row(
            parameters.get(name, str(name)),
            _without_title(part),
            _rule(nodes[name], rules) if name in nodes else "",
        )
        for name, part in list(properties.items())[:_MAX_ROWS]
    )


def _values(rules: Rules, start: str) -> dict[str, Node]:
    """By key, the node of the value of each property of the object that a rule matches."""
    found: dict[str, Node] = {}
    seen = {start}
    pending: list[Node] = [rules[start]]
    while pending:
        node = pending.pop()
        if isinstance(node, Ref) and node.name not in seen:
            seen.add(node.name)
            pending.append(rules[node.name])
        items = list(children(node))
        for place, item in enumerate(items or [node]):
            if not isinstance(item, Literal):
                continue
            pairs, key = _pairs(item.text)
            if isinstance(node, Seq) and item.text.endswith(":") and place + 1 < len(items):
                # It belongs to the property, and not to the object itself.
                value, items[place + 1] = items[place + 1], EMPTY
                pairs |= {} if key is None else {key: value}
            for name, value in pairs.items():
                found.setdefault(name, value)
        pending += reversed(items)
    return found


def _pairs(text: str) -> tuple[dict[str, Node], str | None]:
    """The keys with their values in the text of a literal, and a last key without one."""
    found: dict[str, Node] = {}
    at = 0
    while match := _KEY.match(text, at):
        key = json.loads(match[1])
        if match.end() == len(text):
            return found, key
        try:
            _, at = _decode(text, match.end())
        except (ValueError, RecursionError):  # its value goes on behind the literal, or deep down
            break
        found[key] = Literal(text[match.end() : at])
    return found, None


def _rule(node: Node, rules: Rules) -> str:
    if isinstance(node, Ref) and node.name not in BUILT_IN:
        return rule_text(node.name, rules[node.name])
    return node_text(node)


def _without_title(schema: Any) -> str:
    if isinstance(schema, Mapping):
        schema = {k: v for k, v in schema.items() if k != "title"}  # pydantic's, of no meaning
    return as_json(schema)


def as_json(schema: Any, indent: int | None = None) -> str:
    """A schema as JSON text, or what comes close to it where parts of it are no JSON."""
    try:
        return json.dumps(schema, indent=indent, ensure_ascii=False, default=repr)
    except (TypeError, ValueError, RecursionError):
        return reprlib.repr(schema)
