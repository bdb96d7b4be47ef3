"""A schema where it stands in its document, with its path and the name of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin

from .place import escaped, joined_name, refusal, shown
from .vocabulary import ANNOTATIONS

if TYPE_CHECKING:
    from .document import Document

_NOTHING: frozenset[str] = frozenset()

MAX_LIST = 20_000
"""Longest list of schemas or names: each needs several bytes of a grammar."""


class Subschema:
    """A schema where it stands in its document. Never changes but for what it remembers.

    Attributes:
        value: the schema itself: a dict, true or false, or whatever stands in its place.
        document: what it is a part of.
        name: base of the names of its rules; empty at the top.
        parent: what it is inside of.
        steps: its place inside the parent.
        base: the URI that its references are relative to.
        without: keywords that are left out.
    """

    __slots__ = (
        "_keywords",
        "_path",
        "base",
        "document",
        "name",
        "parent",
        "steps",
        "value",
        "without",
    )

    def __init__(
        self,
        value: Any,
        document: Document,
        name: str,
        parent: Subschema | None = None,
        steps: tuple[str | int, ...] = (),
        base: str = "",
        without: frozenset[str] = _NOTHING,
    ) -> None:
        self.value = value
        self.document = document
        self.name = name
        self.parent = parent
        self.steps = steps
        self.base = base
        self.without = without
        self._keywords: Mapping[str, Any] | None = None
        self._path = ""

    @property
    def path(self) -> str:
        """JSON pointer to it, such as ``#/properties/age``, after the tool's name if any."""
        steps: list[str] = []
        at: Subschema | None = self
        while at is not None and not at._path:
            steps += [escaped(step) for step in reversed(at.steps)]
            at = at.parent
        start = f"{self.document.label}#" if at is None else at._path
        self._path = "/".join([start, *reversed(steps)])
        return self._path

    @property
    def key(self) -> tuple[int, frozenset[str]]:
        """What tells it from others of the same document."""
        return id(self.value), self.without

    @property
    def keywords(self) -> Mapping[str, Any]:
        """The keywords that allow or forbid something; empty for true.

        Raises:
            GrammarError: it is not a schema.
        """
        if self._keywords is None:
            self._keywords = self._read()
        return self._keywords

    def _read(self) -> Mapping[str, Any]:
        if self.value is True:
            return {}
        if not isinstance(self.value, dict):
            what = f"a schema is an object, true or false, not {shown(self.value)}"
            raise refusal(self.path, what)
        unread = ANNOTATIONS | self.without if self.without else ANNOTATIONS
        return {
            str(key): value
            for key, value in self.value.items()
            if key not in unread and not str(key).startswith("x-")
        }

    def has_only(self, keyword: str) -> bool:
        """Whether it says one thing, and that with this keyword."""
        return self.value is not False and self.keywords.keys() == {keyword}

    def child(self, *steps: str | int, name: str = "") -> Subschema:
        """The schema inside this one; `name` goes into the names of its rules."""
        value = self.value
        for step in steps:
            value = value[step]
        base = self.base
        if isinstance(value, dict) and isinstance(value.get("$id"), str):
            base = joined_uri(base, value["$id"])
        name = joined_name(self.name, name) if name else self.name
        return Subschema(value, self.document, name, self, steps, base)

    def children(self, keyword: str, name: str = "") -> list[Subschema]:
        """The schemas of a list, each named by its number if a name is given."""
        outer = "" if self.name else f"{name}-"
        return [
            self.child(keyword, at, name=f"{outer}{at + 1}" if name else "")
            for at in range(len(self.list_at(keyword)))
        ]

    def less(self, *keywords: str) -> Subschema:
        """The same schema without some of its keywords."""
        return self._with(self.without.union(keywords)) if keywords else self

    @property
    def whole(self) -> Subschema:
        """The same schema with all its keywords."""
        return self._with(_NOTHING) if self.without else self

    def _with(self, without: frozenset[str]) -> Subschema:
        return Subschema(
            self.value, self.document, self.name, self.parent, self.steps, self.base, without
        )

    def list_at(self, keyword: str) -> list[Any]:
        """The list that a keyword holds; empty when it is not there."""
        value = self.keywords.get(keyword, [])
        if not isinstance(value, list):
            raise refusal(self.path, f"`{keyword}` is not a list")
        if len(value) > MAX_LIST:
            raise refusal(
                self.path, f"`{keyword}` has more than {MAX_LIST:,} parts", "Use a smaller schema."
            )
        return value

    def names_at(self, keyword: str) -> list[str]:
        """The list of names that a keyword holds."""
        names = self.list_at(keyword)
        if not all([isinstance(name, str) for name in names]):
            raise refusal(self.path, f"`{keyword}` is not a list of names")
        return names

    def map_at(self, keyword: str) -> dict[str, Any]:
        """The object that a keyword holds; empty when it is not there."""
        value = self.keywords.get(keyword, {})
        if not isinstance(value, dict) or not all([isinstance(name, str) for name in value]):
            raise refusal(self.path, f"`{keyword}` is not an object")
        return value


Schemas: TypeAlias = tuple[Subschema, ...]
"""Schemas of which all must hold."""


class NoValueError(Exception):
    """No value is valid for a schema.

    Attributes:
        schema: the schema.
        why: what stands against every value.
        steps: a place inside the schema.
    """

    def __init__(self, schema: Subschema, why: str, steps: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.schema = schema
        self.why = why
        self.steps = steps

    @property
    def path(self) -> str:
        """Where it is."""
        return "/".join([self.schema.path, *map(escaped, self.steps)])


def joined_uri(base: str, reference: str) -> str:
    """The URI of a reference, without its fragment."""
    if reference.startswith("#"):
        return base
    try:
        return urljoin(base, reference).partition("#")[0]
    except ValueError:  # an odd address such as http://[
        return reference
