"""One line on each document, and the statistics over all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.engine.tasks import STATUSES
from gapcheck.jobdesc.actions import Action, actions_of, in_order
from gapcheck.jobdesc.understanding.result import COUNTING

if TYPE_CHECKING:
    from gapcheck.engine.findings import Waiver
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.lawbook import Lawbook

_WORST = 12  # actions that a screen shows
NOT_STATED = "not stated"
DIMENSIONS = ("scope", "nation", "band", "employer type")


class SummaryRow(NamedTuple):
    """What the summary says of one document. `problem`: why it was skipped, or declined, else ""."""

    source: str
    problem: str = ""
    declined: bool = False
    format: str = ""
    title: str = ""
    employer: str = ""
    employer_type: str = ""
    nation: str = ""
    band: str = ""
    scopes: tuple[str, ...] = ()
    status: str = ""
    registers: tuple[tuple[str, str], ...] = ()  # register, strength
    open_to: tuple[tuple[str, str], ...] = ()  # profession, register
    tasks: tuple[tuple[str, str], ...] = ()  # legally relevant task, kind
    findings: tuple[tuple[str, str, str], ...] = ()  # task, profession, status: one for each task and group
    wording: tuple[str, ...] = ()  # codes
    actions: tuple[Action, ...] = ()
    waivers: tuple[Waiver, ...] = ()  # those that matched something

    def count(self, status: str) -> int:
        """How many tasks have a status for the group to which it is worst: a task counts once."""
        worst: dict[str, int] = {}
        for task, _, found in self.findings:
            worst[task] = min(worst.get(task, len(STATUSES)), STATUSES.index(found))
        return sum(STATUSES[place] == status for place in worst.values())

    @property
    def outside(self) -> bool:
        """Whether the text is about other work, as far as the lawbook can tell: it names no group, no register and no task that
        the lawbook knows, so that to ask for nothing says nothing."""
        counted = any(kind in COUNTING for _, kind in self.tasks)
        return not (self.problem or self.registers or self.open_to or counted)

    @property
    def worst(self) -> str:
        """The worst status of any task for any group, or ""."""
        return next((status for status in STATUSES if self.count(status)), "")


def skipped(source: str, why: str) -> SummaryRow:
    """The row of a document that was not read."""
    return SummaryRow(source, why)


def row_of(description: Description, book: Lawbook) -> SummaryRow:
    """The row of a document that was read."""
    return SummaryRow(
        description.source,
        description.declined,
        bool(description.declined),
        description.format,
        description.title,
        description.employer,
        description.employer_type,
        description.nation,
        description.band,
        description.scopes,
        description.status,
        tuple(dict.fromkeys((item.register, item.strength) for item in description.registration)),
        tuple((item.profession, item.register) for item in description.open_to),
        tuple(dict.fromkeys((hit.id, hit.kind) for hit in description.tasks if hit.legal)),
        tuple(
            (finding.task, report.profile.profession, finding.status)
            for report in description.reports
            for finding in report.findings
            if finding.task not in report.waived
        ),
        tuple(item.code for item in description.wording),
        actions_of(description, book),
        matched(description),
    )


def matched(description: Description) -> tuple[Waiver, ...]:
    """The waivers that matched something in a document, whatever became of them."""
    tried = [item for report in description.reports for item in report.waivers if item.state != "unused"]
    return (*description.waived, *tried)


@dataclass
class Statistics:
    """Counts over many documents; they take no more room for ten thousand than for one hundred."""

    documents: int = 0
    outside: int = 0  # of them, those about other work
    skipped: list[tuple[str, str]] = field(default_factory=list)
    declined: int = 0
    registration: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # dimension, value, status
    registers: Counter[tuple[str, str]] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    tasks: Counter[tuple[str, str]] = field(default_factory=Counter)  # task, kind; in how many documents
    task_documents: Counter[str] = field(default_factory=Counter)  # as a duty or requirement
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    wording: Counter[str] = field(default_factory=Counter)  # in how many documents
    actions: int = 0
    worst: list[Action] = field(default_factory=list)  # the first of them

    def add(self, row: SummaryRow) -> None:
        """Count a document."""
        if row.problem:
            if row.declined:
                self.declined += 1
            self.skipped.append((row.source, row.problem))
            return
        self.documents += 1
        if row.outside:
            self.outside += 1
            return
        values = (row.scopes or (NOT_STATED,), (row.nation,), (row.band,), (row.employer_type,))
        self.registration["all", "all", row.status] += 1
        for name, found in zip(DIMENSIONS, values, strict=True):
            for value in found:
                self.registration[name, value or NOT_STATED, row.status] += 1
        self.registers.update(row.registers)
        self.titles[" ".join(row.title.split()).casefold() or NOT_STATED] += 1
        self.tasks.update(row.tasks)
        self.task_documents.update({task for task, kind in row.tasks if kind in COUNTING})
        self.findings.update((profession, status) for _, profession, status in row.findings)
        self.wording.update(set(row.wording))
        self.actions += len(row.actions)
        self.worst = in_order([*self.worst, *row.actions])[:_WORST] if row.actions else self.worst
