"""One run of `gapcheck workforce`, from the options to the renamed outputs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import ALL, Common
from gapcheck.document.render import format_of, render
from gapcheck.engine.tasks import LEVELS
from gapcheck.errors import problem
from gapcheck.law.dated import Law
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.resolve import plain_id
from gapcheck.workforce.mapping import read_mapping
from gapcheck.workforce.model import REJECT_HEADER, Reject, needs_extra
from gapcheck.workforce.output import CSV, DUCKDB, PARQUET, Outputs, rejects_writer, write_findings
from gapcheck.workforce.progress import Progress
from gapcheck.workforce.report import WorkforceSummary
from gapcheck.workforce.run import Workforce, schema
from gapcheck.workforce.table import open_table

if TYPE_CHECKING:
    from gapcheck.workforce.report import Summary


@dataclass(frozen=True, slots=True)
class WorkforceJob:
    """What the command was asked to do; the options carry the help texts."""

    options: Common
    table: str
    columns: str | None = None
    maps: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    encoding: str | None = None
    rejects: str | None = None
    summary: str | None = None
    since: str | None = None
    changes: str | None = None
    duplicates: str = "reject"
    fail_on: str | None = None

    @property
    def output(self) -> str:
        """The table of findings. Raises InputError where it is not named, or its form is not known."""
        output = self.options.output
        if output is None:
            raise problem("-o", "say where the findings go", None, "as in -o findings.parquet (or .csv, or .duckdb)")
        if Path(output).suffix.lower() not in (PARQUET, CSV, DUCKDB):
            raise problem("-o", f"`{output}` says no form", None, "a name ends in .parquet, .csv or .duckdb")
        return output

    def beside(self, name: str | None, suffix: str) -> str:
        """A further output: as named, or else beside the findings."""
        return name or str(Path(self.output).with_suffix(suffix))


def run(job: WorkforceJob) -> int:
    """Do it. Gives how bad the worst finding is: -1 (none) to 3 (blocked), as `--fail-on` counts.

    Raises InputError for a table, mapping or file that cannot be read or written.
    """
    output = job.output
    if Path(output).suffix.lower() == DUCKDB or job.since:
        needs_extra(["duckdb"])
    book, date = job.options.lawbook(), day(job.options.as_at)
    nation = plain_id(job.options.nation) if job.options.nation else None
    book = book.reformed(_laws(job, book, date, nation or next(iter(book.data["nations"]))).reforms)
    if job.since:
        from gapcheck.workforce.since import check_previous

        check_previous(job.since)
    table = open_table(job.table, job.encoding)
    columns = read_mapping(job.columns, job.maps, job.constants, table.columns, table.source)
    rejects = job.beside(job.rejects, ".rejects.csv")
    names = [rejects, *([job.beside(job.changes, ".changes.csv")] if job.since else []), output]
    _distinct([job.table, *([job.since] if job.since else []), *names, *([job.summary] if job.summary else [])])
    progress = Progress(sys.stderr)
    outputs = Outputs(names)
    try:
        add = rejects_writer(outputs.path(rejects), REJECT_HEADER)

        def rejected(items: list[Reject]) -> None:
            add(item.cells() for item in items)

        about = _about(job, book, date)
        work = Workforce(
            book=book,
            laws=lambda nation: _laws(job, book, date, nation),
            columns=columns,
            date=date,
            nation=nation,
            stamp=about["law"],
            keep_duplicates=job.duplicates == "keep",
            rejected=rejected,
            progress=progress.show,
        )
        tables = work.findings(table.chunks(columns.columns))
        write_findings(tables, schema(book, work.stamp, date), outputs.path(output), output, about)
        progress.end()
        summary = _summary(job, work, about, {"findings": output, "rejects": rejects})
        if job.since:
            from gapcheck.workforce.since import write_changes

            changes = job.beside(job.changes, ".changes.csv")
            counts = write_changes(job.since, outputs.path(output), output, outputs.path(changes), work)
            said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())) or "none"
            click.echo(f"changes since {job.since}: {said}", err=True)
        if job.summary:
            render(WorkforceSummary(summary), format_of(None, job.summary, ALL), job.summary)
        outputs.finish()
    except BaseException:
        outputs.abandon()
        raise
    for name in names:
        click.echo(f"written: {name}", err=True)
    render(WorkforceSummary(summary), job.options.format, None, job.options.full)
    return _worst(summary)


def _laws(job: WorkforceJob, book: Lawbook, date: str, nation: str) -> Law:
    return book.at(date, nation, job.options.chosen(), job.options.reforms)


def _about(job: WorkforceJob, book: Lawbook, date: str) -> dict[str, str]:
    """What the answers rest on, for the metadata of the output."""
    readings = [f"{key}={value}" for key, value in sorted(job.options.chosen().items())]
    law = "+".join([f"{book.version}/{book.digest[:16]}", *job.options.reforms, *readings])
    return {
        "gapcheck": "1",
        "law": law,
        "lawbook": book.version,
        "digest": book.digest,
        "as_at": date,
        "nation": job.options.nation or "",
        "reforms": " ".join(job.options.reforms),
        "interpretations": " ".join(readings),
    }


def _distinct(names: list[str]) -> None:
    """Raises InputError where an output would take the place of an input or of another output."""
    seen: set[Path] = set()
    for name in names:
        place = Path(name).resolve()
        if place in seen and name != "-":
            raise problem(name, "the same file is named twice", None, "give every input and output a name of its own")
        seen.add(place)


def _summary(job: WorkforceJob, work: Workforce, about: Mapping[str, str], files: Mapping[str, str]) -> Summary:
    from gapcheck.workforce.report import Summary

    return Summary(about, work.counts, work.tally.lines(), work.tally.posts(), files)


def _worst(summary: Summary) -> int:
    return max((LEVELS.index(line.status) for line in summary.lines if line.status in LEVELS), default=-1)
