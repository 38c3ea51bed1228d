"""The answers of `gapcheck jd`: a page for each document that was named, or a summary of many with statistics."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from gapcheck.commands.options import width, write
from gapcheck.commands.sink import Sink
from gapcheck.errors import InputError
from gapcheck.jobdesc.many import Job, Outcome, describe_source, outcomes
from gapcheck.jobdesc.profiles import ProfileFile, profile_files, save
from gapcheck.jobdesc.sources import Source, each, estimate, is_collection
from gapcheck.jobdesc.summary import Row, Statistics, row_of

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.lawbook import Lawbook

SHOWN = 1000  # documents that a summary in Markdown, on the web, in Word or PDF lists
_ORDER = ("blocked", "arrange", "unknown", "restricted", "risky")  # from worst


class Wish(NamedTuple):
    """What is wanted: the face of the answer, where it goes, and what beside it."""

    face: str
    output: str | None
    statistics: bool
    profiles: str | None
    processes: int

    @property
    def short(self) -> bool:
        """Whether documents get a line each, however few they are."""
        return self.statistics or self.face == "csv"


class Result(NamedTuple):
    """How many documents were read and skipped, and the worst status of any finding."""

    read: int
    skipped: int
    worst: str


def pages(paths: Sequence[str], job: Job, wish: Wish, book: Lawbook) -> Result:
    """A page on each document. What cannot be read is said on standard error; the rest goes on."""
    found: list[Description] = []
    skipped = 0
    for path in paths:
        try:
            found += describe_source(Source(path, path), job, book)
        except InputError as error:
            skipped += 1
            for item in error.problems:
                click.echo(f"error: {item}", err=True)
    if found:
        write(_faces(found, wish.face, book, len(paths) > 1 or len(found) > 1), wish.output)
    if wish.profiles:
        _Saver(wish.profiles).save([item for description in found for item in profile_files(description, book)], True)
    return Result(len(found), skipped, _worst(row_of(item, book).worst for item in found))


def _faces(found: list[Description], face: str, book: Lawbook, several: bool) -> str | bytes:
    if face == "json":
        from gapcheck.jobdesc.data import description_data

        data = [description_data(item) for item in found]
        return json.dumps(data if several else data[0], ensure_ascii=False, indent=2)
    if face == "table":
        from gapcheck.jobdesc.table import description_table

        return "\n\n\n".join(description_table(item, book, width()) for item in found)
    from gapcheck.document.render import render
    from gapcheck.jobdesc.document import description_document

    return render(description_document(found, book), face)


def summary(paths: Sequence[str], job: Job, wish: Wish, book: Lawbook) -> Result:
    """A line on each document, then the statistics; with JSON every document in full. Results are written as they come."""
    statistics = Statistics()
    job = job._replace(json=wish.face == "json" and not wish.statistics, profiles=bool(wish.profiles))
    saver = _Saver(wish.profiles) if wish.profiles else None
    worst: set[str] = set()
    rows: list[Row] = []
    text = wish.face in ("table", "csv", "json")
    lines = text and not wish.statistics
    with Sink(wish.output if text else None) as sink:
        writer = _Lines(sink, wish.face, _folder(paths)) if lines else None
        for outcome in _shown(outcomes(each(list(paths)), job, wish.processes), paths):
            statistics.add(outcome.row)
            worst.add(outcome.row.worst)
            if outcome.row.problem and not outcome.row.declined:
                _say(f"skipped: {outcome.row.source}: {outcome.row.problem}")
            if writer:
                writer.outcome(outcome)
            elif not wish.statistics and len(rows) < SHOWN:
                rows.append(outcome.row)
            if saver:
                saver.save(outcome.profiles, False)
        if writer:
            writer.end()
        _statistics(statistics, rows, wish, book, sink)
    if saver:
        saver.say()
    skipped = len(statistics.skipped) - statistics.declined
    return Result(statistics.documents + statistics.declined, skipped, _worst(worst))


def _statistics(found: Statistics, rows: list[Row], wish: Wish, book: Lawbook, sink: Sink) -> None:
    from gapcheck.jobdesc import summary_document as say

    if wish.face == "table":
        sink.line(("" if wish.statistics else "\n") + say.statistics_table(found, book))
    elif wish.face == "csv" and wish.statistics:
        sink.line(say.statistics_csv(found))
    elif wish.face == "json" and wish.statistics:
        sink.line(json.dumps(say.statistics_data(found), ensure_ascii=False, indent=2))
    elif wish.face not in ("csv", "json"):
        from gapcheck.document.render import render

        write(render(say.summary_document(rows, found, book), wish.face), wish.output)


class _Lines:
    """Writes outcomes as lines of text or CSV, or as the members of a JSON array."""

    def __init__(self, sink: Sink, face: str, folder: str) -> None:
        from gapcheck.jobdesc import summary_document as say

        self.sink, self.face, self.folder, self.say = sink, face, folder, say
        self.before = "["
        if face != "json":
            sink.line(say.table_head() if face == "table" else say.csv_head())

    def outcome(self, outcome: Outcome) -> None:
        if self.face == "json":
            if outcome.json:
                self.sink.line(f"{self.before}{outcome.json}")
                self.before = ","
        else:
            row = outcome.row
            self.sink.line(self.say.table_row(row, self.folder) if self.face == "table" else self.say.csv_row(row))

    def end(self) -> None:
        if self.face == "json":
            self.sink.line("[]" if self.before == "[" else "]")


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
        click.echo(f"{self.written} profiles written to {self.folder}; {self.kept} not overwritten", err=True)


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


def _shown(found: Iterator[Outcome], paths: Sequence[str]) -> Iterator[Outcome]:
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
