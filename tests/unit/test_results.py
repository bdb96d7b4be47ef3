"""Whatever a tool gives becomes a text for the model; decisions about calls are checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from gba_jupyter.approval import Proposal
from gba_jupyter.errors import GrammarError
from gba_jupyter.memory import StoredThreads
from gba_jupyter.results import MOST_CHARACTERS, as_text, bounded
from gba_jupyter.tools import as_tool


class Table:
    def __str__(self) -> str:
        return "a  b\n1  2"


class Broken:
    def __str__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "The tool returned nothing."),
        ("", ""),
        (True, "True"),
        (2.5, "2.5"),
        (b"caf\xc3\xa9\n", "café\n"),
        (b"\x89PNG\x00", "5 bytes that are no text"),
        ({"é": [1, None], "t": Table()}, '{"é": [1, null], "t": "a  b\\n1  2"}'),
        ((1, "x"), '[1, "x"]'),
        ({(1, 2): 3}, "{(1, 2): 3}"),
        (ValueError("too cold"), "ValueError: too cold"),
        (Table(), "a  b\n1  2"),
        (Broken(), "a Broken that cannot be shown (RuntimeError)"),
    ],
)
def test_a_result_as_text(value: Any, text: str) -> None:
    assert as_text(value) == text


def test_a_list_that_holds_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert as_text(loop) == "[[...]]"


def test_ten_megabytes_are_cut_and_counted() -> None:
    shown = bounded(as_text("x" * 10_000_000))
    assert shown.startswith("x" * MOST_CHARACTERS + " …")
    assert shown.endswith("(9,996,000 characters more)")
    assert len(shown) < MOST_CHARACTERS + 50


def book(title: str, day: Literal["mon", "tue"] = "mon", seats: int = 1) -> list[str]:
    """Books seats."""
    return [title] * seats


def test_a_tool_keeps_the_value_beside_its_text() -> None:
    call = {"name": "book", "args": {"title": "a", "seats": 2}, "id": "1", "type": "tool_call"}
    message = as_tool(book).invoke(call)
    assert json.loads(message.content) == ["a", "a"]
    assert message.artifact == ["a", "a"]


PROPOSAL = Proposal(1, as_tool(book), {"title": "a"})


def test_an_edit_may_have_spaces_and_another_order() -> None:
    decision = PROPOSAL.edited('{ "seats": 3, "title": "b" }')
    assert decision.kind == "edit"
    assert decision.arguments == {"title": "b", "seats": 3}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "not JSON"),
        ('{"title": 5}', r"after `{\"title\":` comes"),
        ('{"title": "x", "day": "wed"}', "mon"),
        ('{"day": "mon"}', "title"),
        ('{"title": "x", "row": 1}', "cannot be called so"),
        ("[]", "cannot be called so"),
    ],
)
def test_an_edit_is_checked_by_the_grammar_of_the_call(text: str, what: str) -> None:
    with pytest.raises(GrammarError) as caught:
        PROPOSAL.edited(text)
    import re

    assert re.search(what, caught.value.what), caught.value.what
    assert '{"title":"a"}' in caught.value.fix


def test_conversations_in_a_file_outlive_their_session(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "threads.db"
    said: list[Any] = [HumanMessage("hi"), AIMessage("yo", response_metadata={"gba_turns": [1]})]
    first = StoredThreads(path)
    first["main"] = said[:1]
    first["main"] = said
    first["é / 2"] = said
    first.close()
    second = StoredThreads(path)
    assert set(second) == {"main", "é / 2"}
    assert [m.text for m in second["main"]] == ["hi", "yo"]
    assert second["main"][1].response_metadata == {"gba_turns": [1]}
    del second["main"]
    assert "main" not in second and second.get("main") is None
    second.clear()
    assert len(second) == 0
    second.close()
