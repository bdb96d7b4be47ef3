"""The command line: the demo on the real notebook, and the doctor."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from gba_jupyter import cli, demo


def gba(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gba_jupyter.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=280,
    )


def test_the_demo_runs_the_example_step_by_step(embedded):
    done = gba("demo")
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("cell 9 of 9", "[step 1: reasoning]", "root ::= ", "[answer]", "jupyter lab"):
        assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_cell_that_fails_ends_the_demo(tmp_path: Path):
    notebook = tmp_path / "bad.ipynb"
    notebook.write_text(
        '{"cells": [{"cell_type": "code", "source": ["%load_ext gba_jupyter"]},'
        ' {"cell_type": "code", "source": ["%agent --nope"]},'
        ' {"cell_type": "code", "source": ["never = 1"]}]}'
    )
    out = StringIO()
    assert demo.run_notebook(notebook, out) is False
    assert "cell 2 of 3" in out.getvalue()
    assert "cell 3 of 3" not in out.getvalue()


def test_the_doctor_finds_what_is_there(embedded, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "ok  Python" in said
    assert embedded.url in said
    assert embedded.api_key not in said


def test_models_and_mistakes(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["models", "llama-2-70b-chat"]) == 0
    assert "--n-gpu-layers 83" in capsys.readouterr().out
    assert cli.main(["models", "nope"]) == 1
    assert "ModelError: " in capsys.readouterr().err
    assert cli.main(["serve", "no/such/file.gguf"]) == 1
    assert "no/such/file.gguf" in capsys.readouterr().err


def test_serve_serves_until_it_is_stopped():
    import signal

    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "gba_jupyter.cli", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C ends it" in line:
            break
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
