"""gapcheck team: who covers what in a team, what hangs on one post, and what would help."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import InputError, Problem, nearest

if TYPE_CHECKING:
    from gapcheck.team.model import Team

LEVELS = ("single-point", "uncovered")  # from mild to worst


@click.command("team")
@click.argument("team", metavar="TEAM", shell_complete=completes("file"))
@click.option("--without", multiple=True, metavar="POST", help="A post that is away. Repeatable: all of them together.")
@click.option(
    "--day", "days", multiple=True, metavar="DAY", help="A day of the week: who is there, and what stops. Repeatable."
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Exit with 1 when a task hangs on one post (or worse), or when nobody may do one.",
)
@functools.partial(common)
def command(options: Common, team: str, without: tuple[str, ...], days: tuple[str, ...], fail_on: str | None) -> None:
    """Show who in a team may do what, what hangs on one post or one paper, what stops when somebody is away, and what would help
    most.

    TEAM is a team file (YAML or JSON); - reads standard input.

    \b
      gapcheck team examples/teams/nuclear-medicine.yaml
      gapcheck team team.yaml --without radiographer --without scientist
      gapcheck team team.yaml --reform register-clinical-technologists -o team.xlsx
    """
    from gapcheck.team.answer import TeamAnswer
    from gapcheck.team.read import read_team
    from gapcheck.team.study import Study

    book = options.lawbook()
    read = read_team(team, book)
    away, asked = _asked(read, without, days)
    study = Study(read, options.law(book, read.nation), away, asked)
    options.give(TeamAnswer(study))
    if fail_on and (study.cover.uncovered or (fail_on == LEVELS[0] and study.cover.single)):
        sys.exit(1)


def _asked(team: Team, without: tuple[str, ...], days: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """The posts and days asked about. Raises InputError for one that the team or the week has not."""
    from gapcheck.profile.resolve import plain_id
    from gapcheck.team.model import DAYS

    ids = [post.id for post in team.posts]
    problems = [
        Problem("--without", None, f"the team has no post `{name}`", nearest(name, ids))
        for name in without
        if plain_id(name) not in ids
    ]
    found = [next((item for item in DAYS if len(day) >= 3 and item.startswith(day.lower())), "") for day in days]
    problems += [
        Problem("--day", None, f"`{day}` is no day of the week", nearest(day, DAYS))
        for day, item in zip(days, found, strict=True)
        if not item
    ]
    if problems:
        raise InputError(problems)
    return [ids.index(plain_id(name)) for name in without], found
