"""The findings of every task of two lawbooks, for several holders, compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from gapcheck.diff.findings import facets
from gapcheck.engine.findings import check
from gapcheck.engine.person import registered_member
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile, Registration, TaskEntry


class TaskHolder(NamedTuple):
    """A holder of tasks. `standing`: `registered`, `accredited` or `none`."""

    profession: str
    standing: str
    profile: Profile


class TaskChange(NamedTuple):
    """What changes of the findings of a task, in the same way for some holders in some nations."""

    task: str
    label: str
    posts: tuple[tuple[str, str], ...]  # profession and standing
    nations: tuple[str, ...]
    changed: dict[str, tuple[Any, Any]]


def posts(law: Law, tasks: Sequence[str]) -> Iterator[TaskHolder]:
    """The holders by whom tasks are judged: the comparator of each on its statutory register, and each profession that has
    accredited registers, once on them and once on none."""
    data = law.book.data
    compared: dict[str, list[TaskEntry]] = {}
    for task in tasks:
        compared.setdefault(str(data["tasks"][task].get("comparator") or ""), []).append(TaskEntry(task))
    for profession, entries in sorted(compared.items()):
        if profession:
            member = registered_member(profession, law)
            held = [Registration(str(member["holder.register"]), held_as=profession)] if member else []
            yield TaskHolder(profession, "registered", _profile(law, profession, held, entries))
    every = [TaskEntry(task) for task in tasks]
    for profession, about in sorted(data["professions"].items()):
        if listed := about.get("accredited"):
            held = [Registration(register) for register in listed]
            yield TaskHolder(profession, "accredited", _profile(law, profession, held, every))
            yield TaskHolder(profession, "none", _profile(law, profession, [], every))


def _profile(law: Law, profession: str, held: Sequence[Registration], entries: Sequence[TaskEntry]) -> Profile:
    return Profile(profession, law.nation, registrations=tuple(held), tasks=tuple(entries))


def compare_tasks(laws: Sequence[tuple[Law, Law]], concerned: Collection[str]) -> tuple[TaskChange, ...]:
    """What changes of the findings of the tasks that are `concerned`, in each pair of laws."""
    found: dict[tuple[str, str], tuple[dict[str, tuple[Any, Any]], dict[tuple[str, str], None], dict[str, None]]] = {}
    labels = {}
    for before, after in laws:
        known = after.book.data["tasks"]
        tasks = [task for task in known if task in before.book.data["tasks"] and task in concerned]
        earlier = {
            (post.profession, post.standing, item.task): facets(item)
            for post in posts(before, tasks)
            for item in check(post.profile, before).findings
        }
        for post in posts(after, tasks):
            for item in check(post.profile, after).findings:
                was, becomes = earlier.get((post.profession, post.standing, item.task)), facets(item)
                if was is not None and was != becomes:
                    changed = {key: (was[key], becomes[key]) for key in was if was[key] != becomes[key]}
                    kept = found.setdefault((item.task, str(changed)), (changed, {}, {}))
                    kept[1][post.profession, post.standing] = None
                    kept[2][after.nation] = None
                    labels[item.task] = item.label
    return tuple(
        TaskChange(task, labels[task], tuple(who), tuple(nations), changed)
        for (task, _), (changed, who, nations) in found.items()
    )
