"""gapcheck law: is the law still what the lawbook says?"""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.options import WITH_PLACES, Common, common, completes
from gapcheck.errors import problem
from gapcheck.law.day import day

if TYPE_CHECKING:
    from gapcheck.official.clml import Official


@click.command("law")
@click.argument("folder", shell_complete=completes("dir"))
@click.option(
    "--before", metavar="FOLDER", help="Earlier files, to show the words that changed.", shell_complete=completes("dir")
)
@click.option("--record", is_flag=True, help="Keep what the files say now as read. Do so once a person has read it.")
@click.option("--online", is_flag=True, help="First fetch the files into FOLDER from legislation.gov.uk, slowly.")
@click.option("--site", metavar="URL", help="With --online: a mirror of the site.")
@click.option(
    "--pause", type=click.FloatRange(0, 600), default=1.0, show_default=True, help="Seconds between two requests."
)
@click.option("--as-at", metavar="YYYY-MM-DD", help="The day on which the law is looked at (today).")
@click.option(
    "--rules", multiple=True, metavar="DIR", help="Another lawbook, or a folder laid over the packaged one.",
    shell_complete=completes("dir"),
)  # fmt: skip
@functools.partial(common, formats=WITH_PLACES, law=False)
def command(options: Common, folder: str, *, record: bool, online: bool, **given: Any) -> None:
    """Is the law still what the lawbook says? Its provisions are compared with the official text in FOLDER.

    FOLDER holds files of legislation.gov.uk in the Crown's markup: the address of an instrument or provision with /data.xml.
    Told are words that changed since they were recorded, repeals, new versions, changes not yet applied, what begins within a
    year, and checks older than a year; each with the rules and tasks that rest on it. Nothing is fetched without --online.

    \b
      gapcheck law saved/
      gapcheck law new/ --before old/
      gapcheck law saved/ --record
      gapcheck law saved/ --online -o law.sarif

    Exit code 0: nothing moved, 1: something did, or a file could not be read, 2: bad input.
    """
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.official import record as kept

    try:
        from gapcheck.official.report import LawReview
        from gapcheck.official.review import review
    except ModuleNotFoundError as error:
        if error.name != "lxml":
            raise
        raise problem("law", "needs the library `lxml`", None, "pip install 'gapcheck[law]'") from None
    book = Lawbook.load(*options.rules)
    unfetched: list[str] = []
    if online:
        from gapcheck.official.fetch import SITE, fetch

        urls = [str(item["url"]) for item in book.data["provisions"].values()]
        unfetched = fetch(
            urls, folder, lambda text: click.echo(text, err=True), site=given["site"] or SITE, pause=given["pause"]
        )
    place = kept.place(options.rules)
    files, wrong = _files(folder)
    before = _files(given["before"])[0] if given["before"] else []
    found = review(book, files, kept.read(place), day(options.as_at), before=before, wrong=[*unfetched, *wrong])
    if record:
        from gapcheck.document.output import write

        write(kept.text_of({key: dict(item) for key, item in found.record.items()}), place)
    options.give(LawReview(found))
    sys.exit(1 if found.urgent and not record else 0)


def _files(folder: str) -> tuple[list[Official], list[str]]:
    """The files of a folder, and what is wrong with those that cannot be read. Raises InputError where there is none."""
    from gapcheck.official.clml import MOST, read_all

    if not os.path.isdir(folder):
        raise problem(folder, "is not a folder", None, "save the files there, or let --online fetch them")
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            if name.endswith(".xml") and os.path.isfile(path) and os.path.getsize(path) <= MOST:
                with open(path, "rb") as stream:
                    found[path] = stream.read()
    if not found:
        raise problem(
            folder, "there are no files (*.xml) here", None, "save the files there, or let --online fetch them"
        )
    return read_all(found)
