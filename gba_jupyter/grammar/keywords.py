"""The keywords of one schema to one node."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .document import Schema, constraints, flattened, refusal
from .integers import integer_node
from .json_rules import MAX_DIGITS, factored
from .lint import MAX_COUNT
from .nodes import Literal, Node, Ref, alt, repeat, seq
from .place import Place
from .shapes import Pair, array_node, object_node
from .unions import listed_values, may_overlap, value_text
from .vocabulary import ENFORCED, KINDS, KNOWN, not_enforced, spoken_kinds

if TYPE_CHECKING:
    from .schema import Converter


class Keywords:
    """One schema on its way to a node; inner schemas become rules of the converter."""

    def __init__(self, converter: Converter, schema: Schema, place: Place) -> None:
        self._converter = converter
        self._schema = schema
        self._place = place
        self._keys: Mapping[str, Any] = {}

    def node(self) -> Node:
        """What matches the values of the schema.

        Raises:
            GrammarError: it is not a schema, or no value can be valid.
        """
        if isinstance(self._schema, Mapping) and [*constraints(self._schema)] == ["$ref"]:
            return self._some(self._converter.value(self._schema, self._place))
        flat = flattened(self._schema, self._place.document, self._place.path, self._report)
        if isinstance(flat, bool):
            return self._some(self._converter.value(flat, self._place))
        self._keys = flat
        kinds = self._kinds()
        values = listed_values(flat, self._place.path)
        if values is not None:
            for keyword in flat.keys() - {"type", "enum", "const"}:
                self._report(keyword, "its values are listed, and each is accepted")
            texts = [value_text(value, self._place.path) for value in values]
            return factored([(text, None) for text in dict.fromkeys(texts)])
        for keyword in ("anyOf", "oneOf"):
            if keyword in flat:
                return self._union(keyword)
        for keyword, why in not_enforced(flat, kinds):
            self._report(keyword, why)
        if {*kinds} >= {*KINDS} and not flat.keys() & (KNOWN - {"type"}):
            return Ref("value")
        return alt(*[self._kind(kind) for kind in kinds])

    def _kind(self, kind: str) -> Node:
        match kind:
            case "object":
                return self._object()
            case "array":
                return self._array()
            case "string":
                return self._string()
            case "integer":
                return self._integer()
            case _:
                return Ref(kind)

    def _union(self, keyword: str) -> Node:
        """One of several schemas; what stands beside them holds for each."""
        branches = self._list(keyword)
        rest = {k: v for k, v in self._keys.items() if k in KNOWN and k != keyword}
        for other, why in not_enforced({k: v for k, v in self._keys.items() if k not in KNOWN}, ()):
            self._report(other, why)
        if keyword == "oneOf" and may_overlap(branches, self._place.document, self._place.path):
            self._report("oneOf", "a value may be valid for more than one of its schemas")
        options: list[Node] = []
        for at, branch in enumerate(branches):
            schema = {"allOf": [rest, branch]} if rest else branch
            place = self._place.inner(keyword, at, name=str(at + 1))
            node = self._converter.value(schema, place)
            if node is not None:
                options.append(node)
        return self._some(alt(*options) if options else None)

    def _kinds(self) -> list[str]:
        """The types of the values; without `type`, those that the keywords speak about."""
        given = self._keys.get("type")
        if given is None:
            return spoken_kinds(self._keys)
        kinds = [given] if isinstance(given, str) else given
        if not isinstance(kinds, list | tuple) or not all([k in [*ENFORCED] for k in kinds]):
            raise self._refusal(f"`type` is {reprlib.repr(given)}")
        if not kinds:
            raise self._refusal("no type is left that all its parts allow")
        return [k for k in dict.fromkeys(kinds) if k != "integer" or "number" not in kinds]

    def _string(self) -> Node:
        least, most = self._counts("minLength", "maxLength")
        if not least and most is None:
            return Ref("string")
        return seq(Literal('"'), repeat(Ref("char"), least, most), Literal('"'))

    def _integer(self) -> Node:
        least = self._bound("minimum", math.ceil, 0)
        above = self._bound("exclusiveMinimum", math.floor, 1)
        most = self._bound("maximum", math.floor, 0)
        below = self._bound("exclusiveMaximum", math.ceil, -1)
        low = max([bound for bound in (least, above) if bound is not None], default=None)
        high = min([bound for bound in (most, below) if bound is not None], default=None)
        try:
            return integer_node(low, high)
        except ValueError:
            raise self._refusal("no integer lies between its bounds") from None

    def _object(self) -> Node:
        properties = self._keys.get("properties", {})
        if not isinstance(properties, Mapping) or not all(isinstance(p, str) for p in properties):
            raise self._refusal("`properties` is not an object")
        required = dict.fromkeys(map(self._name, self._list("required", [])))
        # Closing concerns the objects that the schema describes, not the maps.
        closes = self._converter.closed and "properties" in self._keys
        additional = self._keys.get("additionalProperties", not closes)
        pairs: list[Pair] = []
        forbidden: list[str] = []
        for name in dict.fromkeys([*properties, *required]):
            undescribed = self._keys.get("additionalProperties", True)
            place = self._place.inner("properties", name, name=name)
            value = self._converter.value(properties.get(name, undescribed), place)
            key = value_text(name, place.path)[1:-1]
            if value is not None:
                pairs.append(Pair(key, value, name in required))
            elif name in required:
                raise refusal(place.path, "the property is required, but no value is valid")
            else:
                forbidden.append(key)
        place = self._place.inner("additionalProperties", name="value")
        extra = self._converter.value(additional, place)
        return object_node(pairs, extra, self._add, forbidden)

    def _array(self) -> Node:
        listed = "prefixItems" if "prefixItems" in self._keys else "items"
        others = self._keys.get("items", True)
        schemas: list[Any] = []
        if listed == "prefixItems" or isinstance(others, list):
            # Before 2020, a list in `items` was what `prefixItems` is today.
            schemas = self._list(listed)
            others = others if listed == "prefixItems" else self._keys.get("additionalItems", True)
        prefix: list[Node] = []
        for at, schema in enumerate(schemas):
            node = self._converter.value(schema, self._place.inner(listed, at, name=str(at + 1)))
            if node is None:
                others = False
                break
            prefix.append(node)
        item = self._converter.value(others, self._place.inner("items", name="item"))
        least, most = self._counts("minItems", "maxItems")
        if item is None:
            most = len(prefix) if most is None else min(most, len(prefix))
            if least > most:
                raise self._refusal(f"it needs {least} items and can have only {most}")
        return array_node(prefix, item, least, most, self._add)

    def _counts(self, least_keyword: str, most_keyword: str) -> tuple[int, int | None]:
        """A pair of keywords that bound a count, as far as a server can take them."""
        least, most = self._count(least_keyword) or 0, self._count(most_keyword)
        if most is not None and most < least:
            raise self._refusal(f"`{most_keyword}` is less than `{least_keyword}`")
        why = f"a server cannot take counts over {MAX_COUNT}"
        if least > MAX_COUNT:
            self._report(least_keyword, why)
        if most is not None and most > MAX_COUNT:
            self._report(most_keyword, why)
            most = None
        return min(least, MAX_COUNT), most

    def _count(self, keyword: str) -> int | None:
        value = self._keys.get(keyword)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            raise self._refusal(f"`{keyword}` is {reprlib.repr(value)}")
        if value != value // 1:
            raise self._refusal(f"`{keyword}` is {reprlib.repr(value)}")
        return int(value)

    def _bound(self, keyword: str, whole: Any, step: int) -> int | None:
        """A bound of an integer, as the nearest integer that is allowed."""
        value = self._keys.get(keyword)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not abs(value) < math.inf
        ):
            raise self._refusal(f"`{keyword}` is {reprlib.repr(value)}")
        bound = int(whole(value)) + step
        if abs(bound) >= 10**MAX_DIGITS:
            self._report(keyword, f"it has more than {MAX_DIGITS} digits")
            return None
        return bound

    def _list(self, keyword: str, default: Any = None) -> list[Any]:
        value = self._keys.get(keyword, default)
        if not isinstance(value, list | tuple):
            raise self._refusal(f"`{keyword}` is not a list")
        return list(value)

    def _report(self, keyword: str, why: str) -> None:
        self._converter.report(self._place.path, keyword, why)

    def _add(self, suffix: str, node: Node) -> Ref:
        place = self._place.inner(name=suffix)
        return self._converter.add(place.name, node, place.path)

    def _name(self, name: Any) -> str:
        if not isinstance(name, str):
            raise self._refusal("`required` is not a list of names")
        return name

    def _some(self, node: Node | None) -> Node:
        if node is None:
            raise self._refusal("no value is valid")
        return node

    def _refusal(self, what: str) -> Exception:
        return refusal(self._place.path, what)
