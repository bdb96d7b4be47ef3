"""JSON Schema to the rules of a grammar that writes compact JSON.

Properties come in the order of their definition, further ones last. Every value that the grammar
accepts is valid, but for what is in the list of `NotEnforced`. What it cannot write although it is
valid: other orders and spellings of the same value, numbers of more than 40 digits, and, where a
schema has no `type`, types other than those that its keywords speak about.
"""

from __future__ import annotations

import json
import reprlib
from collections import deque
from collections.abc import Mapping
from typing import Any

from .analysis import endless_name, left_recursive_name
from .document import Document, constraints, refusal
from .json_rules import BUILT_IN, with_built_in
from .keywords import Keywords
from .nodes import Literal, Node, Ref, optional, seq
from .place import NotEnforced, Place, rule_name
from .rules import START, Rules

MAX_RULES = 20_000
"""More rules than any grammar that a server can take."""

_SIMPLE = ("string", "number", "integer", "boolean", "null")


class Converter:
    """Collects the rules for one or more schemas.

    Args:
        closed: whether an object takes no further properties when the schema does not say.
    """

    def __init__(self, *, closed: bool) -> None:
        self.closed = closed
        self.not_enforced: dict[NotEnforced, None] = {}
        self._rules: dict[str, Node | None] = {START: None}
        self._counts: dict[str, int] = {}
        self._references: dict[tuple[Document, str], Ref] = {}
        self._paths: dict[str, str] = {}
        self._merged: dict[tuple[Document, str], Ref] = {}
        self._pending: deque[tuple[str, Any, Place]] = deque()

    def rules(self) -> Rules:
        """All rules, ``root`` first.

        Raises:
            GrammarError: a schema cannot become a grammar.
        """
        while self._pending:
            name, schema, place = self._pending.popleft()
            try:
                self._rules[name] = Keywords(self, schema, place).node()
            except RecursionError:
                # Comparing or writing values that are nested very deep.
                raise refusal(place.path, "a value in it is nested too deep") from None
        rules = with_built_in((name, node) for name, node in self._rules.items() if node)
        if looping := left_recursive_name(rules):
            raise refusal(self._paths[looping], "it refers to itself with nothing in between")
        if endless := endless_name(rules):
            raise refusal(self._paths[endless], "every value needs another one inside it")
        return rules

    def top(self, schema: Any, *, label: str = "", name: str = "") -> Ref:
        """The rule of a whole schema: ``root``, or the given name."""
        document = Document(schema, label)
        place = Place(document, f"{label}#", name)
        rule = self._name(name, place.path) if name else START
        self._paths[rule] = place.path
        self._references[document, "#"] = Ref(rule)
        self._rules[rule] = None
        self._pending.append((rule, schema, place))
        return Ref(rule)

    def start(self, node: Node) -> None:
        """Make a node ``root``."""
        self._rules[START] = node

    def value(self, schema: Any, place: Place) -> Node | None:
        """What matches the values of a schema; None when there are none."""
        if schema is False:
            return None
        if schema is True or schema == {}:
            return Ref("value")
        if not isinstance(schema, Mapping):
            raise refusal(
                place.path, f"a schema is an object, true or false, not {reprlib.repr(schema)}"
            )
        own = constraints(schema)
        match own:
            case {"$ref": reference, **rest} if not rest:
                return self._reference(reference, place)
            case {"allOf": [only], **rest} if not rest:
                return self.value(only, place.inner("allOf", 0))
            case {"type": str(kind), **rest} if not rest and kind in _SIMPLE:
                return Ref(kind)
        return self._later(schema, place)

    def add(self, base: str, node: Node, path: str) -> Ref:
        """A rule for a node, named like `base`."""
        name = self._name(base, path)
        self._rules[name] = node
        return Ref(name)

    def report(self, path: str, keyword: str, why: str) -> None:
        """Note something that the grammar does not enforce."""
        self.not_enforced[NotEnforced(path, keyword, why)] = None

    def _later(self, schema: Mapping[str, Any], place: Place) -> Ref:
        """A rule that is built when its turn comes: schemas are never converted recursively."""
        key = (place.document, _identity(schema) if "allOf" in schema else "")
        if key in self._merged:
            return self._merged[key]
        name = self._name(place.name, place.path)
        self._rules[name] = None
        self._pending.append((name, schema, place))
        if key[1]:
            # Merging recursive schemas makes the same ones again and again.
            self._merged[key] = Ref(name)
        return Ref(name)

    def _reference(self, reference: Any, place: Place) -> Node | None:
        """The rule of a referenced schema, the same for all that refer to it."""
        document = place.document
        target = document.resolve(reference, place.path)
        reference = reference or "#"
        known = self._references.get((document, reference))
        if known is not None or target is False:
            return known
        # A rule even where a built-in one would do: the definition's name helps the reader.
        last = reference.rsplit("/", 1)[-1]
        path = f"{document.label}{reference}"
        base = f"{document.label}-{last}" if document.label else last
        schema = {"allOf": [True]} if target is True else target
        if not isinstance(schema, Mapping):
            raise refusal(path, f"a schema is an object, true or false, not {reprlib.repr(schema)}")
        found = self._later(schema, Place(document, path, rule_name(base)))
        self._references[document, reference] = found
        return found

    def _name(self, base: str, path: str) -> str:
        """A name that is not yet taken."""
        base = rule_name(base)
        if len(self._rules) >= MAX_RULES:
            raise refusal(path, "it needs too many rules", "Use a smaller schema.")
        name = base
        while name in self._rules or name in BUILT_IN:
            self._counts[base] = self._counts.get(base, 1) + 1
            name = f"{base}-{self._counts[base]}"
        self._paths[name] = path
        return name


def schema_to_rules(
    schema: Any, *, closed: bool, leading_space: bool = False
) -> tuple[Rules, tuple[NotEnforced, ...]]:
    """The grammar of the compact JSON texts of a schema, and what it does not enforce.

    Args:
        schema: a JSON Schema.
        closed: whether objects that describe properties take no others by default.
        leading_space: whether one space may come first.

    Raises:
        GrammarError: the schema cannot become a grammar; names the place in the schema.
    """
    converter = Converter(closed=closed)
    if leading_space:
        converter.start(seq(optional(Literal(" ")), converter.top(schema, name="answer")))
    else:
        converter.top(schema)
    return converter.rules(), tuple(converter.not_enforced)


def _identity(schema: Mapping[str, Any]) -> str:
    try:
        return json.dumps(schema, default=repr)
    except (TypeError, ValueError, RecursionError):
        return ""
