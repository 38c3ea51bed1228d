"""The ladder: which gaps of today each combination of reforms closes, decided by laying it over the lawbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from gapcheck.engine.findings import Finding, check
from gapcheck.engine.person import person_of, registered_member
from gapcheck.engine.remedies import ARRANGE, needed, remedy_of
from gapcheck.engine.routes import ARRANGE as ARRANGE_FIRST
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN, ActResult, RouteResult, decide_act
from gapcheck.engine.tasks import CLEAR, RISKY
from gapcheck.law.dated import Law, Provision
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Profile, Registration, TaskEntry
from gapcheck.submission.model import (
    AMENDMENT,
    BARRED_BY_LAW,
    BOTH,
    CANNOT_BE_TOLD,
    NO_GAP,
    NOT_BY_THESE,
    REGISTRATION,
    RUNGS,
    AnnexScope,
    ArrangeLine,
    RouteLine,
    Step,
    TaskLine,
    way_of,
)

# What is lawful leaves no gap in law; what registration adds to it is told as assurance, and never as a gap that closes.
_LAWFUL = (ARRANGE_FIRST, RISKY, CLEAR)
_ORDER = {BARRED: 0, UNKNOWN: 1, AVAILABLE: 2, OPEN: 3}


def member_of(law: Law, profession: str) -> Profile:
    """A member of the profession on whom nothing but the registers is known: on its statutory register where the law gives it
    one, and on its first accredited register."""
    accredited = law.book.data["professions"][profession].get("accredited", ())
    registrations = [Registration(register) for register in accredited[:1]]
    if member := registered_member(profession, law):
        registrations.append(Registration(str(member["holder.register"]), held_as=profession))
    return Profile(profession, law.nation, registrations=tuple(registrations))


def bare_of(law: Law, profession: str) -> Profile:
    """A member of the profession who is on no register."""
    return Profile(profession, law.nation, registers_stated=True)


def steps_of(law: Law, profession: str, reforms: Sequence[str], numbers: Mapping[str, int]) -> tuple[Step, ...]:
    """Today, and the law under every combination of the reforms, smaller combinations first. `numbers`: of all reforms."""
    picks = chain.from_iterable(combinations(reforms, size) for size in range(len(reforms) + 1))
    found = []
    for pick in picks:
        under = law.book.at(law.date, law.nation, law.readings, pick)
        found.append(
            Step(_name([numbers[item] for item in pick], len(reforms)), pick, under, member_of(under, profession))
        )
    return tuple(found)


def _name(numbers: Sequence[int], of: int) -> str:
    if not numbers:
        return "Today"
    if len(numbers) == 1:
        return f"Reform {numbers[0]}{' alone' if of > 1 else ''}"
    return f"Reforms {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def concerns(book: Lawbook, reform: str, profession: str) -> bool:
    """Whether a reform changes something for a profession: whether one of its changes names it."""
    return profession in _words(book.data["reforms"][reform]["changes"])


def _words(item: Any) -> set[str]:
    """Every text in nested data."""
    if isinstance(item, Mapping):
        return set().union(*map(_words, item.values())) if item else set()
    if isinstance(item, list | tuple):
        return set().union(*map(_words, item)) if item else set()
    return {item} if isinstance(item, str) else set()


def registers(book: Lawbook, reform: str) -> bool:
    """Whether a reform opens a statutory register."""
    return any("add-register" in change for change in book.data["reforms"][reform]["changes"])


def smallest(reforms: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The combinations that hold no other one."""
    kept: list[tuple[str, ...]] = []
    for item in sorted(reforms, key=len):
        if not any(set(other) <= set(item) for other in kept):
            kept.append(item)
    return tuple(kept)


def rung_of(book: Lawbook, gap: bool, closes: Sequence[tuple[str, ...]]) -> str:
    """The rung of a gap: by the kinds of reform in the easiest combination that closes it."""
    if not gap:
        return NO_GAP
    kinds = [{registers(book, reform) for reform in item} for item in closes]
    for rung, kind in ((REGISTRATION, {True}), (AMENDMENT, {False}), (BOTH, {True, False})):
        if kind in kinds:
            return rung
    return NOT_BY_THESE


