"""A magic's line."""

from __future__ import annotations

import pytest

from gba_jupyter.errors import OptionError
from gba_jupyter.options import (
    AgentOptions,
    GbnfOptions,
    MathOptions,
    flags,
    help_text,
    parse,
)
from gba_jupyter.settings import Settings, parse_settings


def test_options_stand_first_and_the_question_stays_as_it_is():
    options, rest = parse(
        AgentOptions, "--tools a,b --max-steps=3 -o run What's {x} for $5, --really?"
    )
    assert options == AgentOptions(tools=("a", "b"), max_steps=3, out="run")
    assert rest == "What's {x} for $5, --really?"


@pytest.mark.parametrize("line", ["-5 + 3", "-x + 1", "- what?", r"\frac{1}{2}", "", "'quoted"])
def test_a_question_may_begin_like_an_option(line: str):
    assert parse(MathOptions, line) == (MathOptions(), line)


def test_two_dashes_end_the_options():
    assert parse(MathOptions, "--seed 3 -- --help") == (MathOptions(seed=3), "--help")


def test_values_may_be_quoted():
    options, rest = parse(AgentOptions, """--tools "a, b" --thread 'my talk' hi""")
    assert (options.tools, options.thread, rest) == (("a", "b"), "my talk", "hi")


def test_an_option_may_be_given_several_times():
    options, rest = parse(GbnfOptions, "--test a --samples 2 --test 'b c' --test=d root")
    assert (options.test, options.samples, rest) == (("a", "b c", "d"), 2, "root")
    assert GbnfOptions().test == ()


@pytest.mark.parametrize("kind", [AgentOptions, MathOptions, GbnfOptions])
def test_the_lens_is_on_or_off_or_as_it_is_set(kind: type):
    assert parse(kind, "x")[0].lens is None
    assert parse(kind, "--lens x") == (kind(lens=True), "x")
    assert parse(kind, "--no-lens x") == (kind(lens=False), "x")
    assert {"--lens", "--no-lens"} <= set(flags(kind))
    for line, what in (("--no-help", "no option"), ("--no-lens=x", "takes no value")):
        with pytest.raises(OptionError, match=what):
            parse(kind, line)
    assert "--no-lens" in help_text(kind, "usage")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (r'"a\nb\t\"\\"', 'a\nb\t"\\'),
        (r'"\x41\u65e5\U0001F600"', "A日😀"),
        (r'"\d \x4 \u12 \U00110000"', r"\d \x4 \u12 \U00110000"),
        (r"'a\nb'", r"a\nb"),
        (r"a\nb", r"a\nb"),
        ('""', ""),
    ],
)
def test_double_quotes_read_escapes_as_gbnf_does(word: str, text: str):
    assert parse(GbnfOptions, f"--test {word}")[0].test == (text,)
    if text:
        assert parse(GbnfOptions, f"--ask {word}")[0].ask == text
    assert parse(AgentOptions, r'--thread "a\n" x')[0].thread == r"a\n"


@pytest.mark.parametrize(
    ("line", "what", "fix"),
    [
        ("--tols a", "--tols", "--tools"),
        ("--temp 1", "--temp", "--temperature"),
        ("--max-steps", "lacks its value", "--max-steps N"),
        ("--max-steps x", "'x'", "whole number from 1 to 100"),
        ("--max-steps 0", "'0'", "whole number from 1 to 100"),
        ("--temperature -1", "'-1'", "from 0 to 5"),
        ("--temperature nan", "'nan'", "from 0 to 5"),
        ("--reason maybe", "'maybe'", "on, off or free"),
        ("--out 1x", "'1x'", "Python allows"),
        ("--tools ,", "','", "commas"),
        ("--xyzzy", "--xyzzy", "Known are"),
        ("--fresh=no hi", "--fresh", "alone"),
    ],
)
def test_a_wrong_option_is_said_with_the_way_out(line: str, what: str, fix: str):
    with pytest.raises(OptionError) as caught:
        parse(AgentOptions, line)
    assert what in caught.value.what
    assert fix in caught.value.fix


@pytest.mark.parametrize("line", ["--ask ' '", "--samples 101", "--schema", "--tests x"])
def test_a_wrong_option_of_the_workbench_is_said(line: str):
    with pytest.raises(OptionError) as caught:
        parse(GbnfOptions, line)
    assert caught.value.fix


def test_settings_change_together_or_not_at_all():
    before = Settings()
    assert parse_settings(before, "max_steps=3 temperature=0.5").max_steps == 3
    assert parse_settings(before, "adapter=off").adapter is False
    for line in ("max_steps=3 nope=1", "max_steps", "reason=perhaps", "max-steps=0", "adapter=2"):
        with pytest.raises(OptionError):
            parse_settings(before, line)
    assert before == Settings()


def test_help_names_every_option():
    text = help_text(AgentOptions, "usage")
    for name in ("--tools NAMES", "--max-steps N", "-o, --out NAME", "-h, --help"):
        assert name in text
    assert "--test TEXT" in help_text(GbnfOptions, "usage")
