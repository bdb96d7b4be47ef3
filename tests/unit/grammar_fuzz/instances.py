"""Values for a schema: likely to be valid, and changed so that they likely are not."""

from __future__ import annotations

import copy
import random
from typing import Any

from .parts import inner_schemas, item_schemas, parts_of
from .schemas import FORMATS, NAMES, PATTERNS, VALUES

_ALL = ["null", "boolean", "string", "integer", "number", "array", "object"]
_WORDS = {
    "string": {"minLength", "maxLength", "pattern", "format"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"},
    "object": {"properties", "required", "additionalProperties", "patternProperties"}
    | {"propertyNames", "minProperties", "maxProperties", "dependentRequired"},
}
"""The keywords that speak about a type."""


class Instances:
    """Draws values for one schema."""

    def __init__(self, schema: Any, seed: int) -> None:
        self.root = schema
        self.rnd = random.Random(seed)

    def value(self) -> Any:
        """A value that follows the schema where that is easily done."""
        return self._value([self.root], 6)

    def changed(self, value: Any) -> Any:
        """A copy of the value with one thing in it changed."""
        rnd = self.rnd
        holder = [copy.deepcopy(value)]
        places: list[tuple[Any, Any]] = [(holder, 0)]
        for container, key in places:
            inner = container[key]
            if isinstance(inner, dict | list):
                keys = inner if isinstance(inner, dict) else range(len(inner))
                places += [(inner, each) for each in keys]
        container, key = rnd.choice(places)
        inner = container[key]
        match inner:
            case dict() if inner and rnd.random() < 0.4:
                del inner[rnd.choice([*inner])]
            case dict() if rnd.random() < 0.5:
                inner[rnd.choice([*NAMES, "z"])] = rnd.choice(VALUES)
            case list() if inner and rnd.random() < 0.4:
                inner.pop()
            case list() if rnd.random() < 0.5:
                inner.append(rnd.choice([*inner, *VALUES]))
            case str() if rnd.random() < 0.7:
                container[key] = rnd.choice([inner + "!", inner[1:], inner * 3, inner.upper()])
            case int() | float() if not isinstance(inner, bool) and rnd.random() < 0.7:
                container[key] = rnd.choice([inner + 1, -inner, inner * 7 + 1, inner + 0.5, 10**7])
            case _:
                container[key] = rnd.choice(VALUES)
        return holder[0]

    def _value(self, schemas: list[Any], depth: int) -> Any:
        rnd = self.rnd
        parts = parts_of(schemas, self.root, lambda branches: [rnd.choice(branches)])
        for part in parts:
            if "const" in part:
                return part["const"]
            if "enum" in part:
                return rnd.choice(part["enum"])
        kind = rnd.choice(_kinds(parts))
        if depth <= 0 and kind in ("array", "object"):
            return [] if kind == "array" else {}
        match kind:
            case "string":
                return self._string(parts)
            case "integer" | "number":
                return self._number(parts, kind)
            case "array":
                return self._array(parts, depth)
            case "object":
                return self._object(parts, depth)
            case "boolean":
                return rnd.random() < 0.5
            case _:
                return None

    def _string(self, parts: list[Any]) -> str:
        rnd = self.rnd
        for part in parts:
            if "pattern" in part:
                return rnd.choice(PATTERNS[part["pattern"]])
            if part.get("format") in FORMATS:
                return rnd.choice(FORMATS[part["format"]])
        least, most = _most(parts, "minLength", 0), _least(parts, "maxLength", 6)
        return "".join(rnd.choices('abzxX09 é😀"\\', k=rnd.randint(least, max(least, most))))

    def _number(self, parts: list[Any], kind: str) -> Any:
        rnd = self.rnd
        low = max(_most(parts, "minimum", -(10**7)), _most(parts, "exclusiveMinimum", -(10**7)))
        high = min(_least(parts, "maximum", 10**7), _least(parts, "exclusiveMaximum", 10**7))
        step = _most(parts, "multipleOf", 0)
        if step and high >= low:
            number = rnd.randint(int(low // step), int(high // step)) * step
            # An integer is written without a point, whatever asks for it.
            return int(number) if number == int(number) else number
        near = [low, low + 1, high, high - 1, 0, 1, (low + high) // 2]
        if kind == "integer":
            return int(rnd.choice(near))
        return rnd.choice([*near, low + 0.5, high - 0.25, (low + high) / 2, 1e-07, 0.125])

    def _array(self, parts: list[Any], depth: int) -> list[Any]:
        least, most = _most(parts, "minItems", 0), _least(parts, "maxItems", 3)
        count = self.rnd.randint(least, max(least, most))
        return [self._value(item_schemas(parts, at), depth - 1) for at in range(count)]

    def _object(self, parts: list[Any], depth: int) -> dict[str, Any]:
        rnd = self.rnd
        chance = rnd.choice([0.1, 0.5, 0.9])
        names = [name for part in parts for name in part.get("required", [])]
        for part in parts:
            names += [name for name in part.get("properties", {}) if rnd.random() < chance]
            for pattern in part.get("patternProperties", {}):
                names += rnd.choices(PATTERNS[pattern], k=rnd.randint(0, 1))
        while rnd.random() < 0.3 or len(names) < _most(parts, "minProperties", 0):
            names.append(rnd.choice([*NAMES, "z", "abc", "zz"]))
        rnd.shuffle(names)
        return {
            name: self._value(inner_schemas(parts, name), depth - 1)
            for name in dict.fromkeys(names)
        }


def _kinds(parts: list[Any]) -> list[str]:
    """The types that all parts allow; where none says so, those that the keywords speak about."""
    types = [part["type"] for part in parts if "type" in part]
    if not types:
        spoken = [kind for kind, words in _WORDS.items() if any(words & {*part} for part in parts)]
        return spoken or _ALL
    kinds = _ALL
    for given in types:
        given = [given] if isinstance(given, str) else given
        wide = {*given, *(["integer"] if "number" in given else [])}
        kinds = [kind for kind in kinds if kind in wide] or kinds
    return kinds


def _most(parts: list[Any], keyword: str, default: Any) -> Any:
    return max([part.get(keyword, default) for part in parts], default=default)


def _least(parts: list[Any], keyword: str, default: Any) -> Any:
    return min([part.get(keyword, default) for part in parts], default=default)
