"""What a reader sees: JupyterLab in Chromium, on the real server."""

import json
import re
import time

import pytest
from lab import CELL, Notebook
from playwright.sync_api import expect

from gba_jupyter.display import MIME

expect.set_options(timeout=CELL)

LOAD = "%load_ext gba_jupyter"
ANSWER = re.compile("^Answer$")

PWN = "parent.gba_pwned = window.gba_pwned = 1"
SPEECH = "\n".join(
    [
        f"<img src=x onerror='{PWN}'>",
        f"<script>{PWN}</script>",
        f'<iframe srcdoc="<script>{PWN}</script>"></iframe>',
        f"<svg onload='{PWN}'></svg>",
        f"[click](javascript:{PWN})",
        "![image](http://127.0.0.1:9/tracker.png)",
        "[ref]: javascript:alert(1)",
        "[ref] and <https://127.0.0.1:9/auto> and <a href='javascript:alert(1)'>link</a>",
        f"```\n<img src=x onerror='{PWN}'>\n````\n<img src=x onerror='{PWN}'>",
        f"~~~\n</details></summary></code></pre><img src=x onerror='{PWN}'>",
        rf"$\href{{javascript:{PWN}}}{{x}}$ and $$\unicode{{x41}}$$ and \(x\) costs $5 and $6",
        f"-->]]></textarea></style><img src=x onerror='{PWN}'>",
        "# heading\n- list\n| a | b |\n|---|---|\n| 1 | 2 |\n&lt;img&gt; \x1b[31m \x00 \u202e",
    ]
)
PLAIN = (
    "costs $5 and $6, or $x$ and $$y$$",
    r"\(x\) and \[y\] and \alpha and C:\new\(file)",
    r"\begin{equation}x\end{equation}",
    "*a* _b_ ~~c~~ `d` [e] (f) &lt; <g>",
    "2. two\n  indented\n# three\n- four\n===\n| a | b |\n|---|---|",
    "see `http://127.0.0.1:9/a_b` or <http://127.0.0.1:9/> or **http://127.0.0.1:9/c**",
)

FEED = f"""
from gba_jupyter.display import NotebookRecorder
from gba_jupyter.events import *
attack, cost = {SPEECH!r}, Timings(1, 2, 3, 4.0, 5.0)
call = {{"a": attack, attack: [attack]}}
for end in (), (RunFinished("done", cost, 1.0),), (RunFinished("failed", cost, 1.0, attack),):
    recorder = NotebookRecorder(clock=iter(range(10_000)).__next__)
    for event in (
        ServerStarting(attack, 1, 2),
        Notice(attack),
        RunStarted("agent", attack, attack, attack, (attack,), attack),
        PhaseStarted(1, "reason"),
        *(TextDelta(1, "reason", attack[i : i + 40]) for i in range(0, len(attack), 40)),
        PhaseFinished(1, "reason", attack, cost),
        PhaseStarted(1, "act"),
        GrammarUsed(1, attack, (attack,)),
        TextDelta(1, "act", attack),
        PhaseFinished(1, "act", attack, cost),
        ToolCalled(1, attack, call),
        ToolReturned(1, attack, attack, False),
        ToolReturned(1, attack, attack * 3, False),
        ToolReturned(1, attack, attack, True),
        PhaseStarted(2, "program"),
        TextDelta(2, "program", attack),
        Evaluated(2, attack, attack, is_error=True),
        Evaluated(2, attack, attack),
        Answered(attack),
        *end,
    ):
        recorder.show(event)
"""
TOOL = f"""
def look_up(query: str) -> str:
    "Looks something up."
    return {SPEECH!r} + query
"""


def test_run_all_shows_a_record_that_survives_save_and_reload(lab, context):
    name = lab.write(
        "run.ipynb",
        LOAD,
        "%%agent --max-steps 2 --out run\nCalculate (2 * 5) ** 0.8 / 2.",
        "%math What is 2 plus 3?",
        "print(run)",
    )
    book = Notebook(lab, context, name)
    book.run_all()

    def check():
        asked, solved = book.outputs(1), book.outputs(2)
        expect(asked.filter(has_text="the embedded one answers")).to_have_count(1)
        expect(asked.filter(has_text="2 steps")).to_have_count(1)
        for summary in ("Step 1 · reasoning", "Step 2 · reasoning"):
            expect(asked.locator("details > summary", has_text=summary)).to_have_count(1)
        expect(asked.locator("details > summary", has_text="GBNF · ")).to_have_count(2)
        expect(asked.locator("code", has_text="calculate(expression=")).to_have_count(1)
        answers = asked.locator("strong", has_text=ANSWER)
        expect(answers).to_have_count(1)
        expect(solved.locator("pre").first).to_contain_text("result = ")
        expect(solved.locator("details > summary", has_text="GBNF · ")).to_have_count(1)
        assert solved.locator("mjx-container").count() == 1
        answer = book.outputs(3).inner_text().strip()
        shown = asked.filter(has=book.page.locator("strong", has_text=ANSWER)).inner_text()
        assert "".join(answer.split()) in "".join(shown.split())

    book.page.locator("mjx-container").first.wait_for()
    check()
    assert book.errors == []

    gbnf = book.outputs(1).locator("details", has_text="GBNF · ").first
    rules = gbnf.locator("pre").first
    expect(rules).to_be_hidden()
    gbnf.locator("summary").click()
    expect(rules).to_be_visible()
    assert "root ::=" in rules.inner_text()
    book.page.locator(".jp-CodeCell").nth(3).click()  # elsewhere: it stays open
    expect(rules).to_be_visible()
    book.screenshot("run-light")
    book.theme("JupyterLab Dark")
    book.screenshot("run-dark")
    book.theme("JupyterLab Light")

    book.save()
    (record,) = [out["data"][MIME] for out in lab.outputs(name)[1] if MIME in out["data"]]
    assert record["events"][-1]["status"] == "done"
    assert "text/html" not in json.dumps(lab.outputs(name))
    book.reload()
    book.page.locator("mjx-container").first.wait_for()
    check()
    book.screenshot("run-reloaded")


