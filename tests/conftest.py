"""What all tiers share: the real embedded server, started once for the whole run.

Tiers by folder, cheapest first: ``unit`` (no server), ``live`` (this process against the real
server), ``kernel`` (a real kernel), ``browser`` (JupyterLab in Chromium).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from front import Front

from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.download import fetch
from gba_jupyter.llama.embedded import EmbeddedServer, serve


@pytest.fixture(scope="session")
def embedded() -> Iterator[EmbeddedServer]:
    """The embedded server with the default model."""
    shown = ""

    def report(stage: str, done: int, total: int) -> None:
        nonlocal shown
        if stage != shown:
            shown = stage
            print(f"[server] {stage}", file=sys.stderr)

    with serve(on_progress=report) as server:
        yield server


@pytest.fixture
def server(embedded: EmbeddedServer) -> Iterator[LlamaServer]:
    """A client of the embedded server."""
    client = LlamaServer(embedded.url, embedded.api_key)
    client.connect()
    yield client
    client.close()


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own, with the model in it, so that its server is its own too."""
    model = fetch()
    folder = tmp_path / "cache" / "models"
    folder.mkdir(parents=True)
    for name in (model.name, model.name + ".checked"):
        try:
            os.link(model.with_name(name), folder / name)
        except OSError:  # another file system
            (folder / name).symlink_to(model.with_name(name))
    monkeypatch.setenv("GBA_CACHE_DIR", str(folder.parent))
    return folder.parent


@pytest.fixture(autouse=True)
def no_servers_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have servers of their own on the default ports."""
    for name in ("GBA_AGENT_URL", "GBA_MATH_URL", "GBA_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def front(embedded: EmbeddedServer) -> Iterator[Front]:
    front = Front(embedded.url, embedded.api_key)
    threading.Thread(target=front.serve_forever, daemon=True).start()
    yield front
    front.quit.set()
    front.shutdown()
    front.server_close()
