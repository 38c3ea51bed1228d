"""The tables of a Word or Excel file that a person has filled in, as rows of text."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from gapcheck.document.words import plain
from gapcheck.errors import problem
from gapcheck.reading import opened

MAX_FILE = 30_000_000  # bytes
MAX_INSIDE = 200_000_000  # bytes that it may unpack to
MAX_ROWS = 20_000
Grid = list[list[str]]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STRUCK = {f"{_W}del", f"{_W}moveFrom", f"{_W}tabs"}  # and the tab stops of a paragraph, which are no text


def grids_of(path: str, what: str) -> tuple[dict[str, Grid], bytes]:
    """The tables of a file by their place in it, and its bytes. `what`: what is read, in what is said of other files.

    Raises InputError for what is no Word or Excel file, is too large, or cannot be read.
    """
    if not path.lower().endswith((".docx", ".xlsx")):
        raise problem(path, f"{what} is read back from Word (.docx) or Excel (.xlsx)", None, "save it in one of these")
    raw = _bytes(path)
    return (_word(path, raw) if path.lower().endswith(".docx") else _excel(path, raw)), raw


def _bytes(path: str) -> bytes:
    try:
        with opened(path) as stream:
            raw = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    try:
        if len(raw) > MAX_FILE:
            raise problem(path, f"the file is larger than {MAX_FILE / 1e6:.0f} MB")
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(item.file_size for item in packed.infolist())
    except zipfile.BadZipFile:
        raise problem(path, "this is no Word or Excel file") from None
    if size > MAX_INSIDE:
        raise problem(path, f"the file unpacks to {size / 1e6:.0f} MB, more than {MAX_INSIDE / 1e6:.0f} MB")
    return raw


def _word(path: str, raw: bytes) -> dict[str, Grid]:
    try:
        import docx
    except ModuleNotFoundError:
        raise problem(
            path, "reading Word needs the library `python-docx`", None, "pip install 'gapcheck[reports]'"
        ) from None
    try:
        document = docx.Document(io.BytesIO(raw))
        tables = [docx.table.Table(one, document) for one in document.element.body.iter(f"{_W}tbl")]
        found = [[[_words(cell._tc) for cell in row.cells] for row in table.rows] for table in tables]
    except Exception as error:  # whatever a broken file makes the library say
        raise problem(path, f"cannot be read as a Word file: {type(error).__name__}") from None
    return {f"table {number}": grid for number, grid in enumerate(found, 1)}


def _words(cell: Any) -> str:
    """What a cell says once every tracked change is taken: with what was put in, in a form's field too, without what was struck."""
    lines = []
    for paragraph in cell.iter(f"{_W}p"):
        pieces = [
            (piece.text or "") if piece.tag == f"{_W}t" else _BREAKS[piece.tag]
            for piece in paragraph.iter(f"{_W}t", *_BREAKS)
            if not any(outer.tag in _STRUCK for outer in piece.iterancestors())
        ]
        lines.append("".join(pieces))
    return "\n".join(lines).strip()


def _excel(path: str, raw: bytes) -> dict[str, Grid]:
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise problem(
            path, "reading Excel needs the library `openpyxl`", None, "pip install 'gapcheck[reports]'"
        ) from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        return {
            f"sheet {page.title}": [
                [_text(value) for value in row] for row in page.iter_rows(values_only=True, max_row=MAX_ROWS)
            ]
            for page in book.worksheets
        }
    except Exception as error:  # whatever a broken file makes the library say
        raise problem(path, f"cannot be read as an Excel file: {type(error).__name__}") from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def below(grid: Grid, head: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """The rows below a head (in small letters) that stands in one of the first rows, each with its number, its cells in the order
    of the head; empty where the table lacks a column. Whoever fills a table in may move its columns, and add some."""
    names = [[cell.lower() for cell in row] for row in grid[:5]]
    start = next((at for at, row in enumerate(names) if set(head) <= set(row)), None)
    if start is None:
        return []
    places = [names[start].index(name) for name in head]
    rows = [
        (number, [plain(row[place]).strip() if place < len(row) else "" for place in places])
        for number, row in enumerate(grid[start + 1 :], start + 2)
    ]
    return [(number, cells) for number, cells in rows if any(cells)]
