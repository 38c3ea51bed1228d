"""How many findings and posts there are, by organisation, scope, band and status, counted along the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from gapcheck.engine.tasks import STATUSES
from gapcheck.workforce.answers import FindingWords

_BITS = 16  # of a counted number, for the kind of a finding
_AT_ONCE = 2_000_000  # numbers


class Kind(NamedTuple):
    """What the summary tells apart in a finding."""

    scope: str
    status: str
    today: str
    gap: str
    because_of_registration: str


class SummaryLine(NamedTuple):
    """A line of the summary: so many findings of a kind in an organisation and band."""

    organisation: str
    band: str
    scope: str
    status: str
    today: str
    gap: str
    because_of_registration: str
    findings: int


class PostLine(NamedTuple):
    """So many posts of an organisation and band whose worst finding has a status."""

    organisation: str
    band: str
    worst: str
    posts: int


class _Counter:
    """Counts numbers; memory grows with the different ones only."""

    def __init__(self) -> None:
        self._waiting: list[pl.Series] = []  # counting many at once takes half the time
        self._size = 0
        self._counted: pl.DataFrame | None = None

    def add(self, numbers: pl.Series) -> None:
        self._waiting.append(numbers.alias("number"))
        self._size += numbers.len()
        if self._size > _AT_ONCE:
            self._count()

    def _count(self) -> None:
        counts = pl.concat(self._waiting).value_counts(name="count").with_columns(pl.col("count").cast(pl.UInt64))
        if self._counted is not None:
            counts = pl.concat([self._counted, counts]).group_by("number").agg(pl.col("count").sum())
        self._counted, self._waiting, self._size = counts, [], 0

    def counts(self) -> pl.DataFrame:
        """The columns `number` and `count`."""
        if self._waiting:
            self._count()
        empty = pl.DataFrame(schema={"number": pl.UInt64, "count": pl.UInt64})
        return empty if self._counted is None else self._counted


class Tally:
    """Counts the findings and posts of a run."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], int] = {}
        self._kinds: dict[Kind, int] = {}
        self._kind_of: list[int] = []  # of each answer
        self._rank_of: list[int] = []
        self._findings, self._posts = _Counter(), _Counter()

    def add(self, posts: pl.DataFrame, post: pl.Series, answers: pl.Series, table: Sequence[FindingWords]) -> None:
        """Count findings. `post`: the place in `posts` of each; `answers`: the place in `table` of its answer."""
        for item in table[len(self._kind_of) :]:
            kind = Kind(item.scope, item.status, item.today, item.gap, item.because_of_registration)
            self._kind_of.append(self._kinds.setdefault(kind, len(self._kinds)))
            self._rank_of.append(STATUSES.index(item.status))
        pairs = posts.select("organisation", "band").unique(maintain_order=True)
        numbers = [self._groups.setdefault(pair, len(self._groups)) for pair in pairs.rows()]
        pairs = pairs.with_columns(pl.Series("group", numbers, dtype=pl.UInt64))
        group = posts.join(pairs, on=["organisation", "band"], how="left", maintain_order="left")["group"]
        kinds = pl.Series(self._kind_of, dtype=pl.UInt64).gather(answers)
        self._findings.add(group.gather(post) * (1 << _BITS) + kinds)
        ranks = pl.Series(self._rank_of, dtype=pl.UInt64).gather(answers)
        worst = pl.DataFrame({"post": post, "rank": ranks}).group_by("post").agg(pl.col("rank").min())
        self._posts.add(group.gather(worst["post"]) * (1 << _BITS) + worst["rank"])

    def lines(self) -> list[SummaryLine]:
        """The findings counted, in alphabetical order."""
        return [SummaryLine(*row) for row in self._sorted(self._findings, Kind._fields, list(self._kinds))]

    def posts(self) -> list[PostLine]:
        """The posts counted, by the worst of their findings."""
        return [PostLine(*row) for row in self._sorted(self._posts, ("worst",), [(status,) for status in STATUSES])]

    def _sorted(
        self, counter: _Counter, names: Sequence[str], kinds: Sequence[tuple[str, ...]]
    ) -> list[tuple[Any, ...]]:
        counts = counter.counts()
        texts = dict.fromkeys(("organisation", "band"), pl.String), dict.fromkeys(names, pl.String)
        groups, table = (
            pl.DataFrame(rows, schema=schema, orient="row")
            for rows, schema in zip((list(self._groups), kinds), texts, strict=True)
        )
        group, kind = counts["number"] // (1 << _BITS), counts["number"] % (1 << _BITS)
        whole = pl.concat([groups[group], table[kind], counts.select("count")], how="horizontal")
        return whole.sort(whole.columns).rows()
