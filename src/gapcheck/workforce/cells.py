"""What the cells of a post state: each distinct cell is read once, by the same resolver as a profile file.

The value of a cell is put in the form that the engine tells apart: an attestation that is still good counts as one without an
end, since the engine treats it so; one that has run out is kept whole, since the finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import polars as pl

from gapcheck.errors import InputError, Problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.cells import Cells
from gapcheck.profile.model import Attested, Listing, Registration

MAX_CELL = 10_000  # characters
UNREAD = 2**32 - 1  # the code of a cell that cannot be read
_NEW = UNREAD - 1  # of one that has not been read
Parse = Callable[[str], Hashable]


LOST = "removed"  # what stands for every registration that is treated like this one


class PlainCells(Cells):
    """Reads cells into the form that the engine tells apart on a day. `date`: that day, ISO text."""

    def __init__(self, book: Lawbook, date: str, nation: str | None) -> None:
        super().__init__(book, nation)
        self._date = date

    def registrations(self, text: str) -> tuple[Registration, ...]:
        """Statuses that count for nothing, and of which the lawbook has nothing to say, are one to the engine."""
        statuses = self._book.data["registration-statuses"]
        found = super().registrations(text)
        return tuple(item._replace(status=LOST) if statuses[item.status] == statuses[LOST] else item for item in found)

    def listing(self, kind: str) -> Callable[[str], Listing]:
        """What is in place, in an order of its own."""
        whole = super().listing(kind)

        def read(text: str) -> Listing:
            listing = whole(text)
            kept = {item if item.until and item.until < self._date else Attested(item.id) for item in listing.items}
            return listing._replace(items=tuple(sorted(kept)))

        return read


class DistinctCells:
    """The distinct cells of a column: each is read once, and equal values have one code, however they are written."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        # As long as a series of them lives, even of no length, a text keeps its place in the categories.
        self._texts = pl.Series([], dtype=pl.Categorical(pl.Categories.random()))
        self._codes = pl.Series([], dtype=pl.UInt32)  # by the place of the text
        self._count = 0
        self._known: dict[Hashable, int] = {}
        self.values: list[Any] = []
        self.problems: dict[str, tuple[Problem, ...]] = {}

    def codes(self, cells: pl.Series) -> pl.Series:
        """The code of the value of each cell, or UNREAD: its place in `values`."""
        texts = cells.cast(self._texts.dtype)
        places = texts.to_physical()
        more = places.max()
        if isinstance(more, int) and more >= self._codes.len():
            new = pl.repeat(_NEW, more + 1 - self._codes.len(), dtype=pl.UInt32, eager=True)
            self._codes = pl.concat([self._codes, new], rechunk=True)
        codes = self._codes.gather(places)
        if (codes == _NEW).any():
            new = texts.filter(codes == _NEW).unique(maintain_order=True)
            read = [self._read(text) for text in new.cast(pl.String)]
            self._codes = self._codes.scatter(new.to_physical(), pl.Series(read, dtype=pl.UInt32))
            self._count += len(read)
            codes = self._codes.gather(places)
        return codes

    def __len__(self) -> int:
        return self._count

    def _read(self, text: str) -> int:
        if len(text) > MAX_CELL:
            self.problems[text] = (Problem("", None, f"a cell of more than {MAX_CELL:,} characters"),)
            return UNREAD
        try:
            value = self._parse(text)
        except InputError as error:
            self.problems[text] = error.problems
            return UNREAD
        code = self._known.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code
