"""Faults that a real server cannot be made to have: `Front` makes them."""

from __future__ import annotations

import json
import threading

import pytest
from front import Front

from gba_jupyter import errors
from gba_jupyter import events as e
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import CompletionRequest
from gba_jupyter.options import AgentOptions
from gba_jupyter.servers import Role, Servers
from gba_jupyter.session import Session

LOADING = json.dumps(
    {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
).encode()


def test_a_server_that_is_loading_is_waited_for_with_progress(front: Front):
    front.faults["/health"] = [(503, LOADING)] * 5
    told: list[e.Event] = []
    servers = Servers(roles={"agent": Role(front.url, chosen=True), "math": Role(front.url)})
    session = Session(servers=servers)
    run = session.ask("Hello", AgentOptions(max_steps=1), told.append)
    assert run.answer
    waiting = [x.stage for x in told if isinstance(x, e.ServerStarting)]
    assert f"{front.url} is loading its model" in waiting


def test_patience_ends(front: Front):
    front.faults["/health"] = [(503, LOADING)] * 5
    with pytest.raises(errors.ServerLoading, match="still loading"):
        LlamaServer(front.url).connect(patience=0.1)


def test_a_stream_that_breaks_off(front: Front):
    server = LlamaServer(front.url)
    server.connect()
    front.faults["/completion"] = [(200, b'data: {"content":"a","tokens":[1]}\n\n')]
    with pytest.raises(errors.StreamBroken, match="broke off"):
        server.complete(CompletionRequest((1, 2), 4))
    assert server.complete(CompletionRequest((1, 2), 4)).timings.generated


def test_a_server_that_ignores_grammars_is_not_used(front: Front):
    prose = {"content": "Sure!", "tokens": [1], "stop": False, "tokens_predicted": 1}
    last = {"stop": True, "stop_type": "eos", "timings": {}}
    lines = b"".join(b"data: " + json.dumps(x).encode() + b"\n\n" for x in (prose, last))
    front.faults["/completion"] = [(200, lines)]
    with pytest.raises(errors.NotSupported, match="ignored a grammar"):
        LlamaServer(front.url).connect()


def test_a_server_that_uses_another_grammar_is_told_apart(front: Front):
    server = LlamaServer(front.url)
    server.connect()
    last = {"stop": True, "stop_type": "eos", "generation_settings/grammar": "root ::= [a-z]*"}
    front.faults["/completion"] = [(200, b"data: " + json.dumps(last).encode() + b"\n\n")]
    with pytest.raises(errors.NotSupported, match="another grammar"):
        server.complete(CompletionRequest((1, 2), 4, 'root ::= "a"'))


def test_a_page_that_is_no_llama_server(front: Front):
    front.faults["/health"] = [(200, b"<html>Hello</html>")]
    with pytest.raises(errors.StreamBroken, match=r"not a llama\.cpp"):
        LlamaServer(front.url).connect()


def test_a_server_that_hangs_is_given_up(front: Front):
    server = LlamaServer(front.url, quiet=0.2, patience=3.0)
    server.connect()
    front.hang = "/"
    with pytest.raises(errors.ServerTimeout, match="no sign of life"):
        server.complete(CompletionRequest((1, 2), 4))


def test_a_silent_server_that_lives_is_waited_for(front: Front):
    server = LlamaServer(front.url, quiet=0.1)
    server.connect()
    front.hang = "/completion"
    threading.Timer(1.0, lambda: setattr(front, "hang", "") or front.quit.set()).start()
    with pytest.raises(errors.StreamBroken):  # it lived all the while; then it broke off
        server.complete(CompletionRequest((1, 2), 4))
