"""Tasks: which acts a task needs, decided for the holder and for the comparator, and the status that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.person import NONE, Person, listed, registered_member
from gapcheck.engine.routes import ActResult, decide_act
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.profile.model import Listing, TaskEntry

BLOCKED, RESTRICTED, RISKY, CLEAR, UNKNOWN = "blocked", "restricted", "risky", "clear", "unknown"
STATUSES = (BLOCKED, RESTRICTED, RISKY, UNKNOWN, CLEAR)  # the order in which a report shows them: worst first
STATUTE, FRAMEWORK, LOCAL = "statute", "framework", "local"
_RANK = {BLOCKED: 0, RESTRICTED: 1, RISKY: 2, CLEAR: 2}


class Way(NamedTuple):
    """One lawful way of a task: the acts that it takes, decided for the holder and (where it has one) the comparator; and
    the facts on which each was decided, the holder's without those of a capacity."""

    acts: tuple[ActResult, ...]
    comparator: tuple[ActResult, ...]
    facts: tuple[dict[str, Any], ...]
    comparator_facts: tuple[dict[str, Any], ...]


class Decision(NamedTuple):
    """A task, decided. `way`: the way that the status rests on (None: the task needs no act); `against`: the comparator's
    best way; `status` is unknown where answers to open questions could change it, and `possible` then lists what it may be;
    `pessimistic` is the status with every unknown route taken as barred."""

    task: Mapping[str, Any]
    ways: tuple[Way, ...]
    way: Way | None
    against: Way | None
    status: str
    possible: tuple[str, ...]
    pessimistic: str
    risk: str
    comparator: str
    facts: tuple[dict[str, Any], ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """Interpretations on which the decision may turn."""
        return tuple(dict.fromkeys(name for way in self.ways for act in way.acts for name in act.touches))


def decide_task(law: Law, person: Person, entry: TaskEntry) -> Decision:
    """Decide a task of a profile for a person under a dated law."""
    task = law.book.data["tasks"][entry.id]
    risk = law.book.data["risk"][task["harm"]["severity"]][person.assurance]
    local = _local(law, entry)
    setting = _setting(law, entry, person.facts.get("employer"))
    found = []
    for acts, cases, theirs, other in setting.ways:
        holder = tuple([{**person.facts, **case, **local} for case in cases])
        own = tuple([decide_act(law, act, case, person.capacities) for act, case in zip(acts, holder, strict=True)])
        found.append(Way(own, theirs, holder, other))
    return _decide(task, tuple(found), risk, setting.comparator, setting.cases)


class _Setting(NamedTuple):
    """What of a task's decision does not depend on the holder: for each way its acts, the facts of each case, and the
    comparator's results with their facts; the comparator; all the cases."""

    ways: tuple[
        tuple[tuple[str, ...], tuple[dict[str, Any], ...], tuple[ActResult, ...], tuple[dict[str, Any], ...]], ...
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
        acts = tuple([need["act"] for need in way])
        cases = tuple([case_facts(law, need, entry) for need in way])
        other = tuple([{**common, **case, **comparator} for case in cases]) if comparator else ()
        theirs = tuple([decide_act(law, act, case, ({},)) for act, case in zip(acts, other, strict=False)])
        found.append((acts, cases, theirs, other))
    every = tuple([case for _, cases, _, _ in found for case in cases])
    setting = _Setting(tuple(found), task["comparator"] if comparator else "", every)
    if not entry.facts:
        law.known[key] = setting
    return setting


def case_facts(law: Law, need: Mapping[str, Any], entry: TaskEntry) -> dict[str, Any]:
    """What the task, the act and the medicine say of the case. What the profile says of this task counts most, but not
    against what the act itself is."""
    stated = dict(need.get("with", {}))
    if entry.medicine:
        stated = {key: value for key, value in stated.items() if not key.startswith("medicine")}
        stated["medicine"] = entry.medicine
    stated.update(entry.facts)
    known = law.medicine(stated.get("medicine", ""))
    facts: dict[str, Any] = {**known, **stated}
    about = law.book.data["facts"]
    facts.update({name: value for name, value in known.items() if about[name].get("fixed")})
    if "title" in stated:
        facts.update(law.book.title_facts(stated["title"]))
    facts.update(law.book.data["acts"][need["act"]].get("facts", {}))
    return facts


def _local(law: Law, entry: TaskEntry) -> dict[str, Any]:
    """Arrangements and entitlements that hold for this task only."""
    facts: dict[str, Any] = {}
    for kind, listing in (("arrangement", entry.arrangements), ("entitlement", entry.entitlements)):
        if listing != Listing():
            facts.update(listed(kind, listing, law, []))
    return facts


def _decide(
    task: Mapping[str, Any], found: tuple[Way, ...], risk: str, comparator: str, facts: tuple[dict[str, Any], ...]
) -> Decision:
    lawful = CLEAR if risk == NONE else RISKY
    if not found:
        return Decision(task, (), None, None, lawful, (lawful,), lawful, risk, comparator, facts)
    against = max(found, key=lambda way: min((act.level for act in way.comparator), default=0)) if comparator else None
    pessimistic, way = _status(found, against, lawful, [[act.level for act in item.acts] for item in found])
    possible = {pessimistic}
    if any(act.unknown for item in found for act in item.acts):
        possible = {_status(found, against, lawful, levels)[0] for levels in _scenarios(found)}
    status = pessimistic if len(possible) == 1 else UNKNOWN
    ordered = tuple(item for item in STATUSES if item in possible)
    return Decision(task, found, way, against, status, ordered, pessimistic, risk, comparator, facts)


def _scenarios(found: tuple[Way, ...]) -> Iterator[list[list[int]]]:
    """Every directness that each act can come to have once its unknown routes are known."""
    options = [
        [
            sorted(
                {
                    act.level,
                    *(route.level for route in act.unknown if route.level > act.level),
                    *([3] if any(route.level == 0 for route in act.unknown) else []),
                }
            )
            for act in way.acts
        ]
        for way in found
    ]
    flat = [choice for way in options for choice in way]
    for picked in product(*flat):
        levels = iter(picked)
        yield [[next(levels) for _ in way] for way in options]


def _status(found: tuple[Way, ...], against: Way | None, lawful: str, levels: list[list[int]]) -> tuple[str, Way]:
    """The status of the holder's best way, given the directness of each act."""
    best: tuple[tuple[int, int, int], str, Way] | None = None
    for index, (way, own) in enumerate(zip(found, levels, strict=True)):
        status = _way_status(way, own, against, lawful)
        merit = (_RANK[status], min(own, default=3), -index)
        if best is None or merit > best[0]:
            best = (merit, status, way)
    assert best is not None
    return best[1], best[2]


def _way_status(way: Way, own: Iterable[int], against: Way | None, lawful: str) -> str:
    levels = list(own)
    barred = [act.act.force for act, level in zip(way.acts, levels, strict=True) if level == 0]
    if STATUTE in barred:
        return BLOCKED
    if barred or less_direct(way, levels, against):
        return RESTRICTED
    return lawful


def less_direct(way: Way, levels: list[int], against: Way | None) -> bool:
    """Whether the comparator has a more direct way: act for act where it goes the same way, else by its least direct act."""
    if against is None:
        return False
    if way is against:
        return any(own < theirs.level for own, theirs in zip(levels, way.comparator, strict=True))
    return min(levels, default=3) < min((act.level for act in against.comparator), default=0)
