"""Read the table of posts in chunks: a CSV in any encoding and with any of the usual separators, or Parquet."""

from __future__ import annotations

import codecs
import csv
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import polars as pl

from gapcheck.errors import problem
from gapcheck.reading import opened
from gapcheck.workforce.frames import MAX_LINE, Form, blocks
from gapcheck.workforce.model import ROW, Chunk

SEPARATORS = (",", ";", "\t", "|")
PARQUET_ROWS = 40_000
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class PostTable:
    """A table of posts. `columns`: the names in its header; `chunks(wanted)`: its rows, of the columns wanted."""

    def __init__(self, source: str, columns: Sequence[str]) -> None:
        self.source = source
        self.columns = tuple(columns)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """The rows in order, each with where it stands in the file."""
        raise NotImplementedError


def open_table(source: str, encoding: str | None = None) -> PostTable:
    """The table in a file (`-`: CSV on standard input). Raises InputError where it cannot be read as a table at all."""
    if source == "-":
        return CsvTable("standard input", sys.stdin.buffer, 0, encoding)
    if os.path.isdir(source):
        raise problem(source, "this is a folder; give a CSV or Parquet file")
    try:
        stream = opened(source)  # closed when the process ends: the table is read to its end
        start = stream.peek(4)[:4]  # a pipe cannot be read twice
        size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise problem(source, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if start == b"PAR1":
        stream.close()
        return ParquetTable(source)
    if start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise problem(source, "this is a workbook, not a table of text", None, "save the sheet as CSV UTF-8")
    return CsvTable(source, stream, size, encoding)


class CsvTable(PostTable):
    """A CSV. The separator is the one that the header has most of; `sep=;` in the first line says it outright."""

    def __init__(self, source: str, stream: BinaryIO, size: int, encoding: str | None) -> None:
        self._size = size
        start = stream.read(65_536)
        mark, found = next(((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", "utf-8"))
        name = _codec(encoding) if encoding else found
        plain: BinaryIO = _Joined(start.removeprefix(mark), stream)
        if name != "utf-8":
            plain = _Recoded(plain, name)
        begin = plain.read(2 * MAX_LINE)
        if b"\r" in begin and b"\n" not in begin:
            raise problem(source, "its lines end in carriage returns only", None, "save it as CSV UTF-8")
        header, self._line, rest = _header(begin, source)
        self._stream = _Joined(rest, plain)
        self._separator = _separator(header, source)
        try:
            fields = next(csv.reader([header[1]], delimiter=self._separator), [])
        except csv.Error:
            raise problem(source, "a carriage return stands within the header", 1, "save it as CSV UTF-8") from None
        super().__init__(source, _distinct([item.strip() for item in fields]))
        if not any(self.columns):
            raise problem(source, "there is no header", 1, "the first line names the columns")

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        form = Form(self._separator, self.columns, tuple(wanted))
        for block, read in blocks(self._stream, form, self._line):
            done = min(read / self._size, 1.0) if self._size else None
            yield Chunk(block.rows, block.rejects, done)


class ParquetTable(PostTable):
    """A Parquet file. Lists of text count as joined by semicolons, other values as their text."""

    def __init__(self, source: str) -> None:
        try:
            self._frame = pl.scan_parquet(source)
            self._schema = self._frame.collect_schema()
            self._count = int(self._frame.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise problem(source, f"cannot be read as Parquet: {_first_line(error)}") from None
        super().__init__(source, self._schema.names())

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        columns = [_as_text(name, self._schema[name]) for name in wanted]
        row = 1
        try:
            for frame in self._frame.select(columns).collect_batches(chunk_size=PARQUET_ROWS, maintain_order=True):
                for part in frame.iter_slices(PARQUET_ROWS):
                    rows = pl.int_range(row, row + part.height, dtype=pl.Int64, eager=True).alias(ROW)
                    row += part.height
                    yield Chunk(part.with_columns(rows), [], (row - 1) / max(self._count, 1))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise problem(self.source, f"cannot be read as Parquet: {_first_line(error)}", row) from None


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.List):
        column = column.list.eval(pl.element().cast(pl.String)).list.join(";", ignore_nulls=True)
    elif kind.is_nested() or kind == pl.Binary:
        raise problem(name, f"a column of {kind} is not read", None, "text, numbers, dates, or lists of text")
    return column.cast(pl.String).fill_null("")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0][:200]


def _codec(name: str) -> str:
    try:
        return codecs.lookup({"windows-1252": "cp1252"}.get(name.lower(), name)).name
    except LookupError:
        raise problem(
            "--encoding", f"there is no encoding `{name}`", None, "as in utf-8, windows-1252, utf-16"
        ) from None


def _header(begin: bytes, source: str) -> tuple[tuple[str, str], int, bytes]:
    """What the first line says outright of the separator, and the header; the line after it; what follows it."""
    line, said = 1, ""
    while True:
        first, newline, rest = begin.partition(b"\n")
        if len(first) > MAX_LINE:
            raise problem(source, "the first line is too long for a header; is this a table?", 1)
        try:
            text = first.decode().rstrip("\r")
        except UnicodeDecodeError:
            text = "\x00" if b"\x00" in begin[:1024] else ""
        if "\x00" in text:
            raise problem(source, "this is a binary file, not text", None, "give a CSV or Parquet file")
        if first.strip() and not text:
            help = "save it as UTF-8, or say how it is written, as in --encoding windows-1252"
            raise problem(source, "the header is not text in UTF-8", line, help)
        if text.strip() and not (line == 1 and text.startswith("sep=")):
            return (said, text), line + 1, rest
        said = text[4:5] if text.startswith("sep=") else said
        if not newline:
            raise problem(source, "the file is empty")
        begin, line = rest, line + 1


def _separator(header: tuple[str, str], source: str) -> str:
    said, text = header
    outside = "".join(text.split('"')[::2])
    best = said or max(SEPARATORS, key=outside.count)
    if outside.count(best) == 0:
        raise problem(
            source, "the header has a single column", 1, "columns are separated by commas, semicolons or tabs"
        )
    return best


def _distinct(names: list[str]) -> list[str]:
    """Names of columns, the second of a name as NAME (2)."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


class _Joined(io.RawIOBase, BinaryIO):
    """Bytes already read, and then the stream that they came from."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if not self._start:
            return self._stream.read(size)
        taken, self._start = self._start[:size], self._start[size:]
        return taken


class _Recoded(io.RawIOBase, BinaryIO):
    """A stream in another encoding, as UTF-8. What the encoding cannot read becomes a NUL, for which its line is rejected."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        codecs.register_error("gapcheck-nul", lambda error: ("\x00", getattr(error, "end", 0)))
        self._decoder = codecs.getincrementaldecoder(name)("gapcheck-nul")

    def read(self, size: int = -1) -> bytes:
        while True:
            raw = self._stream.read(size)
            text = self._decoder.decode(raw, final=not raw)
            if text or not raw:
                return text.encode(errors="replace")
