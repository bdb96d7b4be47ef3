"""Random schemas: sensible ones over all keywords, and garbage."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import quote

NAMES = ["id", "name", "age", "tags", "a b", 'q"', "é", "value", "root", "x_1", "", "\n", "~/%"]
PATTERNS: dict[str, list[str]] = {
    "^[a-z]+$": ["abc", "z"],
    "^[A-Z]{2}\\d{2,4}$": ["CH12", "XY1234"],
    "a+": ["xxaayy", "a", "aaa"],
    "^x": ["x", "xyz"],
    "z$": ["z", "abcz"],
    "^\\w+@\\w+\\.com$": ["me@here.com"],
    "^(red|green|blue)$": ["red", "green"],
    "^\\+?\\d{1,6}(-\\d+)*$": ["+41", "12-34-5"],
    "[0-9]": ["0", "a1b"],
    "^.{2,5}$": ["ab", "é☃😀"],
    "^\\S+\\s\\S+$": ["a b", "x\ty"],
    "^(a|b)*c?$": ["", "abac", "bb"],
    "^[^\"\\\\]*$": ["", "plain"],
}  # fmt: skip
"""Patterns, with texts that match."""
FORMATS: dict[str, list[str]] = {
    "date": ["2024-02-29", "1999-12-31"],
    "time": ["12:00:00Z", "23:59:59.5+01:00"],
    "date-time": ["2024-02-29T12:00:00Z", "1990-12-31T15:59:50.123-08:00"],
    "duration": ["P1DT2H", "P4Y", "PT5M"],
    "uuid": ["98d80576-482e-427f-8434-7f86890ab222"],
    "ipv4": ["192.168.0.1"],
    "ipv6": ["::1", "1:2:3:4:5:6:7:8"],
    "hostname": ["www.example.com"],
    "email": ["me@example.com"],
    "uri": ["https://example.com/a?b=c"],
    "unheard-of": ["anything"],
}
VALUES: list[Any] = [
    None, True, False, 0, 1, -3, 42, 0.5, -2.25, "", "a", "red", "é☃😀", 'q"\\\n', [], [1],
    ["a", 2], {}, {"id": 1}, {"name": "x", "id": 2}, {"z": None},
]  # fmt: skip


class Schemas:
    """Draws schemas; every one is valid JSON Schema of draft 2020-12."""

    def __init__(self, seed: int, *, typeless: bool = False) -> None:
        self.rnd = random.Random(seed)
        self.defs: list[str] = []
        self._typeless = typeless
        """Whether a schema may have no `type`, so that it allows more than the grammar writes."""

    def document(self) -> Any:
        """A whole schema, with definitions that may be recursive."""
        self.defs = self.rnd.sample(["Node", "a/b", "c~d", "e%f", "é g"], self.rnd.randint(0, 3))
        schema = self.schema(3)
        if not isinstance(schema, dict):
            return schema
        defs = {name: self.schema(2) for name in self.defs}
        return {**schema, "$defs": defs} if defs else schema

    def schema(self, depth: int) -> Any:
        """A schema with at most `depth` levels inside."""
        rnd = self.rnd
        if depth <= 0:
            return rnd.choice([self.string, self.integer, self.number, self.plain, self.listed])()
        makers = {
            self.string: 4, self.integer: 4, self.number: 3, self.plain: 3, self.listed: 3,
            self.reference: 3 if self.defs else 0,
        }  # fmt: skip
        deeper = {self.object: 10, self.array: 5, self.any_of: 3, self.one_of: 2, self.all_of: 4,
                  self.other: 2}  # fmt: skip
        maker = rnd.choices([*makers, *deeper], [*makers.values(), *deeper.values()])[0]
        return maker(depth - 1) if maker in deeper else maker()

    def plain(self) -> Any:
        """A type and no more."""
        kinds = ["null", "boolean", "string", "integer", "number", "array", "object"]
        some = self.rnd.sample(kinds, self.rnd.randint(1, 3))
        return self.rnd.choice([True, {}, {"type": kinds[0]}, {"type": some}, {"type": some[0]}])

    def listed(self) -> Any:
        """Listed values."""
        values = self.rnd.sample(VALUES, self.rnd.randint(1, 5))
        schema: dict[str, Any] = self.rnd.choice([{"enum": values}, {"const": values[0]}])
        if self.rnd.random() < 0.2:
            schema["not"] = {"const": self.rnd.choice(values)}
        return schema

    def reference(self) -> Any:
        """A reference to a definition, sometimes with siblings."""
        name = self.rnd.choice(self.defs)
        escaped = quote(name.replace("~", "~0").replace("/", "~1"), safe="~")
        siblings = self.integer() if self.rnd.random() < 0.2 else {}
        return {**siblings, "$ref": f"#/$defs/{escaped}"}

    def string(self) -> Any:
        """Texts."""
        rnd = self.rnd
        schema: dict[str, Any] = {"type": "string"}
        if rnd.random() < 0.3:
            schema["minLength"] = rnd.randint(0, 4)
        if rnd.random() < 0.3:
            schema["maxLength"] = rnd.randint(schema.get("minLength", 0), 8)
        match rnd.randint(0, 3):
            case 0:
                schema["pattern"] = rnd.choice([*PATTERNS])
            case 1:
                schema["format"] = rnd.choice([*FORMATS])
        return self._loose(schema)

    def integer(self) -> Any:
        """Whole numbers."""
        rnd = self.rnd
        schema: dict[str, Any] = {"type": "integer"}
        if rnd.random() < 0.4:
            schema[rnd.choice(["minimum", "exclusiveMinimum"])] = rnd.choice([0, 1, -5, 17, -1200])
        if rnd.random() < 0.4:
            schema[rnd.choice(["maximum", "exclusiveMaximum"])] = rnd.choice([20, 99, 1000, 12345])
        if rnd.random() < 0.25:
            schema["multipleOf"] = rnd.choice([1, 2, 3, 5, 7, 10, 12, 25, 60])
        return self._loose(schema)

    def number(self) -> Any:
        """Numbers with a point."""
        rnd = self.rnd
        schema: dict[str, Any] = {"type": "number"}
        if rnd.random() < 0.5:
            low = rnd.choice([0, -1.5, 0.25, -90, 1e-3, -1e6])
            schema[rnd.choice(["minimum", "exclusiveMinimum"])] = low
        if rnd.random() < 0.5:
            schema[rnd.choice(["maximum", "exclusiveMaximum"])] = rnd.choice([1, 2.5, 90, 1e6])
        if rnd.random() < 0.15:
            schema["multipleOf"] = rnd.choice([0.5, 0.01, 2, 1.5])
        return self._loose(schema)

    def array(self, depth: int) -> Any:
        """Arrays."""
        rnd = self.rnd
        schema: dict[str, Any] = {"type": "array"}
        if rnd.random() < 0.3:
            schema["prefixItems"] = [self.schema(depth) for _ in range(rnd.randint(1, 3))]
        if rnd.random() < 0.8:
            schema["items"] = self.schema(depth) if rnd.random() < 0.9 else False
        if rnd.random() < 0.3:
            schema["minItems"] = rnd.randint(0, 2)
        if rnd.random() < 0.3:
            schema["maxItems"] = rnd.randint(2, 4)
        if rnd.random() < 0.1:
            schema["uniqueItems"] = True
        if rnd.random() < 0.1:
            schema["contains"] = self.schema(0)
        return self._loose(schema)

    def object(self, depth: int) -> Any:
        """Objects."""
        rnd = self.rnd
        names = rnd.sample(NAMES, rnd.randint(0, 4))
        schema: dict[str, Any] = {"type": "object"}
        if names:
            schema["properties"] = {name: self.schema(depth) for name in names}
        if rnd.random() < 0.5:
            schema["required"] = [name for name in names if rnd.random() < 0.6]
        if rnd.random() < 0.1:
            schema["required"] = [*schema.get("required", []), "needed"]
        if rnd.random() < 0.5:
            schema["additionalProperties"] = rnd.choice([False, True, self.schema(0)])
        if rnd.random() < 0.15:
            pattern = rnd.choice([*PATTERNS])
            schema["patternProperties"] = {pattern: self.schema(0)}
        if rnd.random() < 0.1:
            schema["propertyNames"] = rnd.choice(
                [{"maxLength": 4}, {"pattern": rnd.choice([*PATTERNS])}, {"enum": NAMES[:6]}]
            )
        if rnd.random() < 0.15:
            schema["minProperties"] = rnd.randint(0, 2)
        if rnd.random() < 0.15:
            schema["maxProperties"] = rnd.randint(2, 4)
        if rnd.random() < 0.05:
            schema["dependentRequired"] = {rnd.choice(NAMES): [rnd.choice(NAMES)]}
        return self._loose(schema)

    def any_of(self, depth: int) -> Any:
        """Alternatives, sometimes with something beside them."""
        schema = {"anyOf": [self.schema(depth) for _ in range(self.rnd.randint(1, 3))]}
        if self.rnd.random() < 0.3:
            beside = self.schema(0)
            schema = {**(beside if isinstance(beside, dict) else {}), **schema}
        return schema

    def one_of(self, depth: int) -> Any:
        """Alternatives of which exactly one holds: tagged objects, types, or anything."""
        rnd = self.rnd
        if rnd.random() < 0.5:
            branches = []
            for tag in rnd.sample(["cat", "dog", "cow"], 2):
                branch = self.object(depth)
                properties = {"kind": {"const": tag}, **branch.get("properties", {})}
                required = ["kind", *branch.get("required", [])]
                branches.append({"type": "object", "properties": properties, "required": required})
            return {"oneOf": branches}
        return {"oneOf": [self.schema(depth) for _ in range(2)]}

    def all_of(self, depth: int) -> Any:
        """Schemas that must all hold, mostly of one type."""
        rnd = self.rnd
        maker = rnd.choice([self.integer, self.string, self.number, self.object, self.array])
        deep = maker in (self.object, self.array)
        pieces = [maker(depth) if deep else maker() for _ in range(rnd.randint(1, 3))]
        if self.defs and rnd.random() < 0.2:
            pieces.append(self.reference())
        beside = pieces.pop() if rnd.random() < 0.4 and len(pieces) > 1 else {}
        return {**beside, "allOf": pieces}

    def other(self, depth: int) -> Any:
        """`not`, `if`, and annotations."""
        inner = self.schema(0)
        one, two = (self.rnd.choice(NAMES) for _ in range(2))
        named = {"type": "object", "properties": {one: self.schema(depth), two: inner}}
        listed = {"type": "array", "prefixItems": [self.schema(0)], "items": inner}
        return self.rnd.choice(
            [
                {**named, "dependentSchemas": {one: {"required": [two]}}},
                {**named, "not": {"required": [one]}},
                {**named, "unevaluatedProperties": self.rnd.choice([False, {"type": "null"}])},
                {**named, "if": {"required": [one]}, "then": {"required": [two]}},
                {**listed, "contains": inner, "minContains": self.rnd.randint(0, 2)},
                {"type": "array", "prefixItems": [inner], "unevaluatedItems": False},
                {"type": "array", "items": {"enum": VALUES[1:5]}, "uniqueItems": True},
                {"not": {"type": self.rnd.choice(["string", "null", "object"])}},
                {"type": ["string", "integer"], "not": inner},
                {"type": "integer", "if": {"minimum": 5}, "then": {"multipleOf": 5}},
                {"title": "t", "description": "d", "default": 3, "x-y": {"type": 3}},
            ]
        )

    def _loose(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Now and then without its type, or with one more."""
        if self._typeless and len(schema) > 1 and self.rnd.random() < 0.2:
            del schema["type"]
        elif self.rnd.random() < 0.05:
            schema["type"] = [schema["type"], "null"]
        return schema


