"""Findings: the answer for each task of a profile, with reasons, remedies, law and what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gapcheck.engine import sentences
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.remedies import (
    NO,
    REGISTER,
    YES,
    Remedy,
    RemedySet,
    attribution,
    minimal,
    registration_text,
    remedies_of,
    together,
)
from gapcheck.engine.routes import BARRED, OPEN, UNKNOWN, ActResult, RouteResult
from gapcheck.engine.tasks import (
    BLOCKED,
    RESTRICTED,
    RISKY,
    STATUSES,
    STATUTE,
    Decision,
    decide_task,
)
from gapcheck.engine.upcoming import Upcoming, answer_of, upcoming_of_task
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile, TaskEntry

UNVERIFIED = "unverified"


class Finding(NamedTuple):
    """The answer for one task. See design: status, risk, routes, remedies, attribution."""

    entry: TaskEntry
    decision: Decision
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
    def risk(self) -> str:
        return self.decision.risk

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
    def waived(self) -> dict[str, Waiver]:
        """The waivers that apply, by task."""
        return {item.of: item for item in self.waivers if item.state == "applied"}

    @property
    def summary(self) -> dict[str, int]:
        counts = dict.fromkeys(STATUSES, 0)
        for finding in self.findings:
            counts[finding.status] += 1
        return {key: counts[key] for key in ("blocked", "restricted", "risky", "unknown", "clear")}


def check(profile: Profile, law: Law) -> Report:
    """Decide every task of a profile under a dated law."""
    person = person_of(profile, law)
    return Report(profile, law, person, tuple(_finding(law, profile, person, entry) for entry in profile.tasks))


def _finding(law: Law, profile: Profile, person: Person, entry: TaskEntry) -> Finding:
    decision = decide_task(law, person, entry)
    gaps = _gaps(decision)
    return Finding(
        entry=entry,
        decision=decision,
        why=sentences.why(law, person, decision, gaps),
        way=sentences.way(decision),
        restricted_by=_restricted_by(decision, gaps),
        opens_with=_opens_with(law, profile, decision, gaps),
        because_of_registration=_because(decision, gaps),
        turns_on=_turns_on(law, profile, entry, decision),
        upcoming=upcoming_of_task(law, profile, entry, decision),
        questions=_questions(law, decision),
        evidence=tuple(law.book.data["claims-by-task"].get(entry.id, ())),
        unverified=_unverified(decision, gaps),
        duties=tuple(dict.fromkeys(duty for act in (decision.way.acts if decision.way else ()) for duty in act.duties)),
        notes=tuple(filter(None, (*person.notes, decision.task.get("corrects", "")))),
    )


Gap = tuple[ActResult, tuple[RouteResult, ...]]


def _gaps(decision: Decision) -> list[Gap]:
    """Each act that keeps the status from being better, with the routes that would close the gap if opened."""
    way, against = decision.way, decision.against
    if way is None or decision.pessimistic not in (BLOCKED, RESTRICTED):
        return []
    if decision.pessimistic == BLOCKED:
        return [(act, act.routes) for act in way.acts if act.level == 0 and act.act.force == STATUTE]
    gaps = []
    floor = min((act.level for act in against.comparator), default=0) if against else 0
    for index, act in enumerate(way.acts):
        wanted = way.comparator[index].level if way is against else floor
        if act.level == 0 or act.level < wanted:
            gaps.append((act, tuple(route for route in act.routes if route.level >= wanted or route.level == 0)))
    return gaps


def _restricted_by(decision: Decision, gaps: list[Gap]) -> str:
    if decision.pessimistic != RESTRICTED:
        return ""
    return STATUTE if any(act.act.force == STATUTE for act, _ in gaps) else "framework"


def _because(decision: Decision, gaps: list[Gap]) -> str:
    if decision.pessimistic == RISKY:
        return YES
    answers = {attribution(route.fails for route in routes if route.state == BARRED) for _, routes in gaps}
    for answer in (NO, "partly", YES):  # every gap must close, so the worst answer counts
        if answer in answers:
            return answer
    return NO


def _opens_with(law: Law, profile: Profile, decision: Decision, gaps: list[Gap]) -> tuple[RemedySet, ...]:
    if decision.pessimistic == BLOCKED:
        return together(remedies_of(law, act, routes) for act, routes in gaps)
    acts = decision.way.acts if decision.way else ()
    restricted = {id(act) for act, _ in gaps}
    sets = [remedies_of(law, act) for act in acts if act.verdict != OPEN or id(act) in restricted]
    found = together(sets)
    if decision.pessimistic == RISKY:
        registration = Remedy(
            REGISTER,
            registration_text(law, profile.profession),
            "parliament, regulator and person",
            "holder.statutory-registration",
            "",
        )
        found = minimal([*found, (registration,)])
    return found


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


def _questions(law: Law, decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question(law, name) for name in facts_wanted(law, decision)))


def facts_wanted(law: Law, decision: Decision) -> tuple[str, ...]:
    """The facts that would settle a task whose status is unknown; none where it is known."""
    if decision.status != UNKNOWN:
        return ()
    acts = [act for way in decision.ways for act in way.acts]
    return open_facts(
        law, (route for act in acts for route in act.unknown if route.level > act.level or not route.rule)
    )


def questions_of(law: Law, routes: Iterable[RouteResult]) -> tuple[str, ...]:
    """The plain questions whose answers would settle routes that are unknown."""
    return tuple(dict.fromkeys(question(law, name) for name in open_facts(law, routes)))


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


def question(law: Law, fact: str) -> str:
    """The question that asks for a fact, or nothing where no person could answer it."""
    data = law.book.data
    identity = fact.partition(".")[2]
    item = data["facts"].get(fact) or data["arrangements"].get(identity) or {}
    return str(item.get("question", ""))


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
