"""gapcheck submission: the annex for a professional body."""

from __future__ import annotations

import functools
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import InputError

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook


@click.command("submission")
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...", shell_complete=completes("dir"))
@click.option(
    "--profession",
    required=True,
    help="The profession that the annex is about.",
    shell_complete=completes("professions"),
)
@functools.partial(common, default="markdown", several_nations=True)
def command(options: Common, folders: tuple[str, ...], profession: str) -> None:
    """Make the annex for a professional body out of folders of role profiles and job descriptions.

    It shows what members of the profession may do today, what each --reform and each combination of them would open, what an
    employer can arrange tomorrow, and what is not about registration at all; scope by scope and nation by nation, with the
    evidence, the method and the command that reproduces it. --nation names the nations to compare (all of them if not given);
    the first is the one that the findings are about.

    \b
      gapcheck submission examples/ --profession clinical-technologist --reform register-clinical-technologists \\
          --reform pgd-for-clinical-technologists -o annex.docx
    """
    from gapcheck.profile.resolve import Resolver
    from gapcheck.submission.answer import Annex
    from gapcheck.submission.build import Asked, submission

    book = options.lawbook()
    resolver = Resolver(book, "--profession", lenient=True)
    profession = resolver.id("professions", profession, ())
    if resolver.problems:
        raise InputError(resolver.problems)
    nations = _nations(options, book)
    law = options._replace(nation=nations[0], reforms=()).law(book)
    options._replace(nation=nations[0]).law(book)  # every reform is known
    for nation in nations[1:]:
        options._replace(nation=nation, reforms=()).law(book)
    options.keep(str(path) for folder in folders for path in sorted(Path(folder).rglob("*")))
    reforms = tuple(dict.fromkeys(options.reforms))
    asked = Asked(folders, profession, law, nations, reforms, _line(options, folders, profession, law.date, nations))
    annex = submission(asked, lambda name: click.echo(f"reading {name}", err=True) if sys.stderr.isatty() else None)
    options.give(Annex(annex))


def _nations(options: Common, book: Lawbook) -> tuple[str, ...]:
    """The nations named, or else all of them, the one that answers assume first."""
    from gapcheck.profile.resolve import plain_id

    first = str(book.data["assumes"]["nation"])
    return tuple(dict.fromkeys(map(plain_id, options.places))) or tuple(dict.fromkeys((first, *book.data["nations"])))


def _line(options: Common, folders: tuple[str, ...], profession: str, date: str, nations: tuple[str, ...]) -> str:
    """The command that makes the annex again: the options in full, files by their own names."""
    words = ["gapcheck", "submission", *(Path(item).resolve().name for item in folders), "--profession", profession]
    for option, values in (
        ("--reform", dict.fromkeys(options.reforms)),
        ("--as-at", [date]),
        ("--nation", nations),
        ("--interpretation", options.readings),
        ("--rules", [Path(item).resolve().name for item in options.rules]),
    ):
        words += [part for value in values for part in (option, value)]
    return shlex.join([*words, "-o", Path(options.output).name if options.output not in (None, "-") else "annex.docx"])
