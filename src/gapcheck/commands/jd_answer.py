"""The answers of `gapcheck jd`: a page for each document that was named, or a summary of many with statistics."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gapcheck.commands.options import Common, asked_again
from gapcheck.document.output import look_of
from gapcheck.document.receipt import Source as Given
from gapcheck.document.words import number
from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.answer import Descriptions, FolderSummary
from gapcheck.jobdesc.compare import DescriptionComparison
from gapcheck.jobdesc.many import DocumentOutcome, Job, describe_bytes, describe_document, describe_source, outcomes
from gapcheck.jobdesc.profiles import ProfileFile, profile_files, save
from gapcheck.jobdesc.reading.read import file_bytes
from gapcheck.jobdesc.sources import DocumentSource, each, estimate, is_collection
from gapcheck.jobdesc.summary import Statistics, SummaryRow, matched, row_of

if TYPE_CHECKING:
    from gapcheck.engine.findings import Waiver
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

JD = "gapcheck jd"  # the command, in a receipt
_ORDER = ("blocked", "arrange", "unknown", "restricted", "risky")  # from worst


class JdWish(NamedTuple):
    """What is wanted: the options that all commands share, and what beside them."""

    options: Common
    statistics: bool
    profiles: str | None
    processes: int

    @property
    def short(self) -> bool:
        """Whether documents get a line each, however few they are."""
        return self.statistics or self.options.format == "csv"


class JdResult(NamedTuple):
    """How many documents were read and skipped, and the worst status of any finding."""

    read: int
    skipped: int
    worst: str


def again(receipt: Mapping[str, Any], documents: Sequence[Given], rules: Sequence[str]) -> Descriptions:
    """The page on the documents of a receipt, made anew. Raises InputError where it cannot be."""
    from gapcheck.findings.receipts import kept
    from gapcheck.findings.waivers import entries_of
    from gapcheck.law.lawbook import Lawbook

    asked = receipt["asked"]
    book = Lawbook.load(*rules)
    law = asked_again(asked, rules).law(book)
    waivers = kept(asked["waivers"]) if asked["waivers"] else None
    entries = tuple(entries_of(waivers.raw, waivers.name, book)) if waivers else ()
    job = Job(
        tuple(rules), law.date, next(iter(asked["nations"]), ""), tuple(law.readings.items()), law.reforms, entries
    )
    job = job._replace(cross_check=bool(asked["engine"]))
    found = [description for given in documents for description in describe_bytes(given, job, book)]
    if not found:
        raise problem("the receipt", "it names no job description")
    return Descriptions(
        found,
        book,
        len(documents) > 1,
        _receipt(found, documents, job, law, waivers=waivers, made=str(receipt["made"])),
    )


def _receipt(
    found: Sequence[Description],
    read: Sequence[Given],
    job: Job,
    law: Law,
    *,
    waivers: Given | None,
    made: str = "",
) -> dict[str, Any] | None:
    """What is needed to make the page again; nothing where a program outside read the text."""
    from gapcheck.document.receipt import hashed, receipt_of_documents
    from gapcheck.findings.data import lawbook_data

    if job.ocr:
        return None
    engine = next((report.cross_check.engine for one in found for report in one.reports), None) or ""
    asked = {
        "lawbook": lawbook_data(law),
        "nations": [job.nation] if job.nation else [],
        "engine": engine,
        "waivers": hashed(waivers, True) if waivers else None,
    }
    return receipt_of_documents(JD, read, asked, made)


def pages(paths: Sequence[str], job: Job, wish: JdWish, book: Lawbook, waivers: Given | None = None) -> JdResult:
    """A page on each document. `waivers`: the file that they stand in. What cannot be read is said on standard error; the rest goes on."""
    found: list[Description] = []
    read: list[Given] = []
    skipped = 0
    for path in paths:
        try:
            given = Given(path, file_bytes(path))
            found += describe_bytes(given, job, book)
            read.append(given)
        except InputError as error:
            skipped += 1
            for item in error.problems:
                click.echo(f"error: {item}", err=True)
    if found:
        law = wish.options.law(book)
        wish.options.give(Descriptions(found, book, len(paths) > 1, _receipt(found, read, job, law, waivers=waivers)))
    tell_unmatched(job, [item for description in found for item in matched(description)])
    if wish.profiles:
        _Saver(wish.profiles).save([item for description in found for item in profile_files(description, book)], True)
    return JdResult(len(found), skipped, _worst(row_of(item, book).worst for item in found))


def comparison(paths: Sequence[str], job: Job, wish: JdWish, book: Lawbook) -> JdResult:
    """What the second of two documents changes. Raises InputError where either cannot be read or holds several."""
    found = []
    for path in paths:
        here = describe_source(DocumentSource(path, path), job, book)
        if len(here) != 1:
            raise problem(
                path, f"holds {number(len(here), 'job description')}, and --compare takes one of each version"
            )
        found += here
    wish.options.give(DescriptionComparison(found[0], found[1], book))
    tell_unmatched(job, [item for description in found for item in matched(description)])
    return JdResult(2, 0, row_of(found[1], book).worst)


def reviewed(path: str, job: Job, output: str, book: Lawbook) -> JdResult:
    """The employer's own file with tracked changes and comments. Raises InputError for what is no Word document."""
    from gapcheck.document.output import write
    from gapcheck.jobdesc.reading.read import file_bytes, read_documents
    from gapcheck.jobdesc.reviewed import review

    raw = file_bytes(path)
    document, *more = read_documents(raw, path)
    if more:
        raise problem(path, "holds several job descriptions; a Word document (.docx) is reviewed")
    description = describe_document(document, job, book)
    result = review(raw, document, description, book, job.date)
    write(result.raw, output, "docx")
    sentences = number(result.changes, "sentence")
    click.echo(f"{sentences} reworded in tracked changes, {number(result.comments, 'comment')}", err=True)
    for item in result.left:
        click.echo(
            f"not in the body of the file, so not marked there: line {item.line}, {item.code}: {item.message}", err=True
        )
    tell_unmatched(job, matched(description))
    return JdResult(1, 0, row_of(description, book).worst)


