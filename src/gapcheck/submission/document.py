"""The annex as a document of blocks."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document.blocks import Block, Contents, Document, Heading, Paragraph, Table, inline
from gapcheck.document.words import listed
from gapcheck.law.dated import words
from gapcheck.submission import wording as text
from gapcheck.submission.appendices import appendices
from gapcheck.submission.argument import argument
from gapcheck.submission.model import Submission
from gapcheck.submission.occupation import assessed, changes
from gapcheck.submission.pieces import Made
from gapcheck.submission.since import since_when
from gapcheck.submission.teams import cover_blocks
from gapcheck.submission.whole import nations, scopes


def annex_document(annex: Submission, date: str = "", whole: bool = True) -> Document:
    """The annex, part by part. `date`: the day it is made, ISO text; `whole`: more than the first two pages."""
    made = Made(annex)
    places = [made.nation(key) for key in annex.nations]
    blocks: list[Block] = [*argument(made)]
    if whole:
        blocks += [
            Contents(2),
            *_reforms(made),
            *assessed(made),
            *changes(made),
            *(cover_blocks(annex.teams, annex.law) if annex.teams else ()),
            *scopes(made),
            *since_when(made),
            *nations(made),
            *appendices(made),
        ]
    else:
        works = tuple(
            (inline(str(item.number)), inline(item.text)) for item in annex.sources if item.number in made.cited
        )
        if works:
            blocks.append(Heading(1, "References", "references"))
            head = (inline("No."), inline("Work"))
            blocks.append(Table("references-table", "The works cited", head, works, True, (0.08, 0.92)))
        blocks.append(Heading(1, "The law", "law"))
        blocks.append(made.law.table("law-table", "The law and the frameworks cited"))
    return Document(
        f"What registration and other reforms would change for {text.plural(annex)}",
        tuple(blocks),
        f"Annex of evidence. Law as at {words(annex.law.date)} in {places[0]}"
        + (f", with {listed(places[1:])} beside it" if places[1:] else ""),
        subject="Law, tasks, hazards, and what each reform would open",
        date=date,
    )


def _reforms(made: Made) -> Iterator[Block]:
    """The reforms by number."""
    annex, data = made.annex, made.data["reforms"]
    yield Heading(1, "The reforms", "reforms")
    if not annex.reforms:
        yield Paragraph(inline("No reform was asked for, so that only the law of today is shown."))
        return
    yield Paragraph(inline(text.REFORMS_NOT_LAW, " ", text.COMPUTED))
    head = tuple(inline(item) for item in ("Reform", "What it would say", "What it would take"))
    rows = tuple(
        (inline(f"{number}. {data[key]['title']}"), inline(data[key]["says"]), inline(data[key].get("would-need", "")))
        for number, key in enumerate(annex.reforms, 1)
    )
    yield Table(
        "reforms-table", "The reforms, by the numbers that this annex uses", head, rows, True, (0.28, 0.4, 0.32)
    )
