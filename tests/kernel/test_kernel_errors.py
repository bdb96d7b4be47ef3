"""Mistakes: our two lines and nothing else, and Run All stops."""

import re

import pytest

UNDOCUMENTED = "def silent(x: int) -> int: return x\n"

MISTAKES = [
    ("%agent", "OptionError", "no question"),
    ("%math", "OptionError", "no question"),
    ("%%agent\n  \n", "OptionError", "no question"),
    ("%%agent extra words\nHello", "OptionError", "extra words"),
    ("%agent --max-stepz 3 hello", "OptionError", "--max-stepz"),
    ("%agent --max-steps many hello", "OptionError", "--max-steps"),
    ("%agent --max-steps", "OptionError", "--max-steps"),
    ("%%math --timeout soon\nWhat is 2 + 2?", "OptionError", "--timeout"),
    ("%agent --out 1x hello", "OptionError", "--out"),
    ("%agent --tools no_such_tool hello", "OptionError", "no_such_tool"),
    ("%agent --tools calculate,silent hello", "ToolError", "silent"),
    ("%gba tools no_such_tool", "OptionError", "no_such_tool"),
    ("%gba conect agent localhost", "OptionError", "conect"),
    ("%gba connect agent", "OptionError", "missing"),
    ("%gba connect painter http://127.0.0.1:9", "OptionError", "painter"),
    ("%gba connect agent http://127.0.0.1:9", "ServerUnreachable", "http://127.0.0.1:9"),
    ("%gba connect agent {url} --api-key wrong", "Unauthorized", "API key"),
    ("%gba connect agent {url}/nowhere --api-key {key}", "NotSupported", "{url}/nowhere"),
    ("%gba connect agent 'open", "OptionError", "quote"),
    ("%gba serve no-such-model", "ModelError", "no-such-model"),
    ("%gba serve no/such/file.gguf", "ModelError", "no/such/file.gguf"),
    ("%gba serve --port 70000", "OptionError", "--port"),
    ("%gba set max_steps=0", "OptionError", "max_steps"),
    ("%gba set colour=red", "OptionError", "colour"),
    ("%gba reset nobody", "OptionError", "nobody"),
    ("%gba help cooking", "OptionError", "cooking"),
]


@pytest.mark.parametrize(("code", "kind", "word"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_gives_two_sentences(kernel, embedded, code, kind, word):
    place = {"{url}": embedded.url, "{key}": embedded.api_key}
    for name, value in place.items():
        code, word = code.replace(name, value), word.replace(name, value)
    if "silent" in code:
        kernel.do(UNDOCUMENTED)
    cell = kernel.run(code)
    assert cell.status == "error"
    assert cell.error["ename"] == kind
    what, fix = cell.error["traceback"]
    assert what.startswith(f"{kind}: ") and word in what
    assert fix.strip() and "\n" not in what + fix
    assert not re.search(r"Traceback|File \"|line \d+|---->|\x1b", what + fix)
    assert cell.error["evalue"] == f"{what.removeprefix(kind + ': ')}\n{fix}"
    shown = [m["content"] for m in cell.messages if m["msg_type"] != "execute_input"]
    assert embedded.api_key not in repr(shown)
    assert cell.stream("stderr") == ""
    assert not cell.plain or cell.plain[-1].startswith("failed")  # no status is left hanging


def test_run_all_stops_at_a_mistake(kernel):
    cells = [kernel.submit(code) for code in ("%agent --nope hello", "after = 1")]
    assert [cell.finish().status for cell in cells] == ["error", "aborted"]
    kernel.do("assert 'after' not in globals()")


@pytest.mark.parametrize(
    "code",
    [
        "%gba connect agent http://127.0.0.1:9",
        "%gba connect agent {url} --api-key wrong",
        "%gba serve no-such-model",
        "%gba serve no/such/file.gguf",
        "%gba serve {not_a_model}",
    ],
)
def test_after_a_failed_change_the_old_server_is_still_used(kernel, embedded, tmp_path, code):
    kernel.do("%gba serve")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF\3\0\0\0" + bytes(4000))
    code = code.replace("{url}", embedded.url).replace("{not_a_model}", str(broken))
    assert kernel.run(code).status == "error"
    (status,) = kernel.do("%gba status").plain
    assert re.search(rf"^agent +{re.escape(embedded.url)} ", status, re.MULTILINE)
