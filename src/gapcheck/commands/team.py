"""gapcheck team: who covers what in a team, what hangs on one post, and what would help."""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import InputError, Problem, nearest, problem

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.team.cover import TeamCover
    from gapcheck.team.model import Team

NOTES = 12  # on how a table was read, that are told beside the answer
LEVELS = ("single-point", "uncovered")  # from mild to worst


@click.command("team")
@click.argument("teams", nargs=-1, required=True, metavar="TEAM...", shell_complete=completes("file", "dir"))
@click.option("--team", "name", metavar="NAME", help="Only this one of several teams.")
@click.option("--without", multiple=True, metavar="POST", help="A post that is away. Repeatable: all of them together.")
@click.option(
    "--day", "days", multiple=True, metavar="DAY", help="A day of the week: who is there, and what stops. Repeatable."
)
@click.option("--since", metavar="FILE", help="Say what changed against an earlier team file, and why.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Exit with 1 when a task hangs on one post (or worse), or when nobody may do one.",
)
@functools.partial(common)
def command(  # noqa: PLR0917
    options: Common,
    teams: tuple[str, ...],
    name: str | None,
    without: tuple[str, ...],
    days: tuple[str, ...],
    since: str | None,
    fail_on: str | None,
) -> None:
    """Show who in a team may do what, what hangs on one post or one paper, what stops when somebody is away, and what would help
    most.

    TEAM is a team file (YAML or JSON; - reads standard input), a table with a row a post (CSV, Excel or Parquet), or a folder of profiles.
    Several teams, by several files, by a folder of team files or by the column team of a table, are answered together.

    \b
      gapcheck team examples/teams/nuclear-medicine.yaml
      gapcheck team team.yaml --without radiographer --without scientist
      gapcheck team team.yaml --reform register-clinical-technologists -o team.xlsx
      gapcheck team posts.xlsx -o teams.xlsx
    """
    from gapcheck.profile.resolve import plain_id
    from gapcheck.team.many import Teams, TeamsAnswer
    from gapcheck.team.sources import read_teams

    book = options.lawbook()
    nation = plain_id(options.nation) if options.nation else None
    read = read_teams(teams, book, nation)
    read = [team_named(read, name)] if name is not None else read
    notes = list(dict.fromkeys(note for team in read for note in team.notes))
    for note in notes[:NOTES]:
        click.echo(note, err=True)
    if len(notes) > NOTES:
        click.echo(f"And {len(notes) - NOTES} more: --full, with one team, lists them.", err=True)
    pairs = [(team, options.law(book, team.nation)) for team in read]
    if len(pairs) > 1:
        if without or days or since:
            raise problem("gapcheck team", "--without, --day and --since ask about one team", None, "name one team")
        several = Teams(pairs)
        options.give(TeamsAnswer(several))
        covers = several.covers
    else:
        ((team, law),) = pairs
        covers = [_one(options, team, law, (without, days, since))]
    if fail_on and any(cover.uncovered or (fail_on == LEVELS[0] and cover.single) for cover in covers):
        sys.exit(1)


def team_named(teams: Sequence[Team], name: str) -> Team:
    """The one of several teams that has a name. Raises InputError where none has it, or several have."""
    from gapcheck.profile.resolve import plain_id

    found = [team for team in teams if plain_id(team.name) == plain_id(name)]
    if len(found) != 1:
        said = f"there are {len(found)} teams named `{name}`" if found else f"there is no team `{name}`"
        raise problem("--team", said, None, nearest(name, [team.name for team in teams]))
    return found[0]


def _one(
    options: Common, team: Team, law: Law, asked: tuple[tuple[str, ...], tuple[str, ...], str | None]
) -> TeamCover:
    """Answer about one team."""
    from gapcheck.team.answer import TeamAnswer
    from gapcheck.team.since import since
    from gapcheck.team.sources import read_teams
    from gapcheck.team.study import Study

    without, days, last = asked
    away, week = _asked(team, without, days)
    then = None
    if last:
        found = read_teams([last], options.lawbook(), law.nation)
        same = [item for item in found if item.name == team.name] or found
        if len(same) > 1:
            raise problem(last, f"there are {len(same)} teams in it, and none is named as this one")
        then = since(same[0], team, law)
    study = Study(team, law, away, week, then)
    options.give(TeamAnswer(study))
    return study.cover


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
