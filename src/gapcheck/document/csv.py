"""CSV that a spreadsheet shows as text: what would be taken for a formula gets an apostrophe before it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
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


def fingerprint(raw: str | bytes) -> str:
    """The hash of the cells."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) if row]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
