"""What would help a team: each thing that could be put in place, alone and in small sets; the cheapest set after which nothing
hangs on one post; and what reforms of the law would change in this very team.

A reform counts with the registration of whoever it lets register: it registers nobody by itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from gapcheck.law.book import Reform
from gapcheck.law.dated import Law
from gapcheck.team.cover import Numbers, TeamCover
from gapcheck.team.model import entry_for
from gapcheck.team.standings import (
    ARRANGEMENT,
    ENTITLEMENT,
    REFORM,
    REGISTRATION,
    Measure,
    Standings,
    with_changes,
)

EFFORT = {
    ARRANGEMENT: 1,
    ENTITLEMENT: 1,
    REGISTRATION: 10,
    REFORM: 1000,
}  # what a step counts for when sets are compared
COLLEAGUE = "colleague"  # who gives an arrangement, as the lawbook has it
STATES = 4000  # of a team that the search looks at before it is cut short


class Assigned(NamedTuple):
    """Something to put in place. `post`: for whom (-1: a reform, which is for everybody)."""

    change: Measure
    post: int = -1


class Help(NamedTuple):
    """What some steps would do together: the tasks that they cover, and those that would hang on one post no more."""

    steps: tuple[Assigned, ...]
    covers: Numbers
    relieves: Numbers


class Cheapest(NamedTuple):
    """The steps of least effort after which no task hangs on one post. `leaves`: the tasks for which nothing helps; `cut`:
    whether the search was cut short, so that there may be a cheaper set."""

    steps: tuple[Assigned, ...]
    leaves: Numbers
    cut: bool
    effort: int


class Reformed(NamedTuple):
    """The team under reforms, with the registration of those whom they let register. `changed`: (task, post, today) where a
    post stands otherwise than it does now."""

    reforms: tuple[str, ...]
    registered: Numbers
    covers: Numbers
    relieves: Numbers
    changed: tuple[tuple[int, int, str], ...]
    single: int
    covered: int


class Options:
    """For each task of a team that nobody or one post covers, what would let which other post do it. `own`: without what a
    colleague gives, such as direct supervision: the task would hang on that colleague still."""

    def __init__(self, cover: TeamCover, reforms: Standings | None = None, own: bool = False) -> None:
        self.cover = cover
        standings = reforms or cover.standings
        grid = cover.grid if reforms is None else standings.grid(cover.team.posts, cover.team.tasks)
        self.covering = [{post for post, item in enumerate(row) if item.covers} for row in grid]
        self.people = [standings.person(post.profile) for post in cover.team.posts]
        self.of: dict[int, list[tuple[int, frozenset[Assigned]]]] = {}
        known = standings.law.book.data["arrangements"]
        lent = {name for name, item in known.items() if own and item["who"] == COLLEAGUE}
        for task, covering in enumerate(self.covering):
            if len(covering) < 2:
                self.of[task] = [
                    (number, frozenset(Assigned(change, number) for change in changes))
                    for number, post in enumerate(cover.team.posts)
                    if number not in covering
                    for changes in standings.closing(self.people[number], entry_for(post, cover.team.tasks[task]))
                    if not any(change.what in lent for change in changes)
                ]

    def count(self, task: int, steps: frozenset[Assigned]) -> int:
        """How many posts cover a task once some steps are taken."""
        more = {post for post, needed in self.of.get(task, ()) if needed <= steps}
        return len(self.covering[task] | more)

    def help(self, steps: frozenset[Assigned], reforms: Iterable[str] = ()) -> Help:
        """What some steps do."""
        now = self.cover.covering
        covers, relieves = [], []
        for task in self.of:
            before, after = len(now[task]), self.count(task, steps)
            covers += [task] if not before and after else []
            relieves += [task] if before == 1 and after > 1 else []
        shown = (*(Assigned(Measure(REFORM, name)) for name in reforms), *sorted(steps, key=_order))
        return Help(shown, tuple(covers), tuple(relieves))


def _order(step: Assigned) -> tuple[int, str, str, int]:
    return EFFORT[step.change.kind], step.change.kind, step.change.what, step.post


def effort(steps: Iterable[Assigned]) -> int:
    """What steps count for together."""
    return sum(EFFORT[step.change.kind] for step in steps)


def ranked(cover: TeamCover, helps: Iterable[Help]) -> list[Help]:
    """Helps that do something, those first that cover most, by tasks and then by how often they are done."""

    def often(tasks: Numbers) -> float:
        return sum(cover.team.tasks[task].per_week or 0 for task in tasks)

    def merit(item: Help) -> tuple[object, ...]:
        steps = tuple(_order(step) for step in item.steps)
        return (
            -len(item.covers), -often(item.covers), -len(item.relieves), -often(item.relieves), effort(item.steps), steps,
        )  # fmt: skip

    return sorted((item for item in helps if item.covers or item.relieves), key=merit)


def singles_and_sets(options: Options, reforms: tuple[str, ...] = ()) -> tuple[list[Help], list[Help]]:
    """Every step that helps alone, and every smallest set of several that helps, ranked."""
    needed = {steps for some in options.of.values() for _, steps in some}
    helps = ranked(options.cover, (options.help(steps, reforms) for steps in needed))
    return [item for item in helps if len(item.steps) == 1], [item for item in helps if len(item.steps) > 1]


def together(options: Options, singles: list[Help]) -> list[Help]:
    """The steps of one kind for all posts that they would help, a rota of directions say, where that does more than one."""
    groups: dict[Measure, list[Help]] = {}
    for item in singles:
        groups.setdefault(item.steps[0].change, []).append(item)
    found = []
    for some in groups.values():
        whole = options.help(frozenset(item.steps[0] for item in some))
        if all(_does(whole) != _does(item) for item in some):
            found.append(whole)
    return ranked(options.cover, found)


def _does(item: Help) -> tuple[Numbers, Numbers]:
    return item.covers, item.relieves


def cheapest(options: Options, most: int = STATES) -> Cheapest:
    """The cheapest set of steps after which no task hangs on one post.

    States of the team are looked at in the order of their effort. In each the first task that hangs on one post needs a
    second one, and every set that would give it one is tried: so the first state in which nothing does is the cheapest.
    """
    helpless = tuple(task for task, some in options.of.items() if len(options.covering[task]) == 1 and not some)
    start: frozenset[Assigned] = frozenset()
    queue: list[tuple[int, int, frozenset[Assigned]]] = [(0, 0, start)]
    seen = {start}
    looked = 0
    while queue:
        _, _, state = heapq.heappop(queue)
        task = _hanging(options, state, helpless)
        if task is None:
            return Cheapest(tuple(sorted(state, key=_order)), helpless, False, effort(state))
        looked += 1
        if looked > most:
            return _greedy(options, state, helpless)
        for steps in _ways(options, task, state):
            more = state | steps
            if more not in seen:
                seen.add(more)
                heapq.heappush(queue, (effort(more), len(seen), more))
    return Cheapest((), tuple(task for task in options.of if len(options.covering[task]) == 1), False, 0)


def _hanging(options: Options, state: frozenset[Assigned], helpless: Numbers) -> int | None:
    """A task that hangs on one post in a state, the one with the fewest ways out first."""
    found = [
        task
        for task in options.of
        if task not in helpless and options.count(task, state) == 1 and _ways(options, task, state)
    ]
    return min(found, key=lambda task: (len(options.of[task]), task), default=None)


def _ways(options: Options, task: int, state: frozenset[Assigned]) -> list[frozenset[Assigned]]:
    """The sets that would give a task another post; of posts that are alike so far, only the first counts."""
    found: list[frozenset[Assigned]] = []
    alike: set[tuple[int, frozenset[Measure], frozenset[Measure]]] = set()
    for post, steps in options.of[task]:
        own = frozenset(step.change for step in state if step.post == post)
        mark = (options.people[post], own, frozenset(step.change for step in steps))
        if not steps <= state and mark not in alike:
            alike.add(mark)
            found.append(steps)
    return found


def _greedy(options: Options, state: frozenset[Assigned], helpless: Numbers) -> Cheapest:
    """The best that can be said once the search is cut short: go on with whatever costs least."""
    while (task := _hanging(options, state, helpless)) is not None:
        state = min((state | steps for steps in _ways(options, task, state)), key=effort)
    return Cheapest(tuple(sorted(state, key=_order)), helpless, True, effort(state))


def reformed(cover: TeamCover, reforms: tuple[str, ...], known: Standings | None = None) -> tuple[Reformed, Standings]:
    """The team under reforms that are laid over its law, with the registration of those whom they let register. `known`: the
    answers of the law with these reforms, where other teams have asked for some."""
    law = cover.standings.law
    standings = known or Standings(law.book.at(law.date, law.nation, law.readings, (*law.reforms, *reforms)))
    posts, registered = [], []
    for number, post in enumerate(cover.team.posts):
        new = [
            item for item in standings.joinable(post.profile) if item not in _registers(law, post.profile.profession)
        ]
        changed, _ = with_changes(
            post.profile, cover.team.tasks[0].entry, [Measure(REGISTRATION, register) for register in new[:1]]
        )
        registered += [number] if new else []
        posts.append(post._replace(profile=changed))
    after = TeamCover(cover.team._replace(posts=tuple(posts)), standings)
    covers = tuple(task for task in after.covered if not cover.covering[task])
    relieves = tuple(task for task in cover.single if len(after.covering[task]) > 1)
    changes = tuple(
        (task, post, item.today)
        for task, row in enumerate(after.grid)
        for post, item in enumerate(row)
        if item.today != cover.grid[task][post].today
    )
    return (
        Reformed(reforms, tuple(registered), covers, relieves, changes, len(after.single), len(after.covered)),
        standings,
    )


def _registers(law: Law, profession: str) -> Iterable[str]:
    return law.registers_of(profession) if profession else ()


def all_reforms(cover: TeamCover) -> list[tuple[Reformed, Standings]]:
    """Each reform of the lawbook alone, then each pair, that is about a profession of the team: of the others nothing is
    said. A reform that changes nothing alone is kept, since that is an answer."""
    law = cover.standings.law
    professions = {post.profile.profession for post in cover.team.posts}
    about = [
        name
        for name, item in law.book.data["reforms"].items()
        if name not in law.reforms and _about(item) & professions
    ]
    sets: list[tuple[str, ...]] = [(name,) for name in about]
    sets += [pair for pair in combinations(about, 2) if _shares(law, pair)]
    return [reformed(cover, names) for names in sets]


def _about(reform: Reform) -> set[str]:
    """The professions that a reform names."""
    return {
        str(what[key])
        for change in reform["changes"]
        for what in change.values()
        for key in ("profession", "member")
        if key in what
    }


def _shares(law: Law, pair: tuple[str, ...]) -> bool:
    first, second = (_about(law.book.data["reforms"][name]) for name in pair)
    return bool(first & second)


def reform_sets(cover: TeamCover, found: list[tuple[Reformed, Standings]]) -> list[Help]:
    """What reforms would do together with what each post would need as well; only what nothing does without them."""
    helps: list[Help] = []
    without = Options(cover)
    for item, standings in found:
        options = Options(cover, standings)
        sets = {
            steps
            for task, some in options.of.items()
            for post, steps in some
            if (post, steps) not in without.of.get(task, ())
        }
        helps += [options.help(steps, item.reforms) for steps in sets]
    kept = ranked(cover, helps)
    return [item for number, item in enumerate(kept) if not _needless(item, kept[:number])]


def _needless(item: Help, others: list[Help]) -> bool:
    """Whether another set does the same with part of the steps."""
    return any(
        set(other.steps) < set(item.steps)
        and set(item.covers) <= set(other.covers)
        and set(item.relieves) <= set(other.relieves)
        for other in others
    )
