"""Rich text (RTF): paragraphs, lists, headings and tables with merged, empty and nested cells; hidden and deleted text left out.

Columns stand where the rows say that their cells end, so that a cell over two columns is known as one, whichever program wrote it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.text import TextDocument

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\", re.S
)
_SIGNS = {
    "line": "\n", "tab": "\t", "bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "enspace": " ", "emspace": " ", "qmspace": " ",
}  # fmt: skip
_ESCAPED = {"~": "\u00a0", "_": "\u2011", "-": "", "\\": "\\", "{": "{", "}": "}"}
# What is no text of the page. Of a field its result stands there, of a shape its text.
_DROPPED = frozenset([
    "fonttbl", "colortbl", "info", "pict", "object", "fldinst", "annotation", "atnid", "atnauthor", "atnref", "atndate", "atrfstart",
    "atrfend", "listtable", "listoverridetable", "revtbl", "rsidtbl", "themedata", "colorschememapping", "datastore", "latentstyles",
    "xmlnstbl", "generator", "bkmkstart", "bkmkend", "nonshppict", "filetbl", "mmathPr", "pgdsctbl", "sp", "sn", "sv", "userprops",
    "listname", "template", "author", "company", "title", "subject", "keywords", "comment", "doccomm", "pntxtb", "pntxta",
])  # fmt: skip
_SHOWN = frozenset(["shptxt", "shpinst", "nesttableprops", "ud"])  # marked as optional, and text or tables all the same
_AROUND = frozenset(["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"])
_LISTED = frozenset(["listtext", "pntext", "pn"])
_HEADING = re.compile(r"heading ?(\d)", re.I)
_MOST = 60  # columns that a cell spans
_SURROGATE = range(0xD800, 0xE000)


class _Group(NamedTuple):
    """What holds within braces."""

    kind: str = ""  # dropped, around, style, or "" for text
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    skip: int = 1  # bytes that stand for a character given by number


class _Bound(NamedTuple):
    """A cell of a row as it is declared: where it ends, and what it is merged with."""

    end: int
    joined: bool
    continues: bool


class _Level:
    """A table that is being read: its rows, and the cells of the row that is open."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[list[FlowItem | FlowTable]], list[_Bound], bool]] = []
        self.cells: list[list[FlowItem | FlowTable]] = []
        self.content: list[FlowItem | FlowTable] = []


def read_rtf(raw: bytes, source: str, limits: Limits) -> TextDocument:
    """The document in an RTF file. Raises InputError for one that holds no text, or more than is read."""
    builder = TextBuilder(source, limits)
    reader = _RtfReader(source, limits)
    body = reader.read(raw.decode("latin-1"))
    builder.flow([FlowItem("header", text) for text in dict.fromkeys(reader.around)])
    builder.flow(body)
    return builder.document("rtf")


