"""A terminal shows what a notebook shows, and nothing drives it."""

from __future__ import annotations

from io import StringIO

import pytest
from record_parts import COST, large_run

from gba_jupyter import events as e
from gba_jupyter.display import Look, TerminalRecorder, markdown, text
from gba_jupyter.display.blocks import Block, Call, Check, Fault, Program, Remark, Sentence, Value
from gba_jupyter.display.gbnf import marked, rules_in
from gba_jupyter.display.readable import readable
from gba_jupyter.display.words import count, shown, size

EVIL = "\x1b]0;pwn\x07\x1b[2Jmodel\r\n\x9b1m"


class Tty(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("view", ["full", "compact", "answer"])
def test_nothing_that_is_counted_drives_a_terminal(view):
    out = Tty()
    recorder = TerminalRecorder(out, Look(view))
    for event in (
        e.ServerStarting(EVIL, 1, 9),
        e.RunStarted("agent", "q", EVIL, "http://x"),
        e.PromptProgress(1, "reason", 1, 9, 0),
        e.PhaseStarted(1, "act"),
        e.PromptProgress(1, "act", 1, 9, 0),
        e.ToolCalled(1, EVIL, {EVIL: EVIL}),
        e.RunFinished("failed", COST, 1.0, EVIL),
    ):
        recorder.show(event)
    written = out.getvalue()
    assert "of 9 tokens" in written
    assert not {"\x1b", "\x07", "\x9b"} & set(written)
    assert "\n" not in written[: written.index("of 9 tokens")].rpartition("\r")[2]


def test_what_the_grammar_cannot_hold_is_told_in_plain_text_too():
    block = Call(1, 'root ::= "a"', ("x: no pattern",), name="f", arguments={})
    assert "[not enforced] x: no pattern" in text.render(block)
    assert "not enforced" not in text.render(block, Look("compact"))
    out = StringIO()
    recorder = TerminalRecorder(out)
    for event in (e.PhaseStarted(1, "act"), e.GrammarUsed(1, "root ::= x", ("x: no pattern",))):
        recorder.show(event)
    assert "[not enforced] x: no pattern" in out.getvalue()


def test_a_run_that_is_shown_again_is_bounded_in_a_terminal():
    out = StringIO()
    recorder = TerminalRecorder(out)
    for event in large_run(3, 100_000, "thought " * 20_000, "call " * 20_000):
        recorder.show(event)
    assert len(out.getvalue()) < 100_000


# -- bounds --------------------------------------------------------------------------------

LONG = "words, " * 15_000
BOUNDED: list[Block] = [
    Sentence(1, text=LONG, done=True),
    Remark(LONG),
    Check(LONG, None),
    Fault(LONG),
    Program(1, text=LONG, done=True),
    Program(1, text=LONG, done=True, value=Value(LONG, "", LONG, is_error=False)),
    Program(1, text=LONG, done=True, value=Value(LONG, "", "", is_error=True)),
    Call(1, "root ::= x", (LONG,) * 99, name=LONG, arguments={LONG: LONG}, done=True),
]


@pytest.mark.parametrize("block", BOUNDED, ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("view", ["full", "compact", "answer"])
def test_every_text_is_bounded_and_whole_if_wanted(block: Block, view):
    assert len(markdown.render(block, Look(view))) < 40_000
    assert len(text.render(block, Look(view))) < 30_000
    assert LONG.strip() in text.render(block, Look("full", whole=True)).replace("\\n", "\n")


@pytest.mark.parametrize("words", ["日本" * 9_999, "😀" * 9_999, "a" * 9_999, "\ud800" * 9_999])
def test_limits_are_bytes(words: str):
    cut = shown(words, Look(), 600)
    assert size(cut) < 700 and "characters left out" in cut
    assert shown(words[:150], Look(), 600) == words[:150]


# -- grammars, formulas, plurals -----------------------------------------------------------


@pytest.mark.parametrize(
    ("gbnf", "rules"),
    [
        ('root ::= "a"', 1),
        ('root ::= "a ::= b" x # c ::= d\nx ::= [:=:=]\n# y ::= z\n', 2),
        ('root ::= "\\" ::= " x\nx ::= [\\]\\"] "::="', 2),
        ('root ::= x\n  x ::=\n "a" |\n "b"\nlong-name-2 ::= "#" [#] y\ny ::= "q"', 4),
        ("", 0),
        ('"' * 50_000, 0),
        ("[" * 50_000, 0),
    ],
)
def test_rules_are_counted_where_they_are(gbnf: str, rules: int):
    assert rules_in(gbnf) == rules


def test_a_literal_that_looks_like_a_rule_is_no_rule():
    gbnf = 'root ::= "x" #\nx ::= "a" # y ::= b'
    assert marked(gbnf, {"root": 1}).splitlines()[0] == 'root ::= "x" #  # ← used'


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"27^{0.24} \approx 2.2", "27^0.24 ≈ 2.2"),
        (r"\frac{a+1}{2}", "(a+1)/2"),
        (r"\sqrt[3]{x_1^2}", "³√(x₁²)"),
        (r"\beta\le\Omega", "β≤Ω"),
        (r"\lambda \ln x", "λ ln x"),
        (r"\text{if } x \in \mathbb{R}", "if x ∈ R"),
        ("{" * 60 + "x" + "}" * 60 + "y", None),
        (r"\frac", "/"),
        ("x^", "x^"),
        ("}{", ""),
    ],
)
def test_formulas_can_be_read_without_tex(tex: str, words: str | None):
    assert readable(tex) == words if words is not None else readable(tex).endswith("y")


def test_one_is_no_plural():
    assert (count(1, "step"), count(2, "step"), count(1_000, "rule")) == (
        "1 step", "2 steps", "1,000 rules",
    )  # fmt: skip
