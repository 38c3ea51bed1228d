"""A matrix as values: its rows (professions), columns (acts or tasks) and cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.upcoming import Upcoming
from gapcheck.law.dated import Law, Provision
from gapcheck.profile.model import Profile, TaskEntry

ACTS, TASKS = "acts", "tasks"


@dataclass(frozen=True)
class Row:
    """A profession as it is ordinarily held. `register`: the statutory register, empty where it has none; `regulated_here`:
    whether that register regulates the profession in the nation of the matrix."""

    profession: str
    title: str
    register: str
    regulated_here: bool
    profile: Profile


@dataclass(frozen=True)
class MatrixColumn:
    """An act or a task. `force`: what reserves an act, statute or framework; empty for a task."""

    id: str
    title: str
    short: str
    force: str


@dataclass(frozen=True)
class RouteUse:
    """A lawful way that a cell rests on. `needs`: what the employer or a colleague still has to arrange."""

    act: str
    route: str
    state: str
    directness: str
    needs: tuple[str, ...]
    law: tuple[Provision, ...]


@dataclass(frozen=True)
class Cell:
    """One answer. `verdict`: of an act open, available, unknown or barred; of a task its status. `routes`: the ways that it
    rests on (none where it is barred); `unsettled`: routes, at least as direct, that depend on facts that are not stated;
    `today` and `gap`: of a task, how it stands and the gap in assurance."""

    verdict: str
    routes: tuple[RouteUse, ...]
    says: str
    opens_with: tuple[RemedySet, ...]
    unsettled: tuple[str, ...]
    questions: tuple[str, ...]
    turns_on: tuple[str, ...]
    unverified: tuple[str, ...]
    upcoming: tuple[Upcoming, ...]
    today: str = ""
    gap: str = ""

    @property
    def answer(self) -> tuple[str, tuple[str, ...]]:
        """What a reader would call the answer: the verdict and the ways."""
        return self.verdict, tuple(use.route for use in self.routes)


@dataclass(frozen=True)
class Matrix:
    """Every answer, by row and column. `kind`: acts or tasks; `today`: the same without the reforms, where there are any;
    `case`: what is taken of every case."""

    law: Law
    kind: str
    rows: tuple[Row, ...]
    columns: tuple[MatrixColumn, ...]
    cells: Mapping[tuple[str, str], Cell]
    case: TaskEntry
    today: Matrix | None = None

    def cell(self, row: Row, column: MatrixColumn) -> Cell:
        """The answer of a row and a column."""
        return self.cells[row.profession, column.id]

    def before(self, row: Row, column: MatrixColumn) -> Cell | None:
        """The answer without the reforms, where it is another one; None where it is the same, or no reform was asked for."""
        old = self.today.cell(row, column) if self.today else None
        return old if old and old.answer != self.cell(row, column).answer else None
