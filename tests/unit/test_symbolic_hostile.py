"""Limits and what is said at them, leaks between programs, and forged values.

The programs that mean harm are in `math_hostile`.
"""

import json
import os
import time
from pathlib import Path

import pytest

from gba_jupyter import symbolic
from gba_jupyter.errors import EvaluationError, LimitExceeded, OptionError, ProgramRefused
from gba_jupyter.symbolic import evaluate, frames
from gba_jupyter.symbolic.forms import decode
from gba_jupyter.symbolic.limits import Limits
from gba_jupyter.symbolic.replies import checked


@pytest.mark.parametrize(
    ("program", "limits", "what", "fix"),
    [
        ("while True: pass", Limits(0.2), "0.2 s", "timeout=0.4, in a cell --timeout 0.4"),
        ("[0] * 10**10", Limits(5, 256), "256 MB", "memory=512, in a cell --memory 512"),
        ("t = [1]\nwhile True: t += t", Limits(20, 256), "256 MB", "--memory 512"),
        ("print('a' * 21)", Limits(output=20), "20 characters", "Print less"),
        ("'a' * 21", Limits(output=20), "20 characters", "smaller"),
        ("f = lambda n: f(n)\nf(1)", Limits(), "too deeply", "loop"),
    ],
)
def test_a_limit_says_which_and_how_to_raise_it(
    program: str, limits: Limits, what: str, fix: str
) -> None:
    with pytest.raises(LimitExceeded) as caught:
        symbolic._sandbox.run(program, limits)
    assert what in caught.value.what
    assert fix in caught.value.fix


def test_the_limits_are_raised_as_the_message_says() -> None:
    big = "len([0] * 10**8)"
    with pytest.raises(LimitExceeded):
        evaluate(big, memory=512)
    assert evaluate(big, memory=2048).text == "100000000"


@pytest.mark.parametrize(("timeout", "memory"), [(5, 1), (5, -1), (5, 10**9), (0, 512), (5, 200.5)])
def test_impossible_limits_are_the_callers_mistake(timeout: float, memory: int) -> None:
    with pytest.raises(OptionError):
        evaluate("1", timeout=timeout, memory=memory)


def test_a_system_without_a_limit_of_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gba_jupyter.symbolic.limits.TIME_ONLY", True)
    Limits(2.0).check()
    with pytest.raises(OptionError, match="cannot limit the memory"):
        Limits(2.0, memory=512).check()


@pytest.mark.parametrize(
    ("first", "then", "answer"),
    [
        ("sqrt = 5\nsqrt", "sqrt(4)", "2"),
        ("leak = 41\nleak", "leak = 1\nleak", "1"),
        ("def print(v): pass\nresult = 1", "print(7)", "7"),
        ("0.5", "1/2", "1/2"),
    ],
)
def test_nothing_leaks_into_the_next_program(first: str, then: str, answer: str) -> None:
    evaluate(first)
    assert str(evaluate(then)) == answer


def test_a_name_of_an_earlier_program_is_gone() -> None:
    evaluate("leak = 41\nleak")
    with pytest.raises(ProgramRefused):
        evaluate("leak + 1")


def test_text_never_becomes_tex() -> None:
    assert evaluate(r"[r'\href{javascript:alert(1)}{x}', {'a': r'\x'}]").latex == ""


@pytest.mark.parametrize(
    "form",
    [
        ["Popen", "ls"],
        ["Symbol", 5, {}],
        ["Symbol", "x\n", {}],
        ["Symbol", "x", 3],
        ["Rational", "0x1"],
        ["int", "nonsense"],
        ["int"],
        ["Float", 0, "0x1", 1, 10**9],
        ["Matrix", 2, 2],
        ["Matrix", 10**9, 10**9],
        ["Add", "os.system('x')"],
        ["sympify", "1+1"],
        ["function", "__import__('os')\n"],
        ["dict", 1],
        ["Integer"],
        [[]],
        [],
        5.5,
        {"a": 1},
    ],
)
def test_a_made_up_form_does_no_harm(form: object) -> None:
    with pytest.raises(EvaluationError):
        decode(form)


def test_reading_a_form_computes_nothing() -> None:
    giant = ["factorial", ["Pow", ["Rational", "0xa", "0x1"], ["Rational", hex(10**9), "0x1"]]]
    began = time.monotonic()
    assert str(decode(giant)) == "factorial(10**1000000000)"
    assert time.monotonic() - began < 10


def test_a_form_nested_beyond_reason_is_damaged() -> None:
    form: list[object] = ["Rational", "0x1", "0x1"]
    for _ in range(100_000):
        form = ["sin", form]
    with pytest.raises(EvaluationError):
        decode(form)
    while form[0] == "sin":  # a plain drop would recurse
        form = form[1]  # type: ignore[assignment]


FRAME = frames.MAX_FRAME


@pytest.mark.parametrize(
    "body",
    [
        b'{"form":' + b"[" * (FRAME // 2),
        b'{"form":' + b"[" * (FRAME // 2) + b"]" * (FRAME // 2) + b"}",
        b'{"form":' + b"9" * FRAME + b"}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"form":1e999,,}',
        b"",
    ],
    ids=range(8),
)
def test_a_made_up_frame_is_no_message(body: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(ValueError):
        frames.unpack(body)
    assert time.monotonic() - began < 10


def test_a_frame_that_is_too_long_stays_unread() -> None:
    source, sink = os.pipe()
    os.write(sink, (FRAME + 1).to_bytes(4, "big") + b"x")
    with pytest.raises(ValueError):
        frames.read(source)
    os.close(source)
    os.close(sink)


@pytest.mark.parametrize(
    "reply",
    [
        {"text": 5, "latex": [], "approx": None, "printed": {}},
        {"error": ["x"], "what": 5, "fix": None},
        {"error": "SystemExit", "what": "a" * 10**6, "fix": "\ud800"},
        {"form": {"a": [1]}, "has_form": "yes"},
        {},
    ],
)
def test_a_made_up_reply_has_the_types_that_we_expect(reply: dict[str, object]) -> None:
    try:
        answer = checked(reply)
    except EvaluationError as error:
        assert len(error.what) <= 1000
        assert (error.what + error.fix).isprintable()
    else:
        assert all(isinstance(answer[k], str) for k in ("text", "latex", "approx", "printed"))
        assert isinstance(answer["has_form"], bool)


def test_no_file_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evaluate("2+2")
    assert os.listdir(tmp_path) == []


def test_errors_cross_as_plain_sentences() -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate("x = 1\ny = x / 0")
    assert json.dumps([caught.value.what, caught.value.fix])
    assert caught.value.what == "Line 2: division by zero."
