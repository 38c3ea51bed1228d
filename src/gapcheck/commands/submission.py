"""gapcheck submission: the annex for a professional body."""

from __future__ import annotations

import functools
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import InputError, problem

if TYPE_CHECKING:
    from gapcheck.document.answer import Answer
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.profile.resolve import Resolver
    from gapcheck.submission.author import OwnDraft
    from gapcheck.submission.model import Submission


@click.command("submission")
@click.argument("folders", nargs=-1, metavar="[FOLDER...]", shell_complete=completes("dir"))
@click.option(
    "--profession",
    "professions",
    multiple=True,
    required=True,
    help="A profession that the annex is about. Repeatable.",
    shell_complete=completes("professions"),
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=("all",),
    help="A scope of practice. Repeatable; all those of the professions if not given.",
    shell_complete=completes("scopes"),
)
@click.option(
    "--figures",
    metavar="FILE",
    help="What only the body that asks can tell: numbers, likelihood, controls, cost, each with source and date.",
    shell_complete=completes("file"),
)
@click.option(
    "--teams",
    multiple=True,
    metavar="FOLDER|TABLE",
    help="Teams: a folder of team files, a table of posts with a column team, or a team file. Repeatable.",
    shell_complete=completes("file", "dir"),
)
@click.option(
    "--order",
    type=click.Choice(("assessment", "register")),
    default="assessment",
    help="In the order of the assessment of an occupation, or of the test of an accredited register.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(("public", "author")),
    default="public",
    help="The annex for the public, or the private memo to its author.",
)
@click.option(
    "--draft",
    metavar="FILE",
    shell_complete=completes("file"),
    help="With --for author: your own draft, whose sentences are checked against the law.",
)
@functools.partial(common, default="markdown", several_nations=True)
def command(  # noqa: PLR0917
    options: Common,
    folders: tuple[str, ...],
    professions: tuple[str, ...],
    scopes: tuple[str, ...],
    figures: str | None,
    teams: tuple[str, ...],
    order: str,
    reader: str,
    draft: str | None,
) -> None:
    """Make the annex for a professional body: what the law lets one or more professions do, and what each --reform would open.

    Two pages of argument come first; then the hazards and the means of assurance in the order in which an occupation is
    assessed, the scopes of practice, the nations side by side, and the appendices. What only the body can tell comes from
    --figures and is otherwise printed as not known. --teams adds what hangs on one person in teams, today and with the reforms. Folders of role profiles and job descriptions add the posts and what
    employers ask for. --nation names the nations to compare (all of them if not given); the first is the one that the findings are
    about. With --for author: where the draft differs from the law, and what a critic will attack; --draft reads the draft itself.

    \b
      gapcheck submission examples/ --profession clinical-technologist --reform register-clinical-technologists \\
          --reform pgd-for-clinical-technologists --figures examples/figures.yaml -o annex.docx
    """
    options.keep(str(path) for folder in folders for path in sorted(Path(folder).rglob("*")))
    options.keep(str(path) for place in teams for path in sorted([Path(place), *Path(place).rglob("*")]))
    options.give(
        _annex(options, AnnexWish(folders, professions, scopes, figures, order, reader, teams=teams, draft=draft))
    )


class AnnexWish(NamedTuple):
    """What is wanted: the options of this command alone. `made`: the day of the annex (today); `line`: the command that it says
    makes it (this one)."""

    folders: tuple[str, ...]
    professions: tuple[str, ...]
    scopes: tuple[str, ...] = ("all",)
    figures: str | None = None
    order: str = "assessment"
    reader: str = "public"
    made: str = ""
    line: str = ""
    teams: tuple[str, ...] = ()
    draft: str | None = None


def _annex(options: Common, wish: AnnexWish) -> Answer:
    """The annex, or the memo to its author."""
    from gapcheck.profile.resolve import Resolver
    from gapcheck.submission.answer import Annex, Memo
    from gapcheck.submission.build import Asked, submission
    from gapcheck.submission.supplied import NOTHING, read_figures

    folders, professions, scopes, figures, order, reader, made, line, teams, draft = wish
    if draft and reader == "public":
        raise problem("--draft", "what is said of a draft is for its author alone", None, "add --for author")
    book = options.lawbook()
    named = tuple(dict.fromkeys(_ids(Resolver(book, "--profession", lenient=True), "professions", professions)))
    chosen = () if "all" in scopes else _ids(Resolver(book, "--scope", lenient=True), "scopes", scopes)
    nations = _nations(options, book)
    law = options._replace(nation=nations[0], reforms=()).law(book)
    options._replace(nation=nations[0]).law(book)  # every reform is known
    for nation in nations[1:]:
        options._replace(nation=nation, reforms=()).law(book)
    reforms = tuple(dict.fromkeys(options.reforms))
    told = read_figures(figures, book) if figures else NOTHING
    words = [("--profession", named), ("--scope", chosen), ("--order", [order] if order != "assessment" else [])]
    words += [("--teams", [Path(item).resolve().name for item in teams])]
    words += [("--figures", [Path(figures).name] if figures else []), ("--for", [reader] if reader != "public" else [])]
    words += [("--draft", [Path(draft).name] if draft else [])]
    line = line or _line(options, folders, words, law.date, nations)
    asked = Asked(folders, named, law, nations, reforms, line, chosen, order, told, teams)
    found = submission(asked, lambda name: click.echo(f"reading {name}", err=True) if sys.stderr.isatty() else None)
    return Annex(found, made) if reader == "public" else Memo(found, made, _draft(draft, found) if draft else None)


