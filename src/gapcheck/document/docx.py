"""Word: real styles and headings, a contents table, captions with numbers that count, tables with header rows."""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu
from lxml import etree

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import Document, spreads
from gapcheck.document.docx_body import Body
from gapcheck.document.docx_styles import prepare
from gapcheck.document.docx_xml import W, element, field_runs
from gapcheck.document.receipt import sealing

_RECEIPT = "urn:gapcheck:receipt"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST = 60_000_000  # bytes that a report may unpack to
SHORT = 90  # characters of the title in the head of the page


def render(answer: Answer, look: Look) -> bytes:
    """The document of an answer as a Word file, its receipt in a part of its own."""
    word = _word(answer.document(look.full))
    receipt = sealing(answer)(_print([word.element.body]))
    if receipt:
        _embed(word, receipt)
    stream = io.BytesIO()
    word.save(stream)
    return _settled(stream.getvalue())


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
    root = etree.Element(f"{{{_RECEIPT}}}receipt")
    root.text = receipt
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/customXml/gapcheck.xml"), "application/xml", blob, word.part.package)
    word.part.relate_to(part, _CUSTOM)


def _settled(raw: bytes) -> bytes:
    """The same file with times that do not move, so that the same report has the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, old.read(entry))
    return stream.getvalue()


def _part(raw: bytes, wanted: str) -> list[bytes]:
    """The parts of a Word file whose name begins so. Raises ValueError for what is no such file, or unpacks too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.startswith(wanted)]
            if sum(entry.file_size for entry in entries) > _MOST:
                raise ValueError("it unpacks to more than a report holds")
            return [archive.read(entry) for entry in entries]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise ValueError("it is not a Word file") from error


def _parsed(blob: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("a part of it is not XML") from error


def embedded(raw: bytes) -> str:
    """The receipt in a Word file. Raises ValueError where there is none."""
    for blob in _part(raw, "customXml/"):
        root = _parsed(blob)
        if root.tag == f"{{{_RECEIPT}}}receipt":
            return str(root.text or "")
    raise ValueError("it carries no receipt")


def fingerprint(raw: bytes) -> str:
    """The hash of the words of the text. The contents table is left out: a program fills in its page numbers."""
    return _print([_parsed(blob) for blob in _part(raw, "word/document.xml")])


def _print(roots: Iterable[Any]) -> str:
    words = []
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            if next(paragraph.iterancestors(f"{W}sdt"), None) is None:
                words += ["".join(text.itertext()) for text in paragraph.iter(f"{W}t")]
    return hashlib.sha256("".join("".join(words).split()).encode()).hexdigest()
