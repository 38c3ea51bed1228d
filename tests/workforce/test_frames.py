"""Damaged lines cost themselves and no other line, wherever a block of the file happens to end."""

from __future__ import annotations

import csv
import io
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.workforce.frames import Form, blocks
from gapcheck.workforce.model import ROW

NAMES = ("id", "organisation", "tasks", "title")
FORM = Form(",", NAMES, NAMES)
DAMAGE = {
    "a field too many": b"%d,Org,a;b,T,extra",
    "a field too few": b"%d,Org,a;b",
    "a quote that does not close": b'%d,"Org,a;b,T',
    "a quote that does not open": b'%d,"Org" and more,a;b,T',
    "quotes about quotes": b'%d,""Org"",a;b,T',
    "an odd quote at the end": b'%d,Org,a;b,"T""',
    "a carriage return after quotes": b'%d,"Org"\r,a;b,T',
    "no UTF-8": b"%d,Or\xffg,a;b,T",
    "a NUL": b"%d,Or\x00g,a;b,T",
    "too long": b"%d,Org,a;b,T" + b"x" * 1_000_001,
}


def read(raw: bytes, size: int) -> tuple[list[tuple[int, ...]], list[tuple[int, str]]]:
    """The records and the rejects of a file without its header."""
    rows, rejects = [], []
    for block, _ in blocks(io.BytesIO(raw), FORM, 2, size):
        rows += block.rows.select(ROW, *NAMES).rows()
        rejects += [(item.row, item.reason) for item in block.rejects]
    return rows, rejects


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8) | st.sampled_from(
    ['say "so"', "a, b", "two\nlines", "two\n\nlines", '"', ",", "", " "]
)


@settings(deadline=None)
@given(
    table=st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=12),
    size=st.integers(1, 400),
    quoting=st.sampled_from([0, 1]),
)
def test_whatever_csv_writes_is_read_back(table: list[tuple[str, ...]], size: int, quoting: int) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=quoting, lineterminator="\n").writerows(table)  # type: ignore[arg-type]
    rows, rejects = read(stream.getvalue().encode(), size)
    assert ([row[1:] for row in rows], rejects) == (table, [])


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**32), size=st.integers(20, 3000), ending=st.sampled_from([b"\n", b"\r\n"]))
def test_every_good_line_is_read_and_every_bad_one_rejected(seed: int, size: int, ending: bytes) -> None:
    random_ = random.Random(seed)  # noqa: S311
    lines, good, bad = [], [], []
    for row in range(2, 60):
        if random_.random() < 0.3:
            kind = random_.choice([name for name in DAMAGE if name != "too long" or random_.random() < 0.02])
            lines.append(DAMAGE[kind] % row)
            bad.append(row)
        else:
            style = random_.choice([b"%d,Org,a;b,T", b'"%d","Org, Leeds","a;b","said ""T"""', b"%d,\xc3\x96rg,,"])
            lines.append(style % row)
            good.append(row)
    raw = ending.join(lines) + (ending if random_.random() < 0.8 else b"")
    rows, rejects = read(raw, size)
    assert [row[0] for row in rows] == good == [int(row[1]) for row in rows]
    assert sorted(row for row, _ in rejects) == bad


def test_each_damage_has_its_reason() -> None:
    lines = [damage % row for row, damage in enumerate(DAMAGE.values(), 2)]
    rows, rejects = read(b"\n".join(lines), 1 << 20)
    assert rows == []
    assert [reason for _, reason in rejects] == [
        "the line has 5 fields; the header has 4",
        "the line has 3 fields; the header has 4",
        *["the quotes of the line do not close as they should"] * 5,
        "the line is not text in UTF-8",
        "the line holds a NUL byte",
        "the line is longer than 1,000,000 bytes",
    ]


def test_a_file_of_one_endless_line_takes_little_memory_and_one_reject() -> None:
    rows, rejects = read(b"1,Org,a;b," + b"x" * 30_000_000 + b"\n2,Org,a;b,T\n", 1 << 20)
    assert [row[1] for row in rows] == ["2"]
    assert rejects == [(2, "the line is longer than 1,000,000 bytes")]


def test_blank_lines_are_no_rows() -> None:
    assert read(b"\n1,Org,a;b,T\n\n\n2,Org,a;b,T\n\n", 1 << 20) == (
        [(3, "1", "Org", "a;b", "T"), (6, "2", "Org", "a;b", "T")],
        [],
    )
