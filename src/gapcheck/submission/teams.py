"""Teams that were given: what hangs on one person in them today, and what each set of reforms would change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from gapcheck.document.answer import Sheet
from gapcheck.document.blocks import Block, Heading, Paragraph, Table, inline
from gapcheck.document.words import listed, number
from gapcheck.law.dated import Law
from gapcheck.submission import wording as text
from gapcheck.submission.model import AnnexCover, Reach
from gapcheck.team.helps import Options, Reformed, reformed
from gapcheck.team.many import Teams
from gapcheck.team.sources import read_teams
from gapcheck.team.standings import REGISTRATION, Standings

_SHOWN = 12  # tasks of the table in the annex; the sheets have all


def cover_of(paths: Sequence[str], law: Law, sets: Sequence[tuple[str, ...]]) -> AnnexCover | None:
    """The cover of the teams in files, tables and folders, under the law of today and with each of some sets of reforms; None where
    none are named. Raises InputError with every problem found."""
    if not paths:
        return None
    read = read_teams(paths, law.book, law.nation)
    teams = Teams([(team, law.book.at(law.date, team.nation or law.nation, law.readings)) for team in read])
    services, in_teams = teams.services
    return AnnexCover(
        names=tuple(team.name for team in read),
        posts=sum(len(team.posts) for team in read),
        services=sum(len(team.tasks) for team in read),
        uncovered=sum(len(cover.uncovered) for cover in teams.covers),
        single=sum(len(cover.single) for cover in teams.covers),
        on_registered=services,
        in_teams=in_teams,
        arranged=sum(
            len(_arranged(Options(cover, own=True), alone))
            for cover, alone in zip(teams.covers, teams.on_registered, strict=True)
        ),
        tasks=tuple(teams.tasks),
        reaches=tuple(_reach(teams, reforms) for reforms in sets),
    )


def _reach(teams: Teams, reforms: tuple[str, ...]) -> Reach:
    known: dict[Law, Standings] = {}
    found: list[tuple[Reformed, int]] = []
    arranged = 0
    for cover, alone in zip(teams.covers, teams.on_registered, strict=True):
        one, asked = reformed(cover, reforms, known.get(cover.standings.law))
        known[cover.standings.law] = asked
        relieved = set(alone) & set(one.relieves)
        found.append((one, len(relieved)))
        arranged += len(relieved | _arranged(Options(cover, asked, own=True), alone, one.registered))
    services = sum(len(cover.team.tasks) for cover in teams.covers)
    return Reach(
        reforms=reforms,
        registered=sum(len(one.registered) for one, _ in found),
        uncovered=services - sum(one.covered for one, _ in found),
        single=sum(one.single for one, _ in found),
        relieved=sum(relieved for _, relieved in found),
        arranged=arranged,
        gained=sum(len(one.covers) for one, _ in found),
        teams=sum(bool(relieved or one.covers) for one, relieved in found),
    )


def _arranged(options: Options, tasks: Sequence[int], registered: Sequence[int] = ()) -> set[int]:
    """Those of some tasks that another post could do as well once the employer, or another professional than a colleague who has to
    be there, arranges what it takes. `registered`: the posts that may be taken as registered."""
    return {
        task
        for task in tasks
        for post, steps in options.of.get(task, ())
        if post in registered or not any(step.change.kind == REGISTRATION for step in steps)
    }


def files_of(paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files that teams were read from: each by its name, within the folder that was named, and its bytes."""
    for path in paths:
        if not os.path.isdir(path):
            yield os.path.basename(path), _bytes(path)
            continue
        base = os.path.basename(os.path.abspath(path))
        for place, _, names in os.walk(path):
            for name in sorted(names):
                whole = os.path.join(place, name)
                if name.lower().endswith((".yaml", ".yml", ".json")) and os.path.isfile(whole):
                    yield os.path.join(base, os.path.relpath(whole, path)), _bytes(whole)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def cover_blocks(cover: AnnexCover, law: Law) -> Iterator[Block]:
    """What the annex says of the teams."""
    labels = law.book.data["tasks"]
    yield Heading(1, "Cover in teams that were given", "teams")
    uncovered = number(cover.uncovered, "service is", "services are")
    yield Paragraph(
        inline(
            f"{number(len(cover.names), 'team was', 'teams were')} given, with {number(cover.posts, 'post')} and "
            f"{number(cover.services, 'service')}, each a task in a team. {uncovered} covered by nobody today, and {cover.single:,} by one "
            f"post alone: {cover.on_registered:,} of these by somebody on a statutory register, in {number(cover.in_teams, 'team')}. {text.COVERED_IS}"
        )
    )
    lines = [("As the law is", 0, cover.uncovered, cover.single, 0, cover.arranged, 0)]
    lines += [
        (
            f"With {listed([_title(law, item) for item in reach.reforms])}", reach.registered, reach.uncovered, reach.single,
            reach.relieved, reach.arranged, reach.gained,
        )
        for reach in cover.reaches
    ]  # fmt: skip
    head = (
        "Law", "Posts that it lets register", "Services covered by nobody", "By one post alone", "No longer on one registered person",
        "The same, once arranged", "Newly covered",
    )  # fmt: skip
    yield Table(
        "teams-reforms",
        "What hangs on one person in the teams given, as the law is and with the reforms",
        tuple(map(inline, head)),
        tuple((inline(who), *(inline(f"{cell:,}") for cell in cells)) for who, *cells in lines),
        True,
        (0.34, 0.11, 0.11, 0.11, 0.12, 0.11, 0.1),
        numeric=(1, 2, 3, 4, 5, 6),
    )
    worst = [item for item in cover.tasks if item.single or item.nobody]
    if worst:
        across = ("Task", "Teams", "Nobody", "On one post", "On one registered person")
        tasks = [(labels[item.task]["label"], *item[1:]) for item in worst[:_SHOWN]]
        yield Table(
            "teams-tasks",
            "Tasks, by the teams in which they hang on one registered person",
            tuple(map(inline, across)),
            tuple(tuple(inline(str(cell)) for cell in line) for line in tasks),
            True,
            (0.48, 0.1, 0.12, 0.13, 0.17),
            numeric=(1, 2, 3, 4),
        )
        if len(worst) > _SHOWN:
            yield Paragraph(
                inline(f"and {number(len(worst) - _SHOWN, 'more task')}, in the tables of the annex"), "note"
            )
    yield Paragraph(inline(text.TEAMS_ARE), "note")


