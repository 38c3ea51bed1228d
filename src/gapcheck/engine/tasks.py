"""What is true of a task: which acts it needs, decided for the holder and for the comparator; how it stands today; and the
status that follows. The status is the first that fits:

1. blocked: a statute bars it, whatever the employer arranges (today: no);
2. arrange: something that has to be in place is stated to be missing, or has run out (today: arrange);
3. unknown: a fact about the person or the case is missing (today: unknown), or nobody can tell which of the others it is;
4. restricted: lawful, but only by a way less direct than one which the comparator has, or against what a framework asks;
5. risky: lawful, and the gap in assurance is medium or high;
6. clear: none of these.

What the employer may arrange counts for `today`, and never for how direct a way the law leaves to the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.assurance import WIDE, Assurance, assurance_of, duties_on_any_route, duties_on_person
from gapcheck.engine.person import Person, listed, registered_member
from gapcheck.engine.routes import ARRANGE, IF, NO, STANDS, TODAY, UNKNOWN, YES, ActResult, decide_act
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Listing, TaskEntry

BLOCKED, RESTRICTED, RISKY, CLEAR = "blocked", "restricted", "risky", "clear"
STATUSES = (BLOCKED, ARRANGE, UNKNOWN, RESTRICTED, RISKY, CLEAR)  # the order in which a report shows them: worst first
LEVELS = (RISKY, RESTRICTED, UNKNOWN, ARRANGE, BLOCKED)  # from mild to worst: at which a command may be told to fail
STANDINGS = (YES, IF, ARRANGE, UNKNOWN, NO)  # the answers to `today`, in the order in which a report shows them
STATUTE, FRAMEWORK, LOCAL = "statute", "framework", "local"
LAWFUL = "lawful"
_KEPT = 50_000
_IN_LAW = (BLOCKED, RESTRICTED, LAWFUL)  # what a way may come to once all is arranged that can be, the worst first


class Way(NamedTuple):
    """One lawful way of a task: the acts that it takes, decided for the holder and (where it has one) the comparator; and
    the facts on which each was decided, the holder's without those of a capacity."""

    acts: tuple[ActResult, ...]
    comparator: tuple[ActResult, ...]
    facts: tuple[dict[str, Any], ...]
    comparator_facts: tuple[dict[str, Any], ...]


class Decision(NamedTuple):
    """A task, decided. `today`: how it stands as things are stated; `way`: the way that this rests on (None: the task needs
    no act); `against`: the comparator's best way. `in_law`: blocked, restricted or lawful, once all is arranged that can be,
    with every unknown route taken as barred; `pessimistic`: the status on the same footing. `possible`: what the status may
    come to be once everything is known; `status` is unknown where that leaves it open."""

    task: Mapping[str, Any]
    ways: tuple[Way, ...]
    way: Way | None
    against: Way | None
    today: str
    in_law: str
    status: str
    possible: tuple[str, ...]
    pessimistic: str
    assurance: Assurance
    comparator: str
    facts: tuple[dict[str, Any], ...]

    @property
    def gap(self) -> str:
        """The gap in assurance: none, low, medium or high."""
        return self.assurance.gap

    @property
    def touches(self) -> tuple[str, ...]:
        """Interpretations on which the decision may turn."""
        return tuple(dict.fromkeys(name for way in self.ways for act in way.acts for name in act.touches))


def decide_task(law: Law, person: Person, entry: TaskEntry) -> Decision:
    """Decide a task of a profile for a person under a dated law."""
    task = law.book.data["tasks"][entry.id]
    local = _local(law, entry)
    setting = _setting(law, entry, person.facts.get("employer"))
    found = []
    for acts, cases, theirs, other in setting.ways:
        holder = tuple([{**person.facts, **case, **local} for case in cases])
        own = tuple(
            [decide_act(law, act, case, person.capacities, by) for (act, by), case in zip(acts, holder, strict=True)]
        )
        found.append(Way(own, theirs, holder, other))
    return _decide(law, person, task, tuple(found), setting)


class _Setting(NamedTuple):
    """What of a task's decision does not depend on the holder: for each way its acts, each with the routes by which alone the task
    does it (none: any), the facts of each case, and the comparator's results with their facts; the comparator; all the cases."""

    ways: tuple[
        tuple[
            tuple[tuple[str, tuple[str, ...]], ...],
            tuple[dict[str, Any], ...],
            tuple[ActResult, ...],
            tuple[dict[str, Any], ...],
        ],
        ...,
    ]
    comparator: str
    cases: tuple[dict[str, Any], ...]


