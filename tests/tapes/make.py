"""Record a tape anew from the embedded server.

``python tests/tapes/make.py`` makes `hello.jsonl`, of the cells below; with the path of a notebook
it makes a tape of that, beside it (``examples/agent.ipynb`` → ``examples/agent.jsonl``); with
``all``, these three. Do it when prompts, grammars or the embedded model have changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HELLO = Path(__file__).with_name("hello.jsonl")
EXAMPLES = Path(__file__).parents[2] / "examples"
CELLS = [
    "%agent --fresh --tools calculate --max-steps 2 --out run What's 17 times 23?",
    "%math --out result Give me the result of 3*4",
]


def main(notebook: str = "") -> None:
    """Run the cells in a shell of this process while it is recorded."""
    if notebook == "all":
        for name in ("", str(EXAMPLES / "agent.ipynb"), str(EXAMPLES / "math.ipynb")):
            subprocess.run([sys.executable, __file__, *filter(None, [name])], check=True)
        return
    from gba_jupyter.demo import _shell

    tape, cells = HELLO, CELLS
    if notebook:
        path = Path(notebook).absolute()
        tape = path.with_suffix(".jsonl")
        content = json.loads(path.read_text(encoding="utf-8"))["cells"]
        cells = ["".join(c["source"]) for c in content if c["cell_type"] == "code"]
        os.chdir(path.parent)
        sys.path.insert(0, str(path.parent))
    shell = _shell()
    tape.unlink(missing_ok=True)
    os.environ.pop("GBA_TAPE", None)
    # `%gba serve`: the servers of whoever runs this are not to be on the tape.
    before = ["%load_ext gba_jupyter", "%gba serve", f"%gba record {tape}"]
    for cell in [*before, *cells, "%gba record off", "%unload_ext gba_jupyter"]:
        if not shell.run_cell(cell).success:
            sys.exit(f"this cell failed:\n{cell}")


if __name__ == "__main__":
    main(*sys.argv[1:])