def _title(law: Law, reform: str) -> str:
    title = str(law.book.data["reforms"][reform]["title"])
    return title[0].lower() + title[1:]


def cover_data(cover: AnnexCover) -> dict[str, Any]:
    """The teams as plain data."""
    return {
        "teams": list(cover.names),
        "posts": cover.posts,
        "services": cover.services,
        "uncovered": cover.uncovered,
        "single": cover.single,
        "on_one_registered_person": {
            "services": cover.on_registered,
            "teams": cover.in_teams,
            "arranged": cover.arranged,
        },
        "tasks": [item._asdict() for item in cover.tasks],
        "with_reforms": [
            {
                "reforms": list(reach.reforms),
                "registered": reach.registered,
                "uncovered": reach.uncovered,
                "single": reach.single,
                "relieved": reach.relieved,
                "arranged": reach.arranged,
                "gained": reach.gained,
                "teams": reach.teams,
            }
            for reach in cover.reaches
        ],
    }


def cover_sheet(cover: AnnexCover, law: Law) -> Sheet:
    """The tasks over all the teams."""
    labels = law.book.data["tasks"]
    head = ("task", "teams", "nobody", "on one post", "on one registered person")
    return Sheet("Teams", head, [(labels[item.task]["label"], *item[1:]) for item in cover.tasks])
