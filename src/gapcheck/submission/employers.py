"""What employers ask for: the wording of registration in the job descriptions given, counted by scope of practice."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.jobdesc.description import describe
from gapcheck.jobdesc.document import Document
from gapcheck.jobdesc.result import Description
from gapcheck.law.dated import Law
from gapcheck.submission.model import Employers


def described(law: Law, documents: Sequence[Document]) -> tuple[Description, ...]:
    """Every document, understood under the law of its own nation."""
    return tuple(describe(item, law.book, law.date, readings=law.readings) for item in documents)


def employers(found: Sequence[Description], profession: str, scopes: Sequence[str]) -> Employers:
    """The documents of these scopes, or open to the profession, and for each scope the number of each wording.

    A document of several scopes counts in each, so that the rows may add up to more than the documents.
    """
    wanted = [
        item
        for item in found
        if not item.declined
        and (set(item.scopes) & set(scopes) or profession in {one.profession for one in item.open_to})
    ]
    by_scope: dict[str, dict[str, int]] = {}
    for item in wanted:
        for scope in [one for one in item.scopes if one in scopes] or [""]:
            counts = by_scope.setdefault(scope, {})
            counts[item.status] = counts.get(item.status, 0) + 1
    order = [*scopes, ""]
    return Employers(tuple(wanted), {scope: by_scope[scope] for scope in order if scope in by_scope})
