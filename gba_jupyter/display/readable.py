"""TeX as a line of plain text, for a page that typesets nothing: ``\\frac{a}{b}`` is ``a/b``.

It is for TeX that `tex.is_plain` lets through; a command that it does not know stays as its name.
"""

from __future__ import annotations

import re
import unicodedata

_GREEK = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega",
)
_SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "ast": "*", "star": "⋆",  # noqa: RUF001
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "lt": "<", "gt": ">", "ne": "≠", "neq": "≠",
    "approx": "≈", "equiv": "≡", "sim": "∼", "propto": "∝", "infty": "∞", "partial": "∂",  # noqa: RUF001
    "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "in": "∈", "notin": "∉", "cup": "∪",  # noqa: RUF001
    "cap": "∩", "subset": "⊂", "subseteq": "⊆", "setminus": "∖", "emptyset": "∅",  # noqa: RUF001
    "varnothing": "∅", "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "land": "∧", "wedge": "∧",
    "lor": "∨", "vee": "∨", "neg": "¬", "lnot": "¬", "dots": "…", "ldots": "…", "cdots": "…",  # noqa: RUF001
    "circ": "°", "prime": "′", "therefore": "∴", "quad": " ", "qquad": "  ", "ell": "ℓ",  # noqa: RUF001
    "hbar": "ħ", "colon": ":", "mid": "|", "vert": "|", "langle": "⟨", "rangle": "⟩",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", ",": " ", ";": " ", ":": " ", "!": "",
    " ": " ", "\\": "; ", "left": "", "right": "", "big": "", "Big": "", "displaystyle": "",
    "limits": "", "{": "{", "}": "}", "%": "%", "_": "_", "&": "&", "#": "#", "|": "‖",
}  # fmt: skip
for _name in _GREEK:
    _sign = unicodedata.lookup(f"GREEK SMALL LETTER {_name.replace('lambda', 'lamda').upper()}")
    _SIGNS |= {_name: _sign, _name.capitalize(): _sign.upper()}
_PLAIN = (
    "text",
    "mathrm",
    "mathbf",
    "mathit",
    "operatorname",
    "mathsf",
    "mathtt",
    "mathbb",
    "mathcal",
)
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([{}^_])|(.)", re.DOTALL)
_HIGH = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DEEPEST = 40


def readable(tex: str) -> str:
    """A formula as plain text."""
    parser = _Reader([found.groups() for found in _TOKEN.finditer(tex)])
    return " ".join(parser.row(0).split())


class _Reader:
    """Reads tokens of TeX: of a command, of one sign, of a brace or script, or a character."""

    def __init__(self, tokens: list[tuple[str | None, ...]]) -> None:
        self._tokens = tokens
        self._at = 0

    def row(self, depth: int) -> str:
        """All up to the brace that closes the row."""
        parts: list[str] = []
        while self._at < len(self._tokens):
            if self._tokens[self._at][2] == "}":
                self._at += 1
                if depth:
                    break
                continue
            parts.append(self._item(depth))
        return "".join(parts)

    def _item(self, depth: int) -> str:
        name, sign, mark, character = self._tokens[self._at]
        self._at += 1
        if character is not None:
            return "  " if character == "&" else character
        if sign is not None:
            return _SIGNS.get(sign, f"\\{sign}")
        if mark in ("^", "_"):
            return _script(mark, self._argument(depth))
        if mark == "{":
            return self.row(depth + 1) if depth < _DEEPEST else mark
        return mark or self._command(name or "", depth)

    def _argument(self, depth: int) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at][3] == " ":
            self._at += 1
        if self._at >= len(self._tokens) or depth >= _DEEPEST:
            return ""
        return self._item(depth + 1)

    def _index(self) -> str:
        """Which root: what stands in brackets, if something does."""
        rest = [token[3] for token in self._tokens[self._at : self._at + 9]]
        if rest[:1] != ["["] or "]" not in rest:
            return ""
        inside = rest[1 : rest.index("]")]
        self._at += len(inside) + 2
        return "".join([part or "" for part in inside]).translate(_HIGH)

    def _command(self, name: str, depth: int) -> str:
        if name in _FRACTIONS:
            above, below = self._argument(depth), self._argument(depth)
            return f"{_grouped(above)}/{_grouped(below)}"
        if name == "sqrt":
            return f"{self._index()}√{_grouped(self._argument(depth))}"
        if name in _PLAIN:
            return self._argument(depth)
        if name in ("begin", "end"):
            self._argument(depth)
            return " "
        return _SIGNS.get(name, f" {name} ")  # such as "sin"


def _grouped(words: str) -> str:
    return words if re.fullmatch(r"[^\W⁰¹²³⁴-⁹₀-₉]*|\d+\.\d+", words) else f"({words})"


def _script(mark: str, words: str) -> str:
    drawn = words.translate(_HIGH if mark == "^" else _LOW)
    signs = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
    return drawn if drawn and all(sign in signs for sign in drawn) else f"{mark}{_grouped(words)}"
