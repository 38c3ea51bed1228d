"""The numbers of the first two pages: counted from the findings, and from what the engine answers for every profession."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gapcheck.engine.findings import Finding
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, decide_act
from gapcheck.engine.tasks import BLOCKED, RESTRICTED, STATUSES, STATUTE
from gapcheck.law.assurance import GAPS, SEVERITIES
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.matrix.build import row_of
from gapcheck.matrix.model import ACTS
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import TaskEntry
from gapcheck.submission.model import (
    BARRED_BY_LAW,
    CANNOT_BE_TOLD,
    DIRECT,
    EVENTS,
    FRAMEWORK_ASKS,
    WAYS,
    AnnexPart,
    Submission,
    TaskLine,
    way_of,
)
from gapcheck.timeline.build import timeline
from gapcheck.timeline.model import TimelineLine

GRAVE = SEVERITIES[2:]
CLASSES = (*EVENTS, "asserted", "none")
MAY, DEPENDS, MAY_NOT = "may", "depends", "may-not"
COMPARATORS = 2  # beside the professions of the annex, whose history is told
OFTEN = 10  # an act that one task in so many needs is often needed


@dataclass(frozen=True)
class Power:
    """A route to an act: how many of the professions on a statutory register, as ordinarily held, and of the groups outside
    may take it once what it needs is arranged; and the answer for each profession of the annex after each kind of step."""

    act: str
    route: str
    statutory: Mapping[str, int]
    outside: Mapping[str, int]
    own: Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True)
class Members:
    """The tasks for one kind of member today, counted by status, by `today`, by way, by gap in assurance, and by class of evidence."""

    status: Mapping[str, int]
    today: Mapping[str, int]
    way: Mapping[str, int]
    gap: Mapping[str, int]
    evidence: Mapping[str, int]


class Numbers:
    """The numbers of an annex."""

    def __init__(self, annex: Submission) -> None:
        self.annex = annex
        self.total = len(annex.tasks)

    @cached_property
    def powers(self) -> tuple[Power, ...]:
        """The routes whose state the reforms change, and those that the lawful tasks of today take."""
        return tuple(_powers(self.annex))

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The professions of the annex, and those with which most of their tasks are compared."""
        own = self.annex.professions
        count = Counter(task.comparator for task in self.annex.tasks if task.comparator and task.comparator not in own)
        return (*own, *(name for name, _ in count.most_common(COMPARATORS)))

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], TimelineLine]:
        """The timeline of each act of `powers` for each of those people, in the first nation."""
        acts = tuple(dict.fromkeys(power.act for power in self.powers))
        chart = timeline(self.annex.law, self.annex.nations[:1], self.people, ACTS, acts)
        return {(line.profession, line.id): line for line in chart.lines}

    @cached_property
    def groups(self) -> tuple[int, int]:
        """How many professions are on a statutory register in the nation, and how many are outside."""
        rows = [row_of(self.annex.law, one) for one in self.annex.law.book.data["professions"]]
        inside = sum(bool(row.register) for row in rows)
        return inside, len(rows) - inside

    @cached_property
    def registered(self) -> Members:
        """Members on the register that the profession ordinarily has."""
        return _members(self.annex.tasks, lambda task: task.finding)

    @cached_property
    def unregistered(self) -> Members:
        """Members on no register."""
        return _members(self.annex.tasks, lambda task: task.bare)

    @property
    def direct(self) -> int:
        """The tasks that are lawful by as direct a way as the comparator's; what a framework asks is not law."""
        return self.registered.way[DIRECT] + self.registered.way[FRAMEWORK_ASKS]

    @property
    def share(self) -> int:
        """The same in a hundred, rounded."""
        return round(100 * self.direct / self.total)

    @cached_property
    def steps(self) -> tuple[tuple[str, tuple[str, ...], Mapping[str, int]], ...]:
        """Today, after every reform that opens a register, and after all: the reforms, and the tasks by way."""
        annex = self.annex
        picks = [("today", ()), ("registration", annex.registering), ("all", annex.reforms)]
        kept = {reforms: name for name, reforms in reversed(picks)}
        chosen = [(name, reforms) for name, reforms in picks if kept[reforms] == name]
        return tuple(
            (name, reforms, _count((way for _, way in annex.after(reforms)), WAYS)) for name, reforms in chosen
        )

    @cached_property
    def unassured(self) -> tuple[TaskLine, ...]:
        """The lawful tasks of grave harm for which the lawbook holds no statutory duty on the person, those with counted or published events first."""
        found = [
            task
            for task in self.annex.tasks
            if task.severity in GRAVE
            and way_of(task.finding) not in (BARRED_BY_LAW, CANNOT_BE_TOLD)
            and not task.finding.decision.assurance.duties
        ]
        return tuple(
            sorted(found, key=lambda task: (CLASSES.index(evidence_of(task)), -SEVERITIES.index(task.severity)))
        )

    @property
    def arrange(self) -> int:
        """The lawful tasks for which an employer or a colleague has still to put something in place, as far as is stated."""
        return sum(bool(task.arrange) for task in self.annex.tasks)

    @property
    def lawful_bare(self) -> int:
        """The tasks that somebody on no register may lawfully do after all the reforms."""
        return sum(part.lawful_bare for part in self.annex.parts)


