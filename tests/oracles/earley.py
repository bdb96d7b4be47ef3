"""llguidance as a second matcher: an Earley parser in Rust that shares no code with ours.

Its own `gbnf_to_lark` is of no use here: it makes one greedy lexeme of each rule without
references (``word ::= [a-z]+`` before a ``"b"`` swallows it), loses the leading zeros of
``\\u00e9``, and takes the rules ``a-b`` and ``a-B`` for one. So the tree is written as Lark by
this module, with every lexeme one character long: nothing is left for its lexer to decide.
"""

from __future__ import annotations

from engine import Answer
from llguidance import LLMatcher, LLTokenizer, TokenizerWrapper

from gba_jupyter.grammar.nodes import Alt, AnyChar, CharClass, Literal, Node, Ref, Repeat, Seq
from gba_jupyter.grammar.rules import START, Rules

_END = 0x110000
_SURROGATES = (0xD800, 0xDFFF)
"""What llguidance cannot say: it works on UTF-8, which has none, and takes no class with them."""

_TOO_MANY = "Current row has"
"""Its limit of 2,000 items at a place, which ambiguous or very wide grammars come to."""


def can_judge(text: str) -> bool:
    """Whether a text is one for llguidance."""
    return text.isascii() or not any(_SURROGATES[0] <= ord(c) <= _SURROGATES[1] for c in text)


class Earley:
    """One grammar, read by llguidance."""

    def __init__(self, rules: Rules) -> None:
        self._lark = LLMatcher.grammar_from_lark(_Writer(rules).text())
        self._matcher = self._new()

    def judge(self, text: str) -> Answer | None:
        """Whether and how far a text is accepted; None when its ways of reading are too many."""
        sent = text.encode()
        self._matcher.reset()
        taken = self._matcher.try_consume_tokens([*sent])
        if error := self._matcher.get_error():
            self._matcher = self._new()  # an error stays
            if _TOO_MANY not in error:
                raise RuntimeError(error)
            return None
        accepted = taken == len(sent) and self._matcher.is_accepting()
        # The first bytes of a character may pass although the character does not.
        return Answer(accepted, len(sent[:taken].decode(errors="ignore")))

    def _new(self) -> LLMatcher:
        matcher = LLMatcher(_TOKENIZER, self._lark, log_level=0)
        if error := matcher.get_error():
            raise RuntimeError(error)
        return matcher


class _Bytes:
    """A tokenizer whose tokens are the bytes."""

    tokens = tuple([*[bytes([n]) for n in range(256)], b"<end>"])
    eos_token_id = 256
    bos_token_id = None
    special_token_ids = (256,)

    def __call__(self, text: bytes) -> list[int]:
        return [*text]


_TOKENIZER = LLTokenizer(TokenizerWrapper(_Bytes()), slices=[])


class _Writer:
    """The Lark text of some rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._names = {name: f"r{n}" for n, name in enumerate(rules)} | {START: "start"}
        self._lexemes: dict[str, str] = {}
        self._lines: list[str] = []

    def text(self) -> str:
        """All of it."""
        for name, node in self._rules.items():
            self._lines.append(f"{self._names[name]}: {self._node(node)}")
        lexemes = [f"{name}: {regex}" for regex, name in self._lexemes.items()]
        return "\n".join(self._lines + lexemes)

    def _node(self, node: Node) -> str:
        match node:
            case Literal(text):
                return " ".join([self._lexeme([(ord(char), ord(char))]) for char in text])
            case CharClass(ranges, negated):
                return self._lexeme(_others(ranges) if negated else ranges)
            case AnyChar():
                return self._lexeme([(0, _END - 1)])
            case Ref(name):
                return self._names[name]
            case Seq(items):
                return " ".join(map(self._part, items)) or '""'
            case Alt(options):
                return " | ".join(map(self._part, options))
            case Repeat(_, _, 0):
                return '""'
            case Repeat(item, least, most):
                return f"{self._part(item)}{{{least},{'' if most is None else most}}}"

    def _part(self, node: Node) -> str:
        """A node inside another one: a rule of its own, since Lark may not nest deep."""
        text = self._node(node)
        if " " not in text and not text.endswith("}"):
            return text
        self._lines.append(f"p{len(self._lines)}: {text}")
        return self._lines[-1].partition(":")[0]

    def _lexeme(self, ranges: Ranges) -> str:
        parts = [rf"\x{{{low:x}}}-\x{{{high:x}}}" for low, high in _without_surrogates(ranges)]
        # No character is in two different ones.
        regex = f"/[{''.join(parts)}]/" if parts else "/a/ & /b/"
        return self._lexemes.setdefault(regex, f"C{len(self._lexemes)}")


Ranges = list[tuple[int, int]] | tuple[tuple[int, int], ...]


def _others(ranges: Ranges) -> Ranges:
    found, after = [], 0
    for low, high in [*sorted(ranges), (_END, _END)]:
        if low > after:
            found.append((after, low - 1))
        after = max(after, high + 1)
    return found


def _without_surrogates(ranges: Ranges) -> Ranges:
    first, last = _SURROGATES
    below = [(low, min(high, first - 1)) for low, high in ranges if low < first]
    return below + [(max(low, last + 1), high) for low, high in ranges if high > last]
