"""The GBNF under which a small code model writes its program.

Cheap by construction: common prefixes of names are factored into a tree, nothing that a repeat
holds can be empty, and parentheses nest at most `_DEPTH` deep, so that a model cannot lose
itself in them.
"""

from __future__ import annotations

from .names import FUNCTIONS, GRAMMAR_CONSTANTS, VARIABLES

_DEPTH = 4
_TERMS = (9, 7, 5, 3, 2)  # operators in a row, by depth: small models otherwise never stop
_LINES = 8

# How the arguments of a function are written; @ is an expression one level further in.
_SHAPES = {
    "one": "@",
    "two": '@ ", " @',
    "log": '@ (", " @)?',
    "of": '@ ", " name (", " digit)?',
    "over": '@ ", " (name | "(" name ", " @ ", " @ ")")',
    "sum": '@ ", (" name ", " @ ", " @ ")"',
    "limit": '@ ", " name ", " @',
    "solve": '(@ ", " name | "[" @ ", " @ "], [" name ", " name "]")',
    "many": '@ (", " @){1,5}',
    "round": '@ (", " digit)?',
    "rows": '"[" row (", " row){0,3} "]"',
    "plot": '@ ", (" name ", " @ ", " @ ")"',
    "symbol": '"\'" name "\'"',
}


def program_gbnf() -> str:
    """The grammar of programs: up to eight statements, the last one ``result = …``."""
    rules = [
        f'root ::= (line "\\n"){{0,{_LINES - 1}}} "result = " value',
        # "result" begins with a variable's letter: the space after a name tells them apart
        'line ::= name " = " value | loop',
        'loop ::= "for " name " in range(" e2 (", " e2)? "):\\n    " name " " [-+*] "= " e1',
        'value ::= e0 | "[" e1 (", " e1){0,7} "]"',
        f'row ::= "[" e{_DEPTH} (", " e{_DEPTH}){{0,3}} "]"',
        f"name ::= [{VARIABLES}]",
        "digit ::= [1-9]",
        'number ::= ("0" | [1-9] [0-9]{0,14}) ("." [0-9]{1,12})?',
        'op ::= "**" | " " ("+" | "-" | "*" "*"? | "/" "/"? | "%") " "',
    ]
    for level in range(_DEPTH):
        inner = f"e{level + 1}"
        rules.append(f"e{level} ::= t{level} (op t{level}){{0,{_TERMS[level]}}}")
        rules.append(f't{level} ::= "-"? (number | "(" {inner} ")" | w{level})')
        rules.append(f"w{level} ::= {_words(level)}")
        rules += [
            f's{level}{shape} ::= "(" {text.replace("@", inner)} ")"'
            for shape, text in _SHAPES.items()
        ]
    rules.append(f"e{_DEPTH} ::= t{_DEPTH} (op t{_DEPTH}){{0,{_TERMS[_DEPTH]}}}")
    rules.append(f't{_DEPTH} ::= "-"? (number | name)')
    return "\n".join(rules) + "\n"


def _words(level: int) -> str:
    """Variables, constants and calls, as a tree of their common prefixes."""
    words = {name: "" for name in (*VARIABLES, *GRAMMAR_CONSTANTS)}
    words |= {f.name: f"s{level}{f.shape}" for f in FUNCTIONS.values() if f.shape}
    return _tree(words)


def _tree(words: dict[str, str]) -> str:
    branches: dict[str, dict[str, str]] = {}
    for word, end in words.items():
        if word:
            branches.setdefault(word[0], {})[word[1:]] = end
    return " | ".join(_branch(letter, rest) for letter, rest in sorted(branches.items()))


def _branch(prefix: str, rest: dict[str, str]) -> str:
    """One branch: its common prefix, then what may follow."""
    while "" not in rest and len({word[0] for word in rest}) == 1:
        prefix += next(iter(rest))[0]
        rest = {word[1:]: end for word, end in rest.items()}
    end = rest.get("")
    longer = {word: shape for word, shape in rest.items() if word}
    head = f'"{prefix}"'
    if not longer:
        return f"{head} {end}" if end else head
    if end is None:
        return f"{head} ({_tree(longer)})"
    return f"{head} ({end} | {_tree(longer)})" if end else f"{head} ({_tree(longer)})?"
