"""`--approve` asks in the cell, through the kernel's own way to ask."""

import pytest

from gba_jupyter.errors import Interrupted
from gba_jupyter.events import ApprovalGiven, RunFinished, ToolCalled, ToolReturned

TOOL = """
asked = []
def look_up(word: str) -> str:
    'Looks a word up in the dictionary.'
    asked.append(word)
    return f"{word} means something"
"""
# Small models don't always call: the question comes from a model that must.
ONLY_CALLS = """
from gba_jupyter.chat_model import ChatLlamaGBNF
answering = ChatLlamaGBNF.bind_tools
def must_call(self, tools, *, tool_choice=None, **more):
    choice = "any" if tool_choice in (None, "auto") else tool_choice
    return answering(self, tools, tool_choice=choice, **more)
ChatLlamaGBNF.bind_tools = must_call
"""
ASK = "%%agent --tools look_up --max-steps 2 --reason off --fresh --approve\nLook up: tree."


@pytest.fixture(scope="module", autouse=True)
def prepared(kernel):
    kernel.do(TOOL)
    kernel.do(ONLY_CALLS)


@pytest.fixture(autouse=True)
def nothing_typed_before(kernel):
    kernel.answers.clear()
    kernel.do("asked.clear()")


def given(cell):
    return [(e.decision, e.why) for e in cell.events if isinstance(e, ApprovalGiven)]


def test_yes(kernel):
    kernel.answers += ["maybe", "yes"]
    cell = kernel.do(ASK)
    first, second = cell.questions
    assert first.startswith('Call look_up with {"word":')
    assert "y, e or n" in second
    assert [kind for kind, _ in given(cell)] == ["approve"]
    assert kernel.do("print(len(asked))").stream("stdout") == "1\n"


def test_an_edit_is_checked_by_the_grammar_of_the_call(kernel):
    kernel.answers += ["e", '{"wrd": "tree"}', "e", '{"word": "leaf"}']
    cell = kernel.do(ASK)
    assert "look_up cannot be called so" in cell.questions[2]
    assert [kind for kind, _ in given(cell)] == ["edit"]
    (result,) = [e for e in cell.events if isinstance(e, ToolReturned)]
    assert result.content == "leaf means something"
    (call,) = [e for e in cell.events if isinstance(e, ToolCalled)]
    assert call.arguments == {"word": "leaf"}


def test_no(kernel):
    kernel.answers += ["n", "not today"]
    cell = kernel.do(ASK)
    assert given(cell) == [("reject", "not today")]
    assert kernel.do("print(asked)").stream("stdout") == "[]\n"


def test_stop_while_it_waits_for_an_answer(kernel, server):
    cell = kernel.submit(ASK)
    cell.wait_for(lambda: cell.reply or cell.questions)
    assert not cell.reply, cell.outline()
    seconds = kernel.stop(cell)
    print(f"\n[stop] cell that asked ended after {seconds:.3f} s")
    assert seconds < 3
    assert cell.error["traceback"] == Interrupted()._render_traceback_()
    assert isinstance(cell.events[-1], RunFinished) and cell.events[-1].status == "interrupted"
    assert not any(slot.busy for slot in server.slots())
    assert kernel.do("print(asked)").stream("stdout") == "[]\n"
