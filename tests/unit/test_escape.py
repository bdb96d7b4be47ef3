"""Hostile text is shown literally."""

from __future__ import annotations

import re

import pytest

from gba_jupyter.display.escape import code, fence, folded, literal

ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "[x](javascript:alert(1))",
    "![x](http://127.0.0.1:9/x.png)",
    "[x]: http://evil 'title'",
    "<http://evil>",
    "</details><iframe srcdoc='x'>",
    "`code` *bold* _it_ ~~no~~ | a | b |",
    "cost $5 and $6, $$x$$ \\(x\\)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_is_left(attack: str):
    shown = literal(attack)
    bare = re.sub(r"<br>|<span>&#(36|92);</span>", "", shown)
    assert not re.search(r"[<>`*_\[\]$\\|~]", bare)
    assert not re.search(r"&(?!#\d+;|nbsp;)", bare)


@pytest.mark.parametrize(
    "line", ["# a", "- a", "+ a", "1. a", "12) a", "===", "---", "    code", ": x", "> a"]
)
def test_a_line_is_no_heading_list_or_code(line: str):
    shown = literal(line)
    assert not re.match(r" {4}|\s*(#|[-+=:>]|\d+[.)])", shown)


def test_text_reads_as_before():
    assert literal("2 + 2 = 4. Fine, isn't it?") == "2 + 2 = 4. Fine, isn't it?"
    assert literal("a\nb") == "a<br>\nb"


@pytest.mark.parametrize("url", ["`http://a.b/c_d`", "www.a.b", "a@b.c", "https://a.b/?c=d"])
def test_an_address_is_no_link(url: str):
    assert not re.search(r"://|www\.|@", literal(url))


@pytest.mark.parametrize("inside", ["```", "````python", "a\n~~~~~\nb", "x"])
def test_a_fence_is_longer_than_any_inside(inside: str):
    block = fence(inside)
    bar = block.split("\n")[0]
    assert bar not in inside
    assert block.endswith("\n" + bar)


def test_control_characters_do_not_pass():
    assert "\x1b" not in literal("\x1b[2J") + fence("\x1b]0;x\x07") + code("\x9b1m")


@pytest.mark.parametrize("text", ["25\u202f%", "a\u00a0b", "👩\u200d💻", "日\u3000本"])
def test_ordinary_text_of_all_languages_passes(text: str):
    assert literal(text) == text
    assert text in fence(text)


def test_text_cannot_be_turned_around():
    assert "\u202e" not in literal("\u202etxt.exe")


def test_a_section_is_folded_unless_it_shall_be_open():
    assert folded("a", "b").startswith("<details><summary>a</summary>\n\nb")
    assert folded("a", "b", is_open=True).startswith("<details open>")
