"""Files that the user names: odd names, and writing that leaves no halves behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gba_jupyter import errors, files
from gba_jupyter.commands import run
from gba_jupyter.events import Answered, RunStarted
from gba_jupyter.session import Session


@pytest.mark.parametrize("name", ["a\0b", "\0", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_said(name: str):
    with pytest.raises(errors.OptionError, match="No file can be named"):
        files.path_of(name)


def test_the_folder_of_nobody_is_a_folder_that_is_not_there():
    assert files.path_of("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")
    assert files.path_of("~/x") == Path.home() / "x"


@pytest.mark.parametrize(
    "line",
    [
        "open ~nobody-of-that-name/x.ipynb",
        "open a\0b.ipynb",
        "export ~nobody-of-that-name/x.md",
        "export a\0b.md",
        "record ~nobody-of-that-name/x",
        "record a\0b",
        "replay ~nobody-of-that-name/x",
        "replay a\0b",
        "set store=a\0b",
        "serve ~nobody-of-that-name/x.gguf",
        "serve ./a\0b.gguf",
    ],
)
def test_every_command_says_so_in_words(line: str):
    session = Session()
    session.history.append((RunStarted("agent", "q", "m", "u"), Answered("a")))
    with pytest.raises(errors.GbaError) as caught:
        run(session, line.split(" "), lambda _: None)
    assert caught.value.fix


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path):
    path = tmp_path / "a.md"
    files.write_whole(path, "one", replace=False)
    with pytest.raises(FileExistsError):
        files.write_whole(path, "two", replace=False)
    files.write_whole(path, "two", replace=True)
    with pytest.raises(UnicodeEncodeError):
        files.write_whole(path, "thr\ud800ee", replace=True)
    assert path.read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_permissions_stay(tmp_path: Path):
    path, link = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("one")
    path.chmod(0o640)
    link.symlink_to(path)
    files.write_whole(link, "two", replace=True)
    assert link.is_symlink() and path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o640
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(FileExistsError):
        files.write_whole(loop, "two", replace=False)
    with pytest.raises(IsADirectoryError):
        files.write_whole(tmp_path, "two", replace=True)


def test_a_disk_that_is_full_does_not_cost_the_old_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    session = Session()
    session.history.append((RunStarted("agent", "q", "m", "u"), Answered("a")))
    path = tmp_path / "a.md"
    run(session, ["export", str(path)], lambda _: None)
    before = path.read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copymode", full)
    with pytest.raises(errors.OptionError, match="No space left"):
        run(session, ["export", str(path), "--force"], lambda _: None)
    assert path.read_text() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]
