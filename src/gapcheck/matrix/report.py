"""The matrix for machines and terminals: JSON, CSV and a table of plain text."""

from __future__ import annotations

import csv
import io
import sys
import textwrap
from typing import Any

import click

from gapcheck.document import words as say
from gapcheck.findings.data import lawbook_data, provision_data, sets_data, upcoming_data
from gapcheck.matrix.model import ACTS, Cell, Column, Matrix, Row
from gapcheck.matrix.words import (
    ASCII,
    DIRECT,
    MARK,
    MEANS,
    MORE,
    SHARED,
    Notes,
    elsewhere,
    gap_beside,
    heading,
    held,
    notes_of,
    presumes,
    said,
    short,
    verdicts,
    was,
    ways,
)

_COLOUR = {
    "open": "green", "available": "yellow", "unknown": "cyan", "barred": "red",
    "clear": "green", "risky": "magenta", "restricted": "yellow", "arrange": "yellow", "blocked": "red",
}  # fmt: skip
_LABEL = 40


def matrix_data(matrix: Matrix) -> dict[str, Any]:
    """The matrix as plain data, of the form of `schemas/matrix.schema.json`."""
    return {
        "gapcheck": "1",
        "lawbook": lawbook_data(matrix.law),
        "kind": matrix.kind,
        "case": {"medicine": matrix.case.medicine, "facts": dict(matrix.case.facts)},
        "professions": [
            {
                "profession": row.profession,
                "title": row.title,
                "register": row.register,
                "regulated_here": row.regulated_here,
            }
            for row in matrix.rows
        ],
        "columns": [{"id": column.id, "title": column.title, "force": column.force} for column in matrix.columns],
        "cells": [
            {"profession": row.profession, "column": column.id, **cell_data(matrix.cell(row, column))}
            | {"without_reforms": _answer(matrix.before(row, column))}
            for row in matrix.rows
            for column in matrix.columns
        ],
    }


def cell_data(cell: Cell) -> dict[str, Any]:
    """One cell."""
    return {
        "verdict": cell.verdict,
        "today": cell.today,
        "gap": cell.gap,
        "routes": [
            {
                "act": use.act,
                "route": use.route,
                "state": use.state,
                "directness": use.directness,
                "needs": list(use.needs),
                "law": [provision_data(item) for item in use.law],
            }
            for use in cell.routes
        ],
        "says": cell.says,
        "opens_with": sets_data(cell.opens_with),
        "unsettled": list(cell.unsettled),
        "questions": list(cell.questions),
        "turns_on": list(cell.turns_on),
        "unverified": list(cell.unverified),
        "upcoming": [upcoming_data(item) for item in cell.upcoming],
    }


def _answer(cell: Cell | None) -> dict[str, Any] | None:
    return {"verdict": cell.verdict, "routes": [use.route for use in cell.routes]} if cell else None


def matrix_csv(matrix: Matrix) -> str:
    """A line for each profession, a column for each act or task. A cell: the verdict, then the routes."""
    page = io.StringIO()
    write = csv.writer(page, lineterminator="\n")
    write.writerow(["profession", "title", "register", *(column.id for column in matrix.columns)])
    for row in matrix.rows:
        cells = [_plain(matrix, row, column) for column in matrix.columns]
        write.writerow([row.profession, row.title, row.register or "none", *cells])
    return page.getvalue().rstrip("\n")


def _plain(matrix: Matrix, row: Row, column: Column) -> str:
    cell, before = matrix.cell(row, column), matrix.before(row, column)
    text = _verdict_and_routes(cell)
    return f"{text} (was {_verdict_and_routes(before)})" if before else text


def _verdict_and_routes(cell: Cell) -> str:
    routes = ", ".join(dict.fromkeys(use.route for use in cell.routes))
    return f"{cell.verdict}{gap_beside(cell)}{': ' if routes else ''}{routes}"


def matrix_table(matrix: Matrix, width: int) -> str:
    """The matrix as text: acts across and professions down, tasks down and professions across, in as many blocks as the width
    takes; then what the marks, routes and numbers mean."""
    from tabulate import tabulate

    width = max(60, width)
    notes = notes_of(matrix)
    lines = [heading(matrix), *_wrapped(presumes(matrix), width), ""]
    heads, rows = _by_acts(matrix, notes) if matrix.kind == ACTS else _by_tasks(matrix, notes)
    fixed = 2 if matrix.kind == ACTS else 1
    for first, last in _blocks(heads, rows, fixed, width):
        table = [[*row[:fixed], *row[first:last]] for row in rows]
        lines += [tabulate(table, [*heads[:fixed], *heads[first:last]], tablefmt="plain", disable_numparse=True), ""]
    lines += _legend(matrix, notes, width)
    text = "\n".join(line.rstrip() for line in lines)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = text.translate(ASCII).replace(MORE, "...").encode("ascii", "replace").decode()
    return text


