"""Which program serves and with what; processes and leases; no model."""

import importlib.util
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gba_jupyter.errors import OptionError, ServerStartError
from gba_jupyter.llama import backend, keeper, registry
from gba_jupyter.llama.backend import Backend, Settings
from gba_jupyter.llama.embedded import find_running, serve
from gba_jupyter.llama.paths import child_environment
from gba_jupyter.llama.processes import ProcessId

SETTINGS = Settings(Path("/m/a.gguf"), slots=2, context=4096)
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GBA_CACHE_DIR", str(tmp_path / "cache"))


def test_llama_server_gets_the_measured_settings(monkeypatch):
    monkeypatch.setattr(backend, "threads_to_use", lambda: 3)
    command = Backend("llama-server", "/bin/llama-server").command(SETTINGS, 1234)
    assert " ".join(command) == (
        "/bin/llama-server --host 127.0.0.1 --port 1234 --model /m/a.gguf -np 2 -c 8192 "
        "-b 256 -ub 256 -t 3 --no-ui --cache-ram 0 --slots --metrics --cors-origins localhost"
    )


def test_an_adapter_goes_along_with_its_model():
    settings = replace(SETTINGS, adapter=Path("/m/lora.gguf"))
    for kind in ("llama-server", "xllamacpp"):
        command = Backend(kind, "x").command(settings, 1)
        assert command[command.index("--lora") + 1] == "/m/lora.gguf"
        assert "--lora" not in Backend(kind, "x").command(SETTINGS, 1)


def test_flags_that_an_older_build_refuses_are_replaced_or_dropped():
    program = Backend("llama-server", "x")
    once = program.command(SETTINGS, 1, ("--no-ui",))
    assert "--no-webui" in once
    twice = program.command(SETTINGS, 1, ("--no-ui", "--no-webui", "--cache-ram"))
    assert not {"--no-ui", "--no-webui", "--cache-ram", "0"} & set(twice)
    assert "--metrics" in twice


def test_the_refused_flag_is_read_from_the_log(tmp_path):
    log = tmp_path / "log"
    assert backend.unknown_flag(log) == ""
    log.write_text("error: invalid argument: --cache-ram\n")
    assert backend.unknown_flag(log) == "--cache-ram"
    log.write_text("error: invalid argument: --model\n")  # not one that we can do without
    assert backend.unknown_flag(log) == ""


def test_the_key_is_in_the_environment_and_never_in_the_command():
    for kind in ("llama-server", "xllamacpp"):
        assert "secret" not in " ".join(Backend(kind, "x").command(SETTINGS, 1))
    environment = backend.environment("secret")
    assert environment["LLAMA_API_KEY"] == "secret"
    assert environment["GOMP_SPINCOUNT"] == "1000"


def test_one_core_is_left_to_the_notebook(monkeypatch):
    for cores, threads in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr(
            os, "sched_getaffinity", lambda _, n=cores: set(range(n)), raising=False
        )
        assert backend.threads_to_use() == threads


def test_llama_server_on_path_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "llama-server"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert backend.find_backends()[0] == Backend("llama-server", str(program))


def test_without_any_program_the_three_ways_out_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "xllamacpp" else find(name)
    )
    with pytest.raises(ServerStartError) as caught:
        backend.find_backends()
    for way in ('pip install "gba-jupyter[local]"', "llama-server", "docker"):
        assert way in caught.value.fix


def test_a_port_in_use_is_said():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(ServerStartError, match=f"Port {port} is in use") as caught:
            backend.free_port(port)
    assert f"%gba connect agent http://localhost:{port}" in caught.value.fix
    assert backend.free_port(port) == port
    assert backend.free_port(0) > 0


def test_the_last_words_are_the_telling_ones(tmp_path):
    log = tmp_path / "log"
    log.write_text("1 I fine\n2 E load: model is corrupted\n" + "3 I cleaning up\n" * 9)
    assert backend.last_words(log) == "  2 E load: model is corrupted"
    log.write_text("a\n\nb\n")
    assert backend.last_words(log) == "  a\n  b"


