"""Replaying: what is matched, when, and in which order; and what it does to the servers."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tape_parts import BODY, EVENTS, HELLO, URL, Clock, Said, all_of, entry, tape_of

from gba_jupyter import errors
from gba_jupyter import events as e
from gba_jupyter.cassettes import record, replay, server, stop_recording, stop_replaying
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import PROBE, CompletionRequest, Sampling
from gba_jupyter.llama.replaying import Replaying
from gba_jupyter.llama.tape import Entry, digest_of
from gba_jupyter.llama.tape_reader import read
from gba_jupyter.llama.tape_writer import TapeWriter
from gba_jupyter.names import Names
from gba_jupyter.servers import Role, RoleName, Servers

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


async def test_what_was_asked_again_and_again_is_told_as_often(tmp_path: Path):
    tape = TapeWriter(tmp_path / "t")
    for model in "AAABA":
        tape.write(entry(path="/props", body=None, answer={"model": model}))
    player = Replaying(read(tape.path), [URL], 0)
    told = [json.loads(await player.ask("POST", "/props", None, 1))["model"] for _ in range(6)]
    assert "".join(told) == "AAABAA"


def run_of(number: int, *models: str) -> list[Entry]:
    """What a server is asked for a run: its properties, then a text and a completion."""
    digest = digest_of("GET", "/props", None)
    return [
        *(Entry(URL, "GET", "/props", None, digest, answer={"model_path": m}) for m in models),
        entry(path="/tokenize", body={"content": "x"}, answer={"tokens": [ord(models[-1])]}),
        entry(BODY | {"grammar": PROBE}),
        entry(BODY | {"seed": number}),
    ]


@pytest.mark.parametrize("asks", [1, 2, 5])
async def test_a_change_of_model_comes_where_it_came(asks: int):
    """However often a replay asks: the next milestone tells which model must answer by now."""
    tape = tape_of(
        *run_of(1, "A", "A", "A"), *run_of(2, "A"), *run_of(3, "B", "B"), *run_of(4, "A")
    )
    player = Replaying(tape, [URL], 0)
    told, tokens = "", []
    for number in (1, 2, 3, 4, 1):  # and then back to the beginning
        for _ in range(asks):
            told += json.loads(await player.ask("GET", "/props", None, 1))["model_path"]
        await all_of(player.stream("/completion", BODY | {"grammar": PROBE}, ""))
        tokens.append(json.loads(await player.ask("POST", "/tokenize", {"content": "x"}, 1)))
        await all_of(player.stream("/completion", BODY | {"seed": number}, ""))
    assert told == "".join(model * asks for model in "AABAA")
    assert [chr(each["tokens"][0]) for each in tokens] == [*"AABAA"]


async def test_a_run_that_is_replayed_again_sees_what_it_saw():
    tape = tape_of(*run_of(1, "A"), *run_of(2, "B"))
    player = Replaying(tape, [URL], 0)
    for number in (1, 2):
        await all_of(player.stream("/completion", BODY | {"seed": number}, ""))
    await all_of(player.stream("/completion", BODY | {"seed": 1}, ""))
    assert json.loads(await player.ask("GET", "/props", None, 1)) == {"model_path": "B"}


async def test_a_request_that_was_made_twice_is_answered_in_turn():
    tape = tape_of(entry(events=((0.0, {"n": 1}),)), entry(events=((0.0, {"n": 2}),)))
    player = Replaying(tape, [URL], 0)
    said = [json.loads((await all_of(player.stream("/completion", BODY, "")))[0]) for _ in "123"]
    assert [each["n"] for each in said] == [1, 2, 2]


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


async def test_a_tape_that_never_asked_for_adapters_has_none(tmp_path: Path):
    assert await LlamaServer(URL, carrier=Replaying(tape_of(), [URL], 0)).aadapters() == ()
    tape = TapeWriter(tmp_path / "t")
    client = LlamaServer(URL, carrier=Said("[]"))
    client.record(tape)
    tape._fault = "the disk is full"  # that is another matter
    with pytest.raises(errors.TapeError, match="disk is full"):
        await client.aadapters()


@pytest.mark.parametrize(
    "answer", [{"total_slots": "x"}, {"n_ctx": [1]}, {"default_generation_settings": 7}]
)
def test_an_answer_that_no_server_gives_is_a_fault_in_words(answer: Any):
    digest = digest_of("GET", "/props", None)
    tape = tape_of(Entry(URL, "GET", "/props", None, digest, answer=answer))
    with pytest.raises(errors.StreamBroken, match=r"not a llama\.cpp answer"):
        LlamaServer(URL, carrier=Replaying(tape, [URL], 0)).props()


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
    assert stop_recording(servers).completions == 0
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


class OnlyAgent(Servers):
    """The user's server answers for the agent; for mathematics there is none."""

    client = LlamaServer(URL, carrier=Said('{"status": "ok", "total_slots": 1}'))

    def _found(self, role: RoleName, tell: e.OnEvent) -> LlamaServer:
        if role in (self.lent or {}):
            return super()._found(role, tell)
        if role == "agent":
            return self.client
        raise errors.ServerStartError("There is no llama.cpp server on this machine.", "Get one.")


