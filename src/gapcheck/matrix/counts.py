"""How tasks stand in numbers: for each profession, on each register that is open to it and on none, the counts of every status,
of how tasks stand today, and of every gap in assurance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Table, inline
from gapcheck.document.words import footer, number
from gapcheck.engine.person import ACCREDITED, STATUTORY, person_of
from gapcheck.engine.tasks import STANDINGS, STATUSES, decide_task
from gapcheck.findings.data import lawbook_data
from gapcheck.findings.words import STATUS
from gapcheck.law.assurance import GAPS
from gapcheck.law.dated import Law, words
from gapcheck.profile.model import Profile, Registration, TaskEntry


@dataclass(frozen=True)
class Count:
    """A profession on a register, or on none (`register` empty): how many tasks have each status, answer to `today` and gap."""

    profession: str
    register: str
    kind: str  # statutory | accredited | "" for none
    statuses: Counter[str]
    today: Counter[str]
    gaps: Counter[str]


@dataclass(frozen=True)
class Counts:
    """The counts, the tasks that were counted, and what is taken of every case."""

    law: Law
    tasks: tuple[str, ...]
    case: TaskEntry
    rows: tuple[Count, ...]


def counts(law: Law, professions: Sequence[str], tasks: Sequence[str], case: TaskEntry) -> Counts:
    """Decide every task for every profession, on each register open to it and on none, as `gapcheck check` decides it."""
    rows = []
    for profession in professions:
        for register, kind in _held(law, profession):
            held = (Registration(register, held_as=profession if kind == STATUTORY else ""),) if register else ()
            person = person_of(Profile(profession, law.nation, registrations=held), law)
            found = [decide_task(law, person, case._replace(id=task)) for task in tasks]
            statuses, today, gaps = zip(*((item.status, item.today, item.gap) for item in found), strict=True)
            rows.append(Count(profession, register, kind, Counter(statuses), Counter(today), Counter(gaps)))
    return Counts(law, tuple(tasks), case, tuple(rows))


def _held(law: Law, profession: str) -> Iterator[tuple[str, str]]:
    """The registers open to a profession at the date, each with its kind; none before them."""
    yield "", ""
    registers = law.book.data["registers"]
    for register in law.registers_of(profession):
        yield register, STATUTORY
    for register in law.book.data["professions"][profession].get("accredited", ()):
        if registers[register].get("from", "") <= law.date:
            yield register, ACCREDITED


class CountsAnswer(Answer):
    """How tasks stand in numbers, by profession and register."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts

    def data(self) -> Any:
        """Of the form of `schemas/counts.schema.json`."""
        found = self.counts
        return {
            "gapcheck": "1",
            "lawbook": lawbook_data(found.law),
            "case": {"medicine": found.case.medicine, "facts": dict(found.case.facts)},
            "tasks": list(found.tasks),
            "rows": [
                {
                    "profession": row.profession,
                    "register": row.register,
                    "kind": row.kind,
                    "status": {name: row.statuses[name] for name in STATUSES},
                    "today": {name: row.today[name] for name in STANDINGS},
                    "gap": {name: row.gaps[name] for name in GAPS},
                }
                for row in found.rows
            ],
        }

    def brief(self) -> Document:
        """The table, and how to read it in a line or two."""
        return self._made(False)

    def document(self, full: bool) -> Document:
        """The tables of status, today and gap, and what each word means."""
        return self._made(True)

    def sheets(self) -> Sequence[Sheet]:
        """A row for each profession and register."""
        head = (
            "profession", "register", "kind", "tasks", *STATUSES,
            *(f"today {name}" for name in STANDINGS), *(f"gap {name}" for name in GAPS),
        )  # fmt: skip
        rows = [
            [
                row.profession, row.register or "none", row.kind, len(self.counts.tasks), *(row.statuses[name] for name in STATUSES),
                *(row.today[name] for name in STANDINGS), *(row.gaps[name] for name in GAPS),
            ]
            for row in self.counts.rows
        ]  # fmt: skip
        return [Sheet("Counts", head, rows)]

    def _made(self, whole: bool) -> Document:
        found, book = self.counts, self.counts.law.book
        title = f"How {number(len(found.tasks), 'task')} stand{'s' * (len(found.tasks) == 1)}"
        blocks: list[Block] = [Paragraph(inline(line)) for line in self._presumes()]
        blocks += [Heading(1, "The counts", "numbers")] if whole else []
        blocks.append(self._table("status", "Tasks by status and by gap in assurance", (*STATUSES, *_GAP_HEADS)))
        if whole:
            blocks.append(self._table("today", "Tasks by how they stand today", STANDINGS, True))
            blocks += [Heading(1, "How to read it", "legend"), Items(tuple(inline(STATUS[name]) for name in STATUSES))]
        blocks.append(
            Paragraph(
                inline(
                    "The gap is that of every task, also of one that is blocked or restricted, which shows none beside its status. "
                    "It grades assurance, not likelihood. What an employer may arrange is left open, so that no task waits for it."
                )
            )
        )
        foot = footer(found.law)
        blocks += [Paragraph(inline(line), "note") for line in (foot if whole else foot[-1:])]
        place = f"{book.data['nations'][found.law.nation]}, {words(found.law.date)}"
        return Document(f"{title}: {place}", tuple(blocks), subject="Counts of tasks by profession and register")

    def _table(self, identity: str, caption: str, columns: Sequence[str], today: bool = False) -> Table:
        rows = []
        for row in self.counts.rows:
            cells = [row.today[name] for name in STANDINGS] if today else [
                *(row.statuses[name] for name in STATUSES), *(row.gaps[name] for name in GAPS),
            ]  # fmt: skip
            rows.append((inline(self._who(row)), *(inline(f"{cell:,}") for cell in cells)))
        first = 0.28
        share = (1 - first) / len(columns)
        head = tuple(inline(text) for text in ("Profession (register)", *columns))
        numeric = tuple(range(1, len(head)))
        widths = (first, *[share] * len(columns))
        return Table(identity, caption, head, tuple(rows), True, widths, len(columns) > 6, numeric)

    def _who(self, row: Count) -> str:
        data = self.counts.law.book.data
        held = data["registers"][row.register].get("short", row.register.upper()) if row.register else "none"
        return f"{data['professions'][row.profession]['title']} ({held})"

    def _presumes(self) -> Iterator[str]:
        data, case = self.counts.law.book.data, self.counts.case
        yield "Each profession on no register, and on each register that is open to it. Nothing else of the person is stated."
        said = [f"{name}: {str(value).lower()}" for name, value in case.facts.items()]
        if case.medicine:
            said.insert(0, f"medicine: {data['medicines'][case.medicine]['label']}")
        if said:
            yield f"Every case: {'; '.join(said)}."
        for reform in self.counts.law.reforms:
            yield f"With the reform, which is not law: {data['reforms'][reform]['title']}."


_GAP_HEADS = tuple(f"gap {name}" for name in GAPS)
