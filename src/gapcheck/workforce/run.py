"""From chunks of rows to chunks of findings: read the cells, reject what cannot be read, ask, and join the answers back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from gapcheck.engine.findings import ASSURANCE
from gapcheck.engine.remedies import NO, PARTLY, YES
from gapcheck.engine.tasks import FRAMEWORK, STANDINGS, STATUSES, STATUTE
from gapcheck.law.assurance import GAPS
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.cells import SEPARATOR
from gapcheck.profile.read import MAX_TASKS
from gapcheck.workforce.ahead import ahead
from gapcheck.workforce.answers import FindingWords
from gapcheck.workforce.cells import UNREAD, DistinctCells, PlainCells
from gapcheck.workforce.duplicates import Seen
from gapcheck.workforce.mapping import Columns, apply
from gapcheck.workforce.model import ROW, Chunk, Reject, reject_of
from gapcheck.workforce.questions import STATED, WHO, RowQuestions
from gapcheck.workforce.relevant import LISTINGS
from gapcheck.workforce.summary import Tally

POST = (
    "id",
    "organisation",
    "nation",
    "employer",
    "profession",
    "registrations",
    "annotations",
    "entitlements",
    "arrangements",
    "facts",
    "band",
    "scopes",
    "title",
)
RESOLVED = ("nation", "employer", "profession")  # shown with the lawbook's own id
FREE = ("id", "title")  # differ from row to row: plain text, not a dictionary
SAID_OF = (*WHO, *STATED, "scopes")
_READ_AHEAD = 4  # chunks: the first ask much, and reading need not wait for their answers
_VOCABULARY = 400_000  # distinct cells of a column that are remembered


def schema(book: Lawbook, stamp: str, date: str) -> dict[str, pl.DataType]:
    """The columns of the table of findings. Text that recurs is kept as a dictionary, which is written faster where all that
    it may hold is known before."""
    data = book.data
    labels = {task["label"] for task in data["tasks"].values()}
    known: dict[str, Iterable[str]] = {
        "nation": data["nations"],
        "employer": ["", *data["facts"]["employer"]["values"]],
        "profession": data["professions"],
        "task": data["tasks"],
        "task_label": sorted(labels),
        "medicine": ["", *data["medicines"]],
        "scope": data["scopes"],
        "status": STATUSES,
        "today": STANDINGS,
        "gap": GAPS,
        "because_of_registration": (YES, PARTLY, NO, ASSURANCE),
        "restricted_by": ("", STATUTE, FRAMEWORK),
        "lawbook": [stamp],
        "as_at": [date],
    }
    names = [*POST, *FindingWords._fields, "lawbook", "as_at"]
    return {
        name: pl.String()
        if name in FREE
        else pl.Enum(list(known[name]))
        if name in known
        else pl.Categorical(pl.Categories(f"gapcheck-{name}"))
        for name in names
    }


@dataclass(slots=True)
class RowCounts:
    """What became of the rows: each is answered or rejected."""

    rows: int = 0
    answered: int = 0
    rejected: int = 0
    findings: int = 0


class _Read(NamedTuple):
    """A chunk whose cells have been read: posts with the codes of their cells (columns `#NAME`), their mentions of tasks, what
    the codes mean (`values`), and since when codes have meant that (`age`)."""

    chunk: Chunk
    posts: pl.DataFrame
    mentions: pl.DataFrame
    rejects: list[Reject]
    values: dict[str, list[Any]]
    age: int


class _Answered(NamedTuple):
    """A chunk with its answers: what is said of posts and in answers, and for each finding its place in either."""

    posts: pl.DataFrame
    post: pl.Series
    told: pl.DataFrame
    answer: pl.Series
    answers: list[FindingWords]


@dataclass(slots=True)
class Workforce:
    """A run over a table. `rejected` is told of each reject as it is found, `progress` how far the reading is."""

    book: Lawbook
    laws: Callable[[str], Law]
    columns: Columns
    date: str
    nation: str | None
    stamp: str  # the law that the answers rest on, in short
    keep_duplicates: bool
    rejected: Callable[[list[Reject]], None]
    progress: Callable[[float | None, RowCounts], None]
    counts: RowCounts = field(default_factory=RowCounts)
    tally: Tally = field(default_factory=Tally)

    def findings(self, chunks: Iterator[Chunk]) -> Iterator[pl.DataFrame]:
        """The findings of all rows that can be read, in their order, in tables of `schema`."""
        read = ahead(self._reading(chunks), _READ_AHEAD)
        yield from ahead(self._joined(ahead(self._answered(read))))

    def _joined(self, chunks: Iterator[_Answered]) -> Iterator[pl.DataFrame]:
        for item in chunks:
            self.tally.add(item.posts, item.post, item.answer, item.answers)
            yield pl.concat([item.posts[item.post], item.told[item.answer]], how="horizontal")

    def _reading(self, chunks: Iterator[Chunk]) -> Iterator[_Read]:
        cells, seen, age = self._cells(), Seen(), 0
        for chunk in chunks:
            rows, strange = apply(chunk.rows, self.columns)
            early = [*strange, *chunk.rejects]
            posts, mentions, more = self._read(rows, cells, {item.row for item in early}, seen)
            values = {name: list(item.values) for name, item in cells.items()}
            yield _Read(chunk, posts, mentions, early + more, values, age)
            if any(len(item) > _VOCABULARY for item in cells.values()):
                cells, age = self._cells(), age + 1

    def _answered(self, read: Iterator[_Read]) -> Iterator[_Answered]:
        kinds = schema(self.book, self.stamp, self.date)
        questions, age = RowQuestions(self.book, self.laws), 0
        known = {name: pl.Series(name, [], dtype=kinds[name]) for name in FindingWords._fields}
        for item in read:
            self._count(item)
            if item.age != age:
                questions.forget()
                age = item.age
            if item.posts.height:
                answers = questions.ask(_codes(item.posts), item.mentions, item.values)
                known = {name: _grown(column, questions.answers) for name, column in known.items()}
                told = pl.DataFrame([*known.values(), *self._law(len(questions.answers), kinds)])
                said = pl.DataFrame(self._posts(item, kinds))
                yield _Answered(said, item.mentions["post"], told, answers, questions.answers)
            self.progress(item.chunk.done, self.counts)

    def _cells(self) -> dict[str, DistinctCells]:
        read = PlainCells(self.book, self.date, self.nation)
        plain = {
            name: getattr(read, name)
            for name in ("nation", "profession", "employer", "registrations", "facts", "scopes")
        }
        listings = {name: read.listing(kind) for name, kind in LISTINGS.items()}
        return {name: DistinctCells(parse) for name, parse in {**plain, **listings, "tasks": read.task}.items()}

    def _count(self, read: _Read) -> None:
        self.counts.rows += read.chunk.rows.height + len({item.row for item in read.chunk.rejects})
        self.counts.answered += read.posts.height
        self.counts.rejected += len({item.row for item in read.rejects})
        self.counts.findings += read.mentions.height
        if read.rejects:
            self.rejected(sorted(read.rejects, key=lambda item: (item.row, item.column)))

    def _read(
        self, posts: pl.DataFrame, cells: dict[str, DistinctCells], bad: set[int], seen: Seen
    ) -> tuple[pl.DataFrame, pl.DataFrame, list[Reject]]:
        """The posts with the codes of their cells (columns `#NAME`), their mentions of tasks, and what cannot be read."""
        posts = posts.with_columns(cells[name].codes(posts[name]).alias(f"#{name}") for name in SAID_OF)
        posts = posts.with_columns(list=pl.col("tasks").str.split(SEPARATOR)).with_row_index("post")
        long = posts.filter(pl.col("list").list.len() > MAX_TASKS)["post"]
        mentions = posts.select("post", "list").filter(~pl.col("post").is_in(long.implode())).explode("list")
        if posts.select(_loose(pl.col("tasks")).any()).item():
            mentions = mentions.with_columns(pl.col("list").str.strip_chars()).filter(pl.col("list") != "")
        mentions = mentions.select("post", "list", cells["tasks"].codes(mentions["list"]).alias("task"))
        strange = mentions.filter(pl.col("task") == UNREAD)
        without = ~pl.col("post").is_in(mentions["post"].unique().implode())
        wrong = pl.any_horizontal(
            pl.col("id") == "",
            pl.any_horizontal(pl.col(f"#{name}") == UNREAD for name in SAID_OF),
            without,
            pl.col("post").is_in(strange["post"].unique().implode()),
            pl.col(ROW).is_in(list(bad)),
        )
        marked = posts.select(wrong.alias("wrong"))["wrong"]
        rejects = self._reasons(posts.filter(marked), set(long), strange, cells) if marked.any() else []
        twice = pl.repeat(False, posts.height, eager=True)
        if not self.keep_duplicates:
            twice = seen.twice(posts["id"], ~marked)
            rejects += [
                Reject(row, "id", name, "the id stands in an earlier row too", "or answer both with --duplicates keep")
                for row, name in posts.filter(twice).select(ROW, "id").rows()
            ]
        if rejects or bad:
            good = ~(marked | twice)
            places = posts.filter(good).select("post").with_row_index("place")
            posts = posts.filter(good)
            mentions = mentions.join(places, on="post", how="inner", maintain_order="left")
            mentions = mentions.select(pl.col("place").alias("post"), "task")
        return posts.drop("tasks", "list"), mentions.select("post", "task"), rejects

    def _reasons(
        self, posts: pl.DataFrame, long: set[int], strange: pl.DataFrame, cells: dict[str, DistinctCells]
    ) -> list[Reject]:
        """Everything that is wrong with rows that cannot be answered."""
        unknown: dict[int, list[str]] = {}
        for post, text in strange.select("post", "list").rows():
            unknown.setdefault(post, []).append(text)
        rejects = []
        for item in posts.iter_rows(named=True):
            row, post = item[ROW], item["post"]
            if not item["id"]:
                rejects.append(Reject(row, "id", "", "the post has no id"))
            for name in SAID_OF:
                for found in cells[name].problems.get(item[name], ()) if item[f"#{name}"] == UNREAD else ():
                    rejects.append(reject_of(row, name, item[name], found))
            for text in unknown.get(post, ()):
                rejects += [reject_of(row, "tasks", text, found) for found in cells["tasks"].problems[text]]
            if post in long:
                rejects.append(Reject(row, "tasks", item["tasks"], f"the post has more than {MAX_TASKS} tasks"))
            elif not item["tasks"].strip(f"{SEPARATOR} \t"):
                rejects.append(Reject(row, "tasks", item["tasks"], "the post has no tasks"))
        return rejects

    def _posts(self, read: _Read, kinds: dict[str, pl.DataType]) -> Iterator[pl.Series]:
        """What the findings say of each post."""
        for name in POST:
            column = read.posts[name]
            if name in RESOLVED:
                column = pl.Series(read.values[name], dtype=kinds[name]).gather(read.posts[f"#{name}"])
            yield column.cast(kinds[name]).alias(name)

    def _law(self, count: int, kinds: dict[str, pl.DataType]) -> Iterator[pl.Series]:
        for name, text in (("lawbook", self.stamp), ("as_at", self.date)):
            yield pl.Series(name, [text], dtype=kinds[name]).new_from_index(0, count)


def _loose(cell: pl.Expr) -> pl.Expr:
    """Whether items of a cell may be empty or have spaces about them."""
    inside = [cell.str.contains(text, literal=True) for text in (" ", "\t", "\n", "\u00a0", SEPARATOR * 2)]
    return pl.any_horizontal(*inside, cell == "", cell.str.starts_with(SEPARATOR), cell.str.ends_with(SEPARATOR))


def _codes(posts: pl.DataFrame) -> pl.DataFrame:
    return posts.select(pl.col(f"#{name}").alias(name) for name in (*WHO, *STATED))


def _grown(column: pl.Series, answers: list[FindingWords]) -> pl.Series:
    """A column of the answers, with those that have come since."""
    if len(answers) == column.len():
        return column
    new = [getattr(item, column.name) for item in answers[column.len() :]]
    return pl.concat([column, pl.Series(column.name, new, dtype=column.dtype)], rechunk=True)
