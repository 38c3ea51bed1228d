"""Lint: check a lawbook's form, links, dates, logic and examples; each finding has a code with a page of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gapcheck.document.words import number
from gapcheck.errors import LawbookError, Problem
from gapcheck.law import links, store
from gapcheck.law.build import Builder, law_files, layers
from gapcheck.law.draft import DraftLawbook
from gapcheck.law.kinds import statutes_in
from gapcheck.lint import (
    addresses,
    codes,
    dates,
    evidence,
    examples,
    form,
    logic,
    names,
    places,
    sources,
    vouched,
)
from gapcheck.lint.codes import Code, read_codes
from gapcheck.lint.vouched import Vouched

# What stands in the way of the checks that take the lawbook as linked.
_FIRST = (codes.UNREADABLE, codes.OUT_OF_FORM, codes.DANGLING, codes.TWICE)


@dataclass(frozen=True)
class LintFinding:
    """Something wrong with a lawbook: its code, the file and line, what is wrong, and what to do."""

    code: Code
    file: str
    line: int
    message: str
    help: str


@dataclass(frozen=True)
class Lint:
    """What lint found. `waits`: whether checks wait until these findings are mended; `files`: how many files it read;
    `vouched`: how much of it somebody vouches for."""

    findings: tuple[LintFinding, ...]
    codes: tuple[Code, ...]
    as_at: str
    version: str
    files: int
    waits: bool
    vouched: Vouched

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(finding.code.severity == severity for finding in self.findings)


def lint(as_at: str, *rules: str | os.PathLike[str]) -> Lint:
    """Check the first lawbook, or what `Lawbook.load` makes of the folders `rules`.

    `as_at`: the day (ISO text) from which the age of a check counts. Raises LawbookError where there is no lawbook at all.
    """
    folders = store.folders([os.fspath(folder) for folder in rules])
    files = law_files(folders)
    documents, problems = form.read(files)
    first = os.path.abspath(folders[0])
    for document in documents:
        problems += form.check(document)
        if not os.path.abspath(files[document.source]).startswith(first + os.sep):
            problems += [item._replace(code=codes.FORCE) for item in statutes_in(document)]
    problems += dropped(folders)
    builder = Builder()
    sound = not any(problem.code in _FIRST for problem in problems)
    try:
        builder.build(folders)
    except LawbookError as error:
        found = [item._replace(code=item.code or codes.UNREADABLE) for item in error.problems]
        problems += [item for item in found if item.code != codes.OUT_OF_FORM or sound]
    except (AttributeError, KeyError, TypeError, ValueError):
        if sound:
            raise
    waits = any(problem.code in _FIRST for problem in problems)
    if not waits:
        problems += _meaning(DraftLawbook(builder.book, builder.places, as_at))
        problems += vouched.check(builder, folders, files, as_at)
        waits = any(problem.code in _FIRST for problem in problems)
    known = read_codes()
    return Lint(
        tuple(sorted({_finding(item, known, files) for item in problems}, key=_order)),
        tuple(known.values()),
        as_at,
        str(builder.book.get("version", "")),
        len(files),
        waits,
        vouched.count(builder, folders, as_at),
    )


def dropped(folders: Sequence[str]) -> Iterator[Problem]:
    """Properties of a folder that a file of a later one replaces without having them."""
    held: dict[str, set[str]] = {}
    for _, files in layers(folders):
        for document in form.read({name: path for name, path in files.items() if name in held or "propert" in name})[0]:
            ids = _property_ids(document.data)
            if lost := held.get(document.source, set()) - ids:
                message = f"this file replaces its namesake, and drops {number(len(lost), 'property', 'properties')}"
                yield Problem(document.source, 1, message, "", codes.PROPERTY_DROPPED)
            held[document.source] = ids


def _property_ids(data: object) -> set[str]:
    items = data.get("properties") if isinstance(data, dict) else None
    return {str(item.get("id")) for item in items if isinstance(item, dict)} if isinstance(items, list) else set()


def _meaning(draft: DraftLawbook) -> list[Problem]:
    """What is wrong with a lawbook that is linked. The checks that decide cases wait until all that is named exists."""
    found = list(links.check(draft))
    endless = any(problem.code == codes.FROM_AFTER_TO for problem in found)  # the dates take it that windows have days
    kinds = (sources, addresses, *(() if endless else (dates,)), places, names, evidence)
    found += [problem for kind in kinds for problem in kind.check(draft)]
    if not any(problem.code in _FIRST for problem in found):
        found += [*logic.check(draft), *examples.check(draft)]
    return found


def _finding(problem: Problem, known: dict[str, Code], files: dict[str, str]) -> LintFinding:
    code = known[problem.code]
    path = files.get(problem.source, problem.source)
    return LintFinding(code, path, problem.line or 1, problem.message, problem.help or code.mend)


def _order(finding: LintFinding) -> tuple[str, int, str, str]:
    return finding.file, finding.line, finding.code.id, finding.message
