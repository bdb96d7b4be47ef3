"""Three densities of a run, its grammar marked, its mathematics typeset, its long texts bounded."""

from __future__ import annotations

from functools import reduce
from io import StringIO
from typing import get_args

import pytest

from gba_jupyter import events as e
from gba_jupyter.display import Look, TerminalRecorder, ViewName, markdown, text
from gba_jupyter.display.blocks import Reasoning, View
from gba_jupyter.display.escape import prose
from gba_jupyter.display.gbnf import marked
from gba_jupyter.display.page import as_html, as_markdown
from gba_jupyter.display.tex import is_plain
from gba_jupyter.display.view import fold
from gba_jupyter.grammar import Grammar
from gba_jupyter.grammar.usage import rules_used

VIEWS = get_args(ViewName)
WHOLE = Look(whole=True)
COST = e.Timings(6, 4, 20, 10.0, 200.0)


def find(query: str, pages: int) -> str:
    """Finds pages."""
    return query * pages


GRAMMAR = Grammar.from_tools([find], "auto")
CALL = '{"tool":"find","arguments":{"query":"dogs and cats","pages":2}}'
RUN: list[e.Event] = [
    e.RunStarted("agent", "q?", "m.gguf", "http://x", ("find",)),
    e.PhaseStarted(1, "reason"),
    e.TextDelta(1, "reason", "I must find."),
    e.PhaseFinished(1, "reason", "I must find.", COST),
    e.PhaseStarted(1, "act"),
    e.GrammarUsed(1, str(GRAMMAR), ("find#/pages: no such thing",)),
    e.TextDelta(1, "act", CALL),
    e.PhaseFinished(1, "act", CALL, COST),
    e.RulesUsed(1, rules_used(GRAMMAR, CALL)),
    e.ToolCalled(1, "find", {"query": "dogs and cats", "pages": 2}),
    e.ToolReturned(1, "find", "first line\nsecond line"),
    e.ToolReturned(2, "find", "it broke", True),
    e.Notice("Mind this."),
    e.Answered("Dogs."),
    e.RunFinished("done", COST + COST, 1.25),
]


def shown(view: ViewName, events: list[e.Event] = RUN) -> tuple[str, str]:
    """All that a notebook and a terminal show."""
    look = Look(view)
    blocks = [b for b in reduce(fold, events, View()).blocks if look.shows(b)]
    out = StringIO()
    recorder = TerminalRecorder(out, look)
    for event in events:
        recorder.show(event)
    return "\n\n".join(markdown.render(b, look) for b in blocks), out.getvalue()


PARTS = {
    "I must find": {"full"},
    "::=": {"full"},
    "no such thing": {"full"},
    "find(query=": {"full", "compact"},
    "first line": {"full", "compact"},
    "second line": {"full"},
    "it broke": {"full", "compact", "answer"},
    "Mind this.": {"full", "compact", "answer"},
    "Dogs.": {"full", "compact", "answer"},
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("part", PARTS)
def test_each_view_shows_its_parts(view: ViewName, part: str):
    in_notebook, in_terminal = shown(view)
    assert (part in in_notebook) == (view in PARTS[part])
    if part == "find(query=" and view == "full":
        assert CALL in in_terminal  # as it streamed
    else:
        assert (part in in_terminal) == (view in PARTS[part])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("phase", ["reason", "act", "program", "answer"])
def test_what_broke_off_is_shown_in_every_view(view: ViewName, phase: e.Phase):
    events = [*RUN[:1], e.PhaseStarted(1, phase), e.TextDelta(1, phase, "half a wo")]
    events += [*e.unfinished(events), e.RunFinished("interrupted", COST, 1.0)]
    assert all("half a wo" in each for each in shown(view, events))


# -- grammars ------------------------------------------------------------------------------


def test_the_rules_of_a_call_are_marked_and_the_text_stays_gbnf():
    used = rules_used(GRAMMAR, CALL)
    assert used["root"] == 1 and used["char"] == len("dogs and cats")
    whole = marked(str(GRAMMAR), used, WHOLE)
    assert Grammar.from_gbnf(whole) == GRAMMAR
    lines = [line for line in whole.split("\n") if "←" in line]
    assert len(lines) == len(used)
    assert any(line.startswith("root ::= ") and line.endswith("# ← used") for line in lines)
    assert "used 13\N{MULTIPLICATION SIGN}" in whole


def test_rules_that_were_not_used_are_counted():
    many = Grammar.from_gbnf(
        "root ::= r1\n"
        + "".join(f'r{i} ::= "{i}" | r{i + 1}\n' for i in range(1, 40))
        + "r40 ::= [x]"
    )
    text = marked(str(many), rules_used(many, "2"))
    assert text.count("::=") == 3 and text.endswith("# … 38 rules not used")
    assert marked(str(many), rules_used(many, "2"), WHOLE).count("::=") == 41
    assert marked(str(many), {}).count("::=") == 41  # not known which: all of them


@pytest.mark.parametrize(
    "gbnf", ["", "root", "# a\nroot ::= x", 'root ::= "a\\n ::= b"', "x" * 9_999]
)
def test_any_text_can_be_marked(gbnf: str):
    assert len(marked(gbnf, {"root": 2})) < 4_000


def test_large_grammars_are_cut():
    rule = '"' + "a" * 9_000 + '"'
    gbnf = "\n".join(f"r{i} ::= {rule}" for i in range(50))
    assert len(marked(gbnf, {f"r{i}": 1 for i in range(50)})) < 4_000
    assert len(marked(gbnf, {}, WHOLE)) > 400_000


def test_a_text_that_is_none_of_the_grammar_went_through_no_rules():
    assert rules_used(GRAMMAR, CALL[:-1]) == {}
    assert rules_used(GRAMMAR, CALL.replace("dogs", "dogs" * 9_999)) == {}


# -- mathematics ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "typeset"),
    [
        (r"so \(x^2\) it is", "so $x^2$ it is"),
        (r"\[ \frac{a}{b} \]", r"$$\frac{a}{b}$$"),
        ("\\[\n  x = 1\n\\]", "$$x = 1$$"),
        ("$x$ and $$y+1$$", "$x$ and $$y+1$$"),
        (r"\(a < b > c\)", r"$a \lt  b \gt  c$"),
        (r"\(a\_b\)", r"$a\_b$"),
    ],
)
def test_mathematics_is_brought_into_one_form(words: str, typeset: str):
    assert prose(words) == typeset


