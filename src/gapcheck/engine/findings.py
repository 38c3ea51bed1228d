"""Findings: the answer for each task of a profile, with reasons, remedies, law and what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gapcheck.engine import sentences
from gapcheck.engine.person import REGISTRATION, Person, on_terms, person_of
from gapcheck.engine.remedies import (
    NO,
    Need,
    RemedySet,
    attribution,
    needs_of,
    remedies_of,
    together,
)
from gapcheck.engine.routes import ARRANGE, BARRED, OPEN, STANDS, UNKNOWN, ActResult, RouteResult
from gapcheck.engine.tasks import (
    BLOCKED,
    CLEAR,
    LAWFUL,
    RESTRICTED,
    RISKY,
    STANDINGS,
    STATUSES,
    STATUTE,
    Decision,
    decide_task,
)
from gapcheck.engine.upcoming import Upcoming, answer_of, upcoming_of_task
from gapcheck.law.dated import Law
from gapcheck.profile.model import ALLOWS, Profile, TaskEntry

UNVERIFIED = "unverified"
ASSURANCE = "assurance"  # what registration would add to a task that is lawful without it


class Adds(NamedTuple):
    """What statutory registration would add: the acts that it would open, alone or with an amendment of the law, and whether
    it would make the gap in assurance smaller."""

    opens: tuple[str, ...] = ()
    assures: bool = False


class Finding(NamedTuple):
    """The answer for one task: how it stands today and what that needs, the harm, what assures the person, and what
    registration would add; the status; the routes considered, what would open them, and what the answer rests on."""

    entry: TaskEntry
    decision: Decision
    needed: tuple[Need, ...]
    registration_adds: Adds
    why: str
    way: str
    restricted_by: str  # statute | framework | ""
    opens_with: tuple[RemedySet, ...]
    because_of_registration: str
    turns_on: tuple[str, ...]
    upcoming: tuple[Upcoming, ...]
    questions: tuple[str, ...]
    evidence: tuple[str, ...]
    unverified: tuple[str, ...]
    duties: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def task(self) -> str:
        return str(self.decision.task["id"])

    @property
    def label(self) -> str:
        return str(self.decision.task["label"])

    @property
    def status(self) -> str:
        return self.decision.status

    @property
    def today(self) -> str:
        return self.decision.today

    @property
    def gap(self) -> str:
        return self.decision.gap

    @property
    def shows_gap(self) -> bool:
        """Whether the gap stands beside the status: what is unlawful, or is lawful by a longer way only, is not graded."""
        return self.status in (RISKY, CLEAR)

    @property
    def acts(self) -> tuple[ActResult, ...]:
        """The acts of every way, each once."""
        return tuple({id(act): act for way in self.decision.ways for act in way.acts}.values())


class CrossCheck(NamedTuple):
    """The second engine: its name and version, and whether it gave the same answers; None where it was not asked."""

    engine: str | None = None
    agrees: bool | None = None


class Waiver(NamedTuple):
    """An entry of a file of waivers, and what it did: `state` is applied, refused, expired or unused; `note` says why."""

    of: str  # a task, or the code of a finding on wording
    reason: str
    owner: str
    until: str
    source: str = ""
    state: str = ""
    note: str = ""


class Report(NamedTuple):
    """The findings for one profile, in the order of its tasks, with the law that they rest on, and the waivers tried."""

    profile: Profile
    law: Law
    person: Person
    findings: tuple[Finding, ...]
    cross_check: CrossCheck = CrossCheck()
    waivers: tuple[Waiver, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What to note of the person, and of each register that is stated and covers none of the tasks."""
        assurances = [finding.decision.assurance for finding in self.findings]
        return self.person.notes + sentences.covers_nothing(self.law, assurances)

    @property
    def waived(self) -> dict[str, Waiver]:
        """The waivers that apply, by task."""
        return {item.of: item for item in self.waivers if item.state == "applied"}

    @property
    def summary(self) -> dict[str, int]:
        counts = dict.fromkeys(STATUSES, 0)
        for finding in self.findings:
            counts[finding.status] += 1
        return counts

    @property
    def today(self) -> dict[str, int]:
        """How many tasks stand how today."""
        counts = dict.fromkeys(STANDINGS, 0)
        for finding in self.findings:
            counts[finding.today] += 1
        return counts


