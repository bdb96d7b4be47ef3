"""The catalogue, and what we read from a GGUF file."""

import struct
from pathlib import Path

import pytest

from gba_jupyter.errors import ModelError
from gba_jupyter.llama import gguf, models


def write_gguf(path: Path, *, context: int | None = None, size: int = 0) -> Path:
    """A file with a GGUF header, a string, an array of strings and perhaps a context length."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    pairs = [
        text("general.name") + struct.pack("<I", 8) + text("tiny"),
        text("tags") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("bc"),
        text("numbers") + struct.pack("<IIQ", 9, 5, 3) + bytes(12),
        text("flag") + struct.pack("<I", 7) + b"\1",
    ]
    if context is not None:
        pairs.append(text("llama.context_length") + struct.pack("<II", 4, context))
    data = b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + b"".join(pairs)
    path.write_bytes(data.ljust(size, b"\0"))
    return path


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("SmolLM2-135M-Instruct", models.CATALOGUE[models.DEFAULT].source),
        ("hf:o/r/deep/f.gguf", models.HubSource("o/r", "deep/f.gguf")),
        ("/m/a.gguf", models.FileSource(Path("/m/a.gguf"))),
        ("a.GGUF", models.FileSource(Path.cwd() / "a.GGUF")),
        ("./llama-2-70b-chat", models.FileSource(Path.cwd() / "llama-2-70b-chat")),
    ],
)
def test_a_model_is_named_in_three_ways(text, source):
    assert models.source_of(text) == source


@pytest.mark.parametrize("name", ["smollm2", "smolm2-135m-instruct", "SmolLM2-135M"])
def test_a_misspelt_name_is_guessed(name):
    with pytest.raises(ModelError) as caught:
        models.source_of(name)
    assert "Did you mean smollm2-135m-instruct?" in caught.value.fix


def test_a_name_like_nothing_gets_the_list():
    with pytest.raises(ModelError) as caught:
        models.lookup("zzz")
    assert "Did you mean" not in caught.value.fix
    assert all(name in caught.value.fix for name in models.CATALOGUE)


@pytest.mark.parametrize("text", ["hf:", "hf:repo/file.gguf", "hf:o//f.gguf"])
def test_half_a_hub_address_is_refused(text):
    with pytest.raises(ModelError, match="does not name a file"):
        models.source_of(text)


@pytest.mark.parametrize(
    ("name", "port", "layers", "role"),
    [("llama-2-70b-chat", 8080, 83, "agent"), ("codellama-7b-instruct", 8088, 99, "math")],
)
def test_the_originals_models_come_with_their_commands(name, port, layers, role):
    text = models.describe(name)
    command, docker = (
        line for line in text.splitlines() if "--n-gpu-layers" in line and "--m" in line
    )
    for line in (command, docker):
        assert f"--port {port}" in line
        assert f"--n-gpu-layers {layers}" in line
        assert models.CATALOGUE[name].file in line
    assert "docker run --rm --gpus all" in docker
    assert f"--publish 127.0.0.1:{port}:{port}" in docker
    assert '--volume "$PWD/models:/models"' in docker
    assert models.CUDA_IMAGE in docker
    assert f"%gba connect {role} http://localhost:{port}" in text


def test_the_default_model_is_served_by_the_magic():
    text = models.describe(models.DEFAULT)
    assert "%gba serve" in text
    assert "hf download" not in text
    assert "Apache-2.0" in text


def test_the_catalogue_has_a_line_for_each():
    assert len(models.catalogue_text().splitlines()) == len(models.CATALOGUE)


def test_a_model_is_shown_by_its_short_name():
    assert models.name_of(models.DEFAULT) == models.DEFAULT
    assert models.name_of("hf:TheBloke/Llama-2-70B-Chat-GGUF/llama-2-70b-chat.Q4_0.gguf") == (
        "llama-2-70b-chat"
    )
    assert models.name_of("hf:o/r/x.gguf") == "x.gguf"
    assert models.name_of(Path("/m/a.gguf")) == "a.gguf"


@pytest.mark.parametrize("context", [2048, None])
def test_the_trained_context_is_read_from_the_file(tmp_path, context):
    assert gguf.context_length(write_gguf(tmp_path / "m.gguf", context=context)) == (context or 0)


@pytest.mark.parametrize("keep", [5, 24, 30, 70, 100])
def test_a_cut_header_gives_no_context_and_no_traceback(tmp_path, keep):
    path = write_gguf(tmp_path / "m.gguf", context=2048)
    path.write_bytes(path.read_bytes()[:keep])
    assert gguf.context_length(path) == 0


@pytest.mark.parametrize("junk", [b"\xff" * 400, b"GGUF" + b"\xff" * 400, b""])
def test_junk_gives_no_context_and_no_traceback(tmp_path, junk):
    path = tmp_path / "m.gguf"
    path.write_bytes(junk)
    assert gguf.context_length(path) == 0
