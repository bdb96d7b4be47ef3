"""`environment.yml`, `pyproject.toml` and the layout say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_conda_and_pip_ask_for_the_same():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    packages = {p for p in conda if isinstance(p, str)}
    assert set(PROJECT["dependencies"]) <= packages
    assert f"python{PROJECT['requires-python']}" in packages
    names = {re.split("[<>=]", p)[0] for p in packages}
    core = {re.split("[<>=]", p)[0] for p in PROJECT["dependencies"]}
    assert names - core == {"python", "jupyterlab", "llama.cpp", "pip"}


def test_every_dependency_has_a_lower_bound():
    for extra in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()):
        assert all(">=" in requirement for requirement in extra)


def test_the_top_level_holds_what_it_should():
    found = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}
    assert {"gba_jupyter", "examples", "tests", "environment.yml", "pyproject.toml"} <= found
    assert {"README.md", "LICENSE"} <= found
