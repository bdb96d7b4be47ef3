"""Whatever a model, a tool or a file says, the page only shows it: nothing runs, nothing leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from attacks import ATTACKS, HOST
from lab import Notebook
from playwright.sync_api import BrowserContext, Page, expect

# Jupyter drops messages that come faster than 1,000 in a second, the end of a cell among them.
FEED = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from attacks import ATTACKS
from gba_jupyter.display import NotebookRecorder, show_again, show_wire
from gba_jupyter.errors import GbaError
from gba_jupyter.events import *
from gba_jupyter.findings import Sent, Stretch
from gba_jupyter.readings import *
cost = Timings(1, 2, 3, 4.0, 5.0)
def sent(a):
    prompt = (Stretch("", a, True), Stretch(a, a), Stretch("user", a, is_cached=True))
    return Sent(1, a, a, prompt, 9, 4, 5, True, {{a: a, "stop": [a]}}, a, a)
def run(a):
    token = LensToken(a, 0.5, True, False, True, a, 0.5, (Choice(a, 0.5, True),))
    return (
        RunStarted("agent", a, a, a, (a,), a),
        PhaseStarted(1, "reason"),
        PhaseFinished(1, "reason", a, cost),
        PhaseStarted(1, "act"),
        GrammarUsed(1, a, (a,)),
        PhaseFinished(1, "act", a, cost),
        RulesUsed(1, {{a: 2, "root": 1}}),
        LensRead(1, "act", (token, token), LensTotals(2, rules=((a, 2),))),
        ToolCalled(1, a, {{"a": a, a: [a]}}),
        ApprovalGiven(1, a, "reject", a),
        ToolReturned(1, a, a),
        ToolReturned(1, a, (a + "\\n") * 30),
        ToolReturned(1, a, a, True),
        PhaseStarted(2, "program"),
        PhaseFinished(2, "program", a, cost),
        Evaluated(2, a, a, a, a),
        Checked(2, a, None),
        Plotted(2, {{"label": a, "curves": [{{"label": a}}]}}),
        PhaseStarted(3, "program"),
        Evaluated(3, a, a, is_error=True),
        TrialMade(1, 2, Trial(False, True, 1, a, False, False, a, a), a),
        TrialMade(2, 2, Trial(True, True, 1, a, True, True, a, a), a),
        Notice(a),
        Answered(a),
        RunFinished("failed", cost, 1.0, a),
    )
"""
SHOW = "for a in ATTACKS[{}:{}]: time.sleep(0.05); show_again(get_ipython(), run(a))"
WIRE = "for a in ATTACKS: time.sleep(0.02); show_wire(get_ipython(), (sent(a),))"
STREAM = """
for a in ATTACKS:
    time.sleep(0.05)
    recorder = NotebookRecorder()
    for phase in "reason", "act", "answer":
        recorder.show(PhaseStarted(1, phase))
        recorder.show(TextDelta(1, phase, a))
    recorder.show(ServerStarting(a, 1, 2))
"""
ERRORS = """
for a in ATTACKS:
    time.sleep(0.02)
    try:
        raise GbaError(a, a)
    except GbaError:
        get_ipython().showtraceback()
"""
AGAIN = """
%load_ext gba_jupyter
import json
from gba_jupyter.display import MIME
from gba_jupyter.records import pack
cells = [{"outputs": [{"data": {MIME: pack(run(a))}}]} for a in ATTACKS[:20]]
open("told.ipynb", "w").write(json.dumps({"cells": cells}))
%gba open told.ipynb
%gba show 3 --view compact
%gba show 2 --view answer
%gba show 1 --whole
%gba runs
get_ipython().magics_manager.registry["GbaMagics"].session.history.clear()
for number, a in enumerate(ATTACKS):
    time.sleep(0.02)
    get_ipython().magics_manager.registry["GbaMagics"].session.history.append(run(a))
    get_ipython().run_line_magic("gba", f"export --force attack-{number}.html")
    get_ipython().run_line_magic("gba", f"export --force attack-{number}.md")
"""

# What is in the page besides text: elements of kinds that we never make, and attributes that hold
# what an attack wrote. MathJax keeps the TeX of a formula in attributes of its own, and JupyterLab
# makes links of the addresses in an error's text, which we cannot help. They wait for a click, and
# browsers open neither data: nor file: from a page.
FOREIGN = """root => {
    const never = 'img, script, iframe, svg, object, embed, link, form, input, button, style, base,'
        + 'meta, video, audio, picture, template, textarea, marquee, h2, h3, hr, a[href],'
        + 'math:not(mjx-container math), [onerror], [onload], [onclick], [onfocus], [ontoggle]';
    const byLab = e => /^(https?|ftp|file|data):/.test(e.href)
        && e.matches('[data-mime-type="application/vnd.jupyter.error"] a,'
            + '[data-mime-type="application/vnd.jupyter.stderr"] a');
    const found = [];
    for (const area of document.querySelectorAll(root)) {
        const kind = (area.dataset.mimeType || '') + ' ';
        for (const bad of area.querySelectorAll(never))
            if (!byLab(bad)) found.push(kind + bad.outerHTML.slice(0, 200));
        for (const element of area.querySelectorAll('*')) {
            if (element.closest('mjx-container') || byLab(element)) continue;
            for (const {name, value} of element.attributes)
                if (/pwn|evil/.test(name + value) || /^on/.test(name))
                    found.push(kind + name + '=' + value.slice(0, 200));
        }
    }
    return found;
}"""


