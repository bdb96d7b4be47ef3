"""Tapes: what is written, what is read, what is matched, and that no key is ever on one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from gba_jupyter import errors
from gba_jupyter import events as e
from gba_jupyter.cassettes import record, replay, server, stop_recording, stop_replaying
from gba_jupyter.llama.carrier import Refused
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import CompletionRequest, Sampling
from gba_jupyter.llama.recording import Recording
from gba_jupyter.llama.replaying import Replaying
from gba_jupyter.llama.tape import Entry, Tape, digest_of, is_tape, read
from gba_jupyter.llama.tape_writer import TapeWriter
from gba_jupyter.servers import Role, Servers

HELLO = Path(__file__).parents[1] / "tapes" / "hello.jsonl"
URL = "http://127.0.0.1:1"
KEY = 'sk-"geheim"-0123'
BODY = {"prompt": [1, 2, 3], "temperature": 0.0, "id_slot": 1, "cache_prompt": True}
EVENTS = ['{"content":"a","tokens":[7]}', '{"content":"","stop":true}']


class Said:
    """A server: says what it is told to."""

    def __init__(self, text: str = "{}", events: list[str] | None = None) -> None:
        self.text, self.data = text, EVENTS if events is None else events
        self.fault: Exception | None = None

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        if self.fault:
            raise self.fault
        return self.text

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        for data in self.data:
            yield data
        if self.fault:
            raise self.fault

    async def aclose(self) -> None:
        pass


class Clock:
    """Time that passes only when somebody sleeps, or by a tick each time that it is read."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 100.0, tick
        self.slept: list[float] = []

    def __call__(self) -> float:
        self.now += self.tick
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def entry(body: Any = BODY, path: str = "/completion", **more: Any) -> Entry:
    if "answer" not in more and "events" not in more:
        more["events"] = tuple((0.5 * i, json.loads(data)) for i, data in enumerate(EVENTS))
    return Entry(URL, "POST", path, body, digest_of("POST", path, body), **more)


def tape_of(*entries: Entry) -> Tape:
    return Tape(Path("t.jsonl"), entries, {})


async def all_of(stream: AsyncGenerator[str, None]) -> list[str]:
    async with aclosing(stream) as items:
        return [item async for item in items]


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


def test_an_answer_that_stays_the_same_is_written_once(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    props = {"path": "/props", "body": None}
    for answer in ({"n": 1}, {"n": 1}, {"n": 2}, {"n": 1}):
        tape.write(entry(**props, answer=answer))
    tape.write(entry())
    tape.write(entry())
    assert [e.answer for e in read(tmp_path / "t").entries] == [
        {"n": 1}, {"n": 2}, {"n": 1}, None, None,
    ]  # fmt: skip


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
        ('H\n{"server": "x", "method": "GET", "path": "/x"}\n', "Line 2 .* damaged"),
        ('H\n{"server": "x", "method": "GET", "path": "/x", "answer": 7}\n', "Line 2"),
        ('H\n{"server": "x", "method": "GET", "path": "/x", "events": [[1]]}\n', "Line 2"),
        ('H\n{"server": "x", "method": "GET", "path": "/x", "events": [["a", {}]]}\n', "Line 2"),
        ('H\n{"server": "x", "method": "GET", "path": "/x", "events": [], "ended": 1}\n', "Line 2"),
        ('H\n{"server": "x", "method": "GET", "path": "/x", "events": [[1e999, {}]]}\n', "Line 2"),
    ],
)
def test_what_is_no_tape_is_said_with_its_line(tmp_path: Path, text: str, what: str):
    path = tmp_path / "t"
    text = text.replace("H", '{"format": "gba_jupyter tape", "version": 1}')
    path.write_text(text.replace("E", json.dumps(entry().to_json())))
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
    again = TapeWriter(path)
    assert again.kept == tmp_path / "t.jsonl~"
    assert len(read(again.kept).entries) == 1
    assert is_tape(path) and not read(path).entries
    with pytest.raises(errors.OptionError, match="cannot be written"):
        TapeWriter(tmp_path / "no" / "t")
    with pytest.raises(errors.OptionError, match="cannot be read"):
        read(tmp_path / "none")


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


