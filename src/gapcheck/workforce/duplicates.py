"""Which ids stood in an earlier row, for any number of rows, in eight bytes an id.

Ids are compared by a 64-bit hash: among fifteen million ids, the chance that any two share one is below one in 100,000.
"""

from __future__ import annotations

import polars as pl


class Seen:
    """The ids seen so far: sorted runs of hashes, each at least twice as long as the next."""

    def __init__(self) -> None:
        self._runs: list[pl.Series] = []

    def twice(self, ids: pl.Series, counts: pl.Series) -> pl.Series:
        """Which of the ids were seen before, in these or earlier rows. Only rows that count are compared and remembered."""
        hashes = ids.hash(seed=7)
        twice = pl.Series([False]).new_from_index(0, ids.len())
        for run in self._runs:
            place = run.search_sorted(hashes)
            inside = place < run.len()
            twice |= inside & (run.gather(place.clip(upper_bound=run.len() - 1)) == hashes)
        rows = pl.DataFrame({"hash": hashes, "counts": counts}).with_row_index()
        first = rows.filter("counts").unique("hash", keep="first")["index"]
        twice = counts & (twice | ~rows["index"].is_in(first.implode()))
        self._add(hashes.filter(counts & ~twice).sort())
        return twice

    def _add(self, run: pl.Series) -> None:
        if run.is_empty():
            return
        self._runs.append(run)
        while len(self._runs) > 1 and self._runs[-2].len() < 2 * self._runs[-1].len():
            last = self._runs.pop()
            self._runs[-1] = pl.concat([self._runs[-1], last]).sort()
