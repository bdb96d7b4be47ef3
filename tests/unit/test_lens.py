"""The lens on made-up completions, under grammars that can be checked by hand."""

from __future__ import annotations

import pytest

from gba_jupyter.display import lens as drawn
from gba_jupyter.display.blocks import Lens
from gba_jupyter.events import Timings
from gba_jupyter.grammar import Grammar
from gba_jupyter.lens import look, totals
from gba_jupyter.llama.probabilities import Alternative, Sampled, read_sampled
from gba_jupyter.llama.protocol import Completion
from gba_jupyter.readings import END, Choice, LensToken

ANIMAL = Grammar.from_gbnf('root ::= "I see a " animal "."\nanimal ::= "cat" | "cow" | [d-f] "og"')


def sampled(text: str | bytes, p: float, *others: tuple[str | bytes, float], count: int = 1):
    """A token with its alternatives; it is among them when its text is."""
    data = text.encode() if isinstance(text, str) else text
    ids: dict[bytes, int] = {data: 7}
    found = []
    for other, its in others:
        other = other.encode() if isinstance(other, str) else other
        found.append(Alternative(ids.setdefault(other, 100 + len(ids)), other, its))
    return Sampled(7, data, count, p, tuple(found))


def seen(grammar: Grammar | None, *tokens: Sampled, stop="eos") -> tuple[LensToken, ...]:
    text = b"".join([token.sent for token in tokens]).decode(errors="replace")
    return look(Completion(text, None, stop, False, Timings(), sampled=tokens), grammar)


def test_what_is_forced_what_is_overridden_and_which_rule_made_it():
    tokens = seen(
        ANIMAL,
        sampled("I", 0.5, ("I", 0.5), ("You", 0.2), ("I see", 0.1), ("It", 0.05)),
        sampled(" see a", 0.25, (" am", 0.6), (" see a", 0.25)),
        sampled(" c", 0.125, (" dog", 0.4), (" bat", 0.2), (" c", 0.125)),
        sampled("a", 0.5, ("a", 0.5), ("o", 0.25), ("u", 0.125)),
        sampled("t.", 0.5, ("t", 0.5), ("t.", 0.5)),
        sampled("", 1.0, ("", 1.0)),
    )
    assert [t.text for t in tokens] == ["I", " see a", " c", "a", "t.", END]
    # " c" goes beyond the forced blank, and "a" has "o" beside it.
    assert [t.forced for t in tokens] == [True, True, False, False, True, True]
    assert [t.overridden for t in tokens] == [False, True, False, False, False, False]
    assert [t.rule for t in tokens] == ["root", "root", "root", "animal", "animal", ""]
    assert [c.legal for c in tokens[0].choices] == [True, False, True, False]
    assert [c.legal for c in tokens[2].choices] == [True, False, True]
    assert [t.mass for t in tokens] == pytest.approx([0.6, 0.25, 0.525, 0.75, 1.0, 1.0])
    assert all(t.legal for t in tokens)
    counted = totals(tokens)
    assert (counted.tokens, counted.forced, counted.overridden, counted.illegal) == (6, 4, 1, 0)
    assert counted.rules == (("root", 3), ("animal", 2))
    assert counted.mass == pytest.approx(sum([0.6, 0.25, 0.525, 0.75, 1.0, 1.0]) / 6, rel=1e-2)


def test_a_token_that_is_not_among_the_best_counts_in_the_legal_mass():
    (token,) = seen(Grammar.from_gbnf('root ::= "a" | "b"'), sampled("b", 0.01, ("x", 0.9)))
    assert (token.mass, token.overridden) == (0.01, True)


def test_the_end_is_legal_only_where_the_text_is_whole():
    grammar = Grammar.from_gbnf('root ::= "a" "b"*')
    first, second, end = seen(
        grammar,
        sampled("a", 0.5, ("a", 0.5), ("", 0.5)),
        sampled("b", 0.5, ("b", 0.5), ("", 0.5)),
        sampled("", 0.5, ("", 0.5), ("b", 0.25)),
    )
    assert [c.legal for c in first.choices] == [True, False]
    assert [c.legal for c in second.choices] == [True, True]
    assert (end.text, end.legal, end.forced) == (END, True, False)


def test_a_character_of_several_tokens_comes_at_once():
    grammar = Grammar.from_gbnf('root ::= "a" [😀-😂]')
    emoji = "😁".encode()
    last = Alternative(7, emoji[-1:], 0.5)
    other, wrong = Alternative(8, b"\x80", 0.3), Alternative(9, b"\x90", 0.2)
    tokens = seen(
        grammar,
        sampled("a", 1.0, ("a", 1.0)),
        Sampled(7, emoji, 3, 0.5, (last, other, wrong)),
    )
    assert [(t.text, t.hidden, t.legal) for t in tokens] == [("a", 0, True), ("😁", 2, True)]
    assert [(c.text, c.legal) for c in tokens[1].choices] == [
        ("\\x81", True),
        ("\\x80", True),
        ("\\x90", False),
    ]
    assert totals(tokens).tokens == 4
    # Where the last token is not among them, its length is not known, and nothing is judged.
    unknown = seen(grammar, sampled("a", 1.0), Sampled(6, emoji, 3, 0.1, (other, wrong)))[1]
    assert [c.legal for c in unknown.choices] == [None, None]
    assert (unknown.legal, unknown.mass, unknown.overridden) == (True, None, False)


