"""The program in what a model wrote freely."""

import pytest

from gba_jupyter.symbolic import evaluate
from gba_jupyter.symbolic.language.written_code import code_in

SHAPES = {
    "alone": "result = 6 * 7",
    "fence": "```\nresult = 6 * 7\n```",
    "fence of Python": "```python\nresult = 6 * 7\n```",
    "fence of py with prose": "Sure! Here it is:\n\n```py\nresult = 6 * 7\n```\nIt prints 42.",
    "tildes": "~~~python\nresult = 6 * 7\n~~~",
    "an open fence": "```python\nresult = 6 * 7",
    "an indented fence": "1. Do this:\n   ```python\n   a = 6\n   result = a * 7\n   ```",
    "tags": "[PYTHON]\nresult = 6 * 7\n[/PYTHON]\n[TESTS]\nassert result == 42\n[/TESTS]",
    "an open tag": "[PYTHON]\nresult = 6 * 7",
    "a fence in tags": "[PYTHON]\n```python\nresult = 6 * 7\n```\n[/PYTHON]",
    "a session": ">>> a = 6\n>>> a * 7\n42",
    "prose before": "The answer is computed so:\nresult = 6 * 7",
    "prose after": "result = 6 * 7\nThis multiplies the two numbers.",
    "prose around": "Let us see.\na = 6\nresult = a * 7\nSo that is it!",
    "backticks": "You can use `result = 6 * 7`:\n`result = 6 * 7`",
    "blocks that belong together": "```python\na = 6\n```\nthen\n```python\nresult = a * 7\n```",
    "a block and its output": "```python\nresult = 6 * 7\n```\nOutput:\n```\nforty-two it is\n```",
    "a block said twice": "```python\nresult = 6 * 7\n```\nor\n```python\nresult = 6 * 7\n```",
    "another language first": "```bash\npip install sympy\n```\n```python\nresult = 6 * 7\n```",
    "a function and its call": "```python\ndef f(a):\n    return a * 7\n\nresult = f(6)\n```",
    "windows lines": "```python\r\nresult = 6 * 7\r\n```",
    "imports": "```python\nfrom sympy import *\nx = symbols('x')\nresult = solve(x - 42)[0]\n```",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_program_is_found(shape: str) -> None:
    assert str(evaluate(code_in(SHAPES[shape]))) == "42"


@pytest.mark.parametrize("text", ["", "I cannot do that.", "``````", "[PYTHON]", "```" * 99])
def test_where_there_is_none_the_text_stays_what_it_is(text: str) -> None:
    assert isinstance(code_in(text), str)


def test_a_long_text_takes_no_long_time() -> None:
    assert "42" in code_in("So it goes, and goes on. " * 2000 + "\n" + "word\n" * 5000 + "\n42")