async def test_folders_and_other_peoples_prompts_are_not_recorded(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    server = Said('{"model_path": "/home/ada/m.gguf", "total_slots": 2}')
    recording = Recording(server, tape, URL, "")
    await recording.ask("GET", "/props", None, 1)
    server.text = '[{"id": 0, "n_ctx": 9, "is_processing": true, "prompt": "private"}]'
    await recording.ask("GET", "/slots", None, 1)
    props, slots = read(tape.path).entries
    assert props.answer == {"model_path": "m.gguf", "total_slots": 2}
    assert slots.answer == [{"id": 0, "n_ctx": 9, "is_processing": True}]


# -- replaying -----------------------------------------------------------------------------


@pytest.mark.parametrize(("speed", "slept"), [(1, [0.0, 0.5]), (2, [0.0, 0.25]), (0, [0.0, 0.0])])
async def test_the_pace_is_the_recorded_one_times_the_speed(speed: float, slept: list[float]):
    clock = Clock()
    player = Replaying(tape_of(entry()), [URL], speed, clock, clock.sleep)
    assert [json.loads(d) for d in await all_of(player.stream("/completion", BODY, ""))] == [
        json.loads(data) for data in EVENTS
    ]
    assert clock.slept == slept


async def test_a_slow_reader_is_not_waited_for_twice():
    clock = Clock()
    player = Replaying(tape_of(entry()), [URL], 1, clock, clock.sleep)
    async for _ in player.stream("/completion", BODY, ""):
        clock.now += 0.4
    assert clock.slept == [0.0, 0.1]


async def test_the_order_of_keys_and_what_changes_nothing_do_not_matter():
    asked = {"cache_prompt": False, "id_slot": 7, "temperature": 0.0, "prompt": [1, 2, 3]}
    player = Replaying(tape_of(entry()), [URL], 0)
    assert await all_of(player.stream("/completion", asked, ""))


async def test_answers_come_in_order_and_the_last_repeats():
    props = {"path": "/props", "body": None}
    player = Replaying(tape_of(*(entry(**props, answer={"n": n}) for n in (1, 2))), [URL], 0)
    got = [json.loads(await player.ask("POST", "/props", None, 1))["n"] for _ in range(4)]
    assert got == [1, 2, 2, 2]


async def test_what_a_reader_stopped_gives_way_to_the_whole():
    stopped = entry(events=(), ended="stopped")
    player = Replaying(tape_of(stopped, entry()), [URL], 0)
    assert len(await all_of(player.stream("/completion", BODY, ""))) == 2
    player = Replaying(tape_of(stopped), [URL], 0)
    assert not await all_of(player.stream("/completion", BODY, ""))


async def test_a_stream_that_broke_breaks_again():
    broken = entry(events=((0.0, {"content": "a", "tokens": [1]}),), ended="broken")
    request = CompletionRequest((1, 2), 4, sampling=Sampling())
    props = Entry(
        URL, "GET", "/props", None, digest_of("GET", "/props", None), answer={"total_slots": 1}
    )
    body = request.to_json()
    digest = digest_of("POST", "/completion", body)
    broken = Entry(URL, "POST", "/completion", body, digest, events=broken.events, ended="broken")
    server = LlamaServer(URL, carrier=Replaying(tape_of(props, broken), [URL], 0))
    with pytest.raises(errors.StreamBroken):
        await server.acomplete(request)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (BODY | {"temperature": 0.5}, "line 4, has temperature 0.0 for 0.5"),
        (BODY | {"grammar": "root ::= 'b'"}, "has another grammar"),
        (BODY | {"n_probs": 5}, "has n_probs none for 5"),
        (BODY | {"prompt": [1, 2, 9]}, "has another prompt after 2 tokens"),
        (BODY | {"prompt": [8]}, "has another prompt after 0 tokens"),
    ],
)
async def test_the_nearest_completion_is_named_and_how_it_differs(asked: Any, said: str):
    tape = tape_of(
        entry(BODY | {"prompt": [5, 6]}, line=3, prompt="other"), entry(line=4, prompt="hi")
    )
    if asked["prompt"] == [8]:
        tape = tape_of(tape.entries[1])
    with pytest.raises(errors.TapeError) as caught:
        await all_of(Replaying(tape, [URL], 0).stream("/completion", asked, "What is 2 + 2?"))
    assert said in caught.value.what
    assert "after 'What is 2 + 2?'" in caught.value.what
    assert "%gba replay off" in caught.value.fix
    assert isinstance(caught.value, errors.ServerError)  # so the run ends as failed


