"""gapcheck check: findings for role profiles."""

from __future__ import annotations

import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, confirmed, second_opinion, width, write
from gapcheck.errors import InputError, Problem

LEVELS = ("unknown", "risky", "restricted", "blocked")  # from mild to worst


@click.command("check")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@common
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 when a finding is this bad or worse.")
@second_opinion
def command(options: Common, profiles: tuple[str, ...], fail_on: str | None, cross_check: bool | None) -> None:
    """Check role profiles: which tasks are blocked, restricted or risky, why, and what would open them.

    PROFILE is a YAML or JSON file; - reads standard input.
    """
    from gapcheck.engine.findings import check as check_profile
    from gapcheck.profile.read import read_profile

    book = options.lawbook()
    problems: list[Problem] = []
    found = []
    for path in profiles:
        try:
            found.append(read_profile(path, book))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    reports = [check_profile(profile, options.law(book, profile.nation)) for profile in found]
    reports = confirmed(reports, cross_check)
    write(_faces(options.face, reports), options.output)
    worst = max(
        (LEVELS.index(item.status) for report in reports for item in report.findings if item.status in LEVELS),
        default=-1,
    )
    if fail_on and worst >= LEVELS.index(fail_on):
        sys.exit(1)


def _faces(face: str, reports: list[Any]) -> str:
    if face == "json":
        import json

        from gapcheck.report.data import report_data

        data = [report_data(report) for report in reports]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2)
    if face == "markdown":
        from gapcheck.report.markdown import markdown

        return "\n\n".join(markdown(report) for report in reports)
    from gapcheck.report.table import table

    return "\n\n".join(table(report, width()) for report in reports)
