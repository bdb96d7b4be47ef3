"""JSON Schema to the rules of a grammar that writes compact JSON.

Properties come in the order of their definition, further ones last. Every value that the grammar
accepts is valid, but for what is in the list of `NotEnforced`. What it cannot write although it is
valid: other orders and spellings of the same value, numbers of more than 40 digits, and, where a
schema has no `type`, types other than those that its keywords speak about; nor any number where
only integers are denied.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Any

from ...errors import GrammarError
from ..analysis import endless_name, left_recursive_name
from ..languages.automaton import Automaton
from ..lint import check
from ..nodes import Literal, Node, Ref, alt, optional, seq
from ..rules import START, Rules
from .book import Book
from .check import Checker
from .document import Document
from .json_rules import with_built_in
from .keywords import Keywords
from .merge import join
from .place import NotEnforced, refusal, rule_name
from .prune import blocking_name, pruned
from .rule_table import RuleTable
from .subschema import NoValueError, Schemas, Subschema
from .texts import Texts
from .unions import Exclusion
from .values import kinds_of, value_text

MAX_WORK = 100_000
"""Schemas that are gone through for the rules: many that must all hold come again and again."""

_SIMPLE = ("string", "number", "integer", "boolean", "null")
_SMALLER = "Use a smaller schema."
_MAX_NOTES = 10_000
_MAX_INLINE = 60
"""Characters of a constant that is written where it is used."""


class Converter:
    """Collects the rules for one or more schemas.

    Args:
        closed: whether an object takes no further properties when the schema does not say.
    """

    def __init__(self, *, closed: bool) -> None:
        self.closed = closed
        self.not_enforced: dict[NotEnforced, None] = {}
        self.checker = Checker()
        self.texts = Texts(self.checker)
        self.exclusion = Exclusion(self.checker, self.texts)
        self.keys: dict[Automaton, Ref] = {}
        self._rules = RuleTable()
        self.reserve = self._rules.reserve
        self.define = self._rules.define
        self._otherwise: dict[str, Node] = {}
        self._reasons: dict[str, NoValueError] = {}
        self._known: dict[Hashable, tuple[Ref, Schemas]] = {}
        self._pending: deque[tuple[Ref, Schemas]] = deque()
        self._is_looped = False
        """Whether a rule was met again, without which none can be inside itself."""
        self._work = 0

    def rules(self) -> Rules:
        """All rules, ``root`` first.

        Raises:
            GrammarError: a schema cannot become a grammar.
        """
        while self._pending:
            rule, schemas = self._pending.popleft()
            try:
                self._convert(rule, schemas)
            except NoValueError as error:
                self._reasons[rule.name] = error
            except RecursionError:
                # Comparing or writing values that are nested very deep.
                what = "a value in it is nested too deep"
                raise refusal(schemas[0].path, what, _SMALLER) from None
        rules = self._whole()
        try:
            check(rules)
        except GrammarError as error:
            what = error.what[0].lower() + error.what[1:].rstrip(".")
            raise refusal(self._rules.path(error.rule), what, _SMALLER) from None
        return rules

    def top(self, schema: Any, *, label: str = "", name: str = "") -> Ref:
        """The rule of a whole schema: ``root``, or the given name."""
        top = Document(schema, label, rule_name(name) if name else "").top
        rule = self.reserve(name, top) if name else Ref(START)
        self._rules.place(rule.name, top)
        self._later(rule, (top,))
        return rule

    def start(self, node: Node) -> None:
        """Make a node ``root``."""
        self.define(Ref(START), node)

    def value(self, schemas: Schemas, name: str = "") -> Node | None:
        """What matches the values for which all the schemas hold; None when there are none.

        Args:
            schemas: the schemas.
            name: about the name of the rule, if it is none of a single schema.
        """
        kept = {
            schema.key: schema
            for schema in schemas
            if schema.value is False or schema.keywords or schema.without
        }
        given = tuple(kept.values())
        if any([schema.value is False for schema in given]):
            return None
        if not given:
            return Ref("value")
        if len(given) == 1:
            schema = _innermost(given[0])
            if schema.has_only("$ref") or schema.keywords.keys() <= {"type", "const"}:
                return self._simple(schema)
            given = (schema,)
        return self._rule(given, name)

    def add(self, name: str, node: Node, path: str) -> Ref:
        """A rule for a node that is made of rules of this converter."""
        rule = self.reserve(name, path)
        self.define(rule, node)
        return rule

    def report(self, schema: Subschema, keyword: str, why: str) -> None:
        """Note something that the grammar does not enforce."""
        self.not_enforced[NotEnforced(schema.path, keyword, why)] = None
        if len(self.not_enforced) > _MAX_NOTES:
            what = f"it asks for more than {_MAX_NOTES:,} things that a grammar does not hold"
            raise refusal(schema.path, what, "Use a simpler schema.")

    def _simple(self, schema: Subschema) -> Node | None:
        """What matches the values of a schema that is a reference, a type or a constant."""
        match schema.keywords:
            case {"$ref": _}:
                target = schema.document.resolve(schema, "$ref")
                if target is None or target.value is False:
                    return None
                # A rule even where a built-in one would do: the definition's name helps the reader.
                return self._rule((target,), target.name)
            case {"type": str(kind), **rest} if not rest and kind in _SIMPLE:
                return Ref(kind)
            case {"const": str() | int() | float() | None as value, **rest}:
                kinds = kinds_of(value)
                if rest.get("type") in (None, *kinds):
                    text = value_text(value, schema)
                    if len(text) <= _MAX_INLINE:
                        return Literal(text)
        return self._rule((schema,), schema.name)

    def _rule(self, schemas: Schemas, name: str) -> Ref:
        """The rule of some schemas, the same for all that need it."""
        key = frozenset([schema.key for schema in schemas])
        known = self._known.get(key)
        if known is not None:
            self._is_looped = True
            return known[0]
        rule = self.reserve(name or schemas[0].name, schemas[0])
        self._later(rule, schemas)
        return rule

    def _later(self, rule: Ref, schemas: Schemas) -> None:
        """Build a rule when its turn comes: schemas are never converted recursively."""
        # The schemas are kept, so that no other ones can get their keys.
        self._known[frozenset([schema.key for schema in schemas])] = rule, schemas
        self._pending.append((rule, schemas))

    def _convert(self, rule: Ref, schemas: Schemas) -> None:
        if len(schemas) == 1 and schemas[0].has_only("$ref"):
            node = self._simple(schemas[0])
            if node is None:
                raise NoValueError(schemas[0], "no value is valid")
        else:
            joined = join(schemas, self.report)
            self._work += len(joined.parts)
            if self._work > MAX_WORK:
                raise refusal(joined.path, "its parts can be combined in too many ways", _SMALLER)
            name = "" if rule.name == START else rule.name
            keywords = Keywords(joined, Book(self, joined, name))
            node = keywords.node()
            if keywords.otherwise is not None:
                self._otherwise[rule.name] = alt(node, keywords.otherwise)
        self.define(rule, node)

    def _whole(self) -> Rules:
        """All rules that match something."""
        nodes = self._rules.nodes
        defined = {name: node for name, node in nodes.items() if node is not None}
        is_whole = len(defined) == len(nodes)
        if START in defined:
            rules = with_built_in(defined.items())
            if is_whole and not self._is_looped:
                return rules
            if looping := left_recursive_name(rules):
                raise refusal(
                    self._rules.path(looping), "it refers to itself with nothing in between"
                )
            if is_whole and endless_name(rules) is None:
                return rules
        kept = pruned(nodes)
        lost = {name: node for name, node in self._otherwise.items() if name not in kept}
        if lost:
            nodes = {**nodes, **lost}
            kept = pruned(nodes)
        if START not in kept:
            name = blocking_name(nodes)
            reason = self._reasons.get(name)
            if reason is not None:
                raise refusal(reason.path, reason.why)
            raise refusal(self._rules.path(name), "every value needs another one inside it")
        return with_built_in(kept.items())


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


def _innermost(schema: Subschema) -> Subschema:
    """The schema itself, or the only one that it is made of."""
    while schema.has_only("allOf") and len(schema.list_at("allOf")) == 1:
        inner = schema.child("allOf", 0)
        if inner.value is False or not inner.keywords:
            break
        schema = inner
    return schema
