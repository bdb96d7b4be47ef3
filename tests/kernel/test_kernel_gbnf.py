"""The workbench for grammars: what its cells show, in a real kernel and a real terminal."""

import base64
import json
import re
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
from kernels import Kernel, environment
from nbconvert import HTMLExporter

from gba_jupyter.events import GrammarUsed, PhaseFinished, RunFinished

DATE = 'root  ::= year "-" month\nyear  ::= digit{4}\nmonth ::= digit digit\ndigit ::= [0-9]\n'


@pytest.fixture(scope="module")
def offline():
    """A kernel with the extension, and no server anywhere."""
    with Kernel(GBA_AGENT_URL="http://127.0.0.1:9") as kernel:
        kernel.do("%load_ext gba_jupyter")
        yield kernel


def kinds(cell):
    return [sorted(drawing.data) for drawing in cell.shown]


def test_a_grammar_is_drawn_sampled_and_tried(offline):
    cell = offline.do(f'%%gbnf --test "2026-01" --test "2026-1" --samples 3 --out g\n{DATE}')
    words, picture = ["text/markdown", "text/plain"], ["image/svg+xml", "text/plain"]
    assert kinds(cell) == [words, picture, words]
    assert all(m["msg_type"] != "execute_result" for m in cell.messages)
    head, rules, texts = cell.plain
    assert head == "[grammar] 4 rules"
    assert "year ::= digit{4}" in rules
    assert '[accepted] "2026-01"\n    root' in texts
    assert '[ends too early]\n    "2026-1"\n           ^\n' in texts
    shown = offline.do("print(g is _, g.accepts('2026-01'), str(g).count('::='))")
    assert shown.stream("stdout") == "True True 4\n"
    assert cell.stream("stdout") + cell.stream("stderr") == ""


def test_a_grammar_as_the_value_of_a_cell_is_shown(offline):
    offline.do('%gbnf --no-diagram --out g root ::= "a"?')
    cell = offline.do("g")
    assert kinds(cell)[1] == ["image/svg+xml", "text/plain"]
    assert 'root ::= "a"?' in cell.shown[0].data["text/markdown"]
    assert offline.do("g;").plain == offline.do("g2 = %gbnf --samples 0 root ::= [a]\n").plain[2:]
    assert offline.do("print(g2)").stream("stdout") == "root ::= [a]\n\n"


@pytest.mark.parametrize("option", ["--no-diagram", "--samples 0 --no-diagram"])
def test_without_the_picture_there_is_one_output(offline, option):
    (only,) = offline.do(f"%%gbnf {option}\n{DATE}").plain
    assert ("[samples]" in only) == ("--samples" not in option)


def test_samples_follow_the_seed(offline):
    cells = [offline.do(f"%%gbnf --seed {n} --samples 9\n{DATE}").plain[-1] for n in (1, 1, 2)]
    assert cells[0] == cells[1] != cells[2]
    assert cells[0].count('"') == 18


MISTAKES = [
    ('%%gbnf\nroot ::= "a" b\nb ::= [a-z] ]\n', 3, "  3 | b ::= [a-z] ]", "]"),
    ('%%gbnf --test x\nroot ::= "日" ]\n', 2, '  2 | root ::= "日" ]', "]"),
    ("%%gbnf\n\troot\t::= ( \n", 3, "  3 | ", ""),
    ('%gbnf root ::= "yes" | no', 1, '  1 | root ::= "yes" | no', "n"),
    ("%%gbnf\n# so\nroot ::= w\nw ::= ([a-z]*)+\n", 4, "  4 | w ::= ([a-z]*)+", "w"),
]


@pytest.mark.parametrize(("code", "line", "shown", "char"), MISTAKES)
def test_a_mistake_is_an_error_with_a_caret_and_run_all_stops(offline, code, line, shown, char):
    wait = "import time; time.sleep(0.5)"  # until all are in the queue
    cells = [offline.submit(each) for each in (wait, code, "after = 1")]
    _, first, second = [cell.finish() for cell in cells]
    assert (first.status, second.status) == ("error", "aborted")
    assert first.error["ename"] == "GrammarError"
    what, excerpt, *fix = first.error["traceback"]
    assert what.startswith("GrammarError: ") and (f"line {line}," in what or fix)
    text, caret = excerpt.split("\n")
    assert text == shown
    assert text[caret.index("^") :][:1] == char
    assert "Traceback" not in str(first.error) and first.shown == []


OPTIONS = [
    ("%gbnf", "no grammar"),
    ("%%gbnf\n \n", "no grammar"),
    ('%%gbnf --test a b\nroot ::= "a"', "'b'"),
    ("%gbnf --schema Persn", "Persn"),
    ("%gbnf --schema number", "of type int"),
    ('%%gbnf --schema f\nroot ::= "a"', "two grammars"),
    ('%gbnf --samples many root ::= "a"', "--samples"),
    ('%gbnf --tst x root ::= "a"', "--tst"),
    ("%gbnf --test", "--test"),
]


@pytest.mark.parametrize(("code", "word"), OPTIONS)
def test_a_wrong_option_gives_two_sentences(offline, code, word):
    offline.do('number = 3\ndef f(x: int):\n    "Does."\nclass Person: pass')
    cell = offline.run(code)
    assert cell.error["ename"] == "OptionError"
    what, fix = cell.error["traceback"]
    assert word in what and fix
    assert "Persn" not in code or fix == "Did you mean Person?"


THINGS = """
from typing import Annotated, Literal
from langchain_core.tools import tool
from pydantic import BaseModel, Field
class Person(BaseModel):
    name: Annotated[str, Field(min_length=1)]
    kind: Literal["a", "b"] = "a"
def search(query: str, limit: int = 5) -> str:
    "Searches."
look_up = tool("look-up")(search)
plain = Person.model_json_schema()
"""


