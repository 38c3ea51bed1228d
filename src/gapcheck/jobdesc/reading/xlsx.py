"""Workbooks in which somebody keeps a job description: each sheet as a table, with its name above where there are several."""

from __future__ import annotations

import re
from typing import Any

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.archive import Archive, attribute, local
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.own import a_report, refuse_table
from gapcheck.jobdesc.reading.text import TextDocument

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_OWN = re.compile(rb"<(?:dc:)?creator[^>]*>gapcheck<")
_COLUMNS = 60  # of a sheet that is read; a job description has few


def read_xlsx(archive: Archive, source: str, limits: Limits) -> TextDocument:
    """The document in a workbook. Raises InputError for one that is damaged, or a table of posts."""
    book, about = "xl/workbook.xml", "docProps/core.xml"
    if about in archive.names and _OWN.search(archive.read(about)):
        raise a_report(source)
    if book not in archive.names:
        raise problem(source, "this is a workbook of a kind that is not read", None, "save it as .xlsx or .docx")
    shared = (
        [_text(item) for item in archive.tree("xl/sharedStrings.xml")]
        if "xl/sharedStrings.xml" in archive.names
        else []
    )
    links = "xl/_rels/workbook.xml.rels"
    parts = {
        attribute(item, "Id"): attribute(item, "Target")
        for item in (archive.tree(links) if links in archive.names else ())
    }
    builder = TextBuilder(source, limits)
    sheets = [
        item
        for item in archive.tree(book).iter()
        if local(item) == "sheet" and attribute(item, "state") in ("", "visible")
    ]
    found = 0
    for sheet in sheets:
        target = parts.get(_relation(sheet), "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if name not in archive.names:
            continue
        rows = _rows(archive.tree(name), shared, limits, source)
        if not rows:
            continue
        refuse_table(
            [
                [" ".join(str(item.text) for item in cell.content if isinstance(item, FlowItem)) for cell in row]
                for row in rows
            ],
            source,
        )
        found += 1
        if len(sheets) > 1:
            builder.flow([FlowItem("heading", attribute(sheet, "name"), 1)])
        builder.flow(_flow(rows))
    if not found:
        raise problem(source, "the workbook holds no text", None, "is it the right file?")
    return builder.document("xlsx")


def _relation(sheet: Any) -> str:
    return next((value for key, value in sheet.attrib.items() if key.startswith("{") and key.endswith("}id")), "")


def _text(item: Any) -> str:
    """The text of a string, without its guide for how it is spoken."""
    return "".join(part.text or "" for part in item.iter() if local(part) == "t" and local(part.getparent()) != "rPh")


def _rows(sheet: Any, shared: list[str], limits: Limits, source: str) -> list[list[FlowCell]]:
    """The rows that hold something, from the first column that does to the last. Hidden rows and columns are left out."""
    hidden = {
        number
        for item in sheet.iter()
        if local(item) == "col" and attribute(item, "hidden") in ("1", "true")
        for number in range(_whole(attribute(item, "min")), min(_whole(attribute(item, "max")), _COLUMNS) + 1)
    }
    spans, below = _merged(sheet)
    found: list[dict[int, FlowCell]] = []
    cells = 0
    for row in sheet.iter():
        if local(row) != "row" or attribute(row, "hidden") in ("1", "true"):
            continue
        here: dict[int, FlowCell] = {}
        for cell in row:
            place = _PLACE.match(attribute(cell, "r"))
            column = _column(place[1]) if place else max(here, default=0) + 1
            line = int(place[2]) if place else 0
            if column > _COLUMNS or column in hidden:
                continue
            cells += 1
            if cells > limits.cells:
                raise problem(source, f"its sheets hold more than {limits.cells:,} cells")
            words = _value(cell, shared)
            content = [FlowItem("text", words)] if words.strip() else []
            here[column] = FlowCell(content, spans.get((line, column), 1), False, (line, column) in below)
        if any(cell.content for cell in here.values()):
            found.append(here)
    first = min((column for row in found for column, cell in row.items() if cell.content), default=1)
    last = max((column for row in found for column, cell in row.items() if cell.content), default=0)
    return [_filled(row, first, last, hidden) for row in found]


def _filled(row: dict[int, FlowCell], first: int, last: int, hidden: set[int]) -> list[FlowCell]:
    cells: list[FlowCell] = []
    column = first
    while column <= last:
        cell = row.get(column, FlowCell([]))
        if column not in hidden:
            cells.append(cell)
        column += cell.span
    return cells


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """How many columns the first cell of each merged range spans, and the cells that continue one above."""
    spans: dict[tuple[int, int], int] = {}
    below: set[tuple[int, int]] = set()
    for item in sheet.iter():
        if local(item) == "mergeCell":
            first, _, last = attribute(item, "ref").partition(":")
            one, other = _PLACE.match(first), _PLACE.match(last)
            if one and other:
                left, right = _column(one[1]), min(_column(other[1]), _COLUMNS)
                for line in range(int(one[2]), min(int(other[2]), int(one[2]) + 1000) + 1):
                    spans[line, left] = max(1, right - left + 1)
                    if line > int(one[2]):
                        below.add((line, left))
    return spans, below


def _value(cell: Any, shared: list[str]) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return "".join(_text(child) for child in cell if local(child) == "is")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return "" if kind in ("e", "b") else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _flow(rows: list[list[FlowCell]]) -> list[FlowItem | FlowTable]:
    """A sheet as flow: rows in which one cell alone says something are lines, what stands between them tables; a row of a label
    and what it says is a line of that form."""
    found: list[FlowItem | FlowTable] = []
    table: list[list[FlowCell]] = []
    for row in [*rows, []]:
        said = [cell for cell in row if cell.content]
        alone = len(said) <= 1
        if alone and table:
            found += (
                _pairs(table)
                if max(sum(bool(cell.content) for cell in one) for one in table) <= 2
                else [FlowTable(table)]
            )
            table = []
        if alone:
            found += [item for cell in said for item in cell.content if isinstance(item, FlowItem)]
        else:
            table.append(row)
    return found


def _pairs(table: list[list[FlowCell]]) -> list[FlowItem | FlowTable]:
    found: list[FlowItem | FlowTable] = []
    for row in table:
        label, words = (
            [str(item.text) for item in cell.content if isinstance(item, FlowItem)] for cell in row if cell.content
        )
        found.append(FlowItem("text", f"{' '.join(label).rstrip(': ')}: {' '.join(words)}"))
    return found
