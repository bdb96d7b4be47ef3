"""A grammar as a railroad diagram: one SVG text with all of its rules.

JupyterLab draws it as an image, where no style of the page applies and the theme is not known;
elsewhere it may become a part of the page. So it has no background, all text is on shapes of its
own, and the colours are of a middle lightness that both white and black set off. It has no ids,
and the class for its style is a hash of that style: pictures in one page cannot disturb each
other, and the same grammar always gives the same text.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

from ..nodes import Node
from ..printer import rule_text
from ..rules import Rules
from .chips import Chip, shortened, write
from .tracks import WIDTH, Tracks

MAX_RULES = 200
"""More rules are only named."""

_MARGIN = 8
_GAP = 20
_INDENT = 12
COLOURS = {
    "literal": "#2e7d4f",
    "set": "#8455c9",
    "rule": "#2f6fbf",
    "note": "#64748b",
    "track": "#808080",
    "text": "#ffffff",
}
"""By kind of shape; the text is on all of them but the track."""

_FONT = "13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_STYLE = f"""\
@ path{{fill:none;stroke:{COLOURS["track"]};stroke-width:2}}
@ text{{font:{_FONT};fill:{COLOURS["text"]};text-anchor:middle}}
@ .literal rect{{fill:{COLOURS["literal"]}}}
@ .set polygon{{fill:{COLOURS["set"]}}}
@ .rule rect{{fill:{COLOURS["rule"]}}}
@ .note rect{{fill:{COLOURS["note"]}}}
@ .note text{{font-style:italic}}
@ .name text{{font-weight:bold}}
"""
_CLASS = f"gba-railroad-{sha256(_STYLE.encode()).hexdigest()[:8]}"


class Svg(str):
    """An SVG text that Jupyter draws when it is the last line of a cell."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Svg of {len(self):,} characters>"

    def _repr_svg_(self) -> str:
        return str(self)


def diagram(rules: Rules) -> Svg:
    """All rules of a grammar as a railroad diagram, in their order.

    What is too much for a picture is cut, and says so: texts end in ``…``, long lists and
    grammars in a note of how much is left out, and what is nested too deep is shown as GBNF.
    """
    return Svg(_Picture(rules).text())


class _Picture:
    """One SVG in the making."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._parts: list[str] = []
        self._width: float = 0
        self._height: float = _MARGIN

    def text(self) -> str:
        """The whole SVG."""
        tracks = Tracks()
        names = list(self._rules)
        drawn = 0
        while drawn < min(len(names), MAX_RULES) and not tracks.is_full:
            self._add_rule(names[drawn], self._rules[names[drawn]], tracks)
            drawn += 1
        if drawn < len(names):
            self._add_note(names[drawn:])
        width = self._width + 2 * _MARGIN
        height = self._height - _GAP + _MARGIN
        title = f"Railroad diagram of {len(names):,} rule{'s' * (len(names) > 1)}"
        # A role of its own for each rule: inside an img, a screen reader finds nothing.
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{_CLASS}" role="group"'
            f' width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
            f' style="max-width:100%;height:auto" xml:space="preserve"><title>{title}</title>'
            f"<style>{_STYLE.replace('@', f'.{_CLASS}')}</style>{''.join(self._parts)}</svg>"
        )

    def _add_rule(self, name: str, node: Node, tracks: Tracks) -> None:
        """The name, and the track below it."""
        heading = Chip("rule name", name, WIDTH)
        track = tracks.track(node)
        heading.format(0, heading.up, heading.width)
        top = heading.up + heading.down + _MARGIN
        track.format(_INDENT, top + track.up, track.width)
        self._open(f' data-rule="{name}"', name, rule_text(name, node))
        write(heading, self._parts.append)
        write(track, self._parts.append)
        self._close(
            max(heading.width, _INDENT + track.width),
            top + track.up + track.height + track.down,
        )

    def _add_note(self, names: list[str]) -> None:
        """The rules that are not drawn."""
        listed = ", ".join(names)
        note = Chip("note", f"… {len(names):,} more rules: {listed}", WIDTH)
        note.format(0, note.up, note.width)
        self._open("", "Rules that are not drawn", listed)
        write(note, self._parts.append)
        self._close(note.width, note.up + note.down)

    def _open(self, attributes: str, title: str, description: str) -> None:
        self._parts.append(
            f'<g role="img"{attributes} transform="translate({_MARGIN} {self._height:g})">'
            f"<title>{escape(title)}</title><desc>{escape(shortened(description))}</desc>"
        )

    def _close(self, width: float, height: float) -> None:
        self._parts.append("</g>")
        self._width = max(self._width, width)
        self._height += height + _GAP
