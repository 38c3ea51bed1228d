"""Ask each distinct question once: who the person is in law, what is in place, and the task.

Of the arrangements and entitlements of a post only those count that a rule for the task's acts looks at, whatever the date,
nation and reading; so posts that differ in nothing that matters to a task ask the same question. The answer is always that
of the engine (`engine.findings.check`) on a profile with exactly these facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from gapcheck.engine.findings import check
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways
from gapcheck.profile.model import Listing, Profile, TaskEntry
from gapcheck.workforce.answers import Answer, answer_of
from gapcheck.workforce.cells import Vocabulary

WHO = ("nation", "employer", "profession", "registrations", "annotations", "facts")
GRANTED = {"entitlements": "entitlement", "arrangements": "arrangement"}
_LIMIT = 400_000  # of anything that is remembered, so that memory stays bounded
_BITS = 21  # of a question's number, for each of GRANTED; what a chunk adds to _LIMIT stays below 2 ** _BITS


class Questions:
    """The questions asked so far and their answers. `book`: the lawbook, with its reforms; `laws`: its law in a nation."""

    def __init__(self, book: Lawbook, laws: Callable[[str], Law]) -> None:
        self._book = book
        self._laws = laws
        self.answers: list[Answer] = []
        self._answers: dict[Answer, int] = {}
        self._asked: dict[tuple[int, int], int] = {}
        self._who: dict[tuple[int, ...], int] = {}
        self._in_place: dict[str, dict[Listing, int]] = {name: {} for name in GRANTED}
        self._projected: dict[tuple[str, int, int], int] = {}
        self._kinds: list[frozenset[str]] = []  # what the rules of a task may look at, each set once
        self._kind_of: dict[str, int] = {}
        self.count = 0

    def ask(self, posts: pl.DataFrame, mentions: pl.DataFrame, cells: Mapping[str, Vocabulary]) -> pl.Series:
        """The number of the answer to each mention of a task.

        `posts`: the codes of WHO and GRANTED; `mentions`: `post` (a place in `posts`) and `task` (a code); `cells`: what the
        codes mean, the tasks' among them.
        """
        self._trim()
        tasks: list[tuple[str, str]] = cells["tasks"].values
        kinds = [self._kind(task) for task, _ in tasks]
        columns = [*WHO, *GRANTED]
        persons = posts.select(columns).unique(maintain_order=True).with_row_index("person")
        person = posts.join(persons, on=columns, how="left", maintain_order="left")["person"]
        keys = self._keys(persons, cells)
        width = len(self._kinds)
        numbers = keys.unique(maintain_order=True)
        places = keys.replace_strict(numbers, pl.int_range(numbers.len(), dtype=pl.UInt32, eager=True))
        where = person.gather(mentions["post"]) * width + pl.Series(kinds, dtype=pl.UInt32).gather(mentions["task"])
        count = max(len(tasks), 1)
        asked = places.gather(where).cast(pl.UInt64) * count + mentions["task"]
        distinct = asked.unique(maintain_order=True)
        found = self._answered(distinct, count, numbers.to_list(), cells)
        return asked.replace_strict(distinct, found, return_dtype=pl.UInt32)

    def _keys(self, persons: pl.DataFrame, cells: Mapping[str, Vocabulary]) -> pl.Series:
        """A number for each person and kind of task that tells apart what the task's rules can tell apart."""
        who = pl.Series([self._number(self._who, item) for item in persons.select(WHO).rows()], dtype=pl.UInt64)
        keys = []
        for kind in range(len(self._kinds)):
            key = who
            for name in GRANTED:
                table = pl.Series(
                    [self._project(name, place, kind, value) for place, value in enumerate(cells[name].values)],
                    dtype=pl.UInt64,
                )
                key = key * (1 << _BITS) + table.gather(persons[name])
            keys.append(key.alias(str(kind)))
        return pl.DataFrame(keys).select(pl.concat_list(pl.all()).explode().alias("key"))["key"]

    @staticmethod
    def _number(table: dict[Any, int], item: Any) -> int:
        return table.setdefault(item, len(table))

    def _project(self, name: str, place: int, kind: int, listing: Listing) -> int:
        """The number of what is left of a listing when only what matters to a kind of task is kept."""
        number = self._projected.get((name, place, kind))
        if number is None:
            prefix, seen = GRANTED[name], self._kinds[kind]
            kept = listing._replace(items=tuple(item for item in listing.items if f"{prefix}.{item.id}" in seen))
            number = self._projected[name, place, kind] = self._number(self._in_place[name], kept)
        return number

    def _kind(self, task: str) -> int:
        """The number of the set of arrangements and entitlements that the rules of a task look at."""
        kind = self._kind_of.get(task)
        if kind is None:
            seen = frozenset(self._seen(task))
            if seen not in self._kinds:
                self._kinds.append(seen)
            kind = self._kind_of[task] = self._kinds.index(seen)
        return kind

    def _seen(self, task: str) -> Iterator[str]:
        data = self._book.data
        for act in {need["act"] for way in ways(data["tasks"][task]) for need in way}:
            yield from _facts_in(data["acts"][act])
            for rules in self._book.rules_of(act).values():
                for rule in rules:
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
        if new:
            who = list(self._who)
            in_place = [list(self._in_place[name]) for name in GRANTED]
        for key, some in new.items():
            mask = (1 << _BITS) - 1
            granted = (in_place[0][key >> _BITS & mask], in_place[1][key & mask])
            entries = tuple(_entry(*cells["tasks"].values[task]) for _, task in some)
            answers = self._check(who[key >> 2 * _BITS], granted, entries, cells)
            for (position, task), answer in zip(some, answers, strict=True):
                found[position] = self._asked[key, task] = answer
        return pl.Series(found, dtype=pl.UInt32)

    def _check(
        self,
        who: tuple[int, ...],
        granted: tuple[Listing, Listing],
        tasks: tuple[TaskEntry, ...],
        cells: Mapping[str, Vocabulary],
    ) -> list[int]:
        stated = {name: cells[name].values[code] for name, code in zip(WHO, who, strict=True)}
        profile = Profile(
            **{**stated, "facts": dict(stated["facts"])}, entitlements=granted[0], arrangements=granted[1], tasks=tasks
        )
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
        self._who.clear()
        self._projected.clear()
        for table in self._in_place.values():
            table.clear()

    def _trim(self) -> None:
        if max(map(len, (self._asked, self._who, *self._in_place.values()))) > _LIMIT:
            self.forget()


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