def test_the_stop_button_ends_the_cell_and_the_words_stay(lab, context):
    raw = "%gba set adapter=off"  # which would keep it short
    name = lab.write("stop.ipynb", LOAD, raw, "%%agent --max-tokens 2000\nTell me a long story.")
    book = Notebook(lab, context, name)
    book.start("notebook:run-all-cells")
    reasoning = book.outputs(2).filter(has_text="Step 1 · reasoning")
    words = reasoning.locator("p").nth(1)
    expect(words).to_contain_text(re.compile(r"\w+ \w+ \w+"))
    partial = words.inner_text()
    book.screenshot("streaming")
    clicked = time.monotonic()
    book.page.locator('[data-jp-item-name="interrupt"]').click()
    book.finish()
    seconds = time.monotonic() - clicked
    print(f"\n[stop] from click to the end of the cell {seconds:.3f} s")
    assert seconds < 3  # measured: far below 1; the rest is for a busy machine
    expect(book.outputs(2).filter(has_text="interrupted · ")).to_have_count(1)
    error = book.outputs(2).filter(has_text="Interrupted: you stopped this run")
    expect(error).to_have_count(1)
    assert len(error.inner_text().strip().splitlines()) == 1
    kept = reasoning.text_content()
    assert " ".join(partial.split())[:40] in " ".join(kept.split())
    assert book.errors == []
    book.screenshot("stopped")


@pytest.fixture
def assert_harmless():
    """A check that nothing of `SPEECH` acted, only showed."""

    def check(book):
        outputs = book.page.locator(".jp-OutputArea-output")
        expect(outputs.first).to_be_visible()
        for tag in ("img", "script", "iframe", "svg", "style", "textarea", "form", "object"):
            assert outputs.locator(tag).count() == 0, tag
        assert outputs.locator("[onerror], [onload], [onclick]").count() == 0
        for target in outputs.locator("a").evaluate_all("links => links.map(a => a.href)"):
            assert target.startswith(("http://", "https://")) or not target
        for tag in ("h1", "table", "hr"):
            assert outputs.locator(tag).count() == 0, tag
        assert outputs.get_by_text("onerror=").count() > 0  # it is there, as text
        assert book.page.evaluate("() => window.gba_pwned") is None
        assert not [url for url in book.requests if ":9/" in url]

    return check


def test_hostile_text_is_only_text(lab, context, assert_harmless):
    question = SPEECH.replace("\0", "")  # which JupyterLab's editor does not take
    name = lab.write(
        "hostile.ipynb",
        LOAD,
        FEED,
        TOOL,
        f"%%agent --tools look_up --max-steps 2\n{question}",
        f"%agent --tools {SPEECH.splitlines()[0].replace(' ', '/')} hello",
    )
    book = Notebook(lab, context, name)
    book.run_all()
    expect(book.outputs(4).filter(has_text="OptionError")).to_have_count(1)
    for summary in book.page.locator(".jp-OutputArea-output summary").all():
        summary.click()
    assert_harmless(book)
    book.screenshot("hostile")
    book.save()
    book.reload()
    assert_harmless(book)
    assert book.errors == []


def test_text_shows_as_it_was_written(lab, context):
    """No mathematics, no markup and no stray entities where the model wrote none."""
    feed = f"""
from gba_jupyter.display import NotebookRecorder
from gba_jupyter.events import Notice
recorder = NotebookRecorder()
for text in {PLAIN!r}:
    recorder.show(Notice(text))
"""
    book = Notebook(lab, context, lab.write("plain.ipynb", feed, "%%markdown\n$\\alpha$"))
    book.run_all()
    book.page.locator("mjx-container").last.wait_for()  # mathematics has been typeset by now
    shown = [text.replace("\xa0", " ").strip() for text in book.outputs(0).all_inner_texts()]
    assert tuple(shown) == PLAIN
    assert book.outputs(0).locator("mjx-container").count() == 0
