"""The public face of this package: one grammar, made from text, a schema, a model or tools."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import GrammarError
from .lint import check
from .match import Explanation, Matcher
from .parse import parse
from .place import NotEnforced
from .rules import Rules
from .schema import schema_to_rules
from .tools import tools_to_rules


@dataclass(frozen=True, repr=False)
class Grammar:
    """A grammar that a llama.cpp server can be given: checked, and safe for it.

    ``str(grammar)`` is its GBNF. Two grammars are equal when their rules are.
    """

    rules: Rules
    not_enforced: tuple[NotEnforced, ...] = field(default=(), compare=False)
    """What the schemas ask for and the grammar does not hold."""

    @classmethod
    def from_gbnf(cls, text: str) -> Grammar:
        """The grammar of a GBNF text.

        Raises:
            GrammarError: the text is not GBNF (with line and column), or could hang a server.
        """
        rules = parse(text)
        check(rules)
        return cls(rules)

    @classmethod
    def from_json_schema(cls, schema: Any, *, closed: bool = False) -> Grammar:
        """The grammar of the compact JSON texts of a schema.

        Args:
            schema: a JSON Schema: a dict, True or False.
            closed: whether objects that describe properties take no others, unless the schema
                says so. In JSON Schema they do; models then invent properties.

        Raises:
            GrammarError: the schema cannot become a grammar; names the place in the schema.
        """
        return cls._checked(*schema_to_rules(schema, closed=closed))

    @classmethod
    def from_pydantic(cls, model: Any) -> Grammar:
        """The grammar of what a pydantic model, or any type that pydantic knows, validates.

        Objects are closed, unless a model says ``extra="allow"``.

        Raises:
            GrammarError: pydantic has no schema for the type, or it cannot become a grammar.
        """
        from pydantic import TypeAdapter
        from pydantic.errors import PydanticUserError

        try:
            schema = TypeAdapter(model).json_schema()
        except PydanticUserError as error:
            raise GrammarError(
                f"pydantic has no JSON Schema for {reprlib.repr(model)}: {error.message}.",
                "Use a pydantic model or a type that JSON can hold.",
            ) from error
        return cls._checked(*schema_to_rules(schema, closed=True))

    @classmethod
    def from_tools(cls, tools: Iterable[Any], *, leading_space: bool = False) -> Grammar:
        """The grammar of one call of any of the tools: ``{"tool":"NAME","arguments":{…}}``.

        Args:
            tools: OpenAI tool descriptions (with or without the ``function`` wrapper), LangChain
                tools, functions with type hints, pydantic models.
            leading_space: whether the text may begin with one space, as models like to.

        Raises:
            GrammarError: no tools, two of one name, or parameters that cannot become a grammar.
        """
        return cls._checked(*tools_to_rules(tools, leading_space=leading_space))

    def __repr__(self) -> str:
        return f"<Grammar of {len(self.rules)} rules>"

    def __str__(self) -> str:
        return self._text

    def accepts(self, text: str) -> bool:
        """Whether the text is a whole text of the grammar."""
        return self.matcher.accepts(text)

    def explain(self, text: str) -> Explanation:
        """Whether the text is accepted; if not, where it fails and what is expected there."""
        return self.matcher.explain(text)

    @cached_property
    def matcher(self) -> Matcher:
        """Follows texts character by character."""
        return Matcher(self.rules)

    @cached_property
    def _text(self) -> str:
        return str(self.rules)

    @classmethod
    def _checked(cls, rules: Rules, not_enforced: tuple[NotEnforced, ...]) -> Grammar:
        """The grammar of converted rules, read back as a server reads it."""
        check(rules)
        grammar = cls(rules, not_enforced)
        if parse(str(grammar)) != rules:
            raise GrammarError(
                "The grammar made from this schema does not read back as it was written.",
                "This is a fault of gba_jupyter: please report it with the schema.",
            )
        return grammar
