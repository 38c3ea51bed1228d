"""A job description as a document of blocks, for Markdown, the web, Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapcheck.document import words
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.jobdesc import words as say
from gapcheck.jobdesc.actions import about
from gapcheck.jobdesc.understanding.result import COUNTING, REPLACE

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description, TaskHit, Wording
    from gapcheck.law.lawbook import Lawbook

_MOST = 5  # groups in a table; those beyond stand in the next


def description_document(descriptions: Sequence[Description], book: Lawbook) -> Document:
    """The document on one job description, or on several with a section each."""
    blocks: list[Block] = []
    if len(descriptions) == 1:
        title = say.title_of(descriptions[0])
        blocks += _sections(descriptions[0], book, 1, "")
    else:
        title = f"{len(descriptions)} job descriptions"
        for number, description in enumerate(descriptions, 1):
            blocks.append(Heading(1, say.title_of(description)[:160], f"d{number}"))
            blocks += _sections(description, book, 2, f"d{number}-")
    law = next((report.law for item in descriptions for report in item.reports), None)
    foot = words.footer(law) if law else [str(book.data["advice"])]
    blocks += [Paragraph(inline(line), "note") for line in foot]
    return Document(title[:160], tuple(blocks), subject="What a job description says, and what the law says of it")


def _sections(description: Description, book: Lawbook, level: int, own: str) -> list[Block]:
    source = f"{words.plain(description.source)} ({description.format})"
    blocks: list[Block] = [
        Paragraph(inline(say.post_line(description, book)), "lead"),
        Paragraph(inline(source), "note"),
    ]
    if description.declined:
        return [*blocks, Paragraph(inline(Run("Not checked: ", strong=True), description.declined))]
    blocks += [Paragraph(inline(note), "note") for note in description.notes]
    status = say.STATUS.get(description.status, description.status)
    blocks += [Heading(level, "Registration"), Paragraph(inline("The text asks for ", Run(status, strong=True), "."))]
    if description.registration:
        blocks.append(Items(tuple(inline(say.wording_line(item, book)) for item in description.registration)))
    if description.open_to:
        groups = "; ".join(say.group(item, book) for item in description.open_to)
        blocks.append(Paragraph(inline(Run("Open to: ", strong=True), groups)))
    blocks += _groups(description, book, level, own)
    counted = [hit for hit in description.tasks if hit.kind in COUNTING]
    others = [hit for hit in description.tasks if hit.kind not in COUNTING]
    blocks += _hits("Tasks that the post names", counted, book, level)
    blocks += _hits("Named, but no duty or requirement", others, book, level)
    return blocks + _wording(description, book, level)


def _groups(description: Description, book: Lawbook, level: int, own: str) -> list[Block]:
    names, rows = say.cells(description, book)
    if not rows:
        return []
    blocks: list[Block] = [Heading(level, "What the law says of its tasks, for each group")]
    for number, first in enumerate(range(0, len(names), _MOST), 1):
        some = names[first : first + _MOST]
        blocks.append(
            Table(
                f"{own}groups-{number}",
                "The tasks, by professional group",
                (inline("Task"), *(inline(name) for name in some)),
                tuple(
                    (
                        inline(label),
                        *(inline(Run(cell or "-", tone=cell.split(",")[0])) for cell in cells[first : first + _MOST]),
                    )
                    for label, cells in rows
                ),
                row_headers=True,
            )
        )
    return blocks


def _hits(title: str, hits: list[TaskHit], book: Lawbook, level: int) -> list[Block]:
    if not hits:
        return []
    lines = tuple(inline(Run(f"{name}: ", strong=True), said) for name, said in say.task_lines(hits, book))
    return [Heading(level, title), Items(lines)]


def _wording(description: Description, book: Lawbook, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, "Wording")]
    if not description.wording:
        blocks.append(Paragraph(inline("Nothing to reword was found.")))
    for item in description.wording:
        _, bad, who, otherwise = about(item, book)
        law = linked(item.law) if item.law else inline(otherwise)
        points = [inline(Run(f"{bad}: ", strong=True), f"{item.message}. ", *law)]
        points += [inline(Run("The sentence: ", strong=True), item.before)] if item.before else []
        name = "Write instead: " if item.change == REPLACE else "Add: "
        points += [inline(Run(name, strong=True), item.suggest)] if item.suggest else []
        points += [inline(Run("Who decides: ", strong=True), who)]
        blocks += [
            Paragraph(
                inline(
                    Run(f"Line {item.line}" if item.quote else "The text as a whole", strong=True),
                    f": {say.quote(item.quote)}" if item.quote else "",
                ),
                "label",
            ),
            Items(tuple(points)),
        ]
    if description.waived:
        blocks.append(
            Items(tuple(inline(Run("Waiver: ", strong=True), say.waiver_line(item)) for item in description.waived))
        )
    return blocks


def description_brief(description: Description, book: Lawbook) -> list[Block]:
    """One screen on a document: what it asks for, what to mend, and what each group may do of its tasks."""
    if description.declined:
        return [Paragraph(inline("Not checked: ", description.declined))]
    pairs: list[tuple[str, tuple[Inline, ...]]] = [
        ("Asks for", (inline(_asks(description, book)),)),
        (
            "Open to",
            (inline("; ".join(say.group(item, book) for item in description.open_to) or "nobody in particular"),),
        ),
    ]
    pairs += [("Note", (inline(note),)) for note in description.notes]
    blocks: list[Block] = [Facts(tuple(pairs))]
    mend = description.wording
    head = f"{len(mend)} to mend" if mend else "Nothing to mend was found in the wording"
    blocks.append(Paragraph(inline(Run(head, strong=True, tone="restricted" if mend else "")), "apart"))
    if mend:
        blocks.append(Items(tuple(_mend(item) for item in mend[:_SHOWN])))
    if len(mend) > _SHOWN:
        blocks.append(Paragraph(inline(f"  and {len(mend) - _SHOWN} more")))
    blocks += [Paragraph(inline(Run("Waiver: ", strong=True), say.waiver_line(item))) for item in description.waived]
    blocks += _brief_groups(description, book)
    return blocks


_SHOWN = 6  # pieces of wording on one screen


def _asks(description: Description, book: Lawbook) -> str:
    told = dict.fromkeys(
        f"{say.register(item.register, book) if item.register else 'a register'}, {words.spaced(item.strength)}"
        for item in description.registration
    )
    return "; ".join(told) or say.STATUS.get(description.status, description.status)


def _mend(item: Wording) -> Inline:
    where = f"line {item.line} {say.quote(item.quote, 60)}: " if item.quote else ""
    return inline(
        Run(where, strong=True),
        f"{item.message}.",
        f" {'Write' if item.change == REPLACE else 'Add'}: {item.suggest}" if item.suggest else "",
    )


def _brief_groups(description: Description, book: Lawbook) -> list[Block]:
    names, rows = say.cells(description, book)
    counted = len({hit.id for hit in description.tasks if hit.kind in COUNTING})
    others = len({hit.id for hit in description.tasks if hit.kind not in COUNTING})
    found = f"{words.number(counted, 'task')} found" + (f", {others} named beside them" if others else "")
    if not rows:
        return [
            Paragraph(
                inline(Run(found if counted else "The text names no task that the lawbook knows", strong=True)), "apart"
            )
        ]
    same: dict[tuple[str, ...], list[str]] = {}
    for label, cells in rows:
        same.setdefault(tuple(cells), []).append(label)
    order = sorted(same.items(), key=lambda item: min(_rank(cell) for cell in item[0]))
    lines = [
        (inline(_several(labels)), *(inline(Run(cell.split(",")[0] or "-", tone=cell.split(",")[0])) for cell in cells))
        for cells, labels in order
    ]
    head = (inline("Task"), *(inline(name) for name in names))
    return [Paragraph(inline(Run(found, strong=True)), "apart"), Table("groups", "", head, tuple(lines), True)]


def _several(labels: list[str]) -> str:
    return (
        labels[0]
        if len(labels) == 1
        else "; ".join(labels)
        if len(labels) < 4
        else f"{'; '.join(labels[:2])}; and {len(labels) - 2} more"
    )


def _rank(cell: str) -> int:
    order = ("blocked", "arrange", "restricted", "risky", "unknown", "clear")
    status = cell.split(",", maxsplit=1)[0]
    return order.index(status) if status in order else len(order)
