"""What the Compare page compares: professions by acts or tasks, under one law or several beside each other."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from gapcheck import clock
from gapcheck.document.answer import Answer as Whole
from gapcheck.document.answer import Sheet
from gapcheck.document.blocks import Block, Document, Heading, Paragraph, inline
from gapcheck.document.words import footer, inner, listed
from gapcheck.errors import problem
from gapcheck.law.dated import Law, words
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.matrix.ask import asked
from gapcheck.matrix.build import matrix
from gapcheck.matrix.document import legend, matrix_document, matrix_tables
from gapcheck.matrix.model import ACTS, Cell, Matrix, MatrixColumn, Row
from gapcheck.matrix.report import matrix_data, matrix_sheets
from gapcheck.matrix.words import SHARED, held, notes_of, presumes
from gapcheck.web.draft import DraftProfile
from gapcheck.web.inquiry import Inquiry, Query, chosen

SIDES = 8
CELLS = 8000
MANY = 600
_NAMES = {"acts": "act", "tasks": "task", "professions": "profession", "facts": "fact", "nations": "nation",
          "reforms": "reform", "readings": "interpretation"}  # fmt: skip


@dataclass(frozen=True)
class ComparePage:
    """A comparison as it stands in an address. `also`: another day; `only`: `everything` to show what is the same under
    every law too; of several laws a page shows what differs where nothing is said."""

    acts: tuple[str, ...] = ()
    scope: str = ""
    tasks: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    medicine: str = ""
    facts: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    as_at: str = ""
    also: str = ""
    reforms: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    only: str = ""

    @classmethod
    def of(cls, query: Query) -> ComparePage:
        """Out of an address or the form. Raises InputError for more than a page shows."""
        given: dict[str, str | tuple[str, ...]] = {}
        for item in fields(cls):
            name = _NAMES.get(item.name, item.name)
            values = tuple(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip()))
            if len(values) > MANY:
                raise problem(name, f"{len(values)} values are more than a page shows", None, f"give at most {MANY}")
            given[item.name] = values if isinstance(item.default, tuple) else "".join(values[-1:])
        return cls(**given)  # type: ignore[arg-type]

    def complete(self, book: Lawbook) -> ComparePage:
        """With the day and the nation that go without saying; a day or a scope that says nothing new left out."""
        today = self.as_at or clock.today()
        found = replace(self, as_at=today, also="" if self.also == today else self.also)
        return replace(found, nations=found.nations or (book.data["assumes"]["nation"],))

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values, as they stand in the address."""
        found = []
        for item in fields(self):
            value = getattr(self, item.name)
            found += [
                (_NAMES.get(item.name, item.name), one)
                for one in (value if isinstance(value, tuple) else (value,))
                if one
            ]
        return found

    def address(self, path: str) -> str:
        """The address of a page for this comparison."""
        return f"{path}?{urlencode(self.pairs())}"

    def laws(self, book: Lawbook) -> list[tuple[str, Law]]:
        """Each law that is compared, with the name of its side. Raises InputError for what the lawbook does not know."""
        sides = []
        for nation in self.nations:
            place = str(book.data["nations"].get(nation, nation)) if len(self.nations) > 1 else ""
            for when in filter(None, (self.as_at, self.also)):
                on = words(day(when)) if self.also else ""
                for reforms in ((), self.reforms) if self.reforms else ((),):
                    with_ = "with the reforms" if len(self.reforms) > 1 else "with the reform"
                    under = (with_ if reforms else "as the law is") if self.reforms else ""
                    law = book.at(day(when), nation, chosen(self.readings), reforms)
                    sides.append((", ".join(filter(None, (place, on, under))), law))
        if len(sides) > SIDES:
            raise problem(
                "nation",
                f"That is {len(sides)} laws beside each other; at most {SIDES} are shown",
                None,
                "leave out a nation, the other day or the reforms",
            )
        return sides

    def title(self, book: Lawbook) -> tuple[str, str]:
        """What is compared, in words: the reforms, and where and on which days."""
        data = book.data
        reforms = [str(data["reforms"][item]["title"]) for item in self.reforms if item in data["reforms"]]
        nations = [str(data["nations"].get(item, item)) for item in self.nations]
        days = [words(day(when)) for when in (self.as_at, self.also) if when]
        what = f"What would change: {inner('; '.join(reforms))}" if reforms else "Who may do what"
        return what, f"{listed(nations)}, {' and '.join(days)}"

    def matrices(self, book: Lawbook) -> list[tuple[str, Matrix]]:
        """The matrix of each side. Raises InputError for what the lawbook does not know, or for more than a page shows."""
        sides = self.laws(book)
        given = {"acts": self.acts, "tasks": self.tasks, "professions": self.professions, "facts": self.facts,
                 "scope": self.scope or None, "medicine": self.medicine or None}  # fmt: skip
        question = asked(book, sides[0][1].nation, given)
        count = len(question.professions) * len(question.columns) * len(sides)
        if count > CELLS:
            raise problem(
                "profession",
                f"That is {count:,} answers; at most {CELLS:,} are shown at once",
                None,
                "choose fewer professions, acts or tasks",
            )
        return [
            (name, matrix(law, question.professions, question.kind, question.columns, question.case))
            for name, law in sides
        ]

    def commands(self, rules: Sequence[str] = ()) -> str:
        """The command lines that give the same matrices, one a side."""
        lines = []
        for nation in self.nations:
            for when in filter(None, (self.as_at, self.also)):
                parts = ["gapcheck", "matrix"]
                for name, value in self.pairs():
                    if name not in ("nation", "as_at", "also", "only"):
                        parts += [f"--{name}", value]
                parts += ["--nation", nation, "--as-at", when]
                lines.append(shlex.join([*parts, *(part for folder in rules for part in ("--rules", folder))]))
        return "\n".join(lines)


