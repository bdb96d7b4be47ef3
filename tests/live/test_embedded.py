"""The embedded server: the real wheel, the real model, real deaths."""

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gba_jupyter.errors import ServerStartError
from gba_jupyter.llama import embedded, launch
from gba_jupyter.llama.embedded import find_running, serve
from gba_jupyter.llama.paths import child_environment
from gba_jupyter.llama.processes import ProcessId
from gba_jupyter.llama.registry import Folder

USER = """
import json, os, sys
from gba_jupyter.llama.embedded import serve
server = serve()
print(json.dumps([server.url, server.pid, server.joined, server._state.keeper.pid]), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def cache(own_cache, tmp_path, monkeypatch):
    """A cache of this test's own, with the model in it; no server may be left at its end."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))  # no llama-server but the test's own
    yield tmp_path
    assert until(lambda: not find_running(), 5), "a server was left behind"


def until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def get(server, path, key=""):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.get(server.url + path, headers=headers, timeout=10).status_code


@contextmanager
def notebook():
    """Another process that uses the server; gives the process and what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def told(process):
    url, pid, joined, keeper = json.loads(process.stdout.readline())
    return url, ProcessId.of(pid), joined, ProcessId.of(keeper)


def test_it_starts_answers_and_ends(cache):
    seen = []
    with serve(on_progress=lambda *report: seen.append(report)) as server:
        assert server.url.startswith("http://127.0.0.1:")
        assert ("loading the model", 0, 0) in seen
        assert not server.joined and server.running
        assert get(server, "/health") == 200
        for path in ("/slots", "/metrics", "/props"):
            assert get(server, path) == 401
            assert get(server, path, server.api_key) == 200
        request = {"prompt": "Once upon a", "n_predict": 4}
        answer = httpx.post(server.url + "/completion", json=request, timeout=30)
        assert answer.status_code == 401
        key = {"Authorization": f"Bearer {server.api_key}"}
        answer = httpx.post(server.url + "/completion", json=request, headers=key, timeout=30)
        assert answer.json()["content"]
        slots = httpx.get(server.url + "/slots", headers=key).json()
        assert [slot["n_ctx"] for slot in slots] == [8192, 8192]
        evil = httpx.get(server.url + "/health", headers={"Origin": "http://evil.example"})
        assert "access-control-allow-origin" not in evil.headers
        page = httpx.get(server.url + "/", headers=key)
        assert "text/html" not in page.headers.get("content-type", "") or page.status_code == 404

        command = Path(f"/proc/{server.pid}/cmdline")
        if command.exists():
            assert server.api_key not in command.read_text()
        assert server.api_key not in repr(server)
        (running,) = find_running()
        assert (running.url, running.pid) == (server.url, server.pid)
        assert running.users == (os.getpid(),)

        again = serve()  # joins at once
        assert again.joined and again.pid == server.pid
        again.stop()
        again.stop()
        time.sleep(1.2)
        assert server.running
    assert until(lambda: not server.running, 3)
    assert "nobody uses the server any more" in server.log_path.read_text()
    assert os.stat(server.log_path).st_mode & 0o077 == 0


def test_two_processes_that_start_at_once_share_one_server_until_both_are_gone():
    with notebook() as one, notebook() as two:
        url, server, first, _ = told(one)
        url_two, server_two, second, _ = told(two)
        assert (url, server) == (url_two, server_two)
        assert {first, second} == {True, False}
        assert len(find_running()) == 1
        one.kill()
        one.wait()
        time.sleep(1.2)
        assert server.is_alive()
        two.stdin.close()  # this one ends in the ordinary way
        two.wait(5)
        assert server.wait(5)


def test_a_killed_notebook_leaves_no_server():
    with notebook() as user:
        _, server, _, keeper = told(user)
        user.kill()  # not waited for: a zombie must not count as a user
        assert server.wait(5)
        assert keeper.wait(5)


def test_a_notebook_killed_while_the_model_loads_leaves_no_server():
    with notebook() as user:
        assert until(find_running, 10)
        (running,) = find_running()
        server = ProcessId.of(running.pid)
        user.kill()
        assert server.wait(5)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a guard does it, see the unit tests")
def test_a_killed_keeper_takes_the_server_with_it():
    with serve() as server:
        os.kill(server._state.keeper.pid, signal.SIGKILL)
        assert server._state.server.wait(5)
        assert not server.running
        with serve() as again:
            assert get(again, "/health") == 200


def test_a_killed_server_is_started_anew():
    with serve() as server:
        os.kill(server.pid, signal.SIGKILL)
        assert until(lambda: not server.running, 5)
        with serve() as again:
            assert again.pid != server.pid
            assert not again.joined
            assert get(again, "/slots", again.api_key) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_hung_server_is_killed_and_started_anew(monkeypatch):
    monkeypatch.setattr(launch, "_PROBE_TIMEOUT", 0.1)
    seen = []
    with serve() as server:
        os.kill(server.pid, signal.SIGSTOP)
        with serve(on_progress=lambda *report: seen.append(report[0])) as again:
            assert again.pid != server.pid
            assert not server.running
            assert "waiting for the server, which does not answer" in seen


def test_a_port_of_ones_choice_and_a_port_in_use():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(ServerStartError, match=f"Port {port} is in use"):
            serve(port=port)
    with serve(port=port, slots=1, context=512, api_key="mine") as server:
        assert server.url == f"http://127.0.0.1:{port}"
        assert get(server, "/slots", "mine") == 200


def test_a_file_that_only_looks_like_a_model(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF\3\0\0\0" + bytes(4000))
    with pytest.raises(ServerStartError) as caught:
        serve(path)
    assert "died while loading broken.gguf" in caught.value.what
    assert "error" in caught.value.what.split(".log:")[1]
    (log,) = (tmp_path / "cache" / "logs").glob("broken*.log")
    assert str(log) in caught.value.what
    assert not any(folder.users() for folder in Folder.all())


def test_an_interrupt_while_it_loads_leaves_nothing(cache):
    def stop(stage, done, total):
        if stage == "loading the model" and any(folder.read() for folder in Folder.all()):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve(on_progress=stop)
    assert find_running() == ()
    assert not any(folder.users() for folder in Folder.all())
    with serve() as server:  # and the next one starts
        assert server.running


def test_an_older_llama_server_on_path_is_started_without_what_it_does_not_know(cache):
    """A llama-server that refuses two flags; behind it the wheel does the serving."""
    program = cache / "bin" / "llama-server"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        + textwrap.dedent("""
        import os, sys
        for flag in ("--no-ui", "--cors-origins"):
            if flag in sys.argv:
                sys.exit("error: invalid argument: " + flag)
        assert "--no-webui" in sys.argv
        value = lambda flag: sys.argv[sys.argv.index(flag) + 1]
        os.execv(sys.executable, [sys.executable, "-m", "gba_jupyter.llama.wheel_server",
            "--model", value("--model"), "--port", value("--port"), "--slots", value("-np"),
            "--context", "512", "--threads", value("-t"), "--batch", value("-b")])
        """)
    )
    program.chmod(0o755)
    seen = []
    with serve(on_progress=lambda *report: seen.append(report[0])) as server:
        assert server.backend == "llama-server"
        assert get(server, "/slots", server.api_key) == 200
        assert [notice.split()[5] for notice in server.notices] == ["--no-ui:", "--cors-origins:"]
        assert set(server.notices) <= set(seen)


@pytest.mark.parametrize(
    ("script", "crash"),
    [
        ("#!/bin/sh\nkill -ILL $$\n", "killed by SIGILL"),
        ("#!/bin/sh\nexit 127\n", "exit code 127"),
        ("\x7fELF not for this machine", "Exec format error"),
    ],
)
def test_a_llama_server_that_does_not_run_here_gives_way_to_the_wheel(cache, script, crash):
    program = cache / "bin" / "llama-server"
    program.parent.mkdir()
    program.write_text(script)
    program.chmod(0o755)
    with serve(slots=1, context=512) as server:
        assert server.backend == "xllamacpp"
        assert server.notices == (
            f"{program} does not run here ({crash}): using the wheel instead",
        )


def test_a_llama_server_that_dies_is_named(cache):
    program = cache / "bin" / "llama-server"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho error: no such model\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(ServerStartError, match="error: no such model") as caught:
        serve()
    assert str(program) in caught.value.fix


def test_old_logs_are_removed(cache):
    old = embedded.logs_dir() / "old.log"
    old.write_text("x")
    os.utime(old, (1, 1))
    with serve():
        assert not old.exists()
