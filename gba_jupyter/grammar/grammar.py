"""The public face of this package: one grammar, made from text, a schema, a model or tools."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import GrammarError
from .lint import MAX_BYTES, LintWarning, check, warnings
from .matching.match import Explanation, Matcher
from .parse import parse, parse_with_lines
from .rules import Rules
from .schema.converter import schema_to_rules
from .schema.place import NotEnforced
from .tools import tools_to_rules

if TYPE_CHECKING:  # the drawing library is loaded when something is drawn
    from .drawing.diagram import Svg

_MAX_TEXT = 8 * MAX_BYTES  # comments are not sent; reading more would take long
_MAX_NAMES = 6


@dataclass(frozen=True, repr=False)
class Grammar:
    """A grammar that a llama.cpp server can be given: checked, and safe for it.

    ``str(grammar)`` is its GBNF. Two grammars are equal when their rules are.
    """

    rules: Rules
    not_enforced: tuple[NotEnforced, ...] = field(default=(), compare=False)
    """What the schemas ask for and the grammar does not hold."""
    warnings: tuple[LintWarning, ...] = field(default=(), compare=False)
    """What is allowed in a GBNF text and hardly meant, such as a rule that is never used."""

    @classmethod
    def from_gbnf(cls, text: str) -> Grammar:
        """The grammar of a GBNF text.

        Raises:
            GrammarError: the text is not GBNF, or could hang a server; has the line, and the
                column where there is one.
        """
        if not isinstance(text, str):
            raise GrammarError(
                f"A GBNF text is a str, not {reprlib.repr(text)}.",
                "For a schema, a model or tools there are from_json_schema and its like.",
            )
        if len(text) > _MAX_TEXT:
            raise GrammarError(
                f"The GBNF text has {len(text):,} characters; a server takes {MAX_BYTES:,} bytes.",
                "Use a smaller grammar.",
            )
        rules, lines = parse_with_lines(text)
        try:
            check(rules)
        except GrammarError as error:
            error.line = lines.get(error.rule, 0)
            raise
        found = [replace(each, line=lines[each.rule]) for each in warnings(rules)]
        return cls(rules, warnings=tuple(found))

    @classmethod
    def from_json_schema(
        cls, schema: Any, *, closed: bool = False, leading_space: bool = False
    ) -> Grammar:
        """The grammar of the compact JSON texts of a schema.

        Args:
            schema: a JSON Schema: a dict, True or False.
            closed: whether objects that describe properties take no others, unless the schema
                says so. In JSON Schema they do; models then invent properties.
            leading_space: whether the text may begin with one space, as models like to.

        Raises:
            GrammarError: the schema cannot become a grammar; names the place in the schema.
        """
        rules, unheld = schema_to_rules(schema, closed=closed, leading_space=leading_space)
        return cls._checked(rules, unheld)

    @classmethod
    def from_pydantic(cls, model: Any) -> Grammar:
        """The grammar of what a pydantic model, or any type that pydantic knows, validates.

        Objects are closed, unless a model says ``extra="allow"``.

        Raises:
            GrammarError: pydantic has no schema for the type, or it cannot become a grammar.
        """
        from pydantic import BaseModel, TypeAdapter
        from pydantic.errors import PydanticUserError

        if isinstance(model, BaseModel):
            raise GrammarError(
                f"This is not a model but an instance of {type(model).__name__}.",
                "Pass the class itself.",
            )
        try:
            schema = TypeAdapter(model).json_schema()
        except PydanticUserError as error:
            raise GrammarError(
                f"pydantic has no JSON Schema for {reprlib.repr(model)}: {error.message}.",
                "Use a pydantic model or a type that JSON can hold.",
            ) from error
        return cls._checked(*schema_to_rules(schema, closed=True))

    @classmethod
    def from_tools(
        cls,
        tools: Iterable[Any],
        choice: str | None = None,
        *,
        most_calls: int = 1,
        leading_space: bool = False,
    ) -> Grammar:
        """The grammar of a call of any of the tools: ``{"tool":"NAME","arguments":{…}}``.

        Args:
            tools: OpenAI tool descriptions (with or without the ``function`` wrapper), LangChain
                tools, functions with type hints, pydantic models.
            choice: None (just the tools given), "auto" (these, and ``respond_to_user`` to answer
                instead), "any" (all but answering), "none" (only answering), or one tool's name.
            most_calls: with more than 1, a JSON array of 1 to so many calls; an answer to the
                user stays alone.
            leading_space: whether the text may begin with one space, as models like to.

        Raises:
            GrammarError: no tools, two of one name, or parameters that cannot become a grammar.
            OptionError: `choice` names no tool, or `most_calls` is not from 1 to 1000.
        """
        rules, unheld = tools_to_rules(
            tools, choice, most_calls=most_calls, leading_space=leading_space
        )
        return cls._checked(rules, unheld)

    def __repr__(self) -> str:
        unheld = f", {len(self.not_enforced)} not enforced" if self.not_enforced else ""
        return f"<Grammar: {', '.join(self._short_names)} ({len(self.rules)} rules{unheld})>"

    @property
    def _short_names(self) -> list[str]:
        names = list(self.rules)
        return names if len(names) <= _MAX_NAMES else [*names[:_MAX_NAMES], "…"]

    def __str__(self) -> str:
        return self._text

    def accepts(self, text: str) -> bool:
        """Whether the text is a whole text of the grammar.

        A grammar made from a schema takes compact JSON: no white space between the parts, and
        properties in the order of their definition.
        """
        return self.matcher.accepts(text)

    def explain(self, text: str) -> Explanation:
        """Which rule made which part of the text; or where it fails, and what is legal there."""
        return self.matcher.explain(text)

    def sample(self, n: int = 1, seed: int | None = None) -> list[str]:
        """Random texts of the grammar, mostly short; the same for the same seed."""
        from .drawing.sample import sample

        return sample(self.rules, n, seed)

    def diagram(self) -> Svg:
        """All rules as a railroad diagram: an SVG text, which Jupyter draws."""
        from .drawing.diagram import diagram

        return diagram(self.rules)

    @cached_property
    def matcher(self) -> Matcher:
        """Follows texts character by character."""
        return Matcher(self.rules)

    @cached_property
    def _text(self) -> str:
        return str(self.rules)

    @classmethod
    def _checked(cls, rules: Rules, not_enforced: tuple[NotEnforced, ...]) -> Grammar:
        """The grammar of converted rules, which are linted by now, read back as a server would."""
        grammar = cls(rules, not_enforced)
        if parse(str(grammar)) != rules:
            raise GrammarError(
                "The grammar made from this schema does not read back as it was written.",
                "This is a fault of gba_jupyter: please report it with the schema.",
            )
        return grammar
