"""A run as a file: all of it, in Markdown and as a page."""

from __future__ import annotations

import pytest
from record_parts import COST

from gba_jupyter import events as e
from gba_jupyter.display.page import as_html, as_markdown
from gba_jupyter.readings import Choice, LensToken, LensTotals, Trial

EXPORTS = {"html": as_html, "md": as_markdown}
STARTED = e.RunStarted("agent", "q?", "m.gguf", "http://x")


def test_pictures_are_in_both():
    pytest.importorskip("matplotlib")
    picture = {"curves": [{"label": "x", "points": [[0.0, 1.0], [1.0, 2.0]]}]}
    for export in EXPORTS.values():
        assert "data:image/png;base64,iVBOR" in export([STARTED, e.Plotted(1, picture)])
        assert "data:image" not in export([STARTED, e.Plotted(1, {"label": "x"})])


@pytest.mark.parametrize("kind", EXPORTS)
def test_why_it_failed_and_what_broke_off_is_told(kind: str):
    events: list[e.Event] = [STARTED]
    for step, stop in enumerate(("broken", "limit"), 1):
        for phase in ("reason", "act", "program"):
            events += [e.PhaseStarted(step, phase), e.PhaseFinished(step, phase, "x", COST, stop)]
    shown = EXPORTS[kind]([*events, e.RunFinished("failed", COST, 1.0, "It <b>broke.\nMend it.")])
    assert shown.count("broken off") == 3
    assert shown.count("cut off by the token limit") == 3
    assert "broke." in shown and "Mend it." in shown and "<b>" not in shown


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_whole_lens_is_told(kind: str):
    choices = (Choice("other", 0.7, False), Choice("<b>", 0.2, True))
    token = LensToken("wo rd", 0.25, True, False, True, "a-rule", 0.9, choices)
    shown = EXPORTS[kind](
        [STARTED, e.LensRead(1, "act", (token,) * 500, LensTotals(500, mass=0.9))]
    )
    assert shown.count("<code>a-rule</code>") == 500
    assert shown.count("<code>other</code> 70 %") == 500
    assert "mean legal mass ≥ 90 %" in shown and "<b>" not in shown
    assert " …" not in shown and ("<td>500</td>" in shown or "| 500 |" in shown)


@pytest.mark.parametrize("kind", EXPORTS)
def test_failed_texts_of_a_comparison_are_told(kind: str):
    trial = Trial(False, True, 3, "no <b> call", False, False, "fly", "It names no tool.")
    shown = EXPORTS[kind]([STARTED, *(e.TrialMade(i, 9, trial) for i in range(1, 10))])
    assert shown.count("no <b> call" if kind == "md" else "no &lt;b&gt; call") == 9
    assert shown.count("It names no tool.") == 9 and shown.count("seed 3") == 9


def test_a_page_has_its_formulas_as_text():
    page = as_html([STARTED, e.Answered(r"So \(x^2 \le \frac{a}{b}\) <b> and $5.")])
    assert "So <em>x² ≤ a/b</em> &lt;b&gt; and $5." in page
