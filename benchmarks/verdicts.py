"""The table of verdicts: every task by several holders and nations, every medicine by act and holder, on one day.

`python benchmarks/verdicts.py` writes it; `--check` says what differs from what is committed, and ends with 1. It is small
enough to be read as a diff: a change of the law or of the program that changes an answer changes a line of it.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from gapcheck import Lawbook
from gapcheck.diff.tasks import TaskHolder, posts
from gapcheck.engine.findings import Finding, check
from gapcheck.engine.person import Person, person_of
from gapcheck.engine.routes import BARRED, UNKNOWN, decide_act
from gapcheck.engine.tasks import case_facts
from gapcheck.law.conditions import PARTS
from gapcheck.law.dated import Law
from gapcheck.profile.model import TaskEntry

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/verdicts"
DAY = "2026-11-22"  # fixed, so that the table changes with the law and not with the calendar


def tasks(book: Lawbook) -> Iterator[str]:
    """A line for each answer to a task: the task, the answer, and who gets it where."""
    nations = list(book.data["nations"])
    answers: dict[str, dict[str, dict[str, list[str]]]] = {}
    for nation in nations:
        law = book.at(DAY, nation)
        for post in posts(law, list(book.data["tasks"])):
            for item in check(post.profile, law).findings:
                holders = answers.setdefault(item.task, {})
                holders.setdefault(_holder(post), {}).setdefault(_finding(item), []).append(nation)
    yield "task | status, today, gap, because of registration | the way | holders"
    for task in sorted(answers):
        same: dict[tuple[str, str], list[str]] = {}
        for holder, found in answers[task].items():
            for answer, where in found.items():
                place = "" if where == nations else f" in {', '.join(where)}"
                same.setdefault((answer, place), []).append(holder)
        for (answer, place), holders_of in sorted(same.items()):
            yield f"{task} | {answer} | {', '.join(holders_of)}{place}"


def _holder(post: TaskHolder) -> str:
    return post.profession if post.standing == "registered" else f"{post.profession} ({post.standing})"


def _finding(item: Finding) -> str:
    acts = item.decision.way.acts if item.decision.way else ()
    ways = [act.best.route for act in acts if act.best and act.best.state != BARRED]
    remedies = sorted({remedy.remedy for found in item.opens_with for remedy in found}) if item.opens_with else []
    said = [item.status, item.today, item.gap, item.because_of_registration]
    return (
        f"{', '.join(said)} | {', '.join(dict.fromkeys(ways)) or '-'}{' / ' + ', '.join(remedies) if remedies else ''}"
    )


def medicines(book: Lawbook) -> Iterator[str]:
    """A line for each medicine and act: who may do it, by the verdict and the ways that are not barred."""
    law = book.at(DAY, book.data["assumes"]["nation"])
    acts = [act for act in book.data["acts"] if any("medicine." in json.dumps(rule) for rule in _rules(book, act))]
    people = {
        _holder(post): person_of(post.profile._replace(tasks=()), law) for post in posts(law, list(book.data["tasks"]))
    }
    yield "medicine | act | verdict: holders, by the ways that are not barred"
    for medicine in sorted(book.data["medicines"]):
        for act in acts:
            facts = case_facts(law, {"act": act}, TaskEntry("", medicine=medicine))
            same: dict[str, list[str]] = {}
            for holder, person in people.items():
                same.setdefault(_act(law, act, facts, person), []).append(holder)
            told = [f"{answer}: {_all(who, people)}" for answer, who in sorted(same.items())]
            yield f"{medicine} | {act} | {'; '.join(told)}"


def _all(who: list[str], people: Mapping[str, object]) -> str:
    return "all" if len(who) == len(people) else ", ".join(who)


def _rules(book: Lawbook, act: str) -> Iterator[object]:
    for rules in book.rules_of(act).values():
        yield from ({part: rule[part] for part in PARTS} for rule in rules)


def _act(law: Law, act: str, facts: Mapping[str, object], person: Person) -> str:
    result = decide_act(law, act, {**person.facts, **facts}, person.capacities)
    ways = [
        route.route if route.state != UNKNOWN else f"{route.route}?" for route in result.routes if route.state != BARRED
    ]
    return f"{result.verdict}{' by ' + ', '.join(ways) if ways else ''}"


TABLES = {"tasks.txt": tasks, "medicines.txt": medicines}


def made(book: Lawbook) -> dict[str, list[str]]:
    """The lines of each file of the table."""
    return {name: list(lines(book)) for name, lines in TABLES.items()}


def differences(book: Lawbook) -> list[str]:
    """What the table would say otherwise than it does, as the lines of a diff."""
    found: list[str] = []
    for name, lines in made(book).items():
        kept = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        found += difflib.unified_diff(kept, lines, name, name, lineterm="", n=0)
    return found


def main() -> None:
    """Write the table, or check it."""
    book = Lawbook.load(ROOT / "rules")
    if "--check" in sys.argv[1:]:
        found = differences(book)
        print("\n".join(found))
        sys.exit(1 if found else 0)
    FOLDER.mkdir(exist_ok=True)
    for name, lines in made(book).items():
        (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
