"""What cells show: in a real kernel, on the real server."""

import json
from itertools import pairwise

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from kernels import TIMEOUT, Kernel, environment
from nbclient import NotebookClient

from gba_jupyter.display import MIME
from gba_jupyter.events import (
    Answered,
    GrammarUsed,
    PhaseFinished,
    RulesUsed,
    RunFinished,
    RunStarted,
    ToolCalled,
    ToolReturned,
)
from gba_jupyter.records import unpack

SHORT = "--max-steps 1 --reason off --fresh"  # one request: the shortest run there is


def assert_no_html(cell):
    for drawings in cell.displays.values():
        for drawing in drawings:
            assert "text/html" not in drawing.data
            assert {"text/markdown", "text/plain"} <= set(drawing.data)


def test_the_first_cell_finds_a_server_by_itself_and_shows_a_whole_run(embedded, nothing_listens):
    with Kernel() as kernel:
        kernel.do("%load_ext gba_jupyter")
        cell = kernel.do("%%agent --max-steps 2 --out run\nCalculate (2 * 5) ** 0.8 / 2.")

        assert_no_html(cell)
        (notice,) = [text for text in cell.plain if text.startswith("[note]")]
        assert "http://localhost:8080" in notice and "the embedded one answers" in notice

        events = cell.events
        assert isinstance(events[-1], RunFinished) and events[-1].status == "done"
        (started,) = [e for e in events if isinstance(e, RunStarted)]
        assert started.url == embedded.url  # joined, not started once more
        (answer,) = [e.text for e in events if isinstance(e, Answered)]
        assert cell.statuses[-1].plain.startswith("done · ")

        # The reasoning grows within one display; each state goes on from the one before.
        thought, *_ = [e.text for e in events if isinstance(e, PhaseFinished)]
        states = [drawing.plain for drawing in cell.display("[step 1: reasoning]")]
        assert len(states) > 3
        assert all(new.startswith(old) for old, new in pairwise(states))
        assert states[-1].endswith(thought.strip())

        (gbnf, *_) = [e.gbnf for e in events if isinstance(e, GrammarUsed)]
        call = cell.display("[step 1: call]")[-1]
        (used, *_) = [e.rules for e in events if isinstance(e, RulesUsed)]
        root, *_ = gbnf.splitlines()
        assert used["root"] == 1
        assert f"{root}  # ← used\n" in call.data["text/markdown"]
        assert "[GBNF]" in call.plain.splitlines()

        made = [e for e in events if isinstance(e, ToolCalled)]
        gave = [e for e in events if isinstance(e, ToolReturned)]
        assert len(made) == len(gave) == 1 and made[0].name == "calculate"
        assert "calculate(expression=" in call.plain
        kind = "error" if gave[0].is_error else "result"
        assert f"[step 1: {kind} of calculate]\n{gave[0].content}" in cell.plain
        assert cell.plain[-1] == f"[answer]\n{answer}"

        values = kernel.do("import json; print(json.dumps([str(_), str(run), _ is run]))")
        assert json.loads(values.stream("stdout")) == [answer, answer, True]
        again = kernel.do("run")
        assert_no_html(again)
        assert again.plain[-1] == f"[answer]\n{answer}"
        assert [type(e) for e in again.events] == [type(e) for e in events if e in again.events]


def test_updates_are_few(kernel):
    cell = kernel.do("%%agent --max-steps 1 --fresh\nTell me a story.")
    streamed = cell.display("[step 1: reasoning]")
    tokens = next(e.timings.generated for e in cell.events if isinstance(e, PhaseFinished))
    assert tokens > len(streamed) > 3  # otherwise this shows nothing
    for drawings in cell.displays.values():
        seconds = drawings[-1].at - drawings[0].at
        if MIME in drawings[-1].data:
            states = [drawing.plain.partition(" · ")[0] for drawing in drawings]
            changes = sum(old != new for old, new in pairwise(states))
            assert len(drawings) <= 2 * seconds + changes + 2
        else:
            # At once in any case: the first, the whole text, its rules, what was called.
            assert len(drawings) <= 10 * seconds + 4


def test_a_math_cell_shows_the_program_its_grammar_and_what_came_out(kernel):
    cell = kernel.do("%%math --out result\nWhat is 2 plus 3?")
    assert_no_html(cell)
    assert isinstance(cell.events[-1], RunFinished) and cell.events[-1].status == "done"
    program = cell.display("[answer]\n")  # the program streamed there, and lies below it now
    assert program[0].plain.startswith("[program]")
    assert "result = " in program[-1].plain
    assert "::=" in program[-1].data["text/markdown"]
    assert "**Answer** · $" in program[-1].data["text/markdown"]
    same = kernel.do(f"print(str(_) == str(result), result.program in {program[-1].plain!r})")
    assert same.stream("stdout") == "True True\n"


def test_line_magics_and_the_commands_say_something_and_no_html(kernel):
    for line in ("%gba status", "%gba help", "%gba tools", "%gba models", "%agent --help"):
        cell = kernel.do(line)
        assert_no_html(cell)
        assert len(cell.plain) == 1 and cell.plain[0].strip()
    assert "1 steps" not in kernel.do(f"%agent {SHORT} Say hello.").statuses[-1].plain


def test_a_function_of_the_notebook_is_a_tool_and_its_failure_is_no_error_of_the_cell(kernel):
    kernel.do(
        "seen = []\n"
        "def weather(city: str) -> str:\n"
        '    """Tells the weather in a city."""\n'
        "    seen.append(city)\n"
        "    raise LookupError('no such city')\n"
    )
    cell = kernel.do("%%agent --tools weather --max-steps 2 --fresh\nHow is the weather in Rome?")
    (failed,) = [e for e in cell.events if isinstance(e, ToolReturned)]
    assert failed.is_error and "LookupError: no such city" in failed.content
    assert f"[step 1: error of weather]\n{failed.content}" in cell.plain
    assert kernel.do("print(len(seen))").stream("stdout") == "1\n"


def test_nbclient_saves_one_output_for_each_display(embedded, tmp_path):
    def code(number, source):
        empty = {"execution_count": None, "metadata": {}, "outputs": []}
        return {"cell_type": "code", "id": f"cell-{number}", "source": source, **empty}

    sources = (
        f"%load_ext gba_jupyter\n%gba connect agent {embedded.url} --api-key {embedded.api_key}",
        f"%%agent {SHORT} --out run\nSay hello.",
        "print(run)",
    )
    cells = [code(number, source) for number, source in enumerate(sources)]
    path = tmp_path / "saved.ipynb"
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book), "utf-8")

    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book,
        timeout=TIMEOUT,
        kernel_name=NATIVE_KERNEL_NAME,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute(env=environment(tmp_path))
    nbformat.write(book, path)

    _, asked, printed = json.loads(path.read_text("utf-8"))["cells"]
    status, call, answer = asked["outputs"]  # one for each display: the state at the end
    for output in asked["outputs"]:
        assert output["output_type"] == "display_data"
        assert "text/html" not in output["data"]
    events = unpack(status["data"][MIME])
    assert isinstance(events[-1], RunFinished) and events[-1].status == "done"
    assert "".join(status["data"]["text/plain"]).startswith("done · ")
    assert "".join(call["data"]["text/plain"]).startswith("[step 1: call]")
    (said,) = [e.text for e in events if isinstance(e, Answered)]
    assert "".join(answer["data"]["text/plain"]) == f"[answer]\n{said}"
    assert "".join(printed["outputs"][0]["text"]) == f"{said}\n"