def check(profile: Profile, law: Law) -> Report:
    """Decide every task of a profile under a dated law."""
    person = person_of(profile, law)
    return Report(profile, law, person, tuple(_finding(law, profile, person, entry) for entry in profile.tasks))


def _finding(law: Law, profile: Profile, person: Person, entry: TaskEntry) -> Finding:
    decision = decide_task(law, person, entry)
    gaps = _gaps(decision)
    needed = needed_of(law, decision)
    adds = _adds(decision, gaps)
    return Finding(
        entry=entry,
        decision=decision,
        needed=needed,
        registration_adds=adds,
        why=sentences.why(law, decision, gaps, needed),
        way=sentences.way(decision),
        restricted_by=_restricted_by(decision, gaps),
        opens_with=_opens_with(law, decision, gaps),
        because_of_registration=_because(decision, gaps, adds),
        turns_on=_turns_on(law, profile, entry, decision),
        upcoming=upcoming_of_task(law, profile, entry, decision),
        questions=_questions(law, profile, decision),
        evidence=tuple(law.book.data["claims-by-task"].get(entry.id, ())),
        unverified=_unverified(decision, gaps),
        duties=tuple(dict.fromkeys(duty for act in (decision.way.acts if decision.way else ()) for duty in act.duties)),
        notes=tuple(filter(None, (*person.notes, decision.task.get("corrects", "")))),
    )


Gap = tuple[ActResult, tuple[RouteResult, ...]]


def _gaps(decision: Decision) -> list[Gap]:
    """Each act that keeps the task from being as lawful as the comparator's, with the routes that would close the gap if
    opened. What has yet to be arranged is no such gap: see `needed`."""
    way, against = decision.way, decision.against
    if way is None or decision.in_law == LAWFUL:
        return []
    if decision.in_law == BLOCKED:
        return [(act, act.routes) for act in way.acts if act.level == 0 and act.act.force == STATUTE]
    gaps = []
    floor = min((act.level for act in against.comparator), default=0) if against else 0
    for index, act in enumerate(way.acts):
        wanted = way.comparator[index].level if way is against else floor
        asked = act.act.force != STATUTE and act.today == ARRANGE
        if act.level == 0 or act.level < wanted or asked:
            gaps.append((act, tuple(route for route in act.routes if route.level >= wanted or route.level == 0)))
    return gaps


def needed_of(law: Law, decision: Decision) -> tuple[Need, ...]:
    """What has to be in place for the way that the task goes today, and is not stated to be; nothing where it is barred."""
    if decision.status == BLOCKED or decision.way is None:
        return ()
    acts = [act for act in decision.way.acts if act.act.force == STATUTE and act.best]
    return tuple(dict.fromkeys(need for act in acts if act.best for need in needs_of(law, act.best)))


def _opened(gaps: list[Gap]) -> tuple[str, ...]:
    """The acts that registration opens, alone or with an amendment of the law."""
    return tuple(dict.fromkeys(act.act.id for act, routes in gaps if _attributed(routes) != NO))


def _attributed(routes: Iterable[RouteResult]) -> str:
    return attribution(route.fails for route in routes if route.state == BARRED)


def _restricted_by(decision: Decision, gaps: list[Gap]) -> str:
    if decision.pessimistic != RESTRICTED:
        return ""
    return STATUTE if any(act.act.force == STATUTE for act, _ in gaps) else "framework"


def because_of(decision: Decision) -> str:
    """What registration has to do with a decision: yes, partly, no or assurance."""
    gaps = _gaps(decision)
    return _because(decision, gaps, _adds(decision, gaps))


def _adds(decision: Decision, gaps: list[Gap]) -> Adds:
    return Adds(() if _on_terms(decision) else _opened(gaps), decision.assurance.once_registered != decision.gap)


def _on_terms(decision: Decision) -> bool:
    """Whether the answer waits for the terms of a registration that the person has: then no other is wanting."""
    return decision.today == UNKNOWN and any(item.entry.reaches is None for item in decision.assurance.registers)