@pytest.mark.parametrize(
    ("name", "signature", "text"),
    [
        ("Person", "class Person(BaseModel):", '{"name":"x","kind":"b"}'),
        ("search", "def search(query: str", '{"tool":"search","arguments":{"query":"x"}}'),
        ("look_up", "def look-up(query: str", '{"tool":"look-up","arguments":{"query":"x"}}'),
        ("plain", "", '{"name":"x"}'),
    ],
)
def test_a_schema_is_shown_as_what_it_became(offline, name, signature, text):
    offline.do(THINGS)
    cell = offline.do(f"%gbnf --schema {name} --test '{text}' --out g")
    head, _, texts = cell.plain
    for part in (signature, "[JSON Schema]\n    {", "[GBNF]\n    root ::="):
        assert part in head
    assert f"[accepted] '{text}'" in texts
    first = "Python" if signature else "Property"
    table = cell.shown[0].data["text/markdown"]
    assert f"| {first} | JSON Schema | GBNF |" in table and "<details>" in table
    printed = offline.do("print(g)").stream("stdout")
    assert all(line.strip() in head for line in printed.splitlines())


def test_hostile_text_stays_text_in_the_saved_file(offline):
    attack = "<img src=x onerror=alert(1)></pre></details><script>alert(1)</script>`$x$|"
    evil = {"type": "object", "properties": {attack: {"const": attack}}}
    offline.do(f"evil = {evil!r}")
    options = f"--test '{attack}' --test '{{}}'"
    cells = [
        offline.do(f"%gbnf --schema evil {options}"),
        offline.do(f'%%gbnf {options}\nroot ::= {json.dumps(attack)} | "{{}}" | [^<]+ "<"'),
    ]
    outputs = [
        nbformat.v4.new_output("display_data", drawing.data)
        for cell in cells
        for drawing in cell.shown
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    page, _ = HTMLExporter(exclude_input=True).from_notebook_node(book)
    shown = page[page.index("<main>") :]
    pictures = re.findall(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]*)"/?>', shown)
    assert len(pictures) == shown.count("<img") == 2
    for part in (shown, *[base64.b64decode(picture).decode() for picture in pictures]):
        assert "alert(1)" in part  # it is there, as text
        assert not re.search(r"<script>alert|<[^>]*onerror=", part)
    assert "text/html" not in str(kinds(cells[0]) + kinds(cells[1]))


def test_the_model_answers_under_the_grammar_as_it_streams(kernel):
    cell = kernel.do(
        '%%gbnf --no-diagram --samples 0 --max-tokens 60 --out g --ask "Count to five."\n'
        'root ::= ([a-z]{1,9} " "){12} "end"\n'
    )
    grown = [drawing.plain for drawing in cell.display("[the model answers under the grammar]")]
    assert len(grown) > 2 and all(new.startswith(old) for old, new in pairwise(grown))
    (used,) = [e.gbnf for e in cell.events if isinstance(e, GrammarUsed)]
    (written,) = [e for e in cell.events if isinstance(e, PhaseFinished)]
    assert used.startswith("root ::= ")
    assert grown[-1].endswith(written.text)
    verdict = "[accepted" if written.stop == "eos" else "[cut off by the token limit"
    assert cell.plain[-1].startswith(verdict)
    assert all("text/html" not in drawing.data for drawing in cell.shown)


def test_stop_ends_the_answer_and_what_was_written_stays(kernel):
    cell = kernel.submit(
        '%%gbnf --no-diagram --max-tokens 4000 --out kept --ask "Tell a story."\n'
        "root ::= [A-Za-z ,.\\n]{1000} [A-Za-z ,.\\n]\n"
    )
    cell.wait_for(lambda: len(cell.display("[the model answers under the grammar]")) > 2)
    kernel.interrupt()
    cell.finish()
    assert cell.error["ename"] == "Interrupted" and len(cell.error["traceback"]) == 1
    assert cell.statuses[-1].plain.startswith("interrupted")
    assert isinstance(cell.events[-1], RunFinished) and cell.events[-1].status == "interrupted"
    (text,) = [e.text for e in cell.events if isinstance(e, PhaseFinished)]
    assert text and cell.display("[the model")[-1].plain.endswith(text)
    assert "broken off" in cell.display("[the model")[-1].data["text/markdown"]
    assert kernel.do("print(kept.accepts(''))").stream("stdout") == "False\n"


def test_a_server_that_is_gone_is_said_after_the_grammar_was_shown(offline):
    cell = offline.run('%%gbnf --no-diagram --ask "Hello?"\nroot ::= "a"\n')
    assert cell.error["ename"] == "ServerUnreachable"
    assert cell.plain[0].startswith("[grammar] 1 rule")


def test_a_terminal_gets_a_text(tmp_path):
    typed = (
        "%load_ext gba_jupyter\n"
        '%gbnf --test ab --test ac root ::= "a" [b]\n'
        '%gbnf root ::= "a" ]\n'
        "_.accepts('ab')\n"
        "raise SystemExit\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--simple-prompt", "--no-banner", "--colors=nocolor"],
        input=typed,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path),
        timeout=120,
    )
    for part in (
        '[grammar] 1 rule\n[GBNF]\n    root ::= "a" [b]\n[samples]\n    "ab"\n',
        '[accepted] "ab"\n    root  "ab"\n',
        '[refused]\n    "ac"\n      ^\n    legal here: [b]\n    inside: root\n',
        "<Grammar: root (1 rule",
        '  1 | root ::= "a" ]\n    |              ^\n',
        "Out[4]: True",
    ):
        assert part in done.stdout, done.stdout
    assert done.stdout.count("<Grammar") == 1
