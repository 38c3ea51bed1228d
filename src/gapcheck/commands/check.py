"""gapcheck check: findings for role profiles."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.options import WITH_PLACES, Common, common, completes, second_opinion
from gapcheck.engine.confirmed import confirmed
from gapcheck.engine.tasks import LEVELS
from gapcheck.errors import InputError, Problem

if TYPE_CHECKING:
    from gapcheck.engine.findings import Report
    from gapcheck.findings.checked import Findings
    from gapcheck.law.lawbook import Lawbook


@click.command("check")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...", shell_complete=completes("file"))
@functools.partial(common, formats=WITH_PLACES)
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 when a finding is this bad or worse.")
@click.option(
    "--waivers",
    metavar="FILE",
    shell_complete=completes("file"),
    help="Waivers: findings on frameworks or local policy that are accepted for a time.",
)
@click.option("--task", metavar="ID", help="Everything about this task alone.", shell_complete=completes("tasks"))
@second_opinion
def command(  # noqa: PLR0917
    options: Common,
    profiles: tuple[str, ...],
    fail_on: str | None,
    waivers: str | None,
    task: str | None,
    cross_check: bool | None,
) -> None:
    """Check role profiles: what may be done today, what has to be arranged first, what is barred, and what would open it.

    PROFILE is a YAML or JSON file; - reads standard input. Without --format the name of the file given with -o says which.
    Several profiles make one document with a section each. A report embeds the profile, so that gapcheck verify can run
    it again.
    """
    from gapcheck.engine.findings import check as check_profile
    from gapcheck.profile.read import profile_of, read_bytes
    from gapcheck.reading import read_document

    book = options.lawbook()
    problems: list[Problem] = []
    found = []
    for path in profiles:
        try:
            name, raw = read_bytes(path)
            document = read_document(raw, name)
            found.append((raw, document, profile_of(document, book)))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    reports = [check_profile(profile, options.law(book, profile.nation)) for _, _, profile in found]
    reports = confirmed(reports, cross_check)
    given = None
    if waivers:
        from gapcheck.findings.waivers import apply, read_waivers

        entries, given = read_waivers(waivers, book)
        reports = [apply(entries, report) for report in reports]
        _say_refusals(reports)
    options.give(
        _answer(
            reports,
            [(raw, document) for raw, document, _ in found],
            (waivers or "", given),
            options.full,
            _task(book, task),
        )
    )
    worst = max(
        (
            LEVELS.index(item.status)
            for report in reports
            for item in report.findings
            if item.status in LEVELS and item.task not in report.waived
        ),
        default=-1,
    )
    if fail_on and worst >= LEVELS.index(fail_on):
        sys.exit(1)


def _answer(
    reports: list[Report], read: list[tuple[bytes, Any]], waivers: tuple[str, bytes | None], full: bool, task: str
) -> Findings:
    from gapcheck.document.receipt import Source
    from gapcheck.findings.checked import Checked, Findings

    given = Source(waivers[0], waivers[1]) if waivers[1] is not None else None
    checked = [
        Checked(
            report,
            Source(report.profile.source, raw),
            tuple(document.line(("tasks", number)) for number in range(len(report.findings))),
            given,
        )
        for report, (raw, document) in zip(reports, read, strict=True)
    ]
    return Findings(checked, full=full, only=task)


def _task(book: Lawbook, name: str | None) -> str:
    """The task of `--task`, by id or another name."""
    return (book.resolve("tasks", name) or name) if name else ""


def _say_refusals(reports: list[Report]) -> None:
    refused = {waiver for report in reports for waiver in report.waivers if waiver.state == "refused"}
    for waiver in sorted(refused):
        click.echo(f"not waived: {waiver.of}: {waiver.note}", err=True)
