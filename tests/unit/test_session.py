"""What a session does with its servers and settings; a small server of ours answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fake_server import Fake, session_on
from tape_parts import HELLO

from gba_jupyter import errors
from gba_jupyter.events import LensRead, Notice, OnEvent
from gba_jupyter.grammar import Grammar
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.options import AgentOptions, GbnfOptions, MathOptions, parse
from gba_jupyter.servers import RoleName
from gba_jupyter.session import Session

ANSWER = '{"tool":"respond_to_user","arguments":{"answer":"12"}}'
WORDS = '{"tool":"calculate","arguments":{"expression":"Give me the result of 3*4"}}'


def without_math(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no server for mathematics, and none can be started."""
    found = session.servers._found

    def missing(role: RoleName, tell: OnEvent) -> LlamaServer:
        if role == "math" and not session.servers.lent:
            raise errors.ServerStartError("There is no llama.cpp server here.", "Get one.")
        return found(role, tell)

    monkeypatch.setattr(session.servers, "_found", missing)


def test_a_tool_says_which_tape_answers_it_and_the_agent_stays_where_it_is(
    monkeypatch: pytest.MonkeyPatch,
):
    session = session_on(Fake("Hm.", WORDS, "Hm.", ANSWER))
    agent = session.servers.roles["agent"]
    without_math(session, monkeypatch)
    monkeypatch.setenv("GBA_TAPE", str(HELLO))
    told: list[Any] = []
    run = session.ask("What?", AgentOptions(max_steps=3), told.append)
    notice = Notice("No server is at hand, so the tape hello.jsonl answers for math.")
    assert notice in told and notice in run.events
    assert not [step.result for step in run.steps if step.result and step.result.is_error]
    assert session.servers.roles["agent"] is agent
    assert list(session.servers.lent or {}) == ["math"]


def test_a_tool_that_is_called_by_hand_has_nobody_to_tell(monkeypatch: pytest.MonkeyPatch):
    session = session_on(Fake("result = 3 * 4"))
    without_math(session, monkeypatch)
    monkeypatch.setenv("GBA_TAPE", str(HELLO))
    (tool,) = session._tools(["calculate"])
    assert tool.func("Give me the result of 3*4")


# -- the lens ------------------------------------------------------------------------------


def seen(session: Session, magic: str, line: str) -> set[str]:
    """The phases that the lens saw in a run with these options."""
    told: list[Any] = []
    match magic:
        case "agent":
            session.ask("What?", parse(AgentOptions, f"--fresh {line}")[0], told.append)
        case "compare":
            options = parse(AgentOptions, f"--compare --tools calculate {line}")[0]
            session.compare("What?", options, told.append)
        case "math":
            session.solve("What?", parse(MathOptions, line)[0], told.append)
        case "gbnf":
            grammar = Grammar.from_gbnf('root ::= "a"+')
            session.write("What?", grammar, parse(GbnfOptions, line)[0], told.append)
    return {event.phase for event in told if isinstance(event, LensRead)}


@pytest.mark.parametrize(
    ("magic", "text", "phases"),
    [
        ("agent", ANSWER, {"reason", "act"}),
        ("math", "result = 3 * 4", {"program"}),
        ("gbnf", "aaa", {"answer"}),
        ("compare", ANSWER, set()),
    ],
)
def test_the_lens_can_be_on_for_all_cells_and_off_for_one(magic: str, text: str, phases: set[str]):
    session = session_on(Fake(text))
    assert seen(session, magic, "") == set()
    if magic != "compare":
        assert seen(session, magic, "--lens") == phases
    session.settings = replace(session.settings, lens=True)
    assert seen(session, magic, "") == phases
    assert seen(session, magic, "--no-lens") == set()


def test_the_lens_on_a_program_says_which_rules_wrote_it():
    told: list[Any] = []
    session = session_on(Fake("result = 3 * 4"))
    session.solve("What?", MathOptions(lens=True), told.append)
    (found,) = [event for event in told if isinstance(event, LensRead)]
    assert "".join(token.text for token in found.tokens) == "result = 3 * 4"
    assert all(token.legal and token.rule for token in found.tokens)
    free = session_on(Fake("```\n3*4\n```"))
    told.clear()
    free.solve("What?", MathOptions(lens=True, free=True), told.append)
    (found,) = [event for event in told if isinstance(event, LensRead)]
    assert all(token.legal is None for token in found.tokens)


def test_a_grammar_alone_has_no_tokens_to_show():
    with pytest.raises(errors.OptionError, match="without --ask"):
        Session().examine('root ::= "a"', GbnfOptions(lens=True))
    session = Session()
    session.settings = replace(session.settings, lens=True)
    assert session.examine('root ::= "a"', GbnfOptions(samples=0, no_diagram=True))


def test_a_program_that_is_given_has_no_tokens_to_show():
    session = Session()
    with pytest.raises(errors.OptionError, match="--lens has nothing to do"):
        session.solve("2 + 2", MathOptions(program=True, lens=True), lambda _: None)
    with pytest.raises(errors.OptionError, match="--repair has nothing to do"):
        session.solve("2 + 2", MathOptions(program=True, repair=0), lambda _: None)
    for off in (MathOptions(program=True, lens=False), MathOptions(program=True)):
        session.settings = replace(session.settings, lens=True)
        assert str(session.solve("2 + 2", off, lambda _: None)) == "4"
