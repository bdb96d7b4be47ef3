"""Grammars: GBNF and JSON Schema in, GBNF for llama.cpp out, and a matcher of our own.

Here are the tree (`nodes`, `rules`) with its text (`printer`, `scan`, `parse`), what can be known
of it (`analysis`, `lint`, `doubling`), and its public face (`grammar`, `tools`). The rooms:
`languages` (automata and regular expressions), `schema` (JSON Schema to rules), `matching` (texts
through a grammar) and `drawing` (random texts and railroad diagrams).
"""

from .grammar import Grammar
from .lint import LintWarning
from .matching.match import Explanation, Matcher, State
from .matching.spans import Span
from .schema.place import NotEnforced

__all__ = [
    "Explanation",
    "Grammar",
    "LintWarning",
    "Matcher",
    "NotEnforced",
    "Span",
    "State",
]
