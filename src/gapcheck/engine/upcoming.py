"""Law to come: made but not in force, within a year, where it would change the answer to a task or an act.

What is compared is the law alone: an attestation that runs out in the meantime is left as it stands today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.engine import sentences
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import ActResult, decide_act
from gapcheck.engine.tasks import Decision, decide_task
from gapcheck.law.dated import Law, Provision
from gapcheck.profile.model import Listing, Profile, TaskEntry


class Upcoming(NamedTuple):
    """A day on which law comes into force or ends, the status (of a task) or verdict (of an act) from then, and its law."""

    date: str
    status: str
    says: str
    law: tuple[Provision, ...]


def upcoming_of_task(law: Law, profile: Profile, entry: TaskEntry, decision: Decision) -> tuple[Upcoming, ...]:
    """The changes of the law within a year that would change the answer to a task."""
    found, before = [], decision
    acts = [act for way in decision.ways for act in way.acts]
    if dates := _dates(law, profile, acts):
        profile, entry = _lasting(profile, law.date), _lasting(entry, law.date)
    for date in dates:
        then = law.on(date)
        after = decide_task(then, person_of(profile, then), entry)
        if answer_of(after) != answer_of(before):
            pairs = zip(_acts(before), _acts(after), strict=True)
            changed = [(old, new) for old, new in pairs if way_of(old) != way_of(new)]
            cited = _cited(law, changed)
            says = sentences.upcoming(then, _since(then, cited), before, after, changed)
            found.append(Upcoming(date, after.status, says, cited))
        before = after
    return tuple(found)


def upcoming_of_act(law: Law, profile: Profile, facts: Mapping[str, Any], act: ActResult) -> tuple[Upcoming, ...]:
    """The changes of the law within a year that would change the answer to one question, on the facts of its case."""
    found, before = [], act
    if dates := _dates(law, profile, [act]):
        profile = _lasting(profile, law.date)
    for date in dates:
        then = law.on(date)
        person = person_of(profile, then)
        after = decide_act(then, act.act.id, {**person.facts, **facts}, person.capacities, act.act.only)
        if states_of(after) != states_of(before):
            cited = _cited(law, [(before, after)])
            says = sentences.upcoming_act(then, _since(then, cited), before, after)
            found.append(Upcoming(date, after.verdict, says, cited))
        before = after
    return tuple(found)


def answer_of(decision: Decision) -> tuple[Any, ...]:
    """What a reader would call the answer to a task: the status, and each act's verdict and way."""
    return (
        decision.status,
        decision.today,
        decision.possible,
        tuple((act.act.id, *way_of(act)) for act in _acts(decision)),
    )


def states_of(act: ActResult) -> tuple[Any, ...]:
    """What a reader would call the answer to a question: the verdict, the way, and the state of every route."""
    return (*way_of(act), tuple(route.state for route in act.routes))


def _acts(decision: Decision) -> list[ActResult]:
    return [act for way in decision.ways for act in way.acts]


def way_of(act: ActResult) -> tuple[str, str]:
    """The verdict on an act and the way that it goes by."""
    return act.verdict, act.best.route if act.best else ""


def _dates(law: Law, profile: Profile, acts: Iterable[ActResult]) -> list[str]:
    """The days within a year on which the law of the acts changes, or a register opens to the person's profession."""
    dates = {date for act in acts for date in act.act.dates}
    professions = {profile.profession, *(entry.held_as for entry in profile.registrations)} - {""}
    for profession in professions if profile.registrations else ():
        dates.update(entry.get("from", "") for entry in law.book.data["professions"][profession]["registers"])
    to_come = [date for date in dates if date > law.date]
    if not to_come:
        return []
    horizon = f"{min(int(law.date[:4]) + 1, 9999):04d}{law.date[4:]}"
    return sorted(date for date in to_come if date <= horizon)


def _lasting(stated: Any, date: str) -> Any:
    """A profile or task whose attestations that are good on a date do not run out later."""

    def kept(listing: Listing) -> Listing:
        items = tuple(item._replace(until="") if item.until >= date else item for item in listing.items)
        return listing._replace(items=items)

    return stated._replace(
        **{key: kept(value) for key, value in stated._asdict().items() if isinstance(value, Listing)}
    )


def _cited(law: Law, changed: Sequence[tuple[ActResult, ActResult]]) -> tuple[Provision, ...]:
    """The law of a change: the provisions that are to come in the ways that change, or else all the law of those ways."""
    pairs = [pair for old, new in changed for pair in zip(old.routes, new.routes, strict=True)]
    ways = [way for pair in pairs if pair[0].state != pair[1].state for way in pair]
    every = {item.id: item for way in ways for item in way.law}.values()
    return tuple(item for item in every if item.force_from > law.date) or tuple(every)


def _since(law: Law, cited: Iterable[Provision]) -> str:
    """The day of a law in words; whether it is only an announced one."""
    provisions = law.book.data["provisions"]
    return sentences.since(law.date, any(provisions[item.id].get("commencement") == "announced" for item in cited))