@pytest.mark.parametrize(
    "words",
    [
        "cost $5 and $6", "from $5-$10/day", "$HOME/bin:$PATH", "US$5=US$6", "$ x = 1 $",
        r"\(\href{javascript:alert(1)}{x}\)", r"$\unicode{x41}$",
        r"\(\csname href\endcsname{a}{b}\)",
        r"\[\style{background:url(http://x)}{y}\]", r"\(\class{a}{b}\)", r"\(\require{html}\)",
        r"\(\def\x{\x\x}\x\)", r"\(\let\a\href\)", r"\(\bbox[url(http://x)]{y}\)",
        r"\(\mmlToken{mi}{x}\)",
        r"\begin{equation}x\end{equation}", r"\(\begin{html}x\end{html}\)", r"\(x", r"x\)",
        "\\(`<img src=x>`\\)", r"\(&#36;&lt;\)", r"\(\<x\)", r"\({\)", "\\(\x00x\\)",
        "\ue0000\ue001",
        r"\(\includegraphics{http://x}\)", r"\(\text{$\href{a}{b}$}\)",
    ],
)  # fmt: skip
def test_what_is_no_harmless_mathematics_stays_text(words: str):
    assert "$" not in prose(words)


def test_formulas_and_words_mix():
    shown = prose(r"It costs $5 or \(x\), <b> and $6.")
    assert shown == ("It costs <span>&#36;</span>5 or $x$, &#60;b&#62; and <span>&#36;</span>6.")


def test_latex_of_sympy_is_plain():
    sympy = pytest.importorskip("sympy")
    x, n = sympy.symbols("x n")
    for value in (
        sympy.Matrix([[1, x], [x**2, sympy.sqrt(2)]]),
        sympy.Integral(sympy.sin(x) / x, (x, 0, sympy.oo)),
        sympy.Sum(1 / n**2, (n, 1, sympy.oo)),
        sympy.Piecewise((x, x < 1), (0, True)),
        sympy.Interval.open(0, 1).union(sympy.FiniteSet(3)),
        sympy.ConditionSet(x, sympy.Eq(x, sympy.cos(x)), sympy.S.Reals),
        sympy.Symbol("alpha_1") ** sympy.Rational(12, 50),
        [sympy.pi, {sympy.E: sympy.I}],
        sympy.zoo,
        sympy.And(x > 1, x <= 2),
        sympy.Derivative(sympy.Function("f")(x), x),
        sympy.Limit(x, x, 0),
        sympy.binomial(n, 2) * sympy.factorial(n) * sympy.gamma(x),
    ):
        latex = sympy.latex(value)
        assert is_plain(latex), latex


# -- sizes and exports -----------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_of_long_texts_is_bounded(view: ViewName):
    long = "words, " * 20_000
    events = [
        e.PhaseStarted(1, "reason"), e.TextDelta(1, "reason", long),
        e.PhaseFinished(1, "reason", long, COST), e.PhaseStarted(1, "act"),
        e.TextDelta(1, "act", long),
        e.PhaseFinished(1, "act", long, COST), e.ToolCalled(1, "f", {"x": long}),
        e.ToolReturned(1, "f", long), e.Answered(long),
    ]  # fmt: skip
    for n in range(1, len(events) + 1):
        for block in reduce(fold, events[:n], View()).blocks:
            assert len(markdown.render(block, Look(view))) < 16_000
            assert len(text.render(block, Look(view))) < 8_000
    whole = Reasoning(1, long, done=True)
    assert long.strip() in text.render(whole, Look(whole=True))


def test_an_export_is_whole_and_its_page_runs_nothing():
    long = "<b>x</b> " * 9_999
    events = [*RUN[:-2], e.ToolReturned(3, "<script>", long), *RUN[-2:]]
    page, document = as_html(events), as_markdown(events)
    assert page.count("&lt;b&gt;x&lt;/b&gt;") == 9_999 and "<b>" not in page
    assert "<script" not in page and "http://" not in page and "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert document.count("<b>x</b>") == 9_999  # within a fence
    for part in PARTS:
        assert part in page and part in document


def test_the_status_counts_while_the_model_writes():
    status = reduce(fold, RUN[:3], View()).status
    assert status.written == 1 and "1 token" in text.status_line(status)
