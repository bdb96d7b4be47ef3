"""A real ipykernel, the real server, and a cache that a test can break."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from kernels import Kernel, processes_of

from gba_jupyter.llama.download import fetch
from gba_jupyter.llama.embedded import EmbeddedServer


@pytest.fixture(scope="module")
def kernel(embedded: EmbeddedServer) -> Iterator[Kernel]:
    """A kernel with the extension loaded, that has joined the embedded server."""
    with Kernel() as kernel:
        kernel.do("%load_ext gba_jupyter")
        kernel.do("%gba serve")
        yield kernel


@pytest.fixture
def nothing_listens() -> None:
    """The default ports are free: only then is the embedded server used by itself."""
    for port in (8080, 8088):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                pytest.skip(f"a server of yours listens at port {port}")


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
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
    yield folder.parent
    for process in processes_of(folder.parent):  # when the test failed
        process.kill()
