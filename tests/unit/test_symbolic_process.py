"""The child process: its life, its death, and what it costs."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from gba_jupyter.errors import EvaluationError, LimitExceeded, OptionError
from gba_jupyter.symbolic import Evaluation, aevaluate, evaluate
from gba_jupyter.symbolic.limits import Limits
from gba_jupyter.symbolic.sandbox import Sandbox, Ticket

CAN_FORK = hasattr(os, "fork")


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox()
    yield made
    made.close()


def text(sandbox: Sandbox, program: str, timeout: float = 5.0) -> str:
    return str(sandbox.run(program, Limits(timeout))["text"])


def gone(pid: int) -> bool:
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_a_killed_child_is_replaced(sandbox: Sandbox) -> None:
    assert text(sandbox, "2+2") == "4"
    first = sandbox.pid
    os.kill(first, signal.SIGKILL)
    assert text(sandbox, "2+3") == "5"
    assert sandbox.pid != first


def test_a_child_killed_in_mid_program_is_an_error_and_then_replaced(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    threading.Timer(0.2, os.kill, (sandbox.pid, signal.SIGKILL)).start()
    with pytest.raises(EvaluationError, match="died"):
        text(sandbox, "while True: pass")
    assert text(sandbox, "2+2") == "4"


@pytest.mark.skipif(not CAN_FORK, reason="there is no warm child here")
def test_a_time_out_keeps_the_warm_child(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    before = sandbox.pid
    with pytest.raises(LimitExceeded):
        text(sandbox, "sum(range(10**12))", timeout=0.2)
    assert text(sandbox, "2+2") == "4"
    assert sandbox.pid == before


@pytest.mark.skipif(not CAN_FORK, reason="stops a process by signal")
def test_a_child_that_hangs_itself_is_ended_by_the_parent(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    stopped = sandbox.pid
    os.kill(stopped, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(LimitExceeded):
        text(sandbox, "2+2", timeout=0.2)
    assert time.monotonic() - began < 10  # the bench measures how far it is overshot
    assert gone(stopped)
    assert text(sandbox, "2+2") == "4"


def test_a_fresh_child_per_program_does_the_same() -> None:
    sandbox = Sandbox(fork=False)
    try:
        assert text(sandbox, "2+2") == "4"
        first = sandbox.pid
        with pytest.raises(LimitExceeded):
            text(sandbox, "while True: pass", timeout=0.2)
        assert text(sandbox, "2+3") == "5"
        assert sandbox.pid != first
    finally:
        sandbox.close()


def test_a_stop_by_the_user_ends_the_program(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    text(sandbox, "1")
    before = sandbox.pid
    monkeypatch.setattr("gba_jupyter.symbolic.frames.read", _stop)
    with pytest.raises(KeyboardInterrupt):
        text(sandbox, "while True: pass")
    monkeypatch.undo()
    assert gone(before)
    assert text(sandbox, "2+2") == "4"


def _stop(_: int) -> None:
    raise KeyboardInterrupt


def test_warming_up_does_not_wait() -> None:
    cold = Sandbox()
    began = time.monotonic()
    cold.warm_up()
    assert time.monotonic() - began < 5
    assert cold.pid
    warming = cold.pid
    assert text(cold, "2+2") == "4"
    assert cold.pid == warming
    cold.close()
    assert gone(warming)


@pytest.mark.skipif(not CAN_FORK, reason="forks the parent")
def test_a_fork_of_the_parent_leaves_the_childs_pipes_alone() -> None:
    script = """if True:
        import os
        from gba_jupyter.symbolic import evaluate
        evaluate("1")
        if os.fork() == 0:
            os._exit(int(str(evaluate("40 + 2"))))
        print(os.waitstatus_to_exitcode(os.wait()[1]), evaluate("2+2"))
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "42 4\n"


def test_threads_take_turns() -> None:
    answers: dict[int, str] = {}

    def work(number: int) -> None:
        answers[number] = str(evaluate(f"{number} * 2"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number * 2) for number in range(8)}


def spawn(sandbox: Sandbox, program: str, timeout: float, ticket: Ticket) -> "Caller":
    caller = Caller(sandbox, program, timeout, ticket)
    caller.start()
    return caller


class Caller(threading.Thread):
    """A user of a sandbox, and what it got."""

    def __init__(self, *call: object) -> None:
        super().__init__()
        self.call = call
        self.outcome = ""

    def run(self) -> None:
        sandbox, program, timeout, ticket = self.call
        try:
            self.outcome = sandbox.run(program, Limits(timeout), ticket)["text"]
        except EvaluationError as error:
            self.outcome = error.what