class _RtfReader:
    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.page = "cp1252"
        self.body: list[FlowItem | FlowTable] = []
        self.around: list[str] = []
        self.levels: list[_Level] = []
        self.styles: dict[int, tuple[str, bool]] = {}  # name, hidden
        self.stack: list[_Group] = []
        self.group = _Group()
        self.pieces: list[str] = []
        self.raw = bytearray()
        self.skipping = 0
        self.high = 0
        self.depth = 0
        self.bolds = [0, 0]
        self.style_text: list[str] = []
        self.style, self.style_hides = 0, False
        self._row()
        self._plain()

    def read(self, text: str) -> list[FlowItem | FlowTable]:
        """The body."""
        optional = False
        for word, number, code, escaped, brace, run in _tokens(text):
            if brace:
                self._flush()
                self._brace(brace)
            elif word:
                self._flush()
                self._word(word, int(number) if number else None, optional)
            elif code:
                self._byte(int(code, 16))
            elif run:
                for char in run:
                    self._byte(ord(char))
            elif escaped == "*":
                optional = True
                continue
            elif escaped:
                self._flush()
                self._put(_ESCAPED.get(escaped, "\n" if escaped in "\r\n" else ""))
                if escaped in "\r\n":
                    self._paragraph()
            optional = False
        self._flush()
        self._paragraph()
        self._close(0)
        return self.body

    def _brace(self, brace: str) -> None:
        if brace == "{":
            if len(self.stack) > 40 * self.limits.depth:
                raise problem(self.source, "the file is nested too deep to be read")
            self.stack.append(self.group)
            return
        ended = self.group
        self.group = self.stack.pop() if self.stack else _Group()
        if ended.kind == "style" and self.group.kind == "styles":
            name = "".join(self.style_text).strip().rstrip(";").strip()
            self.styles[self.style] = (name, self.style_hides)
        elif ended.kind == "around" and self.group.kind != "around":
            words = "".join(self.pieces).strip()
            self.around += [words] if words else []
            self.pieces = []

    def _word(self, word: str, number: int | None, optional: bool) -> None:
        kind = self.group.kind
        if kind == "dropped":
            return
        if word == "stylesheet":
            self.group = self.group._replace(kind="styles")
        elif kind in ("styles", "style"):
            self._style_word(word, number)
        elif word in _DROPPED or (optional and word not in _SHOWN and word not in _AROUND):
            self.group = self.group._replace(kind="dropped")
        elif word in _AROUND:
            self.group = self.group._replace(kind="around")
        elif word in _LISTED:
            self.group = self.group._replace(kind="dropped")
            self.listed = True
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == "u" and number is not None:
            self._number(number)
        elif not self._look(word, number):
            self._place(word, number)

    def _style_word(self, word: str, number: int | None) -> None:
        if self.group.kind == "styles":
            self.group = self.group._replace(kind="style")
            self.style, self.style_text, self.style_hides = 0, [], False
        if word in ("s", "cs", "ds", "ts") and number is not None:
            self.style = number if word == "s" else -number - 1
        elif word == "v":
            self.style_hides = number != 0

    def _look(self, word: str, number: int | None) -> bool:
        """Take a word that says how text looks."""
        on = number != 0
        if word == "v":
            self.group = self.group._replace(hidden=on)
        elif word == "deleted":
            self.group = self.group._replace(deleted=on)
        elif word == "b":
            self.group = self.group._replace(bold=on)
        elif word == "plain":
            self.group = self.group._replace(hidden=False, deleted=False, bold=False)
        elif word == "cs" and number is not None:
            self.group = self.group._replace(hidden=self.group.hidden or self.styles.get(-number - 1, ("", False))[1])
        elif word == "uc" and number is not None:
            self.group = self.group._replace(skip=max(0, min(number, 9)))
        elif word == "ansicpg" and number is not None:
            self.page = _page(number)
        elif word in ("mac", "pc", "pca"):
            self.page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            return False
        return True

    def _place(self, word: str, number: int | None) -> None:
        """Take a word that says where text stands."""
        if word in ("par", "sect", "page"):
            self._paragraph()
        elif word == "pard":
            self._plain()
        elif word == "intbl":
            self.depth = max(self.depth, 1)
        elif word == "itap" and number is not None:
            self.depth = min(max(number, 0), self.limits.depth)
        elif word == "outlinelevel" and number is not None:
            self.outline = number + 1
        elif word == "ls" and number:
            self.listed = True
        elif word == "s" and number is not None:
            self.name, self.by_style = self.styles.get(number, ("", False))
        else:
            self._of_table(word, number)

    def _of_table(self, word: str, number: int | None) -> None:
        """Take a word that says how a table stands."""
        if word in ("cell", "nestcell"):
            self.depth = max(self.depth, 1) if word == "cell" else max(self.depth, 2)
            self._cell(1 if word == "cell" else self.depth)
        elif word in ("row", "nestrow"):
            self._end_row(1 if word == "row" else max(self.depth, 2))
        elif word == "trowd":
            self._row()
        elif word == "trhdr":
            self.header = True
        elif word == "clmrg":
            self.joined = True
        elif word == "clvmrg":
            self.continues = True
        elif word == "cellx" and number is not None:
            self.bounds.append(_Bound(number, self.joined, self.continues))
            self.joined = self.continues = False

    def _plain(self) -> None:
        self.depth, self.outline, self.listed, self.name, self.by_style = 0, 0, False, "", False

    def _row(self) -> None:
        self.bounds: list[_Bound] = []
        self.header = self.joined = self.continues = False

    def _byte(self, value: int) -> None:
        if self.skipping:
            self.skipping -= 1
        else:
            self.raw.append(value)

    def _flush(self) -> None:
        self.skipping = 0
        if self.raw:
            text = self.raw.decode(self.page, "replace")
            self.raw = bytearray()
            self._put(text)

    def _number(self, number: int) -> None:
        """A character given by its number; the high half of a pair waits for the low one."""
        value = number + 65536 if number < 0 else number
        if self.high and 0xDC00 <= value < 0xE000:
            self._put(chr(0x10000 + ((self.high - 0xD800) << 10) + (value - 0xDC00)))
            self.high = 0
        elif 0xD800 <= value < 0xDC00:
            self.high = value
        elif value < 0x110000 and value not in _SURROGATE:
            self._put(chr(value))
        self.skipping = self.group.skip

    def _put(self, text: str) -> None:
        if self.group.kind == "style":
            self.style_text.append(text)
        elif self.group.kind in ("", "around") and not (self.group.hidden or self.group.deleted or self.by_style):
            self.pieces.append(text)
            weight = len(text.strip())
            self.bolds[0] += weight if self.group.bold else 0
            self.bolds[1] += weight

    def _paragraph(self) -> None:
        """End a paragraph, in the text or in the cell that is open."""
        if self.group.kind == "around":
            self.pieces.append("\n")
            return
        if self.group.kind:
            return
        text = "".join(self.pieces)
        bold = self.bolds[0] == self.bolds[1] > 0
        self.pieces, self.bolds = [], [0, 0]
        self._close(self.depth)
        if text.strip():
            self._into(self.depth).append(self._item(text, bold))

    def _item(self, text: str, bold: bool) -> FlowItem:
        heading = _HEADING.match(self.name)
        words = text.split()
        if len(text) <= 200 and (heading or 0 < self.outline < 7 or self.name.lower() in ("title", "subtitle")):
            return FlowItem("heading", text, int(heading[1]) if heading else self.outline or 1)
        if bold and not self.depth and len(words) <= 10 and len(text) <= 80 and text.rstrip()[-1] not in ".;,":
            return FlowItem("heading", text, 7)
        return FlowItem("bullet" if self.listed else "text", text)

    def _into(self, depth: int) -> list[FlowItem | FlowTable]:
        while len(self.levels) < depth:
            self.levels.append(_Level())
        return self.levels[depth - 1].content if depth else self.body

    def _cell(self, depth: int) -> None:
        text = "".join(self.pieces)
        self.pieces, self.bolds = [], [0, 0]
        self._close(depth)
        content = self._into(depth)
        if text.strip():
            content.append(self._item(text, False))
        level = self.levels[depth - 1]
        level.cells.append(level.content)
        level.content = []

    def _end_row(self, depth: int) -> None:
        self._into(depth)
        level = self.levels[depth - 1]
        if level.cells:
            level.rows.append((level.cells, self.bounds, self.header))
        level.cells, level.content = [], []

    def _close(self, depth: int) -> None:
        """End the tables that are nested deeper."""
        while len(self.levels) > depth:
            level = self.levels.pop()
            if level.cells:
                level.rows.append((level.cells, [], False))
            if level.rows:
                self._into(len(self.levels)).append(FlowTable(_grid(level.rows)))
            self._into(len(self.levels)).extend(level.content)


