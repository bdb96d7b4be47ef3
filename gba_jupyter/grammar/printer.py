"""Nodes to GBNF text that llama.cpp takes, compact and readable."""

from __future__ import annotations

from collections.abc import Mapping

from .nodes import EMPTY, Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq

_LINE_WIDTH = 100


def node_text(node: Node) -> str:
    """The GBNF of one node, without parentheses around it."""
    match node:
        case Literal(text):
            return f'"{_escaped(text, _LITERAL_SPECIAL)}"'
        case CharClass():
            return _class_text(node)
        case AnyChar():
            return "."
        case Ref(name):
            return name
        case Seq(items):
            return " ".join([_part_text(item) for item in items]) or '""'
        case Alt(options):
            return " | ".join([_option_text(option) for option in options])
        case Repeat(item, least, most):
            text = node_text(item)
            # Even `""` needs parentheses here: llama.cpp refuses to repeat it without.
            wide = isinstance(item, Seq | Alt | Repeat)
            return (f"({text})" if wide else text) + _count_text(least, most)


def rule_text(name: str, node: Node) -> str:
    """The GBNF of one rule, without a line end."""
    line = f"{name} ::= {node_text(node)}"
    if isinstance(node, Alt) and len(line) > _LINE_WIDTH:
        # A line may end in `|`, but never begin with it: llama.cpp would take it for a new rule.
        line = f"{name} ::= " + " |\n  ".join([_option_text(o) for o in node.options])
    return line


def _part_text(node: Node) -> str:
    wide = isinstance(node, Seq | Alt) and node != EMPTY
    return f"({node_text(node)})" if wide else node_text(node)


def _option_text(node: Node) -> str:
    return f"({node_text(node)})" if isinstance(node, Alt) else node_text(node)


def _count_text(least: int, most: int | None) -> str:
    match least, most:
        case 0, 1:
            return "?"
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case _, None:
            return f"{{{least},}}"
        case _ if least == most:
            return f"{{{least}}}"
        case _:
            return f"{{{least},{most}}}"


_LITERAL_SPECIAL = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CLASS_SPECIAL = {**_LITERAL_SPECIAL, '"': '"', "[": "\\[", "]": "\\]"}


def _escaped(text: str, special: Mapping[str, str]) -> str:
    return "".join([special.get(char) or _visible(char) for char in text])


def _visible(char: str) -> str:
    code = ord(char)
    if char.isprintable():
        return char
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _class_text(node: CharClass) -> str:
    parts: list[str] = []
    last = len(node.ranges) - 1
    for place, (low, high) in enumerate(node.ranges):
        if low != high:
            parts.append(f"{_bound_text(low)}-{_bound_text(high)}")
        elif chr(low) == "-" and place in (0, last):
            parts.append("-")
        elif chr(low) == "^" and (place > 0 or node.negated):
            parts.append("^")
        else:
            parts.append(_bound_text(low))
    return f"[{'^' if node.negated else ''}{''.join(parts)}]"


def _bound_text(code: int) -> str:
    # A bare `-` or `^` can mean something else, and GBNF has no `\-`.
    return f"\\x{code:02X}" if chr(code) in "-^" else _escaped(chr(code), _CLASS_SPECIAL)