def _draft(path: str, annex: Submission) -> OwnDraft:
    """The author's own draft, read and checked. Raises InputError where it cannot be read."""
    from gapcheck.claims.run import check_claims
    from gapcheck.commands.claims import read
    from gapcheck.jobdesc.reading.read import file_bytes
    from gapcheck.submission.author import OwnDraft
    from gapcheck.submission.numbers import law_of_annex

    statements = read(path, annex.law.book).statements
    checked = check_claims(statements, lambda nation: law_of_annex(annex, nation), annex.nations)
    return OwnDraft(Path(path).name, file_bytes(path), checked)


def again(line: str, folders: tuple[str, ...], rules: tuple[str, ...], made: str) -> Answer | None:
    """The annex that a command line made, out of the folders that it names; None where they are not given.

    Raises InputError for a line that makes no annex, and for figures that are not found in or beside a folder or here.
    """
    words = shlex.split(line)
    if words[:2] != ["gapcheck", "submission"]:
        raise problem("the receipt", f"`{line[:80]}` makes no annex")
    try:
        given = command.make_context("submission", words[2:]).params
    except click.ClickException as error:
        raise problem("the receipt", f"its command makes no annex: {error.format_message()}") from None
    if given["folders"] and not folders:
        return None
    common = Common(
        given["as_at"], None, given["reforms"], given["readings"], rules, "markdown", None, places=given["places"]
    )
    figures = _beside(given["figures"], folders) if given["figures"] else None
    teams = tuple(_beside(name, folders) for name in given["teams"])
    draft = _beside(given["draft"], folders) if given["draft"] else None
    read = folders if given["folders"] else ()
    wish = AnnexWish(
        read, given["professions"], given["scopes"], figures, given["order"], given["reader"], made, line, teams, draft
    )
    return _annex(common, wish)


def _beside(name: str, folders: Iterable[str]) -> str:
    """Where a file or folder that a line names by its own name is: in or beside a folder, or here."""
    places = [Path(folder) / name for folder in folders] + [Path(folder).parent / name for folder in folders]
    found = next((str(path) for path in (*places, Path(name)) if path.exists()), "")
    if not found:
        raise problem(name, "what the annex was made of is not here", None, "put it beside the folder, or here")
    return found


def _ids(resolver: Resolver, kind: str, given: Iterable[str]) -> tuple[str, ...]:
    """The ids meant, by their names. Raises InputError for those that are not known."""
    found = tuple(resolver.id(kind, item, ()) for item in given)
    if resolver.problems:
        raise InputError(resolver.problems)
    return found


def _nations(options: Common, book: Lawbook) -> tuple[str, ...]:
    """The nations named, or else all of them, the one that answers assume first."""
    from gapcheck.profile.resolve import plain_id

    first = str(book.data["assumes"]["nation"])
    return tuple(dict.fromkeys(map(plain_id, options.places))) or tuple(dict.fromkeys((first, *book.data["nations"])))


def _line(
    options: Common,
    folders: tuple[str, ...],
    own: Iterable[tuple[str, Iterable[str]]],
    date: str,
    nations: tuple[str, ...],
) -> str:
    """The command that makes the annex again: the options in full, files by their own names."""
    words = ["gapcheck", "submission", *(Path(item).resolve().name for item in folders)]
    for option, values in (
        *own,
        ("--reform", dict.fromkeys(options.reforms)),
        ("--as-at", [date]),
        ("--nation", nations),
        ("--interpretation", options.readings),
        ("--rules", [Path(item).resolve().name for item in options.rules]),
    ):
        words += [part for value in values for part in (option, value)]
    return shlex.join([*words, "-o", Path(options.output).name if options.output not in (None, "-") else "annex.docx"])
