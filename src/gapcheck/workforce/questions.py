"""Ask each distinct question once: who the person is in law, what is in place that matters to the task, and the task.

Posts that differ in nothing that matters to a task (see `relevant`) ask the same question. The answer is always that of the
engine (`engine.findings.check`) on a profile with exactly these facts. Each person and kind of task has a stretch of a long
table, with a place for each task of the kind, so that millions of mentions find their answers by counting, without a search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from gapcheck.engine.findings import check
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import Profile, TaskEntry
from gapcheck.workforce.answers import LIST, FindingWords, answer_of
from gapcheck.workforce.relevant import LISTINGS, Kinds

WHO = ("nation", "profession", "registrations")
STATED = ("employer", "facts", "annotations", "entitlements", "arrangements")
_LIMIT = 1_000_000  # of anything that is remembered, so that memory stays bounded
_LONGEST = 20_000_000  # places of a table
_HALF = 32  # bits of the number of a pair
_UNASKED = 2**32 - 1
Cells = Mapping[str, Sequence[Any]]  # what the codes of each column mean


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


class RowQuestions:
    """The questions asked so far and their answers. `book`: the lawbook, with its reforms; `laws`: its law in a nation."""

    def __init__(self, book: Lawbook, laws: Callable[[str], Law]) -> None:
        self._laws = laws
        self._kinds = Kinds(book, laws)
        self._widths: list[int] = []  # how many tasks are of each kind
        self._answers = _Numbers()
        self._asked: dict[tuple[int, int], int] = {}  # the answer by key and task
        self._parts = _Numbers()  # what is left of a cell
        self._pairs = _Numbers()  # of these numbers
        self._left: dict[tuple[str, int], list[int]] = {}
        self._notes = _Numbers()  # on what has run out; 0: nothing has
        self._notes.of(())
        self._whole: dict[tuple[int, int], int] = {}  # the answer with a note, by the numbers of both
        self._restart()
        self.count = 0

    def _restart(self) -> None:
        """Forget who the persons are, and where their answers stand."""
        self._persons: dict[tuple[int, ...], int] = {}
        self._starts: dict[tuple[int, int], int] = {}  # where the stretch of a kind and key begins
        self._table = _numbers([])
        # For each person and kind, in turn: what tells apart what a question can, where the stretch begins, and the note on
        # what has run out.
        self._keys, self._begins, self._late = _numbers([]), _numbers([]), _numbers([])

    @property
    def answers(self) -> list[FindingWords]:
        """Every answer so far; its place is its number."""
        return self._answers.items

    def ask(self, posts: pl.DataFrame, mentions: pl.DataFrame, cells: Cells) -> pl.Series:
        """The number of the answer to each mention of a task.

        `posts`: the codes of WHO and STATED; `mentions`: `post` (a place in `posts`) and `task` (a code); `cells`: what the
        codes mean, the tasks' among them, which stays so for a code until `forget`.
        """
        if max(map(len, (self._asked, self._parts.items, self._pairs.items, self._whole))) > _LIMIT:
            self.forget()
        kinds, places = self._layout(cells)
        if max(self._table.len(), self._keys.len()) > _LONGEST:
            self._restart()
        person = self._person(posts.select(*WHO, *STATED), cells)
        post, count = mentions["post"], len(cells["tasks"])
        where = (posts["nation"] * count).gather(post) + mentions["task"]
        whose = (person * len(self._kinds)).gather(post) + kinds.gather(where)
        place = self._begins.gather(whose) + places.gather(where)
        found = self._table.gather(place)
        new = found == _UNASKED
        if new.any():
            mention = pl.DataFrame({"place": place, "key": self._keys.gather(whose), "task": mentions["task"]})
            self._fill(mention.filter(new).unique("place", maintain_order=True), cells)
            found = self._table.gather(place)
        return self._noted(found, self._late.gather(whose))

    def _layout(self, cells: Cells) -> tuple[pl.Series, pl.Series]:
        """The kind of each task in each nation, and its place among the tasks of the kind."""
        tasks = cells["tasks"]
        kinds = [self._kinds.of(nation, task) for nation in cells["nation"] for task, _ in tasks]
        members = [_Numbers() for _ in range(len(self._kinds))]
        places = [members[kind].of(number % len(tasks)) for number, kind in enumerate(kinds)]
        widths = [len(item.items) for item in members]
        if widths != self._widths:
            self._widths = widths
            self._restart()
        return _numbers(kinds), _numbers(places)

    def _person(self, posts: pl.DataFrame, cells: Cells) -> pl.Series:
        """The number of the person of each post: posts that state the same are of one person."""
        distinct = posts.unique(maintain_order=True)
        before = len(self._persons)
        persons = [self._persons.setdefault(row, len(self._persons)) for row in distinct.rows()]
        numbers = _numbers(persons).alias("person")
        new = distinct.filter(numbers >= before)
        if new.height:
            keys = self._keys_of(new, cells)
            self._keys = self._keys.extend(_in_turn(keys))
            self._begins = self._begins.extend(_in_turn(self._stretches(keys)))
            self._late = self._late.extend(self._ran_out(new, cells))
        return posts.join(distinct.with_columns(numbers), on=posts.columns, how="left", maintain_order="left")["person"]

    def _stretches(self, keys: list[pl.Series]) -> list[pl.Series]:
        """Where in the table the stretch of each key of each kind begins; it grows by those that are new."""
        size = self._table.len()
        columns = []
        for kind, own in enumerate(keys):
            starts = []
            for key in own:
                start = self._starts.get((kind, key))
                if start is None:
                    start = self._starts[kind, key] = size
                    size += self._widths[kind]
                starts.append(start)
            columns.append(_numbers(starts).alias(own.name))
        self._table = self._table.extend(pl.repeat(_UNASKED, size - self._table.len(), dtype=pl.UInt32, eager=True))
        return columns

    def _keys_of(self, persons: pl.DataFrame, cells: Cells) -> list[pl.Series]:
        """For each kind of task a number for each person that tells apart what the task's rules can tell apart."""
        who = self._paired(self._paired(persons["nation"], persons["profession"]), persons["registrations"])
        keys = []
        done: dict[tuple[Any, ...], pl.Series] = {(): who}  # kinds that look at the same facts so far share the work
        for kind in range(len(self._kinds)):
            path: tuple[Any, ...] = ()
            for name in STATED:
                table = tuple(self._kept(kind, name, cells[name]))
                before, path = done[path], (*path, table)
                if path not in done:
                    done[path] = self._paired(before, _numbers(table).gather(persons[name]))
            keys.append(done[path].alias(str(kind)))
        return keys

    def _paired(self, first: pl.Series, second: pl.Series) -> pl.Series:
        """The numbers of pairs of numbers."""
        return _numbers([self._pairs.of(one << _HALF | other) for one, other in zip(first, second, strict=True)])

    def _kept(self, kind: int, name: str, values: Sequence[Any]) -> list[int]:
        """The number of what is left of each value of a column when only what matters to a kind of task is kept."""
        left = self._left.setdefault((name, kind), [])
        for value in values[len(left) :]:
            left.append(self._parts.of(self._kinds.kept(kind, name, value)))
        return left

    def _fill(self, new: pl.DataFrame, cells: Cells) -> None:
        """Put the answers to new questions into the table; what was not asked before is asked now, all tasks of a key at
        once."""
        asked: dict[int, list[int]] = {}
        for key, task in new.select("key", "task").rows():
            if (key, task) not in self._asked:
                asked.setdefault(key, []).append(task)
        for key, tasks in asked.items():
            entries = tuple(TaskEntry(task, medicine=drug) for task, drug in map(cells["tasks"].__getitem__, tasks))
            for task, answer in zip(tasks, self._check(key, entries, cells), strict=True):
                self._asked[key, task] = answer
        found = [self._asked[pair] for pair in new.select("key", "task").rows()]
        self._table.scatter(new["place"], pl.Series(found, dtype=pl.UInt32))

    def _check(self, key: int, tasks: tuple[TaskEntry, ...], cells: Cells) -> list[int]:
        """The answers to the tasks of a person whose key is given, without the notes on what has run out."""
        stated: dict[str, Any] = {}
        for name in reversed(STATED):
            key, part = divmod(self._pairs.items[key], 1 << _HALF)
            stated[name] = self._parts.items[part]
        key, registrations = divmod(self._pairs.items[key], 1 << _HALF)
        nation, profession = divmod(self._pairs.items[key], 1 << _HALF)
        for name, code in zip(WHO, (nation, profession, registrations), strict=True):
            stated[name] = cells[name][code]
        profile = Profile(**{**stated, "facts": dict(stated["facts"])}, tasks=tasks)
        self.count += len(tasks)
        report = check(profile, self._laws(profile.nation))
        ran_out = len(report.person.ran_out)
        return [self._answers.of(answer_of(item._replace(notes=item.notes[ran_out:]))) for item in report.findings]

    def _noted(self, found: pl.Series, note: pl.Series) -> pl.Series:
        """The answers with the notes on what has run out."""
        some = (note > 0).arg_true()
        if some.is_empty():
            return found
        pairs = found.gather(some).cast(pl.UInt64) * (1 << _HALF) + note.gather(some)
        distinct = pairs.unique(maintain_order=True)
        answers = [self._with(*divmod(pair, 1 << _HALF)) for pair in distinct]
        return found.scatter(some, pairs.replace_strict(distinct, answers, return_dtype=pl.UInt32))

    def _with(self, answer: int, note: int) -> int:
        """The number of an answer with a note before its own."""
        number = self._whole.get((answer, note))
        if number is None:
            plain = self.answers[answer]
            notes = LIST.join(filter(None, (*self._notes.items[note], plain.notes)))
            number = self._whole[answer, note] = self._answers.of(plain._replace(notes=notes))
        return number

    def _ran_out(self, persons: pl.DataFrame, cells: Cells) -> pl.Series:
        """For each person and kind, in turn, the number of the notes on what has run out."""
        width = len(self._kinds)
        numbers: list[int] = []
        for item in persons.rows(named=True):
            stated = {name: cells[name][item[name]] for name in LISTINGS}
            if any(one.until for listing in stated.values() for one in listing.items):
                nation = cells["nation"][item["nation"]]
                numbers += [self._notes.of(self._kinds.ran_out(kind, stated, nation)) for kind in range(width)]
            else:
                numbers += [0] * width
        return _numbers(numbers)

    def forget(self) -> None:
        """Forget which questions were asked, as the codes of the cells are about to change; answers keep their numbers."""
        for remembered in (self._asked, self._parts, self._pairs, self._left, self._whole):
            remembered.clear()
        self._restart()


def _numbers(items: Sequence[int]) -> pl.Series:
    return pl.Series(items, dtype=pl.UInt32)


def _in_turn(columns: list[pl.Series]) -> pl.Series:
    """One row after the other."""
    return pl.DataFrame(columns).select(pl.concat_list(pl.all()).explode().alias("value"))["value"]
