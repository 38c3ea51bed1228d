"""What a cell of a table stands under: its column, its row, and whether that makes it essential or desirable.

Person specifications come as columns of text, as columns of ticks, as one column of marks (E or D), and as rows or
spanning rows named Essential and Desirable; all give the same answer here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gapcheck.jobdesc.reading.weight import DESIRABLE, EITHER, ESSENTIAL, FLAT, TICKS, Outline, bare_weight, weight_of

_CROSSES = frozenset(["x", "X", "✗", "✘", "☒"])
_MARKS_AT_LEAST = 0.8  # of the cells of a column, for it to be a column of marks
_SHORT = 90  # characters of a header


class GridCell(NamedTuple):
    """A cell as it is laid out: its words on one line, the columns it spans, header mark, continuation of the one above."""

    words: str
    span: int = 1
    header: bool = False
    continues: bool = False


class CellPlace(NamedTuple):
    """Where a cell stands. `kind`: cell, or heading for what names the cells below it."""

    kind: str
    section: tuple[str, ...]
    column: str
    row: str
    weight: str


def places(rows: Sequence[Sequence[GridCell]]) -> list[list[CellPlace]]:
    """The place of every cell of a table."""
    return _Grid(rows).places()


class _Grid:
    def __init__(self, rows: Sequence[Sequence[GridCell]]) -> None:
        self.rows = [_spread(row) for row in rows]
        self.columns = max((column + cell.span for row in self.rows for column, cell in row), default=0)
        self.names = [""] * self.columns
        self.weights = [""] * self.columns
        self.lettered: set[int] = set()  # columns of marks that say E or D in words
        self.marks = self._mark_columns()
        self.outline = Outline()
        self.row = ""

    def places(self) -> list[list[CellPlace]]:
        return [self._row(index, row) for index, row in enumerate(self.rows)]

    def _mark_columns(self) -> frozenset[int]:
        """The columns that hold ticks, or the letters E and D, and nothing else."""
        found = set()
        for column in range(self.columns):
            words = [cell.words for row in self.rows for at, cell in row if at == column and cell.words.strip()]
            body = words[1:] if words and (weight_of(words[0]) or len(words[0]) > 3) else words
            marks = [item for item in body if item.strip(" .") in TICKS or weight_of(item)]
            if body and len(marks) >= _MARKS_AT_LEAST * len(body) and (len(body) > 1 or body[0].strip() in TICKS):
                found.add(column)
                if any(weight_of(item) for item in body):
                    self.lettered.add(column)
        return frozenset(found)

    def _row(self, index: int, row: list[tuple[int, GridCell]]) -> list[CellPlace]:
        said = [(column, cell) for column, cell in row if cell.words.strip()]
        if self._is_header(index, said):
            return self._header(row, said)
        if len(said) == 1 and self.columns > 1 and self._is_section(*said[0]):
            self.outline.heading(said[0][1].words, FLAT)
            self.row = ""
            return [CellPlace("heading", self.outline.section[:-1], "", "", "") for _ in row]
        self.outline.content()
        self._name_row(row, said)
        marked = self._marked(said)
        return [self._place(column, cell, marked) for column, cell in row]

    def _is_header(self, index: int, said: list[tuple[int, GridCell]]) -> bool:
        if len(said) < 2 or any(len(cell.words) > _SHORT for _, cell in said):
            return False
        if all(cell.header for _, cell in said):
            return True
        labels = [
            weight_of(cell.words)
            for column, cell in said
            if column not in self.lettered or weight_of(cell.words) == EITHER
        ]
        if index == 0 and not any(labels):  # a name over the letters
            return any(column in self.lettered and not weight_of(cell.words) for column, cell in said)
        if not any(labels):
            return False
        # `Essential | HCPC registration` is a row of its own, not a header over others
        both = {ESSENTIAL, DESIRABLE} <= set(labels) or EITHER in labels
        return both or (index == 0 and not labels[0]) or (index == 0 and len(said) > 2)

    def _header(self, row: list[tuple[int, GridCell]], said: list[tuple[int, GridCell]]) -> list[CellPlace]:
        self.names, self.weights, self.row = [""] * self.columns, [""] * self.columns, ""
        for column, cell in said:
            for at in range(column, min(column + cell.span, self.columns)):
                self.names[at] = cell.words.strip(" :")
                self.weights[at] = weight_of(cell.words)
        return [CellPlace("heading", self.outline.section, "", "", "") for _ in row]

    def _is_section(self, column: int, cell: GridCell) -> bool:
        words = cell.words.strip()
        if column in self.marks or len(words) > _SHORT or words[-1] in ".;," or cell.continues:
            return False
        if bare_weight(words) or cell.header or cell.span >= self.columns:
            return len(words.split()) <= 12
        return column == 0 and not self.weights[0] and len(words.split()) <= 5 and self.columns > 2

    def _name_row(self, row: list[tuple[int, GridCell]], said: list[tuple[int, GridCell]]) -> None:
        first = row[0][1] if row and row[0][0] == 0 else None
        if first is None or first.continues or not first.words.strip():
            return
        named = self.weights[0] in ("", EITHER) and 0 not in self.marks and len(said) > 1
        self.row = first.words.strip(" :") if named and len(first.words) <= _SHORT else ""

    def _marked(self, said: list[tuple[int, GridCell]]) -> str:
        """What the marks of a row say."""
        found: list[tuple[bool, str]] = []
        for column, cell in said:
            if column not in self.marks:
                continue
            words = cell.words.strip(" .")
            own = weight_of(words)
            if own:
                found.append((False, own))
            elif words in TICKS and self.weights[column] in (ESSENTIAL, DESIRABLE):
                found.append((words in _CROSSES, self.weights[column]))
        weights = [weight for _, weight in sorted(found, key=lambda item: item[0])]
        return "" if not weights or weights[0] == EITHER else weights[0]

    def _place(self, column: int, cell: GridCell, marked: str) -> CellPlace:
        name = self.names[column] if column < self.columns else ""
        own = self.weights[column] if column < self.columns else ""
        has_columns = any(weight in (ESSENTIAL, DESIRABLE) for weight in self.weights)
        row = self.row if column else ""
        by_row = bare_weight(row)
        if column in self.marks:
            weight = ""
        elif marked:
            weight = marked
        elif has_columns:
            weight = own if own in (ESSENTIAL, DESIRABLE) and cell.words.strip(" .") not in TICKS else ""
        else:
            weight = by_row if by_row in (ESSENTIAL, DESIRABLE) else self.outline.weight
        return CellPlace("cell", self.outline.section, name, row, weight)


def _spread(row: Sequence[GridCell]) -> list[tuple[int, GridCell]]:
    placed, column = [], 0
    for cell in row:
        placed.append((column, cell))
        column += max(1, cell.span)
    return placed