def _because(decision: Decision, gaps: list[Gap], adds: Adds) -> str:
    """What registration has to do with a finding: of law, whether it closes it; of a lawful task, whether it would assure."""
    if decision.pessimistic in (RISKY, CLEAR):
        return ASSURANCE if adds.assures else NO
    if decision.pessimistic == ARRANGE or _on_terms(decision):
        return NO
    # An act of which the lawbook does not hold the law is no gap that it knows of.
    answers = {_attributed(routes) for _, routes in gaps if any(route.state == BARRED for route in routes)}
    return next((answer for answer in (NO, "partly", "yes") if answer in answers), NO)  # every gap must close


def _opens_with(law: Law, decision: Decision, gaps: list[Gap]) -> tuple[RemedySet, ...]:
    """What would make the task lawful, or as direct as the comparator's. What would only assure opens nothing: see `Adds`."""
    if decision.pessimistic == BLOCKED:
        return together(remedies_of(law, act, routes) for act, routes in gaps)
    acts = decision.way.acts if decision.way else ()
    restricted = {id(act) for act, _ in gaps}
    return together(remedies_of(law, act) for act in acts if act.verdict != OPEN or id(act) in restricted)


def _turns_on(law: Law, profile: Profile, entry: TaskEntry, decision: Decision) -> tuple[str, ...]:
    """The interpretations under another reading of which the answer would differ."""
    turns = []
    for name in decision.touches:
        readings = [item["id"] for item in law.book.data["interpretations"][name]["readings"]]
        for reading in readings:
            other = _again(law.reading(name, reading), profile, entry) if reading != law.readings[name] else decision
            if answer_of(other) != answer_of(decision):
                turns.append(name)
                break
    return tuple(turns)


def _again(law: Law, profile: Profile, entry: TaskEntry) -> Decision:
    return decide_task(law, person_of(profile, law), entry)


def _questions(law: Law, profile: Profile, decision: Decision) -> tuple[str, ...]:
    wanted = asked_instead(facts_wanted(law, decision), profile, law)
    return tuple(dict.fromkeys(question(law, name) for name in wanted))


def facts_wanted(law: Law, decision: Decision) -> tuple[str, ...]:
    """The facts that would settle a task of which the status is not known, or might be better than `arrange`."""
    if decision.status not in (UNKNOWN, ARRANGE):
        return ()
    acts = [act for way in decision.ways for act in way.acts]
    return open_facts(law, (route for act in acts for route in act.unknown if _would_help(act, route)))


def _would_help(act: ActResult, route: RouteResult) -> bool:
    """Whether an unknown route, if it turned out lawful, would make the act stand better, or be done more directly."""
    if act.today in (ARRANGE, UNKNOWN) and act.level:
        return STANDS[route.once_known] > STANDS[act.today]
    return route.level > act.level or not route.rule


def open_facts(law: Law, routes: Iterable[RouteResult]) -> tuple[str, ...]:
    """The facts that would settle routes that are unknown and that somebody can be asked for."""
    names = dict.fromkeys(
        name
        for route in routes
        for item in route.fails
        if item.holds is None and item.part != "arrangements"
        for name in item.facts
    )
    return tuple(name for name in names if question(law, name))


def asked_instead(names: Iterable[str], profile: Profile, law: Law) -> tuple[str, ...]:
    """The facts to ask for: of who is registered on terms, whether they reach, and not whether there is a registration."""
    terms = on_terms(profile, law)
    return tuple(dict.fromkeys(ALLOWS if terms and name == REGISTRATION else name for name in names))


def question(law: Law, fact: str) -> str:
    """The question that asks for a fact, or nothing where no person could answer it."""
    data = law.book.data
    identity = fact.partition(".")[2]
    item = data["facts"].get(fact) or data["arrangements"].get(identity)
    return item["question"] if item else ""


def _unverified(decision: Decision, gaps: list[Gap]) -> tuple[str, ...]:
    """The provisions on which the answer rests and which nobody has read: of the routes that decide it."""
    acts: list[ActResult] = list(decision.way.acts) if decision.way else []
    routes = [act.best for act in acts if act.best and act.best.state != BARRED]
    routes += [
        route
        for _, some in gaps
        for route in some
        if route.rule and not any(item.remedy == "cannot" for item in route.fails)
    ]
    cited = [provision for route in routes for provision in route.law]
    cited += [law for act, _ in gaps for law in act.act.law]
    return tuple(dict.fromkeys(item.id for item in cited if item.confidence == UNVERIFIED))
