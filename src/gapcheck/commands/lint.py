"""gapcheck lint: check a lawbook."""

from __future__ import annotations

import functools
import sys

import click

from gapcheck.commands.options import WITH_PLACES, Common, common, completes
from gapcheck.law.day import day


@click.command("lint")
@click.argument("rules", nargs=-1, shell_complete=completes("dir"))
@click.option("--as-at", metavar="YYYY-MM-DD", help="The day on which the lawbook is looked at (today).")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@functools.partial(common, formats=WITH_PLACES, law=False)
def command(options: Common, strict: bool) -> None:
    """Check a lawbook: form, links, dates, logic and examples.

    RULES is a lawbook, or folders to be laid over the packaged one; without it the packaged one is checked. Each finding
    has a code, and gapcheck explain CODE says why it matters and how to mend it.

    Exit code 0: no error, 1: an error (with --strict, also a warning), 2: no lawbook there.
    """
    from gapcheck.document.words import number
    from gapcheck.lint import lint
    from gapcheck.lint.codes import ERROR, WARNING
    from gapcheck.lint.report import Linted

    result = lint(day(options.as_at), *options.rules)
    if result.findings or options.output or options.format != "table":
        options.give(Linted(result))
    errors, warnings = result.count(ERROR), result.count(WARNING)
    waits = "; the checks of meaning wait until the errors are mended" if result.waits else ""
    click.echo(
        f"{number(errors, 'error')}, {number(warnings, 'warning')} in {number(result.files, 'file')}{waits}",
        err=True,
    )
    about = result.vouched
    new = f"; {about.unrecorded:,} not yet recorded" if about.unrecorded else ""
    click.echo(
        f"signed off by a reviewer: {about.signed:,} of {about.things:,} things{new} (gapcheck review)", err=True
    )
    sys.exit(1 if errors or (strict and warnings) else 0)
