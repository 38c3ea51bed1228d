"""Cut a CSV into records, one block at a time, so that a damaged line costs that line and no other.

A line that is a whole record by itself (the right number of fields, quotes that close) is always read as that record. Any
other line with a quote may begin a cell with line breaks: it is joined with the lines after it that are no records themselves.
What then is still no record is rejected, and reading goes on at the next line. All that can be is done natively on whole
blocks; Python looks only at lines that are not whole records.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, NamedTuple

import polars as pl

from gapcheck.workforce.model import MAX_VALUE, ROW, Reject

BLOCK = 10 * 1024 * 1024
MAX_LINE = 1_000_000  # bytes of a record
MAX_JOINED = 50  # lines of a record
_MARK = "\x00"
_LAX = re.compile(rb'"(?:"|\r(?!\n))')  # quotes that the reader of whole blocks would let pass, damaged or not
_LENGTH = "\x00length"  # no column has this name
_OPEN = "unexpected end of data"  # what the csv module says of a quote that does not close


@dataclass(frozen=True, slots=True)
class Form:
    """How a CSV is written: its separator, the names of its columns, and which of them are wanted."""

    separator: str
    names: tuple[str, ...]
    wanted: tuple[str, ...]

    @property
    def whole(self) -> str:
        """A regular expression for a line that is a whole record."""
        other = re.escape(self.separator)
        cell = f'(?:"(?:[^"]|"")*"|[^"{other}]*)'
        return f"^{cell}(?:{other}{cell}){{{len(self.names) - 1}}}$"

    def fields(self, text: str) -> list[str]:
        """The fields of a text that should be one record. Raises csv.Error where its quotes are damaged."""
        rows = list(csv.reader([text], delimiter=self.separator, strict=True))
        return rows[0] if len(rows) == 1 else []


@dataclass(slots=True)
class Records:
    """The records of a block: good rows, each with its line, and what is none."""

    rows: pl.DataFrame
    rejects: list[Reject] = field(default_factory=list)


class _Line(NamedTuple):
    """A line that is no record by itself."""

    row: int
    text: str
    quoted: bool


class _Mended(NamedTuple):
    """What became of such lines: records, rejects, and the line of a record that the next block has to end."""

    records: list[tuple[int, list[str]]]
    rejects: list[Reject]
    open_from: int | None


def blocks(stream: BinaryIO, form: Form, first_line: int, size: int = BLOCK) -> Iterator[tuple[Records, int]]:
    """The blocks of a stream that stands at the line `first_line`, each with the number of bytes read so far."""
    line, rest, read = first_line, b"", 0
    while True:
        raw = stream.read(size)
        read += len(raw)
        text = rest + raw
        if not text:
            return
        end = text.rfind(b"\n") + 1 if raw else len(text)
        if not end:  # a line without an end: keep as much as shows that it is too long
            rest = text[: MAX_LINE + 1]
            continue
        block, used, lines = _block(text[:end], form, line, last=not raw)
        yield block, read
        rest = text[used:]
        line += lines
        if not raw:
            return


def _block(raw: bytes, form: Form, first: int, *, last: bool) -> tuple[Records, int, int]:
    """The records of some whole lines; how many of the bytes and lines were used (a record may go on in the next block)."""
    clean = _clean(raw, form, first)
    if clean is not None:
        return Records(clean), len(raw), clean.height
    lines, broken = _lines(raw, first)
    count = lines.height
    text, commas = pl.col("text"), len(form.names) - 1
    quoted = text.str.contains('"', literal=True)
    marked = lines.with_columns(
        quoted=quoted,
        sane=(text.str.len_bytes() <= MAX_LINE) & ~text.str.contains(_MARK, literal=True),
        good=text.str.count_matches(form.separator, literal=True) == commas,
    )
    if marked["quoted"].any():
        whole = marked.filter("quoted").filter(text.str.contains(form.whole))[ROW]
        marked = marked.with_columns(good=pl.when("quoted").then(pl.col(ROW).is_in(whole.implode())).otherwise("good"))
    if not broken and marked.select((pl.col("good") & pl.col("sane")).all()).item():
        return Records(_parsed(raw, lines, form)), len(raw), count
    marked = marked.with_columns(good=pl.col("good") & pl.col("sane") & (text != ""))
    odd = [_Line(*item) for item in marked.filter(~pl.col("good")).select(ROW, "text", "quoted").rows()]
    mended = _mend(odd, form, None if last else first + count - 1)
    rejects = [_explained(item, broken, form) for item in mended.rejects]
    used = len(raw)
    if mended.open_from is not None:
        count = mended.open_from - first
        used = _offset(raw, count)
    good = lines.filter(marked["good"] & (pl.col(ROW) < first + count))
    rows = _parsed("\n".join(good["text"]).encode(), good, form)
    if mended.records:
        rows = pl.concat([rows, _frame(mended.records, form)]).sort(ROW)
    return Records(rows, rejects), used, count


def _clean(raw: bytes, form: Form, first: int) -> pl.DataFrame | None:
    """The cells of lines that are all whole records, or None where they have to be looked at one by one.

    Every byte is accounted for: it is in a cell, a separator, of the end of a line, or a quote about a cell that holds none.
    So there are as many records as lines, and no quote, field or line can be damaged.
    """
    count, returns, quotes = raw.count(b"\n"), raw.count(b"\r"), raw.count(b'"')
    if b"\x00" in raw or _LAX.search(raw):
        return None
    records = count + (not raw.endswith(b"\n"))
    try:
        frame = _parse(raw, form).with_columns(pl.sum_horizontal(pl.all().str.len_bytes()).alias(_LENGTH)).collect()
    except pl.exceptions.PolarsError:
        return None
    around = count + returns + quotes + records * (len(form.names) - 1)
    whole, longest = frame.select(whole=pl.col(_LENGTH).sum(), longest=pl.col(_LENGTH).max()).row(0)
    if frame.height != records or whole + around != len(raw) or longest > MAX_LINE // 2:
        return None
    if (
        quotes
        and frame.select(pl.any_horizontal(pl.all().exclude(_LENGTH).str.contains('"', literal=True)).any()).item()
    ):
        return None
    rows = pl.int_range(first, first + records, dtype=pl.Int64, eager=True).alias(ROW)
    return frame.select(*form.wanted, rows)


def _parse(raw: bytes, form: Form) -> pl.LazyFrame:
    return pl.scan_csv(
        raw,
        has_header=False,
        separator=form.separator,
        schema=dict.fromkeys(form.names, pl.String()),
        empty_string_is_null=False,
    )


def _lines(raw: bytes, first: int) -> tuple[pl.DataFrame, set[int]]:
    """The lines of a block as text, and those that are not UTF-8 (of which the readable part is kept)."""
    whole = raw.removesuffix(b"\n")
    broken: set[int] = set()
    try:
        text = whole.decode()
    except UnicodeDecodeError:
        pieces = whole.split(b"\n")
        for place, piece in enumerate(pieces):
            try:
                piece.decode()
            except UnicodeDecodeError:
                broken.add(first + place)
                pieces[place] = _MARK.encode() + piece.decode(errors="replace").encode()
        text = b"\n".join(pieces).decode()
    lines = pl.Series("text", [text]).str.split("\n").explode()
    if "\r" in text:
        lines = lines.str.strip_suffix("\r")
    return pl.DataFrame(
        [lines, pl.int_range(first, first + lines.len(), dtype=pl.Int64, eager=True).alias(ROW)]
    ), broken


def _parsed(raw: bytes, lines: pl.DataFrame, form: Form) -> pl.DataFrame:
    """The cells of lines that are whole records. `raw`: the same lines, as bytes."""
    if lines.is_empty():
        return _frame([], form)
    frame = _parse(raw, form).select(form.wanted).collect()
    if frame.height != lines.height:  # each line is a whole record, so this should not be; then each is read by itself
        return _frame([(row, form.fields(text)) for row, text in lines.select(ROW, "text").rows()], form)
    return frame.select(*form.wanted, lines[ROW])


def _frame(records: list[tuple[int, list[str]]], form: Form) -> pl.DataFrame:
    """Records read one by one, as a table."""
    data = {name: [fields[form.names.index(name)] for _, fields in records] for name in form.wanted}
    schema = {**dict.fromkeys(form.wanted, pl.String), ROW: pl.Int64}
    return pl.DataFrame({**data, ROW: [row for row, _ in records]}, schema=schema)


def _mend(odd: list[_Line], form: Form, final: int | None) -> _Mended:
    """Find records over several lines among lines that are no records by themselves. `final`: the last line of a block
    after which there is more."""
    found = _Mended([], [], None)
    place = 0
    while place < len(odd):
        line = odd[place]
        fields, took, is_open = _joined(odd, place, form) if line.quoted else ([], 1, False)
        if is_open and final == odd[place + took - 1].row:
            return found._replace(open_from=line.row)
        if len(fields) == len(form.names):
            found.records.append((line.row, fields))
            place += took
            continue
        if line.text:
            found.rejects.append(Reject(line.row, "", line.text, ""))
        place += 1
    return found


def _joined(odd: list[_Line], place: int, form: Form) -> tuple[list[str], int, bool]:
    """The record that begins on a line, of how many lines it is, and whether its quotes were still open at the end."""
    texts: list[str] = []
    size = 0
    for line in odd[place : place + MAX_JOINED]:
        size += len(line.text) + 1
        if line.row != odd[place].row + len(texts) or size > MAX_LINE or _MARK in line.text:
            return [], max(len(texts), 1), False
        texts.append(line.text)
        if not line.quoted:
            continue
        try:
            return form.fields("\n".join(texts)), len(texts), False
        except csv.Error as error:
            if str(error) != _OPEN:
                return [], len(texts), False
    return [], len(texts), len(texts) < MAX_JOINED


def _explained(item: Reject, broken: set[int], form: Form) -> Reject:
    """A rejected line with the reason."""
    count = item.value.count(form.separator) + 1
    if len(item.value.encode(errors="replace")) > MAX_LINE:
        return replace(item, value=item.value[:MAX_VALUE], reason=f"the line is longer than {MAX_LINE:,} bytes")
    if item.row in broken:
        help = "save the table as UTF-8, or say how it is written, as in --encoding windows-1252"
        return replace(item, value=item.value.lstrip(_MARK), reason="the line is not text in UTF-8", help=help)
    if _MARK in item.value:
        return replace(item, reason="the line holds a NUL byte")
    if '"' in item.value:
        try:
            count = len(form.fields(item.value))
        except csv.Error:
            return replace(item, reason="the quotes of the line do not close as they should")
    columns = len(form.names)
    return replace(item, reason=f"the line has {count} {'field' if count == 1 else 'fields'}; the header has {columns}")


def _offset(raw: bytes, lines: int) -> int:
    """Where a line begins."""
    end = 0
    for _ in range(lines):
        end = raw.index(b"\n", end) + 1
    return end
