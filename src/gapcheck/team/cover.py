"""Who covers what in a team, what hangs on one post or one paper, and what goes on without somebody or on a day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from gapcheck.engine.routes import ARRANGE, UNKNOWN
from gapcheck.team.model import DAYS, Post, Team, TeamTask
from gapcheck.team.standings import Measure, Standings, in_place, without_change

Numbers = tuple[int, ...]


class Absence(NamedTuple):
    """A team without some posts: the tasks that stop, and those that only something to be arranged would keep going, of those
    that are covered else. `unknown`: of those that stop, the ones that facts not stated might keep going."""

    without: Numbers
    stops: Numbers
    arrange: Numbers
    unknown: Numbers
    alone: Numbers = ()  # tasks that then hang on one post; not said of the absence of one post alone
    day: str = ""


class Rests(NamedTuple):
    """Something in place on which tasks hang: without it they stop, whoever is there."""

    change: Measure
    posts: Numbers
    stops: Numbers


class TeamCover:
    """A team under a dated law. Tasks and posts are known by their numbers in the team."""

    def __init__(self, team: Team, standings: Standings) -> None:
        self.team = team
        self.standings = standings
        self.grid = standings.grid(team.posts, team.tasks)

    @cached_property
    def covering(self) -> tuple[Numbers, ...]:
        """For each task the posts that may do it today, if what is not stated is in place."""
        return tuple([tuple([number for number, item in enumerate(row) if item.covers]) for row in self.grid])

    @property
    def covered(self) -> Numbers:
        """The tasks that somebody may do."""
        return tuple([task for task, posts in enumerate(self.covering) if posts])

    @property
    def uncovered(self) -> Numbers:
        """The tasks that nobody may do today."""
        return tuple([task for task, posts in enumerate(self.covering) if not posts])

    @cached_property
    def single(self) -> Numbers:
        """The tasks that hang on one post."""
        return tuple([task for task, posts in enumerate(self.covering) if len(posts) == 1])

    @property
    def assumed(self) -> Numbers:
        """The covered tasks that nobody may do on what is stated alone."""
        return tuple([task for task in self.covered if not any(item.today == "yes" for item in self.grid[task])])

    @property
    def directed(self) -> Numbers:
        """The tasks that everybody who covers them does by another professional's act for each patient."""
        return tuple(
            [task for task in self.covered if all(self.grid[task][post].directed for post in self.covering[task])]
        )

    def who(self, task: int, today: str) -> Numbers:
        """The posts that stand so with a task."""
        return tuple([number for number, item in enumerate(self.grid[task]) if item.today == today])

    def without(self, posts: Iterable[int], day: str = "") -> Absence:
        """The team without some posts. `day`: only the tasks of that day of the week."""
        gone = frozenset(posts)
        stops: list[int] = []
        arrange: list[int] = []
        unknown: list[int] = []
        alone: list[int] = []
        for task, covering in enumerate(self.covering):
            days = self.team.tasks[task].days
            if not covering or (day and days and day not in days):
                continue
            left = [post for post in covering if post not in gone]
            if left:
                alone += [task] if len(left) == 1 else []
                continue
            states = {item.today for number, item in enumerate(self.grid[task]) if number not in gone}
            (arrange if ARRANGE in states else stops).append(task)
            unknown += [task] if UNKNOWN in states and ARRANGE not in states else []
        return Absence(tuple(sorted(gone)), tuple(stops), tuple(arrange), tuple(unknown), tuple(alone), day)

    def absences(self) -> list[Absence]:
        """The team without each of its posts."""
        alone: dict[int, list[int]] = {}
        for task in self.single:  # nothing else can stop when one post is away
            alone.setdefault(self.covering[task][0], []).append(task)
        return [self._away(number, alone.get(number, [])) for number in range(len(self.team.posts))]

    def _away(self, post: int, tasks: Iterable[int]) -> Absence:
        """The team without a post that some tasks hang on."""
        stops: list[int] = []
        arrange: list[int] = []
        unknown: list[int] = []
        for task in tasks:
            states = {item.today for number, item in enumerate(self.grid[task]) if number != post}
            (arrange if ARRANGE in states else stops).append(task)
            unknown += [task] if UNKNOWN in states and ARRANGE not in states else []
        return Absence((post,), tuple(stops), tuple(arrange), tuple(unknown))

    def week(self) -> list[Absence]:
        """The team on each day of its week; nothing where no post states its days. A post that does not is there every day."""
        stated = {day for post in self.team.posts for day in post.days}
        stated |= {day for task in self.team.tasks for day in task.days} if stated else set()
        return [self.on(day) for day in DAYS if day in stated]

    def on(self, day: str) -> Absence:
        """The team on a day of the week."""
        return self.without(
            [number for number, post in enumerate(self.team.posts) if post.days and day not in post.days], day
        )

    def rests(self) -> list[Rests]:
        """What of all that is in place tasks hang on, most tasks first."""
        date = self.standings.law.date
        holders: dict[Measure, list[int]] = {}
        for number, post in enumerate(self.team.posts):
            for change in dict.fromkeys(in_place(post.profile, date)):
                holders.setdefault(change, []).append(number)
        for task in self.team.tasks:
            own = post_of_task(task)
            for change in dict.fromkeys(in_place(own.profile, date)):
                holders.setdefault(change, [])
        found = []
        for change, posts in holders.items():
            other = TeamCover(lacking(self.team, change), self.standings)
            stops = tuple([task for task in self.covered if not other.covering[task]])
            if stops:
                found.append(Rests(change, tuple(posts), stops))
        return sorted(found, key=lambda item: (-len(item.stops), item.change))


def post_of_task(task: TeamTask) -> Post:
    """What a task states for whoever does it, as a post of nobody."""
    from gapcheck.profile.model import Profile

    return Post("", Profile("", "", tasks=(task.entry,)))


def lacking(team: Team, change: Measure) -> Team:
    """The team for which something is in place no more."""
    posts = tuple(post._replace(profile=without_change(post.profile, change)) for post in team.posts)
    tasks = tuple(
        task._replace(entry=without_change(post_of_task(task).profile, change).tasks[0]) for task in team.tasks
    )
    return team._replace(posts=posts, tasks=tasks)
