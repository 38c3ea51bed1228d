"""How each post stands with each task, and what would let it do one that it may not do yet. Posts whose holders are alike in
law ask the engine once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.findings import needed_of
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.remedies import Need
from gapcheck.engine.routes import ARRANGE, AVAILABLE, IF, NO, UNKNOWN, YES
from gapcheck.engine.tasks import STATUTE, Decision, Way, decide_task
from gapcheck.law.dated import DIRECTNESS, Law
from gapcheck.law.needs import ways
from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.team.model import Post, TeamTask, entry_for

COVERS = (YES, IF)  # today's answers that let a post do a task
ARRANGEMENT, ENTITLEMENT, REGISTRATION, REFORM = "arrangement", "entitlement", "registration", "reform"
_LONG_AGO = "0001-01-01"
_MOST = 64  # combinations that are tried for a task


class Measure(NamedTuple):
    """Something that would be put in place for a post: an arrangement or entitlement, or an entry in a statutory register."""

    kind: str
    what: str


Measures = frozenset[Measure]


class Standing(NamedTuple):
    """How a post stands with a task. `directed`: it takes another professional's act for each patient."""

    today: str
    directed: bool

    @property
    def covers(self) -> bool:
        return self.today in COVERS


class Standings:
    """The answers of one dated law, each asked for once. Persons and entries are known by numbers: persons of whom the law can
    tell no difference have one number, and so have tasks that are asked about in the same words."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._stated: dict[Any, int] = {}
        self._numbers: dict[Any, int] = {}
        self._people: list[tuple[Profile, Person]] = []
        self._entries: dict[Any, int] = {}
        self._kinds: dict[tuple[str, ...], int] = {}  # of tasks, by the facts that their acts look at
        self._kind_of: dict[str, int] = {}
        self._used: list[tuple[str, ...]] = []
        self._marks: dict[Any, int] = {}  # what of a person a kind of task can tell apart
        self._mark_of: list[dict[int, int]] = []  # for each person, by kind
        self._known: list[dict[int, Standing]] = []  # for each mark, by entry
        self._closing: dict[tuple[int, int], tuple[Measures, ...]] = {}

    def person(self, profile: Profile) -> int:
        """The number of the holder of a profile."""
        stated = _stated(profile)
        number = self._stated.get(stated)
        if number is None:
            plain = _plain(profile, self.law.date)
            number = self._stated[stated] = self._numbers.setdefault(_stated(plain), len(self._people))
            if number == len(self._people):
                self._people.append((plain, person_of(plain, self.law)))
                self._mark_of.append({})
        return number

    def entry(self, entry: TaskEntry) -> int:
        """The number of a task in the words in which it is asked about."""
        facts = tuple(sorted(entry.facts.items()))
        key = (entry.id, entry.medicine, facts, entry.entitlements, entry.arrangements)
        return self._entries.setdefault(key, len(self._entries))

    def _kind(self, task: str) -> int:
        """The kind of a task: tasks of one kind look at the same facts."""
        kind = self._kind_of.get(task)
        if kind is None:
            acts = {need["act"] for way in ways(self.law.book.data["tasks"][task]) for need in way}
            used = tuple(sorted({name for act in acts for name in self.law.act(act).used}))
            kind = self._kind_of[task] = self._kinds.setdefault(used, len(self._kinds))
            self._used = list(self._kinds)
        return kind

    def _mark(self, person: int, kind: int) -> int:
        """The number of what a kind of task can tell of a person: all with one number stand alike with it."""
        mark = self._mark_of[person].get(kind)
        if mark is None:
            _, whole = self._people[person]
            used, facts = self._used[kind], whole.facts
            seen = tuple([tuple([item.get(name, facts.get(name)) for name in used]) for item in whole.capacities])
            mark = self._marks.setdefault((kind, facts.get("employer"), seen), len(self._known))
            if mark == len(self._known):
                self._known.append({})
            self._mark_of[person][kind] = mark
        return mark

    def of(self, person: int, entry: TaskEntry) -> Standing:
        """How a person stands with a task."""
        mark, number = self._mark(person, self._kind(entry.id)), self.entry(entry)
        return self._known[mark].get(number) or self._ask(person, mark, number, entry)

    def _ask(self, person: int, mark: int, number: int, entry: TaskEntry) -> Standing:
        decision = decide_task(self.law, self._people[person][1], entry)
        found = self._known[mark][number] = Standing(decision.today, _directed(decision))
        return found

    def grid(self, posts: Sequence[Post], tasks: Sequence[TeamTask]) -> tuple[tuple[Standing, ...], ...]:
        """For each task the standing of each post."""
        common = self._by_kind([task.entry for task in tasks])
        columns = []
        for post in posts:
            asked = self._by_kind([entry_for(post, task) for task in tasks]) if post.profile.tasks else common
            person = self.person(post.profile)
            column: list[Any] = [None] * len(tasks)
            for kind, entries in asked.items():
                mark = self._mark(person, kind)
                known = self._known[mark]
                for place, number, entry in entries:
                    column[place] = known.get(number) or self._ask(person, mark, number, entry)
            columns.append(column)
        return tuple(zip(*columns, strict=True))

    def _by_kind(self, entries: list[TaskEntry]) -> dict[int, list[tuple[int, int, TaskEntry]]]:
        """Tasks by kind, each with its place and its number."""
        found: dict[int, list[tuple[int, int, TaskEntry]]] = {}
        for place, entry in enumerate(entries):
            found.setdefault(self._kind(entry.id), []).append((place, self.entry(entry), entry))
        return found

    def needed(self, profile: Profile, entry: TaskEntry) -> tuple[Need, ...]:
        """What has to be in place for the way that a task goes, and is not stated to be."""
        return needed_of(self.law, self._decided(profile, entry))

    def closing(self, person: int, entry: TaskEntry) -> tuple[Measures, ...]:
        """The smallest sets of changes to a post of which each lets its holder do a task that they may not do."""
        key = (person, self.entry(entry))
        found = self._closing.get(key)
        if found is None:
            plain = self._people[person][0]
            found = self._closing[key] = smallest({*self._arranged(plain, entry), *self._registered(plain, entry)})
        return found

    def _decided(self, profile: Profile, entry: TaskEntry) -> Decision:
        return decide_task(self.law, self._people[self.person(profile)][1], entry)

    def _arranged(self, profile: Profile, entry: TaskEntry) -> Iterator[Measures]:
        """The sets of arrangements and entitlements that would do."""
        decision = self._decided(profile, entry)
        if decision.today != ARRANGE:
            return
        tried: dict[Measures, None] = {}
        for way in decision.ways:
            tried.update(dict.fromkeys(_missing(way)))
        for changes in sorted(tried, key=len)[:_MOST]:
            if self._decided(*with_changes(profile, entry, changes)).today in COVERS:
                yield changes

    def _registered(self, profile: Profile, entry: TaskEntry) -> Iterator[Measures]:
        """The sets with an entry in a register that the profession has and the person is not on."""
        if self.of(self.person(profile), entry).today not in (NO, ARRANGE, UNKNOWN):
            return
        for register in self.joinable(profile):
            change = Measure(REGISTRATION, register)
            with_it, _ = with_changes(profile, entry, [change])
            today = self.of(self.person(with_it), entry).today
            if today in COVERS:
                yield frozenset([change])
            elif today == ARRANGE:
                yield from (changes | {change} for changes in self._arranged(with_it, entry))

    def joinable(self, profile: Profile) -> list[str]:
        """The statutory registers in which a holder could be entered in the profession, and is not, be it on terms."""
        held = {entry[:2] for entry in person_of(profile, self.law).entries}
        open_to = self.law.registers_of(profile.profession) if profile.profession else {}
        return [
            register
            for register, item in open_to.items()
            if (register, profile.profession) not in held and self.law.nation in item["regulated-in"]
        ]


def _stated(profile: Profile) -> Any:
    """What of a profile may bear on how its holder stands, as a key."""
    return (
        profile.profession, profile.employer, profile.registrations, profile.annotations, profile.entitlements,
        profile.arrangements, tuple(sorted(profile.facts.items())), profile.registers_stated,
    )  # fmt: skip


def _plain(profile: Profile, date: str) -> Profile:
    """What of a profile the law looks at: attestations that are good count alike, and so do those that have run out."""

    def listing(stated: Listing) -> Listing:
        items = {
            Attested(item.id, until=_LONG_AGO if item.until and item.until < date else "") for item in stated.items
        }
        return Listing(tuple(sorted(items, key=lambda item: (item.id, item.until != _LONG_AGO))), stated.none)

    return Profile(
        profession=profile.profession,
        nation=profile.nation,
        employer=profile.employer,
        registrations=tuple(sorted(set(profile.registrations))),
        annotations=listing(profile.annotations),
        entitlements=listing(profile.entitlements),
        arrangements=listing(profile.arrangements),
        facts=profile.facts,
        registers_stated=profile.registers_stated,
    )


def _directed(decision: Decision) -> bool:
    """Whether the way that a task goes needs another professional's act for each patient."""
    if decision.way is None or decision.today not in COVERS:
        return False
    return any(
        act.best is not None and act.act.force == STATUTE and act.best.level == DIRECTNESS["individual"]
        for act in decision.way.acts
    )


