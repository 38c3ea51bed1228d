"""Figures for print: told apart by mark, pattern and label and not by colour alone; the same bytes whenever they are drawn."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.errors import problem

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.7  # inches: the text of an A4 page
_INK = "#1a1a1a"
# From dark to light, so that a greyscale print keeps the order; a pattern each, so that it needs no shade at all.
STYLES: dict[str, tuple[str, str]] = {
    "blocked": ("#7f2704", ""),
    "arrange": ("#a63603", "\\\\\\\\"),
    "restricted": ("#d95f0e", "////"),
    "risky": ("#fec44f", "...."),
    "unknown": ("#ffffff", "xxxx"),
    "clear": ("#d6e9f5", ""),
    "barred": ("#bdbdbd", "////"),
    "available": ("#e8f1d6", ""),
    "open": ("#cfe3f2", ""),
}
_MARKS = {"barred": "x", "available": "o", "open": "o", "unknown": "$?$"}
SERIES = (("#08519c", ""), ("#6baed6", "////"), ("#c6dbef", "...."), ("#fdae6b", "\\\\\\\\"), ("#fff7bc", "xxxx"),
           ("#d9d9d9", "----"), ("#f0f0f0", "++++"), ("#ffffff", ""))  # fmt: skip


class Picture:
    """A figure, drawn when one of its forms is asked for: the same bytes every time, with no date, no maker, fixed ids, and
    letters as shapes."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def svg(self) -> bytes:
        """The form for the web and PDF."""
        return self._made(format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})

    def png(self) -> bytes:
        """The form for Word."""
        return self._made(format="png", dpi=200, metadata={"Software": None})

    def _made(self, **how: Any) -> bytes:
        from matplotlib import rc_context

        stream = io.BytesIO()
        with rc_context({"svg.hashsalt": "gapcheck", "svg.fonttype": "path", "hatch.linewidth": 0.5}):
            self._figure.savefig(stream, **how)
        return stream.getvalue()


class Square(NamedTuple):
    """A cell of a grid: its verdict, and a word or two."""

    verdict: str
    text: str


def grid(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Square]], split: int = 0) -> Picture:
    """A grid of verdicts: each square has a mark, a pattern and a word. `split`: a line after so many columns."""
    figure, axes = _page(max(2.2, 0.3 * len(rows) + 1.9))
    for down, row in enumerate(cells):
        for across, square in enumerate(row):
            _square(axes, across, down, square)
    if split:
        axes.plot([split - 0.5, split - 0.5], [-0.5, len(rows) - 0.5], color=_INK, linewidth=1.6)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="left", rotation_mode="anchor")
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(length=0)
    _key(axes, dict.fromkeys(square.verdict for row in cells for square in row))
    return _drawn(figure)


def _square(axes: Axes, across: int, down: int, square: Square) -> None:
    from matplotlib.patches import Rectangle

    colour, hatch = STYLES[square.verdict]
    edge: dict[str, Any] = {"edgecolor": "#5c5c5c", "linewidth": 0.5}
    axes.add_patch(Rectangle((across - 0.5, down - 0.5), 1, 1, facecolor=colour, hatch=hatch, **edge))
    box = {"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.15"}
    axes.scatter([across], [down - 0.16], s=85, marker="o", color="white", linewidths=0)
    look = _look(square.verdict)
    axes.scatter([across], [down - 0.16], s=26, marker=_MARKS[square.verdict], linewidths=1, **look)
    axes.text(across, down + 0.29, square.text, ha="center", va="center", fontsize=5.6, color=_INK, bbox=box)


def _look(verdict: str) -> dict[str, Any]:
    if verdict in ("barred", "unknown"):
        return {"color": _INK}
    return {"facecolors": _INK if verdict == "open" else "white", "edgecolors": _INK}


def _key(axes: Axes, verdicts: Mapping[str, Any], below: float = 0.01, names: Mapping[str, str] | None = None) -> None:
    from matplotlib.lines import Line2D

    order = [name for name in ("open", "available", "unknown", "barred") if name in verdicts]
    marks = [
        Line2D([], [], linestyle="", marker=_MARKS[name], markersize=5, label=(names or {}).get(name, name), markeredgecolor=_INK,
               markerfacecolor=_INK if name in ("open", "unknown") else "white")
        for name in order
    ]  # fmt: skip
    axes.legend(handles=marks, loc="upper center", bbox_to_anchor=(0.5, -below), ncols=len(marks), frameon=False)


