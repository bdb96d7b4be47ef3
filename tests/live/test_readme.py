"""What the README shows in Python works as it stands."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import gba_jupyter as gba

README = Path(__file__).parents[2] / "README.md"


def test_the_python_of_the_readme_runs(embedded):
    programs = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert programs
    names: dict[str, object] = {}
    for program in programs:
        with suppress(gba.errors.EvaluationError):  # the tiny model's program may fail
            exec(compile(program, str(README), "exec"), names)
