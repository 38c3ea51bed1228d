"""gapcheck lint: check a lawbook."""

from __future__ import annotations

import json
import sys

import click

from gapcheck.commands.options import completes, day, write


@click.command("lint")
@click.argument("rules", nargs=-1, shell_complete=completes("dir"))
@click.option("--as-at", metavar="YYYY-MM-DD", help="The day on which the lawbook is looked at (today).")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--format", "face", type=click.Choice(("table", "json", "sarif")), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def command(rules: tuple[str, ...], as_at: str | None, strict: bool, face: str, output: str | None) -> None:
    """Check a lawbook: form, links, dates, logic and examples.

    RULES is a lawbook, or folders to be laid over the packaged one; without it the packaged one is checked. Each finding
    has a code, and `gapcheck explain CODE` says why it matters and how to mend it.

    Exit code 0: no error, 1: an error (with --strict, also a warning), 2: no lawbook there.
    """
    from gapcheck.lint import lint
    from gapcheck.lint.codes import ERROR, WARNING
    from gapcheck.lint.report import lint_data, lint_sarif, lint_table

    result = lint(day(as_at), *rules)
    if face == "table":
        text = lint_table(result)
    else:
        text = json.dumps((lint_data if face == "json" else lint_sarif)(result), ensure_ascii=False, indent=2)
    if text or output:
        write(text, output)
    errors, warnings = result.count(ERROR), result.count(WARNING)
    waits = "; the checks of meaning wait until the errors are mended" if result.waits else ""
    click.echo(
        f"{_number(errors, 'error')}, {_number(warnings, 'warning')} in {_number(result.files, 'file')}{waits}",
        err=True,
    )
    sys.exit(1 if errors or (strict and warnings) else 0)


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
