"""The comparison finds what there is to find: checked against the engine itself, case by case, at random."""

from __future__ import annotations

import random
from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.diff.cases import OTHER
from gapcheck.diff.compare import GAIN, LOSE, Comparison, compare
from gapcheck.engine.person import NONE, registered_member, unregistered
from gapcheck.engine.routes import AVAILABLE, OPEN, UNKNOWN, RouteResult, decide_act
from gapcheck.law.dated import Law

PAIRS = {
    "a register class and an exemption": (("2024-06-25", "england"), ("2024-06-26", "england")),
    "new regulations": (("2018-02-05", "wales"), ("2018-02-06", "wales")),
    "vaccination": (("2026-03-30", "scotland"), ("2026-03-31", "scotland")),
    "titles": (("2026-12-12", "england"), ("2026-12-13", "england")),
    "associates": (("2024-12-12", "england"), ("2024-12-13", "england")),
    "ten years": (("2014-06-01", "northern-ireland"), ("2024-06-01", "northern-ireland")),
    "two nations": (("2026-11-22", "england"), ("2026-11-22", "northern-ireland")),
    "backwards": (("2026-03-31", "england"), ("2021-06-01", "england")),
}
LAWFUL = (OPEN, AVAILABLE)


@pytest.fixture(scope="module", params=PAIRS, ids=list(PAIRS))
def comparison(request: pytest.FixtureRequest, book: Lawbook) -> Comparison:
    before, after = PAIRS[request.param]
    return compare(book.at(*before), book.at(*after))


def person(law: Law, profession: str) -> dict[str, Any]:
    capacity = registered_member(profession, law) or unregistered(profession)
    held = {f"registration.{key}": key == capacity["holder.register"] for key in law.book.data["registers"]}
    return {"nation": law.nation, "date": law.date, **held, **capacity}


def random_case(book: Lawbook, rng: random.Random) -> dict[str, Any]:
    """A case in which nothing is left open: every fact has a value."""
    case: dict[str, Any] = {}
    for name, about in book.data["facts"].items():
        if about["type"] == "boolean":
            case[name] = rng.random() < 0.5
        elif about["type"] == "choice":
            case[name] = rng.choice(about["values"])
    for name, about in book.data["arrangements"].items():
        case[f"{about['kind']}.{name}"] = rng.random() < 0.7
    case["title"] = rng.choice([*sorted(book.known_titles), OTHER])
    case["medicine"] = rng.choice([*book.data["medicines"], OTHER])
    case.update(book.data["medicines"].get(case["medicine"], {"facts": {}})["facts"])
    if case["medicine.vaccine"] is True:  # what a vaccine is not, although the facts could be put so
        case.update({"medicine.controlled-drug": "none", "medicine.licensed": True, "medicine.radioactive": False})
    else:
        case["medicine.vaccine-kind"] = OTHER  # what is no vaccine has no kind
    return case


def covers(case: Any, facts: dict[str, Any]) -> bool:
    return all(facts.get(name) in values for name, values in case)


def routes(law: Law, act: str, facts: dict[str, Any], profession: str) -> dict[str, RouteResult]:
    known = law.medicine(facts.get("medicine", ""))  # what is true of a medicine may differ by date and nation
    whole = {**facts, **known, **law.book.data["acts"][act].get("facts", {}), **person(law, profession)}
    return {item.route: item for item in decide_act(law, act, whole, ({},)).routes}


def test_nothing_that_the_engine_tells_apart_is_missed(comparison: Comparison, book: Lawbook) -> None:
    """Whatever differs for a registered member in a random case stands among the changes, in a case that covers it."""
    rng = random.Random(20261122)  # noqa: S311
    before, after = comparison.before, comparison.after
    every = [act for act, about in book.data["acts"].items() if about["routes"] and act not in comparison.uncovered]
    changed = [change.act for change in comparison.changes]
    differing = 0
    for index in range(2000):
        act, profession, facts = (
            rng.choice(changed if index % 2 else every),
            rng.choice([*book.data["professions"]]),
            random_case(book, rng),
        )
        old, new = routes(before, act, facts, profession), routes(after, act, facts, profession)
        facts.update(book.data["acts"][act].get("facts", {}))
        for route, item in old.items():
            states = item.state, new[route].state
            if (states[0] in LAWFUL) == (states[1] in LAWFUL) or UNKNOWN in states:
                continue
            differing += 1
            kind = LOSE if states[0] in LAWFUL else GAIN
            told = [
                change
                for change in comparison.changes
                if (change.kind, change.act, change.route, change.who.profession) == (kind, act, route, profession)
            ]
            unclear = any((one.act, one.route) == (act, route) for one in comparison.unclear)
            assert unclear or any(covers(case, facts) for change in told for case in change.cases), (
                act,
                route,
                profession,
            )
    assert differing, "the cases show nothing"


def test_nothing_is_told_that_the_engine_does_not_tell_apart(comparison: Comparison) -> None:
    """In every case of every gain and loss the engine opens the route in the one law and not in the other."""
    told = 0
    for change in comparison.changes:
        if change.kind in (GAIN, LOSE) and change.who.standing == "registered":
            for case in change.cases:
                facts = {name: values[0] for name, values in case}
                states = [
                    routes(law, change.act, facts, change.who.profession)[change.route].state in LAWFUL
                    for law in (comparison.before, comparison.after)
                ]
                assert states == [change.kind == LOSE, change.kind == GAIN], (change.act, change.route, facts)
                told += 1
    assert told or not any(change.who.standing == "registered" for change in comparison.changes)


def test_the_same_law_does_not_differ(book: Lawbook) -> None:
    law = book.at("2026-11-22", "wales")
    same = compare(law, law)
    assert (same.changes, same.unclear, same.uncovered, same.rules) == ((), {}, {}, ())


def test_there_and_back_again(book: Lawbook) -> None:
    """What one direction gains, the other loses, in the same cases."""
    before, after = book.at("2026-03-30", "england"), book.at("2026-03-31", "england")
    there, back = compare(before, after), compare(after, before)
    swap = {GAIN: LOSE, LOSE: GAIN}

    def told(comparison: Comparison, turn: bool) -> set[Any]:
        return {
            (
                swap.get(item.kind, item.kind) if turn else item.kind,
                item.act,
                item.route,
                item.who,
                frozenset(map(frozenset, item.cases)),
            )
            for item in comparison.changes
        }

    assert told(there, turn=False) == told(back, turn=True)
    assert NONE in {who.standing for who in there.everyone}
