"""Does every part of the law count? Run: python benchmarks/mutation.py [--jobs N] [--kind KIND] [NAME...]

Every condition, test, date, class member, effect, nation, presumption and listed value of the packaged lawbook is changed in
turn, and so are registers, professions and acts. Either an example of a rule or a property of `gapcheck prove` must notice.
Prints the score, and each change that nothing noticed with its file and line. Changes that change nothing are named, with the
reason, in equivalent-mutants.yaml beside this file. NAME: only rules or classes with such an id.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from mutants import Mutant, mutants, mutated, plain

from gapcheck.engine.examples import run_example
from gapcheck.errors import InputError
from gapcheck.law.conditions import PARTS
from gapcheck.law.lawbook import Lawbook
from gapcheck.prove import tasks
from gapcheck.prove.run import KINDS
from gapcheck.prove.tasks import task_axes
from gapcheck.reading import read_document
from gapcheck.space.facts import axes_of, holders
from gapcheck.space.prover import Place, Prover
from gapcheck.space.space import CaseTable, Space

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"
DATA: dict[str, Any] = {}
ALL: list[Mutant] = []


def noticed(mutant: Mutant, quick: bool) -> str:
    """What notices a change: an example, a property, PROVED where nothing could, or nothing. `quick`: without the properties that
    take seconds."""
    book = mutated(DATA, mutant)
    rules = affected(mutant)
    early, late = ordered(mutant)
    try:
        if mutant.kind == "professions":  # every example turns on them, and one property is quicker than all
            found = broken_property(book, mutant, rules, early) or example(book, rules)
        else:
            found = example(book, rules) or broken_property(book, mutant, rules, early)
        if found or quick:
            return found
        return PROVED if equivalent(mutant) else broken_property(book, mutant, rules, late)
    except InputError:
        return "the reader"
    except Exception as error:  # a lawbook with which the engine fails is noticed too
        return f"{type(error).__name__}"
    finally:  # what is kept for this lawbook is of no use for the next
        for kept in (holders, task_axes, tasks._person):
            kept.cache_clear()


def affected(mutant: Mutant) -> list[str]:
    """The rules whose answers a change can touch."""
    if mutant.kind == "rules":
        return [mutant.id]
    if mutant.kind == "classes":
        named = f"'{mutant.id}'"  # a title is found on any list
        of = "'fact': 'title'" if DATA["classes"][mutant.id]["of"] == "title" else named
        return [key for key, rule in DATA["rules"].items() if of in str(rule) or named in str(rule)]
    if mutant.kind == "acts":
        return [key for key, rule in DATA["rules"].items() if mutant.id in rule["acts"]]
    return list(DATA["rules"])


def example(book: Lawbook, rules: Iterable[str]) -> str:
    """The first example that comes to something else than it says."""
    for identity in rules:
        for item in DATA["examples"][identity]:
            outcome = run_example(book, book.data["rules"][identity], item)
            if (outcome.state, list(outcome.by)) != (item["route"], sorted(set(item.get("by", [])))):
                return f"example of {identity}"
    return ""


def broken_property(book: Lawbook, mutant: Mutant, rules: list[str], properties: list[str]) -> str:
    """The first of some properties that does not hold of what the rules can change."""
    routes = {(act, DATA["rules"][rule]["route"]) for rule in rules for act in DATA["rules"][rule]["acts"]}
    near = [key for key, rule in DATA["rules"].items() if any((act, rule["route"]) in routes for act in rule["acts"])]
    own, wide = Prover(book, rules=rules), Prover(book, rules=near)
    for prover in (own, wide):  # an act from which a rule was taken is touched too
        prover.touched |= {act for act, _ in routes} | ({mutant.id} if mutant.kind == "acts" else set())
    for name in properties:
        spec = book.data["properties"][name]
        if KINDS[spec["kind"]](wide if spec["kind"] in LATE else own, spec).broken:
            return f"property {name}"
    return ""


def ordered(mutant: Mutant) -> tuple[list[str], list[str]]:
    """The properties that are quick to try, and those that take seconds, in the order in which to try them."""
    kinds = [*EARLY, *(kind for kind in KINDS if kind not in (*EARLY, *LATE, *LISTS)), *LATE]
    middle = len(kinds) - len(LATE)
    where = EARLY.index("lists-follow-their-law") + 1 if mutant.kind == "classes" else middle
    kinds[where:where] = LISTS
    late = {*LATE, *(LISTS if mutant.kind != "classes" else ())}
    names = [key for kind in kinds for key, item in DATA["properties"].items() if item["kind"] == kind]
    slow = {key for key, item in DATA["properties"].items() if item["kind"] in late}
    return [key for key in names if key not in slow], [key for key in names if key in slow]


# The kinds of property that are quickest to try, those that are slowest, and those that a change of a list breaks.
EARLY = ("regulated", "lists-follow-their-law", "rules-follow-their-law", "law-everywhere", "registers")
LATE = ("reform-opens", "one-answer", "frameworks-never-block", "findings-never-worse", "questions-suffice")
LISTS = ("members",)
PROVED = "equivalent, proved"
CHILD = 50  # chunks of tasks that one process takes


def equivalent(mutant: Mutant) -> bool:
    """Whether a change of the conditions of a rule, or of a class, changes no answer: proved over the whole space, where in each
    case, on each date and in each nation every rule has the same state, and fails for the same facts with the same remedies."""
    if mutant.kind not in ("rules", "classes"):
        return False
    before, after = Lawbook(DATA, ""), mutated(DATA, mutant)
    if before.known_titles != after.known_titles:  # a title may then be read as another, which no rule shows
        return False
    for rule in affected(mutant):
        old, new = before.data["rules"][rule], after.data["rules"][rule]
        if any(old.get(key) != new.get(key) for key in old.keys() | new.keys() if key not in PARTS):
            return False
        for act, day, nation in {*_days(before, rule), *_days(after, rule)}:
            for place in _places(before, rule, act, day, nation):
                if not _same(place, Place(act, new, after.at(day, nation, place.law.readings))):
                    return False
    return True


def _days(book: Lawbook, rule: str) -> set[tuple[str, str, str]]:
    places = Prover(book, rules=[rule]).places({})
    return {(place.act, place.law.date, place.law.nation) for place in places}


def _places(book: Lawbook, rule: str, act: str, day: str, nation: str) -> Iterable[Place]:
    """A rule on a day, under each reading of every interpretation that it uses."""
    spec = {"acts": [act], "nations": [nation], "from": day, "to": day}
    return (place for place in Prover(book, rules=[rule]).places(spec) if place.law.date == day)


def _same(one: Place, other: Place) -> bool:
    space = Space(axes_of(one.view(), other.view()))
    tables = [
        CaseTable(space, place.parts, "undetermined" in place.rule, view) for view, place in enumerate((one, other))
    ]
    same = all(len({getattr(table, state) for table in tables}) == 1 for state in ("open", "available", "unknown"))
    return same and _fails(tables[0]) == _fails(tables[1])


def _fails(table: CaseTable) -> dict[tuple[str, ...], tuple[int, int]]:
    """For each part, fact and remedy: the cases in which a condition on it fails, and those in which one is not known."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for part, condition, true, false in table.parts:
        key = part, condition.get("about") or condition["fact"], condition.get("as", "")
        failing, untold = found.get(key, (0, 0))
        possible = table.space.possible
        found[key] = failing | false & possible, untold | possible & ~true & ~false
    return {key: (failing, untold & ~failing) for key, (failing, untold) in found.items() if failing or untold}


