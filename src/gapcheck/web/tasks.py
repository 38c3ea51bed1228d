"""The tasks to choose from, found by the words that people use for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gapcheck.interview.search import Choice as Named
from gapcheck.interview.search import find
from gapcheck.law.lawbook import Lawbook


class PageTask(NamedTuple):
    """A task: its id, label, and everything that it is called, in small letters."""

    id: str
    label: str
    words: str


class TaskGroup(NamedTuple):
    """The tasks of a scope of practice. `own`: of the post's scopes, or found by a search."""

    scope: str
    title: str
    own: bool
    tasks: tuple[PageTask, ...]


def shown(book: Lawbook, scopes: Sequence[str], search: str) -> list[TaskGroup]:
    """The tasks by scope, those of the post's scopes first; with a search those that it finds come first of all."""
    found = {item.id for item in find(_named(book), search)} if search else set()
    groups: dict[str, list[PageTask]] = {scope: [] for scope in (*scopes, *book.data["scopes"])}
    hits = []
    for key, item in book.data["tasks"].items():
        task = PageTask(key, item["label"], " ".join((key, item["label"], *item["synonyms"])).lower())
        if key in found:
            hits.append(task)
        else:
            groups.setdefault(item["scope"], []).append(task)
    titles = book.data["scopes"]
    result = [TaskGroup("", f"Found for “{search}”", True, tuple(hits))] if search else []
    result += [
        TaskGroup(key, titles[key]["title"], key in scopes and not search, tuple(tasks))
        for key, tasks in groups.items()
        if tasks
    ]
    return result


def _named(book: Lawbook) -> list[Named]:
    return [Named(key, item["label"], tuple(item["synonyms"])) for key, item in book.data["tasks"].items()]
