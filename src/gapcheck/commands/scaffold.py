"""gapcheck scaffold: the files of a new rule, task, instrument, wording or reform."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import completes
from gapcheck.errors import problem
from gapcheck.law.day import day

if TYPE_CHECKING:
    from gapcheck.interview.ask import Asker

KINDS = ("rule", "task", "instrument", "wording", "reform")


@click.command("scaffold")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name")
@click.option(
    "-o", "--output", metavar="FOLDER", required=True, shell_complete=completes("dir"),
    help="A lawbook, or a folder of local rules laid over the packaged one; made where it is not there.",
)  # fmt: skip
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="An answer, so that it is not asked. Repeatable."
)
@click.option("--usual", is_flag=True, help="Ask nothing: take the usual answer to whatever is not set.")
@click.option("--as-at", metavar="YYYY-MM-DD", help="The day from which it holds and on which it was read (today).")
def command(kind: str, name: str, output: str, *, given: tuple[str, ...], usual: bool, as_at: str | None) -> None:
    """Write the files of a new rule, task, instrument, wording or reform, that lint accepts at once, and say what to fill in.

    NAME is its id, in small letters with hyphens. What the files need is asked, unless --set gives it or --usual takes what is
    usual; an empty answer takes it too. An instrument comes with a first act and rule, a rule with its examples, a reform with
    examples and what they come to.

    \b
      gapcheck scaffold instrument contrast-policy -o our-rules
      gapcheck scaffold task hot-lab-elution -o our-rules --set scope=nuclear-medicine --set severity=moderate
      gapcheck scaffold reform pgd-for-odps -o our-rules --usual

    Exit code 0: written, and lint finds no error in it, 1: lint does, 2: bad input, nothing written.
    """
    from gapcheck.law import store
    from gapcheck.law.build import law_files
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.scaffold import files as made
    from gapcheck.scaffold.answers import Answers

    if not re.fullmatch(made.ID, name):
        raise problem("NAME", f"`{name}` is no id", None, made.ID_HELP)
    there = os.path.isdir(output) and any(file.endswith(".yaml") for _, _, found in os.walk(output) for file in found)
    own = os.path.isfile(os.path.join(output, "lawbook.yaml"))
    rules = (output,) if there else ()
    book = Lawbook.load(*rules)
    taken = [key for key in ("rules", "tasks", "instruments", "reforms", "acts") if name in book.data[key]]
    if taken:
        raise problem("NAME", f"`{name}` is taken by something among the {taken[0]}", None, "give it another id")
    answers = Answers(_pairs(given), None if usual else _asker())
    files = made.KINDS[kind](made.ScaffoldPlace(book, name, not own, day(as_at)), answers)
    answers.done()
    known = law_files(store.folders(rules))
    for file in files:
        if file in known:
            raise problem(file, "there is such a file in the lawbook already", None, "give it another id")
    if not own and not os.path.isfile(os.path.join(output, "overlay.yaml")):
        files = {"overlay.yaml": made.overlay(os.path.basename(os.path.abspath(output))), **files}
    _write(output, files)
    sys.exit(_linted(output, set(files), day(as_at)))


def _asker() -> Asker:
    from gapcheck.interview.ask import from_pipe, in_terminal

    return in_terminal() if sys.stdin.isatty() and sys.stderr.isatty() else from_pipe()


def _write(output: str, files: dict[str, str]) -> None:
    """Write files into a folder. Raises InputError where that cannot be done."""
    from gapcheck.document.output import write

    for file, text in files.items():
        path = os.path.join(output, *file.split("/"))
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        except OSError as error:
            raise problem(path, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
        write(text.rstrip("\n"), path, "yaml")


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not value.strip():
            raise problem("--set", f"`{item}` is not of the form NAME=VALUE")
        found[name] = value.strip()
    return found


def _linted(output: str, files: set[str], date: str) -> int:
    """Say what lint finds in the new files; 1 where it is an error."""
    from gapcheck.lint import lint
    from gapcheck.lint.codes import ERROR

    paths = {os.path.abspath(os.path.join(output, *file.split("/"))) for file in files}
    found = [item for item in lint(date, output).findings if os.path.abspath(item.file) in paths]
    for item in found:
        click.echo(f"{item.file}:{item.line}: {item.code.id} {item.message}; {item.help}", err=True)
    errors = sum(item.code.severity == ERROR for item in found)
    click.echo(
        "lint finds no error in it; search for `To fill in`" if not errors else f"lint: {errors} to mend", err=True
    )
    return 1 if errors else 0
