"""Make the README's pictures anew: `python tests/browser/shots.py [FOLDER]`.

Real runs on the embedded server in a real JupyterLab; a picture shows one cell with its outputs.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from lab import Lab, Notebook
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[2] / "examples" / "images"
_TOOLS = '''%load_ext gba_jupyter
def weather(city: str) -> str:
    "Tells the weather in a city."
    return "21 degrees, sunny"'''
_CELLS = {
    "record": "%%agent --tools weather,calculate\nWhat is the weather in Berlin?",
    "lens": "%%agent --tools weather,calculate --fresh --lens\nHow warm is it in Lisbon?",
    "math": "%%math\nWhat is 73 raised to the 0.24 power?",
    "grammar": '%%gbnf --samples 3 --test "2026-1-31"\nroot ::= [0-9]{4} "-" month "-" [0-9]{2}\n'
    'month ::= "0" [1-9] | "1" [0-2]',
}
_OPENED = {"record": ("GBNF · ",), "lens": (), "math": (), "grammar": ()}


def main(folder: str = str(IMAGES)) -> None:
    """Take each picture in the light theme, and the record in the dark one, too."""
    to = Path(folder)
    to.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        Lab(Path(temporary)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 980, "height": 1500})
        book = Notebook(lab, context, lab.write("shots.ipynb", _TOOLS, *_CELLS.values()))
        book.run_all()
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            book.theme(theme)
            for number, name in enumerate(_CELLS, 1):
                if theme.endswith("Dark") and name != "record":
                    continue
                _take(book, number, name, to / f"{name}{'-dark' * theme.endswith('Dark')}.png")
        browser.close()


def _take(book: Notebook, number: int, name: str, path: Path) -> None:
    cell = book.page.locator(".jp-CodeCell").nth(number)
    for summary in _OPENED[name]:
        folds = cell.locator("details:not([open]) > summary", has_text=summary)
        if folds.count():
            folds.first.click()
    book.page.evaluate("document.activeElement?.blur()")
    cell.screenshot(path=path)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
