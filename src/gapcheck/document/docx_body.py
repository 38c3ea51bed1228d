"""The body of the Word face: each block as paragraphs, tables and fields."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Emu
from docx.text.paragraph import Paragraph as Words

from gapcheck.document.blocks import (
    Block,
    Contents,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    PageBreak,
    Paragraph,
    Run,
    Table,
    anchors,
    labels,
    shown,
    text_of,
)
from gapcheck.document.docx_xml import bookmarked, element, field_runs, text_run

_STYLES = {"": "Normal", "lead": "Lead", "note": "Note", "status": "Status", "label": "Label", "apart": "Normal"}
_TONES = {
    "blocked": ("8F1D14", "FBE9E7"), "barred": ("8F1D14", "FBE9E7"), "restricted": ("6B4700", "FDF1D8"), "arrange": ("6B4700", "FDF1D8"),
    "available": ("6B4700", "FDF1D8"), "risky": ("6A2178", "F6E8F9"), "unknown": ("0A5563", "E0F3F6"),
    "clear": ("1A5C2A", "E5F4E8"), "open": ("1A5C2A", "E5F4E8"),
}  # fmt: skip
_HEAD = "EEF1F5"
_TOGETHER = 7  # a table of so few rows stays on one page, with its heading
_SHORT = 2_500  # unless there is more than so many letters in it


class Body:
    """Writes blocks into a Word document, in order."""

    def __init__(self, word: Word, document: Document) -> None:
        self.word = word
        self.document = document
        self.turn = False  # whether what comes next begins a page
        self.styles = {str(style.name): str(style.style_id) for style in word.styles}
        self.names = labels(document)
        self.anchors = {id(heading): anchor for heading, anchor in anchors(document)}
        targets = [*self.anchors.values(), *(name for name in self.names if name not in self.anchors.values())]
        self.marks = {name: f"_Ref{number:06d}" for number, name in enumerate(targets, 1)}

    def _paragraph(self, style: str, text: str = "") -> Words:
        """A paragraph at the end of the document (python-docx looks a style up anew for each, which takes its time)."""
        settings = [element("w:pStyle", {"w:val": self.styles[style]})]
        if self.turn:
            settings.append(element("w:pageBreakBefore"))
            self.turn = False
        made = element("w:p", children=[element("w:pPr", children=settings)])
        if text:
            made.append(text_run(text))
        self.word.element.body.insert_element_before(made, "w:sectPr")
        return Words(made, self.word)

    def opening(self) -> None:
        """The title and what stands under it."""
        self._paragraph("Title", self.document.title)
        if self.document.subtitle:
            self._paragraph("Subtitle", self.document.subtitle)

    def add(self, block: Block) -> None:
        """One block."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._runs(self._paragraph(_STYLES[block.style])._p, block.inline)
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Facts):
            for term, texts in block.pairs:
                self._paragraph("Fact Term", term)
                for text in texts:
                    self._runs(self._paragraph("Fact Text")._p, text)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, Contents):
            self._contents(block)
        elif isinstance(block, PageBreak):
            self.turn = True

    def _heading(self, block: Heading) -> None:
        paragraph = self._paragraph(f"Heading {min(block.level, 6)}")
        self._mark(paragraph._p, self.anchors[id(block)], [text_run(block.text)])

    def _mark(self, paragraph: Any, name: str, inside: list[Any]) -> None:
        mark = self.marks[name]
        paragraph.extend(bookmarked(int(mark[4:]), mark, inside))

    def _runs(self, paragraph: Any, cells: Inline, bold: bool = False) -> None:
        for run in cells:
            made = self._made(run, bold)
            if run.ref and not run.text:
                paragraph.extend(
                    field_runs(f"REF {self.marks[run.ref]} \\h", shown(run, self.names), *_looks(run, bold))
                )
            elif run.ref:
                paragraph.append(element("w:hyperlink", {"w:anchor": self.marks[run.ref], "w:history": "1"}, [made]))
            elif run.link:
                target = self.word.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                paragraph.append(element("w:hyperlink", {"r:id": target, "w:history": "1"}, [made]))
            else:
                paragraph.append(made)

    def _made(self, run: Run, bold: bool) -> Any:
        looks = _looks(run, bold)
        if run.ref or run.link:
            looks.insert(0, element("w:rStyle", {"w:val": "Hyperlink"}))
        return text_run(shown(run, self.names), *looks)

    def _items(self, block: Items) -> None:
        number = self._fresh_number() if block.ordered else None
        for item in block.items:
            paragraph = self._paragraph("List Number" if block.ordered else "List Bullet")
            if number is not None:
                inside = [element("w:ilvl", {"w:val": "0"}), element("w:numId", {"w:val": str(number)})]
                paragraph._p.get_or_add_pPr().append(element("w:numPr", children=inside))
            self._runs(paragraph._p, item)

    def _fresh_number(self) -> int:
        """A numbering of its own for a list, so that it begins at 1."""
        numbering = self.word.part.numbering_part.element
        style = self.word.styles["List Number"].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(style).abstractNumId.val
        made = numbering.add_num(abstract)
        made.add_lvlOverride(0).add_startOverride(1)
        return int(made.numId)

    def _caption(self, kind: str, name: str, caption: str, keep: bool) -> None:
        paragraph = self._paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = keep
        number = self.names[name].split(" ")[1]
        self._mark(paragraph._p, name, [text_run(f"{kind} "), *field_runs(f"SEQ {kind} \\* ARABIC", number)])
        paragraph._p.append(text_run(f". {caption}"))

    def _figure(self, block: Figure) -> None:
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        section = self.word.sections[-1]
        room = int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
        picture = paragraph.add_run().add_picture(io.BytesIO(block.png()))
        most = int((section.page_height or 0) * 0.72)
        scale = min(room / picture.width, most / picture.height, 1)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        about = picture._inline.docPr
        about.set("descr", block.alt)
        about.set("name", self.names[block.id])
        self._caption("Figure", block.id, block.caption, False)
        if block.table:
            self._table(block.table)

    def _contents(self, block: Contents) -> None:
        """The contents: entries that are links, each with the number of its page, which the program that opens the file fills in.
        They stand in no field of their own: within one, some programs show them without numbers until somebody updates it."""
        entries = [(heading, anchor) for heading, anchor in anchors(self.document) if heading.level <= block.depth]
        paragraphs = [self._paragraph("Contents Title", "Contents")]
        for heading, anchor in entries:
            paragraph = self._paragraph(f"toc {min(heading.level, 3)}")
            paragraphs.append(paragraph)
            page = field_runs(f"PAGEREF {self.marks[anchor]} \\h", "", stale=True)
            inside = [text_run(heading.text), element("w:r", children=[element("w:tab")]), *page]
            paragraph._p.append(element("w:hyperlink", {"w:anchor": self.marks[anchor], "w:history": "1"}, inside))
        about = element("w:sdtPr", children=[element("w:alias", {"w:val": "Contents"})])
        content = element("w:sdtContent", children=[paragraph._p for paragraph in paragraphs])
        self.word.element.body.insert_element_before(element("w:sdt", children=[about, content]), "w:sectPr")

    def _table(self, block: Table) -> None:
        self._caption("Table", block.id, block.caption, True)
        section = self.word.sections[-1]
        room = int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)) // 635
        widths = [round(room * share) for share in block.shares]
        table = element("w:tbl")
        table.append(_table_properties(block, room))
        table.append(element("w:tblGrid", children=[element("w:gridCol", {"w:w": str(width)}) for width in widths]))
        table.append(self._row(block, block.header, widths, True, True))
        letters = sum(len(text_of(cell)) for row in block.rows for cell in row)
        together = len(block.rows) <= _TOGETHER and letters <= _SHORT
        for number, row in enumerate(block.rows, 1):
            table.append(self._row(block, row, widths, False, together and number < len(block.rows)))
        body = self.word.element.body
        body.insert_element_before(table, "w:sectPr")
        self._paragraph("Table Gap")

    def _row(self, block: Table, cells: tuple[Inline, ...], widths: list[int], head: bool, keep: bool) -> Any:
        row = element("w:tr")
        about = []
        tall = block.tall(cells)
        if not tall:
            about.append(element("w:cantSplit"))
        if head:
            about.append(element("w:tblHeader"))
        if about:
            row.append(element("w:trPr", children=about))
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            looks = [element("w:tcW", {"w:w": str(width), "w:type": "dxa"})]
            if head:
                looks.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _HEAD}))
            settings = [element("w:pStyle", {"w:val": "TableText"})]
            if keep and not tall:
                settings.append(element("w:keepNext"))
            if column in block.numeric:
                settings.append(element("w:jc", {"w:val": "right"}))
            paragraph = element("w:p", children=[element("w:pPr", children=settings)])
            self._runs(paragraph, cell, head)
            row.append(element("w:tc", children=[element("w:tcPr", children=looks), paragraph]))
        return row


