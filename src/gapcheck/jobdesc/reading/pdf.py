"""PDF documents: text in reading order, tables as tables, columns one after the other; a scan is refused with advice."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowItem, FlowTable
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.ocr import NOTE, recognised
from gapcheck.jobdesc.reading.pdf_page import PdfLine, filled_in, page_parts
from gapcheck.jobdesc.reading.text import TextDocument

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what is wrong with a file is said once, by us
_STREAM = re.compile(rb"stream\r?\n")
_WORST = 4  # layers of compression that are followed
_SCAN = 15  # letters on a page below which it counts as a picture
_DIVIDED = re.compile(r"([A-Za-z]+)[-\u2010\u00ad]\n[ \t]*([a-z]+)([^\s]*)[ \t]?")
_HYPHENED = frozenset(
    ["non", "self", "well", "multi", "full", "part", "long", "short", "high", "low", "post", "pre", "co", "x", "on", "off", "in",
     "cross", "evidence", "patient", "dose", "hand", "face", "half", "first", "second", "third", "fast", "team", "problem"]
)  # fmt: skip
_TRIED, _SLACK = 12, 4000  # lines of a page that may tell where it begins; characters of tables that no line counts
_EDGE = 2  # lines at the top and foot of a page that may be its header and footer
_SCANNED = (
    "give the text itself, or run text recognition over it (for example `ocrmypdf`) and give the result; or use --ocr, with "
    "tesseract installed"
)
_AGAIN = "open it in the program that made it and save it again, or as plain text"


def read_pdf(raw: bytes, source: str, limits: Limits) -> TextDocument:
    """The document in a PDF. Raises InputError for one that is damaged, encrypted, scanned or hostile."""
    _refuse_bomb(raw, source, limits)
    try:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            count = len(pdf.pages)
            if count > limits.pages:
                raise problem(source, f"the document has {count} pages; at most {limits.pages} are read")
            pages: list[list[PdfLine | FlowTable]] = []
            letters = pictures = blind = 0
            columns = None
            for page in pdf.pages:
                found = sum(char["text"].isalnum() for char in page.chars) + _SCAN * bool(
                    page.annots and filled_in(page)
                )
                letters += found
                pictures += bool(page.images)
                blind += bool(found < _SCAN and page.images)
                if len(page.chars) > limits.characters:
                    raise problem(source, "a page holds more characters than a job description")
                parts, columns = page_parts(page, columns)
                pages.append(parts)
                page.close()
            strange = "".join(line.text for page in pages for line in _lines(page)).count("(cid:")
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the reader of PDF raises many kinds of error on damaged files
        raise _refused(error, source) from None
    if letters < _SCAN * max(1, count) and pictures:
        if limits.ocr:
            return _of_scan(raw, source, limits)
        raise problem(source, "this is a scan: pictures of pages, without text", None, _SCANNED)
    if strange * 8 > letters:
        raise problem(source, "its letters cannot be told: the fonts do not say which they are", None, _SCANNED)
    builder = TextBuilder(source, limits)
    builder.flow(_flow(pages))
    notes = (f"{blind} of {count} pages are pictures and were not read",) if blind else ()
    document = builder.document("pdf", notes=notes)
    return replace(document, pages=_page_starts(document.text, pages))


def _page_starts(text: str, pages: list[list[PdfLine | FlowTable]]) -> tuple[int, ...]:
    """Where each page begins in the text: where the first of its lines that can be found stands, after the page before."""
    starts = [0]
    for before, page in pairwise(pages):
        reach = starts[-1] + sum(len(line.text) + 1 for line in _lines(before)) + _SLACK
        found = (text.find(line.text, starts[-1], reach) for line in _lines(page)[:_TRIED])
        starts.append(next((place for place in found if place >= 0), starts[-1]))
    return tuple(starts)


def _of_scan(raw: bytes, source: str, limits: Limits) -> TextDocument:
    texts = recognised(raw, source, limits)
    if sum(char.isalnum() for text in texts for char in text) < _SCAN:
        raise problem(source, "no text was recognised in its pictures of pages", None, _AGAIN)
    builder = TextBuilder(source, limits)
    builder.flow([FlowItem("text", unbroken(text)) for text in texts if text.strip()])
    return builder.document("pdf", notes=(NOTE,))


def _refused(error: Exception, source: str) -> InputError:
    causes: list[Any] = [error, *error.args]
    if any(isinstance(item, MemoryError) for item in causes):
        raise MemoryError
    if any(isinstance(item, (PDFPasswordIncorrect, PDFEncryptionError)) for item in causes):
        return problem(source, "the document is encrypted", None, "open it with its password, and save it without one")
    kind = "is damaged or not complete" if isinstance(error, PdfminerException) else "cannot be read as a PDF"
    return problem(source, f"the document {kind}", None, _AGAIN)


def _refuse_bomb(raw: bytes, source: str, limits: Limits) -> None:
    """Unpack what is packed once beforehand, a piece at a time, because the reader of PDF would unpack it whole."""
    total = 0
    for match in _STREAM.finditer(raw):
        layers = [raw[match.end() : match.end() + 64]]
        if not _deflated(layers[0]):
            continue
        room = limits.expanded - total
        data = memoryview(raw)[match.end() :]
        for _ in range(_WORST):
            unpacker = zlib.decompressobj()
            try:
                unpacked = unpacker.decompress(data, room + 1)
            except zlib.error:
                break
            if len(unpacked) > room:
                raise problem(
                    source, "the document would unpack to far more than a job description holds; it is not read"
                )
            total += len(unpacked)
            if not _deflated(unpacked[:2]):
                break
            data = memoryview(unpacked)


def _deflated(head: bytes) -> bool:
    return len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def unbroken(text: str) -> str:
    """A text with the words put together that were divided at the ends of lines: as they stand elsewhere in it, else joined,
    but for first parts that are written with a hyphen."""
    low = text.lower()

    def whole(found: re.Match[str]) -> str:
        first, second = found[1], found[2]
        kept = f"{first}-{second}".lower() in low
        keep = kept or (first.lower() in _HYPHENED and f"{first}{second}".lower() not in low)
        return f"{first}{'-' * keep}{second}{found[3]}\n"

    return _DIVIDED.sub(whole, text)


def _lines(parts: list[PdfLine | FlowTable]) -> list[PdfLine]:
    return [part for part in parts if isinstance(part, PdfLine)]


def _flow(pages: list[list[PdfLine | FlowTable]]) -> list[FlowItem | FlowTable]:
    """The pages as one flow: page headers and footers once, headings told by their type, paragraphs across pages."""
    edges = _edges(pages)
    sizes = Counter(round(line.size, 1) for page in pages for line in _lines(page) for _ in line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted(
        {round(line.size, 1) for page in pages for line in _lines(page) if line.size > body * 1.1}, reverse=True
    )
    found: list[FlowItem | FlowTable] = []
    seen: set[str] = set()
    open_lines: list[str] = []

    def close() -> None:
        if open_lines:
            found.append(FlowItem("text", unbroken("\n".join(open_lines))))
            open_lines.clear()

    for page in pages:
        for index, part in enumerate(page):
            if isinstance(part, FlowTable):
                close()
                found.append(part)
                continue
            key = _key(part.text)
            if key in edges and (index < _EDGE or index >= len(page) - _EDGE):
                if key not in seen:
                    found.append(FlowItem("header", part.text))
                    seen.add(key)
                continue
            level = _level(part, body, larger)
            if level:
                close()
                last = found[-1] if found else None
                if (
                    isinstance(last, FlowItem)
                    and last.kind == "heading"
                    and last.level == level
                    and part.below < part.size * 1.5
                ):
                    found[-1] = FlowItem("heading", f"{last.text} {part.text}", level)  # one heading on two lines
                else:
                    found.append(FlowItem("heading", part.text, level))
            else:
                open_lines += [""] * (part.apart and bool(open_lines)) + [part.text]
    close()
    return found


def _level(line: PdfLine, body: float, larger: list[float]) -> int:
    words = line.text.split()
    if len(words) > 12 or line.text[-1] in ".,;" or not any(char.isalpha() for char in line.text):
        return 0
    if line.size > body * 1.1:
        return min(6, 1 + larger.index(round(line.size, 1)))
    return 7 if line.bold and len(words) <= 10 else 0


def _edges(pages: list[list[PdfLine | FlowTable]]) -> set[str]:
    """What stands at the top or foot of most pages."""
    if len(pages) < 2:
        return set()
    counted: Counter[str] = Counter()
    for page in pages:
        edge = [part for part in (*page[:_EDGE], *page[-_EDGE:]) if isinstance(part, PdfLine)]
        counted.update({_key(line.text) for line in edge})
    return {key for key, count in counted.items() if count >= max(2, len(pages) * 0.6)}


def _key(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()).lower())
