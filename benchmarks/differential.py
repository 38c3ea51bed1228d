"""Do both engines give the same answers? Run: python benchmarks/differential.py [--cases 200000] [--seed 1] [--jobs 2]

Random: each case is an act, a person in one or two capacities, and facts, under the law of a day on which some law changed
(or the day before), in a nation, under a choice of readings, one time in four with reforms. The facts are drawn from the
values that the conditions of the act tell apart, with what is not stated, what no rule names, and what only looks like a
value. Every case is decided by our own engine and by durable-rules, each case on its own, nothing kept from another; the
state of every route and the verdict must be the same.

Whole: every rule, under every membership that its classes ever have, over every combination of the values that its tests
tell apart (condition by condition where there are more than --most); and routes of up to five conditions over every
combination of true, false and unknown.

Exit code 1 if anything differs.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from typing import Any, NamedTuple

from gapcheck import Lawbook
from gapcheck.engine import crosscheck
from gapcheck.engine.rete import Program
from gapcheck.engine.routes import decide_act, decide_rule
from gapcheck.errors import EngineError
from gapcheck.law.conditions import OPERATORS, Condition, Expired, conditions_of, leaves
from gapcheck.law.dated import Law, Rule

CASES_OF_A_LAW = 50
LOOK_ALIKES = ("yes", "true", "not stated", "another value", "holds", "unknown", "", 1, 0)
SHOWN = 20
Data = Mapping[str, Any]


class Tally(NamedTuple):
    """What a run came to: how often what was decided, and the disagreements in words."""

    counts: Counter[str]
    differences: list[str]

    def compare(self, ours: str, theirs: str, *about: Any) -> None:
        if ours != theirs:
            self.differences.append(f"ours {ours}, theirs {theirs}: {' '.join(map(str, about))}")


def place(law: Law) -> str:
    return f"{law.date} {law.nation} {law.readings} {law.reforms}"


def tests_of(items: Iterable[Data]) -> Iterator[Data]:
    """The tests of single facts in some conditions."""
    return (leaf for item in items for leaf in leaves(item))


def values(book: Lawbook, leaf: Data) -> tuple[list[Any], list[Any]]:
    """Values for which a test holds, and others that it tells apart from them."""
    operator = next(name for name in OPERATORS if name in leaf)
    wanted = leaf[operator]
    if operator.endswith("in-class"):
        among = [member["id"] for member in book.data["classes"][wanted]["members"]]
        others = ["something-else"]
    elif operator in ("on-or-after", "before"):
        day = date.fromisoformat(wanted)
        others, among = [(day - timedelta(days=1)).isoformat()], [wanted, (day + timedelta(days=1)).isoformat()]
    elif operator in ("at-least", "at-most"):
        among, others = [wanted], [wanted - 1, wanted + 1]
    else:
        among = wanted if isinstance(wanted, list) else [wanted]
        others = [not among[0], Expired("ran out")] if isinstance(among[0], bool) else ["something-else"]
    return (among, others) if operator in ("is", "in", "in-class", "on-or-after", "at-least") else (others, among)


# -- random cases ------------------------------------------------------------------------------------------------


def random_cases(seed: int, count: int) -> Tally:
    """Decide a number of random cases by both engines."""
    rng, book = random.Random(seed), Lawbook.load()  # noqa: S311
    acts = sorted(act for act, item in book.data["acts"].items() if item["routes"])
    tally = Tally(Counter(), [])
    for law in itertools.islice(laws(book, rng), math.ceil(count / CASES_OF_A_LAW)):
        for _ in range(min(CASES_OF_A_LAW, count - tally.counts["random cases"])):
            act = rng.choice(acts)
            facts, capacities = draw(law, act, rng)
            ours = decide_act(law, act, facts, capacities)
            try:
                theirs = [crosscheck.decide(law, ours.act, {**facts, **item}) for item in capacities]
            except EngineError as error:  # no answer is a disagreement too
                tally.compare(ours.verdict, str(error), act, place(law), facts, capacities)
                continue
            finally:
                tally.counts.update(["random cases", f"random cases: act {ours.verdict}"])
            for route, mine, other in crosscheck.differences(ours, theirs):
                tally.compare(mine, other, act, route, place(law), facts, capacities)
            tally.counts.update(f"random cases: route {route.state}" for route in ours.routes)
    return tally


def laws(book: Lawbook, rng: random.Random) -> Iterator[Law]:
    """Laws without end: a day, a nation, readings and sometimes reforms."""
    changes = {day for days in book.data["change-dates"].values() for day in days}
    dated = (
        leaf for rule in book.data["rules"].values() for leaf in tests_of(conditions_of(rule)) if leaf["fact"] == "date"
    )
    changes.update(leaf.get("before") or leaf.get("on-or-after") for leaf in dated)
    days = sorted(changes | {(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day in changes})
    interpretations = sorted(book.data["interpretations"].items())
    while True:
        readings = {name: rng.choice(item["readings"])["id"] for name, item in interpretations}
        reforms = rng.sample(sorted(book.data["reforms"]), rng.randint(1, 2)) if rng.random() < 0.25 else ()
        yield book.at(rng.choice(days), rng.choice(sorted(book.data["nations"])), readings, reforms)


def draw(law: Law, act: str, rng: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The facts of a case of an act, and the capacities of a person; drawn so that some rule may well be met."""
    rules = [rule for route in law.rules_of(act).values() for rule in route]
    wanted = rng.choice(rules)
    capacities: list[dict[str, Any]] = [{} for _ in range(rng.choice((1, 1, 1, 2)))]
    facts: dict[str, Any] = {}
    for rule in (*rules, wanted):
        for leaf in tests_of(conditions_of(rule)):
            name = leaf["fact"]
            for drawn in capacities if name.startswith("holder.") else [facts]:
                if rule is wanted or name not in drawn or rng.random() < 0.3:
                    drawn[name] = _value(law, leaf, rule is wanted, rng)
    facts, *capacities = [
        {name: value for name, value in drawn.items() if value is not None} for drawn in (facts, *capacities)
    ]
    return {**facts, "nation": law.nation, "date": law.date}, capacities


