"""The words of an answer about a team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gapcheck.document.words import listed, number
from gapcheck.law.dated import Law
from gapcheck.team.helps import Assigned, Help
from gapcheck.team.standings import REFORM, REGISTRATION, Measure

if TYPE_CHECKING:
    from gapcheck.team.study import Study

NAMED = 3  # tasks or posts that a sentence names before it counts


def name_of_change(law: Law, change: Measure) -> str:
    """What a change is called."""
    data = law.book.data
    if change.kind == REGISTRATION:
        return f"registration with the {data['registers'][change.what]['title']}"
    if change.kind == REFORM:
        return str(data["reforms"][change.what]["title"])
    return str(data["arrangements"][change.what]["label"])


def step_said(study: Study, step: Assigned) -> str:
    """A step: what, and for which post."""
    what = name_of_change(study.law, step.change)
    return f"{what}: {study.names[step.post]}" if step.post >= 0 else what


def some(names: Sequence[str], most: int = NAMED) -> str:
    """Names, of which the first few are said."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def steps_said(study: Study, steps: Iterable[Assigned]) -> str:
    """Steps in a sentence, those of one kind together."""
    groups: dict[tuple[int, ...], list[str]] = {}
    who: dict[Measure, list[int]] = {}
    for step in steps:
        who.setdefault(step.change, []).append(step.post)
    for change, posts in who.items():
        groups.setdefault(tuple(posts), []).append(name_of_change(study.law, change))
    return "; ".join(
        f"{listed(names)}{', for ' + some([study.names[post] for post in posts], 4) if posts != (-1,) else ''}"
        for posts, names in groups.items()
    )


def alternatives(study: Study, helps: Iterable[Help]) -> list[tuple[str, Help]]:
    """Helps in the order given, each with its words; the same help for several posts is said once, with the posts."""
    groups: dict[object, list[Help]] = {}
    for item in helps:
        posts = {step.post for step in item.steps if step.post >= 0}
        changes = tuple(step.change for step in item.steps)
        key = (changes, item.covers, item.relieves) if len(posts) == 1 else item
        groups.setdefault(key, []).append(item)
    return [(_either(study, some_), some_[0]) for some_ in groups.values()]


def _either(study: Study, alike: list[Help]) -> str:
    if len(alike) == 1:
        return steps_said(study, alike[0].steps)
    steps = alike[0].steps
    who = dict.fromkeys(step.post for item in alike for step in item.steps if step.post >= 0)
    titles = [study.names[post] for post in who]
    shown = titles if len(titles) <= NAMED + 1 else [*titles[:NAMED], f"{len(titles) - NAMED} more"]
    names = [name_of_change(study.law, step.change) for step in steps if step.post >= 0]
    return f"{_reforms(study, steps)}{listed(names)}, for {listed(shown, 'or')}"


def _reforms(study: Study, steps: Iterable[Assigned]) -> str:
    names = [name_of_change(study.law, step.change) for step in steps if step.post < 0]
    return f"{listed(names)}; then " if names else ""


def does(study: Study, item: Help) -> str:
    """What a help does: counts of tasks, and of times a week where these are given."""

    def times(tasks: tuple[int, ...]) -> str:
        week = often(study, tasks)
        return f" ({week:g} a week)" if week else ""

    parts = []
    if item.covers:
        parts.append(f"covers {number(len(item.covers), 'more task')}{times(item.covers)}")
    if item.relieves:
        verb = "hangs" if len(item.relieves) == 1 else "hang"
        parts.append(f"{number(len(item.relieves), 'task')}{times(item.relieves)} no longer {verb} on one post")
    return "; ".join(parts)


def often(study: Study, tasks: Iterable[int]) -> float | None:
    """How often a week some tasks are done in all; None where no figure is given."""
    known = [value for number in tasks if (value := study.team.tasks[number].per_week) is not None]
    return sum(known) if known else None