def _setting(law: Law, entry: TaskEntry, employer: str | None) -> _Setting:
    """The setting of a task, kept unless facts of this very task go into it."""
    key = (entry.id, entry.medicine, employer)
    known: _Setting | None = None if entry.facts else law.known.get(key)
    if known is not None:
        return known
    task = law.book.data["tasks"][entry.id]
    comparator = registered_member(task["comparator"], law)
    common = {"nation": law.nation, "date": law.date, **({"employer": employer} if employer else {})}
    found = []
    for way in ways(task):
        acts = tuple([(need["act"], tuple(need.get("by", ()))) for need in way])
        cases = tuple([case_facts(law, need, entry) for need in way])
        other = tuple([{**common, **case, **comparator} for case in cases]) if comparator else ()
        theirs = tuple([decide_act(law, act, case, ({},), by) for (act, by), case in zip(acts, other, strict=False)])
        found.append((acts, cases, theirs, other))
    every = tuple([case for _, cases, _, _ in found for case in cases])
    setting = _Setting(tuple(found), task["comparator"] if comparator else "", every)
    if not entry.facts:
        law.known[key] = setting
    return setting


def _local(law: Law, entry: TaskEntry) -> dict[str, Any]:
    """Arrangements and entitlements that hold for this task only."""
    facts: dict[str, Any] = {}
    for kind, listing in (("arrangement", entry.arrangements), ("entitlement", entry.entitlements)):
        if listing != Listing():
            facts.update(listed(kind, listing, law, []))
    return facts


class _Weighed(NamedTuple):
    """What of a decision follows from its acts alone, whoever does them: the ways by their places, and what may be said of the
    task, with `lawful` for risky or clear."""

    way: int | None
    against: int | None
    today: str
    in_law: str
    pessimistic: str
    possible: frozenset[str]


def _decide(law: Law, person: Person, task: Mapping[str, Any], found: tuple[Way, ...], setting: _Setting) -> Decision:
    weighed = _weighed(law, found)
    way = found[weighed.way] if weighed.way is not None else None
    against = found[weighed.against] if weighed.against is not None else None
    today = weighed.today
    duties = duties_on_person(law, zip(way.acts, way.facts, strict=True) if way else ())
    assurance = assurance_of(law, person, person.profession, task["id"], duties)
    lawful = RISKY if assurance.gap in WIDE else CLEAR
    pessimistic, *possible = (lawful if item == LAWFUL else item for item in (weighed.pessimistic, *weighed.possible))
    status = {NO: BLOCKED, ARRANGE: ARRANGE, UNKNOWN: UNKNOWN}.get(today, pessimistic)
    if today in (YES, IF) and len(possible) > 1:
        status = UNKNOWN
    if status == UNKNOWN:
        possible += _may_end_as(law, person, task, found, {*possible})
    ordered = tuple(item for item in STATUSES if item in possible)
    return Decision(
        task, found, way, against, today, weighed.in_law, status, ordered, pessimistic, assurance, setting.comparator, setting.cases
    )  # fmt: skip


def _weighed(law: Law, found: tuple[Way, ...]) -> _Weighed:
    """What follows from the acts of the ways; kept with them, since they recur."""
    acts = [act for way in found for act in (*way.acts, *way.comparator)]
    key = ("weighed", tuple([len(way.acts) for way in found]), *map(id, acts))
    known: tuple[list[ActResult], _Weighed] | None = law.known.get(key)
    if known is None:
        if len(law.known) > _KEPT:
            law.known.clear()
        known = law.known[key] = acts, _weigh(found)
    return known[1]


def _weigh(found: tuple[Way, ...]) -> _Weighed:
    against = max(found, key=lambda way: min((act.level for act in way.comparator), default=0), default=None)
    if against is not None and not against.comparator:
        against = None
    standing = [_stands(way) for way in found]
    known: _Outcomes = [[(_barred_unless_known(act), act.level) for act in way.acts] for way in found]
    way = _best_way(found, against, standing, known)
    pessimistic = _status(found, against, known, LAWFUL)
    possible = {pessimistic}
    if any(act.unknown for item in found for act in item.acts):
        possible = {_status(found, against, outcomes, LAWFUL) for outcomes in _scenarios(found)}
    places = {id(item): place for place, item in enumerate(found)}
    return _Weighed(
        places[id(way)] if way else None, places[id(against)] if against else None, max(standing, key=STANDS.__getitem__, default=YES),
        _best_in_law(found, against, known), pessimistic, frozenset(possible),
    )  # fmt: skip


# For each way, for each of its acts: how the act stands today, and its directness.
_Outcomes = list[list[tuple[str, int]]]


def _statutory(way: Way, today: Iterable[str]) -> list[str]:
    """How the acts of a way stand, without those that only a framework reserves: a framework bars nobody in law."""
    return [stands for act, stands in zip(way.acts, today, strict=True) if act.act.force == STATUTE]


def _stands(way: Way) -> str:
    """How a way stands today: as its worst act."""
    return min(_statutory(way, [act.today for act in way.acts]), key=STANDS.__getitem__, default=YES)


def _barred_unless_known(act: ActResult) -> str:
    return NO if act.today == UNKNOWN else act.today


