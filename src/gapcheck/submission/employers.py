"""What employers ask for: the wording of registration in the job descriptions given, counted by scope of practice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gapcheck.errors import InputError
from gapcheck.jobdesc.many import Job, describe_source
from gapcheck.jobdesc.sources import each
from gapcheck.jobdesc.understanding.result import Description
from gapcheck.law.dated import Law
from gapcheck.submission.model import Employers


def described(
    law: Law, documents: Mapping[str, Path], progress: Callable[[str], None]
) -> tuple[tuple[Description, ...], dict[str, str]]:
    """Every document, understood under the law of its own nation; and by name, why a document could not be read."""
    job = Job((), law.date, readings=tuple(sorted(law.readings.items())))
    found: list[Description] = []
    failed: dict[str, str] = {}
    for name, path in documents.items():
        progress(name)
        for source in each([str(path)]):
            try:
                read = describe_source(source, job, law.book)
            except InputError as error:
                failed[name] = error.problems[0].message
                continue
            found += [replace(item, source=item.source.replace(str(path), name, 1)) for item in read]
    return tuple(found), failed


def employers(found: Sequence[Description], professions: Sequence[str], scopes: Sequence[str]) -> Employers:
    """The documents of these scopes, or open to the professions, and for each scope the number of each wording.

    A document of several scopes counts in each, so that the rows may add up to more than the documents.
    """
    wanted = [
        item
        for item in found
        if not item.declined
        and (set(item.scopes) & set(scopes) or set(professions) & {one.profession for one in item.open_to})
    ]
    by_scope: dict[str, dict[str, int]] = {}
    for item in wanted:
        for scope in [one for one in item.scopes if one in scopes] or [""]:
            counts = by_scope.setdefault(scope, {})
            counts[item.status] = counts.get(item.status, 0) + 1
    order = [*scopes, ""]
    return Employers(tuple(wanted), {scope: by_scope[scope] for scope in order if scope in by_scope})
