"""The summary of a workforce in every face: by organisation, by scope, by band, by status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Contents, Document, Heading, Paragraph, Table, inline
from gapcheck.document.words import inner, plain
from gapcheck.engine.tasks import CLEAR, STATUSES
from gapcheck.findings import words as say
from gapcheck.law.dated import words

if TYPE_CHECKING:
    from gapcheck.workforce.run import RowCounts
    from gapcheck.workforce.summary import PostLine, SummaryLine

SHOWN = 15  # organisations on a terminal
_NOT_STATED = "(not stated)"
INFORMS = "gapcheck informs; it is not legal advice."


class Summary(NamedTuple):
    """What a run found. `about`: what the answers rest on; `files`: where the findings and the rejects are."""

    about: Mapping[str, str]
    counts: RowCounts
    lines: Sequence[SummaryLine]
    posts: Sequence[PostLine]
    files: Mapping[str, str]


class ColumnView(NamedTuple):
    """Findings by the values of a column, each with a number for every status, worst first."""

    id: str
    title: str
    column: str
    rows: list[tuple[str, list[int]]]


def views(summary: Summary) -> Iterator[ColumnView]:
    """The tables of the summary, the rows with most that is blocked first, then restricted, and so on."""
    yield from (
        _view(summary, "organisation", "By organisation", "Organisation"),
        _view(summary, "scope", "By scope of practice of the task", "Scope"),
        _view(summary, "band", "By band", "Band"),
        _view(summary, "today", "As things stand today", "Today"),
        _view(summary, "gap", "By gap in assurance", "Gap in assurance"),
        _view(summary, "because_of_registration", "What registration has to do with it", "Because of registration"),
    )


def _view(summary: Summary, name: str, title: str, column: str) -> ColumnView:
    counts: Counter[tuple[str, str]] = Counter()
    for value, status, findings in map(attrgetter(name, "status", "findings"), summary.lines):
        counts[value, status] += findings
    found = {value: [counts[value, status] for status in STATUSES] for value, _ in list(counts)}
    rows = sorted(found.items(), key=lambda item: ([-number for number in item[1]], item[0]))
    identity = f"by-{name.replace('_', '-')}"
    return ColumnView(identity, title, column, [(plain(key) or _NOT_STATED, row) for key, row in rows])


def reconciled(summary: Summary) -> str:
    """That every row is accounted for, in words."""
    counts = summary.counts
    text = f"{counts.rows:,} rows in = {counts.answered:,} answered + {counts.rejected:,} rejected"
    assert counts.rows == counts.answered + counts.rejected, text
    return f"{text}; {counts.findings:,} findings"


def totals(summary: Summary) -> list[tuple[str, int, int]]:
    """For each status the findings, and the posts of which it is the worst."""
    return [
        (
            status,
            sum(line.findings for line in summary.lines if line.status == status),
            sum(line.posts for line in summary.posts if line.worst == status),
        )
        for status in STATUSES
    ]


def law(summary: Summary) -> str:
    """What the answers rest on, in a line."""
    about = summary.about
    more = [f"reforms: {about['reforms']}"] if about["reforms"] else []
    more += [f"readings: {about['interpretations']}"] if about["interpretations"] else []
    return (
        ", ".join(
            [f"Lawbook {about['lawbook']}, digest {about['digest'][:16]}", f"law as at {words(about['as_at'])}", *more]
        )
        + "."
    )


def summary_data(summary: Summary) -> dict[str, Any]:
    """The summary as plain data, of the form of `schemas/workforce-summary.schema.json`."""
    about, counts = summary.about, summary.counts
    return {
        "gapcheck": "1",
        "lawbook": {
            "version": about["lawbook"],
            "digest": about["digest"],
            "as_at": about["as_at"],
            "nation": about["nation"],
            "reforms": about["reforms"].split(),
            "interpretations": dict(item.split("=", 1) for item in about["interpretations"].split()),
        },
        "rows": {"in": counts.rows, "answered": counts.answered, "rejected": counts.rejected},
        "findings": counts.findings,
        "by_status": [
            {"status": status, "findings": findings, "posts_worst": posts}
            for status, findings, posts in totals(summary)
        ],
        "lines": [line._asdict() for line in summary.lines],
        "posts": [line._asdict() for line in summary.posts],
    }


class WorkforceSummary(Answer):
    """What a run found, as an answer."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary

    def data(self) -> Any:
        """Every count."""
        return summary_data(self.summary)

    def brief(self) -> Document:
        """The tables, long ones cut."""
        whole = summary_document(self.summary)
        blocks = [_shortened(block) if isinstance(block, Table) else block for block in whole.blocks]
        return replace(whole, blocks=tuple(blocks))

    def document(self, full: bool) -> Document:
        """The tables."""
        return summary_document(self.summary)

    def sheets(self) -> Sequence[Sheet]:
        """A row for each organisation, band, scope, status, today, gap and attribution."""
        head = ("organisation", "band", "scope", "status", "today", "gap", "because_of_registration", "findings")
        return [Sheet("Findings", head, list(self.summary.lines))]


def _shortened(table: Table) -> Table:
    more = len(table.rows) - SHOWN
    if more <= 0:
        return table
    last = (inline(f"and {more:,} more: --summary FILE has all"), *(inline() for _ in table.header[1:]))
    return replace(table, rows=(*table.rows[:SHOWN], last))


def summary_document(summary: Summary) -> Document:
    """The summary as a document."""
    gaps = sum(findings for status, findings, _ in totals(summary) if status != CLEAR)
    lead = f"{summary.counts.answered:,} posts, {summary.counts.findings:,} findings, {gaps:,} of them not clear."
    blocks: list[Block] = [
        Paragraph(inline(lead), "lead"),
        Paragraph(inline(f"{reconciled(summary)}.")),
        _table("by-status", "Findings by status, and posts by the worst of theirs",
               ("Status", "Means", "Findings", "Posts with this as the worst"),
               [(status, say.MEANS[status], f"{n:,}", f"{posts:,}") for status, n, posts in totals(summary)], (2, 3)),
        Contents(1),
    ]  # fmt: skip
    for view in views(summary):
        rows = [(key, *(f"{number:,}" for number in row)) for key, row in view.rows]
        blocks += [
            Heading(1, view.title, f"section-{view.id}"),
            _table(view.id, f"Findings: {inner(view.title)}",
                   (view.column, *(status.capitalize() for status in STATUSES)), rows, tuple(range(1, len(STATUSES) + 1))),
        ]  # fmt: skip
    blocks += [
        Heading(1, "What this rests on", "rests-on"),
        Paragraph(inline(law(summary))),
        Paragraph(inline(INFORMS), "note"),
    ]
    return Document(
        "The workforce and the law",
        tuple(blocks),
        f"{summary.counts.answered:,} posts, law as at {words(summary.about['as_at'])}",
        subject="What a workforce may lawfully do today, and what has to be arranged",
        date=summary.about["as_at"],
    )


def _table(
    identity: str, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], numeric: tuple[int, ...]
) -> Table:
    return Table(
        identity,
        caption,
        tuple(inline(item) for item in header),
        tuple(tuple(inline(cell) for cell in row) for row in rows),
        row_headers=True,
        numeric=numeric,
    )