def scope_of(steps: Sequence[Step], bare: Profile, scope: str, posts: Mapping[str, Sequence[str]]) -> AnnexScope:
    """A scope of practice, each of its tasks decided for the member after each step. `posts`: the posts that name a task."""
    today = steps[0].law.book
    entries = tuple(TaskEntry(key) for key, item in today.data["tasks"].items() if item["scope"] == scope)
    reports = [check(step.member._replace(tasks=entries), step.law) for step in steps]
    alone = check(bare._replace(tasks=entries), steps[0].law)
    lines = [
        _task(
            steps, [report.findings[index] for report in reports], alone.findings[index], tuple(posts.get(entry.id, ()))
        )
        for index, entry in enumerate(entries)
    ]
    rungs = {rung: sum(line.rung == rung for line in lines) for rung in RUNGS}
    title = str(today.data["scopes"][scope]["title"])
    return AnnexScope(scope, title, tuple(lines), tuple(report.summary for report in reports), rungs)


def lawful_for(bare: Profile, law: Law, tasks: Iterable[TaskLine]) -> int:
    """How many tasks somebody on no register may lawfully do under a law."""
    entries = tuple(TaskEntry(task.id) for task in tasks)
    found = check(bare._replace(tasks=entries), law).findings
    return sum(way_of(item) not in (BARRED_BY_LAW, CANNOT_BE_TOLD) for item in found)


def _task(steps: Sequence[Step], findings: Sequence[Finding], bare: Finding, posts: tuple[str, ...]) -> TaskLine:
    now = findings[0]
    closes = smallest(
        step.reforms for step, item in zip(steps, findings, strict=True) if step.reforms and item.status in _LAWFUL
    )
    gap = now.status not in _LAWFUL
    task = now.decision.task
    return TaskLine(
        now,
        bare,
        str(task["level"]),
        str(task["harm"]["severity"]),
        now.decision.comparator,
        tuple(item.status for item in findings),
        tuple(way_of(item) for item in findings),
        closes if gap else (),
        rung_of(steps[0].law.book, gap, closes),
        tuple(dict.fromkeys(what for what, _, _ in _to_arrange(steps[0].law, now))),
        posts,
    )


def _to_arrange(law: Law, finding: Finding) -> list[tuple[str, ActResult, RouteResult]]:
    """What is still to be arranged for the best lawful way of a task, with the act and route that need it."""
    acts = finding.decision.way.acts if finding.decision.way else ()
    found: dict[tuple[str, str], tuple[str, ActResult, RouteResult]] = {}
    for act in acts:
        if act.lawful and act.best:
            for item in act.best.fails:
                found.setdefault((needed(law, item), act.act.id), (needed(law, item), act, act.best))
    return list(found.values())


def routes_of(steps: Sequence[Step]) -> tuple[RouteLine, ...]:
    """Every route to every act for the member after each step, on no fact of the case but what the act itself says."""
    lines = []
    for act in steps[0].law.book.data["acts"]:
        decided = [_decided(step, act) for step in steps]
        for index, route in enumerate(decided[0].routes):
            after = [item.routes[index] for item in decided]
            states = tuple(item.state for item in after)
            better = smallest(
                step.reforms
                for step, state in zip(steps, states, strict=True)
                if step.reforms and state in (AVAILABLE, OPEN) and states[0] not in (AVAILABLE, OPEN)
            )
            best = max(after, key=lambda item: _ORDER[item.state])
            rung = rung_of(steps[0].law.book, states[0] == BARRED, better)
            lines.append(RouteLine(act, route.route, states, best.directness, better, rung, best.law))
    return tuple(lines)


def _decided(step: Step, act: str) -> ActResult:
    person = person_of(step.member, step.law)
    return decide_act(
        step.law, act, {**person.facts, **case_facts(step.law, {"act": act}, TaskEntry(""))}, person.capacities
    )


def arrangements_of(law: Law, tasks: Iterable[TaskLine]) -> tuple[ArrangeLine, ...]:
    """What employers and colleagues can arrange today, most often needed first."""
    who: dict[str, str] = {}
    acts: dict[str, dict[str, None]] = {}
    users: dict[str, dict[str, None]] = {}
    cited: dict[str, dict[Provision, None]] = {}
    for task in tasks:
        for what, act, route in _to_arrange(law, task.finding):
            condition = next(item for item in route.fails if needed(law, item) == what)
            remedy = remedy_of(law, condition, route)
            if remedy.remedy == ARRANGE:
                who.setdefault(what, remedy.who)
                acts.setdefault(what, {})[act.act.id] = None
                users.setdefault(what, {})[task.id] = None
                own = [law.book.provision(item) for item in condition.law] or route.law[:2]
                cited.setdefault(what, {}).update(dict.fromkeys(own))
    lines = [ArrangeLine(what, who[what], tuple(acts[what]), tuple(users[what]), tuple(cited[what])) for what in who]
    return tuple(sorted(lines, key=lambda line: (-len(line.tasks), line.what)))
