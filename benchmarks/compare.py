"""gapcheck against its peers, side by side in one run, on the same rules and profiles. Run: python -m benchmarks.compare

The work is the same for each: of a person's profile with 20 tasks, the state of every rule of every act that a task needs
(open, available, unknown, barred), hence of every route. First the answers are compared, case by case: a peer that differs is
a fault, and the run ends. Then the engines take turns, profile by profile, each time with persons not seen before, and the
times of a profile are compared; every engine is warm. Facts are handed over in the form that an engine likes best.

--cold NAME measures one start in a process of its own; --rules FOLDER uses another lawbook.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any, NamedTuple

from benchmarks.peers.form import Case, Rules, rules_of
from benchmarks.synthetic import examples
from gapcheck import Lawbook
from gapcheck.engine.findings import check
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.routes import decide_act
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Attested, Listing, Profile, TaskEntry

DATE, NATION, TASKS = "2026-11-22", "england", 20
WARM = 100  # profiles before measuring begins
PEERS = {
    "durable-rules": ("durable_rules", "durable_rules"),
    "CLIPS": ("clips_rules", "clipspy"),
    "zen-engine": ("zen_rules", "zen-engine"),
    "OPA (regopy)": ("opa_rules", "regopy"),
    "Cedar": ("cedar_rules", "cedarpy"),
    "Python function": ("function", ""),
}
BEST = ("open", "available", "unknown", "barred")
ENGINES = [name for name in PEERS if name != "Python function"]


class Asked(NamedTuple):
    """A profile and its questions, for gapcheck and for the peers."""

    profile: Profile
    person: Person
    questions: list[tuple[str, dict[str, Any]]]
    cases: list[Case]


def people(law: Law, count: int, seed: int = 3) -> list[Profile]:
    """Persons like those of the shipped examples, no two alike, each with 20 tasks that need a reserved act."""
    random_ = random.Random(seed)  # noqa: S311
    kinds = [kind for kind in examples(law.book) if len(person_of(kind, law).capacities) == 1]
    arranged = [key for key, item in law.book.data["arrangements"].items() if item["kind"] == "arrangement"]
    tasks = [key for key, item in law.book.data["tasks"].items() if any(_reserved(law, way) for way in ways(item))]
    found: dict[Any, Profile] = {}
    while len(found) < count:
        kind = random_.choice(kinds)
        chosen = tuple(Attested(item) for item in arranged if random_.random() < 0.4)
        entries = tuple(TaskEntry(task) for task in random_.sample(tasks, TASKS))
        found.setdefault(
            (kind.title, chosen), kind._replace(nation=NATION, arrangements=Listing(chosen), tasks=entries)
        )
    return list(found.values())


def _reserved(law: Law, way: list[dict[str, Any]]) -> bool:
    return any(law.act(need["act"]).kind == "reserved" for need in way)


def asked(law: Law, rules: Rules, profile: Profile) -> Asked:
    """The questions of a profile."""
    person = person_of(profile, law)
    (capacity,) = person.capacities
    questions, cases = [], []
    known = {rule.act for rule in rules.rules}
    for entry in profile.tasks:
        for need in (need for way in ways(law.book.data["tasks"][entry.id]) for need in way if need["act"] in known):
            facts = {**person.facts, **case_facts(law, need, entry)}
            questions.append((need["act"], facts))
            cases.append(rules.case(need["act"], {**facts, **capacity}))
    return Asked(profile, person, questions, cases)


def gapcheck_states(law: Law, item: Asked) -> list[dict[str, str]]:
    """The state of each route, by gapcheck."""
    return [
        {route.route: route.state for route in decide_act(law, act, facts, item.person.capacities).routes}
        for act, facts in item.questions
    ]


def peer(name: str, rules: Rules, law: Law, items: list[Asked]) -> Any:
    """A peer with the rules loaded."""
    made = import_module(f"benchmarks.peers.{PEERS[name][0]}").Peer
    if name != "durable-rules":
        return made(rules)
    facts = {
        id(case): {**facts, **item.person.capacities[0]}
        for item in items
        for case, (_, facts) in zip(item.cases, item.questions, strict=True)
    }
    return made(rules, law, facts)


def disagreement(law: Law, rules: Rules, engine: Any, item: Asked) -> str:
    """Where a peer and gapcheck differ on a profile, or nothing."""
    route_of = {(rule.act, rule.id): rule.route for rule in rules.rules}
    for (act, _), ours, theirs in zip(
        item.questions, gapcheck_states(law, item), engine.decide(item.cases), strict=True
    ):
        states: dict[str, list[str]] = {}
        for rule, state in theirs.items():
            states.setdefault(route_of[act, rule], []).append(state)
        best = {route: min(states.get(route, ["barred"]), key=BEST.index) for route in ours}
        if best != ours:
            return f"{engine.name} differs on {act}: {[(key, ours[key], best[key]) for key in ours if ours[key] != best[key]]}"
    return ""


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def spread(values: list[float]) -> str:
    """The median in milliseconds, and the middle half."""
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle * 1000:.3f} ({low * 1000:.3f} to {high * 1000:.3f})"


def warm(law: Law, rules: Rules, names: list[str], persons: int) -> dict[str, list[float]]:
    """The time of each profile, by engine; the engines take turns."""
    items = [asked(law, rules, profile) for profile in people(law, persons)]
    engines = {name: peer(name, rules, law, items) for name in names}
    for name, engine in engines.items():
        for item in items[:40]:
            if said := disagreement(law, rules, engine, item):
                raise SystemExit(f"the answers differ, nothing is measured: {said}")
        print(f"{name}: answers agree on {sum(len(item.cases) for item in items[:40])} cases", file=sys.stderr)
    times: dict[str, list[float]] = {name: [] for name in ("gapcheck", "gapcheck, with full reasons", *names)}
    # The report is made by a law of its own, so that it finds nothing that the verdicts have left behind.
    own = Lawbook(law.book.data, law.book.digest).at(DATE, NATION)
    for item in items[:WARM]:
        gapcheck_states(law, item)
        check(item.profile, own)
        for engine in engines.values():
            engine.decide(item.cases)
    for item in items[WARM:]:
        times["gapcheck"].append(timed(lambda item=item: gapcheck_states(law, item)))
        times["gapcheck, with full reasons"].append(timed(lambda item=item: check(item.profile, own)))
        for name, engine in engines.items():
            times[name].append(timed(lambda engine=engine, item=item: engine.decide(item.cases)))
    return times


def copied(book: Lawbook, law: Law, acts: list[str], size: int) -> tuple[Law, list[str]]:
    """A law of about so many rules: fewer acts, or copies of acts under other names."""
    counts = {act: sum(len(rules) for _, rules, _ in law.act(act).routes) for act in acts}
    chosen: list[str] = []
    total = 0
    for act in sorted(acts, key=counts.__getitem__):
        if total + counts[act] > size and chosen:
            break
        chosen.append(act)
        total += counts[act]
    data = {**book.data, "acts": dict(book.data["acts"]), "rules": dict(book.data["rules"].items())}
    data["rules-by-act"] = dict(book.data["rules-by-act"])
    every, copy = list(chosen), 0
    while total < size:
        act = acts[copy % len(acts)]
        name = f"{act}-copy-{copy}"
        data["acts"][name] = {**book.data["acts"][act], "id": name}
        routes = {}
        for route, rules in book.data["rules-by-act"].get(act, {}).items():
            routes[route] = [f"{rule}-copy-{copy}" for rule in rules]
            for rule in rules:
                data["rules"][f"{rule}-copy-{copy}"] = {**book.data["rules"][rule], "id": f"{rule}-copy-{copy}"}
        data["rules-by-act"][name] = routes
        every.append(name)
        total += counts[act]
        copy += 1
    return Lawbook(data, book.digest).at(DATE, NATION), every


def cold(name: str, rules_folder: str | None) -> None:
    """One start of an engine: import, rules, one profile. Prints the seconds and the peak memory."""
    begun = time.perf_counter()
    book = Lawbook.load(rules_folder)
    law = book.at(DATE, NATION)
    rules = rules_of(law, acts_of(law))
    items = [asked(law, rules, profile) for profile in people(law, 1)]
    shared = time.perf_counter() - begun
    memory = resident()
    begun = time.perf_counter()
    if name == "gapcheck":
        fresh = Lawbook.load(rules_folder).at(DATE, NATION)
        gapcheck_states(fresh, items[0])
    else:
        peer(name, rules, law, items).decide(items[0].cases)
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "megabytes": resident() - memory, "shared": shared}))


def resident() -> float:
    """The memory of this process in MB."""
    with open("/proc/self/statm", encoding="ascii") as stream:
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def acts_of(law: Law) -> list[str]:
    """The reserved acts of the lawbook."""
    return [act for act in law.book.data["acts"] if law.act(act).kind == "reserved"]


def machine() -> str:
    """The machine, in a line."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            model = next((line.partition(":")[2].strip() for line in stream if line.startswith("model name")), "")
    except OSError:
        model = platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{item:.1f}" for item in os.getloadavg())
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}; load averages at the start: {load}"
    )


