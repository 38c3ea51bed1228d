"""gapcheck jd: what job descriptions and adverts ask for, and what the law says of it."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from gapcheck.commands.options import WITH_PLACES, Common, common, completes, second_opinion
from gapcheck.engine.tasks import LEVELS
from gapcheck.errors import problem
from gapcheck.law.day import day

REVIEWED = ".reviewed.docx"  # the name of an output that is the document itself, with tracked changes
PAGES = 20  # documents named one by one that get a page each; more of them get a summary


@click.command("jd")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...", shell_complete=completes("file"))
@functools.partial(common, formats=WITH_PLACES)
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 when a finding is this bad or worse.")
@click.option("--statistics", is_flag=True, help="Only the statistics over all documents.")
@click.option(
    "--compare", is_flag=True, help="Two versions of a job description, the older first: what changes for whom."
)
@click.option(
    "--write-profiles",
    "profiles",
    metavar="DIR",
    shell_complete=completes("dir"),
    help="Save the proposed profiles for a person to correct.",
)
@click.option(
    "--waivers",
    metavar="FILE",
    shell_complete=completes("file"),
    help="Waivers: wording and policy findings that are accepted for a time.",
)
@click.option("--ocr", is_flag=True, help="Recognise the text of scanned PDFs with tesseract, where it is installed.")
@click.option(
    "--processes", type=click.IntRange(0, 64), default=0, help="Processes for many documents (0: one a processor)."
)
@second_opinion
def command(
    options: Common,
    documents: tuple[str, ...],
    *,
    fail_on: str | None,
    waivers: str | None,
    cross_check: bool | None,
    compare: bool,
    ocr: bool,
    **given: Any,
) -> None:
    """Check job descriptions and adverts: tasks, registration, groups side by side, and what to reword.

    DOCUMENT is a .docx, .doc, .pdf, .html, .txt, .md, .odt, .rtf or .xlsx file, a schema.org JobPosting (.json, .jsonld, .jsonl) or a page
    that carries one, or a folder of them; - reads standard input. A folder, or a file of many postings, gets a summary and
    statistics, and as a workbook or Word document what to do, the worst first; --format json gives every document in full, and
    csv one line each. Where a document could not be read, the
    rest goes on, and the exit code is 2.

    \b
      gapcheck jd job-description.docx
      gapcheck jd advert.html --format json
      gapcheck jd adverts/ --format csv -o adverts.csv
      gapcheck jd adverts/ -o actions.xlsx
      gapcheck jd adverts/ --statistics --format json
      gapcheck jd job-description.docx -o job-description.reviewed.docx
      gapcheck jd old.docx new.docx --compare
      gapcheck jd job-description.docx --write-profiles profiles/
    """
    needs_libraries()
    from gapcheck.commands.jd_answer import JdWish, comparison, pages, reviewed, summary
    from gapcheck.jobdesc.many import Job
    from gapcheck.jobdesc.sources import is_collection

    wish = JdWish(options, **given)
    book = options.lawbook()
    law = options.law(book)  # so that a nation, reading or reform that is not known is said at once
    entries: tuple[Any, ...] = ()
    waived = None
    if waivers:
        from gapcheck.document.receipt import Source
        from gapcheck.findings.waivers import read_waivers

        read, raw = read_waivers(waivers, book)
        entries, waived = tuple(read), Source(waivers, raw)
    nation = law.nation if options.nation else ""
    job = Job(options.rules, day(options.as_at), nation, tuple(options.chosen().items()), options.reforms, entries)
    job = job._replace(ocr=_tesseract() if ocr else "")
    paths, folders, closed = _paths(documents)
    options.keep(paths)
    for where, why in closed:
        click.echo(f"skipped: {where}: {why}", err=True)
    if compare:
        if folders or len(documents) != 2 or closed:
            raise problem(
                "--compare", "takes two documents, the older first", None, "gapcheck jd old.docx new.docx --compare"
            )
        result = comparison(documents, job._replace(cross_check=cross_check), wish, book)
    elif (options.output or "").lower().endswith(REVIEWED):
        if folders or len(paths) != 1 or closed:
            raise problem(
                str(options.output),
                "one Word document is reviewed at a time",
                None,
                "gapcheck jd post.docx -o post.reviewed.docx",
            )
        result = reviewed(paths[0], job._replace(cross_check=cross_check), str(options.output), book)
    elif folders or len(paths) > PAGES or wish.short or any(is_collection(path) for path in paths):
        result = summary(paths, job._replace(cross_check=cross_check or False), wish, book)
    else:
        result = pages(paths, job._replace(cross_check=cross_check), wish, book, waived)
    if result.skipped or closed:
        sys.exit(2)
    if fail_on and result.worst in LEVELS and LEVELS.index(result.worst) >= LEVELS.index(fail_on):
        sys.exit(1)


def needs_libraries(command: str = "gapcheck jd") -> None:
    """Raises InputError where a library that reads documents is not installed."""
    missing = [name for name in ("lxml", "pdfplumber") if find_spec(name) is None]
    try:
        import_module("gapcheck.jobdesc.understanding.description")
    except ModuleNotFoundError as error:
        missing.append(str(error.name))
    if missing:
        raise problem(command, f"needs the library `{missing[0]}`", None, "pip install 'gapcheck[jd]'")


def _tesseract() -> str:
    """Where tesseract is. Raises InputError where it is not installed."""
    found = shutil.which("tesseract")
    if found is None:
        raise problem(
            "--ocr", "needs tesseract, which is not installed", None, "install tesseract-ocr, or leave --ocr out"
        )
    return found


def _paths(documents: tuple[str, ...]) -> tuple[list[str], bool, list[tuple[str, str]]]:
    """The files to read, whether a folder was named, and the folders that cannot be read, with the reason."""
    from gapcheck.jobdesc.sources import documents_of

    found: list[str] = []
    closed: list[tuple[str, str]] = []
    for name in documents:
        if os.path.isdir(name):
            inside, shut = documents_of(name)
            found += inside
            closed += shut
        else:
            found.append(name)
    return list(dict.fromkeys(found)), any(map(os.path.isdir, documents)), closed
