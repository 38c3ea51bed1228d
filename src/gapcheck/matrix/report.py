"""The matrix as data and rows."""

from __future__ import annotations

from typing import Any

from gapcheck.document.answer import Sheet
from gapcheck.findings.data import lawbook_data, provision_data, sets_data, upcoming_data
from gapcheck.matrix.model import Cell, Matrix, MatrixColumn, Row
from gapcheck.matrix.words import gap_beside


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


def matrix_sheets(matrix: Matrix) -> list[Sheet]:
    """A row for each profession, a column for each act or task. A cell: the verdict, then the routes."""
    head = ("profession", "title", "register", *(column.id for column in matrix.columns))
    rows = [
        [row.profession, row.title, row.register or "none", *(_plain(matrix, row, column) for column in matrix.columns)]
        for row in matrix.rows
    ]
    return [Sheet("Matrix", head, rows)]


def _plain(matrix: Matrix, row: Row, column: MatrixColumn) -> str:
    cell, before = matrix.cell(row, column), matrix.before(row, column)
    text = _verdict_and_routes(cell)
    return f"{text} (was {_verdict_and_routes(before)})" if before else text


def _verdict_and_routes(cell: Cell) -> str:
    routes = ", ".join(dict.fromkeys(use.route for use in cell.routes))
    return f"{cell.verdict}{gap_beside(cell)}{': ' if routes else ''}{routes}"
