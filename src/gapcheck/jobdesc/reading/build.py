"""Flow into a document: the text is written part by part, and each part becomes a block that knows where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.blank import BLANKS, seen
from gapcheck.jobdesc.reading.flow import Flow, FlowCell, FlowItem, FlowTable, words_of
from gapcheck.jobdesc.reading.grid import CellPlace, GridCell, places
from gapcheck.jobdesc.reading.layout import TextPart, parts_of
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.text import Block, TextDocument
from gapcheck.jobdesc.reading.weight import EITHER, FLAT, INLINE, Outline, bare_weight, weight_of

_LABEL = 60  # characters of a cell of a header
_PIPES = re.compile(r"[ \t]*\|?[^|\n]*\|[^\n]*")
_PIPE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?\|?[ \t]*$")
_TABBED = re.compile(r"(?=[^\t\r\n]*\t)[^\t\r\n]*\S[^\t\r\n]*\t+[^\t\r\n]*\S[^\r\n]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_ENDS = re.compile(r"\r\n?|\n")
_SURROGATES = re.compile("[\ud800-\udfff]")


class TextBuilder:
    """Collects the text and blocks of one document."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.outline = Outline()
        self.tables = 0
        self.cells = 0  # of all tables
        self.head: list[list[GridCell]] = []  # the header of the table before
        self.ended = 0  # blocks up to its end
        self.below: tuple[str, ...] = ()  # a heading that the document does not print, such as the name of a property

    def document(
        self, form: str, posting: Mapping[str, str] | None = None, notes: tuple[str, ...] = ()
    ) -> TextDocument:
        """What was collected. Raises InputError where there is nothing to read."""
        text = "".join(self.pieces)
        if not any(char.isalnum() for char in text):
            raise problem(self.source, "the document holds no text", None, "is it the right file?")
        feeds = [place + 1 for place, char in enumerate(text) if char == "\f"] if "\f" in text else []
        return TextDocument(
            self.source, form, text, tuple(self.blocks), posting or {}, notes, (0, *feeds) if feeds else ()
        )

    def write(self, text: str) -> int:
        """Append text; the offset at which it begins."""
        start = self.length
        self.length += len(text)
        if self.length > self.limits.characters:
            raise problem(
                self.source,
                f"the document holds more than {self.limits.characters:,} characters of text",
                None,
                "a job description is far shorter; give the one that is meant",
            )
        self.pieces.append(_SURROGATES.sub("\ufffd", text))
        return start

    def flow(self, flow: Flow, depth: int = 0) -> None:
        """Write a piece of flow."""
        if depth > self.limits.depth:
            raise problem(self.source, f"tables are nested more than {self.limits.depth} levels deep")
        for item in flow:
            if isinstance(item, FlowTable):
                self._table(item, depth)
            else:
                self._item(item)

    def plain(self, text: str) -> None:
        """Write plain text as it is, and find its parts; rows of cells divided by | or by tabs become tables."""
        base = self.write(text)
        at, end = 0, len(text)
        begin = 0
        while at < end:
            run, mark = _table_at(text, at)
            if run > at:
                self._parts(text, begin, at, base)
                self._plain_table(text, at, run, mark, base)
                at = begin = run
            else:
                match = _LINE.match(text, at)
                at = match.end() if match and match.end() > at else end
        self._parts(text, begin, end, base)

    def _parts(self, text: str, start: int, end: int, base: int, place: CellPlace | None = None) -> None:
        for part in parts_of(text, start, end, flat_headings=place is None):
            self._part(text, part, base, place)

    def _part(self, text: str, part: TextPart, base: int, place: CellPlace | None) -> None:
        """A part; one that holds `Essential: ...` and `Desirable: ...` becomes a block for each."""
        words = text[part.start : part.end]
        if part.kind == "heading":
            self._block(base + part.start, base + part.end, "heading", place)
            self.outline.heading(words, part.level)
            return
        labels = list(INLINE.finditer(words)) if len(words) < 5000 else []
        if not labels:
            self._block(base + part.start, base + part.end, part.kind, place)
        cuts = [0, *(label.start("label") for label in labels), len(words)] if labels else []
        for index, (start, end) in enumerate(itertools.pairwise(cuts)):
            piece = words[start:end]
            if piece.strip():
                weight = bare_weight(labels[index - 1]["label"]) if index else ""
                first = start + len(piece) - len(piece.lstrip())
                self._block(
                    base + part.start + first, base + part.start + start + len(piece.rstrip()), part.kind, place, weight
                )

    def _block(self, start: int, end: int, kind: str, place: CellPlace | None, weight: str = "") -> None:
        if kind != "heading":
            self.outline.content()
        section = (*self.below, *self.outline.section)
        if place is None:
            self.blocks.append(Block(start, end, kind, section, weight=weight or self._weight(start, end, kind)))
            return
        self.blocks.append(
            Block(
                start,
                end,
                place.kind if kind != "heading" else kind,
                (*section, *place.section),
                place.column,
                place.row,
                weight or place.weight,
                self.tables,
            )
        )

    def _weight(self, start: int, end: int, kind: str) -> str:
        """The weight of the outline; none for a heading that sets one itself."""
        if kind == "heading" and bare_weight(self._tail(start, end)):
            return ""
        return self.outline.weight

    def _tail(self, start: int, end: int) -> str:
        last = self.pieces[-1]
        return last[start - self.length + len(last) : end - self.length + len(last)]

    def _item(self, item: FlowItem) -> None:
        item = item._replace(text=seen(item.text))
        if not item.text.strip(BLANKS):
            return
        start = self.write(item.text + "\n")
        if item.kind == "heading":
            end = start + len(item.text.rstrip())
            self._block(start + len(item.text) - len(item.text.lstrip()), end, "heading", None)
            self.outline.heading(item.text, item.level or FLAT)
        elif item.kind == "header":
            for part in parts_of(item.text, 0, len(item.text), flat_headings=False):
                self.blocks.append(Block(start + part.start, start + part.end, "header"))
        elif item.kind == "bullet":
            first, *rest = [*parts_of(item.text, 0, len(item.text), flat_headings=False), None]
            if first is not None:
                self._part(item.text, first._replace(kind="bullet"), start, None)
            for part in filter(None, rest):
                self._part(item.text, part, start, None)
        else:
            self._parts(item.text, 0, len(item.text), start)

    def _table(self, table: FlowTable, depth: int) -> None:
        rows = [row for row in table.rows if row]
        self.cells += sum(len(row) for row in rows)
        if self.cells > self.limits.cells:
            raise problem(self.source, f"its tables hold more than {self.limits.cells:,} cells")
        if max((sum(cell.span for cell in row) for row in rows), default=0) <= 1 or _is_layout(rows):
            for row in rows:
                for cell in row:
                    self.flow(cell.content, depth + 1)
            return
        grid = [
            [GridCell(seen(words_of(cell.content)), cell.span, cell.header, cell.continues) for cell in row]
            for row in rows
        ]
        self.tables += 1
        head = self._carried(grid) if not depth else []
        for row, placed in zip(rows, places([*head, *grid])[len(head) :], strict=True):
            for cell, place in zip(row, placed, strict=True):
                self._cell(cell, place, depth)
        self.ended = len(self.blocks)

    def _carried(self, grid: list[list[GridCell]]) -> list[list[GridCell]]:
        """The header of the table before, for one that goes on after it without: as many columns, and nothing between them."""
        columns = max((sum(cell.span for cell in row) for row in grid), default=0)
        own = next((at for at, row in enumerate(grid[:4]) if any(weight_of(cell.words) for cell in row)), None)
        if own is not None:
            self.head = grid[: own + 1] if all(_short(row) for row in grid[: own + 1]) else []
            return []
        between = self.blocks[self.ended :]
        if self.head and not any(block.kind != "header" for block in between):
            wide = max(sum(cell.span for cell in row) for row in self.head)
            return self.head if wide == columns else []
        self.head = []
        return []

    def _cell(self, cell: FlowCell, place: CellPlace, depth: int) -> None:
        inner = ""  # a label within the cell: `Essential`, then its criteria
        for item in cell.content:
            if isinstance(item, FlowTable):
                self._table(item, depth + 1)
                continue
            text = seen(item.text)
            if not text.strip(BLANKS):
                continue
            start = self.write(text + "\n")
            for found in parts_of(text, 0, len(text), flat_headings=False):
                words = text[found.start : found.end]
                label = bare_weight(words) if place.kind == "cell" and len(cell.content) > 1 else ""
                if label:
                    inner = "" if label == EITHER else label
                here = place._replace(weight=inner or place.weight)
                if label or found.kind == "heading":
                    self._block(start + found.start, start + found.end, "heading", here._replace(weight=""))
                else:
                    self._part(text, found, start, here)

    def _plain_table(self, text: str, start: int, end: int, mark: str, base: int) -> None:
        rows: list[list[tuple[int, int]]] = []
        headed = False
        for line in (match for match in _LINE.finditer(text, start, end) if match[0].strip()):
            if mark == "|" and _PIPE_RULE.match(line[0].rstrip()):
                headed = headed or len(rows) == 1
                continue
            rows.append(_cells(text, line.start(), line.start() + len(line[0].rstrip("\r\n")), mark))
        self.tables += 1
        grid = [
            [GridCell(text[a:b].strip("*_ "), header=headed and not index) for a, b in row]
            for index, row in enumerate(rows)
        ]
        for row, placed in zip(rows, places(grid), strict=True):
            for (a, b), place in zip(row, placed, strict=True):
                if b > a:
                    self._parts(text, a, b, base, place)


