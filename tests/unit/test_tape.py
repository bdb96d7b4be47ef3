"""Tapes: what is written and what is read, and that neither keys nor folders are on one."""

from __future__ import annotations

import json
import os
import re
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from tape_parts import BODY, EVENTS, URL, Clock, Said, all_of, entry, tape_of

from gba_jupyter import errors
from gba_jupyter.llama import protocol
from gba_jupyter.llama.carrier import Refused
from gba_jupyter.llama.discretion import discreet
from gba_jupyter.llama.recording import Recording
from gba_jupyter.llama.replaying import Replaying
from gba_jupyter.llama.tape_reader import is_tape, read
from gba_jupyter.llama.tape_writer import TapeWriter

ROOT = Path(__file__).parents[2]
KEY = 'sk-"geheim"-0123'


# -- the file ------------------------------------------------------------------------------


def test_what_is_written_is_read_back(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    tape = TapeWriter(path)
    tape.role("agent", URL)
    tape.role("agent", URL)
    entries = (
        entry(prompt="<s> hi\u2028ä\ud800"),
        entry(path="/tokenize", body={"content": "x"}, answer={"tokens": [1]}, seconds=0.25),
        entry(path="/props", body=None, answer="<html>", status=502),
        entry(ended="stopped", events=()),
    )
    for one in entries:
        tape.write(one)
        assert read(path).entries[-1] == one  # at once, not at the end
    tape.close()
    got = read(path)
    assert got.entries == entries
    assert [one.line for one in got.entries] == [3, 4, 5, 6]
    assert got.servers == {"agent": (URL,)}
    first = json.loads(path.read_text().splitlines()[0])
    assert (first["format"], first["version"]) == ("gba_jupyter tape", 1)


def test_an_answer_that_stays_the_same_is_written_once_and_then_pointed_to(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    props = {"path": "/props", "body": None}
    told = [{"n": 1}, {"n": 1}, {"n": 1}, {"n": 2}, {"n": 1}]
    for seconds, answer in enumerate(told):
        tape.write(entry(**props, answer=answer, seconds=float(seconds)))
    tape.write(entry())
    tape.write(entry())
    got = read(tape.path).entries
    assert [e.answer for e in got] == [*told, None, None]
    assert [(e.seconds, e.line) for e in got[:5]] == [(float(i), i + 2) for i in range(5)]
    lines = tape.path.read_text().splitlines()
    assert [i for i, line in enumerate(lines) if "again" in line] == [2, 3]
    assert len(lines[2]) < 120


def test_completions_are_counted_without_the_proof_that_grammars_work(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    tape.write(entry(path="/props", body=None, answer={}))
    tape.write(entry({**BODY, "grammar": protocol.PROBE}))
    tape.write(entry())
    assert tape.completions == read(tape.path).completions == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not a tape: its line 1"),
        ("hello\n", "is not a tape: its line 1"),
        ('{"version": 1}\n', "is not a tape: its line 1"),
        ("[" * 100_000, "is not a tape: its line 1"),
        ('{"format": "gba_jupyter tape", "version": 2}\n', "Line 1 .* says version 2"),
        ('{"format": "gba_jupyter tape"}\n', "Line 1 .* says version None"),
        ("H\n\n", "Line 2 .* damaged"),
        ('H\n{"role": "agent"}\n', "Line 2 .* damaged"),
        ("H\nE\n{\n", "Line 3 .* damaged"),
        ("H\nE\n7\n", "Line 3 .* damaged"),
        ("H\n[]\n", "Line 2 .* damaged"),
        ('H\nE\n["role"]\n', "Line 3 .* damaged"),
        ('H\n"role"\n', "Line 2 .* damaged"),
        ('H\n{"server": "S", "method": "GET", "path": "/x"}\n', "Line 2 .* damaged"),
        ('H\n{"server": "S", "path": "/x", "answer": {}}\n', "Line 2 .* damaged"),
        ('H\n{"server": "S", "digest": "d", "again": true}\n', "Line 2 .* damaged"),
        ('H\n{"role": "agent", "server": "nonsense"}\n', "Line 2 .* names no server"),
        ('H\nE\n{"role": "agent", "server": "http://u:p@h"}\n', "Line 3 .* names no server"),
        ('H\n{"server": 7, "method": "GET", "path": "/x", "answer": {}}\n', "Line 2 .* no server"),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "answer": 7}\n', "Line 2"),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "events": [[1]]}\n', "Line 2"),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "events": [["a", {}]]}\n', "Line 2"),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "events": [], "ended": 1}\n', "Line 2"),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "events": [[1e999, {}]]}\n', "Line 2"),
        (
            'H\n{"server": "S", "method": "GET", "path": "/x", "answer": {}, "status": Infinity}\n',
            "2",
        ),
        (
            'H\n{"server": "S", "method": "GET", "path": "/x", "answer": {}, "status": 7}\n',
            "Line 2",
        ),
        ('H\n{"server": "S", "method": "GET", "path": "/x", "answer": {}, "seconds": 1N}\n', "2"),
    ],
)
def test_what_is_no_tape_is_said_with_its_line(tmp_path: Path, text: str, what: str):
    path = tmp_path / "t"
    text = text.replace("H\n", '{"format": "gba_jupyter tape", "version": 1}\n')
    text = text.replace('"S"', f'"{URL}"').replace("1N", "1" + 400 * "0")
    path.write_text(re.sub(r"\bE\b", lambda _: json.dumps(entry().to_json()), text))
    with pytest.raises(errors.TapeError, match=what) as caught:
        read(path)
    assert caught.value.fix.endswith(".")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(errors.TapeError, match="is not a tape"):
        read(path)