def _missing(way: Way) -> Iterator[Measures]:
    """What would have to be put in place for a way: for each act, what one of its routes lacks."""
    options: list[list[Measures]] = []
    for act in way.acts:
        if act.act.force != STATUTE or act.today in COVERS:
            continue
        routes = [route for route in act.routes if route.state == AVAILABLE]
        options.append(
            [
                changes
                for route in routes
                for changes in _lacking([item.facts for item in route.fails if item.holds is False])
            ]
        )
    for picked in product(*options):
        yield frozenset().union(*picked)


def _lacking(conditions: list[tuple[str, ...]]) -> Iterator[Measures]:
    """The changes that may mend conditions: one for each, where a condition looks at several arrangements any of them."""
    choices = []
    for facts in conditions:
        changes = [
            Measure(kind, what)
            for kind, _, what in (name.partition(".") for name in facts)
            if kind in (ARRANGEMENT, ENTITLEMENT)
        ]
        choices.append(changes)
    for picked in product(*choices):
        yield frozenset(picked)


def smallest(sets: Iterable[Measures]) -> tuple[Measures, ...]:
    """The sets that hold no other set."""
    ordered = sorted(set(sets), key=lambda item: (len(item), sorted(item)))
    kept: list[Measures] = []
    for item in ordered:
        if not any(other <= item for other in kept):
            kept.append(item)
    return tuple(kept)


