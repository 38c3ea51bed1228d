"""gapcheck verify: run a report again, and say whether anything differs."""

from __future__ import annotations

import functools
import sys

import click

from gapcheck.commands.options import Common, common, completes


@click.command("verify")
@click.argument("report", metavar="REPORT", shell_complete=completes("file"))
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="FILE",
    shell_complete=completes("file"),
    help="Check against this profile. Repeatable.",
)
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    shell_complete=completes("dir"),
    help="Another lawbook, or a folder laid over the packaged one.",
)
@functools.partial(common, law=False)
def command(options: Common, report: str, profiles: tuple[str, ...]) -> None:
    """Run a report again from its receipt: is it identical, or what differs and why?

    REPORT is what gapcheck check wrote as JSON, Markdown, HTML, Word, PDF, CSV or SARIF. The report embeds its profile
    (CSV does not: give it with --profile); with --profile it is held against a profile of yours.

    Exit code 0: identical, 1: it differs, 2: it cannot be read.
    """
    from gapcheck.document.receipt import Source
    from gapcheck.findings.receipts import read_report
    from gapcheck.findings.verify import Verdict, verify
    from gapcheck.profile.read import read_bytes

    found = read_report(report)
    result = verify(found, report, [Source(*read_bytes(path)) for path in profiles], options.rules)
    options.give(Verdict(result))
    sys.exit(0 if result.identical else 1)
