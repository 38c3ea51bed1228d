"""How each post stands with each task, and what would let it do one that it may not do yet. Posts whose holders are alike in
law ask the engine once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.findings import needed_of
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.remedies import Need
from gapcheck.engine.routes import ARRANGE, AVAILABLE, IF, NO, UNKNOWN, YES
from gapcheck.engine.tasks import STATUTE, Decision, Way, decide_task
from gapcheck.law.dated import DIRECTNESS, Law
from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.team.model import Post, TeamTask, entry_for

COVERS = (YES, IF)  # today's answers that let a post do a task
ARRANGEMENT, ENTITLEMENT, REGISTRATION, REFORM = "arrangement", "entitlement", "registration", "reform"
_LONG_AGO = "0001-01-01"
_MOST = 64  # combinations that are tried for a task


class Change(NamedTuple):
    """Something that would be put in place for a post: an arrangement or entitlement, or an entry in a statutory register."""

    kind: str
    what: str


Changes = frozenset[Change]


class Standing(NamedTuple):
    """How a post stands with a task. `directed`: it takes another professional's act for each patient."""

    today: str
    directed: bool

    @property
    def covers(self) -> bool:
        return self.today in COVERS


class Standings:
    """The answers of one dated law, each asked for once."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._numbers: dict[Any, int] = {}
        self._people: list[tuple[Profile, Person]] = []
        self._known: dict[tuple[int, Any], Standing] = {}
        self._closing: dict[tuple[int, Any], tuple[Changes, ...]] = {}

    def person(self, profile: Profile) -> int:
        """A number for the holder of a profile: equal for those of whom the law can tell no difference."""
        plain = _plain(profile, self.law.date)
        key = (*plain[:1], plain.employer, plain.registrations, plain.annotations, plain.entitlements, plain.arrangements,
               tuple(sorted(plain.facts.items())))  # fmt: skip
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._people)
            self._people.append((plain, person_of(plain, self.law)))
        return number

    def of(self, person: int, entry: TaskEntry) -> Standing:
        """How a person stands with a task."""
        key = (person, _key(entry))
        found = self._known.get(key)
        if found is None:
            decision = decide_task(self.law, self._people[person][1], entry)
            found = self._known[key] = Standing(decision.today, _directed(decision))
        return found

    def grid(self, posts: Iterable[Post], tasks: Iterable[TeamTask]) -> tuple[tuple[Standing, ...], ...]:
        """For each task the standing of each post."""
        people = [(post, self.person(post.profile)) for post in posts]
        return tuple([tuple([self.of(number, entry_for(post, task)) for post, number in people]) for task in tasks])

    def needed(self, profile: Profile, entry: TaskEntry) -> tuple[Need, ...]:
        """What has to be in place for the way that a task goes, and is not stated to be."""
        return needed_of(self.law, self._decided(profile, entry))

    def closing(self, profile: Profile, entry: TaskEntry) -> tuple[Changes, ...]:
        """The smallest sets of changes to a post of which each lets it do a task that it may not do."""
        person = self.person(profile)
        key = (person, _key(entry))
        found = self._closing.get(key)
        if found is None:
            plain = self._people[person][0]
            sets = {*self._arranged(plain, entry), *self._registered(plain, entry)}
            found = self._closing[key] = smallest(sets)
        return found

    def _decided(self, profile: Profile, entry: TaskEntry) -> Decision:
        return decide_task(self.law, self._people[self.person(profile)][1], entry)

    def _arranged(self, profile: Profile, entry: TaskEntry) -> Iterator[Changes]:
        """The sets of arrangements and entitlements that would do."""
        decision = self._decided(profile, entry)
        if decision.today != ARRANGE:
            return
        tried: dict[Changes, None] = {}
        for way in decision.ways:
            tried.update(dict.fromkeys(_missing(way)))
        for changes in sorted(tried, key=len)[:_MOST]:
            if self._decided(*with_changes(profile, entry, changes)).today in COVERS:
                yield changes

    def _registered(self, profile: Profile, entry: TaskEntry) -> Iterator[Changes]:
        """The sets with an entry in a register that the profession has and the person is not on."""
        if self.of(self.person(profile), entry).today not in (NO, ARRANGE, UNKNOWN):
            return
        for register in self.joinable(profile):
            change = Change(REGISTRATION, register)
            with_it, _ = with_changes(profile, entry, [change])
            today = self.of(self.person(with_it), entry).today
            if today in COVERS:
                yield frozenset([change])
            elif today == ARRANGE:
                yield from (changes | {change} for changes in self._arranged(with_it, entry))

    def joinable(self, profile: Profile) -> list[str]:
        """The statutory registers in which a holder could be entered in the profession, and is not."""
        held = {
            (item.register, item.held_as or profile.profession)
            for item in profile.registrations
            if item.status == REGISTERED
        }
        open_to = self.law.registers_of(profile.profession) if profile.profession else {}
        return [
            register
            for register, item in open_to.items()
            if (register, profile.profession) not in held and self.law.nation in item["regulated-in"]
        ]


def _key(entry: TaskEntry) -> Any:
    if not entry.facts:
        return entry._replace(note="", facts=())  # type: ignore[arg-type]  # a key, read by nobody
    return entry._replace(note="", facts=tuple(sorted(entry.facts.items())))  # type: ignore[arg-type]


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


def _missing(way: Way) -> Iterator[Changes]:
    """What would have to be put in place for a way: for each act, what one of its routes lacks."""
    options: list[list[Changes]] = []
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


def _lacking(conditions: list[tuple[str, ...]]) -> Iterator[Changes]:
    """The changes that may mend conditions: one for each, where a condition looks at several arrangements any of them."""
    choices = []
    for facts in conditions:
        changes = [
            Change(kind, what)
            for kind, _, what in (name.partition(".") for name in facts)
            if kind in (ARRANGEMENT, ENTITLEMENT)
        ]
        choices.append(changes)
    for picked in product(*choices):
        yield frozenset(picked)


def smallest(sets: Iterable[Changes]) -> tuple[Changes, ...]:
    """The sets that hold no other set."""
    ordered = sorted(set(sets), key=lambda item: (len(item), sorted(item)))
    kept: list[Changes] = []
    for item in ordered:
        if not any(other <= item for other in kept):
            kept.append(item)
    return tuple(kept)


def with_changes(profile: Profile, entry: TaskEntry, changes: Iterable[Change]) -> tuple[Profile, TaskEntry]:
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


def without_change(profile: Profile, change: Change) -> Profile:
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


def _lacking_in(listing: Listing, change: Change, own: bool = False) -> Listing:
    if own and listing == Listing():
        return listing
    kept = tuple(item for item in listing.items if item.id != change.what)
    return listing._replace(items=(*kept, Attested(change.what, until=_LONG_AGO)))


def in_place(profile: Profile, date: str) -> Iterator[Change]:
    """The arrangements and entitlements that are in place for a post."""
    stated = [(ARRANGEMENT, profile.arrangements), (ENTITLEMENT, profile.entitlements)]
    stated += [(ARRANGEMENT, task.arrangements) for task in profile.tasks]
    stated += [(ENTITLEMENT, task.entitlements) for task in profile.tasks]
    for kind, listing in stated:
        for item in listing.items:
            if not item.until or item.until >= date:
                yield Change(kind, item.id)
