"""Run an example notebook in a terminal, cell by cell, with its output as it comes."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from .errors import GbaError, OptionError


def examples_folder() -> Path:
    """Where the examples are: beside the package in a checkout, inside it when installed.

    Raises:
        OptionError: they are in neither place.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "examples", package.parent / "examples"):
        if (folder / "agent.ipynb").is_file():
            return folder
    raise OptionError(
        "The examples are not installed.", "Run the demo in a clone of the repository."
    )


def run_notebook(path: Path, out: TextIO = sys.stdout) -> bool:
    """Execute a notebook's cells in an IPython shell of this process, in the notebook's folder.

    On a machine without any server the tape beside the notebook answers, if there is one.

    Returns:
        Whether all cells succeeded; the first that fails ends the run.
    """
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    codes = [c for c in cells if c["cell_type"] == "code"]
    number = 0
    with _in(path.parent), _as_notebook(path):
        shell = _shell()
        for cell in cells:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                out.write(f"\n{source}\n")
                continue
            number += 1
            out.write(f"\n── cell {number} of {len(codes)} ──\n{_quoted(source)}\n\n")
            out.flush()
            started = time.monotonic()
            result = shell.run_cell(source, store_history=False)
            out.write(f"   ({time.monotonic() - started:.1f} s)\n")
            if not result.success:
                return False
    return True


def _quoted(source: str) -> str:
    return "\n".join(f"  | {line}" for line in source.splitlines())


def _shell() -> Any:
    from IPython.terminal.interactiveshell import TerminalInteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False  # a demo leaves no trace in the user's history
    config.TerminalInteractiveShell.simple_prompt = True
    config.TerminalInteractiveShell.colors = "nocolor"
    make: Any = TerminalInteractiveShell  # untyped in IPython
    return make(config=config)


@contextmanager
def _as_notebook(path: Path) -> Iterator[None]:
    """Tell, as Jupyter does, which notebook it is."""
    before = os.environ.get("JPY_SESSION_NAME")
    os.environ["JPY_SESSION_NAME"] = str(path.absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ["JPY_SESSION_NAME"]
        else:
            os.environ["JPY_SESSION_NAME"] = before


@contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        sys.path.remove(str(folder))


def run_demo(out: TextIO = sys.stdout) -> int:
    """The demo of the command line; returns its exit status."""
    try:
        notebook = examples_folder() / "agent.ipynb"
    except GbaError as error:
        out.write(f"{error}\n")
        return 1
    started = time.monotonic()
    done = run_notebook(notebook, out)
    out.write(f"\n{'Done' if done else 'Stopped at the cell above'}")
    out.write(f" after {time.monotonic() - started:.1f} s. Open it in JupyterLab:\n\n")
    out.write(
        "    uv run --extra local --with jupyterlab jupyter lab examples/agent.ipynb\n\n"
        "The embedded model is tiny: the grammar makes each of its calls valid, not wise.\n"
        "`gba-jupyter models` lists larger ones and how to serve them.\n"
    )
    return 0 if done else 1
