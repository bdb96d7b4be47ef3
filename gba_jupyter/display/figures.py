"""Draws a picture of mathematics, given as plain numbers, as PNG. Needs matplotlib."""

from __future__ import annotations

import io
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK = "#808080"  # read on white and on black
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # told apart by the colour-blind, too
_STYLES = ("-", "--", "-.", ":")  # and by those who print in black
_INCHES, _DPI = (6.0, 3.6), 110


def png(picture: dict[str, Any]) -> bytes:
    """The picture as a PNG file, without a background of its own.

    Args:
        picture: as `gba_jupyter.symbolic.pictures` describes it.

    Raises:
        ImportError: matplotlib is not installed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = (_INCHES[0], 1.1) if "spans" in picture else _INCHES
    figure = Figure(figsize=size, dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    figure.patch.set_alpha(0)
    axes.patch.set_alpha(0)
    for spine in axes.spines.values():
        spine.set_color(_INK)
    axes.tick_params(colors=_INK)
    axes.grid(color=_INK, alpha=0.25)
    _draw(axes, picture)
    target = io.BytesIO()
    figure.savefig(target, format="png", transparent=True)
    return target.getvalue()


def _draw(axes: Axes, picture: dict[str, Any]) -> None:
    if "spans" in picture:
        _draw_line(axes, picture)
        return
    axes.set_xlabel(_plain(picture.get("variable", "")), color=_INK)
    axes.set_ylabel(_plain(picture.get("height", "")), color=_INK)
    if "plane" in picture:
        ticks, rows = picture["plane"]["ticks"], picture["plane"]["rows"]
        axes.contourf(ticks, ticks, rows, levels=[0, math.inf], colors=[_COLOURS[0]], alpha=0.45)
        axes.contour(ticks, ticks, rows, levels=[0], colors=[_COLOURS[0]])
        axes.set_aspect("equal")
        axes.set_title(_plain(picture.get("label", "")), color=_INK, fontsize="medium")
        return
    _draw_curves(axes, picture)


def _draw_curves(axes: Axes, picture: dict[str, Any]) -> None:
    heights: list[float] = []
    for i, curve in enumerate(picture.get("curves", ())):
        across = [x for x, _ in curve["points"]]
        up = _without_poles([math.nan if y is None else y for _, y in curve["points"]])
        heights += [y for _, y in curve["points"] if y is not None]
        colour, style = _COLOURS[i % len(_COLOURS)], _STYLES[i % len(_STYLES)]
        axes.plot(across, up, style, color=colour, label=_plain(curve["label"]))
        if i == 0 and "area" in picture:
            low, high = picture["area"]
            within = [low <= x <= high for x in across]
            axes.fill_between(across, up, 0, where=within, color=colour, alpha=0.3)
    for mark in picture.get("marks", ()):
        axes.plot([mark["x"]], [mark["y"]], "o", color=_INK)
        axes.annotate(
            _plain(mark["label"]), (mark["x"], mark["y"]), xytext=(6, 6),
            textcoords="offset points", color=_INK,
        )  # fmt: skip
        heights.append(mark["y"])
    axes.axhline(0, color=_INK, linewidth=0.8)
    _frame(axes, heights)
    if picture.get("curves"):
        axes.legend(frameon=False, labelcolor=_INK)


def _without_poles(heights: list[float]) -> list[float]:
    """The heights with a gap wherever the curve leaves at one end and comes back at the other."""
    known = sorted(abs(y) for y in heights if not math.isnan(y))
    usual = known[len(known) // 2] if known else 0.0
    made = list(heights)
    for i, (before, after) in enumerate(pairwise(heights)):
        if before * after < 0 and min(abs(before), abs(after)) > 4 * usual:
            made[i] = math.nan
    return made


def _frame(axes: Axes, heights: list[float]) -> None:
    """Show the body of the curves: a pole must not press all else flat."""
    if len(heights) < 20:
        return
    ordered = sorted(heights)
    low, high = ordered[len(ordered) // 25], ordered[-len(ordered) // 25 - 1]
    if ordered[-1] - ordered[0] > 8 * (high - low) > 0:
        margin = 0.5 * (high - low)
        axes.set_ylim(low - margin, high + margin)


def _draw_line(axes: Axes, picture: dict[str, Any]) -> None:
    ends = [e for s in picture["spans"] for e in (s["from"], s["to"]) if e is not None]
    low, high = (min(ends), max(ends)) if ends else (-1.0, 1.0)
    margin = max(0.25 * (high - low), 1.0)
    for span in picture["spans"]:
        start = low - margin if span["from"] is None else span["from"]
        end = high + margin if span["to"] is None else span["to"]
        axes.plot([start, end], [0, 0], color=_COLOURS[0], linewidth=5, solid_capstyle="butt")
        for at, is_open in zip((span["from"], span["to"]), span["open"], strict=True):
            if at is not None:
                face = "none" if is_open else _COLOURS[0]
                axes.plot([at], [0], "o", markersize=10, color=_COLOURS[0], markerfacecolor=face)
    axes.set_xlim(low - margin, high + margin)
    axes.set_yticks([])
    axes.set_title(_plain(picture.get("label", "")), color=_INK, fontsize="medium")


def _plain(text: str) -> str:
    """Text as it is: a dollar begins no formula."""
    return str(text).replace("$", r"\$")
