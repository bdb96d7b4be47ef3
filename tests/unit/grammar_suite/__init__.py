"""What the converter does with JSON Schema, keyword by keyword.

The facts of the published JSON-Schema-Test-Suite (draft 2020-12) in a table of our own: a schema
to a line, with instances that are valid, that are not, and what the grammar makes of them.
"""

from __future__ import annotations

from . import (
    arrays,
    dependents,
    formats,
    identifiers,
    logic,
    numbers,
    objects,
    references,
    strings,
    values,
)
from .cases import Case, Section, Text

SECTIONS: list[Section] = [
    *values.SECTIONS,
    *strings.SECTIONS,
    *formats.SECTIONS,
    *numbers.SECTIONS,
    *arrays.SECTIONS,
    *objects.SECTIONS,
    *dependents.SECTIONS,
    *logic.SECTIONS,
    *references.SECTIONS,
    *identifiers.SECTIONS,
]
HEADING = "### JSON Schema, keyword by keyword"


def table() -> str:
    """The README's table."""
    head = ["| keyword | enforced | listed | refused |", "|---|---|---|---|"]
    return "\n".join([*head, *(section.row for section in SECTIONS)]) + "\n"


__all__ = ["HEADING", "SECTIONS", "Case", "Section", "Text", "table"]
