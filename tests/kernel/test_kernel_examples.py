"""Notebooks replay from the tape beside them where no server can be started."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from kernels import Kernel, processes_of

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
HELLO = [
    "%load_ext gba_jupyter",
    "%agent --fresh --tools calculate --max-steps 2 --out run What's 17 times 23?",
    "%math --out result Give me the result of 3*4",
]


def notebook(name: str, folder: Path) -> Path:
    """A copy of a notebook in a folder of its own, with its tape and its tools."""
    path = folder / f"{name}.ipynb"
    if name == "hello":
        cells = [{"cell_type": "code", "source": [code]} for code in HELLO]
        path.write_text(json.dumps({"cells": cells}))
        tape = ROOT / "tests" / "tapes" / "hello.jsonl"
    else:
        tape = EXAMPLES / f"{name}.jsonl"
        if not tape.is_file():
            pytest.skip(f"{tape.name} is not recorded yet: python tests/tapes/make.py all")
        shutil.copy(EXAMPLES / path.name, path)
        shutil.copy(EXAMPLES / "offline_tools.py", folder)
    shutil.copy(tape, path.with_suffix(".jsonl"))
    return path


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """What a kernel is told where there is no model, no index to fetch it from, no llama.cpp."""
    return {
        "GBA_CACHE_DIR": str(tmp_path / "cache"),
        "PIP_NO_INDEX": "1",
        "PATH": os.pathsep.join(["/usr/bin", "/bin"]),
    }


@pytest.mark.parametrize("name", ["hello", "agent", "math"])
def test_a_notebook_replays_where_there_is_no_model(name: str, bare, tmp_path: Path):
    path = notebook(name, tmp_path)
    cells = json.loads(path.read_text())["cells"]
    with Kernel(**bare, JPY_SESSION_NAME=str(path)) as kernel:
        kernel.do(f"%cd -q {tmp_path}")
        told = ""
        for cell in cells:
            if cell["cell_type"] == "code":
                done = kernel.do("".join(cell["source"]))
                assert "Traceback" not in done.outline()
                told += "\n".join(done.plain)
        assert f"so the tape {name}.jsonl answers" in told
        assert f"{name}.jsonl answers for " in kernel.do("%gba status").plain[0]
        servers = [p for p in processes_of(tmp_path / "cache") if "llama" in " ".join(p.cmdline())]
        assert not servers
