"""Web pages: what a person sees of them, and the JobPosting that they carry for machines. Nothing is run or fetched."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml import etree

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits

_HIDDEN = {
    "script", "style", "template", "head", "svg", "iframe", "object", "embed", "noscript", "noframes", "button", "select",
    "option", "input", "textarea", "canvas", "audio", "video", "map", "math", "datalist", "dialog", "nav",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr",
    "o:p", "st1:place",
}  # fmt: skip
_AROUND = {"footer"}
_BOLD = {"b", "strong"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADING = re.compile(r"h([1-6])$")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{2000,}")
_ATTRIBUTE = re.compile(r"\s[^\s=<>\"']+\s*=")
MOST_ATTRIBUTES = 500  # of one element: the parser's time grows with their square
_SHEET = 200_000  # characters of a style sheet that are looked at
_REMARK = re.compile(r"/\*.*?\*/", re.S)
_ON_SOME = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[.#][A-Za-z_][\w-]*")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


def charset_of(raw: bytes) -> str:
    """The encoding that a page states, or ""."""
    found = _CHARSET.search(raw[:5000])
    return found[1].decode("ascii", "replace") if found else ""


def parse(text: str, source: str) -> Any:
    """The tree of a page, or of a piece of one. Raises InputError where nothing can be made of it."""
    if any(len(_ATTRIBUTE.findall(tag[0])) > MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise problem(source, f"an element of the page has more than {MOST_ATTRIBUTES} attributes; no page is made so")
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(_XML_HEAD.sub("", text.replace("\x00", "")) or " ", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise problem(source, "the document holds no text", None, "is it the right file?") from None


def scripts(root: Any, kind: str) -> list[str]:
    """The contents of the scripts of a type, which are data and are never run."""
    return [
        item.text or ""
        for item in root.iter("script")
        if (item.get("type") or "").split(";")[0].strip().lower() == kind
    ]


def page_title(root: Any) -> str:
    """The title of a page."""
    return " ".join((root.findtext(".//title") or "").split())


def main_part(root: Any) -> Any | None:
    """The part of a page that it calls its main one."""
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if len(found) == 1:
            return found[0]
    return None


def flow_of(root: Any, source: str, limits: Limits) -> list[FlowItem | FlowTable]:
    """What a page, or a part of it, shows."""
    walker = _Walker(source, limits)
    sheets = [item.text or "" for item in root.getroottree().iter("style")]
    walker.hidden = frozenset(name for sheet in sheets for name in _hidden_names(sheet[:_SHEET]))
    return walker.flow(root, 0)


def _hidden_names(sheet: str) -> list[str]:
    """The classes and ids whose elements a style sheet does not show, whatever the page is shown on."""
    rules = _ON_SOME.sub("", _REMARK.sub("", sheet))
    return [
        found[0]
        for match in _RULE.finditer(rules)
        if _UNSEEN.search(match[2])
        for selector in match[1].split(",")
        if (found := _SIMPLE.fullmatch(selector.strip()))
    ]


def _names(element: Any) -> list[str]:
    """The class names and the id of an element, as a style sheet writes them."""
    names = [f".{name}" for name in (element.get("class") or "").split()]
    return [*names, f"#{element.get('id')}"] if element.get("id") else names


class _Walker:
    """Walks a page: inline text gathers until a block begins or ends."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.cells = 0
        self.hidden: frozenset[str] = frozenset()

    def flow(self, element: Any, depth: int, kind: str = "text") -> list[FlowItem | FlowTable]:
        """The parts of a block-level element."""
        line = _InlineText(kind)
        self._into(element, line, depth, False, False)
        line.end()
        return line.found

    def _into(self, element: Any, line: _InlineText, depth: int, bold: bool, kept: bool) -> None:
        if depth > self.limits.depth * 3:
            raise problem(self.source, f"the page is nested more than {self.limits.depth * 3} levels deep")
        line.add(element.text, bold, kept)
        for child in element:
            self._child(child, line, depth + 1, bold, kept)
            line.add(child.tail, bold, kept)

    def _child(self, child: Any, line: _InlineText, depth: int, bold: bool, kept: bool) -> None:
        name = child.tag if isinstance(child.tag, str) else ""
        if not name or name in _HIDDEN or child.get("hidden") is not None or _UNSEEN.search(child.get("style") or ""):
            return
        if self.hidden and not self.hidden.isdisjoint(_names(child)):
            return
        heading = _HEADING.match(name)
        if name == "br":
            line.newline()
        elif name in _INLINE:
            self._into(child, line, depth, bold or name in _BOLD, kept)
        elif heading:
            line.end()
            words = " ".join(_said(self.flow(child, depth)).split())
            line.found.append(FlowItem("heading", words, int(heading[1])))
        elif name == "table":
            line.end()
            line.found.append(self._table(child, depth))
        elif name == "dl":
            line.end()
            line.found.append(self._pairs(child, depth))
        elif name in _AROUND:
            line.end()
            line.found += [
                FlowItem("header", _said([item])) for item in self.flow(child, depth) if _said([item]).strip()
            ]
        else:
            line.end()
            before, line.kind = (
                line.kind,
                "bullet" if name == "li" else "text" if name not in ("p", "div", "span") else line.kind,
            )
            self._into(child, line, depth, bold, kept or name == "pre")
            line.end()
            line.kind = before

    def _table(self, table: Any, depth: int) -> FlowTable:
        rows: list[list[FlowCell]] = []
        waiting: dict[int, int] = {}  # column -> rows for which a cell above still spans it
        for row in table.iterfind("./tr") if table.find("./tr") is not None else table.xpath("./*/tr"):
            cells: list[FlowCell] = []
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while waiting.get(column, 0) > 0:
                    cells.append(FlowCell((), 1, False, True))
                    waiting[column] -= 1
                    column += 1
                span, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
                for at in range(column, column + span):
                    waiting[at] = down - 1
                content = self.flow(cell, depth + 1)
                cells.append(FlowCell(content, span, cell.tag == "th" or row.getparent().tag == "thead"))
                column += span
            self.cells += len(cells)
            if self.cells > self.limits.cells:
                raise problem(self.source, f"its tables hold more than {self.limits.cells:,} cells")
            rows.append(cells)
        return FlowTable(rows)

    def _pairs(self, listing: Any, depth: int) -> FlowTable:
        rows: list[list[FlowCell]] = []
        for item in listing.iter("dt", "dd"):
            cell = FlowCell(self.flow(item, depth + 1))
            if item.tag == "dd" and rows and len(rows[-1]) == 1:
                rows[-1].append(cell)
            else:
                rows.append([cell])
        return FlowTable(rows)


