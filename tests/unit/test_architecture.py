"""The shape of the house: who may import whom, what loading costs, which names are public."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import gba_jupyter

PACKAGE = Path(gba_jupyter.__file__).parent

# Each room and its floor: it may import from floors below, and from its own.
FLOORS = [
    {"errors", "events", "findings", "readings", "option_values", "background"},
    {"event_json", "records", "fitting", "ranges", "names", "files"},
    {"grammar", "options", "prompts", "running", "callbacks"},
    {"settings"},
    {"llama"},
    {"lens"},
    {"symbolic"},
    {"descriptions", "validation"},
    {"tasks"},
    {"conversation", "phases", "bindings"},
    {"answers", "answer_chunks"},
    {"chat_model", "structured", "one_step"},
    {"results"},
    {"tools"},
    {"runs", "workbench"},
    {"approval", "memory"},
    {"middleware"},
    {"agent", "compare"},
    {"servers"},
    {"cassettes"},
    {"history"},
    {"state"},
    {"session"},
    {"display"},
    {"reports"},
    {"recall"},
    {"commands", "doctor"},
    {"asking"},
    {"magics", "demo"},
    {"cli"},
    {"__init__"},
]
FLOOR = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
DOING = {room for rooms in FLOORS[:23] for room in rooms}
SHOWN = {"display", "events", "findings", "readings", "errors", "records", "option_values"}
DRAWING = {"IPython", "ipywidgets", "anywidget"}
WORKING = {"langchain", "langchain_core", "langgraph", "httpx", "httpx_sse", "sympy"}


def rooms_and_files() -> list[tuple[str, Path]]:
    files = [p for p in PACKAGE.rglob("*.py") if "examples" not in p.relative_to(PACKAGE).parts]
    return [(p.relative_to(PACKAGE).parts[0].removesuffix(".py"), p) for p in files]


def imports(path: Path) -> set[str]:
    """Dotted names that a file imports, ours as ``gba_jupyter.room…``."""
    parts = path.relative_to(PACKAGE).parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            home = parts[: len(parts) - node.level]
            base = ".".join(["gba_jupyter", *home, *([node.module] if node.module else [])])
            if base == "gba_jupyter":
                found |= {f"{base}.{alias.name}" for alias in node.names}
            else:
                found.add(base)
    return found


def test_every_room_has_a_floor_and_imports_only_downwards():
    for room, path in rooms_and_files():
        assert room in FLOOR, f"{path} is in no layer"
        if room == "__init__":
            continue
        for name in imports(path):
            if name.startswith("gba_jupyter."):
                other = name.split(".")[1]
                assert FLOOR[other] <= FLOOR[room], f"{path}: {room} imports {other}"


def test_the_doing_never_draws_and_the_showing_never_does():
    for room, path in rooms_and_files():
        roots = {name.split(".")[0] for name in imports(path)}
        if room in DOING:
            assert not roots & DRAWING, path
        if room == "display":
            assert not roots & WORKING, path
            ours = {n.split(".")[1] for n in imports(path) if n.startswith("gba_jupyter.")}
            assert ours <= SHOWN, path


def test_what_runs_with_a_program_is_imported_by_nothing_else():
    for _, path in rooms_and_files():
        if "inside" not in path.parts:
            assert not any("symbolic.inside" in name for name in imports(path)), path


def test_loading_imports_nothing_heavy():
    program = (
        "import sys; from IPython.core.interactiveshell import InteractiveShell as S\n"
        "ip = S.instance(); before = set(sys.modules)\n"
        "ip.run_line_magic('load_ext', 'gba_jupyter')\n"
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "gba_jupyter" in loaded, done.stderr
    assert not loaded & (WORKING | {"ipywidgets", "anywidget", "pydantic", "asyncio"})


def test_the_public_names_can_all_be_had():
    for name in gba_jupyter.__all__:
        assert getattr(gba_jupyter, name) is not None
    assert {
        "Agent", "AgentRun", "ChatLlamaGBNF", "GbaError", "Grammar", "LlamaServer",
        "MathInterpreter", "MathResult", "evaluate", "serve",
    } <= set(gba_jupyter.__all__)  # fmt: skip
    assert set(dir(gba_jupyter)) == set(gba_jupyter.__all__)