def evidence_of(task: TaskLine) -> str:
    """The class of evidence behind the harm of a task."""
    return str(task.finding.decision.task["harm"]["evidence"])


def _members(tasks: Sequence[TaskLine], of: Callable[[TaskLine], Finding]) -> Members:
    found = [of(task) for task in tasks]
    return Members(
        _count((item.status for item in found), STATUSES),
        dict(Counter(item.today for item in found)),
        _count(map(way_of, found), WAYS),
        _count((item.gap for item in found), GAPS),
        _count(map(evidence_of, tasks), CLASSES),
    )


def _count(found: Iterable[str], names: Sequence[str]) -> dict[str, int]:
    counted = Counter(found)
    return {name: counted[name] for name in names}


def _powers(annex: Submission) -> Iterable[Power]:
    law = annex.law
    states = {part.profession: _states(annex, part) for part in annex.parts}
    shown = [key for key in _routes(annex) if any(key in found for found in states.values())]
    rows = [row_of(law, profession) for profession in law.book.data["professions"]]
    for act, route in shown:
        counts = {True: Counter[str](), False: Counter[str]()}
        for row in rows:
            person = person_of(row.profile, law)
            facts = {**person.facts, **case_facts(law, {"act": act}, TaskEntry(""))}
            decided = decide_act(law, act, facts, person.capacities)
            state = next(item.state for item in decided.routes if item.route == route)
            counts[bool(row.register)][_answer(state)] += 1
        own = {key: found[act, route] for key, found in states.items()}
        if not counts[True][MAY]:
            continue  # it turns on the case for everybody, so that a count says nothing
        yield Power(act, route, counts[True], counts[False], own)


def _answer(state: str) -> str:
    return MAY if state in (OPEN, AVAILABLE) else MAY_NOT if state == BARRED else DEPENDS


def _states(annex: Submission, part: AnnexPart) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Each route with its answer for a member today, with registration, and after all the reforms."""
    places = [0, part.step(annex.registering), part.step(annex.reforms)]
    found = {}
    for line in part.routes:
        today, registered, all_ = (_answer(line.states[place]) for place in places)
        found[line.act, line.route] = (today, registered, all_)
    return found


def _routes(annex: Submission) -> list[tuple[str, str]]:
    """The routes in law to show: of the acts that the tasks need, those that a reform changes and those that the comparator
    takes to what is barred or restricted; and beside them those that the lawful tasks of today take, where the act is such a
    one or is often needed."""
    data = annex.law.book.data
    acts = data["acts"]
    needed = {need["act"] for task in annex.tasks for way in ways(task.finding.decision.task) for need in way}
    taken = {
        (act.act.id, act.best.route)
        for task in annex.tasks
        for act in (task.finding.decision.way.acts if task.finding.decision.way else ())
        if act.lawful and act.best and act.best.state != BARRED
    }
    used = Counter(
        act.act.id
        for task in annex.tasks
        for act in (task.finding.decision.way.acts if task.finding.decision.way else ())
    )
    changed = {(line.act, line.route) for part in annex.parts for line in part.routes if len(set(line.states)) > 1}
    changed |= {
        (act.act.id, act.best.route)
        for task in annex.tasks
        if task.finding.status in (BLOCKED, RESTRICTED) and task.finding.decision.against
        for act in task.finding.decision.against.comparator
        if act.lawful and act.best
    }
    shown = changed | {
        (act, route)
        for act, route in taken
        if not data["routes"][route].get("outside")
        and (act in {one for one, _ in changed} or used[act] * OFTEN >= len(annex.tasks))
    }
    return [
        (line.act, line.route)
        for line in annex.parts[0].routes
        if acts[line.act]["force"] == STATUTE and line.act in needed and (line.act, line.route) in shown
    ]


def law_of_annex(annex: Submission, nation: str) -> Law:
    """The law of today in a nation."""
    return annex.law.book.at(annex.law.date, nation, annex.law.readings)
