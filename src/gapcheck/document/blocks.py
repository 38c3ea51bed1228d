"""A document as neutral blocks: what a report says, before any face gives it a look.

Subjects make a `Document`; each format renders it, so that none invents wording. Text is made plain when
a block is made (`plain`), so that no face has to remember to: what strangers wrote stays text, without control characters,
direction marks or what XML cannot hold. A newline in a run is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gapcheck.document.words import plain

_ID = re.compile(r"[a-z][a-z0-9-]{0,80}\Z")
_LINK = re.compile(r"https?://[\x21-\x7e]+\Z")
_TALL = 2500  # characters of a cell by the share of the width that its column has: some thirty lines
TONES = ("", "blocked", "arrange", "restricted", "risky", "unknown", "clear", "barred", "available", "open")


def _text(item: Any, name: str = "text") -> None:
    object.__setattr__(item, name, "\n".join(plain(line) for line in getattr(item, name).split("\n")))


def _identity(identity: str) -> None:
    if identity and not _ID.match(identity):
        raise ValueError(f"`{identity}` is no id of a block: small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. `link`: a web address, followed only where it is http or https and else left out. `ref`: the id of a
    heading, table or figure of the document; the face shows its name (`Table 3`, or a heading's text) where `text` is
    empty. `tone`: a status or verdict that a face may colour; the text itself must say it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    ref: str = ""
    tone: str = ""

    def __post_init__(self) -> None:
        _text(self)
        if self.link and not _LINK.match(self.link):
            object.__setattr__(self, "link", "")
        if self.tone not in TONES:
            raise ValueError(f"`{self.tone}` is no tone: {', '.join(TONES)}")


Inline = tuple[Run, ...]


def inline(*parts: str | Run) -> Inline:
    """Inline text out of strings and runs; empty strings are left out."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands right under the document's title. `id`: for references to it; `tone`: as of a run."""

    level: int
    text: str
    id: str = ""
    tone: str = ""

    def __post_init__(self) -> None:
        _text(self)
        _identity(self.id)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `style`: "" (running text), `lead` (the sentence to remember), `note` (small print), `status` (a line of
    status words above a finding), `label` (a few words that stand right above what they name), `apart` (running text after a gap)."""

    inline: Inline
    style: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    items: tuple[Inline, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms, each with one description or more."""

    pairs: tuple[tuple[str, tuple[Inline, ...]], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "pairs", tuple((plain(term), text) for term, text in self.pairs))


@dataclass(frozen=True, slots=True)
class Table:
    """A table, numbered in the order of the document. `header`: one cell a column; `row_headers`: the first cell of each row
    heads it; `widths`: fractions of the width that add up to 1 (empty: equal columns); `wide`: set it on a landscape page;
    `numeric`: the columns, from 0, to align to the right; `plain`: a list in columns, of which a terminal shows no caption and
    no head, and a line a row."""

    id: str
    caption: str
    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    row_headers: bool = False
    widths: tuple[float, ...] = ()
    wide: bool = False
    numeric: tuple[int, ...] = ()
    plain: bool = False

    def __post_init__(self) -> None:
        _text(self, "caption")
        _identity(self.id)
        columns = len(self.header)
        if self.widths and (len(self.widths) != columns or not 0.99 < sum(self.widths) < 1.01):
            raise ValueError(f"table `{self.id}`: {columns} columns, widths {self.widths}")
        if any(len(row) != columns for row in self.rows):
            raise ValueError(f"table `{self.id}`: a row has not {columns} cells")

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column, as a fraction."""
        return self.widths or (1 / len(self.header),) * len(self.header)

    def tall(self, row: tuple[Inline, ...]) -> bool:
        """Whether a row may fill so much of a page that it has to be allowed to break."""
        return any(len(text_of(cell)) / share > _TALL for cell, share in zip(row, self.shares, strict=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, drawn as SVG (web and PDF) or PNG (Word) when it is asked for, numbered in the order of the document. `alt`: what it shows, for who
    cannot see it; `table`: its numbers, set right after it."""

    id: str
    caption: str
    alt: str
    svg: Callable[[], bytes]
    png: Callable[[], bytes]
    table: Table | None = None

    def __post_init__(self) -> None:
        _text(self, "caption")
        _text(self, "alt")
        _identity(self.id)


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of the document: its headings down to a level."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Facts | Table | Figure | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `date`: the day it was made, ISO text (see `clock.today`)."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "en-GB"
    author: str = "gapcheck"
    subject: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "subject"):
            _text(self, name)


def walk(document: Document) -> Iterator[Block]:
    """Every block in reading order, the table of a figure right after it."""
    for block in document.blocks:
        yield block
        if isinstance(block, Figure) and block.table:
            yield block.table


def labels(document: Document) -> dict[str, str]:
    """What a reference to each id shows: `Table 1`, `Figure 1`, or the text of a heading. Raises ValueError for an id that
    stands twice."""
    found: dict[str, str] = {}
    count = {Table: 0, Figure: 0}
    for block in walk(document):
        if isinstance(block, Table | Figure):
            count[type(block)] += 1
            name = f"{type(block).__name__} {count[type(block)]}"
        elif isinstance(block, Heading) and block.id:
            name = block.text
        else:
            continue
        if block.id in found:
            raise ValueError(f"the id `{block.id}` stands twice in the document")
        found[block.id] = name
    return found


def anchors(document: Document) -> list[tuple[Heading, str]]:
    """Every heading with an id to link to: its own, or else one made of its place."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return [(heading, heading.id or f"section-{number}") for number, heading in enumerate(headings, 1)]


def shown(run: Run, names: dict[str, str]) -> str:
    """The text that a run shows; a reference without text shows the name of what it points to. Raises KeyError for an id that
    the document has not."""
    return run.text or names[run.ref] if run.ref else run.text


def text_of(cells: Inline) -> str:
    """Inline text without its marks."""
    return "".join(run.text for run in cells)


def spreads(document: Document) -> list[tuple[bool, list[Block]]]:
    """The blocks in stretches of upright and landscape pages: what stands under a heading with a wide table turns with it,
    and so does a heading with nothing but a word of introduction right before it."""
    chunks: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading):
            chunks.append([])
        chunks[-1].append(block)
    wide = [any(isinstance(block, Table) and block.wide for block in chunk) for chunk in chunks]
    for place in range(len(chunks) - 2, -1, -1):
        chunk = chunks[place]
        if wide[place + 1] and [type(item) for item in chunk] in ([Heading], [Heading, Paragraph]):
            wide[place] = True
    found: list[tuple[bool, list[Block]]] = []
    for chunk, landscape in zip(chunks, wide, strict=True):
        if found and found[-1][0] == landscape:
            found[-1][1].extend(chunk)
        elif chunk:
            found.append((landscape, chunk))
    return found
