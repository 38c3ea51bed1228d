"""One page of a PDF: its lines and tables in reading order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.weight import DESIRABLE, ESSENTIAL, weight_of

_GUTTER = 11.0  # points of white between columns
_FIELD_LINE, _FIELD_LETTER = 12.0, 4.0  # points that a line and a letter take which were typed into a form
_ROWS = 4  # lines that columns have at least
_FULL = 0.5  # of its column that a line of running text fills


class PdfLine(NamedTuple):
    """A line of text. `apart`: white space above it parts it from the line before; `below`: how far it stands below that."""

    text: str
    size: float
    bold: bool
    apart: bool
    below: float


Word = dict[str, Any]
Row = list[Word]


def page_parts(page: Any, before: Row | None = None) -> tuple[list[PdfLine | FlowTable], Row | None]:
    """What a page holds, from top to bottom, column by column; and the line that names the columns of the table without rules
    with which it ends, if any. `before`: that of the page before."""
    upright = page.filter(lambda item: item.get("object_type") != "char" or item.get("upright", True)).dedupe_chars(
        tolerance=1
    )
    words = [
        {**word, "size": median(char["size"] for char in word["chars"]), "bold": _bold(word["chars"])}
        for word in upright.extract_words(x_tolerance_ratio=0.15, return_chars=True)
    ]
    words += filled_in(page)
    tables = [(table, made) for table in upright.find_tables() if (made := _table(table, words)) is not None]
    boxes = [table.bbox for table, _ in tables]
    free = [word for word in words if not any(_within(word, box) for box in boxes)]
    found: list[PdfLine | FlowTable] = []
    for table, made in sorted(tables, key=lambda item: item[0].bbox[1]):
        above = [word for word in free if word["bottom"] <= table.bbox[1] + 2]
        free = [word for word in free if word["bottom"] > table.bbox[1] + 2]
        found += [*_region(above), made]
    if before is not None and not tables:
        return _continued(before, free)
    found += _region(free)
    return found, next((row for row in reversed(_rows(free)) if _is_header(row)), None)


def _continued(header: Row, words: list[Word]) -> tuple[list[PdfLine | FlowTable], Row | None]:
    """A page that may go on with the table without rules of the page before: its lines stand in the same columns."""
    rows = _rows(words)
    starts = [piece[0]["x0"] for piece in _segments(header)]
    if rows and min(row[0]["x0"] for row in rows) < starts[0] - _GUTTER:
        starts = [0.0, *starts]

    def filled(row: Row) -> int:
        return len({max((at for at, start in enumerate(starts) if word["x0"] >= start - 6), default=0) for word in row})

    across = [at for at, row in enumerate(rows) if filled(row) > 1]
    clear = not any(word["x0"] < start - 6 < word["x1"] for row in rows for word in row for start in starts[1:])
    if len(across) < 2 or not clear or any(map(_is_header, rows)):
        return _region(words), next((row for row in reversed(rows) if _is_header(row)), None)
    first, last = across[0], across[-1] + 1
    while first and rows[first - 1][0]["x0"] >= starts[1] - 6:  # the rest of a row that the page before began
        first -= 1
    while last < len(rows) and rows[last][0]["top"] - rows[last - 1][0]["top"] < 2 * rows[last][0]["size"]:
        last += 1
    table = _unruled(header, rows[first:last])
    above, below = ([word for row in some for word in row] for some in (rows[:first], rows[last:]))
    return [*_region(above), table._replace(rows=table.rows[1:]), *_region(below)], header


def filled_in(page: Any) -> list[Word]:
    """What was typed into the fields of a form, as words where the fields stand."""
    found: list[Word] = []
    for field in page.annots:
        data = field.get("data") or {}
        value = data.get("V")
        if value is None and isinstance(parent := resolve1(data.get("Parent")), dict):
            value = parent.get("V")
        value = resolve1(value)
        if not isinstance(value, (bytes, str)):
            continue
        text = decode_text(value) if isinstance(value, bytes) else value
        for number, line in enumerate(re.split(r"\r\n?|\n", text)[:500]):
            top, left = field["top"] + 2 + number * _FIELD_LINE, field["x0"] + 2
            for word in line.split():
                right = left + len(word) * _FIELD_LETTER
                found.append(
                    {
                        "text": word,
                        "x0": left,
                        "x1": right,
                        "top": top,
                        "bottom": top + 10.0,
                        "size": 10.0,
                        "bold": False,
                        "chars": [],
                    }
                )
                left = right + 2.0
    return found


def _bold(chars: Sequence[Any]) -> bool:
    return all(
        any(sign in str(char["fontname"]).lower() for sign in ("bold", "black", "heavy", "semibold")) for char in chars
    )


def _within(word: Word, box: Sequence[float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _table(table: Any, words: list[Word]) -> FlowTable | None:
    """A ruled table, or None for a frame around ordinary text."""
    rows = []
    for row in table.rows:
        cells: list[FlowCell] = []
        for box in row.cells:
            if box is None:  # spanned by the cell before it, or by the one above
                if cells and not cells[-1].continues and _reaches(row, cells):
                    cells[-1] = cells[-1]._replace(span=cells[-1].span + 1)
                else:
                    cells.append(FlowCell((), 1, False, True))
                continue
            inside = [word for word in words if _within(word, box)]
            text = _wrapped(_rows(inside), box[2], box[0])
            cells.append(FlowCell([FlowItem("text", text)] if text else [], 1, False))
        rows.append(cells)
    filled = [[cell for cell in row if cell.content] for row in rows]
    if max((len(row) for row in filled), default=0) < 2 or sum(map(bool, filled)) < 2:
        return None
    return FlowTable(rows)


def _wrapped(rows: list[Row], right: float, left: float = -1.0) -> str:
    """The lines of a cell, those on one that were broken because the next word had no room. `right`, `left`: of the cell, or of
    the room for its words alone where `left` is not given."""
    if not rows:
        return ""
    pad = max(0.0, min(row[0]["x0"] for row in rows) - left) if left >= 0 else 0.0
    pieces = [_text(rows[0])]
    for before, row in itertools.pairwise(rows):
        last, word = before[-1], row[0]
        space = last["size"] * 0.2
        full = last["x1"] + space + word["x1"] - word["x0"] > right - pad - 1.0
        ends = last["text"].endswith((".", ";", ":", "-")) or _BULLET.match(_text(row)) is not None
        pieces.append(" " if full and not ends and row[0]["top"] - before[0]["top"] < 2 * last["size"] else "\n")
        pieces.append(_text(row))
    return "".join(pieces)


def _reaches(row: Any, cells: list[FlowCell]) -> bool:
    """Whether the last cell is wide enough to span the place after it."""
    boxes = list(row.cells)
    at = sum(cell.span for cell in cells)
    box = boxes[at - cells[-1].span]
    after = next((item for item in boxes[at:] if item is not None), None)
    right = after[0] if after is not None else row.bbox[2]
    return box is not None and box[2] >= right - 3


def _rows(words: list[Word]) -> list[Row]:
    """Words into lines, each from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda item: (item["top"] + item["bottom"], item["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda item: float(item["x0"])) for row in rows]


_BULLET = re.compile(r"(?:[\u2022\u25aa\u25cf\u25cb\u00b7\uf0b7\uf0a7*\u2013-]|\(?[a-z0-9]{1,2}[.)])\s")
_CID_BULLET = re.compile(r"^\(cid:(?:127|128|129|131|149|176|183)\)\s*")


def _text(row: Row) -> str:
    return _CID_BULLET.sub("• ", " ".join(word["text"] for word in row))


def _region(words: list[Word]) -> list[PdfLine | FlowTable]:
    rows = _rows(words)
    if not rows:
        return []
    header = next((at for at, row in enumerate(rows) if _is_header(row)), None)
    if header is not None:
        end = next((at for at in range(header + 1, len(rows)) if _is_header(rows[at])), len(rows))
        after = [word for row in rows[end:] for word in row]
        above = [word for row in rows[:header] for word in row]
        return [*_region(above), _unruled(rows[header], rows[header + 1 : end]), *_region(after)]
    columns = _columns(rows)
    if columns is not None:
        first, last, gutter = columns
        block = [word for row in rows[first:last] for word in row]
        left = [word for word in block if word["x1"] <= gutter + 1]
        right = [word for word in block if word["x0"] >= gutter - 1]
        above = [word for row in rows[:first] for word in row]
        below = [word for row in rows[last:] for word in row]
        return [*_region(above), *_region(left), *_region(right), *_region(below)]
    return _lines(rows)


def _lines(rows: list[Row]) -> list[PdfLine | FlowTable]:
    pitches = [after[0]["top"] - row[0]["top"] for row, after in itertools.pairwise(rows)]
    usual = median(pitches) if pitches else 0.0
    found: list[PdfLine | FlowTable] = []
    for at, row in enumerate(rows):
        apart = at == 0 or pitches[at - 1] > max(usual * 1.3, row[0]["size"] * 1.1)
        size, bold = median(word["size"] for word in row), all(word["bold"] for word in row)
        found.append(PdfLine(_text(row), size, bold, apart and at > 0, pitches[at - 1] if at else 1000.0))
    return found


def _segments(row: Row) -> list[Row]:
    """The pieces of a line between wide gaps."""
    pieces = [[row[0]]]
    for before, word in itertools.pairwise(row):
        if word["x0"] - before["x1"] > max(_GUTTER, word["size"]):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _is_header(row: Row) -> bool:
    """Whether a line names the columns of a person specification."""
    weights = {weight_of(_text(piece)) for piece in _segments(row)}
    return {ESSENTIAL, DESIRABLE} <= weights


def _unruled(header: Row, rows: list[Row]) -> FlowTable:
    """A person specification whose columns are only white space; a wide gap between lines begins another row."""
    names = _segments(header)
    starts = [piece[0]["x0"] for piece in names]
    if rows and min(row[0]["x0"] for row in rows) < starts[0] - _GUTTER:
        starts, names = [0.0, *starts], [[], *names]
    pitches = [after[0]["top"] - row[0]["top"] for row, after in itertools.pairwise(rows)]
    usual = median(pitches) if pitches else 0.0
    made: list[list[list[Row]]] = []
    for at, row in enumerate(rows):
        named = not weight_of(_text(names[0])) and row[0]["x0"] < starts[1] - 6 and not row[0]["text"][0].islower()
        if not made or pitches[at - 1] > usual * 1.4 or named:
            made.append([[] for _ in starts])
        pieces: list[Row] = [[] for _ in starts]
        for word in row:
            pieces[max((column for column, start in enumerate(starts) if word["x0"] >= start - 6), default=0)].append(
                word
            )
        for column, piece in enumerate(pieces):
            if piece:
                made[-1][column].append(piece)
    ends = [*(start - 6 for start in starts[1:]), max((row[-1]["x1"] for row in rows), default=0.0)]
    cells = [
        [
            FlowCell([FlowItem("text", _wrapped(lines, end))] if lines else [])
            for lines, end in zip(row, ends, strict=True)
        ]
        for row in made
    ]
    head = [FlowCell([FlowItem("text", _text(piece))] if piece else []) for piece in names]
    return FlowTable([head, *cells])


def _columns(rows: list[Row]) -> tuple[int, int, float] | None:
    """The lines, first to last, that stand in two columns, and where the gutter between them is."""
    best: tuple[int, int, int, float] | None = None
    gaps = {
        round((before["x1"] + word["x0"]) / 2 / 4) * 4.0
        for row in rows
        for before, word in itertools.pairwise(row)
        if word["x0"] - before["x1"] >= _GUTTER
    }
    for x in sorted(gaps)[:200]:
        for first, last in _runs(rows, x):
            size = last - first
            if (best is None or size > best[0]) and _is_columns(rows[first:last], x):
                best = (size, first, last, x)
    return best[1:] if best else None


def _runs(rows: list[Row], x: float) -> list[tuple[int, int]]:
    """The runs of lines that leave a gutter at x free."""
    found, first = [], None
    for at, row in enumerate([*rows, None]):
        free = row is not None and not any(
            word["x0"] < x + _GUTTER / 2 - 1 and word["x1"] > x - _GUTTER / 2 + 1 for word in row
        )
        if free and first is None:
            first = at
        elif not free and first is not None:
            found.append((first, at))
            first = None
    return found


def _is_columns(rows: list[Row], x: float) -> bool:
    """Whether lines stand in columns of running text, and are not labels with their values."""
    for side in (
        [[w for w in row if w["x1"] <= x] for row in rows],
        [[w for w in row if w["x0"] >= x] for row in rows],
    ):
        lines = [row for row in side if row]
        if len(lines) < _ROWS:
            return False
        left, right = min(row[0]["x0"] for row in lines), max(row[-1]["x1"] for row in lines)
        filled = median((row[-1]["x1"] - row[0]["x0"]) / max(1.0, right - left) for row in lines)
        words = sum(len(row) for row in lines) / len(lines)
        labels = sum(row[-1]["text"].endswith(":") for row in lines)
        if filled < _FULL or words < 2.5 or labels * 3 > len(lines):
            return False
    return True
