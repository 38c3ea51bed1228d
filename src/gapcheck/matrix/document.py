"""The matrix as a document of blocks, which every face of paper and screen renders."""

from __future__ import annotations

from collections.abc import Callable

from gapcheck.document.blocks import Block, Document, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import DIRECTNESS, footer, number, said
from gapcheck.engine.sentences import title
from gapcheck.law.dated import Provision
from gapcheck.matrix.model import ACTS, Cell, Matrix, MatrixColumn, Row
from gapcheck.matrix.words import (
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
    short,
    verdicts,
    was,
    ways,
)
from gapcheck.matrix.words import said as cell_said

ACROSS = 6  # columns of answers that stay readable on a landscape page


def matrix_document(matrix: Matrix) -> Document:
    """The whole matrix with its legend, the routes with their law, the notes and what reproduces it."""
    notes = notes_of(matrix)
    blocks: list[Block] = [Paragraph(inline(line)) for line in presumes(matrix)]
    blocks += [Heading(1, "The matrix", "matrix"), *matrix_tables(matrix, notes)]
    blocks += [Heading(1, "How to read it", "legend"), *legend(matrix, notes)]
    blocks += [Paragraph(inline(line), "note") for line in footer(matrix.law)]
    return Document(heading(matrix), tuple(blocks), subject="Professions by acts or tasks")


