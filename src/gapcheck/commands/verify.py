"""gapcheck verify: run a report again, and say whether anything differs."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes

if TYPE_CHECKING:
    from gapcheck.document.answer import Answer
    from gapcheck.document.receipt import Source
    from gapcheck.findings.receipts import ReadReport


@click.command("verify")
@click.argument("report", metavar="REPORT", shell_complete=completes("file"))
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="FILE",
    shell_complete=completes("file"),
    help="Check against this profile, or the job description or draft that was read. Repeatable.",
)
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    shell_complete=completes("dir"),
    help="Another lawbook, or a folder laid over the packaged one.",
)
@click.option(
    "--folder",
    "folders",
    multiple=True,
    metavar="DIR",
    shell_complete=completes("dir"),
    help="A folder that an annex was made from. Repeatable, in the order of the annex.",
)
@click.option(
    "--signers",
    metavar="FILE",
    shell_complete=completes("file"),
    help="Whose signatures count: an allowed signers file, as ssh-keygen reads it.",
)
@click.option("--signature", metavar="FILE", shell_complete=completes("file"), help="The signature (REPORT.sig).")
@functools.partial(common, law=False)
def command(  # noqa: PLR0917
    options: Common,
    report: str,
    profiles: tuple[str, ...],
    folders: tuple[str, ...],
    signers: str | None,
    signature: str | None,
) -> None:
    """Run a report again from its receipt: is it identical, or what differs and why?

    REPORT is what gapcheck check wrote as JSON, Markdown, HTML, Word, PDF, Excel, CSV or SARIF; an annex, a page on job
    descriptions or checked statements as a document or workbook; or a pack that nobody has filled in yet. The report embeds
    its profile (CSV does not: give it with --profile); with --profile it is held against a profile of yours. It is made again
    and compared with the file part by part; whatever else stands in it is named.

    A receipt shows that a report agrees with itself and with the law, not who made it: anybody can make one. A signature shows
    that: --sign KEY when it is made, --signers FILE here.

    Exit code 0: identical, 1: it differs, 2: it cannot be read.
    """
    from gapcheck.document.receipt import Source
    from gapcheck.document.signature import ENDING
    from gapcheck.findings.receipts import read_report
    from gapcheck.findings.verify import Verdict, signed, verify

    found = read_report(report)
    given = [Source(*_given(path, bool(found.asked))) for path in profiles]
    afresh = functools.partial(_afresh, found, folders, options.rules, given)
    result = verify(found, report, given, options.rules, afresh)
    if signers or signature:
        result = signed(result, found.raw, signature or f"{report}{ENDING}", signers)
    options.give(Verdict(result))
    sys.exit(0 if result.identical else 1)


def _given(path: str, document: bool) -> tuple[str, bytes]:
    """The name and the bytes of a profile; `document`: of a job description or draft, which may be larger."""
    from gapcheck.profile.read import read_bytes

    if not document:
        return read_bytes(path)
    from gapcheck.jobdesc.reading.read import file_bytes

    return path, file_bytes(path)


def _afresh(
    found: ReadReport, folders: tuple[str, ...], rules: tuple[str, ...], given: list[Source], *made: str
) -> str | bytes | None:
    """An annex, a pack, or a page on job descriptions or statements made again. `made`: the command, the day and the format."""
    from gapcheck.commands import claims, jd_answer, pack, submission
    from gapcheck.document.render import rendered
    from gapcheck.pack.answer import PACK

    line, day, format = made
    receipt = found.receipts[0]
    again: Answer | None
    if line in (jd_answer.JD, claims.CLAIMS) and found.asked:
        make = jd_answer.again if line == jd_answer.JD else claims.again
        again = make(receipt, found.documents(given), rules)
    else:
        again = pack.again(receipt, rules) if line == PACK else submission.again(line, folders, rules, day)
    return rendered(again, format) if again else None