def with_changes(profile: Profile, entry: TaskEntry, changes: Iterable[Measure]) -> tuple[Profile, TaskEntry]:
    """A post and a task of it once some things are in place."""
    for kind, what in changes:
        if kind == REGISTRATION:
            joined = Registration(what, REGISTERED, profile.profession)
            profile = profile._replace(registrations=(*profile.registrations, joined))
        elif kind == ARRANGEMENT:
            profile = profile._replace(arrangements=_with(profile.arrangements, what))
            entry = entry._replace(arrangements=_with(entry.arrangements, what, own=True))
        else:
            profile = profile._replace(entitlements=_with(profile.entitlements, what))
            entry = entry._replace(entitlements=_with(entry.entitlements, what, own=True))
    return profile, entry


def _with(listing: Listing, what: str, own: bool = False) -> Listing:
    """A listing once something is in place. `own`: it is a task's, which may say nothing and leave it to the post."""
    if own and listing == Listing():
        return listing
    kept = tuple(item for item in listing.items if item.id != what)
    return listing._replace(items=(*kept, Attested(what)))


def without_change(profile: Profile, change: Measure) -> Profile:
    """A post for which something is in place no more, whatever it was attested for."""
    tasks = tuple(
        item._replace(arrangements=_lacking_in(item.arrangements, change, own=True))
        if change.kind == ARRANGEMENT
        else item._replace(entitlements=_lacking_in(item.entitlements, change, own=True))
        for item in profile.tasks
    )
    if change.kind == ARRANGEMENT:
        return profile._replace(arrangements=_lacking_in(profile.arrangements, change), tasks=tasks)
    return profile._replace(entitlements=_lacking_in(profile.entitlements, change), tasks=tasks)


def _lacking_in(listing: Listing, change: Measure, own: bool = False) -> Listing:
    if own and listing == Listing():
        return listing
    kept = tuple(item for item in listing.items if item.id != change.what)
    return listing._replace(items=(*kept, Attested(change.what, until=_LONG_AGO)))


def in_place(profile: Profile, date: str) -> Iterator[Measure]:
    """The arrangements and entitlements that are in place for a post."""
    stated = [(ARRANGEMENT, profile.arrangements), (ENTITLEMENT, profile.entitlements)]
    stated += [(ARRANGEMENT, task.arrangements) for task in profile.tasks]
    stated += [(ENTITLEMENT, task.entitlements) for task in profile.tasks]
    for kind, listing in stated:
        for item in listing.items:
            if not item.until or item.until >= date:
                yield Measure(kind, item.id)
