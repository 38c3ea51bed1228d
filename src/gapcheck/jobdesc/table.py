"""A job description as text for a terminal: the post, what it says of registration, the groups side by side, the wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gapcheck.document import words
from gapcheck.findings.table import COLOUR, Page
from gapcheck.jobdesc import words as say
from gapcheck.jobdesc.understanding.result import COUNTING

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.lawbook import Lawbook

_AT_ONCE = 3  # groups side by side
_COLUMN = 26


def description_table(description: Description, book: Lawbook, width: int) -> str:
    """The page on one document."""
    page = Page(width)
    page.lines.append(click.style(say.title_of(description), bold=True))
    page.add(say.post_line(description, book))
    page.add(f"{words.plain(description.source)} ({description.format})")
    if description.declined:
        page.add()
        page.add(description.declined, label="Not checked:")
        return "\n".join(page.lines)
    for note in description.notes:
        page.add(note, label="Note:")
    _registration(page, description, book)
    _groups(page, description, book)
    _tasks(page, description, book)
    _wording(page, description)
    page.add()
    if description.reports:
        for line in words.footer(description.reports[0].law, description.reports[0].cross_check):
            page.add(line)
    else:
        page.add(book.data["advice"])
    return "\n".join(page.lines)


def _head(page: Page, text: str) -> None:
    page.lines += ["", click.style(text, bold=True)]


def _registration(page: Page, description: Description, book: Lawbook) -> None:
    _head(page, f"Registration: the text asks for {say.STATUS.get(description.status, description.status)}")
    for item in description.registration:
        page.add(say.wording_line(item, book), 2, "-")
    if description.open_to:
        page.add("; ".join(say.group(item, book) for item in description.open_to), 2, "Open to:")


def _groups(page: Page, description: Description, book: Lawbook) -> None:
    names, rows = say.cells(description, book)
    if not rows:
        return
    _head(page, "What the law says of its tasks, for each group")
    for first in range(0, len(names), _AT_ONCE):
        some = names[first : first + _AT_ONCE]
        room = page.width - 2 - _COLUMN * len(some)
        if first:
            page.add()
        heads = [_folded(name, _COLUMN - 2) for name in some]
        for line in range(max(map(len, heads))):
            head = "".join(f"{(lines[line] if line < len(lines) else ''):<{_COLUMN}}" for lines in heads)
            page.lines.append(f"  {'':<{room}}{head}".rstrip())
        for label, statuses in rows:
            lines = _folded(label, room - 2)
            marks = "".join(_mark(status) for status in statuses[first : first + _AT_ONCE])
            page.lines.append(f"  {lines[0]:<{room}}{marks}".rstrip())
            page.lines += [f"    {line}" for line in lines[1:]]


def _mark(status: str) -> str:
    shown = status or "-"
    colour = COLOUR.get(status.partition(",")[0])
    return (click.style(shown, fg=colour) if colour else shown) + " " * (_COLUMN - len(shown))


def _folded(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(width, 10)) or [""]


def _tasks(page: Page, description: Description, book: Lawbook) -> None:
    counted = [hit for hit in description.tasks if hit.kind in COUNTING]
    others = [hit for hit in description.tasks if hit.kind not in COUNTING]
    for title, hits in (("Tasks that the post names", counted), ("Named, but no duty or requirement", others)):
        lines = say.task_lines(hits, book)
        if lines:
            _head(page, f"{title} ({len(lines)})")
            for name, said in lines:
                page.add(name, 2)
                page.add(said, 4)
    if not description.tasks:
        _head(page, "Tasks: the text names none that the lawbook knows")


def _wording(page: Page, description: Description) -> None:
    _to_reword(page, description)
    for item in description.waived:
        page.add(say.waiver_line(item), 2, "Waiver:")


def _to_reword(page: Page, description: Description) -> None:
    if not description.wording:
        _head(page, "Wording: nothing to reword was found")
        return
    _head(page, f"To reword ({len(description.wording)})")
    for item in description.wording:
        where = f", line {item.line}: {say.quote(item.quote)}" if item.quote else ""
        page.add(f"{item.code}{where}", 2)
        page.add(item.message, 4, "Why:")
        if item.suggest:
            page.add(item.suggest, 4, "Write:")
