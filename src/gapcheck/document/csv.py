"""CSV that a spreadsheet shows as text: what would be taken for a formula gets an apostrophe before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from gapcheck.document.words import plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_WIDE = str.maketrans("＝＋－＠", "=+-@")  # full-width forms, which spreadsheets take for the same


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
    csv.writer(page, lineterminator="").writerow([safe(cell) for cell in cells])
    return page.getvalue()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole table, without a line end at its end."""
    return "\n".join([csv_line(header), *map(csv_line, rows)])
