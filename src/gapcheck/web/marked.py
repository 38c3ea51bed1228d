"""A document with what was found in it marked in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from gapcheck.jobdesc.reading.text import Block, TextDocument


@dataclass(frozen=True)
class MarkedSpan:
    """Something found. `number`: of its entry in the lists; `kind`: task, wording or registration; `label`: what it is."""

    start: int
    end: int
    kind: str
    number: int
    label: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks. `first`: the marks that begin here."""

    text: str
    spans: tuple[MarkedSpan, ...] = ()
    first: tuple[MarkedSpan, ...] = ()


@dataclass(frozen=True)
class MarkedPassage:
    """A part of the document: its kind, and one cell of pieces, or several that stand in one row of a table. `table`: which
    table, from 1; 0 outside."""

    kind: str
    cells: tuple[tuple[Piece, ...], ...]
    table: int = 0


def marked(document: TextDocument, spans: Sequence[MarkedSpan]) -> list[MarkedPassage]:
    """The document from beginning to end, with its marks. Text outside its blocks is left out, as it was in reading."""
    ordered = sorted((span for span in spans if span.end > span.start), key=lambda span: (span.start, -span.end))
    found = []
    for (table, _line), blocks in groupby(
        document.blocks, key=lambda block: (block.table, block.line_in_table if block.table else block.start)
    ):
        some = list(blocks)
        kind = "row" if table else some[0].kind
        found.append(MarkedPassage(kind, tuple(tuple(_pieces(document.text, block, ordered)) for block in some), table))
    return found


def _pieces(text: str, block: Block, spans: Iterable[MarkedSpan]) -> Iterator[Piece]:
    inside = [span for span in spans if span.start < block.end and span.end > block.start]
    cuts = sorted(
        {
            block.start,
            block.end,
            *(max(block.start, span.start) for span in inside),
            *(min(block.end, span.end) for span in inside),
        }
    )
    for start, end in pairwise(cuts):
        over = tuple(span for span in inside if span.start <= start and end <= span.end)
        yield Piece(text[start:end], over, tuple(span for span in over if span.start == start))
