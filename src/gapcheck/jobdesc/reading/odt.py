"""OpenDocument texts: headings, paragraphs, lists, tables and text boxes, with tracked changes accepted."""

from __future__ import annotations

from typing import Any

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.archive import Archive, attribute, local
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowCell, FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.text import TextDocument

_DROPPED = {"tracked-changes", "annotation", "sequence-decls", "forms", "binary-data", "script", "event-listeners"}
_BLOCKS = {"p", "h", "list", "table", "text-box", "section"}
_MOST = 100  # repeated spaces and spanned columns


def read_odt(archive: Archive, source: str, limits: Limits) -> TextDocument:
    """The document in an OpenDocument text. Raises InputError for one that is damaged or encrypted."""
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise problem(source, "the file is encrypted", None, "save it without a password")
    root = archive.tree("content.xml")
    body = next((item for item in root if local(item) == "body"), None)
    if body is None:
        raise problem(source, "the file is damaged: it has no body")
    for part in ("styles.xml", "content.xml"):
        if part in archive.names:
            _drop_hidden(archive.tree(part) if part != "content.xml" else root, root)
    builder = TextBuilder(source, limits)
    builder.flow(_flow(body, source, limits, 0))
    return builder.document("odt")


def _drop_hidden(styles: Any, root: Any) -> None:
    """Take from a text what its styles hide: paragraphs, stretches and sections."""
    said: dict[str, bool] = {}
    rests: dict[str, str] = {}
    for style in styles.iter():
        if local(style) == "style":
            name = attribute(style, "name")
            rests[name] = attribute(style, "parent-style-name")
            for child in style:
                if local(child) == "text-properties" and attribute(child, "display"):
                    said[name] = attribute(child, "display") == "none"
    hidden = {name for name in rests if said.get(name, said.get(rests[name], False))}
    for element in list(root.iter()):
        name = local(element)
        by_style = name in ("p", "h", "span", "a") and attribute(element, "style-name") in hidden
        if by_style or (name == "section" and attribute(element, "display") == "none"):
            parent = element.getparent()
            if parent is not None:
                before = element.getprevious()
                if element.tail and before is not None:
                    before.tail = (before.tail or "") + element.tail
                elif element.tail:
                    parent.text = (parent.text or "") + element.tail
                parent.remove(element)


def _flow(parent: Any, source: str, limits: Limits, depth: int, bullet: bool = False) -> list[FlowItem | FlowTable]:
    if depth > limits.depth:
        raise problem(source, f"the file is nested more than {limits.depth} levels deep")
    found: list[FlowItem | FlowTable] = []
    for element in parent:
        name = local(element)
        if name in ("p", "h"):
            boxes: list[FlowItem | FlowTable] = []
            text = _text(element, source, limits, depth, boxes)
            level = attribute(element, "outline-level")
            kind = "heading" if name == "h" else "bullet" if bullet else "text"
            found += [FlowItem(kind, text, int(level) if level.isdigit() else 1), *boxes]
        elif name == "list":
            found += _flow(element, source, limits, depth + 1, True)
        elif name == "table":
            found.append(FlowTable(_rows(element, source, limits, depth)))
        elif name not in _DROPPED:
            found += _flow(element, source, limits, depth + 1, bullet)
    return found


def _text(element: Any, source: str, limits: Limits, depth: int, boxes: list[FlowItem | FlowTable]) -> str:
    if depth > limits.depth:
        raise problem(source, f"the file is nested more than {limits.depth} levels deep")
    pieces = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "s":
            count = attribute(child, "c")
            pieces.append(" " * (min(int(count), _MOST) if count.isdigit() else 1))
        elif name in ("tab", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name == "text-box":
            boxes += _flow(child, source, limits, depth + 1)
        elif name not in _DROPPED and name not in _BLOCKS:
            pieces.append(_text(child, source, limits, depth + 1, boxes))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _rows(table: Any, source: str, limits: Limits, depth: int) -> list[list[FlowCell]]:
    rows = []
    for child in table:
        name = local(child)
        if name in ("table-header-rows", "table-rows", "table-row-group"):
            rows += _rows(child, source, limits, depth)
        elif name == "table-row":
            header = local(table) == "table-header-rows"
            cells: list[FlowCell] = []
            for cell in child:
                if local(cell) in ("table-cell", "covered-table-cell"):
                    span = attribute(cell, "number-columns-spanned")
                    covered = local(cell) == "covered-table-cell"
                    content = [] if covered else _flow(cell, source, limits, depth + 1)
                    if covered and cells and cells[-1].span > 1:
                        continue
                    cells.append(FlowCell(content, min(int(span), _MOST) if span.isdigit() else 1, header, covered))
            rows.append(cells)
    return rows
