"""JupyterLab and Chromium, started once for the module that needs them."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Lab
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from gba_jupyter.llama.embedded import EmbeddedServer

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def chromium() -> str:
    """Debian's Chromium; without it the tests are skipped, unless they must not be."""
    program = shutil.which("chromium")
    if program is None:
        why = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("GBA_REQUIRE_BROWSER") == "1":
            pytest.fail(why)
        pytest.skip(why)
    return program


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser. Not for longer than a module: Playwright's loop would be in others' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, high enough for a whole run."""
    context = browser.new_context(viewport={"width": 1200, "height": 1700})
    yield context
    context.close()


@pytest.fixture(scope="module")
def quiet_lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab for cells that ask no server."""
    with Lab(tmp_path_factory.mktemp("quiet")) as lab:
        yield lab


@pytest.fixture(scope="module")
def lab(
    chromium: str, embedded: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """JupyterLab; its kernels join the embedded server."""
    for port in (8080, 8088):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                pytest.skip(f"a server of yours listens at port {port}")
    folder: Path = tmp_path_factory.mktemp("lab")
    with Lab(folder) as lab:
        yield lab
