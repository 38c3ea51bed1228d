"""gapcheck pack: the papers of a profile, a team or a job description, to fill in; and a filled pack read back."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import problem

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.pack.answer import PackAnswer
    from gapcheck.pack.model import Member
    from gapcheck.team.model import Team

_DATA = (".yaml", ".yml", ".json")


@click.command("pack")
@click.argument("source", metavar="[FILE]", required=False, shell_complete=completes("file"))
@click.option(
    "--read",
    "filled",
    metavar="PACK",
    help="Read a filled pack (.docx or .xlsx) back; writes YAML.",
    shell_complete=completes("file"),
)
@click.option("--team", "name", metavar="NAME", help="This team, where a table has several.")
@functools.partial(common, named=False)
def command(options: Common, source: str | None, filled: str | None, name: str | None) -> None:
    """Make the entitlement pack of a profile, a team (a team file or a table of posts) or a job description: what is in place,
    schedules of entitlement, the medicines with their mechanism, what each paper has to say and who signs it, and what runs out.

    It is a working paper. Filled in as Word or Excel it is read back with --read, which writes the profile or team with what the
    pack says is in place, and says what could not be read back. FILE with --read: the profile or team to write it into, where
    the pack has lost what it was made of.

    \b
      gapcheck pack examples/profiles/nuclear-medicine-technologist.yaml -o pack.docx
      gapcheck pack examples/teams/nuclear-medicine.yaml -o pack.xlsx
      gapcheck pack --read pack.xlsx -o profile.yaml
    """
    book = options.lawbook()
    if filled:
        _read_back(options, book, filled, source)
        return
    if source is None:
        raise problem(
            "gapcheck pack",
            "say of what to make the pack",
            None,
            "a profile, a team file, a table of posts or a job description",
        )
    from gapcheck.commands.options import ALL
    from gapcheck.document.render import format_of
    from gapcheck.pack.answer import PackAnswer
    from gapcheck.pack.build import pack

    format = format_of(None if options.format == "table" else options.format, options.output, ALL)
    members, origin, title, nation = _made_of(options, book, source, name)
    law = options.law(book, nation)
    options._replace(format=format).give(PackAnswer(pack(title, members, law, origin)))


def _made_of(
    options: Common, book: Lawbook, source: str, name: str | None
) -> tuple[list[Member], dict[str, Any], str, str]:
    """The members of a pack, what it is made of, its name and the nation."""
    from gapcheck.pack.model import Member
    from gapcheck.profile.data import profile_data
    from gapcheck.team.write import origin_of, profiles_of

    profile = _profile(source, book)
    if profile is not None:
        origin = {"kind": "profile", "name": os.path.basename(source), "data": profile_data(profile)}
        return [Member("post", profile)], origin, profile.title, profile.nation
    team = _team(options, book, source, name)
    members = [Member(*pair) for pair in profiles_of(team)]
    return members, origin_of(team, os.path.basename(source)), team.name, team.nation


def _profile(source: str, book: Lawbook) -> Any:
    """The profile in a file; None where the file is something else."""
    from gapcheck.profile.read import profile_of, read_bytes
    from gapcheck.reading import read_document

    if source == "-" or not source.lower().endswith(_DATA):
        return None
    place, raw = read_bytes(source)
    document = read_document(raw, place)
    return profile_of(document, book) if not (isinstance(document.data, dict) and "team" in document.data) else None


def _team(options: Common, book: Lawbook, source: str, name: str | None) -> Team:
    """The team in a file, table or folder, or the groups to which the post of a job description is open."""
    from gapcheck.commands.team import team_named
    from gapcheck.profile.resolve import plain_id
    from gapcheck.team.sources import read_teams
    from gapcheck.team.table import ENDINGS

    nation = plain_id(options.nation) if options.nation else None
    if not (source == "-" or source.lower().endswith((*_DATA, *ENDINGS)) or os.path.isdir(source)):
        return _of_description(options, book, source)
    teams = read_teams([source], book, nation)
    if name is not None:
        return team_named(teams, name)
    if len(teams) > 1:
        known = ", ".join(f"`{team.name}`" for team in teams[:20])
        raise problem(source, f"there are {len(teams)} teams in it", None, f"say which with --team: {known}")
    return teams[0]


def _of_description(options: Common, book: Lawbook, source: str) -> Team:
    """A job description as a team: a post for each group to which it is open."""
    from gapcheck.commands.jd import needs_libraries
    from gapcheck.jobdesc.many import Job, describe_source
    from gapcheck.jobdesc.sources import DocumentSource
    from gapcheck.law.day import day
    from gapcheck.profile.resolve import plain_id
    from gapcheck.team.model import Post, Team, TeamTask

    needs_libraries()
    nation = plain_id(options.nation) if options.nation else ""
    job = Job(options.rules, day(options.as_at), nation, tuple(options.chosen().items()), options.reforms, ())
    found = describe_source(DocumentSource(source, source), job, book)
    profiles = [profile for profile in found[0].profiles if profile.tasks] if len(found) == 1 else []
    if not profiles:
        raise problem(
            source,
            "no group and no task was found in it, or it holds several documents",
            None,
            "gapcheck jd shows what was read",
        )
    posts = []
    for number, profile in enumerate(profiles, 1):
        registers = ", ".join(str(book.data["registers"][item.register]["title"]) for item in profile.registrations)
        held = f", {registers}" if registers else ""
        title = f"{profile.title}: {book.data['professions'][profile.profession]['title'].lower()}{held}"
        posts.append(Post(f"group-{number}", profile._replace(title=title, tasks=())))
    entries = dict.fromkeys(entry.id for profile in profiles for entry in profile.tasks)
    first = {entry.id: entry for profile in reversed(profiles) for entry in profile.tasks}
    tasks = tuple(TeamTask(first[key]) for key in entries)
    return Team(profiles[0].title, profiles[0].nation, tuple(posts), tasks, profiles[0].employer, "", source)


def _read_back(options: Common, book: Lawbook, filled: str, source: str | None) -> None:
    """Write the profile or team with what a filled pack says is in place; say what changed, and what could not be read."""
    from gapcheck.document.output import write
    from gapcheck.pack.back import changed, members_of, read_back, written
    from gapcheck.pack.read import read_pack

    options.keep([filled, *([source] if source else [])])
    pack = read_pack(filled)
    if source:
        _, origin, _, _ = _made_of(options, book, source, None)
    elif pack.origin is None:
        raise problem(
            filled, "the pack no longer says what it was made of", None, "name the profile or team file as well"
        )
    else:
        origin = pack.origin
    before = members_of(book, origin, filled)
    result = read_back(pack, origin, before, options.law(book, before[0].profile.nation))
    after = members_of(book, result.origin, filled)
    law = options.law(book, after[0].profile.nation)
    for line in changed(before, after, law):
        click.echo(line, err=True)
    for line in result.lost:
        click.echo(f"not read back: {line}", err=True)
    write(written(result.origin, os.path.basename(filled)).rstrip("\n"), options.output)
    if result.lost:
        sys.exit(1)


def again(receipt: Mapping[str, Any], rules: Sequence[str]) -> PackAnswer:
    """The pack of a receipt, made anew under the law that it names, as the lawbook has it now.

    Raises InputError where what it was made of cannot be read.
    """
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.pack.answer import PackAnswer
    from gapcheck.pack.back import members_of
    from gapcheck.pack.build import pack

    origin = receipt.get("origin")
    if not receipt["runs"] or not isinstance(origin, dict) or not isinstance(origin.get("data"), dict):
        raise problem("the receipt", "it does not say what the pack was made of")
    book = Lawbook.load(*rules)
    rests = receipt["runs"][0]["lawbook"]
    readings = {key: value for key, value in rests["interpretations"].items() if key in book.data["interpretations"]}
    law = book.at(rests["as_at"], rests["nation"], readings, rests["reforms"])
    members = members_of(book, origin, "the receipt")
    title = origin["data"]["team"]["name"] if origin.get("kind") == "team" else members[0].profile.title
    return PackAnswer(pack(str(title), members, law, origin), receipt["made"])
