"""Many teams at once: each team's cover, and what hangs on one registered person in how many of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from gapcheck.clock import today
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Table, inline
from gapcheck.document.words import capital, footer, inner, listed, number, otherwise_than_law, place, told_apart
from gapcheck.engine.person import person_of
from gapcheck.engine.tasks import STANDINGS
from gapcheck.findings.data import lawbook_data
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile
from gapcheck.team.cover import TeamCover
from gapcheck.team.model import Team
from gapcheck.team.standings import Standings
from gapcheck.team.words import some

_SHOWN, _TABLED = 5, 40  # lines of one screen, and of a table that is not in full


class TaskCount(NamedTuple):
    """A task over all the teams that provide it."""

    task: str
    teams: int
    nobody: int  # teams in which nobody may do it today
    single: int  # teams in which it hangs on one post
    registered: int  # of these, where that is somebody on a statutory register


def registered(profile: Profile, law: Law) -> bool:
    """Whether somebody is on a statutory register, be it on terms."""
    return any(entry.statutory for entry in person_of(profile, law).entries)


class Teams:
    """Several teams, each under the law of its nation."""

    def __init__(self, pairs: Sequence[tuple[Team, Law]]) -> None:
        asked: dict[Law, Standings] = {}
        self.laws = [law for _, law in pairs]
        self.covers = [TeamCover(team, asked.setdefault(law, Standings(law))) for team, law in pairs]

    @property
    def law(self) -> Law:
        """The law of the first team: all differ in nothing but the nation."""
        return self.laws[0]

    @cached_property
    def on_registered(self) -> list[tuple[int, ...]]:
        """For each team the tasks that hang on one person who is on a statutory register."""
        return [
            tuple(
                task
                for task in cover.single
                if registered(cover.team.posts[cover.covering[task][0]].profile, cover.standings.law)
            )
            for cover in self.covers
        ]

    @cached_property
    def tasks(self) -> list[TaskCount]:
        """Each task over all teams, those first that hang on one registered person in most of them."""
        counts: dict[str, list[int]] = {}
        for cover, alone in zip(self.covers, self.on_registered, strict=True):
            on_registered = set(alone)
            for at, task in enumerate(cover.team.tasks):
                line = counts.setdefault(task.entry.id, [0, 0, 0, 0])
                posts = len(cover.covering[at])
                line[0] += 1
                line[1] += not posts
                line[2] += posts == 1
                line[3] += at in on_registered
        found = [TaskCount(task, *line) for task, line in counts.items()]
        return sorted(found, key=lambda item: (-item.registered, -item.single, -item.nobody, item.task))

    @property
    def services(self) -> tuple[int, int]:
        """How many services (a task in a team) hang on one registered person, and in how many teams."""
        return sum(map(len, self.on_registered)), sum(1 for tasks in self.on_registered if tasks)


class TeamsAnswer(Answer):
    """Who covers what in many teams."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams

    def data(self) -> Any:
        """The summary, and each team's cover."""
        services, in_teams = self.teams.services
        covers = self.teams.covers
        return {
            "gapcheck": "1",
            "lawbook": lawbook_data(self.teams.law),
            "summary": {
                "teams": len(covers),
                "posts": sum(len(cover.team.posts) for cover in covers),
                "services": sum(len(cover.team.tasks) for cover in covers),
                "covered": sum(len(cover.covered) for cover in covers),
                "single": sum(len(cover.single) for cover in covers),
                "on_one_registered_person": {"services": services, "teams": in_teams},
                "tasks": [item._asdict() for item in self.teams.tasks],
            },
            "teams": [_team(cover) for cover in covers],
        }

    def brief(self) -> Document:
        """One screen."""
        return self._document(False, _SHOWN, "")

    def document(self, full: bool) -> Document:
        """The same with the teams and tasks in tables."""
        return self._document(True, 10**6 if full else _TABLED, today())

    def _document(self, tables: bool, most: int, date: str) -> Document:
        teams, law = self.teams, self.teams.law
        covers = teams.covers
        labels = {key: str(item["label"]) for key, item in law.book.data["tasks"].items()}
        services, in_teams = teams.services
        whole = sum(len(cover.team.tasks) for cover in covers)
        lead = (
            f"{number(services, 'service hangs', 'services hang')} on one registered person, in {in_teams} of "
            f"{number(len(covers), 'team')}."
        )
        covered = sum(len(cover.covered) for cover in covers)
        single = sum(len(cover.single) for cover in covers)
        pairs = [
            (
                "Services",
                f"{whole:,}, each a task in a team; {covered:,} of them covered today, {whole - covered:,} by nobody",
            ),
            ("Hang on one post", f"{single:,}, of which {services:,} on somebody on a statutory register"),
        ]
        blocks: list[Block] = [
            Paragraph(inline(lead), "lead"),
            Facts(tuple((term, (inline(text),)) for term, text in pairs)),
        ]
        worst = [item for item in teams.tasks if item.single or item.nobody]
        if worst:
            blocks += [Heading(1, "Tasks", "tasks")] if tables else []
            head = ("Task", "Teams", "Nobody", "On one post", "On one registered person")
            rows = tuple(
                (inline(labels[item.task]), *(inline(str(value)) for value in item[1:])) for item in worst[:most]
            )
            blocks.append(
                Table(
                    "tasks-table",
                    "Tasks, by the teams in which they hang on one registered person",
                    tuple(map(inline, head)),
                    rows,
                    True,
                    (0.48, 0.1, 0.12, 0.13, 0.17),
                    numeric=(1, 2, 3, 4),
                )
            )
            blocks += _more(len(worst), most, "task")
        order = sorted(
            range(len(covers)),
            key=lambda at: (-len(covers[at].uncovered), -len(covers[at].single), covers[at].team.name),
        )
        blocks += [Heading(1, "Teams", "teams")] if tables else []
        across = ("Team", "Posts", "Tasks", "Nobody", "On one post", "What hangs on one post")
        lines = tuple(self._line(covers[at], labels) for at in order[:most])
        blocks.append(
            Table(
                "teams-table",
                "Teams, those with least cover first",
                tuple(map(inline, across)),
                lines,
                True,
                (0.22, 0.08, 0.08, 0.09, 0.11, 0.42),
                numeric=(1, 2, 3, 4),
            )
        )
        blocks += _more(len(order), most, "team")
        notes = tuple(dict.fromkeys(note for cover in covers for note in cover.team.notes)) if tables else ()
        if notes:
            blocks += [Heading(1, "How the table was read", "read"), Items(tuple(map(inline, notes)))]
        blocks += [Paragraph(inline(line)) for line in (footer(law) if tables else otherwise_than_law(law))]
        if not tables:
            blocks.append(
                Paragraph(
                    inline(
                        f"Every team: -o with .xlsx or .json. Lawbook {law.book.version}. {law.book.data['advice']}"
                    ),
                    "apart",
                )
            )
        nations = {one.nation for one in teams.laws}
        where = (
            place(law) if len(nations) == 1 else listed(sorted(str(law.book.data["nations"][one]) for one in nations))
        )
        title = f"{number(len(covers), 'team')}, {where}"
        return Document(
            title,
            tuple(blocks),
            number(sum(len(cover.team.posts) for cover in covers), "post"),
            subject="Who covers what",
            date=date,
        )

    def _line(self, cover: TeamCover, labels: dict[str, str]) -> tuple[Inline, ...]:
        team = cover.team
        hang = some([inner(labels[team.tasks[task].entry.id]) for task in cover.single], 2)
        return (
            inline(team.name), inline(str(len(team.posts))), inline(str(len(team.tasks))), inline(str(len(cover.uncovered))),
            inline(str(len(cover.single))), inline(capital(hang)),
        )  # fmt: skip

    def sheets(self) -> Sequence[Sheet]:
        """The teams, the tasks over all teams, and every service that nobody or one post covers."""
        labels = {key: str(item["label"]) for key, item in self.teams.law.book.data["tasks"].items()}
        teams = [
            (
                cover.team.name,
                len(cover.team.posts),
                len(cover.team.tasks),
                len(cover.covered),
                len(cover.uncovered),
                len(cover.single),
                len(alone),
            )
            for cover, alone in zip(self.teams.covers, self.teams.on_registered, strict=True)
        ]
        tasks = [(labels[item.task], *item[1:]) for item in self.teams.tasks]
        thin = [
            (cover.team.name, labels[cover.team.tasks[task].entry.id],
             names[cover.covering[task][0]] if cover.covering[task] else "nobody",
             "; ".join(names[post] for post in cover.who(task, "arrange")))
            for cover in self.teams.covers
            for names in [told_apart((post.title, post.id) for post in cover.team.posts)]
            for task in sorted((*cover.uncovered, *cover.single))
        ]  # fmt: skip
        return [
            Sheet(
                "Teams",
                ("team", "posts", "tasks", "covered", "nobody", "on one post", "on one registered person"),
                teams,
            ),
            Sheet("Tasks", ("task", "teams", "nobody", "on one post", "on one registered person"), tasks),
            Sheet("Thin cover", ("team", "task", "covered by", "could once arranged"), thin),
        ]


def _more(count: int, most: int, noun: str) -> list[Block]:
    return [Paragraph(inline(f"and {number(count - most, f'more {noun}')}"), "note")] if count > most else []


def _team(cover: TeamCover) -> dict[str, Any]:
    team = cover.team
    ids = [post.id for post in team.posts]
    tasks = [task.entry.id for task in team.tasks]
    return {
        "team": {"name": team.name, "nation": team.nation, "posts": len(ids), "tasks": len(tasks)},
        "cover": [
            {"task": task, **{today: [ids[post] for post in cover.who(place, today)] for today in STANDINGS}}
            for place, task in enumerate(tasks)
        ],
        "single_points": [{"task": tasks[task], "post": ids[cover.covering[task][0]]} for task in cover.single],
        "absence": [
            {
                "without": [ids[post] for post in item.without],
                "stops": [tasks[task] for task in item.stops],
                "arrange": [tasks[task] for task in item.arrange],
            }
            for item in cover.absences()
        ],
    }
