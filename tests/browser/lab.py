"""JupyterLab and Debian's Chromium, as few words as a test needs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Locator, Page

START = 240  # seconds for JupyterLab to come up; a bound for a busy machine
CELL = 120_000  # milliseconds for a cell; a bound for CI, never a measurement

_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # Every cell is in the page, also when it is scrolled out of sight, and all of its outputs.
    "notebook-extension/tracker": {"windowingMode": "none", "maxNumberOutputs": 9999},
}
_READY = """() => {
    const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = session?.session?.kernel;
    return session?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""


_OPEN = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.content?.model?.cells?.length && !document.querySelector('dialog.jp-Dialog');
}"""


class Lab:
    """A JupyterLab of its own folder; a context manager that ends it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "notebooks"
        self.root.mkdir()
        self._log = folder / "lab.log"
        own = {
            name: str(folder / name.lower())
            for name in (
                *("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"),
                *("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"),
            )
        }
        for name, values in _SETTINGS.items():
            path = Path(
                own["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab", f"{name}.jupyterlab-settings"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), "utf-8")
        users = {"GBA_AGENT_URL", "GBA_MATH_URL", "GBA_API_KEY"}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                    *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
                    *("--IdentityProvider.token=", f"--ServerApp.root_dir={self.root}"),
                    "--LabApp.expose_app_in_browser=True",
                    "--KernelManager.transport=ipc",
                ],
                cwd=folder,
                env={k: v for k, v in os.environ.items() if k not in users} | own,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Lab:
        end = time.monotonic() + START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise AssertionError(f"JupyterLab did not come up: {self._log.read_text()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/status", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def write(self, name: str, *sources: str) -> str:
        """Make a notebook with these cells; its name."""
        empty: dict[str, Any] = {"execution_count": None, "metadata": {}, "outputs": []}
        cells = [
            {"cell_type": "code", "id": f"cell-{number}", "source": source, **empty}
            for number, source in enumerate(sources)
        ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        book = {
            "cells": cells,
            "metadata": {"kernelspec": kernel},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (self.root / name).write_text(json.dumps(book), "utf-8")
        return name

    def give_away(self, name: str, copy: str) -> str:
        """A copy of a notebook as somebody else gets it: without a kernel, and not trusted."""
        book = json.loads((self.root / name).read_text("utf-8"))
        book["metadata"] = {
            "kernelspec": {"name": "elsewhere", "display_name": "Elsewhere", "language": "python"}
        }
        (self.root / copy).write_text(json.dumps(book), "utf-8")
        return copy

    def outputs(self, name: str) -> list[list[dict[str, Any]]]:
        """The outputs of each cell, as the file has them."""
        book = json.loads((self.root / name).read_text("utf-8"))
        return [cell["outputs"] for cell in book["cells"]]


class Notebook:
    """A notebook in a page of the browser."""

    def __init__(
        self, lab: Lab, context: BrowserContext, name: str, has_kernel: bool = True
    ) -> None:
        self._ready = _READY if has_kernel else _OPEN
        self.page: Page = context.new_page()
        self.page.set_default_timeout(CELL)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{lab.url}/doc/tree/{name}?reset")
        self._wait()
        # JupyterLab complains of this and that while it comes up; what comes later is ours.
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))

    def _wait(self) -> None:
        if self._ready == _OPEN:  # it asks for a kernel, and gets none
            self.page.locator("dialog.jp-Dialog select").select_option(label="No Kernel")
            self.page.locator("dialog.jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(self._ready)

    def command(self, name: str, **arguments: Any) -> Any:
        """Carry out a command of JupyterLab and wait for its end."""
        return self.page.evaluate(
            "([name, args]) => jupyterapp.commands.execute(name, args)", [name, arguments]
        )

    def start(self, command: str) -> None:
        """Begin a command; `finish` waits for its end."""
        self.page.evaluate(
            "name => { window.gbaRunning = jupyterapp.commands.execute(name); }", command
        )

    def finish(self) -> None:
        """Wait for the end of what `start` began."""
        self.page.evaluate("() => window.gbaRunning.then(() => null)")

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")

    def save(self) -> None:
        self.command("docmanager:save")

    def reload(self) -> None:
        self.page.reload()
        self._wait()

    def theme(self, name: str) -> None:
        """Change the theme and wait until its styles are there."""
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name"
            " && !document.getElementById('jupyterlab-splash')",
            arg=name,
        )

    def outputs(self, cell: int) -> Locator:
        """The outputs of a cell, counted from 0."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output")

    def screenshot(self, name: str) -> None:
        """Save what is to be seen, if GBA_SCREENSHOTS names a folder."""
        folder = os.environ.get("GBA_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder, f"{name}.png"))