def summary(paths: Sequence[str], job: Job, wish: JdWish, book: Lawbook) -> JdResult:
    """A line on each document, then the statistics; with JSON every document in full. Results are written as they come."""
    from contextlib import nullcontext

    from gapcheck.document.render import rendered
    from gapcheck.document.stream import STREAMED, Stream
    from gapcheck.jobdesc import summary_document as say

    statistics = Statistics()
    format = wish.options.format
    whole = format in ("json", "sarif") and not wish.statistics
    job = job._replace(json=whole, profiles=bool(wish.profiles))
    saver = _Saver(wish.profiles) if wish.profiles else None
    worst: set[str] = set()
    tried: set[Waiver] = set()
    rows: list[SummaryRow] = []
    texts: list[str] = []
    streamed = format in STREAMED and not wish.statistics
    folder = _folder(paths)
    stream = Stream(format, wish.options.output, say.HEAD, say.table_head()) if streamed else None
    with stream or nullcontext():
        for outcome in _shown(outcomes(each(list(paths)), job, wish.processes), paths):
            statistics.add(outcome.row)
            worst.add(outcome.row.worst)
            tried.update(outcome.row.waivers)
            if outcome.row.problem and not outcome.row.declined:
                _say(f"skipped: {outcome.row.source}: {outcome.row.problem}")
            if stream:
                stream.add(say.cells(outcome.row), say.table_row(outcome.row, folder), outcome.json)
            else:
                rows.append(outcome.row)
                texts += [outcome.json] if outcome.json else []
            if saver:
                saver.save(outcome.profiles, False)
        answer = FolderSummary(
            rows, statistics, book, wish.statistics, whole=[json.loads(text) for text in texts], folder=folder
        )
        if stream:
            stream.text(str(rendered(answer, "table", look_of(False, wish.options.output))))
    if not stream:
        wish.options.give(answer)
    tell_unmatched(job, tried)
    if saver:
        saver.say()
    skipped = len(statistics.skipped) - statistics.declined
    return JdResult(statistics.documents + statistics.declined, skipped, _worst(worst))


def tell_unmatched(job: Job, tried: Iterable[Waiver]) -> None:
    """Say on standard error which waivers matched nothing: what they were for may have been mended, or be called otherwise."""
    if job.waivers:
        from gapcheck.findings.waivers import unmatched

        for item in unmatched(job.waivers, tried):
            where = f" in {item.source}" if item.source else ""
            click.echo(f"waiver of {item.of}{where} ({item.owner}, until {item.until}): matches nothing", err=True)


class _Saver:
    """Saves proposed profiles, never over a file that stands there."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.written = 0
        self.kept = 0
        self.names: dict[str, int] = {}

    def save(self, files: Iterable[ProfileFile], last: bool) -> None:
        named = []
        for item in files:
            count = self.names[item.name] = self.names.get(item.name, 0) + 1
            named.append(item if count == 1 else item._replace(name=f"{item.name}-{count}"))
        written, kept = save(tuple(named), self.folder)
        self.written += len(written)
        self.kept += len(kept)
        for path in kept:
            click.echo(f"not overwritten: {path} stands there already", err=True)
        if last:
            self.say()

    def say(self) -> None:
        click.echo(f"{number(self.written, 'profile')} written to {self.folder}; {self.kept} not overwritten", err=True)


def _say(text: str) -> None:
    """A line on standard error, above the progress bar."""
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        click.echo(text, err=True)
    else:
        tqdm.write(text, file=sys.stderr)


def _folder(paths: Sequence[str]) -> str:
    """The folder that all files stand in, with its stroke, or ""."""
    try:
        folder = os.path.commonpath([os.path.dirname(path) for path in paths])
    except ValueError:
        return ""
    return f"{folder}{os.sep}" if folder else ""


def _worst(statuses: Iterable[str]) -> str:
    found = set(statuses)
    return next((status for status in _ORDER if status in found), "")


def _shown(found: Iterator[DocumentOutcome], paths: Sequence[str]) -> Iterator[DocumentOutcome]:
    """The outcomes, with a progress bar on standard error where there are several."""
    total = sum(estimate(path) if is_collection(path) else 1 for path in paths)
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        return found
    if total < 2:
        return found
    every = 0.2 if sys.stderr.isatty() else 5.0
    bar = tqdm(
        found, total=total, unit=" documents", file=sys.stderr, mininterval=every, dynamic_ncols=True, leave=None
    )
    return iter(bar)