def _looks(run: Run, bold: bool) -> list[Any]:
    looks = []
    if run.code:
        looks.append(element("w:rFonts", {"w:ascii": "Courier New", "w:hAnsi": "Courier New", "w:cs": "Courier New"}))
    if run.strong or bold:
        looks.append(element("w:b"))
    if run.emphasis:
        looks.append(element("w:i"))
    if run.tone in _TONES:
        ink, paper = _TONES[run.tone]
        looks.append(element("w:color", {"w:val": ink}))
        looks.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": paper}))
    return looks


def _table_properties(block: Table, room: int) -> Any:
    borders = element(
        "w:tblBorders",
        children=[
            element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C9D0D8"})
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ],
    )
    look = {"w:val": "04A0", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": str(int(block.row_headers)),
            "w:lastColumn": "0", "w:noHBand": "0", "w:noVBand": "1"}  # fmt: skip
    margins = element(
        "w:tblCellMar", children=[element(f"w:{side}", {"w:w": "80", "w:type": "dxa"}) for side in ("left", "right")]
    )
    caption = element("w:tblCaption", {"w:val": block.caption[:250]})
    return element(
        "w:tblPr",
        children=[
            element("w:tblStyle", {"w:val": "TableGrid"}),
            element("w:tblW", {"w:w": str(room), "w:type": "dxa"}),
            borders,
            element("w:tblLayout", {"w:type": "fixed"}),
            margins,
            element("w:tblLook", look),
            caption,
        ],
    )
