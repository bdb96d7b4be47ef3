"""Grammars: GBNF and JSON Schema in, GBNF for llama.cpp out, and a matcher of our own.

From the bottom up: `nodes`, `printer` and `rules` are the tree and its text; `analysis` and
`lint` know it without a text; `scan` and `parse` read GBNF; `network` and `match` follow texts.
`json_rules`, `integers`, `keys` and `shapes` are the grammars of JSON values; `document`,
`vocabulary`, `place`, `unions`, `keywords`, `schema` and `tools` convert JSON Schema to them.
"""

from .grammar import Grammar
from .match import Explanation, Matcher, State
from .place import NotEnforced

__all__ = ["Explanation", "Grammar", "Matcher", "NotEnforced", "State"]
