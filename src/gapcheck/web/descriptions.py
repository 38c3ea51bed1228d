"""What is done with a job description in a process of its own: read it, understand it, put it on paper."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.text import KINDS, WEIGHTS, Block, TextDocument
from gapcheck.jobdesc.understanding.result import Description, TaskHit
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.data import profile_data
from gapcheck.web.corrections import Corrections, corrected
from gapcheck.web.reports import lawbook


class Given(NamedTuple):
    """A document with the law to check it by, and what a person corrected. `original`: the bytes of a Word file."""

    document: TextDocument
    as_at: str
    nation: str = ""
    reforms: tuple[str, ...] = ()
    corrections: Corrections = ()
    readings: tuple[tuple[str, str], ...] = ()
    original: bytes = b""


@dataclass(frozen=True)
class UnderstoodDescription:
    """A description without its reports, which hold the whole lawbook; of those what a page shows: `groups` with, for each
    task, the answer for each group; and the profile of each group as data. `hits`: the tasks as they were found."""

    description: Description
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    profiles: tuple[dict[str, Any], ...]
    hits: tuple[TaskHit, ...]


def read(raw: bytes, name: str) -> TextDocument:
    """A document out of its bytes. Raises InputError for what cannot be read."""
    from gapcheck.jobdesc.reading.read import read_document

    found = read_document(raw, name)
    return TextDocument(found.source, found.format, found.text, found.blocks, dict(found.posting), found.notes)


def understand(rules: tuple[str, ...], given: Given) -> UnderstoodDescription:
    """What the document says and what the law says of it. Raises InputError for a day or nation that there is not."""
    from gapcheck.jobdesc.words import cells

    book = lawbook(rules)
    seen: list[TaskHit] = []
    found = _described(book, given, seen)
    groups, rows = cells(found, book)
    return UnderstoodDescription(
        replace(found, reports=(), profiles=()),
        tuple(groups),
        tuple((label, tuple(row)) for label, row in rows),
        tuple(profile_data(profile) for profile in found.profiles),
        tuple(seen),
    )


def on_paper(rules: tuple[str, ...], given: Given, format: str) -> str | bytes:
    """The report of `gapcheck jd` in a format. Raises InputError as the command does."""
    from gapcheck.document.render import rendered
    from gapcheck.jobdesc.answer import Descriptions

    book = lawbook(rules)
    return rendered(Descriptions([_described(book, given, [])], book), format)


def reviewed(rules: tuple[str, ...], given: Given) -> bytes:
    """The Word file with what is to be reworded as tracked changes. Raises InputError where it is no such file."""
    from gapcheck.jobdesc.reviewed import review
    from gapcheck.law.day import day

    book = lawbook(rules)
    document = replace(read(given.original, "job-description.docx"), source=given.document.source)
    found = _described(book, given._replace(document=document), [])
    return review(given.original, document, found, book, day(given.as_at)).raw


def kept(text: str) -> bytes:
    """The bytes of a file that a form carried. Raises InputError for what is damaged."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise problem("document", "the document was damaged on the way", None, "begin again with the file") from None


def _described(book: Lawbook, given: Given, seen: list[TaskHit]) -> Description:
    from gapcheck.jobdesc.understanding.description import describe
    from gapcheck.law.day import day

    def correct(hits: tuple[TaskHit, ...]) -> tuple[TaskHit, ...]:
        seen.extend(hits)
        return corrected(given.corrections, hits, book)

    return describe(
        given.document,
        book,
        day(given.as_at),
        given.nation,
        readings=dict(given.readings),
        reforms=given.reforms,
        correct=correct,
    )


def document_data(document: TextDocument) -> list[Any]:
    """A document as plain data, for a form to carry."""
    return [document.source, document.format, document.text, [list(block) for block in document.blocks],
            dict(document.posting), list(document.notes)]  # fmt: skip


def document_of(data: Any) -> TextDocument:
    """The document again. Raises InputError for what `document_data` did not make."""
    try:
        source, form, text, blocks, posting, notes = data
        made = tuple(_block(item, len(text)) for item in blocks)
        words = {str(key): str(value) for key, value in posting.items()}
        return TextDocument(str(source), str(form), str(text), made, words, tuple(map(str, notes)))
    except (TypeError, ValueError, AttributeError, IndexError):
        raise problem("document", "the document was damaged on the way", None, "begin again with the file") from None


def _block(item: list[Any], end: int) -> Block:
    start, stop, kind, section, column, row, weight, table, line = item
    if not 0 <= int(start) <= int(stop) <= end or kind not in KINDS or weight not in WEIGHTS:
        raise ValueError
    return Block(
        int(start),
        int(stop),
        str(kind),
        tuple(map(str, section)),
        str(column),
        str(row),
        str(weight),
        int(table),
        int(line),
    )