def _grid(rows: Sequence[tuple[list[list[FlowItem | FlowTable]], list[_Bound], bool]]) -> list[list[FlowCell]]:
    """The rows of a table, each cell over as many columns as stand between where it begins and ends."""
    ends = sorted({bound.end for _, bounds, _ in rows for bound in bounds})
    found = []
    for cells, bounds, header in rows:
        row: list[FlowCell] = []
        before = -1
        for place, content in enumerate(cells):
            bound = bounds[place] if place < len(bounds) else None
            at = ends.index(bound.end) if bound else before + 1
            span = max(1, min(at - before, _MOST))
            before = max(at, before)
            if bound and bound.joined and row:
                row[-1] = row[-1]._replace(span=row[-1].span + span, content=[*row[-1].content, *content])
            else:
                row.append(FlowCell(content, span, header, bool(bound and bound.continues)))
        found.append(row)
    return found


def _page(number: int) -> str:
    try:
        return codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
    except LookupError:
        return "cp1252"


def _tokens(text: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Words with their number, bytes, escaped signs, braces and runs of text. What `\\bin` brings along is passed over."""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return
        at = match.end()
        if match[1] == "bin" and match[2]:
            at += max(0, int(match[2]))
            continue
        yield match[1] or "", match[2] or "", match[3] or "", match[4] or "", match[5] or "", match[6] or ""