def report(arguments: argparse.Namespace) -> str:
    """Everything, as Markdown."""
    book = Lawbook.load(arguments.rules)
    law = book.at(DATE, NATION)
    names = [name for name in PEERS if _installed(name)]
    lines = [f"Machine: {machine()}.", "", f"Versions: {', '.join(filter(None, map(_version, names)))}.", ""]
    times = warm(law, rules_of(law, acts_of(law)), names, WARM + arguments.persons)
    ours, full = times["gapcheck"], times["gapcheck, with full reasons"]
    lines += [
        "| engine | ms for a profile of 20 tasks: median (middle half) | times gapcheck's verdicts | times gapcheck with full reasons |",
        "|---|---|---|---|",
    ]
    for name, values in times.items():
        ratios = [
            statistics.median([other / own for other, own in zip(values, base, strict=True)]) for base in (ours, full)
        ]
        lines.append(f"| {name} | {spread(values)} | {ratios[0]:.1f} | {ratios[1]:.1f} |")
    lines += ["", "Number of rules loaded, ms for a profile of 20 tasks (median):", ""]
    sizes = (10, 100, 1000)
    rows: dict[str, list[str]] = {}
    for size in sizes:
        some, acts = copied(book, law, acts_of(law), size)
        for name, values in warm(some, rules_of(some, acts), names, WARM + arguments.persons // 8).items():
            rows.setdefault(name, []).append(f"{statistics.median(values) * 1000:.3f}")
    lines += [f"| engine | {' | '.join(f'{size:,} rules' for size in sizes)} |", "|---|---|---|---|"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]
    lines += [
        "",
        "Cold start (rules loaded and compiled, one profile; a process of its own; median of 5) and the memory that it adds:",
        "",
    ]
    lines += ["| engine | ms | MB |", "|---|---|---|"]
    for name in ("gapcheck", *names):
        command = [sys.executable, "-m", "benchmarks.compare", "--cold", name]
        command += ["--rules", arguments.rules] if arguments.rules else []
        runs = [
            json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(5)
        ]
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        lines.append(f"| {name} | {middle['seconds'] * 1000:.0f} | {middle['megabytes']:.0f} |")
    return "\n".join(lines)


def _installed(name: str) -> bool:
    try:
        import_module(f"benchmarks.peers.{PEERS[name][0]}")
    except ImportError as error:
        print(f"{name} is left out: {error}", file=sys.stderr)
        return False
    return True


def _version(name: str) -> str:
    return f"{name} {version(PEERS[name][1])}" if PEERS[name][1] else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cold", metavar="NAME")
    parser.add_argument("--rules", metavar="FOLDER")
    parser.add_argument("--persons", type=int, default=400)
    given = parser.parse_args()
    if given.cold:
        cold(given.cold, given.rules)
    else:
        print(report(given))
