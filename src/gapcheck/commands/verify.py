"""gapcheck verify: run a report again, and say whether anything differs."""

from __future__ import annotations

import sys

import click

from gapcheck.commands.options import completes, write


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
@click.option("--format", "face", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def command(report: str, profiles: tuple[str, ...], rules: tuple[str, ...], face: str, output: str | None) -> None:
    """Run a report again from its receipt: is it identical, or what differs and why?

    REPORT is what gapcheck check wrote as JSON, Markdown, HTML, Word, PDF, CSV or SARIF. The report embeds its profile
    (CSV does not: give it with --profile); with --profile it is held against a profile of yours.

    Exit code 0: identical, 1: it differs, 2: it cannot be read.
    """
    from gapcheck.document.receipt import Source
    from gapcheck.document.receipt_read import read_report
    from gapcheck.findings.verify import verify
    from gapcheck.profile.read import read_bytes

    found = read_report(report)
    result = verify(found, report, [Source(*read_bytes(path)) for path in profiles], rules)
    if face == "json":
        import json

        data = {
            "gapcheck": "1",
            "report": result.source,
            "format": result.face,
            "identical": result.identical,
            "differences": [{"kind": item.kind, "says": item.says} for item in result.differences],
            "notes": list(result.notes),
        }
        text = json.dumps(data, ensure_ascii=False, indent=2)
    else:
        lines = ["identical" if result.identical else "differs"]
        lines += [f"  {item.kind}: {item.says}" for item in result.differences]
        lines += [f"  note: {note}" for note in result.notes]
        text = "\n".join(lines)
    write(text, output)
    sys.exit(0 if result.identical else 1)
