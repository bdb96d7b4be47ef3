"""A real ipykernel, the real server, and a cache that a test can break."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from kernels import Kernel, processes_of

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
def own_cache(own_cache: Path) -> Iterator[Path]:
    """The cache of all tiers; what a failed test left running there is ended."""
    yield own_cache
    for process in processes_of(own_cache):
        process.kill()
