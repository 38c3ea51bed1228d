"""Word documents: headers, body, text boxes, content controls, tables and footnotes, with tracked changes accepted.

The XML is read directly, because the libraries for Word files leave out text boxes, content controls and tracked changes.
Nothing in the file is run or fetched.
"""

from __future__ import annotations

import re
from typing import Any

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.archive import Archive, attribute, local
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.text import TextDocument

_DROPPED = {
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "rt",
    "Fallback",
    "pPr",
    "rPr",
    "sectPr",
    "annotationRef",
}
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0FB": "✗", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F0B7": "•", "F0A7": "▪"}
_LEVEL = re.compile(r"heading ?(\d)", re.I)


def read_docx(archive: Archive, source: str, limits: Limits) -> TextDocument:
    """The document in a Word file. Raises InputError for one that is damaged, hostile or holds macros."""
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        raise problem(source, "the file holds macros (.docm)", None, "save it as .docx, without macros")
    main = main_part(archive)
    if main is None:
        raise problem(source, "this is an Office file but no Word document", None, "give a .docx file")
    reader = _DocxReader(archive, source, limits, main.rpartition("/")[0])
    builder = TextBuilder(source, limits)
    body = reader.flow(archive.tree(main), 0)
    builder.flow([FlowItem("header", text) for text in reader.around("header")])
    builder.flow(body)
    builder.flow(reader.notes())
    builder.flow([FlowItem("header", text) for text in reader.around("footer")])
    return builder.document("docx", notes=tuple(dict.fromkeys(reader.notes_of)))


def text_of_body(archive: Archive, source: str, limits: Limits, main: str, tree: Any) -> list[list[tuple[str, Any]]]:
    """The paragraphs of a body (`tree`: of the part `main`) as they are read, each as pieces of text with their elements."""
    reader = _DocxReader(archive, source, limits, main.rpartition("/")[0])
    reader.flow(tree, 0)
    return [pieces for pieces in reader.paragraphs if pieces]


def main_part(archive: Archive) -> str | None:
    """The name of the part that holds the document."""
    if "_rels/.rels" in archive.names:
        for link in archive.tree("_rels/.rels"):
            if attribute(link, "Type").endswith("/officeDocument"):
                name = attribute(link, "Target").lstrip("/")
                if name in archive.names and name.endswith(".xml") and not name.startswith(("xl/", "ppt/")):
                    return name
    return "word/document.xml" if "word/document.xml" in archive.names else None