def _value(law: Law, leaf: Data, wanted: bool, rng: random.Random) -> Any:
    among, others = values(law.book, leaf)
    chance = rng.random()
    if chance < 0.08:
        return None
    if chance < 0.1 and isinstance((*among, *others)[0], str):
        return rng.choice(LOOK_ALIKES)
    return rng.choice(among if chance < (0.85 if wanted else 0.5) else others)


# -- the whole space ---------------------------------------------------------------------------------------------


def whole(most: int, job: int, jobs: int) -> Tally:
    """Decide every rule over its whole space, or this job's share of it, by both engines."""
    tally = Tally(Counter(), [])
    seen: set[str] = set()
    for law in every_class(Lawbook.load()):
        for data in law.book.data["rules"].values():
            rule, items = law.rule(data), list(conditions_of(data))
            classes = {leaf.get("in-class") or leaf.get("not-in-class") for leaf in tests_of(items)} - {None}
            members = [sorted(law.members(str(name))) for name in sorted(map(str, classes))]
            key = repr((items, [item.active for item in rule.conditional], members))
            if key in seen or rule.undetermined:
                continue
            seen.add(key)
            pieces = [(rule, crosscheck.program(law, data), space(law, items))]
            if math.prod(map(len, pieces[0][2].values())) > most:
                pieces = [(_alone(law, item), Program([item], []), space(law, [item])) for item in items]
                tally.counts["rules taken condition by condition"] += job == 0
            tally.counts["rules"] += job == 0
            for piece in pieces:
                _over(law, *piece, job, jobs, tally)
    if job == 0:
        _routes(tally)
    return tally


