"""A job description as a document of blocks, for Markdown, the web, Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapcheck.document import words
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.jobdesc import words as say
from gapcheck.jobdesc.understanding.result import COUNTING

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description, TaskHit
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
    return blocks + _wording(description, level)


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


def _wording(description: Description, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, "Wording")]
    if not description.wording:
        blocks.append(Paragraph(inline("Nothing to reword was found.")))
    for item in description.wording:
        where = f", line {item.line}: {say.quote(item.quote)}" if item.quote else ""
        points = [inline(Run("Why: ", strong=True), item.message)]
        points += [inline(Run("Write: ", strong=True), item.suggest)] if item.suggest else []
        blocks += [Paragraph(inline(Run(item.code, code=True), where), "label"), Items(tuple(points))]
    if description.waived:
        blocks.append(
            Items(tuple(inline(Run("Waiver: ", strong=True), say.waiver_line(item)) for item in description.waived))
        )
    return blocks
