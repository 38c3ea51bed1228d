"""The summary of many job descriptions, and the statistics over them: as lines of text, rows, plain data and a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.document.answer import Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import number, plain, spaced
from gapcheck.engine.tasks import STATUSES
from gapcheck.jobdesc.actions import actions_blocks, in_order
from gapcheck.jobdesc.summary import DIMENSIONS, Statistics, SummaryRow
from gapcheck.jobdesc.words import STATUS, register

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

COLUMNS = (
    "source", "problem", "format", "title", "employer", "employer type", "nation", "band", "scopes", "registration",
    "registers", "open to", "legally relevant tasks", *STATUSES, "wording",
)  # fmt: skip
SHOWN = 1000  # documents that a page lists
_TOP = 25  # lines of a part of the statistics that a page shows
_WIDTHS = (34, 30, 31)


def cells(row: SummaryRow) -> list[object]:
    """A row of the summary, a cell for each of COLUMNS."""
    return [
        row.source, row.problem, row.format, row.title, row.employer, row.employer_type, row.nation, row.band,
        "; ".join(row.scopes), row.status, "; ".join(f"{name or 'unnamed'} ({strength})" for name, strength in row.registers),
        "; ".join(f"{profession} ({name or 'no register'})" for profession, name in row.open_to),
        "; ".join(f"{task} ({kind})" for task, kind in row.tasks), *(row.count(status) for status in STATUSES),
        "; ".join(row.wording),
    ]  # fmt: skip


HEAD = tuple(name.replace(" ", "_") for name in COLUMNS)


def documents_sheet(rows: Sequence[SummaryRow]) -> Sheet:
    """The documents, a row each."""
    return Sheet("Documents", HEAD, [cells(row) for row in rows])


def table_head() -> str:
    """The first lines of the summary as text."""
    names = (
        *(f"{name:<{width}}" for name, width in zip(("document", "title", "registration"), _WIDTHS, strict=True)),
        "findings",
    )
    return "  ".join(names) + "\n" + "  ".join("-" * width for width in (*_WIDTHS, 8))


def table_row(row: SummaryRow, folder: str = "") -> str:
    """A line of the summary as text. `folder`: what need not be said of where the document is."""
    name = _cut(row.source.removeprefix(folder), _WIDTHS[0], left=True)
    if row.problem:
        return f"{name:<{_WIDTHS[0]}}  {'not checked' if row.declined else 'skipped'}: {plain(row.problem)}"
    counted = [f"{row.count(status)} {status}" for status in STATUSES if row.count(status)]
    counted += [f"{len(row.wording)} to reword"] if row.wording else []
    shown = (name, _cut(row.title, _WIDTHS[1]), _cut(spaced(row.status), _WIDTHS[2]))
    return "  ".join(
        (*(f"{text:<{width}}" for text, width in zip(shown, _WIDTHS, strict=True)), ", ".join(counted) or "-")
    )


def _cut(text: str, width: int, left: bool = False) -> str:
    text = plain(text)
    if len(text) <= width:
        return text
    return f"…{text[-width + 1 :]}" if left else f"{text[: width - 1]}…"


def statistics_data(found: Statistics) -> dict[str, Any]:
    """The statistics as plain data."""
    registration: dict[str, dict[str, dict[str, int]]] = {}
    for (dimension, value, status), count in sorted(found.registration.items()):
        registration.setdefault(dimension.replace(" ", "_"), {}).setdefault(value, {})[status] = count
    return {
        "documents": found.documents,
        "outside": found.outside,
        "declined": found.declined,
        "skipped": [{"source": source, "why": why} for source, why in found.skipped],
        "registration": registration,
        "registers": _listed(found.registers, "register", "strength"),
        "titles": [{"title": title, "count": count} for title, count in _sorted(found.titles)],
        "tasks": [
            {
                "task": task,
                "documents": found.task_documents[task],
                "kinds": {kind: count for (name, kind), count in sorted(found.tasks.items()) if name == task},
            }
            for task in sorted({task for task, _ in found.tasks}, key=lambda task: (-found.task_documents[task], task))
        ],
        "findings": _listed(found.findings, "profession", "status"),
        "wording": [{"code": code, "documents": count} for code, count in _sorted(found.wording)],
    }


def _sorted(counted: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _listed(counted: Counter[tuple[str, str]], *names: str) -> list[dict[str, Any]]:
    return [{**dict(zip(names, key, strict=True)), "count": count} for key, count in _sorted(counted)]


def statistics_sheet(found: Statistics) -> Sheet:
    """The statistics, a row for each count."""
    return Sheet("Statistics", ("part", "of", "value", "count"), list(_long(found)))


def _long(found: Statistics) -> Iterator[Sequence[object]]:
    yield "documents", "", "read", found.documents
    yield "documents", "", "about other work, not counted below", found.outside
    yield "documents", "", "declined", found.declined
    yield "documents", "", "skipped", len(found.skipped) - found.declined
    for (dimension, value, status), count in sorted(found.registration.items()):
        yield f"registration by {dimension}", value, status, count
    for (name, strength), count in _sorted(found.registers):
        yield "registers", name or "unnamed", strength, count
    for (task, kind), count in _sorted(found.tasks):
        yield "tasks", task, kind, count
    for (profession, status), count in _sorted(found.findings):
        yield "findings", profession, status, count
    for code, count in _sorted(found.wording):
        yield "wording", "", code, count
    for title, count in _sorted(found.titles):
        yield "titles", "", title, count


Part = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def parts(found: Statistics, book: Lawbook) -> Iterator[Part]:
    """The statistics as tables for a person: title, header, rows; long ones cut, which their title says."""
    yield (
        "What the texts ask for in registration",
        ("registration", "documents"),
        [
            (STATUS.get(status, status), f"{count} ({count / max(1, found.documents - found.outside):.0%})")
            for status in STATUS
            if (count := found.registration["all", "all", status])
        ],
    )
    for dimension in DIMENSIONS:
        values = sorted({value for name, value, _ in found.registration if name == dimension})
        statuses = [status for status in STATUS if found.registration["all", "all", status]]
        rows = [
            (spaced(plain(value)), *(str(found.registration[dimension, value, status] or "-") for status in statuses))
            for value in values
        ]
        yield f"Registration by {dimension}", (dimension, *(spaced(one) for one in statuses)), rows
    yield _top(
        "Registers named",
        ("register", "strength", "documents"),
        (
            (register(name, book) if name else "unnamed", strength, str(count))
            for (name, strength), count in _sorted(found.registers)
        ),
    )
    yield _top(
        "Titles in use", ("title", "documents"), ((plain(title), str(count)) for title, count in _sorted(found.titles))
    )
    yield _top(
        "Legally relevant tasks, as duty or requirement",
        ("task", "documents"),
        ((_label(task, book), str(count)) for task, count in _sorted(found.task_documents)),
    )
    yield _top(
        "Findings by professional group",
        ("group", *STATUSES),
        (
            (
                str(book.data["professions"][name]["title"]),
                *(str(found.findings[name, status] or "-") for status in STATUSES),
            )
            for name in sorted({name for name, _ in found.findings})
        ),
    )
    yield _top(
        "Wording to mend",
        ("what", "documents"),
        ((f"{book.data['codes'][code]['title']} ({code})", str(count)) for code, count in _sorted(found.wording)),
    )


def _label(task: str, book: Lawbook) -> str:
    known = book.items("tasks").get(task) or book.items("acts").get(task, {})
    return str(known.get("label") or known.get("title") or task)


def _top(title: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Part:
    every = list(rows)
    return (f"{title} (the first {_TOP} of {len(every)})" if len(every) > _TOP else title), header, every[:_TOP]


def counts(found: Statistics) -> str:
    """How many documents were read, declined and skipped."""
    skipped = len(found.skipped) - found.declined
    said = f"{number(found.documents, 'document')} read"
    said += f", {found.declined:,} outside the United Kingdom and not checked" if found.declined else ""
    said += f", {skipped:,} skipped" if skipped else ""
    told = f"; {found.outside:,} of them about other work, as far as can be told, and in no count below"
    return said + (told if found.outside else "")


def summary_document(rows: Sequence[SummaryRow], found: Statistics, book: Lawbook, folder: str = "") -> Document:
    """What to do, the documents from the worst, and the statistics. `folder`: what need not be said of where they are."""
    blocks: list[Block] = [Paragraph(inline(counts(found)), "lead")]
    if found.skipped and not rows:
        told = [inline(f"{plain(source)}: {plain(why)}") for source, why in found.skipped[:_TOP]]
        told += [inline(f"and {len(found.skipped) - _TOP:,} more")] if len(found.skipped) > _TOP else []
        blocks.append(Items(tuple(told)))
    if rows:
        actions = in_order(item for row in rows for item in row.actions)
        blocks += [Heading(1, "What to do"), *actions_blocks(actions, folder)]
        head = ("Document", "Title", "Registration", "Findings")
        shown = [
            (
                row.source.removeprefix(folder),
                row.title,
                STATUS.get(row.status, row.status),
                ", ".join(f"{row.count(item)} {item}" for item in STATUSES if row.count(item)),
            )
            if not row.problem
            else (row.source, "skipped", "", row.problem)
            for row in worst_first(rows)[:SHOWN]
        ]
        blocks += [Heading(1, "The documents"), _block("documents", "The documents", head, shown)]
    elif found.actions:
        told = [
            inline(
                Run(f"{plain(item.document).removeprefix(folder)}, line {item.line}: ", strong=True),
                item.why,
                f". {item.what}: {item.paste}",
            )
            for item in found.worst
        ]
        blocks += [
            Heading(1, f"What to do, the worst first ({found.actions:,}; -o actions.xlsx lists all)"),
            Items(tuple(told)),
        ]
    for place, (title, header, lines) in enumerate(parts(found, book), 1):
        if lines:
            blocks += [Heading(1, title), _block(f"part-{place}", title, header, lines)]
    blocks.append(Paragraph(inline(str(book.data["advice"])), "note"))
    return Document("Job descriptions: summary and statistics", tuple(blocks), subject="What job descriptions say")


def worst_first(rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    """The documents from the one with the worst action or task."""

    def key(row: SummaryRow) -> tuple[bool, int, int, str]:
        action = min((item.rank for item in row.actions), default=99)
        return bool(row.problem), action, STATUSES.index(row.worst) if row.worst else 99, row.source

    return sorted(rows, key=key)


def _block(name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        name,
        title,
        tuple(inline(plain(cell)) for cell in header),
        tuple(tuple(inline(plain(cell) or "-") for cell in row) for row in rows),
        wide=len(header) > 4,
    )
