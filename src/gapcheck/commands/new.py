"""gapcheck new: asks the questions and writes a profile."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import completes
from gapcheck.errors import InputError, problem
from gapcheck.law.day import day

if TYPE_CHECKING:
    from gapcheck.interview.ask import Asker

DEFAULT = "profile.yaml"


@click.command("new")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=DEFAULT,
    show_default=True,
    help="The file to write; - for standard output.",
    shell_complete=completes("file"),
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.option("--as-at", metavar="YYYY-MM-DD", help="The law on this date (today).")
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    help="Another lawbook, or a folder laid over the packaged one. Repeatable: each lies over those before.",
    shell_complete=completes("dir"),
)
def command(output: str, force: bool, as_at: str | None, rules: tuple[str, ...]) -> None:
    """Ask the questions, one at a time, and write a profile with comments that gapcheck check reads.

    In a terminal, words complete as you type: tasks are found by what people call them, ? shows a list, and an empty line
    leaves a question out. Otherwise the answers are read from standard input, a line each. Ctrl-C leaves nothing behind.

    Exit code 0: written, 2: bad input, 130: stopped by Ctrl-C.
    """
    try:
        _new(output, force, day(as_at), rules)
    except KeyboardInterrupt:
        click.echo("\nstopped: nothing was written", err=True)
        sys.exit(130)


def _new(output: str, force: bool, date: str, rules: tuple[str, ...]) -> None:
    from gapcheck.document.output import write
    from gapcheck.engine.findings import check
    from gapcheck.findings import words as say
    from gapcheck.interview.ask import from_pipe, in_terminal
    from gapcheck.interview.interview import interview
    from gapcheck.interview.settle import settle
    from gapcheck.interview.text import profile_text
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.profile.read import profile_of
    from gapcheck.reading import read_document

    book = Lawbook.load(*rules)
    asker = in_terminal() if sys.stdin.isatty() and sys.stderr.isatty() else from_pipe()
    output = _target(asker, output, force)
    profile = interview(asker, book, date)
    law = book.at(date, profile.nation)
    profile = settle(asker, profile, law)
    text = profile_text(check(profile, law), "FILE" if output == "-" else output)
    report = check(profile_of(read_document(text.encode(), output), book), law)  # what was written, read again
    output = _target(asker, output, force)  # somebody else may have been quicker
    asker.say()
    write(text.rstrip("\n"), output, "yaml")
    for line in (say.heading(report), *say.headline(report)):
        asker.say(line)
    if output != "-":
        click.echo(
            f"The whole report:\n  gapcheck check {shlex.quote(output)}", err=True
        )  # never wrapped: it is copied


def _target(asker: Asker, output: str, force: bool) -> str:
    """The file to write to: another one where that is there and a person does not want it written over. Raises InputError
    where it cannot be written."""
    while output != "-":
        try:
            _writable(output, force)
            break
        except InputError as error:
            if not asker.patient:
                raise
            asker.say(str(error))
            output = asker.text("Which file shall be written instead?", needed=True)
    return output


def _writable(output: str, force: bool) -> None:
    parent = os.path.dirname(output) or "."
    if os.path.isdir(output):
        raise problem(output, "this is a folder", None, "name a file in it")
    if os.path.lexists(output) and not force:
        raise problem(
            output, "there is such a file already", None, "name another with -o, or write over it with --force"
        )
    if not os.path.isdir(parent):
        raise problem(output, f"there is no folder `{parent}`")
    if not os.access(parent, os.W_OK):
        raise problem(output, "the folder cannot be written to")
