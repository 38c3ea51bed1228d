"""What changed against an earlier output, and why.

Posts whose findings are all the same are put aside first, by a sum of hashes; only the others are compared finding by finding.
Where both the facts of a post and the law have changed, the engine says which of them made the difference: it is asked what
the law of today makes of the facts of then, and of each change of the facts alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gapcheck.document.csv import safe
from gapcheck.engine.findings import check
from gapcheck.engine.tasks import STANDINGS, STATUSES
from gapcheck.errors import InputError, problem
from gapcheck.law.assurance import GAPS
from gapcheck.law.dated import words
from gapcheck.profile.model import Profile, TaskEntry
from gapcheck.workforce.answers import FindingWords, answer_of
from gapcheck.workforce.cells import PlainCells
from gapcheck.workforce.output import CSV, DUCKDB
from gapcheck.workforce.questions import STATED, WHO
from gapcheck.workforce.relevant import LISTINGS
from gapcheck.workforce.run import Workforce

FACTS = (*WHO, *STATED)
OUTCOME = (
    "status",
    "today",
    "needed",
    "gap",
    "because_of_registration",
    "verdicts",
    "routes",
    "opens_with",
    "questions",
)
LAW = ("lawbook", "as_at")
COMPARED = ("status", "today", "gap")
HEADER = ("id", "organisation", "task", "medicine", "change", "status_before", "status", "today_before", "today", "gap_before", "gap",
          "why")  # fmt: skip
MEMORY = "1GB"
_KEPT = 100_000
Row = dict[str, str]


def write_changes(previous: str, current: Path, name: str, target: Path, work: Workforce) -> dict[str, int]:
    """Write the changes from the output `previous` to the findings in `current` (of the form that `name` says) as CSV to
    `target`. Gives how many of each kind there are. Raises InputError where `previous` is no such output."""
    import duckdb

    room = Path(f"{target}.room")
    store = duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(room), "preserve_insertion_order": False}
    )
    reasons = _Reasons(work)
    counts: dict[str, int] = {}
    try:
        _view(store, "before", previous, previous)
        _view(store, "after", str(current), name)
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADER)
            for old, new in _pairs(store):
                change, why = reasons.of(old, new)
                counts[change] = counts.get(change, 0) + 1
                either = new or old or {}
                before, after = old or {}, new or {}
                said = {f"{key}_before": before.get(key, "") for key in COMPARED}
                said |= {key: after.get(key, "") for key in COMPARED} | {"change": change, "why": why}
                writer.writerow([safe(said.get(key, either.get(key, ""))) for key in HEADER])
    except duckdb.Error as error:
        raise problem(previous, f"cannot be compared: {str(error).splitlines()[0]}") from None
    finally:
        store.close()
        if room.is_dir():
            room.rmdir()
    return counts


def check_previous(previous: str) -> None:
    """Raises InputError where a file is no output of an earlier run."""
    import duckdb

    if not Path(previous).is_file():
        raise problem(previous, "cannot be read: no such file")
    with duckdb.connect() as store:
        _view(store, "before", previous, previous)


def _view(store: Any, view: str, path: str, name: str) -> None:
    """Make the findings in a file known to the store under a name. Raises InputError where they are not findings."""
    import duckdb

    suffix = Path(name).suffix.lower()
    columns = ("id", "organisation", "task", "medicine", *FACTS, *OUTCOME, *LAW)
    quoted = path.replace("'", "''")
    listed = ", ".join(f"coalesce({key}::VARCHAR, '') AS {key}" for key in columns)
    source = f"read_parquet('{quoted}')"
    try:
        if suffix == DUCKDB:
            store.execute(f"ATTACH '{quoted}' AS {view}_file (READ_ONLY)")
            source = f"{view}_file.findings"
        elif suffix == CSV:
            plain = r"regexp_replace(coalesce({0}, ''), '^''(\s*[=+@|%＝＋－＠-])', '\1') AS {0}"
            listed = ", ".join(plain.format(key) for key in columns)
            source = f"read_csv('{quoted}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"
        store.execute(f"CREATE VIEW {view} AS SELECT {listed} FROM {source}")  # noqa: S608  the path is quoted
        store.execute(f"SELECT * FROM {view} LIMIT 1")  # noqa: S608
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise problem(
            name, f"this is no output of gapcheck workforce: {reason}", None, "give the -o of an earlier run"
        ) from None


def _pairs(store: Any) -> Iterator[tuple[Row | None, Row | None]]:
    """The findings that differ, before and after, ordered by post and task; None where there is none."""
    told = ", ".join(("task", "medicine", *OUTCOME))
    for view in ("before", "after"):
        store.execute(
            f"CREATE TEMP TABLE {view}_posts AS SELECT id, sum(hash({told})) AS digest FROM {view} GROUP BY id"  # noqa: S608
        )
    store.execute(
        "CREATE TEMP TABLE differ AS SELECT coalesce(b.id, a.id) AS id, b.id IS NULL AS fresh, a.id IS NULL AS gone "
        "FROM before_posts b FULL JOIN after_posts a ON a.id = b.id WHERE a.digest IS DISTINCT FROM b.digest"
    )
    columns = ("id", "organisation", "task", "medicine", *FACTS, *OUTCOME, *LAW)
    for view in ("before", "after"):
        store.execute(
            f"CREATE TEMP TABLE {view}_some AS SELECT {', '.join(columns)}, row_number() OVER "  # noqa: S608
            f"(PARTITION BY id, task, medicine ORDER BY {', '.join(OUTCOME)}) AS nth FROM {view} SEMI JOIN differ USING (id)"
        )
    same = " AND ".join(f"a.{key} = b.{key}" for key in OUTCOME)
    listed = ", ".join([*(f"b.{key}" for key in columns), *(f"a.{key}" for key in columns)])
    found = store.execute(
        f"SELECT d.fresh, d.gone, {listed} FROM before_some b FULL JOIN after_some a "  # noqa: S608
        "ON a.id = b.id AND a.task = b.task AND a.medicine = b.medicine AND a.nth = b.nth "
        "JOIN differ d ON d.id = coalesce(a.id, b.id) "
        f"WHERE a.id IS NULL OR b.id IS NULL OR NOT ({same}) "
        "ORDER BY d.id, coalesce(a.task, b.task), coalesce(a.medicine, b.medicine), coalesce(a.nth, b.nth)"
    )
    while rows := found.fetchmany(10_000):
        for fresh, gone, *cells in rows:
            marks = {"fresh": "yes"} if fresh else {"gone": "yes"} if gone else {}
            sides = cells[: len(columns)], cells[len(columns) :]
            old, new = [
                dict(zip(columns, side, strict=True)) | marks if side[0] is not None else None for side in sides
            ]
            yield old, new


class _Reasons:
    """Says what kind of change it is, and what made it."""

    def __init__(self, work: Workforce) -> None:
        self._work = work
        self._known: dict[tuple[str, ...], FindingWords | None] = {}

    def of(self, old: Row | None, new: Row | None) -> tuple[str, str]:
        """The kind of a change, and why it came."""
        if old is None or new is None:
            side = new or old or {}
            post = "fresh" in side or "gone" in side
            kind = ("post new" if post else "task added") if new else ("post gone" if post else "task removed")
            said = {
                "post new": "the post was not answered before",
                "post gone": "the post is no longer in the table, or its row was rejected",
                "task added": "the task was not among those of the post",
                "task removed": "the task is no longer among those of the post",
            }
            return kind, said[kind]
        before, after = (
            (-STATUSES.index(side["status"]), STANDINGS.index(side["today"]), GAPS.index(side["gap"]))
            for side in (old, new)
        )
        kind = "better" if after < before else "worse" if after > before else "otherwise"
        changed = [key for key in FACTS if old[key] != new[key]]
        by_law = self._law(old, new)
        if not changed or not by_law:
            return kind, "; ".join([*(_fact(key, old, new) for key in changed), *([by_law] if by_law else [])])
        return kind, "; ".join(self._both(old, new, changed, by_law))

    def _both(self, old: Row, new: Row, changed: list[str], by_law: str) -> list[str]:
        """What made a change where the facts and the law are both other than they were."""
        then = self._outcome(old)
        if then is None:
            return [*(_fact(key, old, new) for key in changed), by_law]
        after, before = (tuple(side[key] for key in OUTCOME) for side in (new, old))
        if then == after:
            return [by_law]
        alone = [key for key in changed if self._outcome({**old, key: new[key]}) not in (then, None)]
        facts = [_fact(key, old, new) for key in alone or changed]
        return facts if then == before else [*facts, by_law]

    def _law(self, old: Row, new: Row) -> str:
        if old["lawbook"] != new["lawbook"]:
            return f"the law: lawbook {old['lawbook']} became {new['lawbook']}" + _dates(old, new)
        return f"the day{_dates(old, new)}" if old["as_at"] != new["as_at"] else ""

    def _outcome(self, row: Mapping[str, str]) -> tuple[str, ...] | None:
        """What the law of this run makes of some facts; None where it cannot read them."""
        key = (*(row[name] for name in FACTS), row["task"], row["medicine"])
        if key not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[key] = self._ask(row)
        answer = self._known[key]
        return tuple(getattr(answer, name) for name in OUTCOME) if answer else None

    def _ask(self, row: Mapping[str, str]) -> FindingWords | None:
        cells = PlainCells(self._work.book, self._work.date, None)
        try:
            stated = {name: getattr(cells, name)(row[name]) for name in FACTS if name not in LISTINGS}
            stated |= {name: cells.listing(kind)(row[name]) for name, kind in LISTINGS.items()}
            task, medicine = cells.task(f"{row['task']}:{row['medicine']}" if row["medicine"] else row["task"])
        except InputError:
            return None
        stated["facts"] = dict(stated["facts"])
        profile = Profile(**stated, tasks=(TaskEntry(task, medicine=medicine),))
        return answer_of(check(profile, self._work.laws(profile.nation)).findings[0])


def _fact(key: str, old: Row, new: Row) -> str:
    return f"{key}: {old[key] or 'not stated'} became {new[key] or 'not stated'}"


def _dates(old: Row, new: Row) -> str:
    return f", from {words(old['as_at'])} to {words(new['as_at'])}" if old["as_at"] != new["as_at"] else ""