def cell_address(found: Matrix, row: Row, column: MatrixColumn) -> str:
    """The page that gives the reason of a cell: the same question, asked by itself."""
    law, case = found.law, found.case
    readings = tuple(
        f"{key}={value}"
        for key, value in law.readings.items()
        if value != law.book.data["interpretations"][key]["default"]
    )
    if found.kind == ACTS:
        inquiry = Inquiry(
            act=column.id,
            profession=row.profession,
            registered=tuple(f"{row.register}:registered:{row.profession}" for _ in filter(None, [row.register])),
            medicine=case.medicine,
            facts=tuple(f"{key}={_plain(value)}" for key, value in case.facts.items()),
            nation=law.nation,
            as_at=law.date,
            reforms=law.reforms,
            readings=readings,
        )
        return inquiry.address("/ask/answer")
    profile = row.profile._replace(title=row.title, tasks=(case._replace(id=column.id),))
    draft = DraftProfile(profile, law.date, law.reforms, readings)
    return f"/role/findings?{urlencode({'p': draft.packed()})}"


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class CellAnswer:
    """An answer that one side or several give: their names (none where all give it), the cell, and where its reason is."""

    sides: tuple[str, ...]
    cell: Cell
    address: str


def answers(sides: Sequence[tuple[str, Matrix]], row: Row, column: MatrixColumn) -> list[CellAnswer]:
    """What the sides answer, those that agree taken together."""
    found: dict[tuple[str, tuple[str, ...], str], list[tuple[str, Matrix]]] = {}
    for name, one in sides:
        cell = one.cell(row, column)
        found.setdefault((*cell.answer, cell.gap), []).append((name, one))
    return [
        CellAnswer(
            tuple(name for name, _ in group) if len(found) > 1 else (),
            group[0][1].cell(row, column),
            cell_address(group[0][1], group[0][1].rows[sides[0][1].rows.index(row)], column),
        )
        for group in found.values()
    ]


@dataclass(frozen=True)
class Head:
    """The head of a row or column: what it says, a remark, and the numbers of the notes to it."""

    id: str
    title: str
    remark: str = ""
    notes: str = ""


@dataclass(frozen=True)
class GridPlace:
    """A cell of the grid: the head above it, what its answers are about, the answers, and the numbers of the notes."""

    across: Head
    about: str
    answers: list[CellAnswer]
    notes: str = ""