class Watch:
    """What a page does that it must not."""

    def __init__(self, page: Page, own: str) -> None:
        self._page, self._own = page, own
        self.left: list[str] = []
        page.on("dialog", lambda dialog: (self.left.append("dialog"), dialog.dismiss()))
        page.on("popup", lambda popup: self.left.append(f"popup {popup.url}"))
        page.context.route("**/*", self._decide)

    def _decide(self, route) -> None:
        url = urlsplit(route.request.url)
        mine = urlsplit(self._own)
        if (url.scheme, url.netloc) == (mine.scheme, mine.netloc) or url.scheme in ("data", "blob"):
            route.continue_()
        else:
            self.left.append(route.request.url)
            route.abort()

    def assert_harmless(self, root: str) -> None:
        self._page.wait_for_timeout(1500)  # what was going to act has acted
        assert self._page.evaluate("() => window.pwned") is None
        assert self._page.evaluate(FOREIGN, root) == []
        assert not [url for url in self.left if "mathjax" not in url.lower()]


def open_all(page: Page, root: str) -> None:
    """What is folded could be opened by a reader."""
    page.evaluate(
        "root => document.querySelectorAll(root + ' details').forEach(d => { d.open = true; })",
        root,
    )


def times(page: Page, words: str) -> int:
    """How often the words are in the page, as text."""
    return page.evaluate("words => document.body.textContent.split(words).length - 1", words)


@pytest.fixture(scope="module")
def saved(quiet_lab) -> list[str]:
    """The name of the notebook in which the first test has shown all attacks."""
    return []


OUTPUT = ".jp-OutputArea-output"


def test_there_are_enough_attacks():
    assert len(set(ATTACKS)) >= 100


@pytest.mark.timeout(1500)
def test_attacks_are_only_text(quiet_lab, context: BrowserContext, saved: list[str]):
    steps = range(0, len(ATTACKS), 40)
    cells = [SHOW.format(start, start + 40) for start in steps]
    name = quiet_lab.write("attacks.ipynb", FEED, *cells, WIRE, STREAM, ERRORS, AGAIN)
    book = Notebook(quiet_lab, context, name)
    watch = Watch(book.page, quiet_lab.url)
    book.run_all()
    shown = book.page.locator(OUTPUT)
    assert shown.count() > 12 * len(ATTACKS)
    open_all(book.page, OUTPUT)
    watch.assert_harmless(OUTPUT)
    assert times(book.page, "onerror=") > 1000  # it is there, as text
    context.unroute_all()  # Playwright would carry all of the notebook
    book.save()
    saved.append(name)
    assert not [error for error in book.errors if "evil.test" in error or "pwn" in error]


@pytest.mark.timeout(1500)
def test_the_saved_notebook_is_harmless_without_a_kernel(quiet_lab, context, saved: list[str]):
    copy = quiet_lab.give_away(saved[0], "given.ipynb")
    book = Notebook(quiet_lab, context, copy, has_kernel=False)
    watch = Watch(book.page, quiet_lab.url)
    cells = "[...jupyterapp.shell.currentWidget.content.model.cells]"
    assert book.page.evaluate(f"() => {cells}.every(cell => !cell.trusted)")
    expect(book.page.locator(OUTPUT).last).to_be_attached()
    open_all(book.page, OUTPUT)
    watch.assert_harmless(OUTPUT)
    assert times(book.page, "onerror=") > 1000


@pytest.mark.timeout(1500)
def test_nbconvert_is_harmless(quiet_lab, context, saved: list[str]):
    page_file = quiet_lab.root / "attacks.html"
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output", page_file.name]
    subprocess.run([*command, saved[0]], cwd=quiet_lab.root, check=True, capture_output=True)
    page = context.new_page()
    watch = Watch(page, page_file.as_uri())
    page.goto(page_file.as_uri(), wait_until="domcontentloaded")
    root = ".jp-OutputArea-output"
    open_all(page, root)
    watch.left = [url for url in watch.left if HOST in url]  # the template wants its libraries
    watch.assert_harmless(root)
    assert times(page, "onerror=") > 1000


@pytest.mark.timeout(1500)
def test_exported_pages_are_harmless(quiet_lab, context, saved: list[str]):
    files = sorted(quiet_lab.root.glob("attack-*.html"))
    assert saved and len(files) == len(ATTACKS)
    page = context.new_page()
    for file in files:
        watch = Watch(page, file.as_uri())
        page.goto(file.as_uri(), wait_until="load")
        open_all(page, "main")
        assert page.evaluate("() => window.pwned") is None
        assert page.evaluate(FOREIGN, "main") == [], file
        assert watch.left == []


@pytest.mark.timeout(1500)
def test_exported_markdown_is_harmless_where_markdown_is_shown(quiet_lab, context, saved):
    words = [file.read_text("utf-8") for file in sorted(quiet_lab.root.glob("attack-*.md"))]
    assert saved and len(words) == len(ATTACKS)
    book = {
        "cells": [{"cell_type": "markdown", "id": f"m{i}", "metadata": {}, "source": word}
                  for i, word in enumerate(words)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    (quiet_lab.root / "words.ipynb").write_text(json.dumps(book), "utf-8")
    opened = Notebook(quiet_lab, context, "words.ipynb")
    watch = Watch(opened.page, quiet_lab.url)
    opened.page.wait_for_timeout(2000)
    root = ".jp-MarkdownOutput h1 ~ *"
    assert opened.page.locator(root).count() > 10 * len(ATTACKS)
    watch.assert_harmless(root)
