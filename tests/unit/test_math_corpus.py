"""Every program of the corpus gives its answer."""

import pytest
from math_corpus import CORPUS

from gba_jupyter.symbolic import evaluate


@pytest.mark.parametrize(
    ("program", "answer"), [pair for _, *pair in CORPUS], ids=[name for name, *_ in CORPUS]
)
def test_the_answer_is_right(program: str, answer: str) -> None:
    assert str(evaluate(program)) == answer


def test_the_corpus_is_large_and_various() -> None:
    assert len({program for _, program, _ in CORPUS}) == len(CORPUS) >= 320
