"""Every answer that is not a good one becomes an error that says what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from gba_jupyter import errors
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.faults import status_fault, transport_faults
from gba_jupyter.llama.streaming import chunks
from gba_jupyter.llama.watch import watched

URL = "http://x"


def body(code: int, kind: str, **more: object) -> str:
    return json.dumps({"error": {"code": code, "type": kind, "message": "why", **more}})


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (503, body(503, "unavailable_error"), errors.ServerLoading),
        (503, "<html>busy</html>", errors.ServerError),
        (403, "<html>log in</html>", errors.NotSupported),
        (401, body(401, "authentication_error"), errors.Unauthorized),
        (400, body(400, "invalid_request_error"), errors.BadRequest),
        (400, body(400, "exceed_context_size_error"), errors.ContextOverflow),
        (501, body(501, "not_supported_error"), errors.NotSupported),
        (404, "<html>no</html>", errors.NotSupported),
        (500, "", errors.ServerError),
        (500, '{"error": "text"}', errors.ServerError),
        (502, '["list"]', errors.ServerError),
        (400, '{"error": {"code": "x", "message": null}}', errors.ServerError),
    ],
)  # fmt: skip
def test_statuses(status: int, text: str, kind: type[errors.ServerError]):
    error = status_fault(URL, status, text)
    assert isinstance(error, kind)
    assert error.what.endswith(".")
    assert error.fix.endswith(".")
    assert "\n" not in error.what + error.fix


def test_an_overflow_tells_its_figures():
    error = status_fault(
        URL, 400, body(400, "exceed_context_size_error", n_prompt_tokens=9, n_ctx=8)
    )
    assert isinstance(error, errors.ContextOverflow)
    assert (error.n_prompt_tokens, error.n_ctx) == (9, 8)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (httpx.ConnectError("x"), errors.ServerUnreachable),
        (httpx.ConnectTimeout("x"), errors.ServerUnreachable),
        (httpx.ReadTimeout("x"), errors.ServerTimeout),
        (httpx.RemoteProtocolError("x"), errors.StreamBroken),
        (httpx.ReadError("x"), errors.StreamBroken),
        (httpx.InvalidURL("x"), errors.ServerUnreachable),
        (httpx.UnsupportedProtocol("x"), errors.ServerUnreachable),
    ],
)
def test_transport(fault: Exception, kind: type[errors.ServerError]):
    with pytest.raises(kind), transport_faults(URL):
        raise fault


async def no_tokens(text: str) -> tuple[int, ...]:
    return ()


async def stream(*events: dict[str, object]) -> AsyncIterator[dict[str, object]]:
    for event in events:
        yield event


async def test_a_stream_without_its_end_is_broken():
    with pytest.raises(errors.StreamBroken):
        async for _ in chunks(stream({"content": "a", "tokens": [1]}), URL, no_tokens):
            pass


async def test_an_error_in_a_good_answer_is_an_error():
    fault = {"error": {"code": 500, "message": "oom", "type": "server_error"}}
    with pytest.raises(errors.ServerError, match="oom"):
        async for _ in chunks(stream({"content": "a", "tokens": [1]}, fault), URL, no_tokens):
            pass


async def test_ids_that_the_stream_left_out_are_found_again_or_not_made_up():
    events = [
        {"content": "a", "tokens": [1], "tokens_predicted": 1},
        {"content": "😀", "tokens": [4], "tokens_predicted": 4},
        {"content": "", "tokens": [0], "tokens_predicted": 5},
        {"stop": True, "stop_type": "eos"},
    ]

    async def right(text: str) -> tuple[int, ...]:
        return (2, 3, 4)

    for tokenize, ids in ((right, (1, 2, 3, 4)), (no_tokens, None)):
        *_, last = [chunk async for chunk in chunks(stream(*events), URL, tokenize)]
        assert last.text == "a😀"
        assert last.tokens == ids


async def silent() -> AsyncIterator[int]:
    yield 1
    await asyncio.sleep(3600)


async def test_silence_is_a_fault_only_when_the_server_is_dead():
    async def dead() -> bool:
        return False

    items = watched(silent(), 0.01, 0.05, dead)
    assert await anext(items) == 1
    with pytest.raises(errors.ServerTimeout):
        await anext(items)


async def test_a_living_server_may_be_silent():
    asked = 0

    async def lives() -> bool:
        nonlocal asked
        asked += 1
        return True

    items = watched(silent(), 0.01, 0.0, lives)
    assert await anext(items) == 1
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await anext(items)
    assert asked >= 1


def test_an_error_shows_only_its_own_lines():
    error = errors.ServerUnreachable("Nothing listens.", "Start one.")
    assert error._render_traceback_() == ["ServerUnreachable: Nothing listens.", "Start one."]
    assert str(error) == "Nothing listens.\nStart one."
    assert len(errors.Interrupted()._render_traceback_()) == 1
    assert issubclass(errors.Interrupted, KeyboardInterrupt)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://[::1", None),
        ("http://x:port", None),
        ("nonsense", None),
        ("ftp://x", None),
        ("http://me:secret@x", None),
        ("http://x", "sécret"),
        ("http://x", "a\nb"),
    ],
)
def test_an_address_or_a_key_that_cannot_be(url: str, key: str | None):
    with pytest.raises(errors.OptionError) as caught:
        LlamaServer(url, key)
    assert "secret" not in str(caught.value)
    assert "sécret" not in str(caught.value)


def test_a_key_may_come_with_its_line_end():
    LlamaServer("http://x", "key\n")


def test_what_broke_off_quotes_no_header():
    fault = httpx.LocalProtocolError("Illegal header value b'Bearer key'")
    with pytest.raises(errors.StreamBroken) as caught, transport_faults(URL):
        raise fault
    assert "key" not in str(caught.value)
