"""A tape made in one kernel answers in another, where there is no server."""

import time

import pytest
from kernels import Kernel, processes_of

from gba_jupyter.events import PhaseFinished, RunFinished

CELL = (
    "%agent --fresh --tools calculate --max-steps 2 --max-tokens 60 --out run What's 17 times 23?"
)


@pytest.fixture(scope="module")
def tape(kernel, tmp_path_factory):
    path = tmp_path_factory.mktemp("tapes") / "t.jsonl"
    assert str(path) in kernel.do(f"%gba record {path}").plain[0]
    cell = kernel.run(CELL)
    assert "completions" in kernel.do("%gba record off").plain[0]
    return path, cell


@pytest.fixture
def offline(tmp_path):
    """A kernel in a cache of its own, where nothing could be started in a hurry."""
    with Kernel(GBA_CACHE_DIR=str(tmp_path / "cache")) as kernel:
        kernel.do("%load_ext gba_jupyter")
        yield kernel


def texts(cell):
    return [event.text for event in cell.events if isinstance(event, PhaseFinished)]


def test_a_fresh_kernel_replays_without_a_server(tape, offline, tmp_path):
    path, recorded = tape
    assert "no server is asked" in offline.do(f"%gba replay {path} --speed 0").plain[0]
    began = time.monotonic()
    cell = offline.run(CELL)
    print(f"\n[replay] {time.monotonic() - began:.1f} s, LangChain's import included")
    assert cell.status == recorded.status, cell.outline()
    assert texts(cell) == texts(recorded) and texts(cell)
    assert cell.plain[-1] == recorded.plain[-1] or cell.statuses
    assert "answers for agent and math" in offline.do("%gba status").plain[0]
    wire = offline.do("%gba wire step 1")
    assert len(wire.shown) == 2
    assert "The same as a curl command" in wire.shown[0].data["text/markdown"]
    assert len(wire.shown[0].plain) < 300
    assert "text/html" not in wire.shown[0].data
    servers = [p for p in processes_of(tmp_path / "cache") if "llama" in " ".join(p.cmdline())]
    assert not servers
    missing = offline.run("%agent --fresh --tools calculate What's 18 times 24?")
    assert missing.error["ename"] == "NotOnTape"
    assert "What's 17 times 23?" in " ".join(missing.error["traceback"])


def test_stop_while_a_tape_plays_slowly(tape, offline):
    path, _ = tape
    offline.do("import gba_jupyter.agent")  # LangChain's import is not what is stopped
    offline.do(f"%gba replay {path} --speed 0.2")
    cell = offline.submit(CELL)
    cell.wait_for(lambda: cell.reply or len(cell.display("[step 1: reasoning]")) >= 3)
    assert not cell.reply, cell.outline()
    stopped = time.monotonic()
    offline.interrupt()
    cell.finish()
    print(f"\n[stop] the replay ended after {cell.ended - stopped:.3f} s")
    assert cell.ended - stopped < 3
    assert cell.error["ename"] == "Interrupted"
    assert isinstance(cell.events[-1], RunFinished) and cell.events[-1].status == "interrupted"
    offline.do(f"%gba replay {path} --speed 0")
    assert texts(offline.run(CELL))