def prepare() -> None:
    """Read the lawbook and make the mutants, once in each process."""
    if not DATA:
        DATA.update(plain(Lawbook.load(RULES)))
        ALL.extend(mutants(DATA))


def one(task: tuple[int, bool]) -> tuple[int, str]:
    prepare()
    return task[0], noticed(ALL[task[0]], task[1])


def place(mutant: Mutant) -> str:
    """File and line of what a mutant changes."""
    source, _, line = DATA["sources"][f"{mutant.kind}/{mutant.id}"].rpartition(":")
    document = read_document((RULES / source).read_bytes(), source, 4_000_000)
    path: tuple[Any, ...] = mutant.path
    if mutant.kind == "rules" and path and path[0] in ("holder", "circumstances", "arrangements"):
        path = (path[0], "all", *path[1:])
    if mutant.kind not in ("rules", "classes", "interpretations"):
        return f"rules/{source}:{line}"
    return f"rules/{source}:{document.line(path) or line}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kind")
    parser.add_argument("--quick", action="store_true", help="without the properties that take seconds")
    options = parser.parse_args()
    prepare()
    listed = yaml.safe_load((Path(__file__).parent / "equivalent-mutants.yaml").read_text(encoding="utf-8"))
    excused = {item["mutant"]: item["why"] for item in listed["equivalent"]}
    wanted = [
        index
        for index, mutant in enumerate(ALL)
        if (not options.names or mutant.id in options.names) and options.kind in (None, mutant.kind)
    ]
    queue = [(index, options.quick or ALL[index].name in excused) for index in wanted]
    begun = time.perf_counter()
    by: Counter[str] = Counter()
    survivors, proved, stale = [], [], []
    with multiprocessing.Pool(options.jobs, maxtasksperchild=CHILD) as pool:  # what a process keeps adds up
        for done, (index, who) in enumerate(pool.imap_unordered(one, queue, chunksize=4), 1):
            mutant = ALL[index]
            by[
                (who if who == PROVED else who.partition(" ")[0]) or ("listed" if mutant.name in excused else "nothing")
            ] += 1
            if who == PROVED:
                proved.append(mutant)
            elif who and mutant.name in excused:
                stale.append(f"{mutant.name} (noticed by {who})")
            elif not who and mutant.name not in excused:
                survivors.append(mutant)
                print(f"{place(mutant)}: unnoticed so far: {mutant.name}", file=sys.stderr)
            if done % 200 == 0:
                print(f"{done} of {len(wanted)}, {len(survivors)} unnoticed", file=sys.stderr)
    for mutant in sorted(proved):
        print(f"{place(mutant)}: {PROVED}: {mutant.name}")
    for mutant in sorted(survivors):
        print(f"{place(mutant)}: unnoticed: {mutant.name}")
    for name in stale:
        print(f"equivalent-mutants.yaml: not equivalent: {name}")
    counted = len(wanted) - by["listed"] - len(proved)
    score = 100 * (counted - len(survivors)) / counted if counted else 100
    print(
        f"{len(wanted)} mutants: {', '.join(f'{number} {who}' for who, number in by.most_common())}; score {score:.2f}% "
        f"in {time.perf_counter() - begun:.0f} s"
    )
    return 1 if survivors or stale else 0


if __name__ == "__main__":
    sys.exit(main())
