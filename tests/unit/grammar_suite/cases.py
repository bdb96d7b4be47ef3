"""What a line of the table is: a schema, instances of both kinds, and what the grammar does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Case:
    """A schema with instances. Enforced, unless it is `listed` or `refused`."""

    schema: Any
    valid: Sequence[Any] = ()
    """Valid, and the grammar writes them."""
    invalid: Sequence[Any] = ()
    """Not valid, and the grammar never writes them."""
    slips: Sequence[Any] = ()
    """Not valid, but written, because of the keyword that is `listed`."""
    unwritten: Sequence[Any] = ()
    """Valid, but of a kind that the grammar does not write: see the converter's docstring."""
    listed: str = ""
    """The keyword that is in `not_enforced`."""
    refused: str = ""
    """The path of the schema that cannot become a grammar."""
    judged: bool = True
    """Whether `jsonschema` knows the facts too: it has no refusals and few formats."""

    @property
    def outcome(self) -> str:
        """``enforced``, ``listed`` or ``refused``."""
        return "refused" if self.refused else "listed" if self.listed else "enforced"


@dataclass(frozen=True)
class Section:
    """A keyword: the cells of its row in the README, and the cases that show them."""

    keyword: str
    """Of the row; in backticks where it is one."""
    enforced: str
    cases: Sequence[Case]
    listed: str = ""
    refused: str = ""

    @property
    def row(self) -> str:
        """The row of the README's table."""
        cells = [self.keyword, self.enforced, self.listed, self.refused]
        return f"| {' | '.join([cell or '-' for cell in cells])} |"


INT = {"type": "integer"}
NUM = {"type": "number"}
STR = {"type": "string"}
BOOL = {"type": "boolean"}
NULL = {"type": "null"}
OBJ = {"type": "object"}
ARR = {"type": "array"}

ALL_KINDS = [None, True, False, 0, 7, -1.5, "", "text", [], ["a"], {}, {"a": 1}]
"""One or two instances of each type."""


@dataclass(frozen=True)
class Text:
    """An instance as JSON text, where the spelling matters."""

    text: str