def _by_acts(matrix: Matrix, notes: Notes) -> tuple[list[str], list[list[str]]]:
    heads = [f"{column.short}{notes.of(SHARED, column.id)}" for column in matrix.columns]
    heads = ["\n".join(textwrap.wrap(head, 12, break_long_words=False)) for head in heads]
    rows = [
        [row.title, held(matrix, row), *(_act(matrix, notes, row, column) for column in matrix.columns)]
        for row in matrix.rows
    ]
    return ["Profession", "Register", *heads], [["\n".join(textwrap.wrap(row[0], 26)), *row[1:]] for row in rows]


def _act(matrix: Matrix, notes: Notes, row: Row, column: Column) -> str:
    cell = matrix.cell(row, column)
    text = _styled(cell.verdict, said(matrix, cell)) + notes.of(row.profession, column.id)
    before = was(matrix, row, column)
    return f"{text}\n{before}" if before else text


def _by_tasks(matrix: Matrix, notes: Notes) -> tuple[list[str], list[list[str]]]:
    heads = ["\n".join(textwrap.wrap(f"{row.title} ({held(matrix, row)})", 14)) for row in matrix.rows]
    rows = []
    for column in matrix.columns:
        label = "\n".join(textwrap.wrap(column.title + notes.of(SHARED, column.id), _LABEL))
        rows.append([label, *(_task(matrix, notes, row, column) for row in matrix.rows)])
    return ["Task", *heads], rows


def _task(matrix: Matrix, notes: Notes, row: Row, column: Column) -> str:
    cell = matrix.cell(row, column)
    routes = list(dict.fromkeys(short(matrix, use.route) for use in cell.routes))
    lines = [
        _styled(cell.verdict, f"{MARK[cell.verdict]} {cell.verdict}") + notes.of(row.profession, column.id),
        *([said] if (said := gap_beside(cell).removeprefix(", ")) else []),
        *textwrap.wrap(", ".join(routes), 14),
        *([f"(was {before.verdict})"] if (before := matrix.before(row, column)) else []),
    ]
    return "\n".join(lines)


def _styled(verdict: str, text: str) -> str:
    return click.style(text, fg=_COLOUR[verdict]) if sys.stdout.isatty() else text


def _blocks(heads: list[str], rows: list[list[str]], fixed: int, width: int) -> list[tuple[int, int]]:
    """The columns, from and up to, of each block that fits the width, beside the first `fixed` ones."""
    wide = [[max(map(len, click.unstyle(cell).split("\n"))) for cell in row] for row in [heads, *rows]]
    sizes = [
        max(wide[0][index] + 2, *(row[index] for row in wide)) + 2 for index in range(len(heads))
    ]  # tabulate pads heads
    blocks, first, room = [], fixed, width - sum(sizes[:fixed])
    used = 0
    for index in range(fixed, len(heads)):
        if used and used + sizes[index] > room:
            blocks.append((first, index))
            first, used = index, 0
        used += sizes[index]
    return [*blocks, (first, len(heads))]


def _legend(matrix: Matrix, notes: Notes, width: int) -> list[str]:
    found = {cell.verdict for item in (matrix, matrix.today) if item for cell in item.cells.values()}
    lines = ["Marks:"]
    lines += _wrapped(
        [f"{MARK[name]} {name}: {MEANS[name]}" for name in verdicts(matrix.kind) if name in found], width, 2
    )
    if any(cell.unsettled and cell.routes for cell in matrix.cells.values()):
        lines += _wrapped([f"{MORE} more direct routes depend on facts that are not stated"], width, 2)
    if matrix.kind == ACTS:
        lines += ["Acts:", *_wrapped([f"{column.short}: {column.title}" for column in matrix.columns], width, 2)]
    listed = ways(matrix)
    if listed:
        lines.append("Routes (their law with links: gapcheck explain ROUTE):")
    for route, use in listed.items():
        title = matrix.law.book.data["routes"][route]["title"]
        needs = f"; needs: {', '.join(use.needs)}" if use.needs else ""
        direct = DIRECT[use.directness].partition(":")[0]
        lines += _wrapped([f"{short(matrix, route)}: {title} ({route}, {direct}){needs}"], width, 2)
    told = [f"[{number}] {note.text}" for number, note in enumerate(notes.notes, 1)]
    if told:
        lines += ["Notes:", *_wrapped(told, width, 2)]
    lines += [*_wrapped(elsewhere(matrix), width), "", *_wrapped(say.footer(matrix.law), width)]
    return lines


def _wrapped(texts: list[str], width: int, indent: int = 0) -> list[str]:
    lines = []
    for text in texts:
        lines += textwrap.wrap(
            text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2 if indent else 0),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return lines
