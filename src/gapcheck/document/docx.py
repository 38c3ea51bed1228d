"""Word: real styles and headings, a contents table, captions with numbers that count, tables with header rows."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import Document, spreads
from gapcheck.document.docx_body import Body
from gapcheck.document.docx_styles import prepare
from gapcheck.document.docx_xml import W, element, field_runs
from gapcheck.document.package import CUSTOM, RECEIPT_PART, beyond, embedded, parsed, parts_of, receipt_xml, settled
from gapcheck.document.receipt import sealing

__all__ = ["beyond", "embedded", "fingerprint", "render"]

SHORT = 90  # characters of the title in the head of the page


def render(answer: Answer, look: Look) -> bytes:
    """The document of an answer as a Word file, its receipt in a part of its own."""
    word = _word(answer.document(look.full))
    receipt = sealing(answer)(_print([word.element.body]))
    if receipt:
        _embed(word, receipt)
    stream = io.BytesIO()
    word.save(stream)
    return settled(stream.getvalue())


def _word(document: Document) -> Word:
    word = docx.Document()
    prepare(word, document.language)
    _properties(word, document)
    _margins(word.sections[0], False)
    body = Body(word, document)
    body.opening()
    for number, (landscape, blocks) in enumerate(spreads(document)):
        if number or landscape:
            _margins(word.add_section(WD_SECTION.NEW_PAGE), landscape)
            body.turn = False
        for block in blocks:
            body.add(block)
    _header_and_footer(word, document)
    return word


def _margins(section: Any, landscape: bool) -> None:
    short, long = Emu(7560310), Emu(10692130)  # A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Emu(720000)


def _properties(word: Word, document: Document) -> None:
    day = datetime.datetime.fromisoformat(document.date or "2000-01-01")
    about = word.core_properties
    about.title, about.author, about.subject = document.title[:250], document.author, document.subject[:250]
    about.language, about.comments, about.keywords = document.language, "", ""
    about.last_modified_by, about.revision = document.author, 1
    about.created = about.modified = day


def _header_and_footer(word: Word, document: Document) -> None:
    title = document.title if len(document.title) <= SHORT else f"{document.title[:SHORT].rstrip()}…"
    for number, section in enumerate(word.sections):
        width = int((section.page_width or 0) - 2 * 720000) // 635
        for part in (section.header, section.footer):
            part.is_linked_to_previous = False
            paragraph = part.paragraphs[0]
            stops = element("w:tabs", children=[element("w:tab", {"w:val": "right", "w:pos": str(width)})])
            paragraph._p.get_or_add_pPr().append(stops)
        section.header.paragraphs[0].add_run(title)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{document.author}{', ' + document.date if document.date else ''}\tPage ")
        for code, shown in (("PAGE", str(number + 1)), ("NUMPAGES", str(len(word.sections)))):
            if code == "NUMPAGES":
                foot.add_run(" of ")
            for run in field_runs(code, shown):
                foot._p.append(run)


def _embed(word: Word, receipt: str) -> None:
    """The receipt as a part of the file that programs keep when they save it."""
    part = Part(PackURI(f"/{RECEIPT_PART}"), "application/xml", receipt_xml(receipt), word.part.package)
    word.part.relate_to(part, CUSTOM)


def fingerprint(raw: bytes) -> str:
    """The hash of the words of the text. The contents table is left out: a program fills in its page numbers."""
    return _print([parsed(blob) for name, blob in parts_of(raw).items() if name == "word/document.xml"])


def _print(roots: Iterable[Any]) -> str:
    words = []
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            if next(paragraph.iterancestors(f"{W}sdt"), None) is None:
                words += ["".join(text.itertext()) for text in paragraph.iter(f"{W}t")]
    return hashlib.sha256("".join("".join(words).split()).encode()).hexdigest()
