"""Ask each distinct question once: who the person is in law, what is in place, and the task.

Of what a post states (arrangements, entitlements, annotations, facts, kind of employer) only that counts which a rule for the
task's acts looks at, in the nation, now or within the year of which a finding speaks, under any reading. So posts that differ
in nothing that matters to a task ask the same question. The answer is always that of the engine (`engine.findings.check`) on a
profile with exactly these facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from gapcheck.engine.findings import check
from gapcheck.law.dated import FOREVER, Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways
from gapcheck.profile.model import Listing, Profile, TaskEntry
from gapcheck.workforce.answers import Answer, answer_of
from gapcheck.workforce.cells import Vocabulary

WHO = ("nation", "profession", "registrations")
STATED = ("employer", "facts", "annotations", "entitlements", "arrangements")
LISTINGS = {"annotations": "annotation", "entitlements": "entitlement", "arrangements": "arrangement"}
_LIMIT = 1_000_000  # of anything that is remembered, so that memory stays bounded
_HALF = 32  # bits of the number of a pair


class _Numbers:
    """Numbers for things: equal things have one number, and `items` gives the thing of a number."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}
        self.items: list[Any] = []

    def of(self, item: Any) -> int:
        number = self._known.get(item)
        if number is None:
            number = self._known[item] = len(self.items)
            self.items.append(item)
        return number

    def clear(self) -> None:
        self._known.clear()
        self.items.clear()


