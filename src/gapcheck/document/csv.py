"""CSV that a spreadsheet shows as text: what would be taken for a formula gets an apostrophe before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from gapcheck.document.answer import Answer, Look
from gapcheck.document.words import plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_WIDE = str.maketrans("＝＋－＠", "=+-@")  # full-width forms, which spreadsheets take for the same


def render(answer: Answer, look: Look) -> str:
    """The first sheet of an answer."""
    sheet = answer.sheets()[0]
    mark = "\ufeff" if sheet.marked else ""
    return mark + csv_text(sheet.header, sheet.rows)


def safe(value: object) -> str:
    """A cell that stays text; numbers stay numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = plain(str(value))
    begins = text.lstrip().translate(_WIDE)[:1]
    return f"'{text}" if begins and begins in _FORMULA else text


def csv_line(cells: Sequence[object]) -> str:
    """One line, without its end."""
    page = io.StringIO()
    csv.writer(page, lineterminator="").writerow(["" if cell is None else safe(cell) for cell in cells])
    return page.getvalue()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole table, without a line end at its end."""
    return "\n".join([csv_line(header), *map(csv_line, rows)])


def beyond(raw: bytes, fresh: str) -> list[str]:
    """The first cell that is not as it was written, in words; nothing where all are."""
    try:
        found, wanted = ([row for row in _rows(text) if row] for text in (raw.decode("utf-8"), fresh))
    except (UnicodeDecodeError, csv.Error) as error:
        return [f"its cells cannot be read: {error}"]
    for line, (here, there) in enumerate(zip(found, wanted, strict=False), 1):
        for column, (one, other) in enumerate(zip(here, there, strict=False), 1):
            if one != other:
                return [f"row {line}, column {column} is not as it was written (`{one[:60]}` for `{other[:60]}`)"]
        if len(here) != len(there):
            return [f"row {line} has {len(here)} cells, where {len(there)} were written"]
    return [f"it has {len(found)} rows, where {len(wanted)} were written"] if len(found) != len(wanted) else []


def _rows(text: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
