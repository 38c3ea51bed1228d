"""The kinds of property that are about whole answers, asked of the engine itself for every person that there can be."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.engine.person import ACCREDITED, NONE, STATUTORY, Person, person_of
from gapcheck.engine.routes import OPEN, RANK, UNKNOWN, decide_act
from gapcheck.law.conditions import PARTS
from gapcheck.law.dated import FOREVER, Law
from gapcheck.profile.model import Profile, Registration
from gapcheck.space.case import command_line
from gapcheck.space.facts import HOLDER, Axis, Pair, View, axes_of, holders
from gapcheck.space.prover import Broken, ProofResult, Prover, Spec, around


def one_answer(prover: Prover, spec: Spec) -> ProofResult:
    """For every profession, registered and not, each act has one answer, which is that of its best route, and every route of
    the act is accounted for."""
    covered = 0
    for act in prover.acts(spec):
        for law in prover.laws(act, spec):
            asked = set()
            axes = act_axes(law, (act,))
            for pair in holders(law):
                covered += 1
                kind = axes[HOLDER].place[pair] if HOLDER in axes else 0
                if kind in asked:  # somebody who fares alike in every test has been asked about
                    continue
                asked.add(kind)
                wrong = _answer(law, act, _person(law, pair))
                if wrong:
                    return ProofResult(covered, Broken(wrong, (_line(prover, law, act, pair),)))
    return ProofResult(covered)


def act_axes(law: Law, acts: Iterable[str]) -> dict[str, Axis]:
    """The facts that acts can turn on under a law, with the values that make a difference to them."""
    rules = {
        rule["id"]: rule for act in acts for some in law.rules_of(act).values() for rule in some if law.holds(rule)
    }
    conditions = tuple(item for rule in rules.values() for part in PARTS for item in rule[part])
    return {axis.name: axis for axis in axes_of(View(law, {"nation": law.nation, "date": law.date}, conditions))}


def _person(law: Law, pair: Pair) -> Person:
    """Somebody of whom no more is said than the profession, and the register on which it is held."""
    profession, register = pair
    held = (Registration(register),) if register else ()
    return person_of(Profile(profession, law.nation, registrations=held), law)


def _answer(law: Law, act: str, person: Person) -> str:
    """What is wrong with the answer to a question; nothing where nothing is."""
    data = law.book.data["acts"][act]
    try:
        result = decide_act(law, act, {**person.facts, **data.get("facts", {})}, person.capacities)
    except Exception as error:  # whatever it is, a person would get no answer
        return f"no answer: {type(error).__name__}: {error}"
    if data["kind"] == OPEN:
        return "" if result.verdict == OPEN else f"an act that anyone may do is {result.verdict}"
    if [route.route for route in result.routes] != data["routes"]:
        return "a route of the act is missing from the answer, or there twice"
    best = max((route.state for route in result.routes), key=RANK.__getitem__)
    if result.verdict != best:
        return f"the verdict is {result.verdict}, and the best route is {best}"
    if law.act(act).covered_from and result.verdict != UNKNOWN:
        return f"the verdict is {result.verdict} on a date of which the lawbook says that it does not know the law"
    return ""


def _line(prover: Prover, law: Law, act: str, pair: Pair) -> str:
    return command_line(law, act, holders(law)[pair], prover.source)


def registers(prover: Prover, spec: Spec) -> ProofResult:
    """The registers of `statutory` are statutory, and no other is; those of `accredited` are accredited. Professions are
    registered in statutory registers, and whoever is on a register has the assurance that it gives, and no other."""
    covered = 0
    data = prover.book.data
    act = next(iter(data["acts"]))
    for identity, item in data["registers"].items():
        covered += 1
        listed = [kind for kind in (STATUTORY, ACCREDITED) if identity in spec[kind]]
        if listed != [item["kind"]] and (listed or item["kind"] == STATUTORY):
            text = f"the register `{identity}` is {item['kind']}, and should be {listed[0] if listed else 'no such'}"
            law = next(prover.laws(act, {}))
            facts = {f"registration.{identity}": True}
            return ProofResult(covered, Broken(text, (command_line(law, act, facts, prover.source),)))
    assured = set()
    for law in prover.laws(act, spec):
        for profession, entry in data["professions"].items():
            for kind, open_to in ((STATUTORY, law.registers_of(profession)), (ACCREDITED, entry.get("accredited", ()))):
                for register in open_to:
                    covered += 1
                    held = (Registration(register),)
                    entries = person_of(Profile(profession, law.nation, registrations=held), law).entries
                    found = next((STATUTORY if item.statutory else ACCREDITED for item in entries), NONE)
                    assured.add((register, found))
                    if (found == STATUTORY) != (kind == STATUTORY):
                        case: dict[str, str | bool] = {
                            "holder.profession": profession,
                            f"registration.{register}": True,
                        }
                        text = f"registration with `{register}` assures a `{profession}` as {found}"
                        return ProofResult(covered, Broken(text, (command_line(law, act, case, prover.source),)))
    for register in (item for item in spec[ACCREDITED] if (item, ACCREDITED) not in assured):
        law = next(prover.laws(act, spec))
        line = command_line(law, act, {f"registration.{register}": True}, prover.source)
        return ProofResult(covered, Broken(f"registration with `{register}` never assures anybody", (line,)))
    return ProofResult(covered)


def regulated(prover: Prover, spec: Spec) -> ProofResult:
    """Just the professions that are listed are regulated by statute, each in its registers, nations and years: all nations and
    all years where an entry does not say."""
    covered = 0
    act = next(iter(prover.book.data["acts"]))
    days = {*prover.dates(act, spec)}
    for entry in spec["registered"]:
        days |= {day for key in ("from", "to") if key in entry for day in around(entry[key])}
    for day in sorted(days):
        for nation in spec.get("nations", prover.book.data["nations"]):
            law = prover.law(day, nation, {})
            for profession in prover.book.data["professions"]:
                covered += 1
                kept = {key for key, item in law.registers_of(profession).items() if nation in item["regulated-in"]}
                listed = {entry["register"] for entry in spec["registered"] if _applies(entry, law, profession)}
                if kept != listed:
                    register = min(kept ^ listed)
                    what = "is registered" if register in kept else "is not registered"
                    text = f"the profession `{profession}` {what} with `{register}` there and then"
                    facts: dict[str, str | bool] = {"holder.profession": profession, f"registration.{register}": True}
                    return ProofResult(covered, Broken(text, (command_line(law, act, facts, prover.source),)))
    return ProofResult(covered)


def _applies(entry: Spec, law: Law, profession: str) -> bool:
    within = entry.get("from", "") <= law.date <= entry.get("to", FOREVER)
    return within and profession in entry["professions"] and law.nation in entry.get("nations", (law.nation,))