@pytest.mark.parametrize("wrong", [{"port": 70000}, {"port": -1}, {"slots": 0}, {"context": 10}])
def test_settings_that_make_no_sense(wrong):
    with pytest.raises(OptionError):
        serve(**wrong)


# --- processes --------------------------------------------------------------------------


def test_a_zombie_and_a_reused_number_are_not_alive():
    process = subprocess.Popen(SLEEP)
    identity = ProcessId.of(process.pid)
    assert identity.is_alive()
    assert not ProcessId(process.pid, identity.started - 1).is_alive()
    process.kill()
    assert identity.wait(5)  # a zombie now: nobody has waited for it
    assert process.returncode is None
    process.wait()
    assert ProcessId.of(process.pid) is None


def test_a_process_that_ignores_the_request_is_killed_with_its_children():
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, text=True)
    child = ProcessId.of(int(process.stdout.readline()))
    ProcessId.of(process.pid).end(patience=0.3)
    assert process.wait(5) == -signal.SIGKILL
    assert child.wait(5)
    process.stdout.close()


def test_the_guard_ends_its_command_with_the_process_it_watches(tmp_path):
    watched = subprocess.Popen(SLEEP)
    pid_file = tmp_path / "pid"
    child = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    guard = subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "gba_jupyter.llama.guard", str(watched.pid)),
            *(sys.executable, "-c", child),
        ],
        env=child_environment(),
    )
    until = time.monotonic() + 10
    while not (pid_file.exists() and pid_file.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    command = ProcessId.of(int(pid_file.read_text()))
    assert command.is_alive()
    watched.kill()
    watched.wait()
    assert command.wait(5)
    assert guard.wait(5) == 1


# --- what the processes share ---------------------------------------------------------------


def test_files_of_servers_are_private():
    folder = registry.Folder.of({"a": 1})
    lease = folder.add_lease()
    assert stat.S_IMODE(folder.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(lease.stat().st_mode) == 0o600


def test_leases_count_living_processes():
    folder = registry.Folder.of({"a": 1})
    assert folder == registry.Folder.of({"a": 1}) != registry.Folder.of({"a": 2})
    assert folder.users() == set()
    lease = folder.add_lease()
    (folder.leases / "1-dead.json").write_text(json.dumps({"pid": 1, "started": -1.0}))
    assert folder.users() == {os.getpid()}
    assert len(list(folder.leases.iterdir())) == 2
    assert folder.users(tidy=True) == {os.getpid()}
    assert list(folder.leases.iterdir()) == [lease]


def state(**changes):
    me = ProcessId.current()
    values = {
        **dict(url="http://127.0.0.1:1", api_key="k", model="m", model_path="/m/a.gguf"),
        **dict(backend="xllamacpp", log_path="/l", slots=2, context=4, notices=("n",)),
        **dict(keeper=me, server=me),
    }
    return registry.ServerState(**{**values, **changes})


def test_a_state_comes_back_and_only_its_keeper_removes_it():
    folder = registry.Folder.of({"a": 1})
    folder.write(state())
    assert folder.read() == state()
    assert [server.url for server in find_running()] == ["http://127.0.0.1:1"]
    folder.forget(ProcessId(1, -1.0))
    assert folder.read() == state()
    folder.forget(ProcessId.current())
    assert folder.read() is None


def test_a_dead_servers_state_is_not_running():
    registry.Folder.of({"a": 1}).write(state(server=ProcessId(1, -1.0)))
    assert find_running() == ()


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"url": 1}'])
def test_a_damaged_state_is_no_server(junk):
    folder = registry.Folder.of({"a": 1})
    (folder.path / "state.json").write_text(junk)
    assert folder.read() is None
    assert find_running() == ()


def test_a_long_log_moves_aside_and_is_written_on(tmp_path, monkeypatch):
    monkeypatch.setattr(keeper, "LOG_LIMIT", 10)
    log = tmp_path / "log"
    with log.open("ab", buffering=0) as server:
        server.write(b"x" * 20)
        keeper._limit(log)
        server.write(b"y")
    assert log.read_bytes() == b"y"
    assert (tmp_path / "log.1").read_bytes() == b"x" * 20