@dataclass(frozen=True)
class SideBySide:
    """The sides as one table. `of_rows`, `of_across`: what its rows and its columns are, in the words of their heads."""

    across: list[Head]
    rows: list[tuple[Head, list[GridPlace]]]
    of_rows: str = "Profession"
    of_across: str = "acts"

    @property
    def differing(self) -> int:
        """In how many places the sides differ."""
        return sum(len(place.answers) > 1 for _, places in self.rows for place in places)

    def differences(self) -> SideBySide:
        """Only the rows and columns in which something differs."""
        rows = [(head, places) for head, places in self.rows if any(len(place.answers) > 1 for place in places)]
        kept = {place.across.id for _, places in rows for place in places if len(place.answers) > 1}
        return replace(
            self,
            across=[head for head in self.across if head.id in kept],
            rows=[(head, [place for place in places if place.across.id in kept]) for head, places in rows],
        )

    def narrow(self) -> SideBySide:
        """The same table, turned where that leaves it fewer columns."""
        if len(self.across) <= len(self.rows):
            return self
        rows = [
            (head, [replace(places[at], across=own) for own, places in self.rows])
            for at, head in enumerate(self.across)
        ]
        return SideBySide([own for own, _ in self.rows], rows, _HEADS[self.of_across], _PLURALS[self.of_rows])


_HEADS = {"acts": "Act", "professions": "Profession"}
_PLURALS = {"Profession": "professions", "Task": "tasks"}


def grid(sides: Sequence[tuple[str, Matrix]]) -> SideBySide:
    """The table of the sides. Notes stand only where there is one side: their numbers differ from side to side."""
    first = sides[0][1]
    notes = notes_of(first) if len(sides) == 1 else None

    def mark(row: str, column: str) -> str:
        return notes.of(row, column) if notes else ""

    people = [
        (row, Head(row.profession, row.title, held(first, row) if row.register else "on no register"))
        for row in first.rows
    ]
    things = [(column, Head(column.id, column.title, "", mark(SHARED, column.id))) for column in first.columns]

    def place(row: Row, column: MatrixColumn, head: Head) -> GridPlace:
        return GridPlace(
            head, f"{row.title}: {column.title}", answers(sides, row, column), mark(row.profession, column.id)
        )

    if first.kind == ACTS:
        rows = [(own, [place(row, column, head) for column, head in things]) for row, own in people]
        return SideBySide([head for _, head in things], rows)
    rows = [(own, [place(row, column, head) for row, head in people]) for column, own in things]
    return SideBySide([head for _, head in people], rows, "Task", "professions")


class Compared(Whole):
    """Matrices side by side, to take away."""

    def __init__(self, sides: Sequence[tuple[str, Matrix]]) -> None:
        self.sides = sides

    def data(self) -> Any:
        """Each matrix; one alone stands for itself."""
        found = [matrix_data(one) for _, one in self.sides]
        return found[0] if len(found) == 1 else found

    def document(self, full: bool) -> Document:
        """The matrices, a section for each side."""
        if len(self.sides) == 1:
            return matrix_document(self.sides[0][1])
        places = "; ".join(name for name, _ in self.sides)
        return Document(
            "Who may do what: compared", tuple(_sides(self.sides)), places, subject="Professions by acts or tasks"
        )

    def sheets(self) -> Sequence[Sheet]:
        """A sheet a side."""
        return [sheet._replace(title=name) for name, one in self.sides for sheet in matrix_sheets(one)]


def _sides(sides: Sequence[tuple[str, Matrix]]) -> Iterator[Block]:
    for number, (name, one) in enumerate(sides, 1):
        notes, own = notes_of(one), f"side-{number}"
        yield Heading(1, name, own)
        yield from (Paragraph(inline(line)) for line in presumes(one))
        yield from matrix_tables(one, notes, f"{own}-matrix")
        yield Heading(2, "How to read it", f"{own}-legend")
        yield from legend(one, notes, own)
        yield from (Paragraph(inline(line), "note") for line in footer(one.law))
