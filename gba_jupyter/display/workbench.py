"""Show what the workbench found: a report as Markdown, as plain text, and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..findings import Origin, Part, Report, Tried
from . import text
from .escape import code, fence, folded, literal, printable, table
from .words import count

Bundle = dict[str, str]
"""One output of a cell, by MIME type."""

_MOST = 90  # characters of a text within a line; what fails shows where, however long it is
_MOST_OF_ALL = 10_000  # characters of a schema or a grammar


def bundles(report: Report) -> list[Bundle]:
    """The outputs of a notebook's cell: a head, the picture, and the texts."""
    head = _bundle([_head(report), *_whole(report)], [_plain_head(report), *_plain_whole(report)])
    texts = _bundle(
        [*_samples(report), *_tests(report)],
        [*_plain_samples(report), *map(plain_attempt, report.tried)],
    )
    if report.svg:
        picture = {"image/svg+xml": report.svg, "text/plain": text.grammar(report.gbnf)}
        return [head, picture, *([texts] if texts else [])]
    joined = {kind: f"{head[kind]}\n\n{texts[kind]}" for kind in texts}
    return [joined or head]


def plain(report: Report) -> str:
    """All of it for a terminal, where the printed rules stand for the picture."""
    rules = [text.grammar(report.gbnf)] if report.svg and not report.spelled_out else []
    parts = [_plain_head(report), *_plain_whole(report), *rules, *_plain_samples(report)]
    return printable("\n".join([*parts, *map(plain_attempt, report.tried)]))


def _bundle(shown: Sequence[str], said: Sequence[str]) -> Bundle:
    if not shown:
        return {}
    return {"text/markdown": "\n\n".join(shown), "text/plain": printable("\n".join(said))}


# -- the grammar ---------------------------------------------------------------------------


def _head(report: Report) -> str:
    found = count(len(report.warnings), "warning") if report.warnings else "no warnings"
    line = f"**Grammar** · {count(report.rules, 'rule')} · {found}"
    return "\n".join([line, "", *(f"- ⚠ {literal(each)}" for each in report.warnings)]).rstrip()


def _plain_head(report: Report) -> str:
    line = f"[grammar] {count(report.rules, 'rule')}"
    return "\n".join([line, *(f"[warning] {each}" for each in report.warnings)])


def _whole(report: Report) -> Iterable[str]:
    """What the grammar was made from, and all of it."""
    if origin := report.origin:
        if origin.signature:
            yield fence(origin.signature, "python")
        if origin.rows:
            yield _table(origin)
        yield folded("JSON Schema", fence(_most_of(origin.schema), "json"), not origin.rows)
    if report.spelled_out:
        yield folded("GBNF", fence(_most_of(report.gbnf)), is_open=True)
    if report.not_enforced:
        items = "\n".join(f"- {literal(each)}" for each in report.not_enforced)
        yield f"What the grammar cannot hold:\n\n{items}"


def _plain_whole(report: Report) -> Iterable[str]:
    if origin := report.origin:
        if origin.signature:
            yield f"[signature]\n{_indented(origin.signature)}"
        yield f"[JSON Schema]\n{_indented(_most_of(origin.schema))}"
    if report.spelled_out:
        yield f"[GBNF]\n{_indented(_most_of(report.gbnf.rstrip()))}"
    yield from (f"[not enforced] {each}" for each in report.not_enforced)


def _table(origin: Origin) -> str:
    first = "Python" if origin.signature else "Property"
    rows = [[_cell(row.python), _cell(row.schema), _cell(row.gbnf)] for row in origin.rows]
    return table([[first, "JSON Schema", "GBNF"], *rows])


def _cell(words: str) -> str:
    """Code in a cell of a table, which is one line."""
    return code(_cut(" ".join(words.split("\n")))) if words else ""


def _most_of(words: str) -> str:
    more = len(words) - _MOST_OF_ALL
    return words if more <= 0 else f"{words[:_MOST_OF_ALL]} …\n… ({more:,} characters more)"


# -- texts ---------------------------------------------------------------------------------


def _samples(report: Report) -> Iterable[str]:
    if report.samples:
        yield "**Samples**\n\n" + fence("\n".join(_cut(each) for each in report.samples))


def _plain_samples(report: Report) -> Iterable[str]:
    if report.samples:
        yield "[samples]\n" + _indented("\n".join(_cut(each) for each in report.samples))


def _tests(report: Report) -> Iterable[str]:
    if report.tried:
        accepted = sum([tried.accepted for tried in report.tried])
        yield f"**Tests** · {accepted} of {len(report.tried)} accepted"
        yield from map(attempt, report.tried)


def attempt(tried: Tried) -> str:
    """A text that was tried, as Markdown."""
    if tried.accepted:
        cut = " · cut off by the token limit" if tried.cut_off else ""
        return folded(f"✓ accepted {code(_cut(tried.quoted))}{cut}", fence(_tree(tried)))
    inside = f", inside {' → '.join(map(code, tried.path))}" if tried.path else ""
    legal = f"legal here{inside}: {code(tried.expected)}"
    return f"✗ {_ending(tried)} · {legal}\n\n{fence(_pointer(tried))}"


def plain_attempt(tried: Tried) -> str:
    """A text that was tried, as plain text."""
    if tried.accepted:
        cut = ", cut off by the token limit" if tried.cut_off else ""
        return f"[accepted{cut}] {_cut(tried.quoted)}\n{_indented(_tree(tried))}"
    inside = " -> ".join(tried.path)
    legal = f"legal here: {tried.expected}\ninside: {inside}"
    return f"[{_ending(tried)}]\n{_indented(_pointer(tried))}\n{_indented(legal)}"


def _ending(tried: Tried) -> str:
    if tried.cut_off:
        return "cut off by the token limit"
    return "ends too early" if tried.ends_early else "refused"


def _pointer(tried: Tried) -> str:
    return "\n".join(tried.pointer)


def _tree(tried: Tried) -> str:
    """The rules that made the parts of a text, as a drawn tree beside the parts."""
    names = [f"{branch}{part.rule}" for branch, part in _branches(tried.parts)]
    width = max(map(len, names), default=0)
    rows = [
        f"{name:{width}}  {_cut(part.quoted)}"
        for name, part in zip(names, tried.parts, strict=True)
    ]
    if tried.more_parts:
        rows.append(f"… {count(tried.more_parts, 'part')} more")
    return "\n".join(rows)


def _branches(parts: Sequence[Part]) -> list[tuple[str, Part]]:
    """Each part with the lines of the tree to its left."""
    rows: list[tuple[str, Part]] = []
    following: set[int] = set()  # depths at which another part comes further down
    for part in reversed(parts):
        following = {depth for depth in following if depth <= part.depth}
        lines = ["│  " if depth in following else "   " for depth in range(1, part.depth)]
        if part.depth:
            lines.append("├─ " if part.depth in following else "└─ ")
        following.add(part.depth)
        rows.append(("".join(lines), part))
    return rows[::-1]


def _cut(shown: str) -> str:
    more = len(shown) - _MOST
    return shown if more <= 0 else f"{shown[:_MOST]} … ({more:,} more)"


def _indented(words: str) -> str:
    return "\n".join(f"    {line}" for line in words.split("\n"))