class _InlineText:
    """Inline text on its way to become an item."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.found: list[FlowItem | FlowTable] = []
        self.pieces: list[str] = []
        self.bold = 0
        self.all = 0

    def add(self, text: str | None, bold: bool, kept: bool) -> None:
        if not text:
            return
        text = text if kept else _SPACE.sub(" ", text)
        if not kept and text[0] == " " and (not self.pieces or self.pieces[-1][-1:] in " \n"):
            text = text[1:]
        if text:
            self.pieces.append(text)
            weight = len(text.strip(" :\u00a0"))
            self.all += weight
            self.bold += weight if bold else 0

    def newline(self) -> None:
        self.pieces.append("\n")
        if self.all and self.bold == self.all:  # a line in bold, then the text: the line is a heading
            self.end()

    def end(self) -> None:
        text = "".join(self.pieces).strip(" \n")
        if text.strip():
            plain = text.strip("\u00a0 ")
            bold = (
                self.bold == self.all > 0 and len(plain) <= 80 and len(plain.split()) <= 10 and plain[-1] not in ".;,"
            )
            if bold and self.kind != "bullet" and "\n" not in plain:
                self.found.append(FlowItem("heading", text, 7))
            else:
                self.found.append(FlowItem(self.kind, text))
                self.kind = "text" if self.kind == "bullet" else self.kind
        self.pieces, self.bold, self.all = [], 0, 0


def _said(flow: list[FlowItem | FlowTable]) -> str:
    from gapcheck.jobdesc.reading.flow import words_of

    return words_of(flow)


def _number(text: str | None) -> int:
    return max(1, min(int(text), 50)) if text and text.strip().isdigit() else 1
