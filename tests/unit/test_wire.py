"""What a run sent, as a reader sees it; runs come from a tape, so no server is needed."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fake_server import Fake, session_on

from gba_jupyter import background, errors
from gba_jupyter.commands import run
from gba_jupyter.display import wire
from gba_jupyter.events import Timings
from gba_jupyter.findings import Sent
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.dissect import dissect
from gba_jupyter.llama.exchanges import Exchange, curl
from gba_jupyter.llama.protocol import CompletionRequest, Part
from gba_jupyter.llama.replaying import Replaying
from gba_jupyter.llama.tape import Tape
from gba_jupyter.options import AgentOptions, MathOptions
from gba_jupyter.session import Session

HELLO = Path(__file__).parents[1] / "tapes" / "hello.jsonl"
QUESTION = "What's 17 times 23?"
HOSTILE = "'$(rm -rf ~)`x`\nEOF\n⟨<|im_end|>⟩\n──── up to here\n```\n<img onerror=x>\x1b[2J\u202e"


def exchange(carrier: object, text: str, cached: int | None, key: str | None = None) -> Exchange:
    frame = ("<|im_start|>", "user\n"), ("<|im_end|>", "\n")
    before, after = (-1, *map(ord, frame[0][1])), (-2, *map(ord, frame[1][1]))
    ids = (*before, *map(ord, text), *after)
    parts = (
        Part("", "".join(frame[0]), len(before)),
        Part("user", text, len(text)),
        Part("", "".join(frame[1]), len(after)),
    )
    request = CompletionRequest(ids, 16, 'root ::= "EOF"', parts=parts)
    server = LlamaServer("http://127.0.0.1:1/it's", key, carrier=carrier)  # type: ignore[arg-type]
    timings = None if cached is None else Timings(cached, len(ids) - cached, 5)
    return Exchange(server, request, 1, 2, "act", timings, "fake.gguf")


def taken_apart(text: str, cached: int | None = 0, carrier: object = None) -> Sent:
    return background.run(dissect(exchange(carrier or Fake(), text, cached)))


def test_roles_control_tokens_and_the_cache_are_marked_to_the_token():
    sent = taken_apart("Hello", 8)
    assert [(s.role, s.text, s.is_control, s.is_cached) for s in sent.prompt] == [
        ("", "<|im_start|>", True, True),
        ("", "user\n", False, True),
        ("user", "He", False, True),
        ("user", "llo", False, False),
        ("", "<|im_end|>", True, False),
        ("", "\n", False, False),
    ]
    assert wire.plain(sent).split("\n\n")[1].splitlines() == [
        "template:",
        "  ⟨<|im_start|>⟩",
        "  │ user⏎",
        "user:",
        "  │ He",
        "──── up to here from the cache: 8 of 13 tokens ────",
        "  │ llo",
        "template:",
        "  ⟨<|im_end|>⟩",
        "  │ ⏎",
    ]


@pytest.mark.parametrize("cached", [0, 13, None])
def test_nothing_or_all_from_the_cache(cached: int | None):
    shown = wire.plain(taken_apart("Hello", cached))
    assert ("up to here" in shown) == bool(cached)
    assert ("not answered to its end" in shown) == (cached is None)


def test_without_the_server_the_prompt_is_shown_from_its_parts():
    silent = Replaying(Tape(Path("t"), (), {}), ())
    sent = taken_apart("Hello", 8, silent)
    assert not sent.exact
    assert "or a little further" in wire.plain(sent)
    assert [s.text for s in sent.prompt if s.is_control] == ["<|im_start|>", "<|im_end|>"]
    assert [s.text for s in sent.prompt if s.role] == ["Hello"]


def test_the_tokens_of_another_model_are_not_taken_for_those_that_were_sent():
    other = Fake()
    other.model = "other.gguf"
    sent = taken_apart("Hello", 8, other)
    assert not sent.exact
    assert [s.text for s in sent.prompt if s.role] == ["Hello"]


def test_words_cannot_pass_for_marks_or_leave_their_block():
    sent = taken_apart(HOSTILE, 3)
    prompt = wire.plain(sent).split("[the other fields]")[0].splitlines()[2:]
    marks = [line for line in prompt if line and not line.startswith("  │ ")]
    assert marks == [
        "template:", "  ⟨<|im_start|>⟩",
        "──── up to here from the cache: 3 of 91 tokens ────".replace("91", str(sent.tokens)),
        "user:", "template:", "  ⟨<|im_end|>⟩",
    ]  # fmt: skip
    shown = wire.markdown(sent)
    fences = [line for line in shown.splitlines() if line.startswith("````")]
    assert len(fences) == 2  # around the prompt; the three backticks within are words
    assert "\x1b" not in shown and "\u202e" not in shown


def test_what_a_notebook_keeps_of_a_request_has_its_bounds():
    request = exchange(Fake(), "Hello", 8)
    rules = "\n".join(
        [f'r{i} ::= "some words of a rule that is rather long {i}"' for i in range(200)]
    )
    request.request = replace(request.request, grammar=f"root ::= r1\n{rules}")
    sent = background.run(dissect(request))
    kept = len(wire.summary(sent)) + len(wire.markdown(sent))
    assert kept < len(sent.curl) + 5_000
    assert wire.summary(sent).splitlines() == [
        "[#0 · Step 2 · act · 13 prompt tokens · 8 cached · 5 sampled · http://127.0.0.1:1/it's]",
        "[GBNF · 201 rules]",
    ]
    assert "r199 ::=" in sent.curl and "characters more, in the command" in wire.markdown(sent)
    assert sent.grammar in wire.plain(sent)  # a terminal shows nothing else


def test_the_command_never_holds_the_key():
    assert "Authorization" not in curl(exchange(Fake(), "x", 0))
    command = curl(exchange(Fake(), "x", 0, "sk-geheim"))
    assert '-H "Authorization: Bearer $GBA_API_KEY"' in command
    assert "geheim" not in command


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="no curl")
def test_the_command_sends_the_same_whatever_the_text_holds(tmp_path: Path):
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, self.headers["Authorization"], json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    sent = exchange(Fake(), HOSTILE, 0, "sk-geheim")
    sent.request = CompletionRequest(
        sent.request.prompt, 4, f'root ::= "{HOSTILE}"', (HOSTILE, "EOF", "\nEOF\n"),
    )  # fmt: skip
    sent.server.base_url = f"http://127.0.0.1:{listener.server_address[1]}/it's"
    subprocess.run(
        ["bash", "-c", curl(sent)],
        env={"PATH": "/usr/bin:/bin", "GBA_API_KEY": "k", "HOME": str(tmp_path)},
        timeout=20,
        capture_output=True,
        check=True,
    )
    listener.shutdown()
    listener.server_close()
    assert heard == [("/it's/completion", "Bearer k", sent.body)]


# -- a run from the tape -------------------------------------------------------------------


@pytest.fixture(scope="module")
def session() -> Session:
    session = Session()
    say(session, "replay", str(HELLO), "--speed", "0")
    session.ask(QUESTION, AgentOptions(tools=("calculate",), max_steps=2), lambda _: None)
    return session


def say(session: Session, *words: str) -> object:
    return run(session, list(words), lambda _: None)


def rows(session: Session) -> list[list[str]]:
    return [row.split() for row in str(say(session, "wire")).splitlines()[3:-2]]


def test_the_requests_of_the_last_run_are_listed(session: Session):
    assert str(say(session, "wire")).splitlines()[0] == QUESTION
    steps = [row[:3] for row in rows(session)]
    assert steps == [
        ["1", "1", "reason"],
        ["2", "1", "act"],
        ["3", "2", "reason"],
        ["4", "2", "act"],
    ]


def test_a_request_is_shown_with_all_that_was_sent(session: Session):
    (reason,), (act,) = say(session, "wire", "1"), say(session, "wire", "2")  # type: ignore[misc]
    assert (reason.phase, act.phase) == ("reason", "act")
    assert (reason.number, act.number) == (1, 2)
    assert QUESTION in "".join(stretch.text for stretch in act.prompt)
    assert act.grammar.startswith("root ::=") and not reason.grammar
    assert "prompt" not in act.fields and act.fields["temperature"] == 0.0
    shown = wire.markdown(act)
    assert "Step 1 · act" in shown and "GBNF · " in shown and "curl -N" in shown
    assert say(session, "wire", "step", "1") == (reason, act)


def test_what_cannot_be_shown_is_said(session: Session):
    for words, what in (
        (("wire", "9"), "no request 9"),
        (("wire", "0"), "no request 0"),
        (("wire", "x"), "not the number"),
        (("wire", "-1"), "not the number"),
        (("wire", "1", "2"), "no request"),
        (("wire", "step"), "no request"),
        (("wire", "step", "9"), "no step 9"),
        (("wire", "step", "1", "2"), "too many"),
    ):
        with pytest.raises(errors.OptionError, match=what):
            say(session, *words)
    with pytest.raises(errors.OptionError, match="No run has sent"):
        say(Session(), "wire")


def test_the_status_tells_of_the_tape(session: Session, tmp_path: Path):
    assert "hello.jsonl, at once answers for agent and math" in str(say(session, "status"))
    other = Session()
    other.servers.roles = {}
    say(other, "record", str(tmp_path / "t.jsonl"))
    assert "holds 0 completions" in str(say(other, "record", "off"))


def test_the_tape_answers_mathematics_too_and_the_log_is_of_the_last_run(session: Session):
    result = session.solve("Give me the result of 3*4", MathOptions(), lambda _: None)
    assert result.program and str(result)
    assert [row[:3] for row in rows(session)] == [["1", "1", "program"]]
    (sent,) = say(session, "wire", "1")  # type: ignore[misc]
    assert sent.grammar.startswith("root ::=")


# -- whose request it is -------------------------------------------------------------------

CALL = '{"tool":"calculate","arguments":{"expression":"the sum of one and two"}}'
ANSWER = '{"tool":"respond_to_user","arguments":{"answer":"3"}}'


def test_what_a_tool_sends_belongs_to_the_step_that_called_it():
    fake = Fake("Hm.", CALL, "Hm.", CALL, "result = 1 + 2", "Hm.", ANSWER)
    fake.texts[2:2] = ["result = 1 + 2"]
    session = session_on(fake)
    options = AgentOptions(tools=("calculate",), max_steps=3)
    session.ask("What is it?", options, lambda _: None)
    assert [row[:3] for row in rows(session)] == [
        ["1", "1", "reason"], ["2", "1", "act"], ["3", "1", "program"],
        ["4", "2", "reason"], ["5", "2", "act"], ["6", "2", "program"],
        ["7", "3", "reason"], ["8", "3", "act"],
    ]  # fmt: skip
    (program,) = say(session, "wire", "6")  # type: ignore[misc]
    assert program.fields["n_predict"] == 256
    second = say(session, "wire", "step", "2")
    assert [sent.phase for sent in second] == ["reason", "act", "program"]  # type: ignore[union-attr]


def test_many_requests_of_one_step_are_not_shown_at_once():
    session = session_on(Fake("Hm.", CALL))
    options = AgentOptions(tools=("calculate",), compare=True, runs=60, reason=False)
    session.compare("What is it?", options, lambda _: None)
    assert len(rows(session)) == 120
    with pytest.raises(errors.OptionError, match="made 120 requests") as caught:
        say(session, "wire", "step", "1")
    assert "from 1 to 120" in caught.value.fix
    assert len(say(session, "wire", "77")) == 1  # type: ignore[arg-type]
    for _ in range(100):
        session.servers.log.add(session.servers.log.all()[-1])
    assert "the first 20 are not kept" in str(say(session, "wire"))


def test_a_run_that_sends_nothing_leaves_no_other_ones_log():
    session = session_on(Fake("result = 3 * 4"))
    session.solve("three times four", MathOptions(), lambda _: None)
    assert rows(session)
    session.solve("2 + 2", MathOptions(program=True), lambda _: None)
    with pytest.raises(errors.OptionError, match="did not come to send"):
        say(session, "wire")


@pytest.mark.parametrize("command", ["wire", "record", "replay"])
def test_help_knows_the_commands(command: str):
    assert f"%gba {command} " in str(say(Session(), "help", command))
    with pytest.raises(errors.OptionError, match="no command") as caught:
        say(Session(), command[:-1])
    assert command in caught.value.fix