class Garbage:
    """Draws what looks like schemas and is not."""

    _KEYWORDS = (
        "type enum const properties required additionalProperties patternProperties propertyNames"
        " minProperties maxProperties items prefixItems additionalItems minItems maxItems"
        " uniqueItems contains minContains maxContains minLength maxLength pattern format minimum"
        " maximum exclusiveMinimum exclusiveMaximum multipleOf allOf anyOf oneOf not if then else"
        " $ref $defs definitions $id $anchor $dynamicRef $dynamicAnchor $schema dependentRequired"
        " dependentSchemas unevaluatedItems unevaluatedProperties default title discriminator"
        " nullable lenght"
    )
    _TEXTS = (
        "", "string", "integer", "object", "array", "number", "null", "#", "#/", "#/$defs/a",
        "#/properties/a/b", "#x", "a.json", "http://[", "urn:x", "date", "(", "[a-", "a{2,1}",
        "^(a|b)*$", "(?=a)", "\\", "\\p{L}", "^\ud800$", "%zz", "#/%", "a" * 300, "é\n\0",
    )  # fmt: skip

    def __init__(self, seed: int) -> None:
        self.rnd = random.Random(seed)

    def schema(self, depth: int = 4) -> Any:
        """Something at the place of a schema."""
        rnd = self.rnd
        if depth <= 0 or rnd.random() < 0.1:
            return self.value(1)
        count = rnd.randint(0, 4)
        return {
            keyword: self.value(depth - 1)
            for keyword in rnd.choices(self._KEYWORDS.split(), k=count)
        }

    def value(self, depth: int) -> Any:
        """Something at the place of a value."""
        rnd = self.rnd
        match rnd.randint(0, 9 if depth > 0 else 4):
            case 0:
                return rnd.choice([None, True, False])
            case 1:
                return rnd.choice([0, 1, -1, 2, 7, 1000, 1001, 10**50, -(10**400), 2**63])
            case 2:
                return rnd.choice([0.5, -0.0, 1e-300, 1e300, float("nan"), float("inf"), 2.0])
            case 3 | 4:
                return rnd.choice(self._TEXTS)
            case 5 | 6:
                return [self.schema(depth - 1) for _ in range(rnd.randint(0, 3))]
            case 7:
                keys = rnd.choices(["a", "b", "", "\ud800", "é", "a/b", 3, None], k=2)
                return {key: self.schema(depth - 1) for key in keys}
            case _:
                return self.schema(depth - 1)
