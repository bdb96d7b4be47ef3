"""A run goes into a notebook file and comes out as the same run; whoever wrote the file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import gba_jupyter as gba
from gba_jupyter import commands, recall
from gba_jupyter import events as e
from gba_jupyter.display import MIME, markdown, text
from gba_jupyter.display.live import replay
from gba_jupyter.errors import OptionError
from gba_jupyter.records import STORED_BYTES, pack, unpack
from gba_jupyter.session import Session

COST = e.Timings(1, 2, 3, 4.0, 5.0)
PIECES = [
    "word ", "\n", "日本", "👩\u200d💻", "\u202e", "\x00", "\x1b[31m", '"', "\\", "$5",
    r"\(x\)", "<b>",
    "```", "# ", "\u2028", "\ue000", "a" * 50, "{", "}", "\t", "é", "e\u0301", "\r\n", " ",
]  # fmt: skip
GRAMMARS = ['root ::= "a"\n', 'root ::= "b" x\nx ::= [0-9]+\n', "root ::= [a-z]*\n"]


def words(rng: random.Random, most: int = 8) -> str:
    return "".join(rng.choices(PIECES, k=rng.randint(0, most)))


def value(rng: random.Random, depth: int = 0) -> Any:
    kinds: list[Any] = [
        None, True, False, rng.randint(-9, 9), rng.random(), words(rng), 2**53 + 1,
        -(10**30), 1e300,
    ]  # fmt: skip
    if depth < 3 and rng.random() < 0.4:
        if rng.random() < 0.5:
            return [value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
        names = rng.sample(["a", "b", "__proto__", "1", "application/json", "é", ""], 3)
        return {name: value(rng, depth + 1) for name in names}
    return rng.choice(kinds)


def arguments(rng: random.Random) -> dict[str, Any]:
    return {name: value(rng) for name in rng.sample(["x", "y", "__proto__", "query"], 2)}


def made_up(seed: int) -> list[e.Event]:
    """A run as it could have been told, live events included."""
    rng = random.Random(seed)
    kind = rng.choice(["agent", "agent", "math"])
    told: list[e.Event] = [
        e.ServerStarting("loading", 1, 2),
        e.RunStarted(kind, words(rng), "m.gguf", "http://x", ("f", "g"), "main"),  # type: ignore[arg-type]
    ]
    for step in range(1, rng.randint(1, 6)):
        phases: list[e.Phase] = ["reason", "act"] if kind == "agent" else ["program"]
        for phase in phases:
            written = words(rng, 30)
            told += [e.PhaseStarted(step, phase), e.PromptProgress(step, phase, 1, 2, 0)]
            if phase != "reason":
                told.append(e.GrammarUsed(step, rng.choice(GRAMMARS), (words(rng),)))
            told += [e.TextDelta(step, phase, piece) for piece in written.split(" ")]
            told.append(e.PhaseFinished(step, phase, written, COST, rng.choice(["eos", "limit"])))
        if kind == "math":
            told.append(e.Evaluated(step, words(rng), words(rng), "x", "1.5", rng.random() < 0.3))
            told.append(e.Checked(step, words(rng), rng.choice([True, False, None])))
            told.append(e.Plotted(step, {"curves": [{"label": "x", "points": [[0.0, None]]}]}))
            continue
        told.append(e.RulesUsed(step, {"root": 1, "char": rng.randint(1, 99), "a": 2}))
        told.append(e.ApprovalAsked(step, "f", arguments(rng)))
        told.append(e.ApprovalGiven(step, "f", "reject", words(rng)))
        told.append(e.ToolCalled(step, "f", arguments(rng)))
        told.append(e.ToolReturned(step, "f", words(rng, 40), rng.random() < 0.2, object()))
        told.append(e.Notice(words(rng)))
    status: e.Status = rng.choice(["done", "failed", "interrupted"])
    told += [e.Answered(words(rng))] if status == "done" else []
    return [*told, e.RunFinished(status, COST, rng.random(), words(rng))]


def through_javascript(value: Any) -> Any:
    """What JSON is after a front end has read and written it: each number is a double."""
    match value:
        case bool() | None | str():
            return value
        case int() | float():
            number = float(value)
            return int(number) if number.is_integer() and abs(number) < 1e21 else number
        case list():
            return [through_javascript(v) for v in value]
        case dict():
            return {k: through_javascript(v) for k, v in value.items() if k != "__proto__"}


def notebook(path: Path, *records: Any) -> Path:
    """A file as JupyterLab saves it, with a record in an output of each cell."""
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {MIME: r}} for r in records]
    cells = [{"cell_type": "code", "source": "", "outputs": [output]} for output in outputs]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    saved = json.dumps(through_javascript(book), indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(saved, "utf-8")
    return path


def calls(event: e.Event) -> list[str]:
    """The order of the arguments, which does not count in a comparison of dicts."""
    return list(event.arguments) if isinstance(event, e.ToolCalled) else []


def kept(events: list[e.Event]) -> tuple[e.Event, ...]:
    return tuple(filter(e.is_kept, events))


def test_500_runs_come_back_from_a_notebook_as_they_were(tmp_path: Path):
    runs = [made_up(seed) for seed in range(500)]
    file = notebook(tmp_path / "runs.ipynb", *(pack(run, STORED_BYTES) for run in runs))
    found, damaged = recall.read(str(file))
    assert damaged == 0
    for run, again in zip(runs, found, strict=True):
        assert again == kept(run)
        assert list(map(calls, again)) == list(map(calls, kept(run)))


def test_500_runs_come_back_from_their_json():
    for seed in range(500):
        events = made_up(seed)
        result: Any
        run = gba.AgentRun("q", "a", (), tuple(events))
        data = json.loads(json.dumps(run.to_json()))
        assert unpack(data) == kept(events)
        if events[1].kind == "agent":  # type: ignore[union-attr]
            result = gba.AgentRun.from_json(data)
            assert (result.steps, result.usage) == (run.steps, run.usage)
            assert (result.question, result.messages) == (events[1].question, ())  # type: ignore[union-attr]
        elif any(isinstance(x, e.Evaluated) and not x.is_error for x in events):
            result = gba.MathResult.from_json(data)
            assert str(result) in [x.text for x in events if isinstance(x, e.Evaluated)]
            assert result.latex == "x" and len(result.checks) == len(result.evaluation.pictures)
        if not isinstance(events[-2], e.Answered) and events[1].kind == "agent":  # type: ignore[union-attr]
            assert str(result) == ""


def test_half_a_surrogate_pair_is_replaced():
    record = pack([e.Answered("a\ud800b \ud83d\ude00"), e.ToolCalled(1, "f", {"\udfff": "\udfff"})])
    json.dumps(record, ensure_ascii=False).encode()
    assert unpack(record)[0] == e.Answered("a\ufffdb 😀")


def test_numbers_that_json_does_not_have_survive():
    data = {"x": float("inf"), "y": [-float("inf")]}
    record = json.loads(json.dumps(pack([e.ToolCalled(1, "f", data)]), allow_nan=False))
    assert unpack(record) == (e.ToolCalled(1, "f", data),)


# -- size ----------------------------------------------------------------------------------


def large_run(steps: int, size: int) -> list[e.Event]:
    gbnf = "\n".join(f'rule-{i} ::= "{"x" * 40}" | rule-{i + 1}' for i in range(size // 60))
    thought = "I have to look it up, because I do not know it. " * 12
    told: list[e.Event] = [e.RunStarted("agent", "q?", "m.gguf", "http://x", ("f",), "main")]
    for step in range(1, steps + 1):
        call = json.dumps({"tool": "f", "arguments": {"query": "dogs and cats " * 20}})
        told += [
            e.PhaseStarted(step, "reason"),
            e.PhaseFinished(step, "reason", thought, COST),
            e.PhaseStarted(step, "act"),
            e.GrammarUsed(step, gbnf if step % 2 else gbnf + "\n", ("a: no pattern",)),
            e.PhaseFinished(step, "act", call, COST),
            e.RulesUsed(step, {f"rule-{i}": i for i in range(60)}),
            e.ToolCalled(step, "f", {"query": "dogs and cats " * 20}),
            e.ToolReturned(step, "f", ('<p>"a page"</p>\n' * (size // 15))),
        ]
    return [*told, e.Answered("It is so. " * 40), e.RunFinished("done", COST, 3.5)]


def saved_size(events: list[e.Event], monkeypatch: pytest.MonkeyPatch) -> int:
    """Bytes of the notebook that shows this run, as Jupyter saves it."""
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr("gba_jupyter.display.live._show", lambda data, **_: bundles.append(data))
    replay(events)
    split = [
        {k: v if "json" in k else v.splitlines(keepends=True) for k, v in bundle.items()}
        for bundle in bundles
    ]
    outputs = [{"output_type": "display_data", "metadata": {}, "data": data} for data in split]
    book = {"cells": [{"cell_type": "code", "source": "", "outputs": outputs}], "nbformat": 4}
    return len(json.dumps(book, indent=1, ensure_ascii=False).encode())


@pytest.mark.parametrize("size", [1_000, 20_000, 100_000, 300_000])
def test_a_run_of_ten_steps_stays_below_200_kb(size: int, monkeypatch: pytest.MonkeyPatch):
    bytes_ = saved_size(large_run(10, size), monkeypatch)
    print(f"\n[size] results and grammars of {size:,} characters: {bytes_:,} bytes in the notebook")
    assert bytes_ < 200_000


@pytest.mark.parametrize("steps", [1, 10, 100, 1000])
def test_a_record_is_bounded_and_can_be_read(steps: int):
    events = large_run(steps, 100_000 if steps <= 10 else 1_000)
    record = pack(events, STORED_BYTES)
    assert len(json.dumps(record, ensure_ascii=False).encode()) <= STORED_BYTES + 100
    again = unpack(record)
    assert again[0] == events[0] and again[-1] == events[-1]
    assert pack(again, STORED_BYTES) == record
    if steps == 10:
        assert [type(x) for x in again] == [type(x) for x in events]
        (cut,) = [x.content for x in again if isinstance(x, e.ToolReturned) and x.step == 7]
        assert cut.endswith("characters are not stored)")


def test_a_grammar_is_stored_once():
    events = large_run(6, 6_000)
    assert json.dumps(pack(events)).count("rule-0 ::=") == 2
    assert unpack(pack(events)) == tuple(events)


# -- files that anybody may have written ---------------------------------------------------

HOSTILE: list[Any] = [
    None, 1, "x", [], {}, {"events": []}, {"version": 1, "events": "x"},
    {"version": 2, "events": [{}]},
    {"version": 1, "events": [None]}, {"version": 1, "events": [{"event": "Answered", "text": 1}]},
    {"version": 1, "events": [{"event": "Event"}]}, {"version": 1, "events": [{"event": []}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f", "arguments": "x"}]},
    {"version": 1, "events": [{"event": "ToolReturned", "step": 1, "name": "f",
                               "content": "", "value": 1}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "{"}}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "[" * 9999}}]},
    {"version": 1, "events": [{"event": "ToolCalled", "step": 1, "name": "f",
                               "arguments": {"application/json": "5"}}]},
]  # fmt: skip


@pytest.mark.parametrize("record", HOSTILE)
def test_a_record_that_is_none_is_refused(record: Any, tmp_path: Path):
    with pytest.raises(ValueError):
        unpack(record)
    with pytest.raises(OptionError) as caught:
        gba.AgentRun.from_json(record)
    assert caught.value.fix
    good = pack([e.RunStarted("agent", "q", "", ""), e.Answered("a")])
    found, damaged = recall.read(str(notebook(tmp_path / "a.ipynb", record, good, good)))
    assert (len(found), damaged) == (1, 1)


@pytest.mark.parametrize(
    "picture",
    [{}, {"curves": 5}, {"curves": [5]}, {"spans": 1}, {"plane": []},
     {"curves": [{"points": [[1]]}]},
     {"curves": [{"label": "x", "points": []}], "marks": {"a": 1}}, {"spans": [{}]}, {"label": {}}],
)  # fmt: skip
def test_a_picture_may_be_anything(picture: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gba_jupyter.display.live._show", lambda data, **_: None)
    events = unpack(pack([e.Plotted(1, picture)]))
    replay(events)


@pytest.mark.parametrize("seed", range(60))
def test_odd_orders_of_events_are_shown(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gba_jupyter.display.live._show", lambda data, **_: None)
    events = made_up(seed)
    random.Random(seed).shuffle(events)
    replay(unpack(pack(events)))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"cells": 5}', "[" * 99_999, "\xff", '{"cells": [1]}']
)
def test_a_file_that_is_no_notebook_is_told(content: str, tmp_path: Path):
    path = tmp_path / "x.ipynb"
    path.write_text(content, "latin-1")
    try:
        assert recall.read(str(path)) == ([], 0)
    except OptionError as error:
        assert error.fix and "x.ipynb" in error.what


# -- commands --------------------------------------------------------------------------------


def do(session: Session, *words: str) -> Any:
    return commands.run(session, list(words), lambda _: None)


def test_runs_are_listed_shown_opened_and_exported(tmp_path: Path):
    session = Session()
    assert do(session, "runs") == "No runs yet."
    with pytest.raises(OptionError):
        do(session, "show")
    first, second = (
        [
            e.RunStarted("agent", f"{name}?", "", ""),
            e.Answered(name),
            e.RunFinished("done", COST, 1.0),
        ]
        for name in ("one", "two")
    )
    session.remember([e.Notice("of no run")])
    session.remember(first)
    session.remember(second)
    assert do(session, "show").events == tuple(second)
    assert do(session, "show", "2").events == tuple(first)
    again = do(session, "show", "1", "--view", "compact", "--whole")
    assert (again.look.view, again.look.whole) == ("compact", True)
    do(session, "set", "view=answer")
    assert do(session, "show").look.view == "answer"
    assert do(session, "runs").splitlines()[1].split()[0] == "2"
    for words in (
        ["show", "3"],
        ["show", "0"],
        ["show", "x"],
        ["show", "--view", "x"],
        ["show", "²"],
    ):
        with pytest.raises(OptionError):
            do(session, *words)

    names = [str(tmp_path / f"run.{kind}") for kind in ("md", "html", "json")]
    for name in names:
        assert "bytes" in do(session, "export", name)
        with pytest.raises(OptionError, match="exists"):
            do(session, "export", name)
        do(session, "export", name, "2", "--force")
        assert "one?" in Path(name).read_text("utf-8")
    with pytest.raises(OptionError):
        do(session, "export", "run.txt")
    with pytest.raises(OptionError):
        do(session, "export", str(tmp_path / "no" / "run.md"))

    fresh = Session()
    book = notebook(tmp_path / "a.ipynb", pack(first), pack(second), pack(first))
    assert "2 runs" in do(fresh, "open", str(book))
    assert do(fresh, "show").events == tuple(second)
    assert "1 run." in do(fresh, "open", names[2])
    assert str(gba.AgentRun.from_json(json.loads(Path(names[2]).read_text()))) == "one"
    with pytest.raises(OptionError):
        do(fresh, "open", "none.ipynb")


def test_what_is_shown_of_a_reopened_run_is_what_was_shown():
    for seed in range(100):
        events = made_up(seed)
        before = [(markdown.render(b), text.render(b)) for b in _blocks(events)]
        after = [(markdown.render(b), text.render(b)) for b in _blocks(unpack(pack(events)))]
        assert before == after


def _blocks(events: Any) -> Any:
    from functools import reduce

    from gba_jupyter.display.blocks import View
    from gba_jupyter.display.view import fold

    return reduce(fold, events, View()).blocks