class _DocxReader:
    def __init__(self, archive: Archive, source: str, limits: Limits, folder: str) -> None:
        self.archive, self.source, self.limits, self.folder = archive, source, limits, folder
        self.styles = self._styles()
        self.hidden = self._hidden_styles()
        self.notes_of: list[str] = []  # what was not read
        self.paragraphs: list[list[tuple[str, Any]]] = []  # of what was read: its pieces of text, each with its element

    def around(self, kind: str) -> list[str]:
        """The text of the page headers, or footers; each once."""
        pattern = re.compile(rf"{re.escape(self.folder)}/{kind}\d*\.xml$")
        found: dict[str, None] = {}
        for name in sorted(filter(pattern.match, self.archive.names)):
            for item in _items(self.flow(self.archive.tree(name), 0)):
                found[item.text] = None
        return list(found)

    def notes(self) -> list[FlowItem]:
        """Footnotes and endnotes."""
        found = []
        for name in (f"{self.folder}/footnotes.xml", f"{self.folder}/endnotes.xml"):
            if name in self.archive.names:
                for note in self.archive.tree(name):
                    if attribute(note, "type") in ("", "normal"):
                        found += _items(self.flow(note, 0))
        return [item._replace(kind="paragraph") for item in found]

    def _styles(self) -> dict[str, tuple[str, bool]]:
        """The name of each style, and whether it is a list's."""
        name = f"{self.folder}/styles.xml"
        found = {}
        if name in self.archive.names:
            for style in self.archive.tree(name):
                if local(style) == "style":
                    parts = {local(item): item for item in style.iter()}
                    shown = attribute(parts["name"], "val") if "name" in parts else ""
                    level = attribute(parts["outlineLvl"], "val") if "outlineLvl" in parts else ""
                    if level.isdigit() and int(level) < 6 and not _LEVEL.match(shown):
                        shown = f"heading {int(level) + 1}"
                    found[attribute(style, "styleId")] = (shown, "numPr" in parts)
        return found

    def _hidden_styles(self) -> frozenset[str]:
        """The styles whose text is hidden, by themselves or by the style that they rest on."""
        name = f"{self.folder}/styles.xml"
        said: dict[str, bool | None] = {}
        rests: dict[str, str] = {}
        for style in self.archive.tree(name) if name in self.archive.names else ():
            if local(style) != "style":
                continue
            key = attribute(style, "styleId")
            for child in style:
                if local(child) == "basedOn":
                    rests[key] = attribute(child, "val")
                elif local(child) == "rPr" and any(local(item) == "vanish" for item in child):
                    said[key] = _on(child, "vanish")
        found = set()
        for key in {*said, *rests}:
            at, steps = key, 0
            while at not in said and at in rests and steps < 20:
                at, steps = rests[at], steps + 1
            if said.get(at):
                found.add(key)
        return frozenset(found)

    def _other(self, chunk: Any) -> list[FlowItem | FlowTable]:
        """What a part in another format says that Word takes in when it opens the file."""
        from gapcheck.jobdesc.reading.html import flow_of, parse
        from gapcheck.jobdesc.reading.mail import body_of, is_mail

        links = f"{self.folder}/_rels/document.xml.rels"
        target = ""
        for link in self.archive.tree(links) if links in self.archive.names else ():
            if attribute(link, "Id") == attribute(chunk, "id"):
                target = attribute(link, "Target")
        name = target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
        raw = self.archive.read(name) if name in self.archive.names else b""
        start = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
        text, page = raw.decode("utf-8", "replace"), start.startswith(b"<")
        if is_mail(raw):
            text, page, _ = body_of(raw, self.source)
        elif not raw or start.startswith((b"PK", b"{\\rtf")):
            self.notes_of.append("a part of the file in another format was not read: open it in Word and save it again")
            return []
        return flow_of(parse(text, self.source), self.source, self.limits) if page else [FlowItem("text", text)]

    def flow(self, parent: Any, depth: int) -> list[FlowItem | FlowTable]:
        """What a body, cell, text box or header holds."""
        if depth > self.limits.depth:
            raise problem(self.source, f"the file is nested more than {self.limits.depth} levels deep")
        found: list[FlowItem | FlowTable] = []
        for element in parent:
            name = local(element)
            if name == "p":
                found += self._paragraph(element, depth)
            elif name == "tbl":
                found.append(self._table(element, depth))
            elif name == "altChunk":
                found += self._other(element)
            elif name not in _DROPPED and name not in ("tblPr", "tcPr", "sdtPr"):
                found += self.flow(element, depth + 1)
        return found

    def _paragraph(self, paragraph: Any, depth: int) -> list[FlowItem | FlowTable]:
        pieces: list[tuple[str, Any]] = []
        bold = [0, 0]  # characters in bold, characters
        boxes: list[FlowItem | FlowTable] = []
        properties = next((child for child in paragraph if local(child) == "pPr"), None)
        if self.hidden and properties is not None and self._by_style(properties, "pStyle"):
            return []
        place = len(self.paragraphs)
        self.paragraphs.append([])  # before those of its boxes
        self._runs(paragraph, pieces, bold, boxes, depth)
        text = "".join(piece for piece, _ in pieces)
        if not text.strip():
            return boxes
        self.paragraphs[place] = pieces
        kind, level = self._kind(paragraph, text, bold[0] == bold[1] > 0)
        return [FlowItem(kind, text.rstrip("\n"), level), *boxes]

    def _runs(
        self,
        element: Any,
        pieces: list[tuple[str, Any]],
        bold: list[int],
        boxes: list[FlowItem | FlowTable],
        depth: int,
    ) -> None:
        if depth > self.limits.depth:
            raise problem(self.source, f"the file is nested more than {self.limits.depth} levels deep")
        strong = False
        for child in element:
            name = local(child)
            if name == "rPr":
                direct = any(local(item) == "vanish" for item in child)
                if _on(child, "vanish") or (not direct and self.hidden and self._by_style(child, "rStyle")):
                    return
                strong = _on(child, "b")
            elif name == "t":
                text = (child.text or "").replace("\n", " ")
                pieces.append((text, child))
                weight = len(text.strip())
                bold[0] += weight if strong else 0
                bold[1] += weight
            elif name in ("br", "cr"):
                pieces.append(("\n", child))
            elif name == "tab":
                pieces.append(("\t", child))
            elif name == "noBreakHyphen":
                pieces.append(("\u2011", child))
            elif name == "softHyphen":
                pieces.append(("\u00ad", child))
            elif name == "sym":
                pieces.append((_SYMBOLS.get(attribute(child, "char").upper(), ""), child))
            elif name == "txbxContent":
                boxes += self.flow(child, depth + 1)
            elif name not in _DROPPED:
                self._runs(child, pieces, bold, boxes, depth + 1)

    def _by_style(self, properties: Any, name: str) -> bool:
        return any(local(item) == name and attribute(item, "val") in self.hidden for item in properties)

    def _kind(self, paragraph: Any, text: str, bold: bool) -> tuple[str, int]:
        properties = next((child for child in paragraph if local(child) == "pPr"), None)
        style, listed, level = "", False, ""
        for child in properties if properties is not None else ():
            name = local(child)
            if name == "pStyle":
                style, listed = self.styles.get(attribute(child, "val"), (attribute(child, "val"), False))
            elif name == "numPr":
                listed = not any(local(item) == "numId" and attribute(item, "val") == "0" for item in child)
            elif name == "outlineLvl":
                level = attribute(child, "val")
        heading = _LEVEL.match(style)
        if heading and len(text) <= 200:
            return "heading", int(heading[1])
        if style.lower() in ("title", "subtitle") and len(text) <= 200:
            return "heading", 1 if style.lower() == "title" else 2
        if level.isdigit() and int(level) < 6 and len(text) <= 200:
            return "heading", int(level) + 1
        words = text.split()
        if (
            bold
            and len(words) <= 10
            and len(text) <= 80
            and text.rstrip()[-1] not in ".;,"
            and "\n" not in text.strip()
        ):
            return "heading", 7
        return ("bullet" if listed or style.lower().startswith("list") else "text"), 0

    def _table(self, table: Any, depth: int) -> FlowTable:
        rows = []
        for row in _children(table, "tr"):
            properties = next((child for child in row if local(child) == "trPr"), None)
            names = {local(child) for child in properties} if properties is not None else set()
            if "del" in names:
                continue
            cells = []
            for child in properties if properties is not None else ():
                if local(child) == "gridBefore" and attribute(child, "val").isdigit():
                    cells.append(FlowCell((), min(int(attribute(child, "val")), 50)))
            cells += [self._cell(cell, "tblHeader" in names, depth) for cell in _children(row, "tc")]
            rows.append(cells)
        return FlowTable(rows)

    def _cell(self, cell: Any, header: bool, depth: int) -> FlowCell:
        span, continues = 1, False
        for item in next((child for child in cell if local(child) == "tcPr"), ()):
            if local(item) == "gridSpan" and attribute(item, "val").isdigit():
                span = max(1, min(int(attribute(item, "val")), 50))
            elif local(item) == "vMerge":
                continues = attribute(item, "val") != "restart"
        return FlowCell(self.flow(cell, depth + 1), span, header, continues)


def _children(parent: Any, name: str) -> list[Any]:
    """The rows of a table or the cells of a row, also those within content controls and insertions."""
    found = []
    for child in parent:
        if local(child) == name:
            found.append(child)
        elif local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            found += _children(child, name)
    return found


def _on(properties: Any, name: str) -> bool:
    return any(local(item) == name and attribute(item, "val") not in ("0", "false", "off") for item in properties)


def _items(flow: list[FlowItem | FlowTable]) -> list[FlowItem]:
    found = []
    for item in flow:
        if isinstance(item, FlowItem):
            found.append(item)
        else:
            for row in item.rows:
                for cell in row:
                    found += _items(list(cell.content))
    return found