def test_a_line_that_a_crash_cut_off_is_left_out(tmp_path: Path):
    path = tmp_path / "t"
    tape = TapeWriter(path)
    tape.write(entry())
    tape.write(entry())
    path.write_bytes(path.read_bytes()[:-9])
    assert len(read(path).entries) == 1


def test_only_a_tape_gives_way_to_a_tape_and_is_kept(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    path.write_text("my thesis")
    with pytest.raises(errors.OptionError, match="not a tape"):
        TapeWriter(path)
    assert path.read_text() == "my thesis"
    with pytest.raises(errors.OptionError):
        TapeWriter(tmp_path)
    path.write_text("")
    TapeWriter(path).write(entry())
    assert is_tape(path) and len(read(path).entries) == 1
    with pytest.raises(errors.OptionError, match="cannot be written"):
        TapeWriter(tmp_path / "no" / "t")
    with pytest.raises(errors.OptionError, match="cannot be read"):
        read(tmp_path / "none")


def test_what_was_there_is_kept_under_a_name_that_is_free(tmp_path: Path):
    path, beside = tmp_path / "t.jsonl", tmp_path / "t.jsonl~"
    beside.mkdir()  # whatever it is, it is not ours
    kept = []
    for n in (1, 2, 3):
        tape = TapeWriter(path)
        tape.write(entry(path="/props", body=None, answer={"n": n}))
        tape.close()
        kept.append(tape.kept)
    assert kept == [None, tmp_path / "t.jsonl~2", tmp_path / "t.jsonl~3"]
    assert [read(p).entries[0].answer for p in (*kept[1:], path)] == [{"n": n} for n in (1, 2, 3)]
    assert not list(beside.iterdir())


@pytest.mark.parametrize("job", ["rename", "open"])
def test_a_folder_that_cannot_be_written_to_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: str
):
    TapeWriter(tmp_path / "t").close()

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, job, refused)
    with pytest.raises(errors.OptionError, match="Permission denied"):
        TapeWriter(tmp_path / "t")


