"""How many findings and posts there are, by organisation, scope, band and status, counted along the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from gapcheck.engine.tasks import STATUSES
from gapcheck.workforce.answers import Answer

_BITS = 16  # of a counted number, for the kind of a finding
_COMPACT = 1_000_000


class Kind(NamedTuple):
    """What the summary tells apart in a finding."""

    scope: str
    status: str
    risk: str
    because_of_registration: str


class Line(NamedTuple):
    """A line of the summary: so many findings of a kind in an organisation and band."""

    organisation: str
    band: str
    scope: str
    status: str
    risk: str
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
        self._parts: list[pl.DataFrame] = []
        self._size = 0

    def add(self, numbers: pl.Series) -> None:
        part = numbers.alias("number").value_counts(name="count")
        self._parts.append(part)
        self._size += part.height
        if self._size > _COMPACT:
            self._parts = [self._whole()]
            self._size = self._parts[0].height - _COMPACT

    def _whole(self) -> pl.DataFrame:
        return (
            pl.concat(self._parts)
            .group_by("number")
            .agg(pl.col("count").cast(pl.UInt64).sum())
            .with_columns(pl.col("count").cast(pl.get_index_type()))
        )

    def counts(self) -> Iterator[tuple[int, int]]:
        if self._parts:
            yield from self._whole().rows()


class Tally:
    """Counts the findings and posts of a run."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], int] = {}
        self._kinds: dict[Kind, int] = {}
        self._kind_of: list[int] = []  # of each answer
        self._rank_of: list[int] = []
        self._findings, self._posts = _Counter(), _Counter()

    def add(self, posts: pl.DataFrame, post: pl.Series, answers: pl.Series, table: Sequence[Answer]) -> None:
        """Count findings. `post`: the place in `posts` of each; `answers`: the place in `table` of its answer."""
        for item in table[len(self._kind_of) :]:
            kind = Kind(item.scope, item.status, item.risk, item.because_of_registration)
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

    def lines(self) -> list[Line]:
        """The findings counted, in alphabetical order."""
        groups, kinds = list(self._groups), list(self._kinds)
        found = (
            (groups[number >> _BITS], kinds[number & (1 << _BITS) - 1], n) for number, n in self._findings.counts()
        )
        return sorted(Line(*group, *kind, n) for group, kind, n in found)

    def posts(self) -> list[PostLine]:
        """The posts counted, by the worst of their findings."""
        groups = list(self._groups)
        found = (
            (groups[number >> _BITS], STATUSES[number & (1 << _BITS) - 1], n) for number, n in self._posts.counts()
        )
        return sorted(PostLine(*group, worst, n) for group, worst, n in found)


def by(lines: Iterable[Line], *names: str) -> dict[tuple[str, ...], dict[str, int]]:
    """The findings by the values of some columns, then by status: worst first, all statuses named."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for line in lines:
        key = tuple(getattr(line, name) for name in names)
        found.setdefault(key, dict.fromkeys(STATUSES, 0))[line.status] += line.findings
    return found
