"""gapcheck review: who vouches for the lawbook; a reviewer's worksheet, and a filled one read back."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.options import ALL, Common, common, completes
from gapcheck.errors import problem

if TYPE_CHECKING:
    from gapcheck.law.dated import Law


@click.command("review")
@click.argument("folders", nargs=-1, metavar="[RULES]...", shell_complete=completes("dir"))
@click.option(
    "--of", "parts", multiple=True, metavar="WHAT",
    help="A worksheet of this: a kind (rules, severities, ...), a folder or file of the rules, or an id. Repeatable.",
)  # fmt: skip
@click.option(
    "--read", "filled", metavar="SHEET", help="Read a filled worksheet (.docx or .xlsx) back; writes YAML.",
    shell_complete=completes("file"),
)  # fmt: skip
@click.option("--role", help="With --read: in which role it was looked at.")
@click.option("--by", help="With --read: the body, or the person if they wish to be named.")
@click.option("--on", metavar="YYYY-MM-DD", help="With --read: when it was looked at (today).")
@click.option("--until", metavar="YYYY-MM-DD", help="With --read: the last day on which the sign-off holds.")
@click.option(
    "--record", is_flag=True, help="Record the words as they are now, once somebody has looked at what changed."
)
@click.option("--as-at", metavar="YYYY-MM-DD", help="The day on which the sign-offs are looked at (today).")
@functools.partial(common, law=False, named=False)
def command(options: Common, *, folders: tuple[str, ...], filled: str | None, record: bool, **given: Any) -> None:
    """Show how much of the lawbook somebody vouches for, print a reviewer's worksheet, or read a filled one back.

    RULES is a lawbook, or folders laid over the packaged one. A sign-off stands in a file under reviews/ of such a folder, says
    who looked, in which role and until when it holds, and counts for the words that were looked at: where they change, lint says
    so.

    \b
      gapcheck review
      gapcheck review --of hmr-2012 -o worksheet.docx
      gapcheck review --read worksheet.docx --role "medicines safety officer" --until 2027-11-30 -o our-rules/reviews/hmr.yaml
      gapcheck review rules --record

    Exit code 0: done, 1: with --read, something could not be read back, 2: bad input.
    """
    from gapcheck.document.render import format_of
    from gapcheck.law.lawbook import Lawbook

    if record:
        _record(folders)
        return
    options = options._replace(rules=folders)
    law = options.law(Lawbook.load(*folders))
    if filled:
        _read_back(options, law, filled, given)
        return
    from gapcheck.review.report import Coverage
    from gapcheck.review.sheet import Worksheet
    from gapcheck.review.things import chosen

    format = format_of(None if options.format == "table" else options.format, options.output, ALL)
    answer = Worksheet(law, chosen(law, given["parts"])) if given["parts"] else Coverage(law, _unrecorded(law, folders))
    options._replace(format=format).give(answer)


def _unrecorded(law: Law, folders: tuple[str, ...]) -> int:
    from gapcheck.law import recorded, store

    kept = {name for folder in store.folders(folders) for name in recorded.read(folder) or {}}
    return len(law.book.data["words"].keys() - kept)


def _record(folders: tuple[str, ...]) -> None:
    """Keep the marks of what stands in the last folder, and say what of it is new, changed and gone."""
    from gapcheck.document.output import write
    from gapcheck.law import recorded, store
    from gapcheck.law.build import Builder, law_files

    every = store.folders(folders)
    root = os.path.abspath(every[-1]) + os.sep
    builder = Builder()
    builder.build(every)
    files = law_files(every)
    own = {
        name: mark
        for name, mark in builder.book["words"].items()
        if os.path.abspath(files[builder.recorded[name][0].source]).startswith(root)
    }
    before = recorded.read(every[-1]) or {}
    for says, names in (
        ("new", own.keys() - before.keys()),
        ("gone", before.keys() - own.keys()),
        ("changed", {name for name in own.keys() & before.keys() if own[name] != before[name]}),
    ):
        shown = sorted(names)[:20]
        for name in shown:
            click.echo(f"{says}: {name}", err=True)
        if len(names) > len(shown):
            click.echo(f"{says}: {len(names) - len(shown)} more", err=True)
    write(recorded.text_of(own), os.path.join(every[-1], recorded.RECORDED))


def _read_back(options: Common, law: Law, filled: str, given: dict[str, Any]) -> None:
    """Write the sign-offs of a filled worksheet, and say what they come to."""
    from gapcheck.document.output import write
    from gapcheck.law.day import day
    from gapcheck.review.sheet import read_back, told, written
    from gapcheck.review.things import chosen

    options.keep([filled])
    if not given["role"]:
        help = "a role such as --role 'medicines safety officer'; a name only if they wish"
        raise problem("--role", "say in which role it was looked at", None, help)
    who = {"role": given["role"], "by": given["by"], "on": day(given["on"])}
    if given["until"]:
        who["until"] = day(given["until"])
        if who["until"] < who["on"]:
            raise problem("--until", "this day is before the one on which it was looked at")
    found = read_back(filled, law.book.data["words"], {key: str(value) for key, value in who.items() if value})
    names = [item["of"] for item in found.reviews]
    titles = {one.name: one.title for one in chosen(law, names)} if names else {}
    for line in told(found, law, titles):
        click.echo(line, err=True)
    if found.reviews:
        write(written(found, os.path.basename(filled)).rstrip("\n"), options.output)
    if found.lost:
        sys.exit(1)
