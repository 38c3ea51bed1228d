"""The annex as a document of blocks, and as plain data."""

from __future__ import annotations

from gapcheck.document.blocks import Block, Contents, Document, Heading
from gapcheck.document.words import listed
from gapcheck.law.dated import words
from gapcheck.submission import back, front, risks, scopes
from gapcheck.submission import wording as text
from gapcheck.submission.model import Submission


def annex_document(annex: Submission, date: str = "") -> Document:
    """The annex, part by part. `date`: the day it is made, ISO text."""
    nations = [str(annex.law.book.data["nations"][key]) for key in annex.nations]
    blocks: list[Block] = [
        *front.summary(annex),
        Contents(2),
        *front.reforms(annex),
        *front.statuses(),
        *front.benefits(annex),
        Heading(1, "Risks and mitigations", "risks"),
        *risks.nature(annex),
        *risks.mitigations(annex),
        *risks.limits(annex),
        *risks.residual(annex),
        *back.titles(annex),
        *scopes.scopes(annex),
        *back.nations(annex),
        *back.evidence(annex),
        *back.method(annex),
    ]
    return Document(
        f"What registration and other reforms would change for {text.plural(annex)}",
        tuple(blocks),
        f"Annex of evidence. Law as at {words(annex.law.date)} in {nations[0]}"
        + (f", with {listed(nations[1:])} beside it" if nations[1:] else ""),
        subject="Law, tasks, risks, and what each reform would open",
        date=date,
    )