def every_class(book: Lawbook) -> Iterator[Law]:
    """Laws under which classes have every membership that they ever have, and provisions every reading."""
    days = sorted({day for days in book.data["change-dates"].values() for day in days})
    today, nations = date.today().isoformat(), list(book.data["nations"])
    for day, nation in itertools.product((*days, today), nations):
        yield book.at(day, nation)
    for name, item in book.data["interpretations"].items():
        for reading in item["readings"]:
            yield book.at(today, nations[0], {name: reading["id"]})
    for reform in book.data["reforms"]:
        yield book.at(today, nations[0], None, [reform])


def space(law: Law, items: list[Data]) -> dict[str, list[Any]]:
    """The values that the tests of some conditions tell apart, by fact: one of all that fare alike in every test."""
    found: dict[str, dict[str, Any]] = {}
    asked: dict[str, list[Condition]] = {}
    for leaf in tests_of(items):
        every = [None, *(value for some in values(law.book, leaf) for value in some)]
        found.setdefault(leaf["fact"], {}).update((repr(value), value) for value in every)
        test = Condition("holder", {**leaf, "unless-stated": None}, law.members, {})
        asked.setdefault(leaf["fact"], []).append(test)
    return {
        name: [*{tuple(one.test({name: value}) for one in asked[name]): value for value in some.values()}.values()]
        for name, some in found.items()
    }


def _alone(law: Law, item: Data) -> Rule:
    """A rule with a single condition, which stands in its holder part."""
    rule = next(iter(law.book.data["rules"].values()))
    bare = {key: value for key, value in item.items() if key not in ("under", "law")}
    return Rule(law, {**rule, "holder": [bare], "circumstances": [], "arrangements": [], "undetermined": ""})


def _over(law: Law, rule: Rule, program: Program, facts: Mapping[str, list[Any]], *rest: Any) -> None:
    job, jobs, tally = rest
    for chosen in itertools.islice(itertools.product(*facts.values()), job, None, jobs):
        case = {name: value for name, value in zip(facts, chosen, strict=True) if value is not None}
        ours, theirs = decide_rule(law, rule, case, ({},)).state, program.state(case, law.members)
        tally.counts["cases of rules"] += 1
        tally.compare(ours, theirs, rule.id, place(law), case)


def _routes(tally: Tally) -> None:
    """Routes with up to five conditions, strict or arrangements, in every combination of true, false and unknown."""
    for total, strict in itertools.combinations_with_replacement(range(5, -1, -1), 2):
        names = [f"fact-{number}" for number in range(total)]
        items = [{"fact": name, "is": True} for name in names]
        program = Program(items[:strict], items[strict:])
        for truths in itertools.product((True, False, None), repeat=total):
            case = {name: truth for name, truth in zip(names, truths, strict=True) if truth is not None}
            tally.counts["cases of routes"] += 1
            tally.compare(_route(truths, strict), program.state(case, lambda _: frozenset()), strict, truths)


def _route(truths: tuple[bool | None, ...], strict: int) -> str:
    """What the design says of a route, of which the first conditions are strict."""
    if not all(truths[:strict]):
        return "barred" if False in truths[:strict] else "unknown"
    return "open" if all(truths[strict:]) else "available"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200_000, help="random cases (200000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--most", type=int, default=50_000, help="the most combinations for one rule (50000; 0: random cases only)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    given = parser.parse_args()
    begun = time.perf_counter()
    jobs = range(given.jobs)
    shares = [given.cases // given.jobs + (number < given.cases % given.jobs) for number in jobs]
    with ProcessPoolExecutor(given.jobs) as pool:
        drawn = pool.map(random_cases, [given.seed * 1000 + number for number in jobs], shares)
        spaces = pool.map(whole, [given.most] * given.jobs, jobs, [given.jobs] * given.jobs) if given.most else ()
        tallies = [*drawn, *spaces]
    for name, count in sorted(sum((tally.counts for tally in tallies), Counter()).items()):
        print(f"{name:<36}{count:>10,}")
    differences = [text for tally in tallies for text in tally.differences]
    print(f"{'disagreements':<36}{len(differences):>10,}")
    for text in differences[:SHOWN]:
        print(f"  {text}")
    print(f"seed {given.seed}, {time.perf_counter() - begun:.0f} s")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
