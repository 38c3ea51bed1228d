"""The words of a matrix, which its faces share: marks, what a cell says, and the notes that cells refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gapcheck.document.words import turns
from gapcheck.findings.words import STATUS
from gapcheck.law.dated import Provision
from gapcheck.matrix.model import ACTS, Cell, Matrix, MatrixColumn, RouteUse, Row

MARK = {
    "open": "●", "available": "○", "unknown": "?", "barred": "×",
    "clear": "●", "risky": "○", "restricted": "!", "arrange": "+", "blocked": "×",
}  # fmt: skip
MEANS = {
    "open": "may, with nothing more to arrange",
    "available": "may, once the employer or a colleague arranges what the route needs",
    "unknown": "it depends on facts that are not stated",
    "barred": "may not, whatever the employer arranges",
    **{status: text.partition(": ")[2] or "none of these" for status, text in STATUS.items() if status != "unknown"},
}
MORE = "…"
SHARED = ""  # the row of a note that a whole column refers to


def verdicts(kind: str) -> tuple[str, ...]:
    """The verdicts of a kind of matrix, best first."""
    return (
        ("open", "available", "unknown", "barred")
        if kind == ACTS
        else ("clear", "risky", "restricted", "arrange", "blocked", "unknown")
    )


def gap_beside(cell: Cell) -> str:
    """The gap in assurance as it stands beside a status; nothing where none is shown."""
    return f", gap {cell.gap}" if cell.verdict in ("risky", "clear") and cell.gap != "none" else ""


def heading(matrix: Matrix) -> str:
    """What a matrix shows, where and when."""
    from gapcheck.law.dated import words

    law = matrix.law
    return f"Who may do what: {law.book.data['nations'][law.nation]}, {words(law.date)}"


def presumes(matrix: Matrix) -> list[str]:
    """What every answer of a matrix takes the person and the case to be."""
    data = matrix.law.book.data
    lines = [
        "Each profession as it is ordinarily held: on its statutory register where it has one, otherwise on none. "
        "What an employer may arrange (entitlements, directions, protocols) is left open."
    ]
    case = [f"{name}: {str(value).lower()}" for name, value in matrix.case.facts.items()]
    if matrix.case.medicine:
        case.insert(0, f"medicine: {data['medicines'][matrix.case.medicine]['label']}")
    if case:
        lines.append(f"Every case: {'; '.join(case)}.")
    elif matrix.kind == ACTS:
        lines.append("No medicine and no other fact of the case is stated; either would narrow the answers.")
    for reform in matrix.law.reforms:
        lines.append(f"With the reform, which is not law: {data['reforms'][reform]['title']}.")
    return lines


def held(matrix: Matrix, row: Row) -> str:
    """The register on which a row is taken to be, in short."""
    if not row.register:
        return "none"
    name = str(matrix.law.book.data["registers"][row.register].get("short", row.register.upper()))
    new = matrix.today and not next(item for item in matrix.today.rows if item.profession == row.profession).register
    return f"{name}{' (reform)' if new else ''}"


def short(matrix: Matrix, route: str) -> str:
    """A route in a word, for a narrow cell."""
    item = matrix.law.book.data["routes"][route]
    return str(item.get("short", item["id"]))


def said(matrix: Matrix, cell: Cell, brief: bool = True) -> str:
    """What a cell says: mark, then the ways in short (`brief`), or the verdict in full and the ways."""
    ways = ", ".join(dict.fromkeys(short(matrix, use.route) for use in cell.routes)) if cell.routes else ""
    parts = [MARK[cell.verdict]]
    if not brief or not ways:
        parts.append(f"{cell.verdict}{':' if ways else ''}")
    parts += [ways] if ways else []
    parts += [MORE] if cell.unsettled and ways else []
    return " ".join(parts)


def was(matrix: Matrix, row: Row, column: MatrixColumn, brief: bool = True) -> str:
    """The answer without the reforms where it is another one, in brackets."""
    old = matrix.before(row, column)
    return f"(was {said(matrix, old, brief)})" if old else ""


@dataclass(frozen=True)
class Note:
    """A note that cells refer to: its text, and the law that it cites."""

    text: str
    law: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class Notes:
    """The notes of a matrix in the order of their numbers, and the numbers for each column (`SHARED` row) and cell."""

    notes: tuple[Note, ...]
    marks: dict[tuple[str, str], tuple[int, ...]]

    def of(self, row: str, column: str) -> str:
        """The numbers of the notes of a cell, or of a column, in square brackets; empty where there are none."""
        numbers = self.marks.get((row, column), ())
        return f"[{','.join(map(str, numbers))}]" if numbers else ""


def notes_of(matrix: Matrix) -> Notes:
    """Gather the notes. What all cells of a column share is noted at its head."""
    numbers: dict[Note, int] = {}
    marks: dict[tuple[str, str], tuple[int, ...]] = {}
    for column in matrix.columns:
        cells = {row.profession: list(_cell_notes(matrix, matrix.cell(row, column))) for row in matrix.rows}
        found = [set(listed) for listed in cells.values()]
        shared = set.intersection(*found) if len(found) > 1 else set()
        whole = [*_column_notes(matrix, column), *(note for note in next(iter(cells.values())) if note in shared)]
        for row, listed in ((SHARED, whole), *cells.items()):
            told = [note for note in dict.fromkeys(listed) if row == SHARED or note not in shared]
            if told:
                marks[row, column.id] = tuple(numbers.setdefault(note, len(numbers) + 1) for note in told)
    return Notes(tuple(numbers), marks)


def _column_notes(matrix: Matrix, column: MatrixColumn) -> Iterator[Note]:
    if column.force == "framework":
        yield Note("A policy or professional standard asks for statutory registration here; the law does not.")


def _cell_notes(matrix: Matrix, cell: Cell) -> Iterator[Note]:
    for line in turns(matrix.law, cell.turns_on):
        yield Note(f"Turns on the reading of a provision. {line}.")
    for identity in cell.unverified:
        provision = matrix.law.book.provision(identity)
        yield Note(f"Unverified: nobody has read this in the text: {provision.title}.", (provision,))
    for coming in cell.upcoming:
        yield Note(f"Law to come. {coming.says}", coming.law)
    if cell.verdict == "unknown" and cell.questions:
        yield Note(f"To settle it: {' '.join(cell.questions)}")


def ways(matrix: Matrix) -> dict[str, RouteUse]:
    """Each way that some cell rests on, once, with all that it needs in any of them."""
    found: dict[str, RouteUse] = {}
    laws = (matrix, matrix.today) if matrix.today else (matrix,)
    for use in (use for item in laws for cell in item.cells.values() for use in cell.routes):
        known = found.get(use.route)
        if known is None:
            found[use.route] = use
        else:
            needs = tuple(dict.fromkeys((*known.needs, *use.needs)))
            law = tuple(dict.fromkeys((*known.law, *use.law)))
            found[use.route] = RouteUse(known.act, known.route, known.state, known.directness, needs, law)
    order = list(matrix.law.book.data["routes"])
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def elsewhere(matrix: Matrix) -> list[str]:
    """A line for each row whose register does not regulate the profession in the nation."""
    nation = matrix.law.book.data["nations"][matrix.law.nation]
    titles = matrix.law.book.data["registers"]
    return [
        f"{row.title}: not regulated in {nation}; taken as on the register of another nation ({titles[row.register]['title']})."
        for row in matrix.rows
        if not row.regulated_here
    ]
