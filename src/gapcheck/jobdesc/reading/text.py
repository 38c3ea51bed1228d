"""A document as it was read: its text, and the blocks that the text is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n?|\n")
KINDS = ("heading", "paragraph", "bullet", "cell", "header")  # of a block
WEIGHTS = ("", "essential", "desirable")


class Block(NamedTuple):
    """One paragraph, bullet, heading, table cell or page header: a slice of the document's text, and where it stands.

    `start`, `end`: the slice of `Document.text`, without the mark of a bullet and without blank space around it; it may
    hold hard line breaks. `kind`: heading, paragraph, bullet, cell or header (of the page; also its footer, footnotes).
    `section`: the headings above it, outermost first. `column`, `row`: the headers of the table column and row in which
    it stands, "" outside tables. `weight`: `essential` or `desirable` where the layout says so (the column of a person
    specification, a bare line or heading above it, a mark E or D or a tick in its row), else "". `table`: which table,
    from 1; 0 outside tables. `line_in_table`: which row of it, from 0.
    """

    start: int
    end: int
    kind: str = "paragraph"
    section: tuple[str, ...] = ()
    column: str = ""
    row: str = ""
    weight: str = ""
    table: int = 0
    line_in_table: int = 0


@dataclass(frozen=True)
class TextDocument:
    """A document: where it came from, what it says, and its parts in reading order.

    `text` is the text as read; every quote that is printed is an exact slice of it. For plain text it is the file's own
    characters. `posting` holds what a JobPosting object states beside its description: title, organisation, place,
    country, salary, date. `notes` say what was left out or guessed. `pages`: where each page begins, where that is known.
    """

    source: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    posting: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(mark.end() for mark in _LINE_END.finditer(self.text))]

    def line_of(self, offset: int) -> int:
        """The line of the text, from 1, in which the character at `offset` stands."""
        return bisect_right(self._starts, offset)

    def page_of(self, offset: int) -> int:
        """The page, from 1, on which the character at `offset` stands; 0 where the document has no pages that are known."""
        return bisect_right(self.pages, offset)

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]
