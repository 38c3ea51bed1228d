"""Write the outputs of a run: each under another name beside its own, and all renamed when everything is done.

A run that is killed leaves only files named `.NAME.PID.part`, which the next run for the same output takes away.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import polars as pl

from gapcheck.document.output import alive
from gapcheck.errors import InputError, problem

PARQUET, CSV, DUCKDB = ".parquet", ".csv", ".duckdb"
ROW_GROUP = 250_000
_SUFFIX = ".part"


class Outputs:
    """The files of a run: `path(name)` gives the name to write to, `finish()` renames them all in the order of asking."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parts: dict[str, Path] = {}
        self._locks: list[IO[bytes]] = []
        for name in names:
            target = Path(name)
            if target.is_dir():
                raise problem(name, "cannot be written: this is a folder")
            _clean(target)
            part = target.with_name(f".{target.name}.{os.getpid()}{_SUFFIX}")
            try:
                self._locks.append(part.open("wb"))
            except OSError as error:
                self.abandon()
                raise _unwritable(name, error) from None
            _lock(self._locks[-1])
            self._parts[name] = part

    def path(self, name: str) -> Path:
        """Where to write what is to become the file `name`."""
        return self._parts[name]

    def finish(self) -> None:
        """Make sure that everything is on the disk, and give the files their names."""
        for name, part in self._parts.items():
            try:
                with part.open("rb+") as stream:
                    os.fsync(stream.fileno())
            except OSError as error:
                raise _unwritable(name, error) from None
        for lock in self._locks:
            lock.close()
        for name, part in self._parts.items():
            try:
                part.replace(name)
            except OSError as error:
                raise _unwritable(name, error) from None

    def abandon(self) -> None:
        """Take away what was written."""
        for lock in self._locks:
            lock.close()
        for part in self._parts.values():
            _remove(part)


def _lock(stream: IO[bytes]) -> bool:
    """Whether a part file is ours; a system without locks keeps an open file from being removed instead."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clean(target: Path) -> None:
    """Take away what runs that were killed left for an output; what a run still holds stays."""
    for left in sorted(target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}*")):
        part = left.with_name(
            f"{left.name.rpartition(_SUFFIX)[0]}{_SUFFIX}"
        )  # DuckDB and Parquet put files of their own beside it
        number = part.name.removesuffix(_SUFFIX).rpartition(".")[2]
        if not number.isdigit() or alive(int(number)):
            continue
        if not part.exists():
            _remove(part)
            continue
        try:
            with part.open("rb") as stream:
                free = _lock(stream)
            if not free:
                continue
            _remove(part)
        except OSError:
            continue


def _remove(part: Path) -> None:
    """Remove a part file, and what goes with it under a longer name."""
    for left in (*part.parent.glob(f"{glob.escape(part.name)}.*"), part):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _full(path: Path) -> bool:
    """Whether the disk has no room left; what writes Parquet does not always say so."""
    try:
        with path.with_name(f"{path.name}.probe").open("xb") as probe:
            probe.write(bytes(100_000))
    except OSError as error:
        return error.errno == errno.ENOSPC
    finally:
        path.with_name(f"{path.name}.probe").unlink(missing_ok=True)
    return False


def _unwritable(name: str, error: BaseException) -> InputError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
    full = getattr(error, "errno", None) == errno.ENOSPC or "os error 28" in str(error) or "No space left" in str(error)
    full = full or (isinstance(error, pl.exceptions.PolarsError) and "os error" not in str(error))
    help = "make room, or write to another disk; nothing was left half written" if full else ""
    return problem(name, f"cannot be written: {'the disk is full' if full else said.lower()}", None, help)


def write_findings(
    tables: Iterator[pl.DataFrame], schema: Mapping[str, Any], path: Path, name: str, about: Mapping[str, str]
) -> None:
    """Write the findings to `path` in the form that `name` asks for. `about`: what the answers rest on.

    Raises InputError where the file cannot be written.
    """
    kind = Path(name).suffix.lower()
    failed: list[BaseException] = []
    try:
        if kind == CSV:
            _csv(tables, schema, path)
        elif kind == DUCKDB:
            _duckdb(tables, schema, path, about, failed)
        else:
            _parquet(tables, schema, path, about, failed)
    except (OSError, pl.exceptions.PolarsError) as error:
        if failed:
            raise failed[0] from None
        if isinstance(error, pl.exceptions.PolarsError) and "os error" not in str(error) and not _full(path):
            raise
        raise _unwritable(name, error) from None


def _parquet(
    tables: Iterator[pl.DataFrame],
    schema: Mapping[str, Any],
    path: Path,
    about: Mapping[str, str],
    failed: list[BaseException],
) -> None:
    """Parquet with dictionaries, written as the tables come. An error of the tables themselves is kept in `failed`."""
    from polars.io.plugins import register_io_source

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            yield from tables
        except BaseException as error:  # the engine would wrap it in an error of its own
            failed.append(error)
            raise

    frame = register_io_source(source, schema=pl.Schema(schema))
    frame.sink_parquet(
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=ROW_GROUP,
        metadata=dict(about),
        statistics=False,  # they take a sixth of the time, and the findings are in no order that they would help
        maintain_order=True,
        engine="streaming",
    )


def _csv(tables: Iterator[pl.DataFrame], schema: Mapping[str, Any], path: Path) -> None:
    """CSV that a spreadsheet opens as UTF-8 and runs no formula of."""
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        stream.write((",".join(schema) + "\r\n").encode())
        for table in tables:
            safe = table.with_columns(_safe(pl.col(name).cast(pl.String)).alias(name) for name in table.columns)
            safe.write_csv(stream, include_header=False, line_terminator="\r\n")


def _safe(text: pl.Expr) -> pl.Expr:
    """Text of which a spreadsheet makes no formula, on one line and without control characters (see `document.csv.safe`)."""
    plain = text.str.replace_all(r"[\p{C}\u{2028}\u{2029}]", " ")
    formula = r"^\s*[=+\-@|%\t\r\n＝＋－＠]"
    risky = text.str.contains(formula) | plain.str.contains(formula)
    shown = pl.when(risky).then(pl.concat_str(pl.lit("'"), plain)).otherwise(plain)
    return pl.when(text != "").then(shown)


def _duckdb(
    tables: Iterator[pl.DataFrame],
    schema: Mapping[str, Any],
    path: Path,
    about: Mapping[str, str],
    failed: list[BaseException],
) -> None:
    """A DuckDB file with the tables `findings` and `about`."""
    import duckdb

    between = path.with_name(f"{path.name}.parquet")
    _parquet(tables, schema, between, about, failed)
    path.unlink()
    try:
        with duckdb.connect(path, config={"memory_limit": "1GB", "threads": 1}) as store:
            store.execute("CREATE TABLE findings AS SELECT * FROM read_parquet(?)", [str(between)])
            store.execute("CREATE TABLE about (name VARCHAR, value VARCHAR)")
            store.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
    except duckdb.Error as error:
        raise OSError(str(error)) from None
    finally:
        between.unlink(missing_ok=True)


def rejects_writer(path: Path, header: tuple[str, ...]) -> Callable[[Iterable[tuple[object, ...]]], None]:
    """A function that adds rows to a file of rejects, which it begins with its header."""
    import csv

    from gapcheck.document.csv import safe

    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(header)

    def add(rows: Iterable[tuple[object, ...]]) -> None:
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([safe(item) for item in row] for row in rows)

    return add