def test_abort_ends_its_own_program_and_no_other(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    running, waiting = Ticket(), Ticket()
    first = spawn(sandbox, "sum(range(2 * 10**6))", 30, running)
    time.sleep(0.01)
    second = spawn(sandbox, "while True: pass", 30, waiting)
    time.sleep(0.01)
    sandbox.abort(waiting)  # it waits its turn: the first goes on
    first.join(20)
    second.join(20)
    assert first.outcome == "1999999000000"
    assert second.outcome == "The program was stopped."


def test_abort_ends_the_program_that_runs_and_the_next_goes_on(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    ticket = Ticket()
    endless = spawn(sandbox, "while True: pass", 30, ticket)
    time.sleep(0.2)
    next_one = spawn(sandbox, "2+2", 5, Ticket())
    began = time.monotonic()
    sandbox.abort(ticket)
    endless.join(20)
    assert time.monotonic() - began < 10
    next_one.join(20)
    assert (endless.outcome, next_one.outcome) == ("The program was stopped.", "4")


def test_abort_of_what_is_over_or_has_not_begun(sandbox: Sandbox) -> None:
    ticket = Ticket()
    assert sandbox.run("2+2", Limits(), ticket)["text"] == "4"
    child = sandbox.pid
    sandbox.abort(ticket)
    assert text(sandbox, "2+3") == "5"
    assert sandbox.pid == child
    with pytest.raises(EvaluationError, match="stopped"):
        sandbox.run("2+2", Limits(), ticket)


def test_abort_while_the_child_starts() -> None:
    cold, ticket = Sandbox(), Ticket()
    caller = spawn(cold, "2+2", 30, ticket)
    time.sleep(0.1)
    cold.abort(ticket)
    caller.join(20)
    assert caller.outcome == "The program was stopped."
    assert text(cold, "2+2") == "4"
    cold.close()


async def test_a_cancelled_coroutine_leaves_the_others_alone() -> None:
    await aevaluate("1")
    others = [asyncio.create_task(aevaluate(f"sum(range(10**6)) + {n}")) for n in range(3)]
    endless = asyncio.create_task(aevaluate("while True: pass", timeout=60))
    await asyncio.sleep(0.05)
    last = asyncio.create_task(aevaluate("2+2"))
    await asyncio.sleep(0.05)
    endless.cancel()
    answers = [str(await other) for other in (*others, last)]
    assert answers == ["499999500000", "499999500001", "499999500002", "4"]


PARENT = """if True:
    import threading, time
    from gba_jupyter import symbolic
    symbolic.evaluate("1")
    print(symbolic._sandbox.pid, flush=True)
    symbolic.evaluate({program!r}, timeout=60)
    time.sleep(60)
"""


@pytest.mark.skipif(not CAN_FORK, reason="kills by signal")
@pytest.mark.parametrize("program", ["2+2", "while True: pass"])
def test_the_parent_killed_leaves_no_child(program: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(program=program)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.3)
    family = [child, *(process.pid for process in psutil.Process(child).children())]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert all(gone(pid) for pid in family)
    assert len(family) == (2 if "while" in program else 1)


def test_the_child_has_no_environment_and_no_files_of_ours(sandbox: Sandbox) -> None:
    text(sandbox, "1")
    child = psutil.Process(sandbox.pid)
    assert set(child.environ()) <= {"SYSTEMROOT", "LC_CTYPE"}
    assert child.open_files() == []
    assert child.memory_info().rss < 150 << 20


@pytest.mark.skipif(not CAN_FORK, reason="there is no warm child here")
def test_a_warm_call_is_quick() -> None:
    evaluate("2+2")
    seconds = []
    for _ in range(10):
        began = time.perf_counter()
        evaluate("2+2")
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.25  # a fresh process takes longer


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_an_impossible_timeout_is_the_callers_mistake(timeout: float) -> None:
    with pytest.raises(OptionError):
        evaluate("1", timeout=timeout)


def test_a_process_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Sandbox()
    monkeypatch.setattr("gba_jupyter.symbolic.sandbox._ENTRY", "raise SystemExit")
    with pytest.raises(EvaluationError, match="did not start"):
        broken.run("1", Limits(5.0))


def test_a_value_without_a_form_says_so() -> None:
    found = Evaluation("p", text="t", latex="", approx="", printed="", has_form=False)
    with pytest.raises(EvaluationError):
        _ = found.value
