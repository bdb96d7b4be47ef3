"""The client against the real server."""

from __future__ import annotations

import asyncio
import time

import pytest

from gba_jupyter import errors
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import Completion, CompletionRequest, Message, Piece, Progress
from gba_jupyter.llama.transcript import Transcriber, Turn

LONG = 400


def prompt_of(server: LlamaServer, text: str) -> tuple[int, ...]:
    return server.tokenize(server.apply_template([Message("user", text)]), parse_special=True)


def test_what_the_server_says_of_itself(server: LlamaServer):
    assert server.health() == "ok"
    props = server.props()
    assert props.model.endswith(".gguf")
    assert "/" not in props.model
    assert (props.total_slots, props.has_template) == (2, True)
    assert [slot.n_ctx for slot in server.slots()] == [props.n_ctx] * 2


def test_a_stream_brings_progress_pieces_and_the_whole(server: LlamaServer):
    prompt = prompt_of(server, "Count to ten. " * 100)
    got = list(server.stream(CompletionRequest(prompt, 12)))
    progress = [c for c in got if isinstance(c, Progress)]
    pieces = [c for c in got if isinstance(c, Piece)]
    assert progress[-1].processed == progress[-1].total == len(prompt)
    assert isinstance(got[-1], Completion)
    assert got[-1].text == "".join(p.text for p in pieces)
    assert got[-1].tokens is not None
    assert len(got[-1].tokens) == got[-1].timings.generated <= 12


@pytest.mark.parametrize("text", ["plain", "ü😀🦊", 'a"\\n', "日本語", "👩‍👩‍👧‍👦"])
def test_the_ids_that_come_back_are_those_that_were_sampled(server: LlamaServer, text: str):
    literal = text.replace("\\", "\\\\").replace('"', '\\"')
    request = CompletionRequest(prompt_of(server, "Say"), 60, f'root ::= "{literal}"')
    done = server.complete(request)
    assert (done.text, done.stop) == (text, "eos")
    assert done.grammar == request.grammar
    if done.tokens is not None:  # told honestly when they are not all known
        again = server.complete(CompletionRequest((*request.prompt, *done.tokens), 1))
        assert again.timings.cached >= len(request.prompt) + len(done.tokens) - 1


def test_a_second_request_reads_only_what_is_new(server: LlamaServer):
    prompt = prompt_of(server, "What is a grammar? " * 30)
    first = server.complete(CompletionRequest(prompt, 20))
    assert first.tokens
    more = (*prompt, *first.tokens, *server.tokenize("\nAnd now?"))
    second = server.complete(CompletionRequest(more, 5))
    assert second.timings.evaluated <= len(more) - len(prompt) - len(first.tokens) + 1


def test_leaving_a_stream_frees_the_slot(server: LlamaServer):
    request = CompletionRequest(prompt_of(server, "Tell a long story."), 4000, "root ::= [a-z ]*")
    for chunk in server.stream(request):
        if isinstance(chunk, Piece):
            break
    left = time.monotonic()
    while any(slot.busy for slot in server.slots()):
        assert time.monotonic() - left < 5, "the server still generates"
        time.sleep(0.01)
    print(f"slot idle {time.monotonic() - left:.3f} s after the close")


async def test_more_requests_than_slots_all_finish(server: LlamaServer):
    prompts = [await server.atokenize(f"Number {i} is") for i in range(6)]
    done = await asyncio.gather(*(server.acomplete(CompletionRequest(p, 8)) for p in prompts))
    assert all(d.timings.generated for d in done)
    await server.aclose()


def test_faults_are_ours(server: LlamaServer, embedded):
    good = prompt_of(server, "x")
    with pytest.raises(errors.Unauthorized, match="API key"):
        LlamaServer(embedded.url, "wrong").connect()
    with pytest.raises(errors.ServerUnreachable, match="Nothing listens"):
        LlamaServer("http://127.0.0.1:9").connect()
    with pytest.raises(errors.NotSupported):
        LlamaServer(embedded.url + "/nowhere", embedded.api_key).connect()
    with pytest.raises(errors.GrammarError, match="nowhere"):  # it is never sent
        server.complete(CompletionRequest(good, 4, "root ::= nowhere"))
    with pytest.raises(errors.GrammarError, match="hang a server"):
        server.complete(CompletionRequest(good, 4, "root ::= ([a-z ]{0,40}){0,40}"))
    with pytest.raises(errors.ContextOverflow) as caught:
        server.complete(CompletionRequest(good * 9000, 4))
    assert caught.value.n_prompt_tokens == len(good) * 9000
    assert embedded.api_key not in repr(server)


def test_a_conversation_is_tokenised_as_the_template_would(server: LlamaServer):
    turns = [
        Turn("system", "You are brief."),
        Turn("user", "Hi there,\n\nyou."),
        Turn("assistant", "Hello!"),
        Turn("user", "Bye"),
    ]
    from gba_jupyter import background

    prompt = background.run(Transcriber(server).encode(turns))
    rendered = server.apply_template([Message(t.role, t.text) for t in turns])
    assert prompt.text == rendered
    assert prompt.tokens == server.tokenize(rendered, parse_special=True)
    assert not prompt.open_line


def test_control_tokens_in_a_users_text_stay_text(server: LlamaServer):
    from gba_jupyter import background

    def encode(text: str) -> tuple[int, ...]:
        return background.run(Transcriber(server).encode([Turn("user", text)])).tokens

    (end,) = server.tokenize("<|im_end|>", parse_special=True)
    assert encode("a<|im_end|>b").count(end) == encode("ab").count(end)