def bars(rows: Sequence[str], series: Mapping[str, Sequence[int]], unit: str, styled: bool = True) -> Picture:
    """Stacked bars, one a row, with the number in every part that has room. `series`: numbers by name; `styled`: the names are
    statuses, which have a look of their own."""
    across = min(len(series), 2 if max(map(len, series), default=0) > 14 else 5)
    figure, axes = _page(max(1.5, 0.27 * len(rows) + 0.65 + 0.17 * -(-len(series) // max(across, 1))))
    left = [0] * len(rows)
    longest = max((sum(parts) for parts in zip(*series.values(), strict=True)), default=1) or 1
    for index, (name, numbers) in enumerate(series.items()):
        colour, hatch = STYLES[name] if styled else SERIES[index % len(SERIES)]
        axes.barh(range(len(rows)), numbers, left=left, color=colour, hatch=hatch, edgecolor="#5c5c5c", linewidth=0.6,
                  label=name.replace("-", " "), height=0.68)  # fmt: skip
        for row, number in enumerate(numbers):
            if number / longest > 0.025:
                box = {"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.12"}
                axes.text(left[row] + number / 2, row, str(number), ha="center", va="center", fontsize=7, bbox=box)
        left = [before + number for before, number in zip(left, numbers, strict=True)]
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xlim(0, longest * 1.03)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.locator_params(axis="x", integer=True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.legend(loc="outside upper center", ncols=across, frameon=False, fontsize=7.5)
    return _drawn(figure)


class Stretch(NamedTuple):
    """A stretch of time in a row of bars: its first and last day (ISO text; empty: to the end), its verdict (empty: not held), and whether it is
    to come."""

    first: str
    last: str
    verdict: str
    coming: bool


def spans(rows: Sequence[str], stretches: Sequence[Sequence[Stretch]], today: str, names: Mapping[str, str]) -> Picture:
    """Bars along the years, a row each: told apart by mark and pattern. A line stands at the day that is asked about; what is to come is
    beyond it, in outline. `names`: what the verdicts are called in the key."""
    figure, axes = _page(max(1.7, 0.235 * len(rows) + 1.0))
    firsts = [_year(row[0].first) for row in stretches if row]
    begins = min([*firsts, _year(today) - 1])
    ends = max([_year(item.first) for row in stretches for item in row] + [_year(today)])
    ends += (ends - begins) * 0.03
    for down, row in enumerate(stretches):
        for item in row:
            start, end = _year(item.first), _year(item.last) if item.last else ends
            colour, hatch = STYLES.get(item.verdict, ("#ffffff", ""))
            line = ":" if item.coming or not item.verdict else "-"
            axes.barh(
                [down],
                [end - start],
                left=[start],
                color=colour,
                hatch=hatch,
                edgecolor="#5c5c5c",
                linewidth=0.6,
                linestyle=line,
                height=0.7,
            )
            if item.verdict and (end - start) / (ends - begins) > 0.035:
                axes.scatter(
                    [start + (end - start) / 2], [down], s=60, marker="o", color="white", linewidths=0, zorder=3
                )
                axes.scatter(
                    [start + (end - start) / 2],
                    [down],
                    s=20,
                    marker=_MARKS[item.verdict],
                    linewidths=1,
                    zorder=4,
                    **_look(item.verdict),
                )
    axes.axvline(_year(today), color=_INK, linewidth=1.2)
    axes.set_xlim(begins, ends)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [_cut(row) for row in rows])
    axes.locator_params(axis="x", integer=True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("year (the line: the day asked about; dotted: not held, or to come)")
    _key(axes, dict.fromkeys(item.verdict for row in stretches for item in row), 0.09 + 0.8 / max(len(rows), 3), names)
    return _drawn(figure)


def _year(day: str) -> float:
    """A day as a number of years."""
    found = date.fromisoformat(day)
    return found.year + (found.timetuple().tm_yday - 1) / 366


def _cut(text: str) -> str:
    """A name in two lines at most."""
    return "\n".join(wrap(text, 52, max_lines=2, placeholder=" …"))


def _page(height: float) -> tuple[Figure, Axes]:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise problem("figures", "need the library `matplotlib`", None, "pip install 'gapcheck[reports]'") from None
    with rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
    axes.tick_params(labelsize=7.5)
    return figure, axes


def _drawn(figure: Figure) -> Picture:
    """The figure, ready to be drawn in either form."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    for axes in figure.axes:
        legend = axes.get_legend()
        for text in legend.get_texts() if legend else ():
            text.set_fontsize(7.5)
        axes.xaxis.label.set_fontsize(7.5)
    return Picture(figure)
