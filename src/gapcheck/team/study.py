"""Everything that is asked of a team, each thing worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from gapcheck.document.words import told_apart
from gapcheck.engine.remedies import Need
from gapcheck.law.dated import Law
from gapcheck.team import helps
from gapcheck.team.cover import Absence, Numbers, Rests, TeamCover
from gapcheck.team.helps import Cheapest, Help, Options, Reformed
from gapcheck.team.model import Team, entry_for
from gapcheck.team.since import Since
from gapcheck.team.standings import ARRANGEMENT, REFORM, Measure, Standings


class Waiting(NamedTuple):
    """A task with a figure for how long it waits, and the posts that need a direction for each patient to do it."""

    task: int
    directed: Numbers
    own: Numbers
    a_week: float | None


class Study:
    """A team under a law. `without`: posts that are away together; `days`: days of the week asked about;
    `since`: what has changed since an earlier file."""

    def __init__(
        self,
        team: Team,
        law: Law,
        without: Sequence[int] = (),
        days: Sequence[str] = (),
        since: Since | None = None,
    ) -> None:
        self.team = team
        self.law = law
        self.cover = TeamCover(team, Standings(law))
        self.since = since
        self.names = told_apart((post.title, post.id) for post in team.posts)  # of the posts
        self._without = tuple(without)
        self._days = tuple(days)

    @cached_property
    def asked(self) -> list[Absence]:
        """The absences that somebody asked about."""
        found = [self.cover.on(day) for day in self._days]
        if self._without and not found:
            return [self.cover.without(self._without)]
        if self._without:
            found += [self.cover.without({*self._without, *item.without}, item.day) for item in found]
            found = list(dict.fromkeys(found))
        return found

    @cached_property
    def absences(self) -> list[Absence]:
        """The team without each post, and as asked."""
        return [*self.cover.absences(), *self.asked]

    @cached_property
    def week(self) -> list[Absence]:
        return self.cover.week()

    @cached_property
    def rests(self) -> list[Rests]:
        return self.cover.rests()

    @cached_property
    def options(self) -> Options:
        return Options(self.cover)

    @cached_property
    def _alone(self) -> tuple[list[Help], list[Help]]:
        return helps.singles_and_sets(self.options)

    @cached_property
    def _reforms(self) -> list[tuple[Reformed, Standings]]:
        return helps.all_reforms(self.cover)

    @property
    def reforms(self) -> list[Reformed]:
        """The team under each reform that is about one of its professions, and under pairs of them."""
        return [item for item, _ in self._reforms]

    @cached_property
    def singles(self) -> list[Help]:
        """Each thing that helps alone, ranked; a reform with the registration of whom it lets register."""
        reforms = [
            Help((helps.Assigned(Measure(REFORM, item.reforms[0])),), item.covers, item.relieves)
            for item in self.reforms
            if len(item.reforms) == 1
        ]
        return helps.ranked(self.cover, [*self._alone[0], *reforms])

    @cached_property
    def best(self) -> list[Help]:
        """What helps without a change of the law, alone and in small sets, ranked."""
        return helps.ranked(self.cover, [*self.sets, *self._alone[0]])

    @cached_property
    def sets(self) -> list[Help]:
        """Small sets that help together, without a change of the law."""
        return helps.ranked(self.cover, [*helps.together(self.options, self._alone[0]), *self._alone[1]])

    @cached_property
    def reform_sets(self) -> list[Help]:
        """What reforms would do with what each post would need as well."""
        return helps.reform_sets(self.cover, self._reforms)

    @cached_property
    def cheapest(self) -> Cheapest:
        return helps.cheapest(Options(self.cover, own=True))

    def needed(self, task: int, post: int) -> tuple[Need, ...]:
        """What a post still needs for a task."""
        one = self.team.posts[post]
        return self.cover.standings.needed(one.profile, entry_for(one, self.team.tasks[task]))

    @cached_property
    def waits(self) -> list[Waiting]:
        """The tasks of which the team says how long they wait."""
        found = []
        for number, task in enumerate(self.team.tasks):
            if task.wait is not None:
                covering = self.cover.covering[number]
                directed = tuple(post for post in covering if self.cover.grid[number][post].directed)
                own = tuple(post for post in covering if post not in directed)
                week = task.wait.minutes * task.per_week if task.per_week is not None else None
                found.append(Waiting(number, directed, own, week))
        return found

    @property
    def papers(self) -> list[Rests]:
        """Of what tasks rest on, what one paper is for everybody or one post alone has."""
        return [item for item in self.rests if item.change.kind == ARRANGEMENT or len(item.posts) == 1]