@pytest.mark.skipif(os.name == "nt", reason="other permissions there")
def test_nobody_else_may_read_a_tape(tmp_path: Path):
    before = os.umask(0)
    try:
        TapeWriter(tmp_path / "t").close()
    finally:
        os.umask(before)
    assert (tmp_path / "t").stat().st_mode & 0o777 == 0o600


def test_only_plain_files_of_some_size_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    TapeWriter(tmp_path / "t").close()
    monkeypatch.setattr("gba_jupyter.llama.tape_reader._MOST_BYTES", 10)
    with pytest.raises(errors.OptionError, match="cannot be read: it has more than"):
        read(tmp_path / "t")
    with pytest.raises(errors.OptionError, match="no plain file"):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert not is_tape(tmp_path / "pipe")
        with pytest.raises(errors.OptionError, match="no plain file"):
            read(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
async def test_a_full_disk_is_said_by_the_next_request(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    tape._file.close()
    tape._file = open("/dev/full", "w")  # noqa: SIM115, ASYNC230
    recording = Recording(Said(), tape, URL, "")
    await recording.ask("GET", "/health", None, 1)
    with pytest.raises(errors.TapeError, match="No space"):
        await recording.ask("GET", "/health", None, 1)


# -- recording -----------------------------------------------------------------------------


async def test_timing_and_answers_are_recorded_and_passed_on(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    recording = Recording(Said('{"a": 1}'), tape, URL, "", Clock(tick=0.25))
    assert await recording.ask("GET", "/health", None, 1) == '{"a": 1}'
    assert await all_of(recording.stream("/completion", BODY, "hi")) == EVENTS
    health, completion = read(tape.path).entries
    assert (health.answer, health.seconds, health.path) == ({"a": 1}, 0.25, "/health")
    assert [at for at, _ in completion.events or ()] == [0.25, 0.5]
    assert (completion.prompt, completion.ended, completion.body) == ("hi", "whole", BODY)


async def test_refusals_stops_and_faults_are_recorded_as_they_were(tmp_path: Path):
    tape, server = TapeWriter(tmp_path / "t"), Said()
    recording = Recording(server, tape, URL, "")
    server.fault = Refused(400, '{"error": {"message": "no"}}')
    with pytest.raises(Refused):
        await recording.ask("POST", "/x", {}, 1)
    server.data = []
    with pytest.raises(Refused):
        await all_of(recording.stream("/completion", BODY, ""))
    server.fault, server.data = OSError("gone"), EVENTS[:1]
    with pytest.raises(OSError, match="gone"):
        await all_of(recording.stream("/completion", BODY, ""))
    with pytest.raises(OSError, match="gone"):
        await recording.ask("GET", "/health", None, 1)  # nothing was said
    for number in (1, 2):  # the reader leaves before the last event, and after it
        server.fault, server.data = None, EVENTS
        async with aclosing(recording.stream("/completion", BODY, "")) as items:
            for _ in range(number):
                await anext(items)
    entries = read(tape.path).entries
    assert [(e.status, e.ended) for e in entries] == [
        (400, "whole"), (400, "whole"), (200, "broken"), (200, "stopped"), (200, "whole"),
    ]  # fmt: skip
    player = Replaying(tape_of(entries[1]), [URL])
    with pytest.raises(Refused):
        await all_of(player.stream("/completion", BODY, ""))


async def test_the_key_is_never_on_the_tape(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    escaped = json.dumps(KEY)
    server = Said(
        f'{{"you sent": {escaped}}}',
        [f'{{"content": {escaped}}}', f"plain {KEY}", '{"stop": true}'],
    )
    recording = Recording(server, tape, URL, KEY)
    await recording.ask("POST", "/tokenize", {"content": f"key {KEY}"}, 1)
    body = BODY | {"grammar": f'root ::= "{KEY}"'}
    await all_of(recording.stream("/completion", body, f"the key is {KEY}"))
    server.fault = Refused(401, f"Bearer {KEY} is wrong")
    with pytest.raises(Refused):
        await recording.ask("GET", "/props", None, 1)
    data = tape.path.read_bytes()
    assert KEY.encode() not in data
    assert escaped[1:-1].encode() not in data
    assert b"geheim" not in data and b"Authorization" not in data
    player = Replaying(read(tape.path), [URL], 0)
    assert "***" in await player.ask("POST", "/tokenize", {"content": f"key {KEY}"}, 1)


async def test_a_short_key_is_blotted_out_where_it_is_one(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    server = Said('{"none": "is a plain word"}')
    recording = Recording(server, tape, URL, "none")
    await recording.ask("GET", "/health", None, 1)
    server.fault = Refused(401, "you sent Authorization: Bearer none")
    with pytest.raises(Refused):
        await recording.ask("GET", "/props", None, 1)
    health, props = read(tape.path).entries
    assert health.answer == {"none": "is a plain word"}
    assert props.answer == "you sent Authorization: ***"


PROPS = {
    "model_path": r"C:\Users\ada\m.gguf",
    "model_alias": "/home/ada/m.gguf",
    "total_slots": 2,
    "n_ctx": 7,
    "build_info": "b1",
    "chat_template": "{{ x }}</think>",
    "default_generation_settings": {"n_ctx": 9, "params": {"lora": [{"path": "/home/ada/a"}]}},
    "media_path": "/home/ada",
}
ADAPTERS = [{"id": 0, "path": "/root/a.gguf", "scale": 0.5, "task_name": "/tmp/x"}]


async def test_folders_and_other_peoples_prompts_are_not_recorded(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    server = Said()
    recording = Recording(server, tape, URL, "")
    slots = [{"id": 0, "n_ctx": 9, "is_processing": True, "prompt": "private"}, "odd"]
    for path, answer in (("/props", PROPS), ("/lora-adapters", ADAPTERS), ("/slots", slots)):
        server.text = json.dumps(answer)
        assert await recording.ask("GET", path, None, 1) == server.text  # told as it was
    server.data = [json.dumps({"stop": True, "model": "/home/ada/m.gguf", "prompt": "private"})]
    await all_of(recording.stream("/completion", BODY, ""))
    text = tape.path.read_text()
    assert not re.search(r"/home|/root|/tmp|Users|media|private", text)
    props, adapters, slots, completion = read(tape.path).entries
    assert slots.answer == [{"id": 0, "n_ctx": 9, "is_processing": True}, {}]
    assert adapters.answer == [{"id": 0, "path": "a.gguf", "scale": 0.5}]
    assert [said for _, said in completion.events or ()] == [{"stop": True}]
    # All that is read is there.
    assert protocol.props_from_json(props.answer) == protocol.props_from_json(PROPS)
    (kept,), (known,) = map(protocol.adapters_from_json, (adapters.answer, ADAPTERS))
    assert (kept.name, kept.scale) == (known.name, known.scale)


@pytest.mark.parametrize("answer", [None, 7, "x", [1, None], {"model_path": None}, {"n_ctx": []}])
def test_an_odd_answer_of_an_endpoint_is_no_fault(answer: Any):
    for path in ("/props", "/slots", "/lora-adapters", "/health"):
        discreet(path, answer)


async def test_why_a_server_refused_is_recorded_as_it_was(tmp_path: Path):
    tape, server = TapeWriter(tmp_path / "t"), Said()
    server.fault = Refused(503, '{"error": {"type": "unavailable_error"}}')
    with pytest.raises(Refused):
        await Recording(server, tape, URL, "").ask("GET", "/props", None, 1)
    assert read(tape.path).entries[0].answer == {"error": {"type": "unavailable_error"}}


def test_no_tape_that_we_ship_names_a_folder():
    tapes = [*ROOT.glob("tests/tapes/*.jsonl"), *ROOT.glob("examples/*.jsonl")]
    assert tapes
    for path in tapes:
        read(path)
        found = re.search(r"/home/|/tmp/|/root/|[A-Z]:\\+Users", path.read_text())
        assert not found, f"{path.name} holds {found}"
