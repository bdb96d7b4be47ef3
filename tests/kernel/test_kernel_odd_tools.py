"""Tools that give odd things: the model reads a bounded text, the user sees the thing itself."""

import json

import pytest

from gba_jupyter.display import MIME
from gba_jupyter.events import ToolReturned

TOOLS = '''
class Table:
    """Shows itself as data frames do."""
    def __repr__(self):
        return "  a  b\\n0 1  2"
    def _repr_html_(self):
        return "<table><tr><td>1</td></tr></table>"

class Figure:
    """Shows itself as figures do."""
    def _repr_png_(self):
        return b"\\x89PNG\\r\\n\\x1a\\n"

def give(what: str) -> object:
    "Gives what is wanted."
    print("printed by the tool")
    return GIVES()
'''
ASK = "%%agent --tools give --max-steps 2 --reason off --fresh\nGive me something, please."


@pytest.fixture(scope="module", autouse=True)
def prepared(kernel):
    from test_kernel_approve import ONLY_CALLS

    kernel.do(TOOLS)
    kernel.do(ONLY_CALLS)


@pytest.mark.parametrize(
    ("gives", "read"),
    [
        ("None", "returned nothing"),
        ("b'\\x00\\xff' * 10", "20 bytes"),
        ("ValueError('an exception')", "ValueError"),
        ("Table()", "a  b"),
        ("Figure()", "Figure"),
        ("'x' * 10_000_000", "xxxx"),
        ("{'a': [1, 2]}", "a"),
    ],
)
def test_the_model_reads_a_bounded_text_and_the_cell_stays_small(kernel, gives, read):
    kernel.do(f"GIVES = lambda: {gives}")
    cell = kernel.do(ASK)
    (result,) = [e for e in cell.events if isinstance(e, ToolReturned)]
    assert read in result.content and len(result.content) < 4100
    assert "printed by the tool" in cell.stream("stdout")
    record = json.dumps([d.data.get(MIME) for d in cell.shown])
    assert len(record) < 100_000
    assert len(json.dumps([d.data for d in cell.shown])) < 300_000


def test_tables_and_figures_are_shown_as_themselves(kernel):
    kernel.do("GIVES = Table")
    assert any("<table>" in d.data.get("text/html", "") for d in kernel.do(ASK).shown)
    kernel.do("GIVES = Figure")
    assert any("image/png" in d.data for d in kernel.do(ASK).shown)
