"""The kinds of property that are about findings: every task of the lawbook, for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from gapcheck.engine.findings import because_of, question
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.routes import STANDS, UNKNOWN
from gapcheck.engine.tasks import BLOCKED, LAWFUL, STATUSES, STATUTE, Decision, decide_task
from gapcheck.law.assurance import GAPS
from gapcheck.law.conditions import Facts
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.profile.model import Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.prove.answers import act_axes
from gapcheck.space.case import command_line
from gapcheck.space.facts import HOLDER, Axis, Pair, holders
from gapcheck.space.prover import Broken, ProofResult, Prover, Spec

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
ANNOTATIONS = ("unstated", "none", "all")


class TaskCase(NamedTuple):
    """A task for a person, and what it came to: what it may be at worst and at best, the gap in assurance, whether an act of
    statute is closed, and what may be the answer where it is not known."""

    law: Law
    task: str
    pair: Pair
    annotations: str
    worst: str
    best: str
    gap: str
    by_statute: bool
    possible: tuple[str, ...]


def cases(prover: Prover, spec: Spec) -> list[TaskCase]:
    """Every different task, for everybody, with no annotation in the register, with all, and with nothing said of them. Those
    who fare alike in every test of the rules that the task can turn on are asked about once."""
    key = json.dumps({name: spec[name] for name in ("from", "to", "nations") if name in spec})
    if key not in prover.kept:
        prover.kept[key] = [
            case
            for task in different_tasks(prover)
            for law in _laws(prover, spec, task)
            for case in _cases_of(law, task)
        ]
    found: list[TaskCase] = prover.kept[key]
    return found


def _cases_of(law: Law, task: str) -> Iterator[TaskCase]:
    axes = task_axes(law, task)
    alike = axes[HOLDER].place if HOLDER in axes else {}
    said = ANNOTATIONS if any(name.startswith("annotation.") for name in axes) else ANNOTATIONS[:1]
    for entry in said:
        known: dict[tuple[int, bool], TaskCase] = {}
        for pair in holders(law):
            kind = alike.get(pair, 0), bool(pair[1])
            if kind not in known:
                known[kind] = _case(law, task, pair, entry)
            yield known[kind]._replace(pair=pair)


@lru_cache(maxsize=4096)
def task_axes(law: Law, task: str) -> dict[str, Axis]:
    """The facts that the acts of a task can turn on, with the values that make a difference."""
    return act_axes(law, {need["act"] for way in ways(law.book.data["tasks"][task]) for need in way})


def _laws(prover: Prover, spec: Spec, task: str) -> Iterator[Law]:
    """The law of a task: in each nation, on the first day and on each on which the law of one of its acts changes."""
    days = {day for act in _acts(prover, task) for day in prover.dates(act, spec)}
    for nation in spec.get("nations", prover.book.data["nations"]):
        yield from (prover.law(day, nation, {}) for day in sorted(days))


def _acts(prover: Prover, task: str) -> set[str]:
    return {need["act"] for way in ways(prover.book.data["tasks"][task]) for need in way}


def different_tasks(prover: Prover) -> list[str]:
    """A task for each set of needs, comparator and severity; the others have the same findings."""
    different: dict[str, str] = {}
    for identity, task in prover.book.data["tasks"].items():
        if _acts(prover, identity) & prover.touched:
            different.setdefault(json.dumps([ways(task), task["comparator"], task["harm"]["severity"]]), identity)
    return list(different.values())


def _case(law: Law, task: str, pair: Pair, annotations: str) -> TaskCase:
    decision = decide_task(law, _person(law, pair, annotations), TaskEntry(task))
    acts = decision.way.acts if decision.way else ()
    by_statute = any(act.level == 0 and act.act.force == STATUTE for act in acts)
    best = max(decision.possible, key=_RANK.__getitem__)
    possible = decision.possible if decision.status == UNKNOWN else ()
    return TaskCase(law, task, pair, annotations, decision.pessimistic, best, decision.gap, by_statute, possible)


@lru_cache(maxsize=4096)
def _person(law: Law, pair: Pair, annotations: str) -> Person:
    profession, register = pair
    held = (Registration(register, held_as=profession),) if register else ()
    known = [key for key, item in law.book.data["arrangements"].items() if item["kind"] == "annotation"]
    listing = Listing(tuple(map(Attested, known)) if annotations == "all" else (), annotations != "unstated")
    return person_of(Profile(profession, law.nation, registrations=held, annotations=listing), law)


def findings_never_worse(prover: Prover, spec: Spec) -> ProofResult:
    """Statutory registration never makes a finding worse, or its gap in assurance wider; so to lose it never makes one better."""
    found = cases(prover, spec)
    without = {(id(case.law), case.task, case.pair[0], case.annotations): case for case in found if not case.pair[1]}
    for case in found:
        before = without[id(case.law), case.task, case.pair[0], case.annotations]
        for old, new in ((before.worst, case.worst), (before.best, case.best)):
            if _RANK[new] < _RANK[old] or GAPS.index(case.gap) > GAPS.index(before.gap):
                text = f"the task `{case.task}` goes from {old} ({before.gap}) to {new} ({case.gap})"
                return ProofResult(len(found), Broken(text, (*_lines(prover, before), *_lines(prover, case))))
    return ProofResult(len(found))


def papers_never_worse(prover: Prover, spec: Spec) -> ProofResult:
    """To state that an arrangement or entitlement is in place never makes a finding worse, or its gap in assurance wider; to state
    that it is missing never makes one better. Each is tried while nothing else is stated, all else is missing, and all is there."""
    covered = 0
    for task in different_tasks(prover):
        for law in _laws(prover, spec, task):
            names = [name for name in task_axes(law, task) if name.startswith(("arrangement.", "entitlement."))]
            for pair in _unlike(law, task):
                person = _person(law, pair, ANNOTATIONS[0])
                known: dict[tuple[bool | None, ...], Decision] = {}
                for before, after in _steps(names):
                    for said in (before, after):
                        if said not in known:
                            known[said] = decide_task(law, person, _entry(task, dict(zip(names, said, strict=True))))
                            covered += 1
                    if worse := _worse(known[before], known[after]):
                        text = f"the task `{task}`: {worse} once more is in place"
                        lines = [
                            command_line(law, act, {**holders(law)[pair], **_stated(names, said)}, prover.source)
                            for said in (before, after)
                            for act in sorted(_acts(prover, task))
                        ]
                        return ProofResult(covered, Broken(text, tuple(lines)))
    return ProofResult(covered)


def _unlike(law: Law, task: str) -> Iterator[Pair]:
    """One holder for each kind that a task can tell apart."""
    axes = task_axes(law, task)
    alike = axes[HOLDER].place if HOLDER in axes else {}
    yield from {(alike.get(pair, 0), bool(pair[1])): pair for pair in holders(law)}.values()


def _steps(names: list[str]) -> Iterator[tuple[tuple[bool | None, ...], tuple[bool | None, ...]]]:
    """What is stated of some papers before and after more of one of them is in place: missing, not stated, there."""
    for rest in (None, False, True):
        for place in range(len(names)):
            said = [tuple(now if at == place else rest for at in range(len(names))) for now in (False, None, True)]
            yield from pairwise(said)


def _entry(task: str, said: Mapping[str, bool | None]) -> TaskEntry:
    """A task of which it is stated what is in place, and what is missing (it ran out)."""
    listed: dict[str, list[Attested]] = {"arrangement": [], "entitlement": []}
    for name, there in said.items():
        kind, _, identity = name.partition(".")
        if there is not None:
            listed[kind].append(Attested(identity, until="" if there else "0001-01-01"))
    return TaskEntry(
        task, entitlements=Listing(tuple(listed["entitlement"])), arrangements=Listing(tuple(listed["arrangement"]))
    )


def _stated(names: list[str], said: tuple[bool | None, ...]) -> Facts:
    return {name: there for name, there in zip(names, said, strict=True) if there is not None}


def _worse(before: Decision, after: Decision) -> str:
    """In what a decision is worse than another; nothing where in nothing."""
    for choose in (min, max):
        old, new = (choose(one.possible, key=_RANK.__getitem__) for one in (before, after))
        if _RANK[new] < _RANK[old]:
            return f"it goes from {old} to {new}"
    if STANDS[after.today] < STANDS[before.today]:
        return f"today goes from {before.today} to {after.today}"
    if GAPS.index(after.gap) > GAPS.index(before.gap):
        return f"the gap goes from {before.gap} to {after.gap}"
    return ""


def attribution(prover: Prover, spec: Spec) -> ProofResult:
    """Registration closes what it is said to close and nothing else: for everybody whose profession has a statutory register, a
    finding on none is compared with that on the register. Nothing lawful is said to be closed by it."""
    covered = 0
    for task in different_tasks(prover):
        for law in _laws(prover, spec, task):
            pairs = holders(law)
            for profession, register in pairs:
                with_it = [pair for pair in pairs if pair[0] == profession and pair[1]]
                if register or not profession or not with_it:
                    continue
                before = decide_task(law, _person(law, (profession, ""), ANNOTATIONS[-1]), TaskEntry(task))
                if before.status == UNKNOWN:
                    continue
                covered += 1
                says = because_of(before)
                after = [decide_task(law, _person(law, pair, ANNOTATIONS[-1]), TaskEntry(task)) for pair in with_it]
                closed = before.in_law != LAWFUL and any(one.in_law == LAWFUL for one in after)
                if closed != (says == "yes") or (before.in_law == LAWFUL and says == "partly"):
                    text = (
                        f"the task `{task}` is {before.in_law} for a {profession} on no register and {after[0].in_law} on one, "
                        f"and registration is said to be the reason: {says}"
                    )
                    case = TaskCase(law, task, (profession, ""), ANNOTATIONS[-1], "", "", "", False, ())
                    return ProofResult(covered, Broken(text, _lines(prover, case)))
    return ProofResult(covered)


def frameworks_never_block(prover: Prover, spec: Spec) -> ProofResult:
    """A finding is blocked only where an act of statute is closed: what a framework bars is restricted at worst. The acts of
    `frameworks` are those of a framework, those of `statutes` of statute, and every rule is of the force of its acts."""
    found = cases(prover, spec)
    data = prover.book.data
    for case in found:
        if case.worst == BLOCKED and not case.by_statute:
            text = f"the task `{case.task}` is blocked, and no act that it needs is closed by statute"
            return ProofResult(len(found), Broken(text, _lines(prover, case)))
    for act, item in data["acts"].items():
        if act in spec["frameworks" if item["force"] == STATUTE else "statutes"]:
            law = next(prover.laws(act, {}))
            return ProofResult(
                len(found), Broken(f"the act is said to be of {item['force']}", (_line(prover, law, act),))
            )
    for identity, rule in data["rules"].items():
        for act in rule["acts"]:
            if rule["force"] != data["acts"][act]["force"]:
                law = next(prover.laws(act, {}))
                text = f"the rule `{identity}` is of {rule['force']} and its act of {data['acts'][act]['force']}"
                return ProofResult(len(found), Broken(text, (_line(prover, law, act),)))
    return ProofResult(len(found))


def _line(prover: Prover, law: Law, act: str) -> str:
    return command_line(law, act, {}, prover.source)


def _lines(prover: Prover, case: TaskCase) -> tuple[str, ...]:
    """The questions about the acts that a task needs, as commands."""
    data = case.law.book.data
    person = {**holders(case.law)[case.pair], **_said(case, data)}
    needs = [need for way in ways(data["tasks"][case.task]) for need in way]
    lines = [command_line(case.law, need["act"], {**person, **need.get("with", {})}, prover.source) for need in needs]
    return tuple(dict.fromkeys(lines))


def _said(case: TaskCase, data: Any) -> Facts:
    if case.annotations == "unstated":
        return {}
    known = [key for key, item in data["arrangements"].items() if item["kind"] == "annotation"]
    return {f"annotation.{key}": case.annotations == "all" for key in known}


def questions_suffice(prover: Prover, spec: Spec) -> ProofResult:
    """Where a finding is not known, to answer its questions, however they are answered, gives one of the findings listed."""
    covered = 0
    for case in cases(prover, spec):
        covered += 1
        if not case.possible:
            continue
        first = decide_task(case.law, _person(case.law, case.pair, case.annotations), TaskEntry(case.task))
        asked = _asked(case.law, first)
        for pair, facts in _answers(case, asked):
            covered += 1
            entry = TaskEntry(case.task, facts=facts)
            then = decide_task(case.law, _person(case.law, pair, case.annotations), entry)
            if not set(then.possible) <= set(case.possible):
                text = (
                    f"the task `{case.task}` may be {' or '.join(case.possible)}, and comes out as "
                    f"{' or '.join(then.possible)} once {', '.join(asked)} are known"
                )
                return ProofResult(covered, Broken(text, _lines(prover, case)))
    return ProofResult(covered)


def _asked(law: Law, decision: Decision) -> list[str]:
    """The facts that the questions of a finding ask for."""
    acts = [act for way in decision.ways for act in way.acts]
    fails = [
        item
        for act in acts
        for route in act.unknown
        if route.level > act.level or not route.rule
        for item in route.fails
        if item.holds is None and item.part != "arrangements"
    ]
    names = dict.fromkeys(name for item in fails for name in item.facts)
    return [name for name in names if question(law, name)]


def _answers(case: TaskCase, asked: list[str]) -> Iterator[tuple[Pair, dict[str, Any]]]:
    """Everything that can be answered to some questions."""
    pairs = [case.pair]
    if "holder.profession" in asked and not case.pair[0]:
        alike = task_axes(case.law, case.task)[HOLDER].place
        others = [pair for pair in holders(case.law) if pair[0] and pair[1] == case.pair[1]]
        pairs = list({alike[pair]: pair for pair in others}.values())
    names = [name for name in asked if name != "holder.profession"]
    axes = task_axes(case.law, case.task)
    for chosen in product(*([value for value in axes[name].values if value] for name in names)):
        yield from ((pair, {name: item for value in chosen for name, item in value.items()}) for pair in pairs)
