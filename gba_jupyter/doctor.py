"""`gba-jupyter doctor`: what is there, what is missing, and the fix for each."""

from __future__ import annotations

import importlib.metadata
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import GbaError, ServerStartError, ServerUnreachable

_PACKAGES = ("ipython", "ipywidgets", "langchain", "httpx", "httpx-sse", "sympy", "psutil")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `fix` is empty when nothing needs to be done."""

    what: str
    found: str
    fix: str = ""
    needed: bool = True


def examine() -> Iterator[Finding]:
    """Look at everything that the extension rests on, one finding at a time."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Finding("Python", version, "Install Python 3.11 or later." if old else "")
    yield from map(_package, _PACKAGES)
    yield from _engines()
    yield from _servers()
    lab = _version("jupyterlab")
    yield Finding(
        "JupyterLab",
        lab or "not installed here",
        "" if lab else "uv run --extra local --with jupyterlab jupyter lab",
        needed=False,
    )


def _package(name: str) -> Finding:
    version = _version(name)
    return Finding(name, version or "missing", "" if version else f"pip install {name}")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _engines() -> Iterator[Finding]:
    from .llama import models
    from .llama.backend import find_backends
    from .llama.embedded import find_running
    from .llama.paths import models_dir

    try:
        yield Finding("embedded server", ", ".join(backend.kind for backend in find_backends()))
    except ServerStartError as error:
        yield Finding("embedded server", error.what, error.fix)
    default = models.lookup(models.DEFAULT)
    there = (models_dir() / default.file).is_file()
    size = f"{default.size / 1e6:.0f} MB"
    yield Finding("embedded model", default.title if there else f"fetched at first use, {size}")
    for server in find_running():
        users = f"used by {len(server.users)}" if server.users else "used by nobody"
        yield Finding("running", f"{server.model} at {server.url}, {users}; log {server.log_path}")


def _servers() -> Iterator[Finding]:
    from .llama.client import LlamaServer
    from .servers import roles_from

    for name, role in roles_from(os.environ).items():
        try:
            props = LlamaServer(role.url, role.api_key).connect(patience=5)
            yield Finding(f"{name} server", f"{role.url}: {props.model}")
        except ServerUnreachable as error:
            fix = error.fix if role.chosen else ""
            yield Finding(f"{name} server", f"nothing listens at {role.url}", fix, role.chosen)
        except GbaError as error:
            yield Finding(f"{name} server", error.what, error.fix, role.chosen)


def report() -> tuple[str, bool]:
    """The findings as text, and whether all that is needed is there."""
    lines: list[str] = []
    well = True
    for finding in examine():
        mark = "ok" if not finding.fix else ("--" if not finding.needed else "!!")
        well &= not (finding.fix and finding.needed)
        lines.append(f"{mark}  {finding.what:16} {finding.found}")
        if finding.fix:
            lines.append(f"{'':21}fix: {finding.fix}")
    return "\n".join(lines), well
