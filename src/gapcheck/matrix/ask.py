"""What a matrix is asked for: the options of the command, checked against the lawbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gapcheck.errors import InputError
from gapcheck.law.lawbook import Lawbook
from gapcheck.matrix.model import ACTS, TASKS
from gapcheck.profile.model import TaskEntry
from gapcheck.profile.question import question
from gapcheck.profile.resolve import Resolver


@dataclass(frozen=True)
class MatrixAsked:
    """The professions, the acts or tasks, and the case."""

    professions: tuple[str, ...]
    kind: str
    columns: tuple[str, ...]
    case: TaskEntry


def asked(
    book: Lawbook, nation: str, given: Mapping[str, Any], command: str = "matrix", counted: bool = False
) -> MatrixAsked:
    """What the options of a command ask for; all professions and all acts where they name none, or all tasks where they are
    `counted`.

    Raises InputError for what the lawbook does not know, and for acts and tasks at once.
    """
    resolver = Resolver(book, command, lenient=True)
    acts = _ids(resolver, "acts", given["acts"])
    tasks = _ids(resolver, "tasks", given["tasks"])
    scope = resolver.id("scopes", given["scope"], ()) if given.get("scope") else ""
    professions = _ids(resolver, "professions", given["professions"])
    if acts and counted:
        resolver.say((), "tasks are counted, and acts are not", "leave --act out, or --counts")
    elif acts and (tasks or scope):
        resolver.say((), f"acts and tasks do not stand in one {command}", "give --act, or else --scope and --task")
    for task in tasks if scope else ():
        if task in book.data["tasks"] and book.data["tasks"][task]["scope"] != scope:
            resolver.say((), f"the task `{task}` is not of the scope `{scope}`", "leave --scope out, or the task")
    if resolver.problems:
        raise InputError(resolver.problems)
    case = question(book, next(iter(book.data["acts"])), nation, given).entry
    if scope and not tasks:
        tasks = tuple(key for key, item in book.data["tasks"].items() if item["scope"] == scope)
    if counted and not scope and not tasks:
        tasks = tuple(book.data["tasks"])
    return MatrixAsked(
        professions or tuple(book.data["professions"]),
        TASKS if tasks else ACTS,
        tasks or acts or tuple(book.data["acts"]),
        case,
    )


def _ids(resolver: Resolver, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(resolver.id(kind, name, ()) for name in names))
