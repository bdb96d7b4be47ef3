"""Families of tools as tables of text, and the tools that are made of them.

A family is a paragraph. Its first line is its key and its group; then, by the first letter:
``n`` verbs ; nouns of its names, ``d`` descriptions, ``a`` arguments (``slot:name,name=kind``, with
``?`` when optional), ``q`` requests, ``w`` what the user wants, ``v`` values of the result,
``r`` results, ``f`` final answers. Entries are separated by `` / ``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from .pools import schema


@dataclass(frozen=True)
class Argument:
    """An argument: its slot in the wordings, the names it goes by, and the kind of its values."""

    slot: str
    names: tuple[str, ...]
    kind: str
    optional: bool = False


@dataclass(frozen=True)
class Family:
    """What a kind of tool is called, takes, is asked and gives."""

    key: str
    group: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    about: tuple[str, ...]
    arguments: tuple[Argument, ...]
    asks: tuple[str, ...]
    wants: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    results: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Tool:
    """A family's tool under the names that one thread gives it."""

    family: Family
    name: str
    about: str
    names: dict[str, str]
    """Names of the arguments, by slot."""

    def described(self, helpful: bool) -> dict[str, Any]:
        """As a tool description; `helpful`: with a word about each argument."""
        properties = {}
        for each in self.family.arguments:
            properties[self.names[each.slot]] = dict(schema(each.kind))
            if helpful and each.slot != self.names[each.slot]:
                properties[self.names[each.slot]]["description"] = each.slot.replace("_", " ")
        required = [self.names[a.slot] for a in self.family.arguments if not a.optional]
        parameters = {"type": "object", "properties": properties, "required": required}
        return {"name": self.name, "description": self.about, "parameters": parameters}


def families(table: str) -> list[Family]:
    """Read a table."""
    return [_family(part) for part in re.split(r"\n\s*\n", table.strip())]


def _family(text: str) -> Family:
    head, *lines = [line.strip() for line in text.strip().splitlines()]
    key, group = head.split()
    rows: dict[str, str] = {}
    for line in lines:
        rows[line[0]] = f"{rows[line[0]]} / {line[2:]}" if line[0] in rows else line[2:]
    verbs, nouns = rows["n"].split(";")
    return Family(
        key,
        group,
        tuple(verbs.split()),
        tuple(nouns.split()),
        _several(rows["d"]),
        tuple(_argument(a) for a in rows.get("a", "").split(";") if a.strip()),
        _several(rows["q"]),
        _several(rows["w"]),
        tuple(_named(v) for v in rows.get("v", "").split(";") if v.strip()),
        _several(rows["r"]),
        _several(rows["f"]),
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(" / "))


def _named(text: str) -> tuple[str, str]:
    name, _, kind = text.strip().partition("=")
    return name, kind


def _argument(text: str) -> Argument:
    head, kind = _named(text)
    slot, _, names = head.partition(":")
    return Argument(
        slot, tuple(names.split(",")) if names else (slot,), kind.rstrip("?"), kind[-1] == "?"
    )


def tool(family: Family, rng: Random, telling: bool = True) -> Tool:
    """A tool of a family; its name says nothing when not `telling`."""
    name = _name(family, rng) if telling else _blank_name(rng)
    names: dict[str, str] = {}
    for each in family.arguments:
        free = [n for n in each.names if n not in names.values()]
        names[each.slot] = rng.choice(free)
    if rng.random() < 0.12:
        names = {slot: _camel(n) for slot, n in names.items()}
    return Tool(family, name, rng.choice(family.about), names)


def _name(family: Family, rng: Random) -> str:
    verb, noun = rng.choice(family.verbs), rng.choice(family.nouns)
    made = f"{verb}_{noun}" if rng.random() < 0.85 else f"{noun}_{verb}"
    if rng.random() < 0.08:
        made += rng.choice(["_v2", "_tool", "_api", "_now", "_2"])
    return _camel(made) if rng.random() < 0.25 else made


def _blank_name(rng: Random) -> str:
    return rng.choice(["tool", "fn", "t", "call", "x", "op", "func"]) + f"_{rng.randint(1, 99)}"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
