"""The arrays of a schema to one node."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from ..lint import MAX_COUNT
from ..nodes import Literal, Node, alt
from .book import Book
from .members import Items
from .merge import Joined, count_of, join, truth
from .shapes import array_node, set_node
from .subschema import NoValueError, Schemas
from .values import value_key, value_text

_MAX_SET_OPTIONS = 80
"""Ways to go on in arrays without doubles: enough for any subset of five values."""


def array_of(joined: Joined, book: Book) -> Node:
    """What matches the arrays of a schema.

    Raises:
        GrammarError: a keyword does not have the form that it must have.
        NoValueError: no array is valid.
    """
    items = Items(joined, book.report)
    prefix: list[Node] = []
    for place in range(items.length):
        node = book.value(items.at(place))
        if node is None:
            break
        prefix.append(node)
    item = book.value(items.others) if len(prefix) == items.length else None
    least, most = _counts(joined, book)
    if item is None:
        most = len(prefix) if most is None else min(most, len(prefix))
        if least > most:
            raise book.none(f"it needs {least} items and can have only {most}")
    least, most = book.capped("Items", least, most)
    if most is None or most > 1:
        for part in joined.having("uniqueItems"):
            if part.keywords["uniqueItems"] is not False:
                node = None if prefix else _set(items.others, least, most, book)
                if node is not None:
                    return node
                book.report(part, "uniqueItems", "arrays with the same item twice are accepted")
    return array_node(prefix, item, least, most, book.add)


def _counts(joined: Joined, book: Book) -> tuple[int, int | None]:
    """The bounds of the number of items, as `contains` leaves them."""
    least, most = joined.keys.get("minItems", 0), joined.keys.get("maxItems")
    for part in joined.having("contains"):
        schema = part.child("contains")
        at_least = count_of(part, "minContains", part.keywords.get("minContains", 1))
        given = part.keywords.get("maxContains")
        at_most = None if given is None else count_of(part, "maxContains", given)
        holds = truth(schema)
        if holds and at_least > MAX_COUNT:
            book.report(part, "minContains", f"a server cannot take counts over {MAX_COUNT}")
        if holds:
            least = max(least, min(at_least, MAX_COUNT))
            most = min([each for each in (most, at_most) if each is not None], default=None)
        elif holds is False and at_least:
            raise book.none("no item can be what its `contains` asks for")
        elif holds is None:
            if at_least:
                book.report(part, "contains", "arrays with too few such items are accepted")
            if at_most is not None:
                book.report(part, "maxContains", "arrays with more such items are accepted")
    return least, most


def _set(schemas: Schemas, least: int, most: int | None, book: Book) -> Node | None:
    """An array of different items, when these are few; None when they are not."""
    values = _listed(schemas, book)
    if values is None:
        return None
    texts: dict[Hashable, Node] = {}
    for value in values:
        text = Literal(value_text(value, schemas[0]))
        key = value_key(value)
        texts[key] = alt(texts[key], text) if key in texts else text
    if least > len(texts):
        raise book.none(f"it needs {least} different items and there are only {len(texts)}")
    return set_node([*texts.values()], least, most, _MAX_SET_OPTIONS, book.add)


def _listed(schemas: Schemas, book: Book) -> list[Any] | None:
    """All values that are valid, when they are listed; None when they are not."""
    try:
        joined = join(schemas, book.report)
    except NoValueError:
        return []
    values = joined.listed
    if values is None:
        return [False, True] if joined.names == {"type"} and _is_boolean(joined) else None
    verdicts = [book.checker.holds(value, schemas) for value in values]
    if None in verdicts:
        return None
    return [value for value, verdict in zip(values, verdicts, strict=True) if verdict]


def _is_boolean(joined: Joined) -> bool:
    return bool(joined.keys["type"] == ("boolean",))