async def test_the_nearest_text_is_named_where_it_differs():
    texts = ["You are an agent.", "Here is the request: What's 17 times 23?" + " Think." * 40]
    tape = tape_of(
        *(
            entry({"content": text}, "/tokenize", answer={"tokens": []}, line=i)
            for i, text in enumerate(texts, 2)
        )
    )
    asked = {"content": "\n" + texts[1].replace("17", "18")}
    with pytest.raises(errors.TapeError) as caught:
        await Replaying(tape, [URL], 0).ask("POST", "/tokenize", asked, 1)
    assert "What's 18 times" in caught.value.what
    assert "on line 3, is" in caught.value.what and "What's 17 times" in caught.value.what
    with pytest.raises(errors.TapeError, match="nothing like it"):
        await Replaying(tape, [URL], 0).ask("GET", "/slots", None, 1)


async def test_a_conversation_of_another_length_is_said_so():
    def turns(*roles: str) -> Any:
        return {"messages": [{"role": r, "content": f"gbamark{i}x"} for i, r in enumerate(roles)]}

    recorded = entry(turns("system", "user"), "/apply-template", answer={}, line=7)
    player = Replaying(tape_of(recorded), [URL], 0)
    with pytest.raises(errors.TapeError) as caught:
        await player.ask("POST", "/apply-template", turns("system", "user", "assistant"), 1)
    assert "of 'system user assistant'; the nearest, on line 7, is 'system user'." in str(
        caught.value
    )
    assert "%gba reset" in caught.value.fix


async def test_a_stop_comes_through_at_once():
    player = Replaying(tape_of(entry(path="/x", body=None, answer={}, seconds=600)), [URL])
    task = asyncio.ensure_future(player.ask("POST", "/x", None, 1))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 1)


# -- the session's servers -----------------------------------------------------------------


def test_roles_with_servers_of_their_own_hear_only_those(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    other = "http://127.0.0.1:2"
    for url, model in ((URL, "a.gguf"), (other, "m.gguf")):
        digest = digest_of("GET", "/props", None)
        tape.write(Entry(url, "GET", "/props", None, digest, answer={"model_path": model}))
    tape.role("agent", URL)
    tape.role("math", other)
    servers = Servers()
    replay(servers, tape.path, 0)
    heard = {name: role.server.props().model for name, role in servers.roles.items() if role.server}
    assert heard == {"agent": "a.gguf", "math": "m.gguf"}


def test_recording_and_replaying_do_not_mix_and_end_where_they_began(tmp_path: Path):
    servers = Servers()
    before = dict(servers.roles)
    record(servers, tmp_path / "t")
    for job in (
        lambda: record(servers, tmp_path / "u"),
        lambda: replay(servers, HELLO),
        lambda: stop_replaying(servers),
    ):
        with pytest.raises(errors.OptionError):
            job()
    assert stop_recording(servers).count == 0
    with pytest.raises(errors.TapeError, match="no request"):
        replay(servers, tmp_path / "t")
    assert servers.roles == before
    replay(servers, HELLO)
    replay(servers, HELLO, 2)
    for job in (
        lambda: record(servers, tmp_path / "v"),
        lambda: stop_recording(servers),
        lambda: servers.serve(),
        lambda: servers.connect("agent", URL),
    ):
        with pytest.raises(errors.OptionError):
            job()
    assert not (tmp_path / "v").exists()
    stop_replaying(servers)
    assert servers.roles == before


def test_a_server_made_before_the_recording_is_recorded_and_asked_anew(tmp_path: Path):
    servers = Servers()
    client = LlamaServer(URL, "none", carrier=Said('{"total_slots": 1}'))
    client.props()
    servers.roles["agent"] = Role(URL, "none", True, client)
    tape = record(servers, tmp_path / "t")
    client.props()
    stop_recording(servers)
    client.props()
    assert [e.path for e in read(tape.path).entries] == ["/props"]


def test_where_nothing_else_is_there_the_tape_of_the_environment_answers(
    monkeypatch: pytest.MonkeyPatch,
):
    def nothing(role: str, tell: e.OnEvent) -> LlamaServer:
        raise errors.ServerStartError("There is no llama.cpp server on this machine.", "Get one.")

    servers = Servers()
    found = servers._found
    monkeypatch.setattr(servers, "_found", lambda *a: found(*a) if servers.lent else nothing(*a))
    with pytest.raises(errors.ServerStartError):
        server(servers, "agent", lambda _: None)
    monkeypatch.setenv("GBA_TAPE", str(HELLO))
    told: list[e.Event] = []
    assert server(servers, "agent", told.append).health() == "ok"
    assert told == [e.Notice("No server is at hand, so the tape hello.jsonl answers.")]
