"""The terminal: a document of blocks as text of a width, on tabulate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import click

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import (
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    Paragraph,
    Table,
    labels,
    shown,
)

COLOUR = {
    "blocked": "red", "barred": "red", "arrange": "yellow", "restricted": "yellow", "available": "yellow", "risky": "magenta",
    "unknown": "cyan", "clear": "green", "open": "green",
}  # fmt: skip
_WORD = 18  # characters of a word that a column makes room for
_NARROW = 8  # characters below which a column is no column
_GAP = 2
_PADDING = 2  # tabulate makes a column this much wider than its head


def render(answer: Answer, look: Look) -> str:
    """The answer on one screen; in full where that is asked for."""
    return text_of(answer.document(True) if look.full else answer.brief(), look)


def text_of(document: Document, look: Look) -> str:
    """A document as text."""
    return _Page(document, look).text()


class _Page:
    """Lines of text, wrapped to a width."""

    def __init__(self, document: Document, look: Look) -> None:
        self.document = document
        self.look = look
        self.names = labels(document)
        self.lines: list[str] = []

    def text(self) -> str:
        title = self.document.title
        self._wrap(self._styled(title, bold=True))
        if self.document.subtitle:
            self._wrap(self.document.subtitle)
        for block in self.document.blocks:
            self._block(block)
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        return "\n".join(line.rstrip() for line in self.lines)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._blank()
            self._wrap(self._styled(block.text, bold=True, tone=block.tone))
        elif isinstance(block, Paragraph):
            if block.style == "apart":
                self._blank()
            self._wrap(self._inline(block.inline))
        elif isinstance(block, Items):
            for number, item in enumerate(block.items, 1):
                mark = f"{number}." if block.ordered else "-"
                self._wrap(f"  {mark} {self._inline(item)}", "  " + " " * (len(mark) + 1))
        elif isinstance(block, Facts):
            for term, texts in block.pairs:
                for text in texts:
                    self._wrap(f"  {term}: {self._inline(text)}", "    ")
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._wrap(f"{block.caption}. {block.alt}")
            if block.table:
                self._table(block.table)

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _styled(self, text: str, bold: bool = False, tone: str = "") -> str:
        return click.style(text, fg=COLOUR.get(tone), bold=bold or None) if self.look.colour else text

    def _inline(self, cells: Inline, colour: bool = True) -> str:
        return "".join(
            self._styled(shown(run, self.names), run.strong, run.tone) if colour else shown(run, self.names)
            for run in cells
        )

    def _wrap(self, text: str, rest: str = "") -> None:
        self.lines += wrapped(text, self.look.width, rest)

    def _table(self, block: Table) -> None:
        if not block.rows:
            return
        if block.caption and not block.plain:
            self._blank()
            self._wrap(self._styled(block.caption, bold=True))
        rows = [[self._cell(cell) for cell in row] for row in block.rows]
        heads = [_Cell(self._inline(cell, False)) for cell in block.header]
        if block.plain:
            self._columns(rows)
            return
        for chosen, widths in self._parts(heads, rows):
            self._grid([heads[one] for one in chosen], [[row[one] for one in chosen] for row in rows], widths,
                       ["right" if one in block.numeric else "left" for one in chosen])  # fmt: skip

    def _cell(self, cells: Inline) -> _Cell:
        return _Cell(self._inline(cells, False), next((run.tone for run in cells if run.tone), ""))

    def _columns(self, rows: list[list[_Cell]]) -> None:
        """A list in columns, a line a row: what does not fit is cut."""
        widths = _share(_natural(rows), self.look.width - 2 - _GAP * (len(rows[0]) - 1))
        for row in rows:
            cells = zip(row, widths, strict=True)
            line = (" " * _GAP).join(
                self._styled(f"{_cut(cell.text, width):<{width}}", tone=cell.tone) for cell, width in cells
            )
            self.lines.append(f"  {line}")

    def _parts(self, heads: list[_Cell], rows: list[list[_Cell]]) -> Iterator[tuple[list[int], list[int]]]:
        """The columns of each of as many tables as the width makes of one, each with the first column; and their widths."""
        room = self.look.width
        natural = _natural([[_Cell(f"{head.text}{' ' * _PADDING}") for head in heads], *rows])
        least = [min(size, max(_NARROW, word)) for size, word in zip(natural, _longest([heads, *rows]), strict=True)]
        parts, used = [[0]], max(least[0], min(natural[0], room // 3))
        for column in range(1, len(heads)):
            if len(parts[-1]) > 1 and used + _GAP + least[column] > room:
                parts.append([0])
                used = max(least[0], min(natural[0], room // 3))
            parts[-1].append(column)
            used += _GAP + least[column]
        for chosen in parts:
            some = [min(least[one], room) for one in chosen]
            yield chosen, _grown(some, [natural[one] for one in chosen], room - _GAP * (len(chosen) - 1))

    def _grid(self, heads: list[_Cell], rows: list[list[_Cell]], widths: list[int], align: list[str]) -> None:
        from tabulate import tabulate

        def folded(cell: _Cell, width: int, spare: int = 0) -> str:
            width = max(1, width - spare)
            return "\n".join(self._styled(line, tone=cell.tone) for line in wrapped(cell.text, width, broken=True))

        head = [folded(cell, width, _PADDING) for cell, width in zip(heads, widths, strict=True)]
        grid = [[folded(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
        text = tabulate(grid, head, tablefmt="simple", disable_numparse=True, colalign=align)
        self.lines += text.split("\n")


class _Cell(NamedTuple):
    text: str
    tone: str = ""


def _natural(rows: list[list[_Cell]]) -> list[int]:
    """How wide each column would be."""
    return [max(len(line) for cell in column for line in cell.text.split("\n")) for column in zip(*rows, strict=True)]


def _longest(rows: list[list[_Cell]]) -> list[int]:
    """The longest word of each column, its head's with what is added to that; of words that are no addresses."""
    return [
        min(
            _WORD,
            max(
                len(word) + (_PADDING if place == 0 else 0)
                for place, cell in enumerate(column)
                for word in [*cell.text.split(), ""]
            ),
        )
        for column in zip(*rows, strict=True)
    ]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(1, width - 1)].rstrip()}…"


