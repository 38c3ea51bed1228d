"""Excel: a sheet for each table, with typed cells, a head that stays in sight, filters, and nothing that calculates."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
from typing import Any

import xlsxwriter

from gapcheck.document.answer import Answer, Look, Sheet
from gapcheck.document.package import CUSTOM, RECEIPT_PART, beyond, embedded, parts_of, receipt_xml, settled
from gapcheck.document.receipt import sealing
from gapcheck.document.words import plain

__all__ = ["beyond", "embedded", "fingerprint", "render"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_NO_TAB = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _NARROWEST = 60, 8  # characters of a column
_CELL = 32_000  # characters that a cell holds
_ROWS = 1_048_000
_LINKS = "xl/_rels/workbook.xml.rels"


def render(answer: Answer, look: Look) -> bytes:
    """The sheets of an answer as a workbook."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"author": "gapcheck", "created": datetime.datetime(2000, 1, 1)})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F5", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
    }
    used: set[str] = set()
    for sheet in answer.sheets():
        _sheet(book.add_worksheet(_tab(sheet.title, used)), sheet, looks)
    book.close()
    return _sealed(stream.getvalue(), answer)


def _sealed(raw: bytes, answer: Answer) -> bytes:
    """A workbook with the receipt of its answer as a part of its own, where there is one."""
    receipt = sealing(answer)(fingerprint(raw))
    if not receipt:
        return raw
    links = parts_of(raw)[_LINKS].decode()
    link = f'<Relationship Id="rIdReceipt" Type="{CUSTOM}" Target="../{RECEIPT_PART}"/>'
    return settled(
        raw,
        {
            _LINKS: links.replace("</Relationships>", f"{link}</Relationships>").encode(),
            RECEIPT_PART: receipt_xml(receipt),
        },
    )


def fingerprint(raw: bytes) -> str:
    """The hash of the parts that make what the workbook shows."""
    found = hashlib.sha256()
    for name, blob in sorted(parts_of(raw).items()):
        if name.startswith("xl/") and name.endswith(".xml"):
            found.update(hashlib.sha256(blob).digest())
    return found.hexdigest()


def _tab(title: str, used: set[str]) -> str:
    """A name for a tab that Excel takes, and that no other has."""
    base = _NO_TAB.sub(" ", plain(title)).strip()[:28] or "Sheet"
    name, number = base, 2
    while name.lower() in used:
        name, number = f"{base} {number}", number + 1
    used.add(name.lower())
    return name


def _sheet(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    widths = [len(name) + 3 for name in sheet.header]
    page.write_row(0, 0, [plain(name) for name in sheet.header], looks["head"])
    down = 0
    for down, row in enumerate(sheet.rows, 1):
        if down > _ROWS:
            break
        for across, value in enumerate(row):
            widths[across] = max(widths[across], min(_cell(page, down, across, value, looks), _WIDEST))
    for across, width in enumerate(widths):
        page.set_column(across, across, max(width, _NARROWEST))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, down, len(sheet.header) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell(page: Any, down: int, across: int, value: object, looks: dict[str, Any]) -> int:
    """Write a cell by its type; gives the width that it asks for."""
    if value is None or value == "":
        page.write_blank(down, across, None, looks["text"])
        return 0
    if isinstance(value, bool):
        page.write_boolean(down, across, value, looks["number"])
        return 6
    if isinstance(value, int | float):
        page.write_number(down, across, value, looks["number"])
        return len(str(value)) + 2
    text = "\n".join(plain(line) for line in str(value).split("\n"))
    if _DAY.match(text):
        try:
            page.write_datetime(down, across, datetime.datetime.fromisoformat(text), looks["day"])
            return 12
        except ValueError:
            pass
    page.write_string(down, across, text if len(text) <= _CELL else f"{text[:_CELL]}…", looks["text"])
    return max(map(len, text.split("\n"))) + 2