def _short(row: Sequence[GridCell]) -> bool:
    return all(len(cell.words) <= _LABEL for cell in row)


def _cells(text: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    """The cells of a line, without the marks at its ends."""
    start, end = _tight(text, start, end) if mark == "|" else (start, end)
    if mark == "|":
        start += text[start : start + 1] == mark
        end -= end > start and text[end - 1] == mark
    found = []
    while True:
        at = text.find(mark, start, end)
        found.append(_tight(text, start, at if at >= 0 else end))
        if at < 0:
            return found
        start = at + 1


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(
        start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    )


def _table_at(text: str, at: int) -> tuple[int, str]:
    """The end of the table that begins at an offset, and what divides its cells; the offset itself where there is none."""
    for mark, pattern in (("|", _PIPES), ("\t", _TABBED)):
        if not pattern.match(text, at):
            continue
        end, rows, labelled, last = at, 0, False, at
        while end < len(text):
            line = _LINE.match(text, end)
            if line is None or line.end() == end or mark not in line[0].strip():
                break
            labelled = labelled or (rows < 3 and sum(bool(weight_of(cell)) for cell in line[0].split(mark)) >= 1)
            rows += 1
            end = last = line.end()
        if rows >= 2 and (
            labelled or (mark == "|" and _PIPE_RULE.match(_ENDS.split(text[at:last], maxsplit=2)[1].rstrip()))
        ):
            return last, mark
    return at, ""


def _is_layout(rows: Sequence[Sequence[FlowCell]]) -> bool:
    """Whether a table only arranges a page: it holds other tables, or a cell with very much in it and no header."""
    cells = [cell for row in rows for cell in row]
    return any(isinstance(item, FlowTable) for cell in cells for item in cell.content) and not any(
        weight_of(words_of(cell.content)) for row in rows[:4] for cell in row
    )