def wrapped(text: str, width: int, rest: str = "", broken: bool = False) -> list[str]:
    """Lines of at most a width, measured without their colours. A word that is longer has a line of its own, or is cut where
    it is to be `broken`; `rest`: what lines after the first begin with."""
    lines: list[str] = []
    for part in text.split("\n"):
        if len(click.unstyle(part)) <= width:
            lines.append(part)
            continue
        line: str | None = None
        for word in part.split(" "):
            longer = word if line is None else f"{line} {word}"
            if line is not None and line.strip() and len(click.unstyle(longer)) > width:
                lines.append(line)
                line = rest + word
            else:
                line = longer
            while broken and len(line) > width:
                lines.append(line[:width])
                line = line[width:]
        lines.append(line or "")
    return lines


def _share(natural: list[int], room: int, floor: int = 1) -> list[int]:
    """The widths of columns: as wide as they would be, where there is room, else the wide ones give way, down to a floor."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > floor:
        widest = max(widths)
        over = sum(widths) - room
        many = [index for index, width in enumerate(widths) if width == widest]
        below = max((width for width in widths if width < widest), default=floor)
        step = max(1, min(widest - below, -(-over // len(many))))
        for index in many:
            widths[index] -= step
    return [max(floor, width) for width in widths]


def _grown(least: list[int], natural: list[int], room: int) -> list[int]:
    """The widths of columns that have at least so much: what room is left goes to those that would be wider."""
    if sum(least) > room:
        return _share(least, room)
    spare = _share([max(0, whole - small) for whole, small in zip(natural, least, strict=True)], room - sum(least), 0)
    return [small + (more if whole > small else 0) for small, more, whole in zip(least, spare, natural, strict=True)]