class Questions:
    """The questions asked so far and their answers. `book`: the lawbook, with its reforms; `laws`: its law in a nation."""

    def __init__(self, book: Lawbook, laws: Callable[[str], Law]) -> None:
        self._book = book
        self._laws = laws
        self.answers: list[Answer] = []
        self._answers: dict[Answer, int] = {}
        self._asked: dict[tuple[int, int], int] = {}
        self._parts = _Numbers()  # what is left of a cell
        self._pairs = _Numbers()  # of these numbers
        self._left: dict[tuple[str, int, int], int] = {}
        self._kinds = _Numbers()  # what the rules of a task may look at
        self._kind_of: dict[tuple[str, str], int] = {}
        self.count = 0

    def ask(self, posts: pl.DataFrame, mentions: pl.DataFrame, cells: Mapping[str, Vocabulary]) -> pl.Series:
        """The number of the answer to each mention of a task.

        `posts`: the codes of WHO and STATED; `mentions`: `post` (a place in `posts`) and `task` (a code); `cells`: what the
        codes mean, the tasks' among them.
        """
        if max(map(len, (self._asked, self._parts.items, self._pairs.items, self._left))) > _LIMIT:
            self.forget()
        tasks = cells["tasks"].values
        nations = cells["nation"].values
        kinds = pl.Series([self._kind(nation, task) for nation in nations for task, _ in tasks], dtype=pl.UInt32)
        columns = [*WHO, *STATED]
        persons = posts.select(columns).unique(maintain_order=True).with_row_index("person")
        person = posts.join(persons, on=columns, how="left", maintain_order="left")["person"]
        keys = self._keys(persons, cells)
        numbers = keys.unique(maintain_order=True)
        places = keys.replace_strict(numbers, pl.int_range(numbers.len(), dtype=pl.UInt32, eager=True))
        count = max(len(tasks), 1)
        kind = kinds.gather(posts["nation"].gather(mentions["post"]) * count + mentions["task"])
        place = places.gather(person.gather(mentions["post"]) * len(self._kinds.items) + kind)
        asked = place.cast(pl.UInt64) * count + mentions["task"]
        distinct = asked.unique(maintain_order=True)
        found = self._answered(distinct, count, numbers.to_list(), cells)
        return asked.replace_strict(distinct, found, return_dtype=pl.UInt32)

    def _keys(self, persons: pl.DataFrame, cells: Mapping[str, Vocabulary]) -> pl.Series:
        """A number for each person and kind of task that tells apart what the task's rules can tell apart."""
        who = self._paired(self._paired(persons["nation"], persons["profession"]), persons["registrations"])
        keys = []
        done: dict[tuple[Any, ...], pl.Series] = {(): who}  # kinds that look at the same facts so far share the work
        for kind in range(len(self._kinds.items)):
            path: tuple[Any, ...] = ()
            for name in STATED:
                table = tuple([self._kept(name, place, kind, value) for place, value in enumerate(cells[name].values)])
                before, path = done[path], (*path, table)
                if path not in done:
                    done[path] = self._paired(before, pl.Series(table, dtype=pl.UInt32).gather(persons[name]))
            keys.append(done[path].alias(str(kind)))
        return pl.DataFrame(keys).select(pl.concat_list(pl.all()).explode().alias("key"))["key"]

    def _paired(self, first: pl.Series, second: pl.Series) -> pl.Series:
        """The numbers of pairs of numbers."""
        both = first.cast(pl.UInt64) * (1 << _HALF) + second
        distinct = both.unique(maintain_order=True)
        numbers = [self._pairs.of(item) for item in distinct]
        return both.replace_strict(distinct, numbers, return_dtype=pl.UInt32)

    def _kept(self, name: str, place: int, kind: int, value: Any) -> int:
        """The number of what is left of a cell's value when only what matters to a kind of task is kept."""
        number = self._left.get((name, place, kind))
        if number is None:
            seen = self._kinds.items[kind]
            left: Any
            if name == "employer":
                left = value if name in seen else ""
            elif name == "facts":
                left = tuple(item for item in value if item[0] in seen)
            else:
                prefix = LISTINGS[name]
                some = any(item.startswith(f"{prefix}.") for item in seen)
                items = tuple(item for item in value.items if f"{prefix}.{item.id}" in seen)
                left = Listing(items, value.none and some)
            number = self._left[name, place, kind] = self._parts.of(left)
        return number

    def _kind(self, nation: str, task: str) -> int:
        """The number of the set of facts that the rules of a task look at in a nation."""
        kind = self._kind_of.get((nation, task))
        if kind is None:
            kind = self._kind_of[nation, task] = self._kinds.of(frozenset(self._seen(nation, task)))
        return kind

    def _seen(self, nation: str, task: str) -> Iterator[str]:
        data, date = self._book.data, self._laws(nation).date
        horizon = f"{int(date[:4]) + 2:04d}"
        for act in {need["act"] for way in ways(data["tasks"][task]) for need in way}:
            yield from _facts_in(data["acts"][act])
            for rule in (rule for rules in self._book.rules_of(act).values() for rule in rules):
                window = rule["in-force"]
                soon = window.get("from", "") < horizon and date <= window.get("to", FOREVER)
                if nation in rule["extent"] and soon:
                    yield from _facts_in(rule)

    def _answered(
        self, distinct: pl.Series, count: int, numbers: list[int], cells: Mapping[str, Vocabulary]
    ) -> pl.Series:
        """The answer to each question; what was not asked before is asked now, all tasks of a person at once."""
        found: list[int] = []
        new: dict[int, list[tuple[int, int]]] = {}
        for position, item in enumerate(distinct):
            key, task = numbers[item // count], item % count
            known = self._asked.get((key, task), -1)
            found.append(known)
            if known < 0:
                new.setdefault(key, []).append((position, task))
        for key, some in new.items():
            entries = tuple(_entry(*cells["tasks"].values[task]) for _, task in some)
            answers = self._check(key, entries, cells)
            for (position, task), answer in zip(some, answers, strict=True):
                found[position] = self._asked[key, task] = answer
        return pl.Series(found, dtype=pl.UInt32)

    def _check(self, key: int, tasks: tuple[TaskEntry, ...], cells: Mapping[str, Vocabulary]) -> list[int]:
        """The answers to the tasks of a person whose key is given."""
        stated: dict[str, Any] = {}
        for name in reversed(STATED):
            key, part = divmod(self._pairs.items[key], 1 << _HALF)
            stated[name] = self._parts.items[part]
        key, registrations = divmod(self._pairs.items[key], 1 << _HALF)
        nation, profession = divmod(self._pairs.items[key], 1 << _HALF)
        for name, code in zip(WHO, (nation, profession, registrations), strict=True):
            stated[name] = cells[name].values[code]
        profile = Profile(**{**stated, "facts": dict(stated["facts"])}, tasks=tasks)
        self.count += len(tasks)
        numbers = []
        for finding in check(profile, self._laws(profile.nation)).findings:
            answer = answer_of(finding)
            number = self._answers.setdefault(answer, len(self.answers))
            if number == len(self.answers):
                self.answers.append(answer)
            numbers.append(number)
        return numbers

    def forget(self) -> None:
        """Forget which questions were asked, as the codes of the cells are about to change; answers keep their numbers."""
        self._asked.clear()
        self._left.clear()
        self._parts.clear()
        self._pairs.clear()


def _entry(task: str, medicine: str) -> TaskEntry:
    return TaskEntry(task, medicine=medicine)


def _facts_in(item: Any) -> Iterator[str]:
    """The names of facts anywhere in a rule or act."""
    if isinstance(item, Mapping):
        for key, value in item.items():
            if key in ("fact", "about") and isinstance(value, str):
                yield value
            else:
                yield from _facts_in(value)
    elif isinstance(item, list):
        for part in item:
            yield from _facts_in(part)