def matrix_tables(matrix: Matrix, notes: Notes, name: str = "matrix") -> list[Table]:
    """The answers as tables of few enough columns: acts across and professions down, or tasks down and professions across.
    `name`: what the ids of the tables begin with."""
    across: list[MatrixColumn | Row] = [*(matrix.columns if matrix.kind == ACTS else matrix.rows)]
    count = -(-len(across) // ACROSS)
    size = -(-len(across) // count)
    parts = [across[start : start + size] for start in range(0, len(across), size)]
    of = f" of {len(parts)})" if len(parts) > 1 else ""
    return [
        _table(matrix, notes, part, f"{name}-{place}", f" ({place}{of}" if of else "")
        for place, part in enumerate(parts, 1)
    ]


def _table(matrix: Matrix, notes: Notes, part: list[MatrixColumn | Row], name: str, which: str) -> Table:
    caption = f"Professions by {matrix.kind}{which}"
    if matrix.kind == ACTS:
        columns = [item for item in part if isinstance(item, MatrixColumn)]
        header = [
            inline("Profession (register)"),
            *(inline(f"{item.title} ", _mark(notes.of(SHARED, item.id))) for item in columns),
        ]
        rows = [
            (inline(f"{row.title} ({held(matrix, row)})"), *(_cell(matrix, notes, row, item) for item in columns))
            for row in matrix.rows
        ]
    else:
        people = [item for item in part if isinstance(item, Row)]
        header = [inline("Task"), *(inline(f"{row.title} ({held(matrix, row)})") for row in people)]
        rows = [
            (
                inline(f"{item.title} ", _mark(notes.of(SHARED, item.id))),
                *(_cell(matrix, notes, row, item) for row in people),
            )
            for item in matrix.columns
        ]
    first = 0.22 if matrix.kind == ACTS else 0.3
    rest = (1 - first) / len(part)
    return Table(name, caption, tuple(header), tuple(rows), True, (first, *[rest] * len(part)), len(part) > 3)


def _mark(text: str) -> Run:
    return Run(text, emphasis=True)


def _cell(matrix: Matrix, notes: Notes, row: Row, column: MatrixColumn) -> Inline:
    cell, before = matrix.cell(row, column), matrix.before(row, column)
    rest = in_words(matrix, cell).removeprefix(cell.verdict).lstrip(",: ")
    return inline(
        Run(f"{MARK[cell.verdict]} {cell.verdict}", tone=cell.verdict),
        f"\n{rest}" if rest else "",
        f"\n(was {in_words(matrix, before)})" if before else "",
        _mark(f" {mark}") if (mark := notes.of(row.profession, column.id)) else "",
    )


def in_words(matrix: Matrix, cell: Cell) -> str:
    """The answer of a cell: verdict, gap in assurance, and the ways."""
    routes = ", ".join(dict.fromkeys(title(matrix.law, use.route) for use in cell.routes))
    return f"{cell.verdict}{gap_beside(cell)}{': ' if routes else ''}{routes}{' ' + MORE if cell.unsettled and routes else ''}"


def legend(
    matrix: Matrix, notes: Notes, name: str = "matrix", link: Callable[[tuple[Provision, ...]], Inline] | None = None
) -> list[Block]:
    """What the marks, the routes and the numbers mean. The routes stand with what they need and their law; `link`: how law is
    cited."""
    found = {cell.verdict for item in (matrix, matrix.today) if item for cell in item.cells.values()}
    marks = [
        inline(Run(f"{MARK[one]} {one}", tone=one), f": {MEANS[one]}") for one in verdicts(matrix.kind) if one in found
    ]
    if any(cell.unsettled and cell.routes for cell in matrix.cells.values()):
        marks.append(inline(f"{MORE} more direct routes depend on facts that are not stated"))
    blocks: list[Block] = [Items(tuple(marks))]
    if rows := [_way(matrix, route, link or linked) for route in ways(matrix)]:
        head = tuple(inline(text) for text in ("Route", "Directness", "Still to be arranged", "Law"))
        caption = "The routes that the answers rest on"
        blocks.append(Table(f"{name}-routes", caption, head, tuple(rows), True, (0.2, 0.16, 0.2, 0.44)))
    told = tuple(inline(f"{said(matrix.law.book, note.text)} ", *linked(note.law)) for note in notes.notes)
    if told:
        blocks += [Paragraph(inline("Notes, by the numbers in square brackets:")), Items(told, ordered=True)]
    return [*blocks, *(Paragraph(inline(line), "note") for line in elsewhere(matrix))]


def _way(matrix: Matrix, route: str, link: Callable[[tuple[Provision, ...]], Inline]) -> tuple[Inline, ...]:
    use = ways(matrix)[route]
    name = str(matrix.law.book.data["routes"][route]["title"])
    needs = ", ".join(use.needs) or "nothing"
    return inline(name), inline(DIRECTNESS.get(use.directness, "")), inline(needs), link(use.law)


def matrix_brief(matrix: Matrix) -> Document:
    """One screen: a mark and the ways in short for each cell, and what they mean."""
    people = [f"{row.title} ({held(matrix, row)})" for row in matrix.rows]
    rows: list[tuple[Inline, ...]]
    if matrix.kind == ACTS:
        header = ["Profession (register)", *(column.short for column in matrix.columns)]
        rows = [
            (inline(name), *(_short(matrix, row, column) for column in matrix.columns))
            for name, row in zip(people, matrix.rows, strict=True)
        ]
    else:
        header = ["Task", *people]
        rows = [
            (inline(column.title), *(_short(matrix, row, column) for row in matrix.rows)) for column in matrix.columns
        ]
    table = Table("matrix", "", tuple(inline(name) for name in header), tuple(rows), True)
    found = {cell.verdict for item in (matrix, matrix.today) if item for cell in item.cells.values()}
    marks = "; ".join(f"{MARK[one]} {MEANS[one]}" for one in verdicts(matrix.kind) if one in found)
    routes = matrix.law.book.data["routes"]
    told = "; ".join(
        f"{short(matrix, route)}: {said(matrix.law.book, routes[route]['title'])}" for route in ways(matrix)
    )
    more = (
        f"; {MORE} more ways depend on facts that are not stated"
        if any(c.unsettled and c.routes for c in matrix.cells.values())
        else ""
    )
    blocks: list[Block] = [Paragraph(inline(line)) for line in presumes(matrix)]
    blocks += [table, Paragraph(inline(f"{marks}{more}."), "apart")]
    blocks += [Paragraph(inline(f"{told}."))] if told else []
    blocks += [Paragraph(inline(line)) for line in elsewhere(matrix)]
    count = len(notes_of(matrix).notes)
    notes = f" and {number(count, 'note')} on readings, law to come and what nobody has read" if count else ""
    blocks.append(Paragraph(inline(f"With --full: every way with its law{notes}. {footer(matrix.law)[-1]}"), "apart"))
    return Document(heading(matrix), tuple(blocks))


def _short(matrix: Matrix, row: Row, column: MatrixColumn) -> Inline:
    cell = matrix.cell(row, column)
    before = was(matrix, row, column)
    return inline(Run(cell_said(matrix, cell), tone=cell.verdict), f" {before}" if before else "")
