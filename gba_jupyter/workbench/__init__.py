"""The workbench for grammars behind `%%gbnf`: what it finds out is a `Report`. All offline.

From the bottom up: `excerpt` points at a place in a text; `signatures` and `side_by_side` say
what a grammar was made from; `sources` makes it and `examine` looks at it. `answer` needs a
server: there the model writes under the grammar.
"""

from .examine import attempt, examine
from .sources import convert, read

__all__ = ["attempt", "convert", "examine", "read"]
