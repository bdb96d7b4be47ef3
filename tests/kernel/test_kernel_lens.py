"""What `--lens` and `--compare` show in a real kernel, and how large it is."""

import json

from test_kernel_run import SHORT, assert_no_html

from gba_jupyter.display import MIME
from gba_jupyter.events import LensRead, RunFinished, TrialMade

_BYTES_A_TOKEN = 700  # of what a notebook stores, record and drawing together


def test_the_lens_stands_below_the_call(kernel):
    cell = kernel.do(f"%%agent {SHORT} --max-tokens 40 --lens\nSay hello.")
    assert_no_html(cell)
    (seen,) = [e for e in cell.events if isinstance(e, LensRead)]
    assert seen.totals.illegal == 0 < seen.totals.forced
    call, lens = [d for d in cell.shown if "[step 1: " in d.plain][:2]
    assert call.plain.startswith("[step 1: call]")
    assert lens.plain.startswith("[step 1: lens] ") and "⟦" in lens.plain
    shown = lens.data["text/markdown"]
    assert shown.count("<details>") == 1 and "| 1 | " in shown
    record = next(d.data[MIME] for d in cell.shown if MIME in d.data)
    size = len(json.dumps([lens.data, [e for e in record["events"] if e["event"] == "LensRead"]]))
    assert size < _BYTES_A_TOKEN * len(seen.tokens) + 2000


def test_a_comparison_is_one_table_that_grows_and_the_cells_value(kernel):
    cell = kernel.do(
        "%%agent --compare -n 2 --expect calculate --reason off --max-tokens 40 -o made\n"
        "What is 2*3?"
    )
    assert_no_html(cell)
    assert [e.number for e in cell.events if isinstance(e, TrialMade)] == [1, 2, 3, 4]
    assert isinstance(cell.events[-1], RunFinished) and cell.events[-1].status == "done"
    said = [drawing.plain for drawing in cell.statuses]
    assert all(any(f"step {n} of 4: " in words for words in said) for n in (1, 2, 3, 4))
    states = cell.display("[why a grammar")
    assert len(states) == 4 and states[0].plain.startswith("[why a grammar · 1 of 4 steps]")
    assert "Calls calculate" in states[-1].plain and "█" in states[-1].plain
    assert len(json.dumps(states[-1].data)) < 20_000
    same = kernel.do("print(made is _, len(made.trials), made.expected)")
    assert same.stream("stdout") == "True 4 calculate\n"
    again = kernel.do("made")
    assert again.plain[-1] == states[-1].plain


def test_options_of_a_comparison_alone_are_refused(kernel):
    for line in ("-n 3", "--expect calculate", "--phases"):
        cell = kernel.run(f"%agent {line} What is 2*3?")
        assert cell.status == "error" and "belongs to --compare" in str(cell.error)
    cell = kernel.run("%agent --compare --expect fly What is 2*3?")
    assert cell.status == "error" and "no such tool is offered" in str(cell.error)