def test_the_tape_of_the_environment_takes_only_the_role_that_has_nothing(
    monkeypatch: pytest.MonkeyPatch,
):
    servers = OnlyAgent()
    before = dict(servers.roles)
    with pytest.raises(errors.ServerStartError):
        server(servers, "math", lambda _: None)
    monkeypatch.setenv("GBA_TAPE", str(HELLO))
    told: list[e.Event] = []
    assert server(servers, "math", told.append).health() == "ok"
    assert told == [e.Notice("No server is at hand, so the tape hello.jsonl answers for math.")]
    assert server(servers, "agent", told.append) is servers.client
    assert servers.roles["agent"] is before["agent"]
    with pytest.raises(errors.OptionError, match="for math"):
        servers.connect("math", URL)
    assert server(servers, "math", told.append) is servers.roles["math"].server
    assert len(told) == 1
    replay(servers, HELLO, 0)  # now the user wants it for both
    assert list(servers.lent or {}) == ["agent", "math"]
    stop_replaying(servers)
    assert servers.roles == before


def test_the_tape_beside_the_notebook_answers(tmp_path: Path):
    notebook = tmp_path / "talk.ipynb"
    beside = tmp_path / "talk.jsonl"
    beside.write_text('{"some": "data of mine"}\n')
    with pytest.raises(errors.ServerStartError):
        server(OnlyAgent(), "math", lambda _: None, notebook)
    beside.write_bytes(HELLO.read_bytes())
    told: list[e.Event] = []
    assert server(OnlyAgent(), "math", told.append, notebook).health() == "ok"
    assert "talk.jsonl" in repr(told)


@pytest.mark.parametrize(
    ("own", "told", "path"),
    [
        ("", "", None),
        ("", "{0}/a.ipynb", "{0}/a.ipynb"),
        ("", "sub/a.ipynb", "{cwd}/a.ipynb"),
        ("", "{0}/sub/a.ipynb", "{cwd}/a.ipynb"),  # told from another root
        ("", "{0}/console-1", None),
        ("{0}/b.ipynb", "{0}/a.ipynb", "{0}/b.ipynb"),
    ],
)
def test_the_notebook_is_known_where_the_front_end_tells(
    own: str, told: str, path: str | None, tmp_path: Path
):
    for name in "ab":
        (tmp_path / f"{name}.ipynb").touch()
    names = Names({"__vsc_ipynb_file__": own.format(tmp_path) if own else 7}, ())
    found = names.notebook({"JPY_SESSION_NAME": told.format(tmp_path)})
    assert found == (Path(path.format(tmp_path, cwd=Path.cwd())) if path else None)


def test_a_fault_of_a_tape_is_not_taken_for_a_dead_server(tmp_path: Path):
    servers = Servers()
    tape = record(servers, tmp_path / "t")
    tape._fault = "the disk is full"
    told: list[e.Event] = []
    with pytest.raises(errors.TapeError, match="disk is full"):
        server(servers, "agent", told.append)
    assert not told and servers.embedded is None


def test_a_tape_that_cannot_be_played_changes_nothing(tmp_path: Path):
    servers = Servers()
    before = dict(servers.roles)
    tape = TapeWriter(tmp_path / "t")
    tape.write(entry())
    tape.role("agent", URL)
    tape.role("math", "http://[::1")
    with pytest.raises(errors.TapeError, match=r"Line 4 .* names no server"):
        replay(servers, tape.path)
    assert (servers.roles, servers.lent, servers.replaying) == (before, None, "")
