"""The kind of property that is about closed lists: what a way is open for, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gapcheck.engine.person import registered_member
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, RANK, decide_rule
from gapcheck.law.conditions import Facts
from gapcheck.law.dated import FOREVER, Law
from gapcheck.space.case import command_line
from gapcheck.space.facts import OTHER, holders
from gapcheck.space.prover import Broken, ProofResult, Prover, Spec

LAWFUL = (OPEN, AVAILABLE)


def members(prover: Prover, spec: Spec) -> ProofResult:
    """Given the rest of a case, a route is lawful for the values of one fact that are listed, and for no other, on every date:
    `history` says what joins and leaves, and when. `among`: of these values; `shut`: it is lawful for all but those listed;
    `besides`: what another property lists counts too. The person is a registered member of the profession. `classes` says how
    many there are on a day, where the values of `one-class` count once. `each`: several lists, each with what is its own."""
    covered = 0
    for item in spec.get("each", ({},)):
        result = _list(prover, {**spec, **item})
        covered += result.cases
        if result.broken:
            return ProofResult(covered, result.broken)
    return ProofResult(covered)


def _list(prover: Prover, spec: Spec) -> ProofResult:
    covered = 0
    histories = [spec, *([prover.book.data["properties"][spec["besides"]]] if "besides" in spec else [])]
    for act in prover.acts(spec):
        for law in _laws(prover, act, spec, histories):
            if law.act(act).covered_from:
                continue
            wanted = set().union(*(_listed(item, law) for item in histories))
            number = _number(spec, law, wanted)
            if number:
                return ProofResult(covered, Broken(number, (command_line(law, act, spec["given"], prover.source),)))
            for value, facts, state in _states(law, act, spec, wanted):
                covered += 1
                if (state in LAWFUL) != ((value in wanted) != spec.get("shut", False)):
                    text = f"`{spec['route']}` is {state} for `{value}`, which is {'' if value in wanted else 'not '}listed"
                    return ProofResult(covered, Broken(text, (command_line(law, act, facts, prover.source),)))
    return ProofResult(covered)


def _laws(prover: Prover, act: str, spec: Spec, histories: Sequence[Spec]) -> Iterator[Law]:
    """The law of an act in each nation, on each day on which it changes or the property says that it does."""
    said = {entry["from"] for item in histories for entry in item["history"]}
    days = {*prover.dates(act, spec), *(day for day in said if spec.get("from", "") <= day <= spec.get("to", FOREVER))}
    for nation in spec.get("nations", prover.book.data["nations"]):
        yield from (prover.law(day, nation, spec.get("readings", {})) for day in sorted(days))


def _listed(spec: Spec, law: Law) -> set[str]:
    """The values that the history lists for a date and a nation."""
    found: set[str] = set()
    for entry in spec["history"]:
        if entry["from"] <= law.date and law.nation in entry.get("nations", (law.nation,)):
            found |= set(entry.get("joins", ()))
            found -= set(entry.get("leaves", ()))
    return found


def _number(spec: Spec, law: Law, listed: set[str]) -> str:
    """What is wrong with the number of classes that the property counts; nothing where it is right."""
    number = len(listed) - sum(max(0, len(listed & set(names)) - 1) for names in spec.get("one-class", ()))
    wanted = [
        item["number"]
        for item in spec.get("classes", ())
        if item["from"] <= law.date <= item.get("to", "9999") and law.nation in item.get("nations", (law.nation,))
    ]
    return "" if wanted in ([], [number]) else f"{number} classes are listed, and there are {wanted[0]}"


def _candidates(law: Law, fact: str) -> Sequence[str]:
    data = law.book.data
    if fact == "holder.profession":
        return [*data["professions"]]
    return (*sorted(law.book.known_titles), OTHER) if fact == "title" else [*data["medicines"]]


def _states(law: Law, act: str, spec: Spec, listed: set[str]) -> Iterator[tuple[str, Facts, str]]:
    """Each value that the lawbook knows or the property lists, the facts of its case, and the state of the route in it."""
    rules = [rule for route, rules, _ in law.act(act).routes if route == spec["route"] for rule in rules]
    for value in spec.get("among") or dict.fromkeys((*_candidates(law, spec["fact"]), *sorted(listed))):
        stated, facts = _case(law, act, {**spec["given"], spec["fact"]: value})
        states = [decide_rule(law, rule, facts, ({},)).state for rule in rules]
        yield value, stated, max(states, key=RANK.__getitem__, default=BARRED)


def _case(law: Law, act: str, given: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is stated in a case, and all the facts of it, for a member of the profession given who is registered where that is
    possible."""
    profession = given.get("holder.profession", "")
    member = (profession and registered_member(profession, law)) or holders(law)[profession, ""]
    case = {name: value for name, value in given.items() if name != "holder.profession"}
    facts = {**law.medicine(case.get("medicine", "")), **case, **law.book.data["acts"][act].get("facts", {})}
    return {**member, **case}, {"nation": law.nation, "date": law.date, **facts, **member}
