"""Mathematics in the cell: programs by hand, checks, pictures, limits."""

import base64

import pytest

from gba_jupyter.events import Checked, Evaluated, Notice, Plotted, RunFinished


def test_a_program_is_run_as_it_is_written(kernel):
    cell = kernel.do("%%math --program --out m\nx = 27**0.24\nresult = x")
    (answer,) = [d for d in cell.shown if "[program]" in d.plain]
    assert answer.plain.startswith("[answer]\n27**(6/25) ≈ 2.20560")
    assert "27^{\\frac{6}{25}}" in answer.data["text/markdown"]
    assert "<details><summary>Program" in answer.data["text/markdown"]
    assert kernel.do("print(m.approx, m.program)").stream("stdout").startswith("2.20560 x = 27")


def test_checks_and_pictures_stand_below_the_answer(kernel):
    cell = kernel.do("%%math --program --check --plot\nsolve(x**2 - 4, x)")
    assert cell.plain[-2] == "[check] putting [-2, 2] back into x**2 - 4: ✓ it holds"
    assert base64.b64decode(cell.shown[-1].data["image/png"]).startswith(b"\x89PNG")
    assert cell.plain[-1] == "[picture] x**2 - 4; marked: x = -2, x = 2"
    kinds = [type(event) for event in cell.events]
    assert kinds.index(Evaluated) < kinds.index(Checked) < kinds.index(Plotted)
    again = kernel.do("_")
    assert again.plain[1:] == cell.plain[1:]
    assert "image/png" in again.shown[-1].data


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("--timeout 0.3 while True: pass", "--timeout 0.6"),
        ("--memory 200 a = [0] * 10**9", "--memory 400"),
        ("import os", "os cannot be imported"),
        ("--vote 3 2+2", "Leave out --program, or --vote."),
        ("--memory 5 2+2", "from 128"),
    ],
)
def test_limits_and_mistakes_say_what_to_do(kernel, line, what):
    cell = kernel.run(f"%math --program {line}")
    assert cell.status == "error"
    assert what in "\n".join(cell.error["traceback"])
    kernel.do("%math --program 2+2")


def test_a_vote_shows_every_program_and_counts(kernel):
    cell = kernel.run("%math --vote 3 --repair 0 --temperature 0.3 What is 6 times 7?")
    ran = [e for e in cell.events if isinstance(e, Evaluated)]
    assert len(ran) == 3 and len({e.step for e in ran}) == 3
    if cell.status == "ok":
        assert any(
            "of 3 programs give this answer." in e.text
            for e in cell.events
            if isinstance(e, Notice)
        )
    else:
        assert all(e.is_error for e in ran)


def test_a_free_program_is_taken_out_of_what_was_written(kernel):
    cell = kernel.run("%math --free --repair 2 What is 17 times 23?")
    assert isinstance(cell.events[-1], RunFinished)
    assert not any("::=" in d.data.get("text/markdown", "") for d in cell.shown)
    ran = [e for e in cell.events if isinstance(e, Evaluated)]
    assert 1 <= len(ran) <= 3
    assert all("```" not in e.program for e in ran if not e.is_error)


def test_a_program_of_ones_own_needs_no_server(kernel):
    kernel.do("%gba stop")
    assert kernel.do("%math --program 2+2").plain[-1].startswith("[answer]\n4")
    kernel.do("%gba serve")