def _best_way(found: tuple[Way, ...], against: Way | None, standing: list[str], outcomes: _Outcomes) -> Way | None:
    """The way that stands best today; of several the one that stands best in law, then the most direct, then the first."""
    best: tuple[tuple[int, int, int, int], Way] | None = None
    for index, (way, own) in enumerate(zip(found, outcomes, strict=True)):
        least = min((level for _, level in own), default=3)
        merit = (STANDS[standing[index]], _IN_LAW.index(_way_in_law(way, own, against)), least, -index)
        if best is None or merit > best[0]:
            best = (merit, way)
    return best[1] if best else None


def _scenarios(found: tuple[Way, ...]) -> Iterator[_Outcomes]:
    """Everything that the acts can come to once their unknown routes are known."""
    options = [[_may_become(act) for act in way.acts] for way in found]
    for picked in product(*(choice for way in options for choice in way)):
        outcome = iter(picked)
        yield [[next(outcome) for _ in way] for way in options]


def _may_become(act: ActResult) -> list[tuple[str, int]]:
    """What an act can come to: each unknown route may turn out barred, or else lawful as far as the person and the case go.
    A route for which the lawbook knows no rule may be as direct as any."""
    found = {(STANDS[_barred_unless_known(act)], act.level)}
    for route in act.unknown:
        found |= {(max(today, STANDS[route.once_known]), max(level, route.level or 3)) for today, level in found}
    return [(TODAY[today], level) for today, level in sorted(found)]


def _may_end_as(law: Law, person: Person, task: Mapping[str, Any], found: tuple[Way, ...], ends: set[str]) -> set[str]:
    """What else a task that is not known may come to, given that it may come to `ends`: with what is told the person may have
    other duties, the entry may be one that covers the work, and the comparator may have a more direct way."""
    if not ends & {RISKY, CLEAR}:
        return set()
    duties = duties_on_any_route(law, (act.act for way in found for act in way.acts))
    gaps = [assurance_of(law, person, person.profession, task["id"], said).gap for said in ((), duties)]
    more = {RISKY if gap in WIDE else CLEAR for gap in gaps}
    if any(entry.statutory and not entry.profession for entry in person.entries):
        more.add(CLEAR)
    if any(entry.reaches is None for entry in person.entries):
        for reaches in (True, False):
            told = tuple(
                [entry._replace(reaches=reaches) if entry.reaches is None else entry for entry in person.entries]
            )
            other = person._replace(entries=told)
            gaps += [assurance_of(law, other, person.profession, task["id"], said).gap for said in ((), duties)]
        more |= {RISKY if gap in WIDE else CLEAR for gap in gaps}
    if any(_may_be_more_direct(act) for way in found for act in way.comparator):
        more.add(RESTRICTED)
    return more


def _may_be_more_direct(act: ActResult) -> bool:
    """Whether an act may turn out to have a more direct route than it has."""
    return any(route.level > act.level or not route.rule for route in act.unknown)


def _status(found: tuple[Way, ...], against: Way | None, outcomes: _Outcomes, lawful: str) -> str:
    """The status of a task of which everything is known, given what each act comes to."""
    if not found:
        return lawful
    ways = zip(found, outcomes, strict=True)
    today = max(
        (min(_statutory(way, [one for one, _ in own]), key=STANDS.__getitem__, default=YES) for way, own in ways),
        key=STANDS.__getitem__,
    )
    if today in (NO, ARRANGE):
        return BLOCKED if today == NO else ARRANGE
    return RESTRICTED if _best_in_law(found, against, outcomes) == RESTRICTED else lawful


def _best_in_law(found: tuple[Way, ...], against: Way | None, outcomes: _Outcomes) -> str:
    """The best that a task comes to once all is arranged that can be: blocked, restricted or lawful."""
    results = [_way_in_law(way, own, against) for way, own in zip(found, outcomes, strict=True)]
    return max(results, key=_IN_LAW.index, default=LAWFUL)


def _way_in_law(way: Way, own: Iterable[tuple[str, int]], against: Way | None) -> str:
    outcomes = list(own)
    forces = [act.act.force for act in way.acts]
    if any(today == NO and force == STATUTE for (today, _), force in zip(outcomes, forces, strict=True)):
        return BLOCKED
    asked = [today for (today, _), force in zip(outcomes, forces, strict=True) if force != STATUTE]
    if NO in asked or ARRANGE in asked or less_direct(way, [level for _, level in outcomes], against):
        return RESTRICTED
    return LAWFUL


def less_direct(way: Way, levels: list[int], against: Way | None) -> bool:
    """Whether the comparator has a more direct way: act for act where it goes the same way, else by its least direct act."""
    if against is None:
        return False
    if way is against:
        return any(own < theirs.level for own, theirs in zip(levels, way.comparator, strict=True))
    return min(levels, default=3) < min((act.level for act in against.comparator), default=0)
