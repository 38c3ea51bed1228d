"""The answer about a team as data (the form of `schemas/team-report.schema.json`) and as sheets, one a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gapcheck.document.answer import Sheet
from gapcheck.engine.tasks import STANDINGS
from gapcheck.findings.data import lawbook_data
from gapcheck.team.cover import Absence
from gapcheck.team.helps import Assigned, Help
from gapcheck.team.since import cause_said, since_data
from gapcheck.team.standings import REFORM, REGISTRATION
from gapcheck.team.study import Study
from gapcheck.team.words import name_of_change, often, step_said


def team_data(study: Study) -> dict[str, Any]:
    """The answer as plain data."""
    team, cover = study.team, study.cover
    return {
        "gapcheck": "1",
        "team": {
            "source": team.source,
            "name": team.name,
            "nation": study.law.nation,
            "employer": team.employer,
            "wte": team.wte,
            "posts": [_post(study, number) for number in range(len(team.posts))],
            "tasks": len(team.tasks),
            "covered": len(cover.covered),
            "assumed": _tasks(study, cover.assumed),
            "uncovered": _tasks(study, cover.uncovered),
            "notes": list(team.notes),
        },
        "lawbook": lawbook_data(study.law),
        "cover": [_cover(study, number) for number in range(len(team.tasks))],
        "single_points": [
            {"task": team.tasks[task].entry.id, "post": team.posts[cover.covering[task][0]].id} for task in cover.single
        ],
        "rests_on": [
            {
                "kind": item.change.kind,
                "what": item.change.what,
                "label": name_of_change(study.law, item.change),
                "posts": _posts(study, item.posts),
                "stops": _tasks(study, item.stops),
            }
            for item in study.rests
        ],
        "absence": [_absence(study, item) for item in study.absences],
        "week": [{**_absence(study, item), "alone": _tasks(study, item.alone)} for item in study.week],
        "helps": [
            {
                **_step(study, item.steps[0]),
                **_does(study, item),
                "registers": _registering(study, item.steps[0]),
            }
            for item in study.singles
        ],
        "sets": [
            {"steps": [_step(study, step) for step in item.steps], **_does(study, item)}
            for item in (*study.sets, *study.reform_sets)
        ],
        "cheapest": {
            "steps": [_step(study, step) for step in study.cheapest.steps],
            "leaves": _tasks(study, study.cheapest.leaves),
            "cut_short": study.cheapest.cut,
        },
        "reforms": [
            {
                "reforms": list(item.reforms),
                "registered": _posts(study, item.registered),
                "covers": _tasks(study, item.covers),
                "relieves": _tasks(study, item.relieves),
                "changed": [
                    {
                        "task": team.tasks[task].entry.id,
                        "post": team.posts[post].id,
                        "was": cover.grid[task][post].today,
                        "today": today,
                    }
                    for task, post, today in item.changed
                ],
            }
            for item in study.reforms
        ],
        "waits": [
            {
                "task": team.tasks[item.task].entry.id,
                "minutes": wait.minutes,
                "source": wait.source,
                "minutes_a_week": item.a_week,
                "directed": _posts(study, item.directed),
                "own": _posts(study, item.own),
            }
            for item in study.waits
            if (wait := team.tasks[item.task].wait)
        ],
        "since": since_data(study.since) if study.since else None,
    }


def _tasks(study: Study, numbers: Iterable[int]) -> list[str]:
    return [study.team.tasks[number].entry.id for number in numbers]


def _posts(study: Study, numbers: Iterable[int]) -> list[str]:
    return [study.team.posts[number].id for number in numbers]


def _post(study: Study, number: int) -> dict[str, Any]:
    post = study.team.posts[number]
    registers = [{"register": item.register, "status": item.status} for item in post.profile.registrations]
    return {
        "id": post.id,
        "title": post.title,
        "profession": post.profile.profession,
        "registrations": registers,
        "wte": post.wte,
        "days": list(post.days),
    }


def _cover(study: Study, number: int) -> dict[str, Any]:
    task, cover = study.team.tasks[number], study.cover
    return {
        "task": task.entry.id,
        "label": label(study, number),
        "medicine": task.entry.medicine,
        "per_week": task.per_week,
        "days": list(task.days),
        **{today: _posts(study, cover.who(number, today)) for today in STANDINGS},
        "directed": [study.team.posts[post].id for post in cover.covering[number] if cover.grid[number][post].directed],
        "needed": [
            {"post": post.id, "what": need.what, "state": need.state, "by": need.by}
            for place, post in enumerate(study.team.posts)
            for need in study.needed(number, place)
        ],
    }


def _absence(study: Study, item: Absence) -> dict[str, Any]:
    return {
        "without": _posts(study, item.without),
        "day": item.day,
        "stops": _tasks(study, item.stops),
        "arrange": _tasks(study, item.arrange),
        "unknown": _tasks(study, item.unknown),
    }


def _step(study: Study, step: Assigned) -> dict[str, Any]:
    return {
        "kind": step.change.kind,
        "what": step.change.what,
        "label": name_of_change(study.law, step.change),
        "post": study.team.posts[step.post].id if step.post >= 0 else "",
        "by": _by(study, step),
    }


def _by(study: Study, step: Assigned) -> str:
    """Who can put an arrangement or entitlement in place; of a registration the person, of a reform Parliament."""
    known = study.law.book.data["arrangements"].get(step.change.what)
    if step.change.kind in (REGISTRATION, REFORM) or known is None:
        return "person" if step.change.kind == REGISTRATION else "parliament"
    return str(known["who"])


def _registering(study: Study, step: Assigned) -> list[str]:
    found = [item for item in study.reforms if step.post < 0 and item.reforms == (step.change.what,)]
    return _posts(study, found[0].registered) if found else []


def _does(study: Study, item: Help) -> dict[str, Any]:
    return {
        "covers": _tasks(study, item.covers),
        "relieves": _tasks(study, item.relieves),
        "per_week": often(study, (*item.covers, *item.relieves)),
    }


def label(study: Study, number: int) -> str:
    """What a task of the team is called."""
    entry = study.team.tasks[number].entry
    return label_of(study, (entry.id, entry.medicine))


def label_of(study: Study, task: tuple[str, str]) -> str:
    """What a task is called, with its medicine."""
    data = study.law.book.data
    name = str(data["tasks"][task[0]]["label"])
    return f"{name} ({data['medicines'][task[1]]['label']})" if task[1] else name


def team_sheets(study: Study) -> list[Sheet]:
    """A sheet a question; who may do what first."""
    team, cover = study.team, study.cover
    names = [label(study, number) for number in range(len(team.tasks))]
    titles = study.names

    def tasks(numbers: Iterable[int]) -> str:
        return "; ".join(names[number] for number in numbers)

    def posts(numbers: Iterable[int]) -> str:
        return "; ".join(titles[number] for number in numbers)

    grid = [
        (names[number], task.per_week, len(cover.covering[number]), *(item.today for item in cover.grid[number]))
        for number, task in enumerate(team.tasks)
    ]
    needs = [
        (names[number], titles[post], item.today, need.what, need.state.replace("-", " "), need.by)
        for number, row in enumerate(cover.grid)
        for post, item in enumerate(row)
        for need in study.needed(number, post)
    ]
    singles = [(names[task], titles[cover.covering[task][0]], team.tasks[task].per_week) for task in cover.single]
    absence = [
        (posts(item.without) or "nobody", item.day.capitalize(), len(item.stops) + len(item.arrange), tasks(item.stops),
         tasks(item.arrange), tasks(item.unknown))
        for item in (*study.absences, *study.week)
    ]  # fmt: skip
    papers = [(item.change.kind, name_of_change(study.law, item.change), posts(item.posts), len(item.stops), tasks(item.stops)) for item in study.rests]  # fmt: skip
    done = [
        (kind, " + ".join(step_said(study, step) for step in item.steps), len(item.covers), len(item.relieves),
         often(study, (*item.covers, *item.relieves)), tasks(item.covers), tasks(item.relieves))
        for kind, some in (("alone", study.singles), ("together", study.sets), ("with a reform", study.reform_sets))
        for item in some
    ]  # fmt: skip
    law = study.law.book.data["reforms"]
    reforms = [
        (" + ".join(law[name]["title"] for name in item.reforms), posts(item.registered), tasks(item.covers),
         tasks(item.relieves),
         "; ".join(f"{titles[post]}: {names[task]}: {cover.grid[task][post].today} to {today}" for task, post, today in item.changed))
        for item in study.reforms
    ]  # fmt: skip
    cheap = [(step_said(study, step),) for step in study.cheapest.steps]
    changes = [
        (label_of(study, item.task), item.was, item.now, how, cause_said(cause))
        for item in (study.since.moved if study.since else ())
        for how, causes in (("lost", item.lost), ("gained", item.gained))
        for cause in causes
    ]
    about = [
        (post.id, post.title, study.law.book.data["professions"][post.profile.profession]["title"] if post.profile.profession else "",
         post.wte, ", ".join(post.days))
        for post in team.posts
    ]  # fmt: skip
    return [
        Sheet("Who may do what", ("task", "a week", "posts that cover it", *titles), grid),
        Sheet("What is needed", ("task", "post", "today", "what", "state", "who"), needs),
        Sheet("Hangs on one post", ("task", "post", "a week"), singles),
        Sheet("Hangs on one paper", ("kind", "what", "posts that have it", "tasks", "which stop without it"), papers),
        Sheet("Absence", ("without", "day", "tasks", "stop", "once arranged", "stop unless facts are given"), absence),
        Sheet("What would help", ("kind", "what", "tasks covered", "tasks freed", "a week", "covers", "hang on one post no more"), done),
        Sheet("Cheapest set", ("what to put in place so that nothing hangs on one post",), cheap),
        Sheet("Reforms", ("reform", "who would register", "covers", "hang on one post no more", "who would stand otherwise"), reforms),
        *([Sheet("Since", ("task", "posts before", "posts now", "how", "who and why"), changes)] if study.since else []),
        Sheet("Posts", ("id", "title", "profession", "wte", "days"), about),
    ]  # fmt: skip
