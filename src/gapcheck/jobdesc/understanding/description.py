"""Understand a job description: what it says, and what the law says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.engine.findings import check
from gapcheck.jobdesc.understanding.case import DescriptionCase
from gapcheck.jobdesc.understanding.checks import wording
from gapcheck.jobdesc.understanding.duties import task_hits
from gapcheck.jobdesc.understanding.meaning import settings
from gapcheck.jobdesc.understanding.passage import Passage
from gapcheck.jobdesc.understanding.posts import post_of
from gapcheck.jobdesc.understanding.proposals import open_to, profile_of, unknown_registers
from gapcheck.jobdesc.understanding.registration import STATUTORY, registrations
from gapcheck.jobdesc.understanding.result import Description, OpenTo, RegistrationWording, TaskHit, Wording
from gapcheck.jobdesc.understanding.status import status_of
from gapcheck.jobdesc.understanding.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gapcheck.engine.findings import Report
    from gapcheck.jobdesc.reading.text import TextDocument
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.profile.model import Profile

__all__ = ["Description", "OpenTo", "RegistrationWording", "TaskHit", "Wording", "describe"]


def describe(
    document: TextDocument,
    book: Lawbook,
    date: str,
    nation: str = "",
    *,
    readings: Mapping[str, str] | None = None,
    reforms: tuple[str, ...] = (),
    correct: Callable[[tuple[TaskHit, ...]], tuple[TaskHit, ...]] | None = None,
) -> Description:
    """Read a document as a careful professional lead would, under the law at `date`.

    `nation` goes before the nation that the text gives. The vocabulary is that of the lawbook.
    `correct`: makes of the tasks that were found what a person corrected. Raises InputError for a nation, reading or reform
    that the lawbook does not know.
    """
    passage = Passage(document, vocabulary(book))
    post = post_of(passage)
    known = settings(passage, post.title)
    asked = registrations(passage, known, post.groups)
    status = status_of(asked)
    hits, annotations = task_hits(passage, known, post, book.data["tasks"])
    hits = correct(hits) if correct else hits
    declined = ""
    profiles: tuple[Profile, ...] = ()
    reports: tuple[Report, ...] = ()
    findings: tuple[Wording, ...] = ()
    groups = open_to(passage.vocabulary, post, asked, status)
    law = book.at(date, nation or post.nation or book.data["assumes"]["nation"], readings, reforms)
    if post.abroad and not nation:
        declined = (
            f"the post is in {post.abroad}, which is not in the United Kingdom; this lawbook does not hold its law"
        )
    else:
        profiles = tuple(
            profile_of(
                post,
                group,
                source=document.source,
                nation=law.nation,
                groups=groups,
                asked=asked,
                hits=hits,
                annotations=annotations,
                statutory=passage.vocabulary.kinds.get(group.register) == STATUTORY,
            )
            for group in groups
        )
        reports = tuple(check(profile, law) for profile in profiles)
        findings = wording(DescriptionCase(passage, post, law, asked, status, groups, hits, reports))
    return Description(
        source=document.source,
        format=document.format,
        title=post.title,
        employer=post.employer,
        employer_type=post.employer_type,
        nation=nation or post.nation,
        place=post.place,
        band=post.band,
        scopes=post.scopes,
        status=status,
        registration=tuple(asked),
        open_to=groups,
        tasks=hits,
        wording=findings,
        profiles=profiles,
        reports=reports,
        declined=declined,
        notes=(*document.notes, *_unknown(book, unknown_registers(passage.vocabulary, asked, groups))),
    )


def _unknown(book: Lawbook, registers: tuple[str, ...]) -> list[str]:
    """Notes on registers of which the text does not show whom of those on them it looks for."""
    return [
        f"the text asks for registration with the {book.data['registers'][register]['title'].removeprefix('The ')}, and does not "
        "show as what; no group is assumed"
        for register in registers
    ]
