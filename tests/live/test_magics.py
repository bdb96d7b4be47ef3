"""The magics in an IPython shell of this process, against the real server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

import gba_jupyter as gba
from gba_jupyter import events as e
from gba_jupyter.llama.embedded import EmbeddedServer
from gba_jupyter.records import unpack

MIME = "application/vnd.gba-jupyter.run+json"


@pytest.fixture
def shell() -> Iterator[Any]:
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    shell.run_line_magic("load_ext", "gba_jupyter")
    yield shell
    if "gba_jupyter" in shell.extension_manager.loaded:
        shell.run_line_magic("unload_ext", "gba_jupyter")
    InteractiveShell.clear_instance()


@pytest.fixture
def connected(shell: Any, embedded: EmbeddedServer) -> Any:
    for role in ("agent", "math"):
        run(shell, f"%gba connect {role} {embedded.url} --api-key {embedded.api_key}")
    run(shell, "%gba set max_tokens=200")
    return shell


def run(shell: Any, cell: str) -> Any:
    """The captured output of a cell that must succeed."""
    with capture_output() as captured:
        result = shell.run_cell(cell, store_history=True)
    assert result.success, result.error_in_exec or result.error_before_exec
    captured.result = result.result
    return captured


def fails(shell: Any, cell: str) -> BaseException:
    """The error of a cell that must fail."""
    with capture_output() as captured:
        result = shell.run_cell(cell, store_history=True)
    error = result.error_in_exec
    assert error is not None, "it succeeded"
    assert "Traceback" not in captured.stdout
    return error


def plain(captured: Any) -> str:
    return "\n".join(o.data["text/plain"] for o in captured.outputs) + captured.stdout


def test_a_cell_shows_its_run_and_gives_it_back(connected: Any):
    got = run(connected, "%%agent --out run --max-steps 2\nWhat's {2} + $2?")
    result = connected.user_ns["run"]
    assert got.result is result is connected.user_ns["_"]
    assert isinstance(result, gba.AgentRun)
    assert result.question == "What's {2} + $2?"
    displays = [o for o in got.outputs if not o.update]
    assert len(displays) >= 4  # status, reasoning, call, answer
    assert not any("text/html" in o.data for o in got.outputs)
    last = got.outputs[-1]
    assert "done" in last.data["text/plain"]
    assert unpack(last.data[MIME]) == tuple(filter(e.is_kept, result.events))
    assert result.steps[0].gbnf.splitlines()[0] in plain(got)


def test_a_run_is_shown_again_when_it_is_asked_for(connected: Any):
    run(connected, "%%agent --out run --max-steps 1\nHello")
    again = run(connected, "run")
    assert "[answer]" in plain(again)
    assert len(again.outputs) >= 4


def test_a_line_may_end_in_a_question_mark(connected: Any):
    got = run(connected, "%agent --max-steps 1 What's 2 + 2?")
    assert got.result.question == "What's 2 + 2?"


def test_cells_of_a_thread_go_on_until_they_are_reset(connected: Any):
    first = run(connected, "%agent --max-steps 1 Hello").result
    second = run(connected, "%agent --max-steps 1 Again").result
    assert second.messages[: len(first.messages)] == first.messages
    assert "main (4 messages)" in plain(run(connected, "%gba status"))
    assert len(run(connected, "%agent --max-steps 1 --thread other Hi").result.messages) == 2
    run(connected, "%gba reset other")
    assert len(run(connected, "%agent --max-steps 1 --fresh Hi").result.messages) == 2
    run(connected, "%gba reset")
    assert "none yet" in plain(run(connected, "%gba status"))


def test_functions_of_the_notebook_are_tools(connected: Any):
    run(connected, "def f(x: int) -> int:\n    'Doubles a number.'\n    return 2 * x")
    got = run(connected, "%agent --tools f,calculate --max-steps 2 Double 3")
    assert '"f' in got.result.steps[0].gbnf
    started = got.result.events[0]
    assert started.tools == ("f", "calculate")
    assert "f" in plain(run(connected, "%gba tools"))
    assert "* f" in plain(run(connected, "%gba tools f"))


def test_only_what_can_be_a_tool_is_listed(connected: Any):
    run(connected, "def good(x: int): 'Good.'\ndef loose(x): 'Loose.'\ndef bare(x: int): pass")
    listed = plain(run(connected, "%gba tools")).split()
    assert "good" in listed
    assert not {"loose", "bare", "get_ipython"} & set(listed)


def test_a_question_of_mathematics(connected: Any):
    with capture_output():
        result = connected.run_cell("%math --out m Give me 3*4").result
    if result is not None:  # else the tiny model's program failed, and the cell said so
        assert connected.user_ns["m"] is result
        assert str(result)


@pytest.mark.parametrize("schema", ["", "--schema Fruit"])
def test_the_model_answers_under_a_grammar(connected: Any, schema: str):
    run(connected, "from typing import Literal\nFruit = Literal['apple', 'pear']")
    options = f"--no-diagram {schema} --max-tokens 20 --seed 1 --temperature 0.5 --out g"
    if schema:
        got = run(connected, f"%gbnf {options} --ask 'Name a fruit.'")
    else:
        body = 'root ::= "apple" | "pear"'
        got = run(connected, f"%%gbnf {options} --ask 'Name a fruit.'\n{body}")
    assert got.result is connected.user_ns["g"]
    (record,) = [o.data[MIME] for o in got.outputs if MIME in o.data]
    told = unpack(record)
    (written,) = [event.text for event in told if isinstance(event, e.PhaseFinished)]
    (used,) = [event.gbnf for event in told if isinstance(event, e.GrammarUsed)]
    assert used == str(got.result)
    assert got.result.accepts(written)
    assert written.strip('"') in ("apple", "pear")
    assert isinstance(told[0], e.RunStarted) and told[0].kind == "gbnf"
    assert isinstance(told[-1], e.RunFinished) and told[-1].status == "done"
    assert got.outputs[-1].data["text/plain"].startswith("[accepted]")
    assert f"[the model answers under the grammar]\n{written}" in plain(got)


def test_an_answer_that_is_cut_off_says_what_the_grammar_wants_next(connected: Any):
    cell = "%%gbnf --no-diagram --max-tokens 3 --ask 'Count.'\nroot ::= [a-z ]+ \"THE END\""
    got = run(connected, cell)
    last = got.outputs[-1].data
    assert "[cut off by the token limit]" in last["text/plain"]
    assert "THE END" in last["text/markdown"]


@pytest.mark.parametrize(
    ("cell", "kind", "what"),
    [
        ("%agent", gba.errors.OptionError, "no question"),
        ("%%agent --tools calculate\n  ", gba.errors.OptionError, "no question"),
        ("%%agent what now\nhello", gba.errors.OptionError, "what now"),
        ("%agent --tols x hi", gba.errors.OptionError, "--tols"),
        ("%agent --tools calculat hi", gba.errors.OptionError, "calculat"),
        ("%math --timeout 0 1+1", gba.errors.OptionError, "--timeout"),
        ("%gba stauts", gba.errors.OptionError, "stauts"),
        ("%gba connect agnt http://x", gba.errors.OptionError, "agnt"),
        ("%gba connect agent", gba.errors.OptionError, "missing"),
        ("%gba connect agent http://127.0.0.1:9", gba.errors.ServerUnreachable, "127.0.0.1:9"),
        ("%gba serve nope", gba.errors.ModelError, "nope"),
        ("%gba serve --port ²", gba.errors.OptionError, "--port"),
        ("%gba connect agent http://[::1", gba.errors.OptionError, "address"),
        ("%agent --tools log hi", gba.errors.OptionError, "log"),
        ("%gba serve --port x", gba.errors.OptionError, "--port"),
        ("%gba models nope", gba.errors.ModelError, "nope"),
        ("%gba set max_steps=0", gba.errors.OptionError, "max_steps"),
        ("%gba reset nope", gba.errors.OptionError, "nope"),
        ("%gba tools len", gba.errors.OptionError, "len"),
        ("%gba help nope", gba.errors.OptionError, "nope"),
        ("%gba status 'x", gba.errors.OptionError, "quote"),
    ],
)
def test_bad_input_is_said_in_two_sentences(connected: Any, cell: str, kind: type, what: str):
    error = fails(connected, cell)
    assert isinstance(error, kind), error
    assert what in error.what
    assert error.fix
    assert len(error._render_traceback_()) == 2


def test_functions_that_cannot_be_tools_say_why(connected: Any):
    run(
        connected,
        "import threading\n"
        "def bare(x: int): return x\n"
        "def loose(x): 'Loose.'\n"
        "def odd(x: threading.Thread): 'Odd.'",
    )
    assert "docstring" in fails(connected, "%agent --tools bare hi").what
    assert "type hint for x" in fails(connected, "%agent --tools loose hi").what
    assert isinstance(fails(connected, "%agent --tools odd hi"), gba.errors.ToolError)
    run(connected, "def respond_to_user(x: str):\n    'No.'")
    assert "respond_to_user" in fails(connected, "%agent --tools respond_to_user hi").what


def test_a_wrong_key_is_said(shell: Any, embedded: EmbeddedServer):
    error = fails(shell, f"%gba connect agent {embedded.url} --api-key wrong")
    assert isinstance(error, gba.errors.Unauthorized)
    assert embedded.api_key not in str(error)


def test_a_server_that_was_chosen_stays_chosen(shell: Any, embedded: EmbeddedServer):
    run(shell, f"%gba connect math {embedded.url} --api-key {embedded.api_key}")
    run(shell, "%agent --max-steps 1 Hello")  # nothing on 8080: the embedded one answers
    roles = shell.magics_manager.registry["GbaMagics"].session.servers.roles
    assert roles["math"].chosen
    assert not roles["agent"].chosen
    run(shell, "%gba stop")
    assert roles["math"].chosen
    assert roles["agent"].url == "http://localhost:8080"
    assert embedded.api_key not in repr(roles)


def test_a_run_that_fails_keeps_the_conversation(connected: Any):
    first = run(connected, "%agent --max-steps 1 Hello").result
    failed = fails(connected, "%agent --max-steps 1 --max-tokens 1 Hello")
    assert isinstance(failed, gba.errors.RunError)
    again = run(connected, "%agent --max-steps 1 Hello").result
    assert again.messages[: len(first.messages)] == first.messages
    fails(connected, "%agent --fresh --max-steps 1 --max-tokens 1 Hello")
    assert len(run(connected, "%agent --max-steps 1 Hello").result.messages) == 2


def test_help_is_where_people_look(connected: Any):
    assert "--max-steps N" in plain(run(connected, "%agent --help"))
    assert "--timeout S" in plain(run(connected, "%gba help math"))
    assert "%gba connect ROLE URL" in plain(run(connected, "%gba"))
    assert "docker run" in plain(run(connected, "%gba models codellama-7b-instruct"))


def test_the_first_cell_starts_the_embedded_server(shell: Any):
    got = run(shell, "%agent --max-steps 1 Hello")
    assert "the embedded one answers" in plain(got)
    assert "127.0.0.1" in plain(run(shell, "%gba status"))
    assert "Left the embedded server" in plain(run(shell, "%gba stop"))
    assert "No embedded server" in plain(run(shell, "%gba stop"))


def test_unloading_leaves_nothing(shell: Any):
    transformers = shell.input_transformer_manager.token_transformers
    formatter = shell.display_formatter.ipython_display_formatter
    run(shell, "%unload_ext gba_jupyter")
    assert not {"agent", "math", "gbnf", "gba"} & set(shell.magics_manager.magics["line"])
    assert not {"agent", "math", "gbnf"} & set(shell.magics_manager.magics["cell"])
    assert not [t for t in transformers if t.__module__.startswith("gba_jupyter")]
    assert not [k for k in formatter.deferred_printers if k[0].startswith("gba_jupyter")]
    assert not [k for k in formatter.type_printers if k.__module__.startswith("gba_jupyter")]
    run(shell, "%load_ext gba_jupyter\n%reload_ext gba_jupyter")
    assert sum(t.__module__.startswith("gba_jupyter") for t in transformers) == 1