def test_half_a_character_may_be_an_alternative():
    grammar = Grammar.from_gbnf('root ::= "x" [é-ü] | "日"')
    (token, *_) = seen(
        grammar, sampled("日", 0.1, (b"\xe6", 0.5), (b"\xe6\x98", 0.2), (b"\xe5", 0.2), ("x", 0.1))
    )
    assert [c.legal for c in token.choices] == [True, False, False, True]


def test_what_a_stop_word_held_back_is_not_told_twice():
    held = Sampled(1, b"", 1, 0.5, (Alternative(1, b" fi", 0.5),))
    told = Sampled(2, b" fix", 1, 0.5, (Alternative(2, b"x", 0.5),))
    torn = Sampled(3, b" ", 1, 0.5, (Alternative(3, b" five", 0.5),))
    assert [t.text for t in seen(None, held, told, torn, stop="word")] == [" fi", "x", " five"]


def test_without_a_grammar_nothing_is_judged():
    (token,) = seen(None, sampled("a", 0.5, ("a", 0.5), ("b", 0.25)))
    assert token == LensToken("a", 0.5, choices=(Choice("a", 0.5), Choice("b", 0.25)))
    assert totals([token]).mass is None


def test_without_probabilities_there_is_nothing_to_see():
    assert look(Completion("a", (1,), "eos", False, Timings()), ANIMAL) == ()


def test_what_was_cut_off_has_its_rules_too():
    tokens = seen(ANIMAL, sampled("I see a ", 0.5), sampled("co", 0.5), stop="limit")
    assert [t.rule for t in tokens] == ["root", "animal"]


def test_a_token_that_our_matcher_refuses_is_told_and_ends_the_judging():
    first, second = seen(ANIMAL, sampled("You", 0.5, ("You", 0.5)), sampled(" see", 0.5))
    assert (first.legal, second.legal) == (False, None)
    assert totals([first, second]).illegal == 1


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ({"content": "a"}, None),
        ({"completion_probabilities": []}, None),
        (
            {"completion_probabilities": [{"id": 1, "token": "a", "bytes": [97], "logprob": 0.0,
              "top_logprobs": [{"id": 1, "token": "a", "bytes": [97], "logprob": None}]}]},
            Sampled(1, b"a", 1, 1.0, (Alternative(1, b"a", 0.0),)),
        ),
        (
            {"completion_probabilities": [{"content": "b", "probs": [
              {"tok_str": "a", "prob": 0.25}, {"tok_str": "b", "prob": 0.5}]}]},
            Sampled(-1, b"b", 1, 0.5, (Alternative(-1, b"b", 0.5), Alternative(-1, b"a", 0.25))),
        ),
    ],
)  # fmt: skip
def test_probabilities_of_newer_and_older_servers(data: dict, wanted: Sampled | None):
    assert read_sampled(data, 1) == wanted


def block(*tokens: LensToken) -> Lens:
    return Lens(1, "act", tokens, totals(tokens))


def test_the_marks_are_characters_and_the_forbidden_is_struck_out():
    made = block(
        LensToken("a", 0.5, True, True, False, "root", 0.5, (Choice("a", 0.5, True),)),
        LensToken("b c", 0.1, True, False, True, "x", 0.1, (Choice("z", 0.9, False),)),
        LensToken(END, 1.0, True, True, False, "", 1.0, ()),
    )
    said = drawn.plain(made)
    assert "⟦a⟧|✗b␣c|⟦■⟧" in said
    assert "✗ wanted z (90 %), took b␣c (10 %), in x" in said
    assert "3 tokens · 2 forced (67 %) · 1 overridden · mean legal mass ≥ 53 %" in said
    shown = drawn.markdown(made)
    assert "~~<code>z</code> 90 %~~" in shown
    assert "⟦<code>a</code>⟧ ✗<code>b␣c</code>" in shown


def test_hostile_tokens_stay_text_and_rows_stay_rows():
    evil = "<img src=x onerror=a>|\n`~~\u202e$x$"
    made = block(LensToken(evil, 0.5, True, False, True, evil, 0.5, (Choice(evil, 0.5, False),)))
    shown = drawn.markdown(made)
    assert "<img" not in shown and "\u202e" not in shown and "$x$" not in shown
    rows = [line for line in shown.split("\n") if line.startswith("| 1 ")]
    assert len(rows) == 1 and rows[0].count("|") == 7
