"""The program in what a model wrote freely: in a fence, between tags, or with prose around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import ProgramRefused
from .source import check

_TAGS = re.compile(r"\[PYTHON\](.*?)(?:\[/PYTHON\]|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+-]*)[^\n]*\n(.*?)(?:^[ \t]*\1|\Z)", re.M | re.S
)
_CODE = frozenset({"", "python", "py", "python3", "sympy", "code"})
_PROMPT = re.compile(r"^[ \t]*(>>>|\.\.\.) ?", re.M)
_MOST_LINES = 60  # of prose and program; beyond, the end is not looked at


def code_in(text: str) -> str:
    """The program that a model meant; the text itself when there is none to be found.

    Args:
        text: what came back: a program alone, or one in a Markdown fence (with or without a
            language), between ``[PYTHON]`` tags, behind ``>>>``, or with prose around it.
    """
    for candidate in _candidates(text):
        if _is_program(candidate):
            return candidate
    return next(_candidates(text), text).strip()


def _candidates(text: str) -> Iterator[str]:
    """What may be the program, the likeliest first."""
    if tagged := [_inner(found) for found in _TAGS.findall(text)]:
        yield from _joined(tagged)
    fenced = [code for _, language, code in _FENCE.findall(text) if language.lower() in _CODE]
    if fenced:
        yield from _joined([_dedented(code) for code in fenced])
    if session := [line for line in text.splitlines() if _PROMPT.match(line)]:
        yield _PROMPT.sub("", "\n".join(session))
    yield text.strip()
    yield from _parts(text.strip().splitlines()[:_MOST_LINES])


def _joined(blocks: list[str]) -> Iterator[str]:
    """A later block may go on from the one before, or say it all again, or be the output."""
    if len(blocks) > 1:
        yield "\n".join(blocks)
    yield from blocks


def _inner(text: str) -> str:
    found = _FENCE.search(text)
    return _dedented(found[3] if found else text)


def _dedented(code: str) -> str:
    lines = code.expandtabs(4).strip("\n").splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines).strip()


def _parts(lines: list[str]) -> Iterator[str]:
    """Runs of lines, the longest first; a line may be one piece of code in backticks."""
    bare = [line.strip().strip("`") if line.strip().startswith("`") else line for line in lines]
    for length in range(len(bare) - 1, 0, -1):
        for start in range(len(bare) - length + 1):
            part = bare[start : start + length]
            if part[0].strip() and part[-1].strip():
                yield _dedented("\n".join(part))


def _is_program(text: str) -> bool:
    try:
        return bool(check(text).body)
    except ProgramRefused:
        return False
